//! Rust types read what Flink's serializers wrote, all of it, and write the same bytes.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, HashMap};

use bigdecimal::BigDecimal;
use brookite_core::coder::{Arena, Input};
use brookite_core::types::{
    Array, Binary, Char, Date, Decimal, IntervalDayTime, IntervalYearMonth, JavaRow, Multiset,
    Nullable, Raw, RawClass, SqlDate, SqlTime, SqlTimestamp, StringArray, StringData, Time,
    Timestamp, TimestampLtz, UtilDate, Varbinary, Varchar,
};
use brookite_core::{Data, DataType};
use brookite_macros::{Enum, Pojo, Row};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use either::Either;
use num_bigint::BigInt;

const GOLDEN: &str = include_str!("../../../tests/conformance/golden/flink-2.3.0.tsv");

/// The bytes and the JSON of each golden value of a type.
fn golden(data_type: &DataType) -> Vec<(Vec<u8>, &'static str)> {
    let lines = GOLDEN.lines().filter(|line| !line.starts_with('#'));
    let columns = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    columns
        .filter(|columns| columns[0].parse::<DataType>().as_ref() == Ok(data_type))
        .map(|columns| (bytes(columns[1]), columns[2]))
        .collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// Reads and writes all golden values of a type, turning down those whose JSON contains one of `lacking`.
#[track_caller]
fn check_but<T: Data>(lacking: &[&str]) {
    let data_type = T::data_type();
    let cases = golden(&data_type);
    assert!(!cases.is_empty(), "no golden bytes of {data_type}");
    for (golden, json) in cases {
        let arena = Arena::default();
        let mut input = Input::new(&golden, &arena);
        let value = match T::decode(&mut input) {
            Ok(value) => value,
            Err(error) => {
                assert!(lacking.iter().any(|l| json.contains(l)), "{data_type} {json}: {error}");
                continue;
            }
        };
        input.finish().unwrap();
        assert!(!lacking.iter().any(|lacking| json.contains(lacking)), "{data_type} {json}");
        let mut bytes = Vec::new();
        T::encode(&value, &mut bytes).unwrap_or_else(|e| panic!("{data_type} {json}: {e}"));
        assert_eq!(bytes, golden, "{data_type} {json}");
        for length in 0..golden.len() {
            let mut cut = Input::new(&golden[..length], &arena);
            assert!(T::decode(&mut cut).is_err(), "{data_type} {json} cut to {length} bytes");
        }
    }
}

#[track_caller]
fn check<T: Data>() {
    check_but::<T>(&[]);
}

/// Checks a type with and without null.
#[track_caller]
fn check_both<T: Data>() {
    check::<T>();
    check::<Option<T>>();
}

/// Checks a type in the only column of a row.
macro_rules! check_column {
    ($($type:ty),+ $(,)?) => {$({
        #[derive(Row)]
        struct One {
            #[allow(dead_code, reason = "read through the row")]
            a: Option<$type>,
        }
        check::<One>();
    })+};
}

#[test]
fn numbers() {
    check_both::<bool>();
    check_both::<i8>();
    check_both::<i16>();
    check_both::<i32>();
    check_both::<i64>();
    check_both::<f32>();
    check_both::<f64>();
    check::<Option<BigInt>>();
    check::<Option<BigDecimal>>();
    check_column!(bool, i8, i16, i32, i64, f32, f64);
}

#[test]
fn decimals() {
    check_both::<Decimal<1, 0>>();
    check_both::<Decimal<10, 2>>();
    check_both::<Decimal<18, 18>>();
    check_both::<Decimal<19, 0>>();
    check_both::<Decimal<20, 10>>();
    check_both::<Decimal<38, 0>>();
    check_both::<Decimal<38, 38>>();
    check_column!(
        Decimal<1, 0>, Decimal<10, 2>, Decimal<18, 18>, Decimal<19, 0>, Decimal<20, 10>,
        Decimal<38, 0>, Decimal<38, 38>,
    );
}

#[test]
fn text_and_bytes() {
    // Rust has no lone surrogates.
    check_but::<Option<&str>>(&["\\ud", "\\uD"]);
    check::<Option<StringData<&str>>>();
    check_but::<Option<char>>(&["55", "56", "57"]);
    check_both::<&[u8]>();
    check_both::<Varchar<40, &str>>();
    check_both::<Varbinary<9>>();
    check_column!(String, StringData, Varchar<40>, Char<3>, Vec<u8>, Binary<8>, Varbinary<9>);
}

#[test]
fn dates_and_times_of_sql() {
    check_both::<Date>();
    check_both::<Time<0>>();
    check_both::<Time<3>>();
    check_both::<Time<9>>();
    check_both::<Timestamp<3>>();
    check_both::<Timestamp<6>>();
    check_both::<Timestamp<9>>();
    check_both::<TimestampLtz<3>>();
    check_both::<TimestampLtz<6>>();
    check_both::<TimestampLtz<9>>();
    check::<IntervalYearMonth>();
    check::<IntervalDayTime>();
    check_column!(
        Date,
        Time<0>,
        Time<3>,
        Time<9>,
        NaiveTime,
        Timestamp<3>,
        Timestamp<6>,
        Timestamp<9>,
        TimestampLtz<3>,
        TimestampLtz<6>,
        TimestampLtz<9>,
        IntervalYearMonth,
        IntervalDayTime,
    );
}

#[test]
fn dates_and_times_of_java() {
    // Chrono reaches less far than Java.
    check_but::<Option<NaiveDate>>(&["999999999"]);
    check::<Option<NaiveTime>>();
    check_but::<Option<NaiveDateTime>>(&["999999999-"]);
    check_but::<Option<DateTime<Utc>>>(&["1000000000-", "999999999-"]);
    check::<Option<SqlDate>>();
    check::<Option<SqlTime>>();
    check::<Option<SqlTimestamp>>();
    check::<Option<UtilDate>>();
}

#[test]
fn arrays_of_java() {
    check::<Box<[bool]>>();
    check::<Box<[i16]>>();
    check::<Box<[i32]>>();
    check::<Box<[i64]>>();
    check::<Box<[f32]>>();
    check::<Box<[f64]>>();
    check::<Box<[u16]>>();
    check::<StringArray<&str>>();
    check::<Vec<i64>>();
    check::<Option<Vec<Nullable<&str>>>>();
}

#[test]
fn arrays_are_read_in_place() {
    #[derive(Row)]
    struct InPlace<'a> {
        a: Option<Array<'a, Option<&'static str>>>,
    }
    check::<InPlace<'static>>();
    for (golden, json) in golden(&InPlace::data_type()) {
        let arena = Arena::default();
        let row = InPlace::decode(&mut Input::new(&golden, &arena)).unwrap();
        let elements: Option<Vec<_>> = row.a.map(|a| a.iter().map(Result::unwrap).collect());
        if json.contains("null,") && json != "{\"a\":null}" {
            let elements = elements.unwrap();
            assert_eq!(row.a.unwrap().len(), elements.len());
            assert!(elements.contains(&None), "{json}: {elements:?}");
        }
    }
}

