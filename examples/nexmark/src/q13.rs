//! Query 13: bids with what a table, a file that ends, says of their auction.

use brookite::prelude::*;

use crate::events::{Bid, bids, results};

/// So many keys the table may have.
const KEYS: i64 = 10_000;

/// A row of the table.
#[derive(Clone, Debug, Row)]
struct Side<'r> {
    key: i64,
    value: &'r str,
}

/// A bid that waits for its row, or with it.
#[derive(Clone, Debug, Row)]
struct Enriched {
    auction: i64,
    bidder: i64,
    price: i64,
    #[row(name = "dateTime")]
    date_time: Timestamp<3>,
    value: Option<String>,
}

/// Keeps the row of a key, and the bids that came before it.
#[derive(Default)]
struct Enrich {
    value: ValueState<String>,
    waiting: ListState<Enriched>,
}

impl KeyedCoProcessFunction for Enrich {
    type Key = i64;
    type In1 = Bid<'static>;
    type In2 = Side<'static>;
    type Out = Enriched;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.value = ctx.value_state("value")?;
        self.waiting = ctx.list_state("waiting")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        bid: Bid<'_>,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Enriched>,
    ) -> Result<()> {
        let Bid { auction, bidder, price, date_time, .. } = bid;
        let enriched = Enriched { auction, bidder, price, date_time, value: self.value.value()? };
        if enriched.value.is_none() {
            return self.waiting.add(enriched);
        }
        out.collect(enriched);
        Ok(())
    }

    fn process_element2(
        &mut self,
        side: Side<'_>,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Enriched>,
    ) -> Result<()> {
        for waiting in self.waiting.take()? {
            out.collect(Enriched { value: Some(side.value.to_owned()), ..waiting });
        }
        self.value.update(side.value.to_owned())
    }
}

/// Joins bids with a file of CSV.
#[pipeline]
pub fn q13(p: &Pipeline, args: &Arguments) -> Result<()> {
    let file = Connector::new("filesystem").option("path", args.get("side")?).format("csv");
    let side = p.source::<Side<'static>>(file).name("side input").key_by_field::<i64>("key");
    bids(p, args)?
        .key_by(|bid| bid.auction % KEYS)
        .connect(&side)
        .process(Enrich::default)
        .name("with the side input")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
