//! Query 5: hot items. Every two seconds, the auctions with the most bids of the last ten.

use brookite::prelude::*;

use crate::count::Count;
use crate::events::{results, timed_bids};

const SIZE: i64 = 10_000;
const SLIDE: i64 = 2_000;

/// How many bids there were for an auction in a window.
#[derive(Clone, Debug, Row)]
struct BidsOfAuction {
    auction: i64,
    num: i64,
}

/// Says of which auction a count is.
#[derive(Default)]
struct OfAuction;

impl ProcessWindowFunction for OfAuction {
    type Key = i64;
    type In = i64;
    type Out = BidsOfAuction;

    fn process(
        &mut self,
        counts: &[i64],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, BidsOfAuction>,
    ) -> Result<()> {
        let auction = *ctx.key();
        counts.iter().for_each(|num| out.collect(BidsOfAuction { auction, num: *num }));
        Ok(())
    }
}

/// The auctions with the highest count.
#[derive(Default)]
struct Hottest;

impl ProcessWindowFunction for Hottest {
    type Key = bool;
    type In = BidsOfAuction;
    type Out = BidsOfAuction;

    fn process(
        &mut self,
        auctions: &[BidsOfAuction],
        _ctx: &WindowContext<'_, bool>,
        out: &mut Collector<'_, BidsOfAuction>,
    ) -> Result<()> {
        let highest = auctions.iter().map(|auction| auction.num).max();
        let hottest = auctions.iter().filter(|auction| Some(auction.num) == highest);
        hottest.cloned().for_each(|auction| out.collect(auction));
        Ok(())
    }
}

/// Finds the auctions with the most bids.
#[pipeline]
pub fn q5(p: &Pipeline, args: &Arguments) -> Result<()> {
    timed_bids(p, args)?
        .key_by_field::<i64>("auction")
        .window(Sliding::of(SIZE, SLIDE))
        .aggregate_with_process(Count::default, OfAuction::default)
        .name("bids per auction")
        // The counts of windows that end together are of one time, the last of those windows.
        .key_by(|_| true)
        .window(Tumbling::of(SLIDE))
        .process(Hottest::default)
        .name("hottest")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
