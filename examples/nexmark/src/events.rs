//! What happens in the auction house, and where it is read from.

use brookite::prelude::*;

/// Somebody registers.
#[derive(Clone, Debug, Row)]
pub(crate) struct Person<'r> {
    pub(crate) id: i64,
    pub(crate) name: &'r str,
    #[row(name = "emailAddress")]
    pub(crate) email_address: &'r str,
    #[row(name = "creditCard")]
    pub(crate) credit_card: &'r str,
    pub(crate) city: &'r str,
    pub(crate) state: &'r str,
    #[row(name = "dateTime")]
    pub(crate) date_time: Timestamp<3>,
    pub(crate) extra: &'r str,
}

/// Somebody offers something.
#[derive(Clone, Debug, Row)]
pub(crate) struct Auction<'r> {
    pub(crate) id: i64,
    #[row(name = "itemName")]
    pub(crate) item_name: &'r str,
    pub(crate) description: &'r str,
    #[row(name = "initialBid")]
    pub(crate) initial_bid: i64,
    pub(crate) reserve: i64,
    #[row(name = "dateTime")]
    pub(crate) date_time: Timestamp<3>,
    pub(crate) expires: Timestamp<3>,
    pub(crate) seller: i64,
    pub(crate) category: i64,
    pub(crate) extra: &'r str,
}

/// Somebody bids.
#[derive(Clone, Debug, Row)]
pub(crate) struct Bid<'r> {
    pub(crate) auction: i64,
    pub(crate) bidder: i64,
    /// In cents.
    pub(crate) price: i64,
    pub(crate) channel: &'r str,
    pub(crate) url: &'r str,
    #[row(name = "dateTime")]
    pub(crate) date_time: Timestamp<3>,
    pub(crate) extra: &'r str,
}

/// One of these.
#[derive(Clone, Debug, Row)]
pub(crate) struct Event<'r> {
    person: Option<Person<'r>>,
    auction: Option<Auction<'r>>,
    bid: Option<Bid<'r>>,
}

/// Events may be so much late, in milliseconds.
const DELAY: i64 = 4_000;

fn events(p: &Pipeline, args: &Arguments) -> Result<Stream<Event<'static>>> {
    let file = Connector::new("filesystem").option("path", args.get("events")?).format("json");
    Ok(p.source::<Event<'static>>(file).name("events"))
}

/// The bids.
pub(crate) fn bids(p: &Pipeline, args: &Arguments) -> Result<Stream<Bid<'static>>> {
    let bids = events(p, args)?.flat_map(|event, out: &mut Collector<'_, Bid<'static>>| {
        event.bid.into_iter().for_each(|bid| out.collect(bid));
    });
    Ok(bids.name("bids"))
}

/// The bids, with the time at which they were made.
pub(crate) fn timed_bids(p: &Pipeline, args: &Arguments) -> Result<Stream<Bid<'static>>> {
    let watermarks = WatermarkStrategy::bounded_out_of_orderness(DELAY);
    let timed = bids(p, args)?.assign_timestamps(|bid| bid.date_time.millis(), watermarks);
    Ok(timed.name("times of bids"))
}

/// Who registers, and what is offered, with the time of each.
pub(crate) fn people_and_auctions(
    p: &Pipeline,
    args: &Arguments,
) -> Result<(Stream<Person<'static>>, Stream<Auction<'static>>)> {
    let events = events(p, args)?;
    let watermarks = WatermarkStrategy::bounded_out_of_orderness(DELAY);
    let people = events
        .flat_map(|event, out: &mut Collector<'_, Person<'static>>| {
            event.person.into_iter().for_each(|person| out.collect(person));
        })
        .name("people")
        .assign_timestamps(|person| person.date_time.millis(), watermarks)
        .name("times of people");
    let auctions = events
        .flat_map(|event, out: &mut Collector<'_, Auction<'static>>| {
            event.auction.into_iter().for_each(|auction| out.collect(auction));
        })
        .name("auctions")
        .assign_timestamps(|auction| auction.date_time.millis(), watermarks)
        .name("times of auctions");
    Ok((people, auctions))
}

/// Where rows go.
pub(crate) fn results(args: &Arguments) -> Result<Connector> {
    Ok(Connector::new("filesystem").option("path", args.get("results")?).format("json"))
}
