//! Query 11: how many bids a bidder makes in a visit, which ends with ten seconds of silence.

use brookite::prelude::*;

use crate::count::of_bidder;
use crate::events::{results, timed_bids};

const GAP: i64 = 10_000;

/// Counts the bids of each visit.
#[pipeline]
pub fn q11(p: &Pipeline, args: &Arguments) -> Result<()> {
    timed_bids(p, args)?
        .key_by_field::<i64>("bidder")
        .window(Session::with_gap(GAP))
        .count_apply(of_bidder)
        .name("bids per visit")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
