//! `cargo brookite new`: a crate that builds and passes its tests at once.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anstream::println;
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};

use crate::console::{DIM, GOOD, styled};

/// Make a crate that builds and passes its tests at once.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite new word-count                        a whole pipeline in Rust
  cargo brookite new parsers --template functions      functions that a Java or SQL job calls
  cd word-count && cargo test")]
pub(crate) struct NewArguments {
    /// The folder to make; its last part is the crate's name.
    path: PathBuf,
    /// What is in it.
    #[arg(long, value_enum, default_value_t = Template::Pipeline)]
    template: Template,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Template {
    /// Functions that a Java or SQL job calls by name.
    Functions,
    /// A whole pipeline, for this machine and for clusters.
    Pipeline,
}

impl Template {
    /// The files by their paths in the crate.
    fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Functions => &[
                ("Cargo.toml", include_str!("../templates/functions/Cargo.toml.in")),
                ("src/lib.rs", include_str!("../templates/functions/lib.rs.in")),
                (".gitignore", include_str!("../templates/gitignore.in")),
            ],
            Self::Pipeline => &[
                ("Cargo.toml", include_str!("../templates/pipeline/Cargo.toml.in")),
                ("src/lib.rs", include_str!("../templates/pipeline/lib.rs.in")),
                (".gitignore", include_str!("../templates/gitignore.in")),
            ],
        }
    }

    fn next_steps(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Functions => &[
                ("cargo test", "its functions, without a JVM"),
                ("cargo build --release", "the library that a job opens"),
            ],
            Self::Pipeline => &[
                ("cargo test", "its pipeline's functions, without a JVM"),
                ("cargo brookite run -- --input src/lib.rs", "here, with no JVM"),
                ("cargo brookite graph -- --input .", "what it does, as Flink will run it"),
                (
                    "cargo brookite submit --wait -- --input FILE",
                    "on the cluster at http://localhost:8081",
                ),
            ],
        }
    }
}

pub(crate) fn run(arguments: &NewArguments) -> Result<()> {
    let NewArguments { path, template } = arguments;
    let name = crate_name(path)?;
    if path.exists() {
        bail!("'{}' is there already; name another folder, or remove it", path.display());
    }
    let absolute = env::current_dir().context("there is no current folder")?.join(path);
    let values = [
        ("{{name}}", name.clone()),
        ("{{library}}", name.replace('-', "_")),
        ("{{brookite}}", brookite_run::checkout::dependency("brookite")),
        ("{{workspace}}", workspace(&absolute).to_owned()),
    ];
    for (file, text) in template.files() {
        let text =
            values.iter().fold((*text).to_owned(), |text, (mark, value)| text.replace(mark, value));
        let file = path.join(file);
        let folder = file.parent().unwrap_or(path);
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create '{}'", folder.display()))?;
        fs::write(&file, text).with_context(|| format!("cannot write '{}'", file.display()))?;
    }
    println!("{} '{name}' in {}", styled(GOOD, "made"), path.display());
    println!("  cd {}", path.display());
    for (command, meaning) in template.next_steps() {
        println!("  {command:<44} {}", styled(DIM, format_args!("# {meaning}")));
    }
    Ok(())
}

/// The last part of the path, which must be a name for a crate.
fn crate_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !starts_well || !name.chars().all(is_word) {
        bail!(
            "'{name}' cannot be the name of a crate: expected a letter, then letters, digits, '-' and '_', \
             such as word-count"
        );
    }
    if matches!(name.replace('-', "_").as_str(), "brookite" | "core" | "std" | "test" | "alloc") {
        bail!("'{name}' is the name of a crate that every crate knows; choose another");
    }
    Ok(name.to_owned())
}

/// A crate inside of another workspace would have to be one of its members.
fn workspace(path: &Path) -> &'static str {
    let is_inside = path.ancestors().skip(1).any(|folder| {
        fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace"))
    });
    if is_inside {
        "\n# A workspace of its own, within the folder of another.\n[workspace]\n"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_crates_are_taken() {
        let name = |path: &str| crate_name(Path::new(path));
        assert_eq!(name("some/where/word-count").unwrap(), "word-count");
        for path in ["", "..", "1st", "a b", "core", "größe", "brookite"] {
            assert!(name(path).is_err(), "{path}");
        }
    }
}
