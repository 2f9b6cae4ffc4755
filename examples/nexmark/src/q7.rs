//! Query 7: the highest bids of each ten seconds.

use brookite::prelude::*;

use crate::events::{Bid, results, timed_bids};

const SIZE: i64 = 10_000;

/// A bid of the highest price.
#[derive(Clone, Debug, Row)]
struct HighestBid<'r> {
    auction: i64,
    price: i64,
    bidder: i64,
    #[row(name = "dateTime")]
    date_time: Timestamp<3>,
    extra: &'r str,
}

/// Takes the bids whose price is the highest one.
#[derive(Default)]
struct OfThatPrice;

impl ProcessJoinFunction for OfThatPrice {
    type In1 = Bid<'static>;
    type In2 = i64;
    type Out = HighestBid<'static>;

    fn process_element(
        &mut self,
        bid: &Bid<'_>,
        price: &i64,
        _ctx: &JoinContext<'_>,
        out: &mut Collector<'_, HighestBid<'static>>,
    ) -> Result<()> {
        out.collect(HighestBid {
            auction: bid.auction,
            price: *price,
            bidder: bid.bidder,
            date_time: bid.date_time,
            extra: bid.extra,
        });
        Ok(())
    }
}

/// Finds the highest bids.
#[pipeline]
pub fn q7(p: &Pipeline, args: &Arguments) -> Result<()> {
    let bids = timed_bids(p, args)?;
    let highest = bids
        .map(|bid| bid.price)
        .name("prices")
        .key_by(|_| true)
        .window(Tumbling::of(SIZE))
        .reduce(|one, other| one.max(other))
        .name("highest price");
    // A window's result has the window's last millisecond as its time. The query takes bids up to the
    // window's end, that one included.
    bids.key_by_field::<i64>("price")
        .interval_join(&highest.key_by_value(), -1, SIZE - 1)
        .process(OfThatPrice::default)
        .name("bids of that price")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
