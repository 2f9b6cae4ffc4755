//! Functions for the job that survives the death of its TaskManagers, and for the one whose state grows.
//!
//! What the first emit depends on the events alone, not on when or in which order they arrive, and shows
//! every event that was lost or came twice.

mod bookings;
mod event;
mod pulses;
mod session;
mod visits;

brookite::export!();
