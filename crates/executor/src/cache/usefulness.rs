//! Whether the cache is of use.

use super::statistics::Counts;

/// So many evictions are judged together.
const EVICTIONS: u64 = 256;

/// Says whether a key that is remembered is likely to come again while it is.
#[derive(Debug)]
pub(super) struct Usefulness {
    useful: bool,
    /// What was counted when it was looked at last.
    last: Counts,
}

impl Default for Usefulness {
    /// Until the contrary is seen.
    fn default() -> Self {
        Self { useful: true, last: Counts::default() }
    }
}

impl Usefulness {
    /// Looks at the counts, at a miss.
    pub(super) fn observe(&mut self, counts: &Counts) -> bool {
        let evictions = counts.evictions - self.last.evictions;
        if evictions >= EVICTIONS {
            // Below one hit for two keys, at least half of the keys were remembered in vain.
            self.useful = 2 * (counts.hits - self.last.hits) >= evictions;
            self.last = *counts;
        }
        self.useful
    }
}
