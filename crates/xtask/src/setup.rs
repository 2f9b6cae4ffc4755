//! First-time set-up: a JDK, Maven, pip, valgrind, Chromium and Rust's own components.
//!
//! Found tools are used as they are. A missing one is installed when that needs neither a
//! password nor a question: apt packages as root, Rust components through rustup. Otherwise
//! the one command to type is the error, and nothing has been changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{jdk, step};

/// The JDK and the Maven that Java's part is built and run with.
pub(crate) struct JavaTools {
    home: PathBuf,
    version: u32,
    maven: PathBuf,
}

impl JavaTools {
    /// Finds both, installing what is missing where the platform allows it.
    pub(crate) fn find_or_install() -> Result<JavaTools> {
        let mut missing = Vec::new();
        if jdk::find().is_none() {
            missing.push(Tool::Jdk);
        }
        if on_path("mvn").is_none() {
            missing.push(Tool::Maven);
        }
        install(&missing)?;
        let (home, version) = jdk::find().context("the JDK was installed but is not found")?;
        let maven = on_path("mvn").context("Maven was installed but is not found")?;
        Ok(JavaTools { home, version, maven })
    }

    /// The JDK's feature version, for example 17.
    pub(crate) fn jdk_version(&self) -> u32 {
        self.version
    }

    /// The JDK's folder, what JAVA_HOME is to be.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// A Java launcher command.
    pub(crate) fn java(&self) -> Command {
        with_utf8_names(Command::new(self.home.join("bin/java")))
    }

    /// A command that talks to a running JVM.
    pub(crate) fn jcmd(&self) -> Command {
        Command::new(self.home.join("bin/jcmd"))
    }

    /// A Maven command that uses this JDK.
    pub(crate) fn maven(&self) -> Command {
        let mut command = with_utf8_names(Command::new(&self.maven));
        command.env("JAVA_HOME", &self.home);
        command
    }
}

/// Lets a JVM on Linux open files of any name: it takes the encoding of names from the locale, and that
/// of a bare machine knows ASCII only, as does one that is named but not installed.
fn with_utf8_names(mut command: Command) -> Command {
    if cfg!(target_os = "linux") {
        command.env("LC_ALL", "C.UTF-8");
    }
    command
}

/// Makes sure that `cargo fmt` and `cargo clippy` run.
pub(crate) fn rust_components() -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| !succeeds("cargo", &[subcommand, "--version"]))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("rustup component add {}", missing.join(" "));
    if !succeeds("rustup", &["--version"]) {
        bail!("{} missing; with rustup it is: {line}", missing.join(" and "));
    }
    step::run(&line, Command::new("rustup").args(["component", "add"]).args(&missing))?;
    Ok(())
}

/// The program that merges profiles, of the very LLVM that the Rust compiler has.
pub(crate) fn profile_merger() -> Result<PathBuf> {
    let mut command = Command::new("rustc");
    let output = command.args(["--print", "target-libdir"]).output().context("cannot run rustc")?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let merger = libraries.with_file_name("bin").join("llvm-profdata");
    if merger.is_file() {
        return Ok(merger);
    }
    const LINE: &str = "rustup component add llvm-tools";
    if !succeeds("rustup", &["--version"]) {
        bail!("llvm-profdata is missing; with rustup it comes by: {LINE}");
    }
    step::run(LINE, Command::new("rustup").args(["component", "add", "llvm-tools"]))?;
    Ok(merger)
}

/// A Python that has pip, if there is one.
pub(crate) fn find_python() -> Option<&'static str> {
    let has_pip = |python: &&str| succeeds(python, &["-m", "pip", "--version"]);
    ["python3", "python"].into_iter().find(has_pip)
}

/// A Python that has pip, which is installed where the platform allows it.
pub(crate) fn python() -> Result<&'static str> {
    if let Some(python) = find_python() {
        return Ok(python);
    }
    install(&[Tool::Pip])?;
    find_python().context("pip was installed but is not found")
}

