//! `cargo brookite completions`.

use std::io;

use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::arguments::Arguments;

/// Print a script that completes the commands of this program in a shell.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo brookite completions bash > ~/.local/share/bash-completion/completions/cargo-brookite
  cargo brookite completions zsh > ~/.zfunc/_cargo-brookite
  cargo brookite completions fish > ~/.config/fish/completions/cargo-brookite.fish

The scripts complete `cargo-brookite COMMAND`, which is the same program as `cargo brookite COMMAND`.")]
pub(crate) struct CompletionsArguments {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(arguments: &CompletionsArguments) -> Result<()> {
    let mut command = Arguments::command().bin_name("cargo-brookite");
    clap_complete::generate(arguments.shell, &mut command, "cargo-brookite", &mut io::stdout());
    Ok(())
}
