//! Pipelines to copy from: each file is one idea.
//!
//! | | |
//! |---|---|
//! | [`top_items`] | the best of each window: windows of what windows told |
//! | [`sessions`] | events that belong together because little time is between them |
//! | [`enrichment`] | rules that all subtasks get, and that change while the job runs |
//! | [`temperature_control`] | two streams with the same keys, one of which controls the other |
//! | [`heater`] | the same as a function that a job in Java calls, and its unit tests |
//! | [`payments`] | from Kafka to Kafka, exactly once |
//! | [`silence`] | a function with state and timers, and its unit tests |
//!
//! `cases.json` says what comes of them; the tests run it on all runners. Locally:
//!
//! ```text
//! cd examples/pipelines
//! cargo brookite run top_items -- --input input/clicks.json --output /tmp/top-items
//! ```

pub mod enrichment;
pub mod heater;
pub mod payments;
pub mod sessions;
pub mod silence;
pub mod temperature_control;
pub mod top_items;

brookite::export!();
