//! Log records of user code, on their way to the host.
//!
//! The `log` and `tracing` crates have one logger for a binary; a stage has a host of its own, which may
//! only be called during a call of the stage. So the logger puts records aside, and never waits:
//!
//! * a record that is made during a call of a stage, on a list of the thread at hand: the stage passes
//!   it on at the end of the call, together with the name of the function that was at work;
//! * a record of any other thread, in one bounded queue of the binary: whichever stage is called next
//!   passes it on, with the name of the thread. When the queue is full, records are dropped and counted,
//!   and the log is told how many.
//!
//! What is logged at all is up to the host, for each target. The first record of a target is passed on
//! whatever its level is, and with it the host is asked; from then on records that it does not want are
//! turned down before they are formatted. [`refresh`] asks again.

mod at_work;
mod levels;
mod log_crate;
mod queue;
mod tracing_crate;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Once};

use log::Level;

use crate::host::{Host, LogOrigin};
use crate::logs::at_work::AtWork;
use crate::position::Position;

pub(crate) use at_work::register;
pub(crate) use queue::waiting;

/// How many records of one call wait at most; of more, the oldest are dropped, and their number is
/// logged.
const CAPACITY: usize = 1024;

/// A record that was put aside.
struct Line {
    level: Level,
    target: String,
    message: String,
}

/// What one thread logged during a call.
struct Ring {
    lines: VecDeque<(Line, Option<Arc<str>>)>,
    dropped: u64,
}

thread_local! {
    static RING: RefCell<Ring> = const {
        RefCell::new(Ring { lines: VecDeque::new(), dropped: 0 })
    };
}

/// Makes this the binary's logger, for both crates, unless the program has one of its own.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        queue::prepare();
        log_crate::install();
        tracing_crate::install();
    });
}

/// Whether the host may want such a record: unless it is known not to.
fn wanted(target: &str, level: Level) -> bool {
    levels::of(target).is_none_or(|most| level <= most)
}

/// Puts a record aside.
fn put_aside(level: Level, target: &str, message: impl fmt::Display) {
    // Formatted first: that is user code, which may log as well.
    let line = Line { level, target: target.to_owned(), message: message.to_string() };
    let position = match at_work::at_work() {
        AtWork::Stage(position) => position,
        AtWork::Other(thread) => return queue::push(line, Some(thread)),
        AtWork::Ending => return queue::push(line, None),
    };
    RING.with(|ring| {
        let mut ring = ring.borrow_mut();
        if ring.lines.len() == CAPACITY {
            ring.lines.pop_front();
            ring.dropped += 1;
        }
        ring.lines.push_back((line, position.function().cloned()));
    });
    position.logged();
}

/// Whether [`drain`] has something to do, after a call at that position.
#[inline]
pub(crate) fn pending(position: &Position) -> bool {
    position.has_logged() || waiting()
}

/// Hands what was logged during the call to the host, and some of what other threads have logged.
pub(crate) fn drain(position: &Position, host: &mut dyn Host) {
    drain_own(position, host);
    queue::drain_some(host);
    levels::rebuild_if_learned();
}

/// As [`drain`], but all that other threads have logged.
pub(crate) fn drain_all(position: &Position, host: &mut dyn Host) {
    drain_own(position, host);
    queue::drain_all(host);
    levels::rebuild_if_learned();
}

/// Asks the host anew what it wants to have logged.
pub(crate) fn refresh(host: &mut dyn Host) {
    levels::refresh(host);
    levels::rebuild_if_learned();
}

fn drain_own(position: &Position, host: &mut dyn Host) {
    if !position.take_logged() {
        return;
    }
    let (lines, dropped) = RING.with_borrow_mut(|ring| {
        (std::mem::take(&mut ring.lines), std::mem::take(&mut ring.dropped))
    });
    if dropped > 0 {
        let message = format!("{dropped} earlier log records were dropped in one call");
        host.log(Level::Warn, module_path!(), LogOrigin::Stage, &message);
    }
    for (line, function) in lines {
        let origin = function.as_deref().map_or(LogOrigin::Stage, LogOrigin::Function);
        pass_on(host, &line, origin);
    }
}

fn pass_on(host: &mut dyn Host, line: &Line, origin: LogOrigin<'_>) {
    if line.level <= levels::learn(&line.target, host) {
        host.log(line.level, &line.target, origin, &line.message);
    }
}
