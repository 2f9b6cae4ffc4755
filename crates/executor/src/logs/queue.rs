//! Records of threads that work for no stage, such as those that functions start.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::Thread;

use crossbeam_queue::ArrayQueue;
use log::Level;

use crate::host::{Host, LogOrigin};
use crate::logs::{Line, pass_on};

/// How many records wait at most; more are dropped and counted.
const CAPACITY: usize = 4096;

/// How many records one call passes on, so that many records of others do not hold up its own.
const AT_ONCE: usize = 64;

static QUEUE: OnceLock<ArrayQueue<(Line, Option<Thread>)>> = OnceLock::new();

/// Whether records wait, or were dropped.
static WAITING: AtomicBool = AtomicBool::new(false);

/// How many were dropped and not told of.
static DROPPED: AtomicU64 = AtomicU64::new(0);

/// Makes the queue, so that no thread has to when it logs.
pub(super) fn prepare() {
    QUEUE.get_or_init(|| ArrayQueue::new(CAPACITY));
}

/// Puts a record of the thread at hand aside, or counts it as dropped.
pub(super) fn push(line: Line, thread: Option<Thread>) {
    let Some(queue) = QUEUE.get() else { return };
    if queue.push((line, thread)).is_err() {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
    WAITING.store(true, Ordering::Release);
}

/// Whether there is something to drain.
#[inline]
pub(crate) fn waiting() -> bool {
    WAITING.load(Ordering::Relaxed)
}

/// Passes on some of what waits.
pub(super) fn drain_some(host: &mut dyn Host) {
    drain(AT_ONCE, host);
}

/// Passes on what waits. What other threads add meanwhile does not keep it here for ever.
pub(super) fn drain_all(host: &mut dyn Host) {
    drain(CAPACITY, host);
    tell_dropped(host);
}

fn drain(at_most: usize, host: &mut dyn Host) {
    if !waiting() || !WAITING.swap(false, Ordering::AcqRel) {
        return;
    }
    let Some(queue) = QUEUE.get() else { return };
    for _ in 0..at_most {
        let Some((line, thread)) = queue.pop() else { return tell_dropped(host) };
        let name = thread.as_ref().map_or("ended", |thread| thread.name().unwrap_or("unnamed"));
        pass_on(host, &line, LogOrigin::Thread(name));
    }
    WAITING.store(true, Ordering::Release);
}

fn tell_dropped(host: &mut dyn Host) {
    let dropped = DROPPED.swap(0, Ordering::Relaxed);
    if dropped > 0 {
        let message = format!(
            "{dropped} log records of threads that functions started were dropped: more than \
             {CAPACITY} waited for a call of a stage"
        );
        host.log(Level::Warn, module_path!(), LogOrigin::Stage, &message);
    }
}
