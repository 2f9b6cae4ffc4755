//! Query 0: all bids, as they are. What reading and writing takes.

use brookite::prelude::*;

use crate::events::{bids, results};

/// A bid, without where it was made.
#[derive(Clone, Debug, Row)]
struct Passed<'r> {
    auction: i64,
    bidder: i64,
    price: i64,
    #[row(name = "dateTime")]
    date_time: Timestamp<3>,
    extra: &'r str,
}

/// Passes all bids on.
#[pipeline]
pub fn q0(p: &Pipeline, args: &Arguments) -> Result<()> {
    bids(p, args)?
        .flat_map(|bid, out: &mut Collector<'_, Passed<'static>>| {
            out.collect(Passed {
                auction: bid.auction,
                bidder: bid.bidder,
                price: bid.price,
                date_time: bid.date_time,
                extra: bid.extra,
            });
        })
        .name("pass")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
