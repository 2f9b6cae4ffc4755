//! Counting bids in windows.

use brookite::prelude::*;

use crate::events::Bid;

/// How many bids there are.
#[derive(Default)]
pub(crate) struct Count;

impl AggregateFunction for Count {
    type In = Bid<'static>;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, _bid: Bid<'_>, count: &mut i64) -> Result<()> {
        *count += 1;
        Ok(())
    }

    fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
        *count += other;
        Ok(())
    }

    fn get_result(&self, count: &i64) -> Result<i64> {
        Ok(*count)
    }
}

/// How many bids a bidder made in a window.
#[derive(Clone, Debug, Row)]
pub(crate) struct BidsOfBidder {
    bidder: i64,
    bid_count: i64,
    starttime: Timestamp<3>,
    endtime: Timestamp<3>,
}

/// Says of which bidder and window a count is.
#[derive(Default)]
pub(crate) struct OfBidder;

impl ProcessWindowFunction for OfBidder {
    type Key = i64;
    type In = i64;
    type Out = BidsOfBidder;

    fn process(
        &mut self,
        counts: &[i64],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, BidsOfBidder>,
    ) -> Result<()> {
        counts.iter().for_each(|count| {
            out.collect(BidsOfBidder {
                bidder: *ctx.key(),
                bid_count: *count,
                starttime: Timestamp::from_millis(ctx.window().start()),
                endtime: Timestamp::from_millis(ctx.window().end()),
            });
        });
        Ok(())
    }
}
