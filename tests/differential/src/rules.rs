//! Broadcast state.

use brookite::prelude::*;

/// Shows all rules with each event and each timer; rules come, change and go by broadcast.
#[derive(Default)]
struct Rules {
    rules: BroadcastHandle<i64, i64>,
    count: ValueState<i64>,
}

impl Rules {
    fn told(&self, what: &str, at: i64, ctx: &ReadOnlyKeyedContext<'_, i64>) -> Result<String> {
        let mut rules = ctx.broadcast_state(&self.rules).entries()?;
        rules.sort_unstable();
        let rules: Vec<String> = rules.iter().map(|(key, rule)| format!("{key}={rule}")).collect();
        let count = self.count.value()?.unwrap_or(0);
        Ok(format!("{what} {} {at}: {count} {{{}}}", ctx.key(), rules.join(", ")))
    }
}

#[function]
impl KeyedBroadcastProcessFunction for Rules {
    type Key = i64;
    type In = (i64, i64);
    type Broadcast = (i64, i64);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.rules = ctx.broadcast_state("rules")?;
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (_, number): (i64, i64),
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.count.update(self.count.value()?.unwrap_or(0) + 1)?;
        let timestamp = ctx.timestamp().ok_or_else(|| Error::msg("an event without timestamp"))?;
        ctx.register_event_time_timer(timestamp + number % 50)?;
        out.collect(self.told("event", number, ctx)?);
        Ok(())
    }

    fn process_broadcast_element(
        &mut self,
        (key, number): (i64, i64),
        ctx: &BroadcastContext<'_>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let rules = ctx.broadcast_state(&self.rules);
        let before = rules.get(&key)?.map_or("null".to_owned(), |rule| rule.to_string());
        if number % 7 == 0 {
            rules.clear()?;
        } else if number % 3 == 0 {
            rules.remove(&key)?;
        } else {
            rules.put(key, number)?;
        }
        out.collect(format!("rule {key} {number} after {before}"));
        Ok(())
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(self.told("timer", timer.timestamp, ctx)?);
        Ok(())
    }
}
