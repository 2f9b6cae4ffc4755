//! Which levels the host wants of each target, known to all threads.
//!
//! Looking up takes no lock. A target is added by a stage that passes on a record of it, and never
//! removed: a binary has so many targets as it has modules.

use std::hash::BuildHasher as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use foldhash::fast::FixedState;
use log::LevelFilter;

use crate::host::Host;
use crate::logs::tracing_crate;

/// How many targets have a place. Of those that find none the host is asked each time.
const PLACES: usize = 1024;

/// How far from its own place a target is looked for.
const REACH: usize = 16;

struct Known {
    target: Box<str>,
    /// The `LevelFilter`, as a number.
    most: AtomicUsize,
}

static KNOWN: [OnceLock<Known>; PLACES] = [const { OnceLock::new() }; PLACES];

/// Whether something became known that the `tracing` crate has not heard of.
static LEARNED: AtomicBool = AtomicBool::new(false);

/// Where a target may be, from the first place to the last.
fn places(target: &str) -> impl Iterator<Item = &'static OnceLock<Known>> {
    let first = FixedState::with_seed(0).hash_one(target) as usize;
    (0..REACH).map(move |step| &KNOWN[first.wrapping_add(step) % PLACES])
}

/// The most verbose level that the host wants of a target; `None` when it was not asked yet.
pub(super) fn of(target: &str) -> Option<LevelFilter> {
    places(target)
        .map_while(OnceLock::get)
        .find(|known| *known.target == *target)
        .map(|known| filter(known.most.load(Ordering::Relaxed)))
}

/// As [`of`], and asks the host if need be.
pub(super) fn learn(target: &str, host: &mut dyn Host) -> LevelFilter {
    if let Some(known) = of(target) {
        return known;
    }
    let most = host.log_level(target);
    for place in places(target) {
        let known = || Known { target: target.into(), most: AtomicUsize::new(most as usize) };
        // Another stage may have been faster, with this target or another one.
        if *place.get_or_init(known).target == *target {
            LEARNED.store(true, Ordering::Relaxed);
            break;
        }
    }
    most
}

/// Asks the host anew about all targets.
pub(super) fn refresh(host: &mut dyn Host) {
    for known in KNOWN.iter().filter_map(OnceLock::get) {
        let most = host.log_level(&known.target) as usize;
        if known.most.swap(most, Ordering::Relaxed) != most {
            LEARNED.store(true, Ordering::Relaxed);
        }
    }
}

/// Tells the `tracing` crate when something became known: it remembers what it was told.
pub(super) fn rebuild_if_learned() {
    if LEARNED.load(Ordering::Relaxed) && LEARNED.swap(false, Ordering::Relaxed) {
        tracing_crate::rebuild();
    }
}

fn filter(number: usize) -> LevelFilter {
    LevelFilter::iter().nth(number).unwrap_or(LevelFilter::Trace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryHost;

    #[test]
    fn each_filter_is_known_by_its_number() {
        for known in LevelFilter::iter() {
            assert_eq!(filter(known as usize), known);
        }
    }

    #[test]
    fn a_target_is_known_once_the_host_was_asked() {
        let mut host = MemoryHost::new();
        assert_eq!(of("levels::test"), None);
        let most = learn("levels::test", &mut host);
        assert_eq!(of("levels::test"), Some(most));
        assert_eq!(of("levels"), None, "of another target nothing is known");
    }
}
