//! Pipelines that are not what they were: other code than was submitted, and code that grew.

use std::env;

use brookite::prelude::*;

/// Another one in the tests, which submit it, than in the processes of the cluster: as if the code had been
/// changed between submitting and running.
#[pipeline]
fn changed(p: &Pipeline) -> Result<()> {
    let numbers = p.sequence(1, 10);
    let numbers = if env::var_os("BROOKITE_TEST_CLUSTER").is_some() {
        numbers.map(|number: i64| number + 1).name("add one")
    } else {
        numbers
    };
    numbers.map(|number: i64| number.to_string()).name("show").collect("out");
    Ok(())
}

/// What comes again and again.
#[derive(Clone, Debug, Row)]
struct Tick {
    number: i32,
}

/// Counts what came of each number, as text.
#[derive(Debug, Default)]
struct Count {
    count: ValueState<i64>,
}

impl KeyedProcessFunction for Count {
    type Key = i64;
    type In = i64;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        _: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(format!("{number} {count}"));
        Ok(())
    }
}

/// Counts for ever, and grows from version to version: the second one has functions more within the
/// stages before and behind the count, the third one has stages more.
#[pipeline]
fn growing(p: &Pipeline, args: &Arguments) -> Result<()> {
    let version: u32 = args.get_or("version", 1)?;
    let ticks = Connector::new("datagen")
        .option("rows-per-second", 400)
        .option("fields.number.min", 0)
        .option("fields.number.max", 3);
    let mut numbers = p
        .source::<Tick>(ticks)
        .name("ticks")
        .map(|tick: Tick| i64::from(tick.number))
        .name("number");
    if version >= 2 {
        numbers = numbers.filter(|number| *number != 3).name("no three");
    }
    if version >= 3 {
        numbers = numbers.rebalance().filter(|number| *number != 2).name("no two");
    }
    let mut counts = numbers.key_by_value().process(Count::default).name("count").uid("count");
    if version >= 2 {
        counts = counts.map(|count: String| format!("{count} second")).name("mark");
    }
    if version >= 3 {
        counts =
            counts.rebalance().map(|count: String| format!("{count} third")).name("mark again");
    }
    counts.collect("counts");
    Ok(())
}
