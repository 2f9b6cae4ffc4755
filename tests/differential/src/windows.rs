//! Functions of windows.

use brookite::prelude::*;

use crate::events::numbers;

/// Key, count, sum and largest number.
type Totalled = (i64, i64, i64, i64);

/// Key, count, sum and largest number of a window.
#[derive(Default)]
struct Totals;

#[function]
impl AggregateFunction for Totals {
    type In = (i64, i64);
    type Acc = Totalled;
    type Out = Totalled;

    fn create_accumulator(&self) -> Totalled {
        (-1, 0, 0, -1)
    }

    fn add(&self, (key, number): (i64, i64), so_far: &mut Totalled) -> Result<()> {
        let (of, count, sum, largest) = so_far;
        *of = key;
        *count += 1;
        *sum += number;
        *largest = number.max(*largest);
        Ok(())
    }

    fn merge(&self, so_far: &mut Totalled, other: Totalled) -> Result<()> {
        let (of, count, sum, largest) = so_far;
        *of = other.0.max(*of);
        *count += other.1;
        *sum += other.2;
        *largest = other.3.max(*largest);
        Ok(())
    }

    fn get_result(&self, totals: &Totalled) -> Result<Totalled> {
        Ok(*totals)
    }
}

/// The sum of a window's numbers.
#[derive(Default)]
struct AddedUp;

#[function]
impl ReduceFunction for AddedUp {
    type T = (i64, i64);

    fn reduce(&self, (key, one): (i64, i64), (_, other): (i64, i64)) -> Result<(i64, i64)> {
        Ok((key, one + other))
    }
}

/// A window as Flink's functions write it down.
fn bounds(window: Window) -> String {
    if window == Window::GLOBAL {
        return "all".to_owned();
    }
    format!("[{}, {})", window.start(), window.end())
}

/// What an aggregate came to, with key and window.
#[derive(Default)]
struct DescribedTotals;

#[function]
impl ProcessWindowFunction for DescribedTotals {
    type Key = i64;
    type In = Totalled;
    type Out = String;

    fn process(
        &mut self,
        totals: &[Totalled],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        for (of, count, sum, largest) in totals {
            let bounds = bounds(ctx.window());
            out.collect(format!("{} {bounds} ({of},{count},{sum},{largest})", ctx.key()));
        }
        Ok(())
    }
}

/// What numbers came to, with key and window.
#[derive(Default)]
struct DescribedEvent;

#[function]
impl ProcessWindowFunction for DescribedEvent {
    type Key = i64;
    type In = (i64, i64);
    type Out = String;

    fn process(
        &mut self,
        events: &[(i64, i64)],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        for (of, number) in events {
            out.collect(format!("{} {} ({of},{number})", ctx.key(), bounds(ctx.window())));
        }
        Ok(())
    }
}

/// All that a window holds, in the order in which it came.
#[derive(Default)]
struct Contents;

#[function]
impl ProcessWindowFunction for Contents {
    type Key = i64;
    type In = (i64, i64);
    type Out = String;

    fn process(
        &mut self,
        events: &[(i64, i64)],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let numbers = numbers(events, false);
        out.collect(format!("{} {} {numbers}", ctx.key(), bounds(ctx.window())));
        Ok(())
    }
}

/// All that a window holds, in the order of the numbers.
#[derive(Default)]
struct SortedContents;

#[function]
impl ProcessWindowFunction for SortedContents {
    type Key = i64;
    type In = (i64, i64);
    type Out = String;

    fn process(
        &mut self,
        events: &[(i64, i64)],
        ctx: &WindowContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let numbers = numbers(events, true);
        out.collect(format!("{} {} {numbers}", ctx.key(), bounds(ctx.window())));
        Ok(())
    }
}
