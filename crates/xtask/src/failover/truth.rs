//! What the job must emit, computed in plain Rust from the formulas of its events.
//!
//! `org.brookite.failover.Events` knows the same formulas.

use std::collections::HashMap;

use crate::failover::dice::mix;

const BURST: u64 = 2_000;
const ACCOUNTS: u64 = 500;
const ACCOUNTS_OF_BURST: u64 = 50;

/// The account of the event of that number.
fn account(number: u64) -> u64 {
    let burst = number / BURST;
    let member = mix_below(number + 1, ACCOUNTS_OF_BURST);
    mix_below(burst * ACCOUNTS_OF_BURST + member, ACCOUNTS)
}

/// A scattered number as Java has it: signed, then reduced to a number from 0 to `bound`.
fn mix_below(number: u64, bound: u64) -> u64 {
    (mix(number) as i64).rem_euclid(bound as i64) as u64
}

/// All results for that many events.
pub(super) fn lines(events: u64) -> Vec<String> {
    let mut tallies = HashMap::<u64, u64>::new();
    let mut lines = Vec::new();
    for account in (0..events).map(account) {
        let tally = tallies.entry(account).or_default();
        *tally += 1;
        lines.push(format!("tally {account} {tally}"));
    }
    lines
}
