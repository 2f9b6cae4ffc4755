//! Rows, arrays and maps are laid out as Flink's `BinaryRowData`, `BinaryArrayData` and `BinaryMapData`.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_core::coder::{DecodeErrorKind, EncodeErrorKind};
use brookite_core::row::{
    BinaryArray, BinaryArrayWriter, BinaryMap, BinaryRow, BinaryRowWriter, ReadSlots, WriteSlots,
    write_map,
};
use brookite_core::value::RowKind;

#[test]
fn numbers_lie_in_their_slots_and_leave_the_rest_zero() {
    let mut out = b"before".to_vec();
    let mut row = BinaryRowWriter::new(&mut out, 4);
    row.write_i8(0, -1);
    row.write_i16(1, -2);
    row.write_f32(2, 1.5);
    row.write_null(3);
    let row = &out[6..];
    let slots =
        [[0, 0, 0, 0, 0, 0, 0, 0], [0xff, 0, 0, 0, 0, 0, 0, 0], [0xfe, 0xff, 0, 0, 0, 0, 0, 0]];
    assert_eq!(row[..24], [[0, 1 << 3, 0, 0, 0, 0, 0, 0], slots[1], slots[2]].concat());
    assert_eq!(row[24..], [[0, 0, 0xc0, 0x3f, 0, 0, 0, 0], slots[0]].concat());
    let row = BinaryRow::new(row, 4).unwrap();
    assert_eq!(
        (row.read_i8(0), row.read_i16(1), row.read_f32(2), row.is_null(3)),
        (Ok(-1), Ok(-2), Ok(1.5), true)
    );
}

#[test]
fn long_decimals_have_16_bytes_of_their_own() {
    let largest = 10i128.pow(38) - 1;
    let mut out = Vec::new();
    let mut row = BinaryRowWriter::new(&mut out, 3);
    row.write_decimal(0, -123, 18, 2).unwrap();
    row.write_decimal(1, -256, 19, 2).unwrap();
    row.write_decimal(2, largest, 38, 0).unwrap();
    let error = row.write_decimal(0, 1000, 3, 1).unwrap_err();
    assert_eq!(
        error.kind(),
        &EncodeErrorKind::Precision { precision: 3, scale: 1, found: "100.0".to_owned() }
    );
    assert_eq!(out.len(), 8 + 3 * 8 + 2 * 16);
    assert_eq!(out[16..24], [2, 0, 0, 0, 32, 0, 0, 0]);
    assert_eq!(out[32..48], [[0xff, 0, 0, 0, 0, 0, 0, 0], [0; 8]].concat());
    let row = BinaryRow::new(&out, 3).unwrap();
    assert_eq!(row.read_decimal(0, 18, 2), Ok(-123));
    assert_eq!(row.read_decimal(1, 19, 2), Ok(-256));
    assert_eq!(row.read_decimal(2, 38, 0), Ok(largest));
    let error = row.read_decimal(2, 37, 0).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Precision { precision: 37, .. }));
}

#[test]
fn long_timestamps_have_their_milliseconds_behind_the_slots() {
    let mut out = Vec::new();
    let mut row = BinaryRowWriter::new(&mut out, 2);
    row.write_timestamp(0, -1, 0, 3).unwrap();
    row.write_timestamp(1, -1, 999_999, 9).unwrap();
    assert!(row.write_timestamp(0, 0, 1, 3).is_err());
    assert!(row.write_timestamp(0, 0, 1_000_000, 9).is_err());
    assert_eq!(out[16..24], [0x3f, 0x42, 0x0f, 0, 24, 0, 0, 0]);
    let row = BinaryRow::new(&out, 2).unwrap();
    assert_eq!(row.read_timestamp(0, 3), Ok((-1, 0)));
    assert_eq!(row.read_timestamp(1, 9), Ok((-1, 999_999)));
    out[18] = 0xff;
    let error = BinaryRow::new(&out, 2).unwrap().read_timestamp(1, 9).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::OutOfRange { .. }));
}

