//! Files of bytes that other systems wrote, against this repository's coders.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::layout::{Layout, Plugins};
use crate::setup::JavaTools;
use crate::{java, setup, step};

/// The Apache Beam release whose files are used when none is named.
const BEAM: &str = "2.77.0";

/// A file of Beam's that says how something is to behave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BeamFile {
    /// What the standard coders write.
    StandardCoders,
    /// What windows tell, and when.
    TriggerTranscripts,
}

impl BeamFile {
    /// All of them.
    pub(crate) const ALL: [Self; 2] = [Self::StandardCoders, Self::TriggerTranscripts];

    /// What the check of it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::StandardCoders => "Beam's standard coders",
            Self::TriggerTranscripts => "Beam's trigger transcripts",
        }
    }

    /// What the conformance program calls it.
    fn kind(self) -> &'static str {
        match self {
            Self::StandardCoders => "beam-coders",
            Self::TriggerTranscripts => "beam-triggers",
        }
    }

    /// Where it is in Beam's Python package.
    fn member(self) -> &'static str {
        match self {
            Self::StandardCoders => "apache_beam/portability/api/standard_coders.yaml",
            Self::TriggerTranscripts => "apache_beam/testing/data/trigger_transcripts.yaml",
        }
    }
}

/// Copies the member of the one package in a folder to a file. A package is a zip archive.
const EXTRACT: &str = "\
import glob, shutil, sys, zipfile
folder, member, file = sys.argv[1:]
[package] = glob.glob(folder + '/*.whl')
with zipfile.ZipFile(package).open(member) as source, open(file, 'wb') as copy:
    shutil.copyfileobj(source, copy)
";

/// Checks the coders of Flink's types against the file.
pub(crate) fn flink(file: &Path) -> Result<()> {
    let layout = Layout::find()?;
    // The check runs in another folder.
    let file = std::path::absolute(file)?;
    let status = check(&layout, "flink", &file).status().context("cannot run the check")?;
    if status.success() { Ok(()) } else { bail!("{} does not pass", file.display()) }
}

/// Checks what the file is about against it, or against that of Beam's own release.
pub(crate) fn beam(kind: BeamFile, file: Option<PathBuf>) -> Result<()> {
    let layout = Layout::find()?;
    let file = match file {
        Some(file) => std::path::absolute(file)?,
        None => beam_file(&layout, kind)?,
    };
    let status = check(&layout, kind.kind(), &file).status().context("cannot run the check")?;
    if status.success() { Ok(()) } else { bail!("{} does not pass", file.display()) }
}

/// The Java program that reads a file of values with Flink's serializers, and writes them again.
pub(crate) const CHECK_FILE: &str = "org.brookite.conformance.CheckFile";

/// The command that writes a file of random values, and the file. It prints the seed they come from.
pub(crate) fn random(layout: &Layout) -> Result<(Command, PathBuf)> {
    let folder = layout.results("conformance");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = folder.join("random.tsv");
    Ok((check(layout, "random", &file), file))
}

/// Has Flink check so many random values, by that seed or by another one each time.
pub(crate) fn random_with_flink(cases: u64, seed: Option<u64>) -> Result<()> {
    let layout = Layout::find()?;
    let tools = JavaTools::find_or_install()?;
    let jobs = java::Jobs::build(&layout, &tools)?;
    let (mut write, file) = random(&layout)?;
    write.arg("--cases").arg(cases.to_string());
    if let Some(seed) = seed {
        write.arg("--seed").arg(seed.to_string());
    }
    if !write.status().context("cannot run the check")?.success() {
        bail!("{} was not written", file.display());
    }
    let status = jobs.command(&tools, CHECK_FILE).arg(&file).status().context("cannot run java")?;
    if status.success() { Ok(()) } else { bail!("{} does not pass", file.display()) }
}

/// The command that checks a file of that kind. Where the whole workspace is built for its tests, the program is
/// there already: to run it by Cargo would resolve other features, and build half of the workspace once more.
fn check(layout: &Layout, kind: &str, file: &Path) -> Command {
    let mut command = match layout.how_plugins_are_built() {
        Plugins::Released => {
            let mut command = layout.cargo("run");
            command.args(["--quiet", "--package", PROGRAM, "--"]);
            command
        }
        Plugins::AsTested => Command::new(layout.debug().join(PROGRAM)),
    };
    command.arg(kind).arg(file);
    command
}

const PROGRAM: &str = "brookite-conformance";

/// The command that checks Beam's own file, which is fetched unless it is there.
///
/// # Errors
/// Those of [`beam_file`].
pub(crate) fn check_beam(layout: &Layout, kind: BeamFile) -> Result<Command> {
    let file = beam_file(layout, kind)?;
    Ok(check(layout, kind.kind(), &file))
}

/// The file in Beam's own release, fetched into `target/beam` unless it is there.
///
/// # Errors
/// When there is no Python with pip and none can be installed, and when the package index is out of reach.
fn beam_file(layout: &Layout, kind: BeamFile) -> Result<PathBuf> {
    let folder = layout.results("beam").join(BEAM);
    let member = kind.member();
    let name = member.rsplit('/').next().unwrap_or(member);
    let file = folder.join(name);
    if file.exists() {
        return Ok(file);
    }
    let python = setup::python()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let fetched = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .is_ok_and(|entry| entry.path().extension().is_some_and(|extension| extension == "whl"))
    };
    if !fs::read_dir(&folder)?.any(fetched) {
        let mut command = Command::new(python);
        command.args(["-m", "pip", "download", &format!("apache-beam=={BEAM}"), "--no-deps"]);
        command.args(["--only-binary", ":all:", "--disable-pip-version-check", "--dest"]);
        step::run("fetching apache-beam", command.arg(&folder))?;
    }
    // Under another name until it is whole.
    let part = folder.join(format!("{name}.part"));
    let mut command = Command::new(python);
    command.args(["-c", EXTRACT]).arg(&folder).arg(member).arg(&part);
    step::run(&format!("unpacking {name}"), &mut command)?;
    fs::rename(&part, &file).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
