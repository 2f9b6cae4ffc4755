//! `cargo brookite`: from a new crate to a job that runs on a Flink cluster.
//!
//! A command is a file here and knows the [client](brookite_client), which does the work; this crate reads
//! arguments, shows how things get on, and says what to do when they do not. The exit status is 0 when all
//! went well, 1 when something failed, 2 when the command line was wrong, and 130 after Ctrl-C.
#![forbid(unsafe_code)]

mod arguments;
mod cancel;
mod completions;
mod connector;
mod console;
mod doctor;
mod graph;
mod interrupt;
mod job_choice;
mod list;
mod logs;
mod new;
mod package_command;
mod packaging;
mod profile;
mod project;
mod run;
mod savepoint;
mod size;
mod status;
mod stop;
mod submission;
mod submit;
mod watch;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use interrupt::Interrupted;

/// The exit status after Ctrl-C, as shells have it.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let arguments = Arguments::parse_from(without_cargo(std::env::args_os()));
    match dispatch(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Interrupted>() => {
            console::error(&error);
            ExitCode::from(INTERRUPTED)
        }
        Err(error) => {
            console::error(&error);
            ExitCode::FAILURE
        }
    }
}

/// Cargo passes its subcommand's name as the first argument; a person may call the program by itself.
fn without_cargo<T: Into<std::ffi::OsString> + PartialEq<str>>(
    arguments: impl Iterator<Item = T>,
) -> impl Iterator<Item = T> {
    arguments
        .enumerate()
        .filter(|(index, word)| *index != 1 || word != "brookite")
        .map(|(_, word)| word)
}

fn dispatch(command: Command) -> anyhow::Result<()> {
    match command {
        Command::New(arguments) => new::run(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Graph(arguments) => graph::run(&arguments),
        Command::Package(arguments) => package_command::run(&arguments),
        Command::Submit(arguments) => submit::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Cancel(arguments) => cancel::run(&arguments),
        Command::Stop(arguments) => stop::run(&arguments),
        Command::Savepoint(arguments) => savepoint::run(&arguments),
        Command::Logs(arguments) => logs::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}
