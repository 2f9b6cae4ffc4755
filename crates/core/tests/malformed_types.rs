//! Bytes and values that are no value of their type are typed errors that name offset and field.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::{BTreeMap, HashMap};

use brookite_core::coder::{
    Arena, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input,
};
use brookite_core::row::{BinaryRow, BinaryRowWriter, Change, Row as _, RowKind, WriteSlots};
use brookite_core::types::{Decimal, Pojo as PojoOf, Time, Timestamp, Varchar};
use brookite_core::{Data, View};
use brookite_macros::{Enum, Pojo, Row};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use num_bigint::BigInt;

#[derive(Row, Clone, Debug, PartialEq)]
#[row(class = "com.acme.Order")]
struct Order {
    id: i64,
    items: Vec<Item>,
    prices: HashMap<String, Option<f64>>,
}

#[derive(Row, Clone, Debug, PartialEq)]
struct Item {
    name: String,
    price: Decimal<5, 2>,
    status: Option<Status>,
}

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
enum Status {
    New,
    Paid,
}

#[derive(Enum, Clone, Copy, Debug, PartialEq)]
#[row(as = "INT")]
enum Level {
    Low,
    High,
}

fn order() -> Order {
    let price = Decimal::from_unscaled(1250).unwrap();
    let item = Item { name: "a name of some length".to_owned(), price, status: Some(Status::Paid) };
    let prices = HashMap::from([("list".to_owned(), Some(2.5))]);
    Order { id: 7, items: vec![item.clone(), item], prices }
}

fn encoded<T: Data>(value: &View<'_, T>) -> Vec<u8> {
    let mut out = Vec::new();
    T::encode(value, &mut out).unwrap();
    out
}

fn decode_error<T: Data>(bytes: &[u8]) -> DecodeError {
    let arena = Arena::default();
    let mut input = Input::new(bytes, &arena);
    match T::decode(&mut input) {
        Ok(_) => panic!("{bytes:?} is a value"),
        Err(error) => error,
    }
}

fn encode_error<T: Data>(value: &View<'_, T>) -> EncodeError {
    T::encode(value, &mut Vec::new()).unwrap_err()
}

#[test]
fn errors_in_arrays_of_rows_name_the_path_and_the_offset() {
    let bytes = encoded::<Order>(&order());
    let price = 1_250_i64.to_le_bytes();
    let at = bytes.windows(8).rposition(|window| window == price).unwrap();

    let mut wrong = bytes.clone();
    wrong[at + 4] = 1; // more than five digits
    let error = decode_error::<Order>(&wrong);
    assert_eq!((error.path(), error.offset()), ("items[].price", at));
    assert!(matches!(error.kind(), DecodeErrorKind::Precision { precision: 5, .. }), "{error}");

    let mut wrong = bytes.clone();
    let text = wrong.windows(6).rposition(|window| window == b"a name").unwrap();
    wrong[text + 2] = 0xff;
    let error = decode_error::<Order>(&wrong);
    assert_eq!((error.path(), error.offset()), ("items[].name", text + 2));
    assert_eq!(error.kind(), &DecodeErrorKind::InvalidUtf8);

    let mut wrong = bytes.clone();
    wrong[at + 8] = b'Q'; // the name of the status, in its slot
    let error = decode_error::<Order>(&wrong);
    assert_eq!(
        error.to_string(),
        format!(
            "field 'items[].status': expected one of New, Paid, found \"Qaid\" (at byte {})",
            at + 8
        )
    );
}

#[test]
fn every_cut_and_every_wrong_byte_is_an_error_or_a_value_and_no_panic() {
    let bytes = encoded::<Order>(&order());
    let arena = Arena::default();
    for length in 0..bytes.len() {
        decode_error::<Order>(&bytes[..length]);
    }
    for at in 0..bytes.len() {
        for value in [0x00, 0x01, 0x7f, 0x80, 0xff] {
            let mut wrong = bytes.clone();
            wrong[at] = value;
            let _ = Order::decode(&mut Input::new(&wrong, &arena));
        }
    }
}

