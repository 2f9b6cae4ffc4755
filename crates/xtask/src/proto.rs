//! The generated protobuf types, which are committed.
//!
//! The generator is a test of this package, so that its dependencies are built only where tests
//! are: without the variable below it compares, with it it writes.

use anyhow::Result;

use crate::layout::Layout;
use crate::step;

/// Tells the test to write instead of comparing.
const WRITE: &str = "BROOKITE_WRITE_PROTO";

/// Writes the types anew from the files in proto/.
pub(crate) fn run() -> Result<()> {
    let layout = Layout::find()?;
    let mut command = layout.cargo("test");
    command.args(["--package", "xtask", "--test", "proto"]).env(WRITE, "1");
    step::run("generating crates/core/src/proto", &mut command)?;
    Ok(())
}
