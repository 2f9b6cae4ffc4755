//! Functions that fail in every way, one each, and a few that work and show what else has to get
//! across: state, a counter, a log line, much output, a pipeline.

mod lifecycle;
mod pipelines;
mod process;
mod timers;
mod working;

brookite::export!();
