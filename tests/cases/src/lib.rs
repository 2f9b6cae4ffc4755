//! The functions of the cases in `cases/`, which run in memory (`tests/cases.rs`) and inside Flink.
//!
//! All streams are of `(STRING, BIGINT)` and keyed by the text; all stages return `STRING`.

mod joins;
mod processes;
mod windows;

pub use joins::*;
pub use processes::*;
pub use windows::*;

brookite::export!();
