//! A new crate builds, is tidy, and passes its own tests.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod made;

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use assert_cmd::Command;
use made::TARGET;

fn brookite(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"));
    command.current_dir(folder).arg("brookite");
    command
}

/// Runs cargo in the new crate.
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Process::new(env!("CARGO"))
        .current_dir(folder)
        .args(arguments)
        .env("CARGO_TARGET_DIR", TARGET)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}:\n{text}");
}

/// Makes a crate and runs its tests; the folder that it is in is removed with the value.
fn a_crate_of(template: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("new-{template}");
    brookite(folder.path()).args(["new", &name, "--template", template]).assert().success();
    let made = folder.path().join(&name);
    made::as_this_repository(&made);
    cargo(&made, &["test"]);
    cargo(&made, &["fmt", "--check"]);
    let again = brookite(folder.path()).args(["new", &name]).assert().failure().code(1);
    let stderr = String::from_utf8_lossy(&again.get_output().stderr).into_owned();
    assert!(stderr.contains("is there already"), "{stderr}");
    (folder, made)
}

#[test]
fn a_new_crate_of_functions_passes_its_tests() {
    a_crate_of("functions");
}

#[test]
fn a_new_pipeline_passes_its_tests_shows_its_graph_and_runs() {
    let (_folder, made) = a_crate_of("pipeline");
    let mut graph = brookite(&made);
    graph.args(["graph", "--profile", "dev", "--", "--input", "words.txt"]);
    let assert = graph.env("CARGO_TARGET_DIR", TARGET).assert().success();
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert!(text.contains("split") && text.contains("count per word"), "{text}");
    std::fs::write(made.join("words.txt"), "To be or\nnot to be\n").unwrap();
    let mut run = brookite(&made);
    run.args([
        "run",
        "--profile",
        "dev",
        "--parallelism",
        "2",
        "-D",
        "execution.checkpointing.dir=checkpoints",
    ]);
    run.args(["--", "--input", "words.txt"]);
    let assert = run.env("CARGO_TARGET_DIR", TARGET).assert().success();
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(text.lines().count(), 6, "{text}");
    assert!(text.contains("(to,2)") && text.contains("(be,2)"), "{text}");
    // All of the input is behind the last checkpoint.
    let mut again = brookite(&made);
    again.args(["run", "--profile", "dev", "--parallelism", "2", "--from", "checkpoints"]);
    again.args(["--", "--input", "words.txt"]);
    let assert = again.env("CARGO_TARGET_DIR", TARGET).assert().success();
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert_eq!(text.lines().count(), 0, "{text}");
    let mut run = brookite(&made);
    run.args(["run", "--profile", "dev", "--", "--input", "nothing.txt"])
        .env("CARGO_TARGET_DIR", TARGET);
    let assert = run.assert().code(1);
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("'nothing.txt': there is no such file"), "{text}");
    let mut missing = brookite(&made);
    let assert = missing
        .args(["graph", "--profile", "dev"])
        .env("CARGO_TARGET_DIR", TARGET)
        .assert()
        .code(1);
    let text = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(text.contains("--input"), "{text}");
}

#[test]
fn a_name_that_no_crate_can_have_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["1st", "a b", "core"] {
        brookite(folder.path()).args(["new", name]).assert().code(1);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn a_crate_within_another_workspace_is_one_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    brookite(folder.path()).args(["new", "inner"]).assert().success();
    let text = std::fs::read_to_string(folder.path().join("inner/Cargo.toml")).unwrap();
    assert!(text.contains("[workspace]"), "{text}");
    cargo(&folder.path().join("inner"), &["metadata", "--no-deps", "--format-version", "1"]);
}
