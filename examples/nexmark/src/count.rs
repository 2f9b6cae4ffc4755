//! How many bids a bidder makes.

use brookite::prelude::*;

/// How many bids a bidder made in a window.
#[derive(Clone, Debug, Row)]
pub(crate) struct BidsOfBidder {
    bidder: i64,
    bid_count: i64,
    starttime: Timestamp<3>,
    endtime: Timestamp<3>,
}

/// Says of which bidder and window a count is.
pub(crate) fn of_bidder(
    count: &i64,
    ctx: &WindowContext<'_, i64>,
    out: &mut Collector<'_, BidsOfBidder>,
) {
    out.collect(BidsOfBidder {
        bidder: *ctx.key(),
        bid_count: *count,
        starttime: Timestamp::from_millis(ctx.window().start()),
        endtime: Timestamp::from_millis(ctx.window().end()),
    });
}
