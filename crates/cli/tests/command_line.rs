//! The command line without a cluster: help, wrong arguments, exit statuses, what is out of reach.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use assert_cmd::Command;

fn brookite() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-brookite"));
    command.env_remove("BROOKITE_FLINK").env("FLINK_HOME", "/no/such/folder");
    command
}

/// What it prints to standard output and to standard error, when it ends with that status.
fn run(arguments: &[&str], status: i32) -> (String, String) {
    let assert = brookite().args(arguments).assert().code(status);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&assert.get_output().stdout), text(&assert.get_output().stderr))
}

/// An address of this machine where nobody listens.
fn nowhere() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

const COMMANDS: [&str; 13] = [
    "new",
    "run",
    "graph",
    "package",
    "submit",
    "list",
    "status",
    "cancel",
    "stop",
    "savepoint",
    "logs",
    "doctor",
    "completions",
];

#[test]
fn help_teaches_each_command_with_examples() {
    let (out, _) = run(&["--help"], 0);
    assert!(out.contains("Usage: cargo brookite"), "{out}");
    assert!(out.contains("Examples:") && out.contains("exit status"), "{out}");
    for command in COMMANDS {
        assert!(out.contains(&format!("  {command}")), "{command} is not listed");
        let (help, _) = run(&["brookite", command, "--help"], 0);
        assert!(help.contains(&format!("cargo brookite {command}")), "{help}");
        assert!(help.contains("Examples:"), "{command} has no examples");
    }
}

#[test]
fn it_is_called_by_cargo_or_by_itself() {
    let version = concat!("cargo brookite ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(
        run(&["brookite", "--version"], 0).0.replace("cargo-brookite", "cargo brookite"),
        version
    );
    assert_eq!(run(&["--version"], 0).0.replace("cargo-brookite", "cargo brookite"), version);
}

#[test]
fn a_wrong_command_line_is_told_from_a_failure() {
    for arguments in
        [&["lst"][..], &[], &["status"], &["savepoint"], &["cancel", "x", "--timeout", "0"]]
    {
        run(arguments, 2);
    }
    let (_, err) = run(&["lst"], 2);
    assert!(err.contains("list"), "the nearest command is proposed: {err}");
}

#[test]
fn without_a_cluster_each_command_says_what_to_do() {
    let url = nowhere();
    for arguments in [
        &["list"][..],
        &["status", "some job"],
        &["status", "some job", "--watch"],
        &["cancel", "some job"],
        &["stop", "some job"],
        &["savepoint", "some job"],
        &["savepoint", "--dispose", "file:///nowhere"],
        &["logs"],
    ] {
        let (out, err) = run(&[arguments, &["--flink", &url]].concat(), 1);
        assert!(out.is_empty(), "{out}");
        assert!(err.starts_with("error: no Flink cluster answers at"), "{err}");
        assert!(err.contains(&url) && err.contains("rest.port"), "{err}");
    }
}

/// An address where each request gets that answer.
fn somebody_who_says(body: &'static str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let length = body.len();
            // The request fits into one packet.
            let _ = connection.read(&mut [0; 4096]);
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n");
            let _ = connection.write_all(format!("{head}\r\n{body}").as_bytes());
        }
    });
    url
}

#[test]
fn who_is_no_cluster_or_too_old_a_one_is_refused_before_anything_is_built() {
    let other = somebody_who_says("<html>It works!</html>");
    let old = somebody_who_says("{\"flink-version\":\"1.17.2\"}");
    for command in [&["submit"][..], &["run"], &["list"]] {
        let (out, err) = run(&[command, &["--flink", &other]].concat(), 1);
        assert!(out.is_empty(), "{out}");
        assert!(err.starts_with("error: what answers at") && err.contains("It works!"), "{err}");
        let (_, err) = run(&[command, &["--flink", &old]].concat(), 1);
        assert!(err.contains("is Flink 1.17.2; expected Flink 1.20.0 or a later"), "{err}");
    }
}

#[test]
fn the_cluster_may_come_from_the_environment() {
    let url = nowhere();
    let assert = brookite().arg("list").env("BROOKITE_FLINK", &url).assert().code(1);
    assert!(String::from_utf8_lossy(&assert.get_output().stderr).contains(&url));
    let (_, err) = run(&["list", "--flink", "ftp://example"], 1);
    assert!(err.contains("'ftp://example' is not the address of a Flink cluster"), "{err}");
}

#[test]
fn the_doctor_names_each_problem_with_its_fix() {
    let (out, err) = run(&["doctor", "--flink", &nowhere()], 1);
    assert!(out.contains("no flink-dist-*.jar in /no/such/folder/lib"), "{out}");
    assert!(out.contains("no Flink cluster answers"), "{out}");
    let faults = out.matches("problem ").count() + out.matches("warning ").count();
    assert!(out.matches("fix:").count() >= 2 && faults >= 2, "{out}");
    assert!(err.contains("2 problems"), "{err}");
}

#[test]
fn a_run_says_at_once_what_it_lacks() {
    let (_, err) = run(&["run", "--flink", &nowhere()], 1);
    assert!(err.starts_with("error: no Flink cluster answers at"), "{err}");
    let (_, err) = run(&["run", "--embedded"], 1);
    assert!(err.contains("/no/such/folder/lib") || err.contains("needs a JDK"), "{err}");
    let (_, err) = run(&["run", "-D", "state.backend.type=rocksdb"], 1);
    assert!(err.contains("the local runner has no option 'state.backend.type'"), "{err}");
    let (_, err) = run(&["run", "-D", "execution.checkpointing.interval=soon"], 1);
    assert!(err.contains("expected a time such as '10 s', found 'soon'"), "{err}");
    let (_, err) = run(&["run", "--keep-jar"], 1);
    assert!(err.contains("--keep-jar means nothing to this runner"), "{err}");
    let (_, err) = run(&["run", "--embedded", "--from", "file:///savepoint"], 1);
    assert!(err.contains("--from means nothing to this runner"), "{err}");
    let (_, err) = run(&["run", "--embedded", "--flink", "http://localhost:8081"], 2);
    assert!(err.contains("cannot be used with"), "{err}");
}

#[test]
fn a_file_that_is_no_library_is_a_problem() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let (out, _) = run(&["doctor", "--library", file], 1);
    assert!(out.contains("is no dynamic library"), "{out}");
}

#[test]
fn completions_are_written_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (out, _) = run(&["completions", shell], 0);
        assert!(out.contains("savepoint") && out.contains("doctor"), "{shell}: {out}");
    }
}
