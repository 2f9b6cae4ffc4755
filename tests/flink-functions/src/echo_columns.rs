//! Rows with a column of each type as they came.

use std::collections::BTreeMap;

use brookite::core::row::Change;
use brookite::core::types::{
    Array, Date, Decimal, IntervalDayTime, IntervalYearMonth, Multiset, Raw, RawClass, Time,
    Timestamp, TimestampLtz,
};
use brookite::prelude::*;

/// Text and a number, inside other rows.
#[derive(Row)]
struct Item {
    sku: Option<String>,
    price: Option<Decimal<10, 2>>,
}

/// A column of each type, all but one of which may be null.
#[derive(Row)]
struct EveryColumn<'a> {
    id: i64,
    flag: Option<bool>,
    tiny: Option<i8>,
    small: Option<i16>,
    number: Option<i32>,
    ratio: Option<f32>,
    mean: Option<f64>,
    name: Option<&'a str>,
    bytes: Option<&'a [u8]>,
    price: Option<Decimal<10, 2>>,
    total: Option<Decimal<38, 10>>,
    day: Option<Date>,
    time: Option<Time<3>>,
    at: Option<Timestamp<3>>,
    precise: Option<Timestamp<9>>,
    instant: Option<TimestampLtz<6>>,
    months: Option<IntervalYearMonth>,
    span: Option<IntervalDayTime>,
    numbers: Option<Array<'a, Option<i32>>>,
    names: Option<Vec<Option<&'a str>>>,
    counts: Option<BTreeMap<&'a str, Option<i64>>>,
    bag: Option<Multiset<&'a str>>,
    item: Option<Item>,
    items: Option<Vec<Option<Item>>>,
}

#[map]
fn echo_columns(row: EveryColumn<'_>) -> EveryColumn<'_> {
    row
}

#[map]
fn echo_changes(change: Change<EveryColumn<'_>>) -> Change<EveryColumn<'_>> {
    change
}

/// Java's `Long`, for its own serializer.
struct JavaLong;

impl RawClass for JavaLong {
    const CLASS: &'static str = "java.lang.Long";
    const SERIALIZER: &'static str = "";
}

/// A value that is bytes to Rust.
#[derive(Row)]
struct Opaque<'a> {
    f0: Option<Raw<'a, JavaLong>>,
}

#[map]
fn echo_raw(row: Opaque<'_>) -> Opaque<'_> {
    row
}
