//! Ctrl-C.
//!
//! The first one is a wish: the command at work sees it and ends in good order, which may mean to cancel a
//! job. The second one ends the program at once, and whatever runs on the cluster runs on.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;

static WANTED: AtomicBool = AtomicBool::new(false);

/// The command ended because somebody pressed Ctrl-C.
#[derive(Debug)]
pub(crate) struct Interrupted(pub(crate) String);

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Interrupted {}

/// From now on the first Ctrl-C is a wish, which [`wanted`] tells.
pub(crate) fn listen() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if WANTED.swap(true, Ordering::SeqCst) {
            eprintln!("interrupted again: ending at once; a job that runs on the cluster runs on");
            std::process::exit(i32::from(crate::INTERRUPTED));
        }
    })
    .context("cannot listen to Ctrl-C")
}

/// Whether somebody pressed Ctrl-C.
pub(crate) fn wanted() -> bool {
    WANTED.load(Ordering::SeqCst)
}
