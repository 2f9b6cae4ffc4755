//! Query 12: how many bids of each bidder come in ten seconds, by the clock.
//!
//! Which window a bid falls into depends on when it is read. What does not is the sum of a bidder's counts,
//! if the windows that are open when the input ends are told too: in BATCH mode they are, which AUTOMATIC
//! mode chooses for files.

use brookite::prelude::*;

use crate::count::of_bidder;
use crate::events::{bids, results};

const SIZE: i64 = 10_000;

/// Counts the bids of each bidder.
#[pipeline]
pub fn q12(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.mode(ExecutionMode::Automatic);
    bids(p, args)?
        .key_by_field::<i64>("bidder")
        .window(Tumbling::of(SIZE))
        .processing_time()
        .count_apply(of_bidder)
        .name("bids per bidder")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