#[test]
fn the_elements_of_an_array_end_at_a_multiple_of_eight_bytes() {
    let mut out = Vec::new();
    let mut array = BinaryArrayWriter::new(&mut out, 3, 2).unwrap();
    array.write_i16(0, 7);
    array.write_null(1);
    array.write_i16(2, -1);
    assert_eq!(out, [3, 0, 0, 0, 0b10, 0, 0, 0, 7, 0, 0, 0, 0xff, 0xff, 0, 0]);
    let array = BinaryArray::new(&out, 2).unwrap();
    assert_eq!((array.len(), array.first_null()), (3, Some(1)));
    assert_eq!(array.read_i16(2), Ok(-1));
    assert_eq!(array.read_i16(1).unwrap_err().kind(), &DecodeErrorKind::Null);

    let mut empty = Vec::new();
    BinaryArrayWriter::new(&mut empty, 0, 8).unwrap();
    assert_eq!(empty, [0; 8]);
    assert!(BinaryArray::new(&empty, 8).unwrap().is_empty());
}

#[test]
fn a_nan_in_an_array_is_the_one_of_java() {
    let mut out = Vec::new();
    let mut array = BinaryArrayWriter::new(&mut out, 1, 8).unwrap();
    array.write_f64(0, f64::from_bits(0xfff8_0000_0000_0001));
    assert_eq!(out[8..], 0x7ff8_0000_0000_0000u64.to_le_bytes());
}

#[test]
fn maps_and_nested_rows_come_back_from_a_row() {
    let mut out = Vec::new();
    let mut row = BinaryRowWriter::new(&mut out, 2);
    row.write_map(
        0,
        2,
        (8, 4),
        |keys| {
            keys.write_bytes(0, b"short")?;
            keys.write_bytes(1, b"a longer key")
        },
        |values| {
            values.write_i32(0, 1);
            values.write_null(1);
            Ok(())
        },
    )
    .unwrap();
    row.write_row(1, 1, |nested| {
        nested.set_kind(RowKind::Insert);
        nested.write_bytes(0, b"text in a nested row")
    })
    .unwrap();
    let row = BinaryRow::new(&out, 2).unwrap();
    let (map, _) = row.read_map(0, 8, 4).unwrap();
    assert_eq!(map.len(), 2);
    assert_eq!(map.keys().read_bytes(1).unwrap().0, b"a longer key");
    assert_eq!(map.values().read_i32(0), Ok(1));
    assert!(map.values().is_null(1));
    let (nested, _) = row.read_row(1, 1).unwrap();
    assert_eq!(nested.read_bytes(0).unwrap().0, b"text in a nested row");
}

#[test]
fn every_row_kind_is_read_where_all_are_expected() {
    let mut out = Vec::new();
    BinaryRowWriter::new(&mut out, 1).set_kind(RowKind::Delete);
    assert_eq!(BinaryRow::of_any_kind(&out, 1).unwrap().0, RowKind::Delete);
    assert_eq!(BinaryRow::new(&out, 1).unwrap_err().kind(), &DecodeErrorKind::RowKind { found: 3 });
    out[0] = 4;
    assert!(BinaryRow::of_any_kind(&out, 1).is_err());
}

#[test]
fn arrays_and_maps_of_more_elements_than_bytes_are_errors_before_any_memory_is_set_aside() {
    let huge = [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0];
    let error = BinaryArray::new(&huge, 8).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Truncated { available: 8, .. }));
    let negative = [0xff; 8];
    let error = BinaryArray::new(&negative, 8).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::InvalidLength { found: -1 });
    let error = BinaryMap::new(&huge, 8, 8).unwrap_err();
    assert_eq!(error.offset(), 4);

    let mut uneven = Vec::new();
    let write = |_: &mut BinaryArrayWriter<'_>| Ok(());
    write_map(&mut uneven, 1, (4, 4), write, write).unwrap();
    let values = uneven.len() - 16;
    uneven[values] = 2;
    assert!(BinaryMap::new(&uneven, 4, 4).is_err());
    for length in 0..uneven.len() {
        assert!(BinaryMap::new(&uneven[..length], 4, 4).is_err(), "{length} bytes");
    }
}
