//! Functions that measure and log.

use std::thread::{self, JoinHandle};

use brookite::prelude::*;
use brookite::{log, tracing};

/// Passes numbers on, has a metric of each kind, and logs with both crates.
#[derive(Default)]
struct Measure {
    positive: Counter,
    negative: Counter,
    last: Gauge<i64>,
    half: Gauge<f64>,
    numbers: Meter,
    sizes: Histogram,
}

#[function]
impl MapFunction for Measure {
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.positive = ctx.metrics().label("sign", "plus").counter("signs")?;
        self.negative = ctx.metrics().label("sign", "minus").counter("signs")?;
        self.last = ctx.gauge("last")?;
        self.half = ctx.gauge("half")?;
        self.numbers = ctx.meter("numbers")?;
        self.sizes = ctx.histogram("sizes")?;
        log::info!("measuring");
        Ok(())
    }

    fn map(&mut self, value: i64) -> Result<i64> {
        if value < 0 {
            self.negative.inc();
            let span = tracing::info_span!("negative", value);
            span.in_scope(|| tracing::warn!(size = value.abs(), "below zero"));
        } else {
            self.positive.inc();
            log::debug!("{value} is fine");
            tracing::trace!(value, "fine");
        }
        self.last.set(value);
        self.half.set(value as f64 / 2.0);
        self.numbers.mark_event();
        self.sizes.update(value.abs());
        Ok(value)
    }
}

/// Has a thread that logs each number below the first record; says whether the thread has ended.
#[derive(Default)]
struct TalkAside(Option<JoinHandle<()>>);

#[function]
impl MapFunction for TalkAside {
    type In = i64;
    type Out = bool;

    fn map(&mut self, records: i64) -> Result<bool> {
        if self.0.is_none() {
            let talk = move || (0..records).for_each(|n| log::info!("aside {n}"));
            self.0 = Some(thread::Builder::new().name("talker".to_owned()).spawn(talk)?);
        }
        Ok(self.0.as_ref().is_some_and(JoinHandle::is_finished))
    }

    fn close(&mut self) -> Result<()> {
        if let Some(thread) = self.0.take() {
            thread.join().map_err(|_| Error::msg("the talker panicked"))?;
        }
        Ok(())
    }
}
