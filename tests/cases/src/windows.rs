//! Functions of windows, and windows of their own.

use brookite::core::windowing::InvalidWindowing;
use brookite::prelude::*;

/// The sum of the numbers.
#[derive(Debug, Default)]
pub struct Sum;

#[function]
impl AggregateFunction for Sum {
    type In = (&'static str, i64);
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, (_, number): (&str, i64), sum: &mut i64) -> Result<()> {
        *sum += number;
        Ok(())
    }

    fn merge(&self, sum: &mut i64, other: i64) -> Result<()> {
        *sum += other;
        Ok(())
    }

    fn get_result(&self, sum: &i64) -> Result<i64> {
        Ok(*sum)
    }
}

/// The larger number, with the key.
#[derive(Debug, Default)]
pub struct Larger;

#[function]
impl ReduceFunction for Larger {
    type T = (String, i64);

    fn reduce(&self, one: Self::T, other: Self::T) -> Result<Self::T> {
        Ok(if other.1 > one.1 { other } else { one })
    }
}

/// Shows a number.
#[map]
fn show(number: i64) -> String {
    number.to_string()
}

/// Shows a key and a number.
#[map]
fn show_pair((key, number): (&str, i64)) -> String {
    format!("{key} {number}")
}

/// All numbers of a window, sorted, with all that there is to know about the firing.
#[derive(Debug, Default)]
pub struct TellAll;

#[function]
impl ProcessWindowFunction for TellAll {
    type Key = &'static str;
    type In = (&'static str, i64);
    type Out = String;

    fn process(
        &mut self,
        elements: &[(&str, i64)],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let mut numbers: Vec<_> = elements.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        out.collect(format!("{} {numbers:?}", firing(ctx)));
        Ok(())
    }
}

/// A window's sum, with all that there is to know about the firing.
#[derive(Debug, Default)]
pub struct TellSum;

#[function]
impl ProcessWindowFunction for TellSum {
    type Key = &'static str;
    type In = i64;
    type Out = String;

    fn process(
        &mut self,
        sums: &[i64],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{} {sums:?}", firing(ctx)));
        Ok(())
    }
}

fn firing(ctx: &WindowContext<'_, &'static str>) -> String {
    let pane = ctx.pane();
    let timing = match pane.timing {
        PaneTiming::Early => "early",
        PaneTiming::OnTime => "on time",
        PaneTiming::Late => "late",
        PaneTiming::Unknown => "unknown",
    };
    let last = if pane.is_last { " last" } else { "" };
    format!("{} {} {timing} {}{last}", ctx.key(), ctx.window(), pane.index)
}

/// How often a window has fired, from state of the window.
#[derive(Debug, Default)]
pub struct CountFirings {
    firings: ValueState<i64>,
}

#[function]
impl ProcessWindowFunction for CountFirings {
    type Key = &'static str;
    type In = i64;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.firings = ctx.value_state("firings")?;
        Ok(())
    }

    fn process(
        &mut self,
        sums: &[i64],
        ctx: &WindowContext<'_, &'static str>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let firings = self.firings.value()?.unwrap_or(0) + 1;
        self.firings.update(firings)?;
        out.collect(format!("{} {} fired {firings} times: {sums:?}", ctx.key(), ctx.window()));
        Ok(())
    }

    fn clear(&mut self) -> Result<()> {
        self.firings.clear()
    }
}

/// Windows that grow: [1, 2), [2, 4), [4, 8), ..; those before 1 are in one of a millisecond.
#[derive(Debug, Default)]
pub struct Doubling;

#[function]
impl WindowFn for Doubling {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        let start = match timestamp {
            ..=0 => timestamp,
            _ => 1 << timestamp.ilog2(),
        };
        windows.push(Window::new(start, start.max(0) * 2));
    }
}

/// Sessions that do not go on into the next period, which the job names in milliseconds.
#[derive(Debug, Default)]
pub struct SessionsOfPeriod {
    period: i64,
}

const GAP: i64 = 10;

#[function]
impl WindowFn for SessionsOfPeriod {
    fn assign(&self, timestamp: i64, windows: &mut Assigned) {
        let end = (timestamp.div_euclid(self.period) + 1) * self.period;
        windows.push(Window::new(timestamp, (timestamp + GAP).min(end)));
    }

    fn merges(&self) -> bool {
        true
    }

    fn joins(&self, one: Window, other: Window) -> bool {
        one.start().div_euclid(self.period) == other.start().div_euclid(self.period)
            && one.touches(other)
    }

    fn configure(&mut self, payload: &[u8]) -> Result<(), InvalidWindowing> {
        let period = std::str::from_utf8(payload).ok().and_then(|text| text.parse().ok());
        self.period = period.filter(|period| *period > 0).ok_or_else(|| {
            InvalidWindowing::new("expected a period in milliseconds, as text: \"100\"")
        })?;
        Ok(())
    }
}
