//! [`Event`]: an event as it stands in the file.

use chrono::DateTime;
use nexmark::event::{Auction, Bid, Event as Generated, Person};
use serde::{Serialize, Serializer};

/// An event as it stands in the file: one of the three is there.
#[derive(Default, Serialize)]
pub(crate) struct Event<'e> {
    person: Option<PersonRow<'e>>,
    auction: Option<AuctionRow<'e>>,
    bid: Option<BidRow<'e>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PersonRow<'e> {
    id: usize,
    name: &'e str,
    email_address: &'e str,
    credit_card: &'e str,
    city: &'e str,
    state: &'e str,
    date_time: Millis,
    extra: &'e str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuctionRow<'e> {
    id: usize,
    item_name: &'e str,
    description: &'e str,
    initial_bid: usize,
    reserve: usize,
    date_time: Millis,
    expires: Millis,
    seller: usize,
    category: usize,
    extra: &'e str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BidRow<'e> {
    auction: usize,
    bidder: usize,
    price: usize,
    channel: &'e str,
    url: &'e str,
    date_time: Millis,
    extra: &'e str,
}

/// Milliseconds since the epoch, written as Flink's JSON has timestamps.
struct Millis(u64);

impl Serialize for Millis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = i64::try_from(self.0).ok().and_then(DateTime::from_timestamp_millis);
        let moment = moment.ok_or_else(|| serde::ser::Error::custom("a time beyond all years"))?;
        serializer.collect_str(&moment.format("%Y-%m-%d %H:%M:%S%.3f"))
    }
}

impl<'e> From<&'e Generated> for Event<'e> {
    fn from(event: &'e Generated) -> Self {
        match event {
            Generated::Person(person) => Self { person: Some(person.into()), ..Self::default() },
            Generated::Auction(auction) => {
                Self { auction: Some(auction.into()), ..Self::default() }
            }
            Generated::Bid(bid) => Self { bid: Some(bid.into()), ..Self::default() },
        }
    }
}

impl<'e> From<&'e Person> for PersonRow<'e> {
    fn from(person: &'e Person) -> Self {
        Self {
            id: person.id,
            name: &person.name,
            email_address: &person.email_address,
            credit_card: &person.credit_card,
            city: &person.city,
            state: &person.state,
            date_time: Millis(person.date_time),
            extra: &person.extra,
        }
    }
}

impl<'e> From<&'e Auction> for AuctionRow<'e> {
    fn from(auction: &'e Auction) -> Self {
        Self {
            id: auction.id,
            item_name: &auction.item_name,
            description: &auction.description,
            initial_bid: auction.initial_bid,
            reserve: auction.reserve,
            date_time: Millis(auction.date_time),
            expires: Millis(auction.expires),
            seller: auction.seller,
            category: auction.category,
            extra: &auction.extra,
        }
    }
}

impl<'e> From<&'e Bid> for BidRow<'e> {
    fn from(bid: &'e Bid) -> Self {
        Self {
            auction: bid.auction,
            bidder: bid.bidder,
            price: bid.price,
            channel: &bid.channel,
            url: &bid.url,
            date_time: Millis(bid.date_time),
            extra: &bid.extra,
        }
    }
}
