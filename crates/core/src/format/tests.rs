//! Bytes as Flink's serializers write them, both ways, and what they never write.

use super::*;
use crate::coder::{Arena, EncodeError, Input};
use crate::value::RowKind;
use num_bigint::BigInt;
use std::fmt::Debug;

fn both_ways<T: PartialEq + Debug>(
    hex: &str,
    value: T,
    encode: impl Fn(&T, &mut Vec<u8>) -> Result<(), EncodeError>,
    decode: impl Fn(&mut Input<'_>) -> Result<T, DecodeError>,
) {
    let bytes = bytes(hex);
    let mut out = Vec::new();
    encode(&value, &mut out).unwrap();
    assert_eq!(out, bytes, "{value:?}");
    let arena = Arena::default();
    let mut input = Input::new(&bytes, &arena);
    assert_eq!(decode(&mut input), Ok(value));
    input.finish().unwrap();
    for end in 0..bytes.len() {
        let error = decode(&mut Input::new(&bytes[..end], &arena)).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }), "{error}");
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let hex = hex.replace(' ', "");
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn fails<T: Debug>(
    hex: &str,
    decode: impl Fn(&mut Input<'_>) -> Result<T, DecodeError>,
) -> (usize, String) {
    let error = decode(&mut Input::new(&bytes(hex), &Arena::default())).unwrap_err();
    (error.offset(), error.kind().to_string())
}

#[test]
fn big_numbers_take_the_bytes_they_need() {
    for (hex, number) in [
        ("00000001", 0),
        ("00000002", 1),
        ("00000003", 10),
        ("00000005 ff", -1),
        ("00000006 0080", 128),
        ("00000005 80", -128),
        ("0000000c 7fffffffffffffff", i64::MAX),
    ] {
        both_ways(hex, BigInt::from(number), big_integer::encode, big_integer::decode);
    }
    let fail = |hex| fails(hex, big_integer::decode).1;
    assert!(fail("00000000").contains("found null"));
    assert_eq!(fail("00000004"), "expected a length, found 4");
    assert_eq!(fail("80000000"), "expected a length, found -2147483648");
    assert!(fail("00000006 0001").starts_with("not canonical"));
    let long_form = bytes("00000005 01");
    let read = big_integer::decode(&mut Input::new(&long_form, &Arena::default()));
    assert_eq!(read, Ok(BigInt::from(1)));
    both_ways(
        "00000005 0f 00000001",
        (BigInt::from(15), 1),
        |(unscaled, scale), out| big_decimal::encode(unscaled, *scale, out),
        big_decimal::decode,
    );
}

#[test]
fn decimals_keep_to_their_digits() {
    both_ways(
        "fffffffffffffff6",
        -10,
        |value, out| decimal_data::encode(*value, 18, 2, out),
        |input| decimal_data::decode(input, 18, 2),
    );
    for (hex, value) in [
        ("00000001 00", 0),
        ("00000001 ff", -1),
        ("00000002 00ff", 255),
        ("00000010 4b3b4ca85a86c47a098a223fffffffff", 10i128.pow(38) - 1),
        ("00000010 b4c4b357a5793b85f675ddc000000001", 1 - 10i128.pow(38)),
    ] {
        both_ways(
            hex,
            value,
            |value, out| decimal_data::encode(*value, 38, 0, out),
            |input| decimal_data::decode(input, 38, 0),
        );
    }
    let error = decimal_data::encode(-1_000, 3, 2, &mut Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected at most 3 digits, 2 of them after the point, found -10.00"
    );
    let fail = |hex, precision| fails(hex, |input| decimal_data::decode(input, precision, 0)).1;
    assert_eq!(fail("00000000000003e8", 3), "expected at most 3 digits, found 1000");
    assert_eq!(fail("00000000", 20), "expected a length, found 0");
    assert_eq!(
        fail("00000011 0100000000000000000000000000000000", 38),
        "expected a length, found 17"
    );
}

#[test]
fn dates_and_times_exist() {
    let date = |days: &i64, out: &mut Vec<u8>| local_date::encode(*days, out);
    both_ways("000007e8 02 1d", 19_782, date, local_date::decode);
    both_ways("c4653601 01 01", *crate::calendar::LOCAL_DAYS.start(), date, local_date::decode);
    let time = |nanos: &i64, out: &mut Vec<u8>| local_time::encode(*nanos, out);
    both_ways("17 3b 3b 3b9ac9ff", crate::calendar::NANOS_PER_DAY - 1, time, local_time::decode);
    both_ways(
        "000007b1 0c 1f 17 3b 3b 3b9ac9ff",
        (-1, 999_999_999),
        |(seconds, nanos), out| local_date_time::encode(*seconds, *nanos, out),
        local_date_time::decode,
    );
    assert_eq!(
        fails("000007e7 02 1d", local_date::decode),
        (0, "expected a date of the calendar, found year 2023, month 2, day 29".to_owned())
    );
    assert!(fails("80000000 8000", local_date::decode).1.contains("found null"));
    assert!(fails("18 00 00 00000000", local_time::decode).1.contains("a time of day"));
    let half = "80000000 8000 00 00 00 00000000";
    assert!(fails(half, local_date_time::decode_nullable).1.starts_with("not canonical"));
    assert!(local_date::encode(crate::calendar::LOCAL_DAYS.end() + 1, &mut Vec::new()).is_err());
    assert!(local_time::encode(-1, &mut Vec::new()).is_err());
}

#[test]
fn points_in_time_are_those_that_java_has() {
    both_ways(
        "ffffffffffffffff 3b9ac9ff",
        (-1, 999_999_999),
        |(seconds, nanos), out| instant::encode(*seconds, *nanos, out),
        instant::decode,
    );
    assert_eq!(fails("0000000000000000 3b9aca00", instant::decode).0, 8);
    assert_eq!(fails("7fffffffffffffff 00000000", instant::decode).0, 0);
    both_ways(
        "ffffffffffffffff 3b9ac9ff",
        (-1, 999_999_999),
        |(seconds, nanos), out| sql_timestamp::encode(*seconds, *nanos, out),
        sql_timestamp::decode,
    );
    let two_times = "0000000000000001 00000000";
    assert!(fails(two_times, sql_timestamp::decode).1.starts_with("not canonical"));
    both_ways(
        "ffffffffffffffff 000f423f",
        (-1, 999_999),
        |(millis, nanos), out| timestamp_data::encode(*millis, *nanos, 9, out),
        |input| timestamp_data::decode(input, 9),
    );
    assert!(timestamp_data::encode(0, 1, 3, &mut Vec::new()).is_err());
    assert!(millis::encode(i64::MIN, &mut Vec::new()).is_err());
    assert_eq!(timestamp_data::to_seconds(-1, 999_999), (-1, 999_999_999));
    assert_eq!(timestamp_data::from_seconds(-1, 999_999_999), Some((-1, 999_999)));
}

#[test]
fn null_comes_back_as_null() {
    fn null<T: Debug + PartialEq>(
        encode: fn(&mut Vec<u8>),
        decode: fn(&mut Input<'_>) -> Result<Option<T>, DecodeError>,
    ) {
        let mut out = Vec::new();
        encode(&mut out);
        let arena = Arena::default();
        let mut input = Input::new(&out, &arena);
        assert_eq!(decode(&mut input), Ok(None));
        input.finish().unwrap();
    }
    null(big_integer::encode_null, big_integer::decode_nullable);
    null(big_decimal::encode_null, big_decimal::decode_nullable);
    null(instant::encode_null, instant::decode_nullable);
    null(local_date::encode_null, local_date::decode_nullable);
    null(local_time::encode_null, local_time::decode_nullable);
    null(local_date_time::encode_null, local_date_time::decode_nullable);
    null(millis::encode_null, millis::decode_nullable);
    null(sql_timestamp::encode_null, sql_timestamp::decode_nullable);
}

#[test]
fn a_count_is_checked_before_memory_is_set_aside() {
    let fail = |hex| fails(hex, |input| array::decode::<8>(input).map(drop));
    assert_eq!(
        fail("7fffffff 00"),
        (4, "truncated: expected 17179869176 more bytes, found 1".to_owned())
    );
    assert_eq!(fail("ffffffff").1, "expected a length, found -1");
    assert_eq!(fails("00000002 01 02", |input| array::decode_booleans(input).map(drop)).0, 5);
}

#[test]
fn masks_start_with_the_kind_and_the_highest_bit() {
    let mask = |hex: &str, kind: RowKind, nulls: &[bool]| {
        let mut out = Vec::new();
        row_mask::encode(kind, nulls.iter().copied(), &mut out);
        assert_eq!(out, bytes(hex));
        let arena = Arena::default();
        let read = row_mask::decode(&mut Input::new(&out, &arena), nulls.len()).unwrap();
        assert_eq!(read.kind(), kind);
        assert!(nulls.iter().enumerate().all(|(index, null)| read.is_null(index) == *null));
    };
    mask("00", RowKind::Insert, &[]);
    mask("80", RowKind::UpdateBefore, &[false]);
    mask("61", RowKind::UpdateAfter, &[true, false, false, false, false, true]);
    mask("c1 80", RowKind::Delete, &[false, false, false, false, false, true, true]);
    assert!(
        fails("10", |input| row_mask::decode(input, 1).map(drop)).1.starts_with("not canonical")
    );
}

#[test]
fn tags_stand_for_something() {
    assert_eq!(
        fails("00000002", |input| tag::decode(input, 2)).1,
        "expected the number of one of 2 constants, found 2"
    );
    assert!(fails("04", pojo::decode_start).1.contains("not of a subclass"));
    assert!(fails("01", tag::decode_void).1.contains("Void"));
    assert_eq!(fails("02", flag::decode).1, "expected a boolean, 0 or 1, found 2");
}
