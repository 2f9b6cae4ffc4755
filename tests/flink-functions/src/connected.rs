//! Functions of two connected streams.

use brookite::prelude::*;

/// Sums the first stream's numbers for each key; the second stream's limit for the key sets a timer of
/// event time, at which the sum is emitted if it is above the limit.
#[derive(Default)]
struct SumAboveLimit {
    sum: ValueState<i64>,
    limit: ValueState<i64>,
}

#[function]
impl KeyedCoProcessFunction for SumAboveLimit {
    type Key = &'static str;
    type In1 = (&'static str, i64);
    type In2 = (&'static str, i64, i64);
    type Out = (&'static str, i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        self.limit = ctx.value_state("limit")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (_, number): (&str, i64),
        _ctx: &Context<'_, Self::Key>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        self.sum.update(self.sum.value()?.unwrap_or(0) + number)
    }

    fn process_element2(
        &mut self,
        (_, limit, at): (&str, i64, i64),
        ctx: &Context<'_, Self::Key>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        self.limit.update(limit)?;
        ctx.register_event_time_timer(at)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0);
        if self.limit.value()?.is_some_and(|limit| sum > limit) {
            out.collect((ctx.key(), timer.timestamp, sum));
        }
        Ok(())
    }
}

/// Emits what the other side said last for the key, as text, before it remembers its own.
#[derive(Default)]
struct LastOfTheOther {
    number: ValueState<i64>,
    text: ValueState<String>,
}

#[function]
impl KeyedCoProcessFunction for LastOfTheOther {
    type Key = i64;
    type In1 = (i64, i64);
    type In2 = (i64, &'static str);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.number = ctx.value_state("number")?;
        self.text = ctx.value_state("text")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (_, number): (i64, i64),
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.number.update(number)?;
        let other = self.text.value()?.unwrap_or_else(|| "nothing".to_owned());
        out.collect(format!("{}: {number} after {other}", ctx.key()));
        Ok(())
    }

    fn process_element2(
        &mut self,
        (_, text): (i64, &str),
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.text.update(text.to_owned())?;
        let other = self.number.value()?.map_or("nothing".to_owned(), |number| number.to_string());
        out.collect(format!("{}: {text} after {other}", ctx.key()));
        Ok(())
    }
}

/// What is too long for [`Sides`].
const LONG: OutputTag<&str> = OutputTag::new("long");

/// Names the side and the timestamp of each value of two streams without keys; text of more than ten
/// bytes goes aside.
#[derive(Default)]
struct Sides;

#[function]
impl CoProcessFunction for Sides {
    type In1 = i64;
    type In2 = &'static str;
    type Out = String;

    fn side_outputs() -> SideOutputs {
        SideOutputs::of(&LONG)
    }

    fn process_element1(
        &mut self,
        number: i64,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("1: {number} at {}", ctx.timestamp().unwrap_or(-1)));
        Ok(())
    }

    fn process_element2(
        &mut self,
        text: &str,
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if text.len() > 10 {
            return ctx.side_output(&LONG, text);
        }
        out.collect(format!("2: {text} at {}", ctx.timestamp().unwrap_or(-1)));
        Ok(())
    }
}

/// Either side as text.
#[derive(Default)]
struct EitherAsText;

#[function]
impl CoMapFunction for EitherAsText {
    type In1 = i64;
    type In2 = &'static str;
    type Out = String;

    fn map1(&mut self, number: i64) -> Result<String> {
        Ok(format!("number {number}"))
    }

    fn map2(&mut self, text: &str) -> Result<String> {
        Ok(format!("text {text}"))
    }
}

/// The first side's values whose key the second side has named: keyed state without a process function.
#[derive(Default)]
struct OnlyNamed {
    named: ValueState<bool>,
}

#[function]
impl CoFlatMapFunction for OnlyNamed {
    type In1 = (i64, &'static str);
    type In2 = i64;
    type Out = (i64, &'static str);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.named = ctx.value_state("named")?;
        Ok(())
    }

    fn flat_map1(&mut self, value: (i64, &str), out: &mut Collector<'_, Self::Out>) -> Result<()> {
        if self.named.value()? == Some(true) {
            out.collect(value);
        }
        Ok(())
    }

    fn flat_map2(&mut self, _key: i64, _out: &mut Collector<'_, Self::Out>) -> Result<()> {
        self.named.update(true)
    }
}