#[test]
fn rows_of_another_arity_are_errors() {
    let mut out = Vec::new();
    BinaryRowWriter::new(&mut out, 1).write_i64(0, 7);
    let error = BinaryRow::new(&out, Order::ARITY).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::Truncated { needed: 32, available: 16 });
}

#[test]
fn values_that_do_not_fit_are_errors_that_name_the_field() {
    #[derive(Row)]
    struct Wide {
        texts: Vec<Varchar<3>>,
        times: BTreeMap<String, Timestamp<3>>,
    }
    let wide = Wide { texts: vec![Varchar("öäü".to_owned())], times: BTreeMap::new() };
    encoded::<Wide>(&wide);
    let wide = Wide { texts: vec![Varchar("four".to_owned())], times: BTreeMap::new() };
    let error = encode_error::<Wide>(&wide);
    assert_eq!(error.to_string(), "field 'texts[]': expected at most 3 characters, found 4");
    let precise = Timestamp::new(0, 1).unwrap();
    let wide = Wide { texts: Vec::new(), times: BTreeMap::from([("a".to_owned(), precise)]) };
    let error = encode_error::<Wide>(&wide);
    assert_eq!(error.path(), "times{value}");
    assert!(matches!(error.kind(), EncodeErrorKind::OutOfRange { .. }), "{error}");

    let late: NaiveTime = "12:00:00.0001".parse().unwrap();
    assert!(Time::<9>::try_from(late).is_err());
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
    assert!(matches!(encode_error::<NaiveTime>(&leap).kind(), EncodeErrorKind::OutOfRange { .. }));
    assert!(matches!(encode_error::<char>(&'🦀').kind(), EncodeErrorKind::OutOfRange { .. }));
}

#[test]
fn decimals_never_round() {
    type Price = Decimal<5, 2>;
    assert_eq!("12.50".parse::<Price>().unwrap(), "1250E-2".parse().unwrap());
    assert_eq!("1E2".parse::<Price>().unwrap().unscaled(), 10_000);
    assert_eq!("0.10000".parse::<Price>().unwrap().unscaled(), 10);
    assert_eq!((-3i64).try_into().map(Price::unscaled), Ok(-300));
    for wrong in ["0.001", "1000", "1E3", "1E999999999", "1E-999999999", "x", ""] {
        assert!(wrong.parse::<Price>().is_err(), "{wrong}");
    }
    assert_eq!("0E999999999".parse::<Price>().unwrap().unscaled(), 0);
    assert!(Price::from_unscaled(100_000).is_err());
    assert!(Price::from_unscaled(i128::MIN).is_err());
    assert_eq!(Price::from_unscaled(-5).unwrap().to_string(), "-0.05");
}

#[test]
fn dates_that_do_not_exist_and_dates_beyond_chrono_are_errors() {
    let error = decode_error::<NaiveDate>(&[0, 0, 7, 0xe7, 2, 30]);
    assert!(matches!(error.kind(), DecodeErrorKind::OutOfRange { .. }), "{error}");
    let error = decode_error::<(i64, NaiveDate)>(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 1]);
    assert_eq!((error.path(), error.offset()), ("f1", 8));
    let error = decode_error::<DateTime<Utc>>(&[[0; 8].as_slice(), &[0x7f; 4]].concat());
    assert_eq!(error.offset(), 8);
    let error = decode_error::<Time<3>>(&86_400_000i32.to_be_bytes());
    assert!(matches!(error.kind(), DecodeErrorKind::OutOfRange { .. }), "{error}");
}

#[test]
fn lone_surrogates_are_errors() {
    let error = decode_error::<char>(&[0xd8, 0x3e]);
    assert_eq!(error.kind(), &DecodeErrorKind::LoneSurrogate { unit: 0xd83e });
    let text = [3, b'a', 0xbe, 0xb0, 0x03]; // "a" and half a crab
    let error = decode_error::<(i32, String)>(&[[0; 4].as_slice(), &text].concat());
    assert_eq!((error.path(), error.offset()), ("f1", 6));
    assert_eq!(error.kind(), &DecodeErrorKind::LoneSurrogate { unit: 0xd83e });
}

