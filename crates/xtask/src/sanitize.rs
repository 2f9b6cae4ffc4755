//! The unsafe half and its users under valgrind, with no JVM.

use anyhow::Result;

use crate::layout::Layout;
use crate::{setup, step};

/// What runs each test program instead of running it plainly.
const VALGRIND: &str = "valgrind --quiet --error-exitcode=9 --leak-check=full \
                        --errors-for-leak-kinds=definite";

/// Runs the tests of the C ABI and of the executor under valgrind's memory checker.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    setup::valgrind()?;
    let mut command = layout.cargo("test");
    command.args(["--package", "brookite-abi", "--package", "brookite-executor"]);
    command.args(["--lib", "--tests"]);
    command.args(["--config", &format!("target.'cfg(all())'.runner = '{VALGRIND}'")]);
    let output = step::run("abi and executor under valgrind", &mut command)?;
    for line in output.lines().filter(|line| line.starts_with("test result:")) {
        println!("{line}");
    }
    Ok(())
}
