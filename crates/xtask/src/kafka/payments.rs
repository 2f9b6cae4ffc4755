//! The payments of the proof, and what the pipeline must make of them, computed with no Flink.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::kafka::client::Record;

/// The partitions of a topic: more than there are sources.
pub(super) const PARTITIONS: u32 = 4;

const ACCOUNTS: u64 = 100;

/// Milliseconds of event time from one payment to the next.
const STEP: u64 = 25;

/// The pipeline's windows, in milliseconds.
const WINDOW: u64 = 10_000;

/// More payments than this would not come on one day.
const MOST: u64 = 24 * 3_600_000 / STEP;

/// Pays to it come on the next day, and make watermarks of the day before.
const CLOSING: &str = "closing";

/// What the pipeline tells of an account and a window.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
pub(super) struct Total {
    account: String,
    until: String,
    cents: u64,
    balance: u64,
}

/// A payment of the sequence. Those in a partition are in the order of their times.
pub(super) fn payment(index: u64) -> Record {
    let (account, cents) = (account(index), cents(index));
    let at = time(index * STEP);
    let value = format!(r#"{{"account":"a{account}","cents":{cents},"at":"2026-01-01 {at}"}}"#);
    Record { partition: (index % u64::from(PARTITIONS)) as u32, value }
}

/// After these every window of the day tells its result.
pub(super) fn closing() -> impl Iterator<Item = Record> {
    (0..PARTITIONS).map(|partition| {
        let value =
            format!(r#"{{"account":"{CLOSING}","cents":1,"at":"2026-01-02 00:01:00.000"}}"#);
        Record { partition, value }
    })
}

/// What must be made of the first `count` payments, in order.
pub(super) fn expected(count: u64) -> Result<Vec<Total>> {
    ensure!(count <= MOST, "{count} payments do not come on one day");
    let mut sums: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for index in 0..count {
        let end = (index * STEP / WINDOW + 1) * WINDOW;
        *sums.entry((account(index), end)).or_default() += cents(index);
    }
    let mut balances: BTreeMap<u64, u64> = BTreeMap::new();
    let mut totals: Vec<_> = sums
        .into_iter()
        .map(|((account, end), cents)| {
            let balance = balances.entry(account).or_default();
            *balance += cents;
            let until = format!("2026-01-01 {}", time(end).trim_end_matches(".000"));
            Total { account: format!("a{account}"), until, cents, balance: *balance }
        })
        .collect();
    totals.sort();
    Ok(totals)
}

/// What a consumer saw, in order; without that which came of the closing ones.
pub(super) fn seen(records: &[Record]) -> Result<Vec<Total>> {
    let mut totals = Vec::new();
    for record in records {
        let total: Total = serde_json::from_str(&record.value)
            .with_context(|| format!("this is no total: {}", record.value))?;
        if total.account != CLOSING {
            totals.push(total);
        }
    }
    totals.sort();
    Ok(totals)
}

/// How two sorted lists differ, if they do.
pub(super) fn difference(expected: &[Total], found: &[Total]) -> Option<String> {
    let (missing, surplus) = (without(expected, found), without(found, expected));
    if missing.is_empty() && surplus.is_empty() {
        return None;
    }
    let show = |totals: &[&Total]| {
        let first = totals.first().map_or(String::new(), |total| format!(", such as {total:?}"));
        format!("{}{first}", totals.len())
    };
    Some(format!(
        "of {} results {} are missing, and {} are there that must not be",
        expected.len(),
        show(&missing),
        show(&surplus)
    ))
}

/// Those of `all` that are left when each of `others`, as often as it comes, is taken away. Both are sorted.
pub(super) fn without<'t>(all: &'t [Total], others: &[Total]) -> Vec<&'t Total> {
    let mut others = others.iter().peekable();
    let mut left = Vec::new();
    for total in all {
        while others.next_if(|other| *other < total).is_some() {}
        if others.next_if(|other| *other == total).is_none() {
            left.push(total);
        }
    }
    left
}

fn account(index: u64) -> u64 {
    // Scattered, so that an account's payments are in all partitions.
    (index.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33) % ACCOUNTS
}

fn cents(index: u64) -> u64 {
    index * 7_919 % 9_973 + 1
}

/// Milliseconds of a day as Flink's SQL writes them.
fn time(millis: u64) -> String {
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{millis:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_is_what_all_windows_so_far_came_to() {
        let totals = expected(3_000).unwrap();
        let last_of = |account: &str| totals.iter().rev().find(|total| total.account == account);
        let all: u64 = (0..3_000).filter(|index| account(*index) == 7).map(cents).sum();
        assert_eq!(last_of("a7").unwrap().balance, all);
        assert!(totals.iter().any(|total| total.until == "2026-01-01 00:01:10"));
        assert!(expected(MOST + 1).is_err());
    }

    #[test]
    fn what_comes_twice_or_not_at_all_is_told() {
        let totals = expected(500).unwrap();
        assert_eq!(difference(&totals, &totals), None);
        let mut doubled = totals.clone();
        doubled.insert(1, totals[0].clone());
        let told = difference(&totals, &doubled).unwrap();
        assert!(told.contains("0 are missing, and 1, such as Total"), "{told}");
        let told = difference(&totals, &totals[1..]).unwrap();
        assert!(told.contains("1, such as Total"), "{told}");
        assert_eq!(without(&totals[..10], &totals).len(), 0);
    }
}
