//! Query 5: hot items. Every two seconds, the auctions with the most bids of the last ten.

use brookite::prelude::*;

use crate::events::{results, timed_bids};

const SIZE: i64 = 10_000;
const SLIDE: i64 = 2_000;

/// How many bids there were for an auction in a window.
#[derive(Clone, Debug, Row)]
struct BidsOfAuction {
    auction: i64,
    num: i64,
}

/// Finds the auctions with the most bids.
#[pipeline]
pub fn q5(p: &Pipeline, args: &Arguments) -> Result<()> {
    timed_bids(p, args)?
        .key_by_field::<i64>("auction")
        .window(Sliding::of(SIZE, SLIDE))
        .count_apply(|num, ctx, out: &mut Collector<'_, BidsOfAuction>| {
            out.collect(BidsOfAuction { auction: *ctx.key(), num: *num });
        })
        .name("bids per auction")
        // The counts of windows that end together are of one time, the last of those windows.
        .key_by(|_| true)
        .window(Tumbling::of(SLIDE))
        .apply(|auctions, _ctx, out: &mut Collector<'_, BidsOfAuction>| {
            let highest = auctions.iter().map(|auction| auction.num).max();
            let hottest = auctions.iter().filter(|auction| Some(auction.num) == highest);
            hottest.cloned().for_each(|auction| out.collect(auction));
        })
        .name("hottest")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
