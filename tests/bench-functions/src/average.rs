//! The running average of each key.

use brookite::prelude::*;

/// Keeps how many values there were, and their sum.
#[derive(Default)]
struct RunningAverage {
    seen: ValueState<(i64, f64)>,
}

#[function]
impl KeyedProcessFunction for RunningAverage {
    type Key = i64;
    type In = (i64, f64);
    type Out = (i64, f64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.seen = ctx.value_state("seen")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (key, value): (i64, f64),
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let (count, sum) = self.seen.value()?.unwrap_or((0, 0.0));
        let (count, sum) = (count + 1, sum + value);
        self.seen.update((count, sum))?;
        out.collect((key, sum / count as f64));
        Ok(())
    }
}

/// A value of a key, as a row.
#[derive(Row)]
struct Sample {
    key: i64,
    value: f64,
}

/// The average of a key's values so far.
#[derive(Row)]
struct Average {
    key: i64,
    average: f64,
}

/// The same of rows.
#[derive(Default)]
struct RunningAverageRow {
    seen: ValueState<(i64, f64)>,
}

#[function]
impl KeyedProcessFunction for RunningAverageRow {
    type Key = i64;
    type In = Sample;
    type Out = Average;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.seen = ctx.value_state("seen")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        sample: Sample,
        _ctx: &Context<'_, i64>,
        out: &mut Collector<'_, Average>,
    ) -> Result<()> {
        let (count, sum) = self.seen.value()?.unwrap_or((0, 0.0));
        let (count, sum) = (count + 1, sum + sample.value);
        self.seen.update((count, sum))?;
        out.collect(Average { key: sample.key, average: sum / count as f64 });
        Ok(())
    }
}
