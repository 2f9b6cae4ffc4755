//! Query 1: all bids with their price in another currency.

use brookite::prelude::*;

use crate::events::{bids, results};

/// Thousandths of a euro for a dollar.
const RATE: i128 = 908;

/// A bid in euros.
#[derive(Clone, Debug, Row)]
struct Converted<'r> {
    auction: i64,
    bidder: i64,
    /// In cents.
    price: Decimal<23, 3>,
    #[row(name = "dateTime")]
    date_time: Timestamp<3>,
    extra: &'r str,
}

/// Converts prices from dollars to euros.
#[pipeline]
pub fn q1(p: &Pipeline, args: &Arguments) -> Result<()> {
    bids(p, args)?
        .flat_map(|bid, out: &mut Collector<'_, Converted<'static>>| -> Result<()> {
            out.collect(Converted {
                auction: bid.auction,
                bidder: bid.bidder,
                price: Decimal::from_unscaled(i128::from(bid.price) * RATE)?,
                date_time: bid.date_time,
                extra: bid.extra,
            });
            Ok(())
        })
        .name("to euros")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
