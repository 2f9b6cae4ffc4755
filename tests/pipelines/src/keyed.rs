//! State and timers of keys.

use brookite::prelude::*;

use crate::{Kept, Pair, kept, keyed, numbers, show};

#[pipeline]
fn rolling_reduce(p: &Pipeline) -> Result<()> {
    let sums = kept(p).reduce(|one: Kept, other: Kept| (one.0, one.1 + other.1));
    sums.view_as::<Pair>().map(show).collect("out");
    Ok(())
}

/// How much a number is above the one before it of its key.
#[pipeline]
fn map_with_state(p: &Pipeline) -> Result<()> {
    let steps = keyed(p).map_with_state(|(key, number), before: &mut Option<i64>| {
        let step = number - before.replace(number).unwrap_or(0);
        format!("{key} +{step}")
    });
    steps.uid("steps").collect("out");
    Ok(())
}

/// Even numbers tell the odd ones of their key that came since the last even one.
#[pipeline]
fn flat_map_with_state(p: &Pipeline) -> Result<()> {
    let told = keyed(p).flat_map_with_state(
        |(key, number), odd: &mut Option<Vec<i64>>, out: &mut Collector<'_, String>| {
            if number % 2 == 1 {
                odd.get_or_insert_default().push(number);
                return;
            }
            match odd.take() {
                Some(odd) => {
                    odd.iter().for_each(|odd| out.collect(format!("{key} {odd}<{number}")))
                }
                None => out.collect(format!("{key} {number}")),
            }
        },
    );
    told.uid("told").collect("out");
    Ok(())
}

/// The numbers that are less than ten above the first one of their key; in BATCH mode.
#[pipeline]
fn filter_with_state(p: &Pipeline) -> Result<()> {
    p.mode(ExecutionMode::Batch);
    let numbers = keyed(p).filter_with_state(|(_, number), first: &mut Option<i64>| -> Result<_> {
        let first = *first.get_or_insert(*number);
        Ok(number - first < 10)
    });
    numbers.uid("near the first").map(show).collect("out");
    Ok(())
}

/// Counts how often each word came.
#[derive(Debug, Default)]
struct Count {
    count: ValueState<i64>,
}

impl KeyedProcessFunction for Count {
    type Key = &'static str;
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(format!("{word} {count}"));
        Ok(())
    }
}

#[pipeline]
fn key_by_value(p: &Pipeline) -> Result<()> {
    p.from_values(["a", "b", "a", "c", "a"]).key_by_value().process(Count::default).collect("out");
    Ok(())
}

#[pipeline]
fn key_by_closure(p: &Pipeline) -> Result<()> {
    let words = p.from_values(["brook", "rust", "bread", "river", "rock"]);
    words.key_by(|word| word[..1].to_owned()).process(Nth::default).collect("out");
    Ok(())
}

/// Tells which one of its key a word is.
#[derive(Debug, Default)]
struct Nth {
    words: ListState<String>,
}

impl KeyedProcessFunction for Nth {
    type Key = &'static str;
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.words = ctx.list_state("words")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.words.add(word.to_owned())?;
        let words = self.words.get()?.len();
        out.collect(format!("{} {words} {word}", ctx.key()));
        Ok(())
    }
}

/// Sums the numbers of a key until nothing came for ten milliseconds of event time.
#[derive(Debug, Default)]
struct SumUntilIdle {
    sum: ValueState<(i64, i64)>,
}

impl KeyedProcessFunction for SumUntilIdle {
    type Key = &'static str;
    type In = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, number): (&str, i64),
        ctx: &Context<'_, &'static str>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        let idle = ctx.timestamp().unwrap_or(0) + 100;
        let (sum, before) = self.sum.value()?.unwrap_or((0, i64::MIN));
        if before > i64::MIN {
            ctx.delete_event_time_timer(before)?;
        }
        ctx.register_event_time_timer(idle)?;
        self.sum.update((sum + number, idle))
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if let Some((sum, _)) = self.sum.value()? {
            out.collect(format!("{} {sum} until {}", ctx.key(), timer.timestamp));
        }
        self.sum.clear()
    }
}

#[pipeline]
fn event_timers(p: &Pipeline) -> Result<()> {
    keyed(p).process(SumUntilIdle::default).collect("out");
    Ok(())
}

/// The same without any parallelism said, in BATCH mode: what comes last is the same.
#[pipeline]
fn batch(p: &Pipeline) -> Result<()> {
    p.mode(ExecutionMode::Batch);
    keyed(p).process(SumUntilIdle::default).collect("out");
    Ok(())
}

