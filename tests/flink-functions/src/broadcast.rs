//! Functions of a stream and a broadcast stream.

use brookite::prelude::*;

/// Sums numbers for each key, and emits the sum times the factor that was broadcast for the key (1 if
/// none was). A timer of event time at 1,000 emits the sum alone, negative. A factor of 0 removes the
/// key's.
#[derive(Default)]
struct ScaledSum {
    factors: BroadcastHandle<String, i64>,
    sum: ValueState<i64>,
}

#[function]
impl KeyedBroadcastProcessFunction for ScaledSum {
    type Key = &'static str;
    type In = (&'static str, i64);
    type Broadcast = (&'static str, i64);
    type Out = (&'static str, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.factors = ctx.broadcast_state("factors")?;
        self.sum = ctx.value_state("sum")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (key, number): (&str, i64),
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let sum = self.sum.value()?.unwrap_or(0) + number;
        self.sum.update(sum)?;
        ctx.register_event_time_timer(1_000)?;
        let factor = ctx.broadcast_state(&self.factors).get(key)?.unwrap_or(1);
        out.collect((key, sum * factor));
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        (key, factor): (&str, i64),
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let factors = ctx.broadcast_state(&self.factors);
        if factor == 0 { factors.remove(key) } else { factors.put(key.to_owned(), factor) }
    }

    fn on_timer(
        &mut self,
        _timer: Timer,
        ctx: &ReadOnlyKeyedContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        out.collect((ctx.key(), -self.sum.value()?.unwrap_or(0)));
        Ok(())
    }
}

/// Lets words pass that were broadcast.
#[derive(Default)]
struct Allowed {
    words: BroadcastHandle<String, i64>,
}

#[function]
impl BroadcastProcessFunction for Allowed {
    type In = &'static str;
    type Broadcast = &'static str;
    type Out = &'static str;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.words = ctx.broadcast_state("words")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        ctx: &ReadOnlyPlainContext<'_>,
        out: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        if ctx.broadcast_state(&self.words).contains(word)? {
            out.collect(word);
        }
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        word: &str,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, &'static str>,
    ) -> Result<()> {
        let words = ctx.broadcast_state(&self.words);
        words.put(word.to_owned(), words.get(word)?.unwrap_or(0) + 1)
    }
}