/// Rust's ordered maps write their entries in the order of the keys, Java's in another.
#[test]
fn maps_are_the_same_in_any_order() {
    macro_rules! check_map {
        ($($type:ty),+) => {$({
            #[derive(Row, Clone, Debug, PartialEq)]
            struct One {
                a: Option<$type>,
            }
            let cases = golden(&One::data_type());
            assert!(!cases.is_empty(), "{}", One::data_type());
            for (golden, json) in cases {
                let arena = Arena::default();
                let value = One::decode(&mut Input::new(&golden, &arena)).unwrap();
                let mut bytes = Vec::new();
                One::encode(&value, &mut bytes).unwrap();
                assert_eq!(bytes.len(), golden.len(), "{json}");
                assert_eq!(One::decode(&mut Input::new(&bytes, &arena)).unwrap(), value, "{json}");
            }
        })+};
    }
    check_map!(
        BTreeMap<String, Option<f64>>,
        HashMap<String, Option<f64>>,
        Multiset<Option<String>>
    );
}

#[test]
fn collections_in_columns() {
    check_column!(Vec<Option<i32>>, Vec<Option<String>>,);
}

struct JavaLong;

impl RawClass for JavaLong {
    const CLASS: &'static str = "java.lang.Long";
    const SERIALIZER: &'static str = "AFBvcmcuYXBhY2hlLmZsaW5rLmFwaS5jb21tb24udHlwZXV0aWxzLmJhc2UuTG9uZ1NlcmlhbGl6ZXIkTG9uZ1NlcmlhbGl6ZXJTbmFwc2hvdAAAAAM=";
}

