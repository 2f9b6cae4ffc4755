//! Query 2: the prices that are bid for some of the auctions.

use brookite::prelude::*;

use crate::events::{bids, results};

/// Every so many auctions there is one that counts.
const EVERY: i64 = 123;

/// What is bid for an auction.
#[derive(Clone, Debug, Row)]
struct Price {
    auction: i64,
    price: i64,
}

/// Picks the bids for each 123rd auction.
#[pipeline]
pub fn q2(p: &Pipeline, args: &Arguments) -> Result<()> {
    bids(p, args)?
        .filter(|bid| bid.auction % EVERY == 0)
        .name("some auctions")
        .map(|bid| Price { auction: bid.auction, price: bid.price })
        .name("prices")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
