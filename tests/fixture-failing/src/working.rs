//! Functions that work.

use brookite::prelude::*;

/// Counts per key, and fails at the record "fail".
#[derive(Default)]
struct CountOrFail {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for CountOrFail {
    type Key = &'static str;
    type In = &'static str;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        text: &str,
        _ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        if text == "fail" {
            return Err(Error::msg("told to fail"));
        }
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(count);
        Ok(())
    }
}

/// Counts per key how often each text came, and forgets a text ten milliseconds after it came last.
#[derive(Default)]
struct CountLately {
    counts: MapState<String, i64>,
}

#[function]
impl KeyedProcessFunction for CountLately {
    type Key = &'static str;
    type In = &'static str;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let counts = StateDescriptor::new("counts").with_ttl(Ttl::of(10));
        self.counts = ctx.map_state(counts)?;
        Ok(())
    }

    fn process_element(
        &mut self,
        text: &str,
        _ctx: &Context<'_, &'static str>,
        out: &mut Collector<'_, i64>,
    ) -> Result<()> {
        let text = text.to_owned();
        let count = self.counts.get(&text)?.unwrap_or(0) + 1;
        self.counts.put(text, count)?;
        out.collect(count);
        Ok(())
    }
}

/// Counts and logs each record.
#[derive(Default)]
struct Noisy {
    records: Counter,
}

#[function]
impl MapFunction for Noisy {
    type In = &'static str;
    type Out = &'static str;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.records = ctx.counter("records")?;
        Ok(())
    }

    fn map<'a>(&'a mut self, text: &'a str) -> Result<&'a str> {
        self.records.inc();
        brookite::log::warn!("heard {text:?}");
        Ok(text)
    }
}

/// Returns each record a thousand times.
#[flat_map]
fn thousandfold(text: &str, out: &mut Collector<'_, &str>) {
    for _ in 0..1000 {
        out.collect(text);
    }
}
