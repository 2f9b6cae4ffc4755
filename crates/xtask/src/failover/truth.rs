//! What the job must emit, computed in plain Rust: an account after the other, its events in order.
//!
//! The events' formulas are those of `org.brookite.failover.Events`; what is done with them is what
//! the functions in tests/failover do, without state, timers, windows or any of the product's code.

use std::collections::BTreeMap;

use crate::failover::dice::mix;

const START: i64 = 1_700_000_000_000;
const STEP_MS: u64 = 5;
const DISORDER_MS: u64 = 400;
const BURST: u64 = 2_000;
const ACCOUNTS: u64 = 500;
const ACCOUNTS_OF_BURST: u64 = 50;

/// How long a rule holds.
const RULE_MS: i64 = 5_000;
/// An account without a booking for so long is idle.
const IDLE_MS: i64 = 700;
/// So many bookings make a batch.
const BATCH: usize = 8;
/// The events of a session are not farther apart.
const GAP_MS: i64 = 300;

/// An event of the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    time: i64,
    number: i64,
    amount: i64,
}

impl Event {
    /// The event of that number, and its account.
    fn of(number: u64) -> (i64, Self) {
        let burst = number / BURST;
        let member = mix_below(number + 1, ACCOUNTS_OF_BURST);
        let account = mix_below(burst * ACCOUNTS_OF_BURST + member, ACCOUNTS);
        let delay = mix_below(number + 2, DISORDER_MS);
        let event = Self {
            time: START + (number * STEP_MS + delay) as i64,
            number: number as i64,
            amount: mix_below(number + 3, 2_001) as i64 - 1_000,
        };
        (account as i64, event)
    }
}

/// A scattered number as Java has it: signed, then reduced to one from 0 to `bound`.
fn mix_below(number: u64, bound: u64) -> u64 {
    (mix(number) as i64).rem_euclid(bound as i64) as u64
}

/// All results for that many events.
pub(super) fn lines(events: u64) -> Vec<String> {
    let mut accounts = BTreeMap::<i64, Vec<Event>>::new();
    for (account, event) in (0..events).map(Event::of) {
        accounts.entry(account).or_default().push(event);
    }
    let mut lines = Vec::new();
    for (account, mut events) in accounts {
        events.sort_unstable();
        lines.push(format!("pulses {account} {}", events.len()));
        book(account, &events, &mut lines);
        gather(account, &events, &mut lines);
    }
    lines
}

/// The bookings of an account, its pauses, its batches, and how it is closed.
fn book(account: i64, events: &[Event], lines: &mut Vec<String>) {
    let mut balance = 0_i64;
    let mut batch = Vec::new();
    for (index, &Event { time, number, amount }) in events.iter().enumerate() {
        let booked = amount * factor(time);
        // In another order, or with one more or less, it is another number.
        balance = balance.wrapping_mul(31).wrapping_add(booked ^ number);
        lines.push(format!("booked {account} {number} {booked} {balance}"));
        batch.push(number);
        if batch.len() == BATCH {
            lines.push(format!("batch {account} {}", digest(batch.drain(..))));
        }
        if events.get(index + 1).is_none_or(|next| next.time > time + IDLE_MS) {
            lines.push(format!("idle {account} {}", time + IDLE_MS));
        }
    }
    let open = batch.len();
    lines.push(format!("closed {account} {balance} {open} {}", digest(batch.into_iter())));
}

/// What the amounts of that time are multiplied with.
fn factor(time: i64) -> i64 {
    let rule = (time - START) / RULE_MS;
    mix_below(rule as u64, 9) as i64 + 1
}

/// One number for a list of numbers.
fn digest(numbers: impl Iterator<Item = i64>) -> i64 {
    numbers.fold(7, |digest: i64, number| digest.wrapping_mul(31).wrapping_add(number))
}

/// The sessions of an account.
fn gather(account: i64, events: &[Event], lines: &mut Vec<String>) {
    let close_together = |one: &Event, next: &Event| next.time <= one.time + GAP_MS;
    for session in events.chunk_by(close_together) {
        let sum = session.iter().fold(0_i64, |sum, event| sum.wrapping_add(event.number));
        let (first, last) = (session[0].time, session[session.len() - 1].time);
        lines.push(format!("session {account} {first} {last} {} {sum}", session.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_event_is_lost_in_the_truth() {
        let lines = lines(10_000);
        let of_kind = |kind: &str| lines.iter().filter(|line| line.starts_with(kind)).count();
        assert_eq!(of_kind("booked "), 10_000);
        let last_words = |kind: &'static str, from_the_end: usize| {
            let lines = lines.iter().filter(move |line| line.starts_with(kind));
            lines.map(move |line| {
                let word = line.rsplit(' ').nth(from_the_end).unwrap();
                word.parse::<usize>().unwrap()
            })
        };
        assert_eq!(last_words("pulses ", 0).sum::<usize>(), 10_000);
        assert_eq!(last_words("session ", 1).sum::<usize>(), 10_000);
        let open: usize = last_words("closed ", 1).sum();
        assert_eq!(of_kind("batch ") * BATCH + open, 10_000);
    }

    #[test]
    fn sessions_and_pauses_are_of_all_kinds() {
        let lines = lines(10_000);
        let sessions: Vec<_> = lines.iter().filter(|line| line.starts_with("session ")).collect();
        assert!(sessions.len() > 1_000 && sessions.len() < 9_000, "{} sessions", sessions.len());
        let idle = lines.iter().filter(|line| line.starts_with("idle ")).count();
        assert!(idle > 200 && idle < 9_000, "{idle} pauses");
    }
}
