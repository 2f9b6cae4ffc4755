//! Finding the files that a path stands for.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::JobError;

/// The files of a path, sorted: the file itself; all files of a folder and the folders in it; what a
/// pattern matches. As Flink does, it passes over what is hidden: names that begin with `.` or `_`.
pub(crate) fn find(path: &str) -> Result<Vec<PathBuf>, JobError> {
    let path = path.strip_prefix("file://").unwrap_or(path);
    let mut files = Vec::new();
    if Path::new(path).exists() {
        visit(Path::new(path), &mut files)?;
    } else if path.contains(['*', '?', '[']) {
        let found = glob::glob(path).map_err(|error| JobError::file("read", path, error))?;
        for entry in found {
            let entry = entry.map_err(|error| JobError::file("read", path, error))?;
            if !is_hidden(&entry) {
                visit(&entry, &mut files)?;
            }
        }
        if files.is_empty() {
            return Err(JobError::file("read", path, "no file has such a name"));
        }
    } else {
        return Err(JobError::file("read", path, "there is no such file or folder"));
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn visit(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), JobError> {
    let failed = |error| JobError::file("read", path, error);
    if !fs::metadata(path).map_err(failed)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?.path();
        if !is_hidden(&entry) {
            visit(&entry, files)?;
        }
    }
    Ok(())
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with('_')
    })
}