#[derive(Pojo, Clone, Debug, PartialEq)]
#[row(class = "org.brookite.conformance.Order$Line")]
struct Line<'a> {
    sku: Option<&'a str>,
    quantity: i32,
}

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
#[row(class = "org.brookite.conformance.Order$Status")]
enum Status {
    #[row(name = "NEW")]
    New,
    #[row(name = "PAID")]
    Paid,
    #[row(name = "SHIPPED")]
    Shipped,
}

#[derive(Pojo)]
#[row(class = "org.brookite.conformance.Order")]
#[allow(clippy::type_complexity, reason = "as Flink finds it in the class")]
struct Order<'a> {
    id: i64,
    customer: Option<&'a str>,
    express: bool,
    priority: Option<i32>,
    status: Option<Status>,
    total: Option<BigDecimal>,
    weights: Option<Box<[f64]>>,
    lines: Option<Nullable<Vec<Nullable<Line<'a>>>>>,
    #[row(name = "byName")]
    by_name: Option<Nullable<BTreeMap<Nullable<&'a str>, Option<Line<'a>>>>>,
}

#[derive(Row, Clone, Debug, PartialEq)]
#[row(class = "org.brookite.conformance.Order$Line")]
struct LineRow {
    sku: Option<String>,
    quantity: i32,
}

fn described(order: &Option<Order<'_>>) -> String {
    let mut text = String::new();
    <Option<Order<'static>>>::describe(order, &mut text).unwrap();
    text
}

#[test]
fn pojos_and_enums() {
    check::<Option<Line<'static>>>();
    check::<Option<brookite_core::types::Pojo<LineRow>>>();
    // Rust writes the map in the order of its keys, Java in another.
    for (golden, json) in golden(&<Option<Order<'static>>>::data_type()) {
        let arena = Arena::default();
        let decode = |bytes| <Option<Order<'_>>>::decode(&mut Input::new(bytes, &arena)).unwrap();
        let order = decode(&golden);
        let mut bytes = Vec::new();
        <Option<Order<'_>>>::encode(&order, &mut bytes).unwrap();
        assert_eq!(bytes.len(), golden.len(), "{json}");
        let again: &[u8] = bytes.leak();
        assert_eq!(described(&decode(again)), described(&order), "{json}");
    }
    check::<Status>();
    check::<Either<i64, Option<&str>>>();
    check::<Either<Either<i64, Option<&str>>, Vec<Option<Status>>>>();
}

#[test]
fn rows_of_java() {
    #[derive(Row)]
    struct Named {
        id: Option<i64>,
        #[row(name = "the name")]
        name: Option<String>,
        ratio: Option<f64>,
    }
    check::<JavaRow<Named>>();
}

#[test]
fn tuples_of_everything() {
    check::<(Option<i32>, Nullable<&str>, Option<BigInt>)>();
    check::<(Decimal<20, 2>, Option<TimestampLtz<9>>, Vec<StringData<&str>>)>();
    check::<(i64, Option<&str>)>();
}

#[test]
fn raw_values_are_handed_on() {
    #[derive(Row)]
    struct One<'a> {
        a: Option<Raw<'a, JavaLong>>,
    }
    check::<One<'static>>();
}
