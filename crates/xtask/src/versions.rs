//! What a measurement was taken on: without it the numbers mean nothing.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::layout::Layout;
use crate::setup::JavaTools;

/// Machine and versions as a JSON object; "unknown" for what cannot be found out.
pub(crate) fn describe(layout: &Layout, tools: &JavaTools) -> Value {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let changed = first_line(git(layout, &["status", "--porcelain"])).is_some();
    let commit = first_line(git(layout, &["rev-parse", "--short=12", "HEAD"]));
    json!({
        "cpu": or_unknown(cpu()),
        "cores": cores,
        "platform": format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH),
        "jdk": or_unknown(first_line(tools.java().arg("--version"))),
        "flink": or_unknown(flink(layout)),
        "rustc": or_unknown(first_line(Command::new("rustc").arg("--version"))),
        "commit": or_unknown(commit.map(|id| if changed { format!("{id} with changes") } else { id })),
    })
}

fn or_unknown(text: Option<String>) -> String {
    text.unwrap_or_else(|| "unknown".to_owned())
}

fn first_line(command: impl std::borrow::BorrowMut<Command>) -> Option<String> {
    let mut command = command;
    let output = command.borrow_mut().output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(|line| line.trim().to_owned())
}

fn git(layout: &Layout, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.current_dir(layout.root()).args(arguments);
    command
}

fn cpu() -> Option<String> {
    if cfg!(target_os = "macos") {
        return first_line(Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]));
    }
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The Flink version that Maven's parent pins.
pub(crate) fn flink(layout: &Layout) -> Option<String> {
    property(layout, "flink.version")
}

/// The version of this project's own jars.
pub(crate) fn project(layout: &Layout) -> Option<String> {
    property(layout, "version")
}

/// A property of Maven's parent.
pub(crate) fn property(layout: &Layout, name: &str) -> Option<String> {
    let pom = fs::read_to_string(layout.root().join("java/pom.xml")).ok()?;
    let (_, rest) = pom.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0.to_owned())
}
