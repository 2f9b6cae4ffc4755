//! Query 8: who offers something in the ten seconds in which they registered.

use brookite::prelude::*;

use crate::events::{Auction, Person, people_and_auctions, results};

const SIZE: i64 = 10_000;

/// Somebody who registered and sells.
#[derive(Clone, Debug, Row)]
struct NewSeller<'r> {
    id: i64,
    name: &'r str,
    starttime: Timestamp<3>,
}

/// Takes those who are among the sellers too.
#[derive(Default)]
struct Selling;

impl CoGroupFunction for Selling {
    type In1 = Person<'static>;
    type In2 = Auction<'static>;
    type Out = NewSeller<'static>;

    fn co_group(
        &mut self,
        people: &[Person<'_>],
        auctions: &[Auction<'_>],
        out: &mut Collector<'_, NewSeller<'static>>,
    ) -> Result<()> {
        if auctions.is_empty() {
            return Ok(());
        }
        for person in people {
            let at = person.date_time.millis();
            let starttime = Timestamp::from_millis(at - at.rem_euclid(SIZE));
            out.collect(NewSeller { id: person.id, name: person.name, starttime });
        }
        Ok(())
    }
}

/// Watches new sellers.
#[pipeline]
pub fn q8(p: &Pipeline, args: &Arguments) -> Result<()> {
    let (people, auctions) = people_and_auctions(p, args)?;
    people
        .key_by_field::<i64>("id")
        .connect(&auctions.key_by_field::<i64>("seller"))
        .window(Tumbling::of(SIZE))
        .co_group(Selling::default)
        .name("new sellers")
        .sink(results(args)?)
        .name("results");
    Ok(())
}
