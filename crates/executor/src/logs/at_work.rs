//! Which stage the thread at hand is working for.
//!
//! A stage says so in its own memory, which costs a call next to nothing. The thread only knows which
//! stages were opened on it; when a function logs, it looks for the one that is at work.

use std::cell::RefCell;
use std::sync::{Arc, Weak};
use std::thread::{self, Thread};

use crate::position::Position;

thread_local! {
    static STAGES: RefCell<Vec<Weak<Position>>> = const { RefCell::new(Vec::new()) };
}

/// Says that a stage is called on this thread from now on.
pub(crate) fn register(position: &Arc<Position>) {
    STAGES.with_borrow_mut(|stages| {
        stages.retain(|known| known.strong_count() > 0 && !is(known, position));
        stages.push(Arc::downgrade(position));
    });
}

fn is(known: &Weak<Position>, position: &Arc<Position>) -> bool {
    std::ptr::eq(known.as_ptr(), Arc::as_ptr(position))
}

/// What the thread at hand is doing.
pub(super) enum AtWork {
    /// It works for the stage of that position.
    Stage(Arc<Position>),
    /// It works for none.
    Other(Thread),
    /// It works for none, and is just ending.
    Ending,
}

pub(super) fn at_work() -> AtWork {
    let stage = STAGES.try_with(|stages| {
        let stages = stages.borrow();
        stages.iter().rev().filter_map(Weak::upgrade).find(|position| position.is_at_work())
    });
    match stage {
        Ok(Some(position)) => AtWork::Stage(position),
        Ok(None) => AtWork::Other(thread::current()),
        // A thread that ends has no thread-locals any more, and cannot say who it is.
        Err(_) => AtWork::Ending,
    }
}
