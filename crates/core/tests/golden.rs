//! The coders write the bytes that Flink's serializers wrote, and read them back.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::HashMap;

use brookite_core::coder::{Arena, Encoding, Input};
use brookite_core::row::{ReadSlots, Row as _};
use brookite_core::{Data, View};
use brookite_macros::Row;

/// The golden bytes of one value.
fn golden(name: &str) -> Vec<u8> {
    let lines: HashMap<_, _> = include_str!("golden/flink-2.3.0.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let hex = lines.get(name).unwrap_or_else(|| panic!("no golden bytes named {name}"));
    let digits = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    digits.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Compares with the golden bytes in both directions.
#[track_caller]
fn check<T: Data>(name: &str, value: View<'static, T>) {
    let golden = golden(name);
    let mut bytes = Vec::new();
    T::encode(&value, &mut bytes).unwrap();
    assert_eq!(bytes, golden, "{name}: bytes");
    let arena = Arena::default();
    let mut input = Input::new(&golden, &arena);
    let decoded = T::decode(&mut input).unwrap();
    input.finish().unwrap();
    assert_eq!(described::<T>(&decoded), described::<T>(&value), "{name}: value");
}

fn described<T: Data>(value: &View<'_, T>) -> String {
    let mut text = String::new();
    T::describe(value, &mut text).unwrap();
    text
}

#[test]
fn scalars() {
    check::<bool>("bool", true);
    check::<i32>("int", i32::MIN);
    check::<i64>("long", 1_234_567_890_123_456_789);
    check::<f64>("double", -0.1);
}

#[test]
fn text_and_bytes() {
    check::<&str>("string_ascii", "brook");
    check::<String>("string_empty", String::new());
    check::<Option<&str>>("string_null", None);
    check::<&str>("string_mixed", "aÖ日🦀z");
    check::<String>("string_200", "x".repeat(200));
    check::<&[u8]>("bytes", &[0, 1, 255]);
}

#[test]
fn tuples() {
    check::<(&str, i64, bool, f64)>("tuple", ("wörd", -7, true, 1.5));
    check::<(Option<String>, Vec<u8>)>("tuple_null", (None, Vec::new()));
}

#[derive(Row)]
struct Nested<'a> {
    id: i64,
    text: &'a str,
}

#[derive(Row)]
struct All<'a> {
    flag: bool,
    count: i32,
    id: i64,
    price: f64,
    short: &'a str,
    long: &'a str,
    raw: &'a [u8],
    nested: Nested<'a>,
}

#[derive(Row)]
struct NestedNulls {
    id: Option<i64>,
    text: Option<String>,
}

#[derive(Row)]
struct Nulls {
    flag: Option<bool>,
    count: Option<i32>,
    id: Option<i64>,
    price: Option<f64>,
    short: Option<String>,
    long: Option<String>,
    raw: Option<Vec<u8>>,
    nested: Option<NestedNulls>,
}

#[test]
fn rows_that_borrow() {
    let nested = Nested { id: 9, text: "größer als acht" };
    let (short, long, raw) = ("seven77", "eight888", &[1, 2, 3][..]);
    check::<All<'static>>(
        "row",
        All { flag: true, count: -5, id: 1 << 40, price: 2.5, short, long, raw, nested },
    );
}

#[test]
fn rows_of_nulls_and_rows_that_own() {
    check::<Nulls>(
        "row_nulls",
        Nulls {
            flag: None,
            count: None,
            id: None,
            price: None,
            short: None,
            long: None,
            raw: None,
            nested: None,
        },
    );
    check::<Nulls>(
        "row_edges",
        Nulls {
            flag: Some(false),
            count: Some(0),
            id: Some(0),
            price: Some(0.0),
            short: Some(String::new()),
            long: Some("x".repeat(17)),
            raw: Some(Vec::new()),
            nested: Some(NestedNulls { id: None, text: None }),
        },
    );
}

#[test]
fn a_row_of_sixty_columns_has_a_second_word_of_null_bits() {
    use brookite_core::row::BinaryRow;
    let golden = golden("row_60");
    let row = BinaryRow::new(&golden[4..], 60).unwrap();
    for index in 0..60 {
        assert_eq!(row.is_null(index), index % 7 == 0);
        if index % 7 != 0 {
            assert_eq!(row.read_i32(index).unwrap(), i32::try_from(index).unwrap());
        }
    }
}

#[test]
fn the_direct_encoding_of_a_row_is_the_serializers_without_its_size() {
    let coder = <Nested<'static> as Data>::coder(Encoding::Direct).unwrap();
    let mut bytes = Vec::new();
    coder.encode(&Nested { id: 1, text: "x" }, &mut bytes).unwrap();
    let mut framed = Vec::new();
    <Nested<'static> as Data>::encode(&Nested { id: 1, text: "x" }, &mut framed).unwrap();
    assert_eq!(framed[4..], bytes);
    assert_eq!(framed[..4], u32::try_from(bytes.len()).unwrap().to_be_bytes());
    assert_eq!(Nested::ARITY, 2);
}
