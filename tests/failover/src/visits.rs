//! State that grows with the number of keys.

use brookite::prelude::*;

/// Counts how often each key came.
#[derive(Default)]
struct Visits {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Visits {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        _key: i64,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(count);
        Ok(())
    }
}
