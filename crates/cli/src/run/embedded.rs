//! Runs a packaged pipeline in a Flink of its own: a JVM that ends with the job.

use std::path::Path;

use anyhow::Result;
use brookite_run::{Embedded, RunError};

use crate::console::{self, GOOD, styled};
use crate::interrupt::{self, Interrupted};
use crate::size;

/// Runs the jar's pipeline to its end.
pub(super) fn run(flink: &Embedded, jar: &Path) -> Result<()> {
    interrupt::check("before the job was started")?;
    let job = flink.start_jar(jar)?;
    console::note(format_args!("{} {}", styled(GOOD, "running"), job.name()));
    loop {
        if interrupt::wanted() {
            job.cancel();
        }
        match job.wait_for(interrupt::PAUSE) {
            Ok(None) => {}
            Ok(Some(result)) => {
                let duration = size::duration(result.duration);
                let (finished, name) = (styled(GOOD, "finished"), job.name());
                console::note(format_args!("{finished} {name} after {duration}"));
                return Ok(());
            }
            Err(RunError::Cancelled { .. }) if interrupt::wanted() => {
                let said = "the embedded job is cancelled; nothing runs";
                return Err(Interrupted(said.to_owned()).into());
            }
            Err(error) => return Err(error.into()),
        }
    }
}
