//! Pipelines for those who run one and look at its handle: one that ends, one that fails, one that goes on.

use brookite::prelude::*;

/// The squares of the numbers up to `--last`.
#[pipeline]
pub fn squares(p: &Pipeline, args: &Arguments) -> Result<()> {
    let last: i64 = args.get_or("last", 10)?;
    p.sequence(1, last).map(|number| number * number).name("square").collect("squares");
    Ok(())
}

/// Fails at the number `--at`.
#[pipeline]
pub fn too_much(p: &Pipeline, args: &Arguments) -> Result<()> {
    let at: i64 = args.parse("at")?;
    p.sequence(1, 100)
        .map(move |number| if number < at { Ok(number) } else { Err(Error::msg("it is too much")) })
        .name("measure")
        .collect("measured");
    Ok(())
}

/// A number.
#[derive(Row)]
pub struct Numbered {
    number: i64,
}

/// Random numbers without end, and how many of them there were once it is told to end.
#[pipeline]
pub fn endless(p: &Pipeline) -> Result<()> {
    p.source::<Numbered>(Connector::new("datagen").option("rows-per-second", "1000"))
        .name("numbers")
        .parallelism(1)
        .map(|row: Numbered| (row.number % 2, 1_i64))
        .key_by(|_| 0_i64)
        .window(Global)
        .reduce(|(parity, count), (_, more)| (parity, count + more))
        .name("count")
        .map(|(_, count)| count)
        .collect("counted");
    Ok(())
}
