//! Query 3: who, from some states, offers something of a category.

use brookite::prelude::*;

use crate::events::{Auction, Person, people_and_auctions, results};

const CATEGORY: i64 = 10;
const STATES: [&str; 3] = ["OR", "ID", "CA"];

/// Somebody who sells, and what is sold.
#[derive(Clone, Debug, Row)]
struct Seller {
    name: String,
    city: String,
    state: String,
    id: Option<i64>,
}

/// Brings auctions together with their sellers, whichever comes first.
#[derive(Default)]
struct Join {
    seller: ValueState<Seller>,
    auctions: ListState<i64>,
}

impl KeyedCoProcessFunction for Join {
    type Key = i64;
    type In1 = Auction<'static>;
    type In2 = Person<'static>;
    type Out = Seller;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.seller = ctx.value_state("seller")?;
        self.auctions = ctx.list_state("auctions")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        auction: Auction<'_>,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Seller>,
    ) -> Result<()> {
        match self.seller.value()? {
            Some(seller) => out.collect(Seller { id: Some(auction.id), ..seller }),
            None => self.auctions.add(auction.id)?,
        }
        Ok(())
    }

    fn process_element2(
        &mut self,
        person: Person<'_>,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Seller>,
    ) -> Result<()> {
        let [name, city, state] = [person.name, person.city, person.state].map(str::to_owned);
        let seller = Seller { name, city, state, id: None };
        for id in self.auctions.take()? {
            out.collect(Seller { id: Some(id), ..seller.clone() });
        }
        self.seller.update(seller)
    }
}

/// Who sells in some states.
#[pipeline]
pub fn q3(p: &Pipeline, args: &Arguments) -> Result<()> {
    let (people, auctions) = people_and_auctions(p, args)?;
    let auctions = auctions.filter(|auction| auction.category == CATEGORY).name("of the category");
    let people = people.filter(|person| STATES.contains(&person.state)).name("of the states");
    auctions
        .key_by_field::<i64>("seller")
        .connect(&people.key_by_field::<i64>("id"))
        .process(Join::default)
        .name("sellers")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
