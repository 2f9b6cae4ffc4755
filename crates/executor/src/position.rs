//! Which function of a stage is at work.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Names the function at work, for failures and for the log.
///
/// Only the thread that calls the stage uses it, but threads remember the stages that they opened, and
/// outlive them or not: hence the atomics, which cost as much as ordinary memory.
#[derive(Debug)]
pub(crate) struct Position {
    functions: Vec<Arc<str>>,
    /// The number of the function, or [`NONE`]; with [`RESTING`] between calls.
    at: AtomicUsize,
    /// Whether something was logged during the call.
    logged: AtomicBool,
}

/// In place of a function's number: it is the stage itself that is at work.
const NONE: usize = RESTING - 1;

/// The highest bit.
const RESTING: usize = !(usize::MAX >> 1);

impl Position {
    pub(crate) fn new(functions: Vec<Arc<str>>) -> Self {
        let (at, logged) = (AtomicUsize::new(NONE | RESTING), AtomicBool::new(false));
        Self { functions, at, logged }
    }

    /// Says that a function is at work from now on, or the stage itself.
    #[inline]
    pub(crate) fn enter(&self, function: Option<usize>) {
        self.at.store(function.unwrap_or(NONE), Ordering::Relaxed);
    }

    /// Says that the call has ended; the function stays known, as the one that was at work last.
    #[inline]
    pub(crate) fn rest(&self) {
        self.at.store(self.at.load(Ordering::Relaxed) | RESTING, Ordering::Relaxed);
    }

    /// Whether there is a call just now.
    pub(crate) fn is_at_work(&self) -> bool {
        self.at.load(Ordering::Relaxed) & RESTING == 0
    }

    /// The name of the function that is or was at work; `None` when it is the stage itself.
    pub(crate) fn function(&self) -> Option<&Arc<str>> {
        self.functions.get(self.index()?)
    }

    /// The number of that function.
    pub(crate) fn index(&self) -> Option<usize> {
        let at = self.at.load(Ordering::Relaxed) & !RESTING;
        (at != NONE).then_some(at)
    }

    /// The names of all functions.
    pub(crate) fn functions(&self) -> &[Arc<str>] {
        &self.functions
    }

    /// Says that something was logged.
    pub(crate) fn logged(&self) {
        self.logged.store(true, Ordering::Relaxed);
    }

    /// Whether something was logged.
    #[inline]
    pub(crate) fn has_logged(&self) -> bool {
        self.logged.load(Ordering::Relaxed)
    }

    /// As [`has_logged`](Self::has_logged), and forgets it.
    pub(crate) fn take_logged(&self) -> bool {
        self.logged.swap(false, Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_function_stays_known_while_the_stage_rests() {
        let position = Position::new(["first", "second"].map(Arc::from).into());
        assert!(!position.is_at_work());
        assert_eq!(position.function(), None);
        position.enter(Some(1));
        assert!(position.is_at_work());
        assert_eq!(position.function().map(|name| &**name), Some("second"));
        position.rest();
        assert!(!position.is_at_work());
        assert_eq!(position.function().map(|name| &**name), Some("second"));
        position.enter(None);
        assert_eq!(position.function(), None);
    }
}
