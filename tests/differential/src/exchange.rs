//! All kinds of changes to all kinds of state and timers.

use brookite::prelude::*;

/// All kinds of changes to all kinds of state and timers, from two inputs and from timers.
#[derive(Default)]
struct Exchange {
    count: ValueState<i64>,
    due: ValueState<i64>,
    list: ListState<i64>,
    map: MapState<i64, i64>,
}

/// As Java writes a value that may be missing.
fn or_null<T: ToString>(value: Option<T>) -> String {
    value.map_or("null".to_owned(), |value| value.to_string())
}

impl Exchange {
    fn told(&self, what: &str, at: i64, ctx: &Context<'_, i64>) -> Result<String> {
        let mut entries = self.map.entries()?;
        entries.sort_unstable();
        let entries: Vec<String> =
            entries.iter().map(|(key, value)| format!("{key}={value}")).collect();
        Ok(format!(
            "{what} {} {at}: {} {:?} {{{}}}, watermark {}",
            ctx.key(),
            or_null(self.count.value()?),
            self.list.get()?,
            entries.join(", "),
            ctx.current_watermark()
        ))
    }
}

#[function]
impl KeyedCoProcessFunction for Exchange {
    type Key = i64;
    type In1 = (i64, i64);
    type In2 = (i64, i64);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        self.due = ctx.value_state("due")?;
        self.list = ctx.list_state("list")?;
        self.map = ctx.map_state("map")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (_, number): (i64, i64),
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.count.update(self.count.value()?.unwrap_or(0) + 1)?;
        if number % 9 == 0 {
            self.list.update(vec![number, -number])?;
        } else {
            self.list.add(number)?;
        }
        self.map.put(number % 5, number)?;
        if let Some(before) = self.due.value()?
            && number % 3 == 0
        {
            ctx.delete_event_time_timer(before)?;
        }
        let timestamp = ctx.timestamp().ok_or_else(|| Error::msg("an event without timestamp"))?;
        self.due.update(timestamp + number % 70)?;
        ctx.register_event_time_timer(timestamp + number % 70)?;
        if number % 8 == 0 {
            out.collect(self.told("1", number, ctx)?);
        }
        Ok(())
    }

    fn process_element2(
        &mut self,
        (_, number): (i64, i64),
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if number % 6 == 0 {
            self.list.clear()?;
        }
        self.map.remove(&(number % 5))?;
        if number % 13 == 0 {
            self.map.clear()?;
        }
        if number % 17 == 0 {
            self.count.clear()?;
        }
        let at = ctx.current_processing_time()? + number % 90;
        ctx.register_processing_time_timer(at)?;
        if number % 11 == 0 {
            ctx.delete_processing_time_timer(at)?;
        }
        let three = or_null(self.map.get(&3)?);
        let (four, empty) = (self.map.contains(&4)?, self.map.is_empty()?);
        out.collect(format!("2 {} {number}: {three} {four} {empty}", ctx.key()));
        Ok(())
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let (domain, time) = match timer.domain {
            TimeDomain::EventTime => ("event", timer.timestamp),
            TimeDomain::ProcessingTime => ("processing", timer.timestamp),
        };
        out.collect(self.told(domain, time, ctx)?);
        if time % 3 == 0 {
            self.list.clear()?;
        }
        if time % 7 == 0 {
            self.map.put(9, time)?;
        }
        if domain == "event" && time % 5 == 0 {
            ctx.register_event_time_timer(time + 41)?;
        }
        Ok(())
    }
}