#[test]
fn counts_and_lengths_that_the_record_cannot_hold_are_errors() {
    for huge in [[0x7f, 0xff, 0xff, 0xff], [0xff; 4]] {
        decode_error::<Vec<i64>>(&huge);
        decode_error::<Vec<()>>(&huge);
        decode_error::<Box<[i64]>>(&huge);
        decode_error::<HashMap<String, i64>>(&huge);
        decode_error::<BigInt>(&huge);
        decode_error::<Order>(&huge);
    }
}

#[test]
fn keys_that_occur_twice_are_errors() {
    let mut bytes = encoded::<BTreeMap<i32, i32>>(&BTreeMap::from([(1, 1), (2, 2)]));
    bytes[16] = 1; // the second key
    let error = decode_error::<BTreeMap<i32, i32>>(&bytes);
    assert_eq!((error.path(), error.offset()), ("{key}", 13));
    assert!(matches!(error.kind(), DecodeErrorKind::NotCanonical { .. }));
}

#[test]
fn numbers_that_no_constant_has_are_errors() {
    let error = decode_error::<(Level, i32)>(&[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(
        error.to_string(),
        "field 'f0': expected the number of one of Low, High, found 2 (at byte 0)"
    );
    assert_eq!(encoded::<Option<Level>>(&Some(Level::High)), [0, 0, 0, 0, 1]);
    assert_eq!(encoded::<Option<Status>>(&Some(Status::New)), b"\x04New");
    assert_eq!(encoded::<Option<Status>>(&None), [0]);
}

#[test]
fn objects_of_subclasses_and_null_in_fields_without_null_are_errors() {
    #[derive(Pojo)]
    #[row(class = "com.acme.Point")]
    #[allow(dead_code, reason = "never made")]
    struct Point {
        y: i32,
        x: i32,
    }
    assert_eq!(decode_error::<Point>(&[1]).kind(), &DecodeErrorKind::Null);
    let error = decode_error::<Point>(&[4, 0]);
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownTag { found: 4, .. }), "{error}");
    let error = decode_error::<(i32, Point)>(&[0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 1]);
    assert_eq!((error.path(), error.offset()), ("f1.y", 11));
    assert_eq!(error.kind(), &DecodeErrorKind::Null);
    let error = decode_error::<PojoOf<Order>>(&[2, 1]);
    assert_eq!(error.path(), "id");
}

#[test]
fn rows_of_every_kind_are_read_as_changes_only() {
    let change = Change { kind: RowKind::Delete, row: order() };
    let bytes = encoded::<Change<Order>>(&change);
    let arena = Arena::default();
    assert_eq!(<Change<Order>>::decode(&mut Input::new(&bytes, &arena)), Ok(change));
    let error = decode_error::<Order>(&bytes);
    assert_eq!(error.kind(), &DecodeErrorKind::RowKind { found: 3 });
    assert_eq!(error.offset(), 4);
    assert_eq!(<Change<Order>>::data_type(), Order::data_type());
}

/// Two texts that are the same bytes: so a small record could stand for any amount of memory.
#[test]
fn elements_that_share_bytes_are_turned_down_when_they_would_be_copied() {
    #[derive(Row)]
    struct Texts {
        a: Vec<String>,
    }
    let mut bytes = Vec::new();
    Texts::encode(&Texts { a: vec!["x".repeat(64), "y".repeat(64)] }, &mut bytes).unwrap();
    // After the size, the header and the slot of the row, and the header of the array.
    let second = 4 + 16 + 8 + 8;
    bytes.copy_within(second - 8..second, second);
    let arena = Arena::default();
    // Half of the array is now unused; as many bytes as before are claimed.
    assert!(Texts::decode(&mut Input::new(&bytes, &arena)).is_ok());
    let length = bytes.len();
    bytes.truncate(length - 64);
    bytes[..4].copy_from_slice(&u32::try_from(length - 68).unwrap().to_be_bytes());
    let array = u32::try_from(length - 68 - 16).unwrap();
    bytes[4 + 8..4 + 12].copy_from_slice(&array.to_le_bytes());
    let error = Texts::decode(&mut Input::new(&bytes, &arena)).map(|row| row.a).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::NotCanonical { .. }), "{error}");
    assert_eq!((error.path(), error.offset()), ("a[]", second));
}