/// Makes sure that `valgrind` runs.
pub(crate) fn valgrind() -> Result<()> {
    if succeeds("valgrind", &["--version"]) { Ok(()) } else { install(&[Tool::Valgrind]) }
}

/// The program that steers Chromium.
pub(crate) const BROWSER_DRIVER: &str = "chromedriver";

/// Makes sure that Chromium can be steered.
pub(crate) fn browser() -> Result<()> {
    if succeeds(BROWSER_DRIVER, &["--version"]) { Ok(()) } else { install(&[Tool::Browser]) }
}

/// Whether a program can be run and ends well.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

#[derive(Clone, Copy)]
enum Tool {
    Jdk,
    Maven,
    Pip,
    Valgrind,
    Browser,
}

impl Tool {
    fn title(self) -> &'static str {
        match self {
            Tool::Jdk => "a JDK (17 or newer)",
            Tool::Maven => "Maven",
            Tool::Pip => "Python with pip",
            Tool::Valgrind => "valgrind",
            Tool::Browser => "Chromium with its driver",
        }
    }

    fn package(self, manager: &Manager) -> &'static str {
        match (self, manager) {
            (Tool::Jdk, Manager::Apt) => apt_jdk(),
            (Tool::Jdk, Manager::Brew) => "openjdk@21",
            (Tool::Jdk, Manager::Dnf) => "java-21-openjdk-devel",
            (Tool::Maven, _) => "maven",
            (Tool::Pip, Manager::Brew) => "python",
            (Tool::Pip, _) => "python3-pip",
            (Tool::Valgrind, _) => "valgrind",
            // Each brings the browser too.
            (Tool::Browser, Manager::Apt) => "chromium-driver",
            (Tool::Browser, _) => "chromedriver",
        }
    }
}

enum Manager {
    Apt,
    Brew,
    Dnf,
}

fn install(tools: &[Tool]) -> Result<()> {
    if tools.is_empty() {
        return Ok(());
    }
    let titles = tools.iter().map(|tool| tool.title()).collect::<Vec<_>>().join(" and ");
    let apt = succeeds("apt-get", &["--version"]);
    if apt && is_root() {
        step::run("apt-get update", Command::new("apt-get").args(["update", "-q"]))?;
        let packages = packages(tools, &Manager::Apt);
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["install", "-y", "-q", "--no-install-recommends"]).args(&packages);
        step::run(&format!("installing {}", packages.join(" ")), &mut command)?;
        return Ok(());
    }
    let line =
        |manager, command: &str| format!("{command} {}", packages(tools, &manager).join(" "));
    let command = if apt {
        // Package lists may be old, or not there at all; and not every machine has sudo.
        let root = if on_path("sudo").is_some() { "sudo sh -c" } else { "su --login --command" };
        let install = "apt-get update && apt-get install -y --no-install-recommends";
        format!("{root} '{}'", line(Manager::Apt, install))
    } else if succeeds("brew", &["--version"]) {
        line(Manager::Brew, "brew install")
    } else if succeeds("dnf", &["--version"]) {
        line(Manager::Dnf, "sudo dnf install -y")
    } else {
        bail!("{titles} not found, and no apt, brew or dnf either: install {titles} by hand");
    };
    bail!("{titles} not found; install with:\n\n    {command}\n")
}

fn packages(tools: &[Tool], manager: &Manager) -> Vec<&'static str> {
    tools.iter().map(|tool| tool.package(manager)).collect()
}

/// The oldest suitable JDK that this release of the distribution carries.
fn apt_jdk() -> &'static str {
    ["openjdk-17-jdk-headless", "openjdk-21-jdk-headless", "openjdk-25-jdk-headless"]
        .into_iter()
        .find(|package| succeeds("apt-cache", &["show", package]))
        .unwrap_or("default-jdk-headless")
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The file of that name in the first folder of the PATH that has one.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