#[pipeline]
fn automatic_mode(p: &Pipeline) -> Result<()> {
    p.mode(ExecutionMode::Automatic);
    let sorted = numbers(p).map(|(key, number): (&str, i64)| (key.to_owned(), -number));
    let sorted = sorted.view_as::<Pair>();
    sorted.key_by(|(key, _)| (*key).to_owned()).process(InOrder::default).collect("out");
    Ok(())
}

/// Tells the numbers of a key, at its end.
#[derive(Debug, Default)]
struct InOrder {
    numbers: ListState<i64>,
}

impl KeyedProcessFunction for InOrder {
    type Key = &'static str;
    type In = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.numbers = ctx.list_state("numbers")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, number): (&str, i64),
        ctx: &Context<'_, &'static str>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        ctx.register_event_time_timer(1_000)?;
        self.numbers.add(number)
    }

    fn on_timer(
        &mut self,
        _: Timer,
        ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let numbers: Vec<i64> = self.numbers.get()?.into_iter().collect();
        out.collect(format!("{} {numbers:?}", ctx.key()));
        Ok(())
    }
}

/// Maps and the like on a keyed stream.
#[pipeline]
fn keyed_map(p: &Pipeline) -> Result<()> {
    keyed(p).map(show).collect("out");
    keyed(p).filter(|(_, number)| *number > 30).map(show).collect("large");
    Ok(())
}

/// How many records of the key there were before.
#[derive(Debug, Default)]
struct Before {
    before: ValueState<i64>,
}

impl Before {
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.before = ctx.value_state("before")?;
        Ok(())
    }

    fn next(&self) -> Result<i64> {
        let before = self.before.value()?.unwrap_or(0);
        self.before.update(before + 1)?;
        Ok(before)
    }
}

/// Tells how many records of the key there were before.
#[derive(Debug, Default)]
struct Place(Before);

impl MapFunction for Place {
    type In = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.open(ctx)
    }

    fn map(&mut self, (key, _): (&str, i64)) -> Result<String> {
        Ok(format!("{key} {}", self.0.next()?))
    }
}

/// Tells of the key as often as it came before.
#[derive(Debug, Default)]
struct Repeated(Before);

impl FlatMapFunction for Repeated {
    type In = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.open(ctx)
    }

    fn flat_map(&mut self, (key, _): (&str, i64), out: &mut Collector<'_, String>) -> Result<()> {
        (0..self.0.next()?).for_each(|_| out.collect(key.to_owned()));
        Ok(())
    }
}

/// Keeps the first record of a key.
#[derive(Debug, Default)]
struct First(Before);

impl FilterFunction for First {
    type In = Pair;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.0.open(ctx)
    }

    fn filter(&mut self, _: &(&str, i64)) -> Result<bool> {
        Ok(self.0.next()? == 0)
    }
}

/// Functions with state of the key that are told nothing of the key.
#[pipeline]
fn keyed_map_with(p: &Pipeline) -> Result<()> {
    keyed(p).map_with(Place::default).collect("places");
    keyed(p).flat_map_with(Repeated::default).collect("repeated");
    keyed(p).filter_with(First::default).map(show).collect("first");
    Ok(())
}

/// A reading of a sensor.
#[derive(Clone, Debug, Row)]
struct Reading<'r> {
    sensor: &'r str,
    degrees: Option<f64>,
    at: i64,
}

#[pipeline]
fn rows(p: &Pipeline) -> Result<()> {
    let readings = p.from_values([("s1", 20.5, 1), ("s2", 3.0, 2), ("s1", 21.5, 3)]);
    let readings = readings.map_with(ToReading::default).parallelism(1);
    readings.key_by_field::<&str>("sensor").process(Warmest::default).collect("out");
    Ok(())
}

#[derive(Debug, Default)]
struct ToReading;

impl MapFunction for ToReading {
    type In = (&'static str, f64, i32);
    type Out = Reading<'static>;

    fn map<'a>(&'a mut self, (sensor, degrees, at): (&'a str, f64, i32)) -> Result<Reading<'a>> {
        Ok(Reading { sensor, degrees: Some(degrees), at: at.into() })
    }
}

/// Emits a reading that is warmer than all before it.
#[derive(Debug, Default)]
struct Warmest {
    warmest: ValueState<f64>,
}

impl KeyedProcessFunction for Warmest {
    type Key = &'static str;
    type In = Reading<'static>;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.warmest = ctx.value_state("warmest")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        reading: Reading<'_>,
        _: &Context<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let Some(degrees) = reading.degrees else { return Ok(()) };
        if self.warmest.value()?.is_none_or(|warmest| degrees > warmest) {
            self.warmest.update(degrees)?;
            out.collect(format!("{} {degrees:.1} at {}", reading.sensor, reading.at));
        }
        Ok(())
    }
}
