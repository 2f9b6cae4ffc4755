//! A function with state and timers. Its unit tests, in `silence/tests.rs`, need no pipeline and no JVM.

use brookite::prelude::*;

/// A sign of life.
#[derive(Row)]
pub struct Heartbeat<'a> {
    machine: &'a str,
    at: Timestamp<3>,
}

/// A machine of which nothing has been heard for too long.
#[derive(Debug, PartialEq, Row)]
pub struct Silent<'a> {
    machine: &'a str,
    since: Timestamp<3>,
}

/// Tells of machines that are silent for too long: of each once, until it is heard of again.
pub struct Silence {
    longest: i64,
    clock: TimeDomain,
    heard: ListState<i64>,
}

impl Silence {
    /// Goes by the time of the heartbeats, or by the clock of the TaskManager.
    pub fn of(longest: Duration, clock: TimeDomain) -> Self {
        Self { longest: longest.as_millis() as i64, clock, heard: ListState::default() }
    }
}

impl KeyedProcessFunction for Silence {
    type Key = &'static str;
    type In = Heartbeat<'static>;
    type Out = Silent<'static>;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.heard = ctx.list_state("heard")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        heartbeat: Heartbeat<'_>,
        ctx: &Context<'_, Self::Key>,
        _out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        match self.clock {
            TimeDomain::EventTime => {
                self.heard.add(heartbeat.at.millis())?;
                ctx.register_event_time_timer(heartbeat.at.millis() + self.longest)
            }
            TimeDomain::ProcessingTime => {
                let now = ctx.current_processing_time()?;
                self.heard.add(now)?;
                ctx.register_processing_time_timer(now + self.longest)
            }
        }
    }

    /// Each heartbeat has its timer. Others may have come since, some of them after the time that is asked
    /// about: how far the watermark is behind must make no difference.
    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let since = timer.timestamp - self.longest;
        let mut later = self.heard.take()?;
        later.retain(|at| *at > since);
        if later.iter().all(|at| *at > timer.timestamp) {
            out.collect(Silent { machine: ctx.key(), since: Timestamp::from_millis(since) });
        }
        self.heard.update(later)
    }
}

/// Reads heartbeats, and writes which machines were silent for `--seconds`, sixty unless it is said.
#[pipeline]
pub fn silence(p: &Pipeline, args: &Arguments) -> Result<()> {
    let longest = Duration::from_secs(args.get_or("seconds", 60)?);
    let json = |path: &str| Connector::new("filesystem").option("path", path).format("json");
    p.source::<Heartbeat<'_>>(json(args.get("input")?).watermark("at", Duration::from_secs(5)))
        .name("heartbeats")
        .key_by_field::<&str>("machine")
        .process(move || Silence::of(longest, TimeDomain::EventTime))
        .name("silence")
        .sink(json(args.get("output")?));
    Ok(())
}

#[cfg(test)]
mod tests;
