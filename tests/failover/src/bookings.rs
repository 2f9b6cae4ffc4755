//! Event-time timers, state of all kinds, and rules that are broadcast.

use brookite::prelude::*;

use crate::event::{END, Event, Rule};

/// When the first rule begins to hold, and how long each does.
const START: i64 = 1_700_000_000_000;
const RULE_MS: i64 = 5_000;

/// An account without a booking for so long is idle.
const IDLE_MS: i64 = 700;

/// So many bookings make a batch.
const BATCH: usize = 8;

/// Books the events of an account in the order of their times, whatever the order they come in.
///
/// An event waits until its time has come, and with it the rule that was valid then: by that its amount is
/// multiplied. The balance depends on all that was booked before, and on
/// its order. Of an account that is idle for a while, that is said too; a batch of bookings is summed
/// up; and in the end comes what is left of each account.
#[derive(Default)]
struct Bookings {
    /// What amounts are multiplied with, by the time from which on.
    rules: BroadcastHandle<i64, i64>,
    /// Number and amount of what waits, by time.
    pending: MapState<i64, Vec<(i64, i64)>>,
    balance: ValueState<i64>,
    /// When the last booking was, unless the account is idle.
    last: ValueState<i64>,
    /// The numbers of what was booked since the last batch.
    batch: ListState<i64>,
}

#[function]
impl KeyedBroadcastProcessFunction for Bookings {
    type Key = i64;
    type In = Event;
    type Broadcast = Rule;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.rules = ctx.broadcast_state("rules")?;
        self.pending = ctx.map_state("pending")?;
        self.balance = ctx.value_state("balance")?;
        self.last = ctx.value_state("last")?;
        self.batch = ctx.list_state("batch")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (number, _, time, amount): Event,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if self.balance.value()?.is_none() {
            self.balance.update(0)?;
            ctx.register_event_time_timer(END)?;
        }
        self.pending.modify(time, |events| {
            events.get_or_insert_default().push((number, amount));
        })?;
        ctx.register_event_time_timer(time)
    }

    fn process_broadcast_element(
        &mut self,
        (_, from, factor): Rule,
        ctx: &BroadcastContext<'_>,
        _out: &mut Collector<'_, String>,
    ) -> Result<()> {
        ctx.broadcast_state(&self.rules).put(from, factor)
    }

    fn on_timer(
        &mut self,
        Timer { timestamp: time, .. }: Timer,
        ctx: &ReadOnlyKeyedContext<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        if time == END {
            return self.close_account(*ctx.key(), out);
        }
        match self.pending.get(&time)? {
            // The only other timer is that of a pause.
            None => {
                self.last.clear()?;
                out.collect(format!("idle {} {time}", ctx.key()));
                Ok(())
            }
            Some(events) => {
                self.pending.remove(&time)?;
                let rule = ctx.broadcast_state(&self.rules).get(&rule_of(time))?;
                let factor = rule.ok_or_else(|| {
                    Error::msg(format!("the watermark {time} came before the rule for it"))
                })?;
                self.book(factor, events, *ctx.key(), out)?;
                self.expect_pause(time, ctx)
            }
        }
    }
}

impl Bookings {
    fn book(
        &self,
        factor: i64,
        mut events: Vec<(i64, i64)>,
        account: i64,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        events.sort_unstable();
        let mut balance = self.balance.value()?.unwrap_or(0);
        for (number, amount) in events {
            let booked = amount * factor;
            balance = balance.wrapping_mul(31).wrapping_add(booked ^ number);
            out.collect(format!("booked {account} {number} {booked} {balance}"));
            self.batch.add(number)?;
            let batch = self.batch.get()?;
            if batch.len() == BATCH {
                self.batch.clear()?;
                out.collect(format!("batch {account} {}", digest(&batch)));
            }
        }
        self.balance.update(balance)
    }

    /// Moves the timer that says that the account is idle.
    fn expect_pause(&self, time: i64, ctx: &ReadOnlyKeyedContext<'_, i64>) -> Result<()> {
        if let Some(last) = self.last.value()? {
            let pause = last + IDLE_MS;
            // An event that waits for that moment has the same timer.
            if pause > time && !self.pending.contains(&pause)? {
                ctx.delete_event_time_timer(pause)?;
            }
        }
        self.last.update(time)?;
        ctx.register_event_time_timer(time + IDLE_MS)
    }

    fn close_account(&self, account: i64, out: &mut Collector<'_, String>) -> Result<()> {
        let balance = self.balance.value()?.unwrap_or(0);
        let open = self.batch.get()?;
        out.collect(format!("closed {account} {balance} {} {}", open.len(), digest(&open)));
        Ok(())
    }
}

/// One number for a list of numbers.
fn digest(numbers: &[i64]) -> i64 {
    numbers.iter().fold(7, |digest: i64, number| digest.wrapping_mul(31).wrapping_add(*number))
}

/// The time from which on the rule holds that holds at `time`.
fn rule_of(time: i64) -> i64 {
    time - (time - START).rem_euclid(RULE_MS)
}
