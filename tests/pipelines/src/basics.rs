//! One record in, any number out.

use brookite::prelude::*;

#[pipeline]
fn map(p: &Pipeline) -> Result<()> {
    p.from_values([1_i64, 2, 3]).map(|number: i64| (number * 2).to_string()).collect("out");
    Ok(())
}

#[pipeline]
fn map_that_may_fail(p: &Pipeline) -> Result<()> {
    let words = p.from_values(["1", "2", "34"]);
    words
        .map(|word: &str| -> Result<i64> { Ok(word.parse::<i64>()?) })
        .map(|n: i64| n.to_string())
        .collect("out");
    Ok(())
}

#[pipeline]
fn filter(p: &Pipeline) -> Result<()> {
    p.sequence(1, 10).filter(|number| number % 3 == 0).map(|n: i64| n.to_string()).collect("out");
    Ok(())
}

#[pipeline]
fn flat_map(p: &Pipeline) -> Result<()> {
    p.from_values(["to be", "", "or not"])
        .flat_map(|line: &str, out: &mut Collector<'_, String>| {
            line.split_whitespace().for_each(|word| out.collect(word.to_owned()));
        })
        .collect("out");
    Ok(())
}

/// Adds what it is made with.
#[derive(Debug)]
struct Add(i64);

impl MapFunction for Add {
    type In = i64;
    type Out = String;

    fn map(&mut self, number: i64) -> Result<String> {
        Ok((number + self.0).to_string())
    }
}

/// What a function is made with comes from the arguments.
#[pipeline]
fn configured(p: &Pipeline, args: &Arguments) -> Result<()> {
    let summand: i64 = args.get_or("summand", 1)?;
    let least: i64 = args.get_or("least", 0)?;
    let numbers = p.sequence(1, 4).filter(move |number| *number >= least);
    numbers.map_with(move || Add(summand)).collect("out");
    Ok(())
}

/// Functions that are one stage, and some that are not.
#[pipeline]
fn chained(p: &Pipeline) -> Result<()> {
    p.sequence(1, 5)
        .map(|number: i64| number + 1)
        .name("add")
        .filter(|number| number % 2 == 0)
        .map(|number: i64| number * 10)
        .start_new_chain()
        .map(|number: i64| number + 1)
        .disable_chaining()
        .parallelism(1)
        .map(|number: i64| number.to_string())
        .collect("out");
    Ok(())
}

#[pipeline]
fn union(p: &Pipeline) -> Result<()> {
    let (one, two) = (p.sequence(1, 2), p.from_values([10_i64, 20]));
    one.union([&two, &one]).map(|number: i64| number.to_string()).collect("out");
    Ok(())
}

/// One stream, read three times.
#[pipeline]
fn several_readers(p: &Pipeline) -> Result<()> {
    let numbers = p.sequence(1, 3).map(|number: i64| number * 10);
    numbers.map(|number: i64| number.to_string()).collect("out");
    numbers.filter(|number| *number > 10).map(|n: i64| format!("{n}!")).collect("large");
    numbers
        .map(|number: i64| (number % 20, number))
        .key_by(|(rest, _)| *rest)
        .reduce(|one: (i64, i64), other: (i64, i64)| (one.0, one.1.max(other.1)))
        .map(|(rest, largest): (i64, i64)| format!("{rest} {}", largest >= rest))
        .collect("largest");
    Ok(())
}

/// Words of text files.
#[pipeline]
fn read_text(p: &Pipeline, args: &Arguments) -> Result<()> {
    p.read_text(args.get("input")?).map(|line: &str| format!("[{line}]")).collect("out");
    Ok(())
}

#[pipeline]
fn nothing(p: &Pipeline) -> Result<()> {
    p.from_values(Vec::<&str>::new()).map(|word: &str| word.to_owned()).collect("out");
    Ok(())
}
