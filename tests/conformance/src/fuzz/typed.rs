//! Any bytes as values of Rust types: a row with a column of every type, and Java's types.

use std::collections::{BTreeMap, BTreeSet};

use bigdecimal::BigDecimal;
use brookite_core::coder::serde::{Serde, Versioned};
use brookite_core::coder::{Arena, Coder, SerializerCoder};
use brookite_core::row::Change;
use brookite_core::types::{
    Array, Binary, Char, Data, Date, Decimal, IntervalDayTime, IntervalYearMonth, Multiset,
    Nullable, ObjectArray, SqlDate, SqlTimestamp, StringArray, StringData, Time, Timestamp,
    TimestampLtz, Varbinary, Varchar,
};
use brookite_macros::Row;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use either::Either;
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

/// A column of every type.
#[derive(Row)]
struct Everything<'a> {
    boolean: bool,
    tiny_int: i8,
    small_int: Option<i16>,
    int: i32,
    big_int: Option<i64>,
    float: f32,
    double: Option<f64>,
    text: Option<&'a str>,
    bytes: &'a [u8],
    char: Option<Char<3, &'a str>>,
    varchar: Varchar<9>,
    binary: Option<Binary<2>>,
    varbinary: Varbinary<12, &'a [u8]>,
    decimal: Option<Decimal<10, 2>>,
    wide_decimal: Decimal<38, 18>,
    date: Date,
    time: Option<Time<3>>,
    timestamp: Timestamp<3>,
    fine_timestamp: Option<TimestampLtz<9>>,
    months: Option<IntervalYearMonth>,
    millis: IntervalDayTime,
    naive_date: Option<NaiveDate>,
    instant: Option<DateTime<Utc>>,
    in_place: Option<Array<'a, Option<&'static str>>>,
    list: Vec<Option<String>>,
    numbers: Box<[i64]>,
    map: Option<BTreeMap<String, Option<i32>>>,
    multiset: Option<Multiset<String>>,
    nested: Option<Nested>,
    rows: Option<Vec<Nested>>,
}

#[derive(Row, Clone)]
struct Nested {
    id: i64,
    name: Option<String>,
    tags: Vec<Vec<Option<bool>>>,
}

type JavaTimes = (
    Option<DateTime<Utc>>,
    Option<NaiveDate>,
    Option<NaiveTime>,
    Option<NaiveDateTime>,
    SqlDate,
    SqlTimestamp,
);

type JavaNumbers = (Option<BigInt>, Option<BigDecimal>, char, Box<[f64]>, Box<[bool]>);

type JavaCollections = (
    Vec<Option<String>>,
    BTreeMap<String, Option<Vec<i64>>>,
    BTreeSet<String>,
    ObjectArray<Option<i32>>,
    StringArray<String>,
    Either<i64, Nullable<String>>,
    StringData,
);

/// What only Rust knows, with the coder for stored values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Stored {
    weights: Vec<f32>,
    names: BTreeMap<String, Option<Vec<u8>>>,
    #[serde(default)]
    note: Option<String>,
}

impl Versioned for Stored {}

/// Any bytes as the type that the first one names.
pub(super) fn bytes(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    match first % 7 {
        0 => check::<Everything<'static>>(bytes),
        1 => check::<Change<Everything<'static>>>(bytes),
        2 => check::<JavaTimes>(bytes),
        3 => check::<JavaNumbers>(bytes),
        4 => check::<JavaCollections>(bytes),
        5 => check::<Option<Nested>>(bytes),
        _ => check::<Serde<Stored>>(bytes),
    }
}

/// What is read is written to bytes that stand for the same.
fn check<T: Data>(bytes: &[u8]) {
    let arena = Arena::default();
    let value = match Coder::<T>::decode(&SerializerCoder, bytes, &arena) {
        Ok(value) => value,
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{error} beyond {} bytes", bytes.len());
            return;
        }
    };
    let mut written = Vec::new();
    if Coder::<T>::encode(&SerializerCoder, &value, &mut written).is_err() {
        // An array that is read in place is not checked before its elements are asked for.
        return;
    }
    let again = Coder::<T>::decode(&SerializerCoder, &written, &arena);
    let again = again.unwrap_or_else(|error| panic!("{error} in {written:02x?}"));
    let mut rewritten = Vec::new();
    assert_eq!(Coder::<T>::encode(&SerializerCoder, &again, &mut rewritten), Ok(()));
    assert_eq!(written, rewritten);
}
