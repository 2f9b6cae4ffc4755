//! How many events each account had.

use brookite::prelude::*;

/// An event: its number, its account, its time in milliseconds, its amount.
pub(crate) type Event = (i64, i64, i64, i64);

/// Counts the events of an account and emits each count: of an account with n events come the numbers
/// from 1 to n, each once.
#[derive(Default)]
struct Tally {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Tally {
    type Key = i64;
    type In = Event;
    type Out = (i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, account, _, _): Event,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect((account, count));
        Ok(())
    }
}
