//! Functions of keyed streams.

use brookite::prelude::*;

/// The count at which the first attempt of [`CountAndPanicOnce`] panics.
const PANIC_AT: i64 = 1_500;

/// Counts words; panics in the middle of the first attempt, and not after that.
#[derive(Default)]
struct CountAndPanicOnce {
    count: ValueState<i64>,
    first_attempt: bool,
}

#[function]
impl KeyedProcessFunction for CountAndPanicOnce {
    type Key = &'static str;
    type In = &'static str;
    type Out = (&'static str, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        self.first_attempt = ctx.subtask().attempt == 0;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        assert!(!self.first_attempt || count < PANIC_AT, "count {count} on the first attempt");
        self.count.update(count)?;
        out.collect((word, count));
        Ok(())
    }
}

/// The record's timestamp, -1 when it has none.
#[derive(Default)]
struct Timestamp;

#[function]
impl KeyedProcessFunction for Timestamp {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn process_element(
        &mut self,
        _value: i64,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        out.collect(ctx.timestamp().unwrap_or(-1));
        Ok(())
    }
}
