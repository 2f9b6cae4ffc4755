//! Functions for the job that survives the death of its TaskManagers.
//!
//! What they emit depends on the events alone, not on when or in which order they arrive, and shows
//! every event that was lost or came twice.

mod tally;

brookite::export!();
