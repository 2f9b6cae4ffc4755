//! Log records of user code, on their way to the host.
//!
//! The `log` crate has one logger for a process; a stage has a host of its own. So the logger puts
//! records aside, on the thread that made them, and the stage hands them to its host at the end of the
//! call. A record of a thread without a stage waits for nobody: it is dropped when the ring is full.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

use log::{Level, LevelFilter, Log, Metadata, Record};

use crate::host::Host;

/// How many records wait at most; of more, the oldest are dropped, and their number is logged.
const CAPACITY: usize = 1024;

struct Line {
    level: Level,
    target: String,
    message: String,
}

struct Ring {
    lines: VecDeque<Line>,
    dropped: u64,
}

thread_local! {
    static RING: RefCell<Ring> = const {
        RefCell::new(Ring { lines: VecDeque::new(), dropped: 0 })
    };
}

/// How many lines wait in all rings: while there are none, nobody need look into its own.
static WAITING: AtomicUsize = AtomicUsize::new(0);

struct RingLogger;

impl Log for RingLogger {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = Line {
            level: record.level(),
            target: record.target().to_owned(),
            message: record.args().to_string(),
        };
        // No thread-local any more: the thread ends, and nobody would read the line.
        let _ = RING.try_with(|ring| {
            let mut ring = ring.borrow_mut();
            if ring.lines.len() == CAPACITY {
                ring.lines.pop_front();
                ring.dropped += 1;
            } else {
                WAITING.fetch_add(1, Ordering::Relaxed);
            }
            ring.lines.push_back(line);
        });
    }

    fn flush(&self) {}
}

/// Makes the ring this binary's logger, unless the program has one of its own.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        if log::set_logger(&RingLogger).is_ok() {
            log::set_max_level(LevelFilter::Info);
        }
    });
}

/// Whether [`drain`] may have something to do.
#[inline]
pub(crate) fn pending() -> bool {
    WAITING.load(Ordering::Relaxed) > 0
}

/// Hands what this thread has logged to the host.
pub(crate) fn drain(host: &mut dyn Host) {
    if RING.with(|ring| ring.borrow().lines.is_empty()) {
        return;
    }
    let (lines, dropped) = RING.with(|ring| {
        let mut ring = ring.borrow_mut();
        (std::mem::take(&mut ring.lines), std::mem::take(&mut ring.dropped))
    });
    WAITING.fetch_sub(lines.len(), Ordering::Relaxed);
    if dropped > 0 {
        let message = format!("{dropped} earlier log records were dropped in one call");
        host.log(Level::Warn, module_path!(), &message);
    }
    for line in lines {
        host.log(line.level, &line.target, &line.message);
    }
}
