//! Values of types that are known at run time only: what is written, and what is turned down.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_core::coder::{DecodeErrorKind, EncodeErrorKind};
use brookite_core::dynamic::FlinkCoder;
use brookite_core::value::{RowKind, Value};

fn coder(data_type: &str) -> FlinkCoder {
    FlinkCoder::new(data_type.parse().unwrap()).unwrap()
}

fn encoded(data_type: &str, value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    coder(data_type).encode(value, &mut bytes).unwrap();
    assert_eq!(coder(data_type).decode(&bytes).as_ref(), Ok(value));
    bytes
}

fn decimal(unscaled: i64, scale: i32) -> Value {
    Value::Decimal { unscaled: unscaled.into(), scale }
}

fn order(price: Value) -> Value {
    let item = Value::Row(RowKind::Insert, vec![price]);
    Value::Row(RowKind::UpdateAfter, vec![Value::BigInt(1), Value::List(vec![Value::Null, item])])
}

const ORDER: &str = "ROW<id BIGINT NOT NULL, items ARRAY<ROW<price DECIMAL(4, 2)>>> NOT NULL";

#[test]
fn rows_are_written_in_the_layout_of_flink() {
    let bytes = encoded(ORDER, &order(decimal(1_250, 2)));
    let row = &bytes[4..];
    assert_eq!(&bytes[..4], (row.len() as u32).to_be_bytes());
    assert_eq!(&row[..8], [2, 0, 0, 0, 0, 0, 0, 0], "kind and null bits");
    assert_eq!(&row[8..16], 1i64.to_le_bytes());
    assert_eq!(&row[16..24], [40, 0, 0, 0, 24, 0, 0, 0], "length and offset of the array");
    assert_eq!(&row[24..32], [2, 0, 0, 0, 1, 0, 0, 0], "two elements, the first is null");
    assert_eq!(&row[40..48], [16, 0, 0, 0, 24, 0, 0, 0], "length and offset of the second");
    assert_eq!(&row[56..64], 1_250i64.to_le_bytes());
    assert_eq!(row.len(), 64);
}

#[test]
fn wide_decimals_and_fine_timestamps_have_bytes_set_aside() {
    let bytes = encoded("ROW<d DECIMAL(38, 0), t TIMESTAMP(6)> NOT NULL", &{
        let time = Value::Timestamp { seconds: -1, nanos: 999_999_000 };
        Value::Row(RowKind::Insert, vec![decimal(-2, 0), time])
    });
    let row = &bytes[4..];
    assert_eq!(&row[8..16], [1, 0, 0, 0, 24, 0, 0, 0]);
    assert_eq!(&row[24..40], [0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(&row[16..20], 999_000u32.to_le_bytes());
    assert_eq!(&row[20..24], 40u32.to_le_bytes());
    assert_eq!(&row[40..48], (-1i64).to_le_bytes());
}

#[test]
fn errors_name_the_path() {
    let encode = |data_type: &str, value: &Value| {
        coder(data_type).encode(value, &mut Vec::new()).unwrap_err()
    };
    let error = encode(ORDER, &order(decimal(12_345, 3)));
    assert_eq!(
        error.to_string(),
        "field 'items[].price': expected at most 4 digits, 2 of them after the point, found \
         12345E-3"
    );
    let error = encode(ORDER, &order(Value::Int(1)));
    assert_eq!(error.to_string(), "field 'items[].price': expected DECIMAL(4, 2), found Int(1)");
    let map = |key, value| Value::Map(vec![(key, value)]);
    let text = || Value::String("long ".repeat(100));
    let error = encode("Map<Long, Long>", &map(text(), Value::Null));
    assert_eq!(error.path(), "{key}");
    assert!(error.to_string().len() < 150, "{error}");
    assert_eq!(encode("MAP<BIGINT, INT>", &map(Value::BigInt(1), text())).path(), "{value}");
    assert_eq!(
        encode("List<Either<Long, Long>>", &Value::List(vec![Value::Left(Value::Null.into())]))
            .path(),
        "[]{left}"
    );
    let short = Value::Row(RowKind::Insert, vec![]);
    assert_eq!(
        encode(ORDER, &short).kind(),
        &EncodeErrorKind::WrongArity { expected: 2, found: 0 }
    );
}

#[test]
fn nothing_is_rounded() {
    let fails = |data_type: &str, value: Value| {
        coder(data_type).encode(&value, &mut Vec::new()).unwrap_err();
    };
    let time = |nanos| Value::Timestamp { seconds: 0, nanos };
    fails("TIMESTAMP(3)", time(1_000));
    fails("UtilDate", time(1));
    fails("TIMESTAMP(9)", Value::Timestamp { seconds: i64::MAX, nanos: 0 });
    fails("TIME(3)", Value::Time(1));
    fails("TIME(3)", Value::Time(86_400_000_000_000));
    fails("DATE", Value::Date(1 << 40));
    fails("DECIMAL(38, 0)", decimal(1, 1));
    fails("DECIMAL(38, 0)", decimal(1, i32::MIN));
    fails("DECIMAL(38, 38)", decimal(1, 0));
    fails("Enum<'Color', RED>", Value::String("BLUE".into()));
    let mut bytes = Vec::new();
    coder("DECIMAL(10, 2) NOT NULL").encode(&decimal(15_000, 4), &mut bytes).unwrap();
    assert_eq!(bytes, 150i64.to_be_bytes(), "1.5000 is 1.50");
    bytes.clear();
    coder("DECIMAL(10, 2) NOT NULL").encode(&decimal(0, i32::MIN), &mut bytes).unwrap();
    assert_eq!(bytes, [0; 8]);
}

#[test]
fn null_stands_where_flink_has_a_place_for_it() {
    assert_eq!(encoded("BIGINT", &Value::Null), [1]);
    assert_eq!(encoded("STRING", &Value::Null), [0]);
    assert_eq!(encoded("Nullable<String>", &Value::Null), [1]);
    assert_eq!(encoded("Set<Long>", &Value::List(vec![Value::Null])), [0, 0, 0, 1, 1]);
    assert_eq!(encoded("Long[]", &Value::List(vec![Value::Null])), [0, 0, 0, 1, 0]);
    assert_eq!(encoded("Pojo<'A', a Long>", &Value::Null), [1]);
    let row = Value::Row(RowKind::Delete, vec![Value::Null]);
    assert_eq!(
        encoded("Pojo<'A', a Long>", &Value::Row(RowKind::Insert, vec![Value::Null])),
        [2, 1]
    );
    assert_eq!(encoded("Row<a Long>", &row), [0b1110_0000]);
    let decode = |data_type: &str, bytes: &[u8]| coder(data_type).decode(bytes).unwrap_err();
    assert_eq!(decode("Row<a STRING NOT NULL>", &[0x20]).path(), "a");
    let unmarked = Value::Row(RowKind::Insert, vec![Value::Null]);
    let encoded = coder("Row<a STRING NOT NULL>").encode(&unmarked, &mut Vec::new());
    assert_eq!(encoded.unwrap_err().to_string(), "field 'a': expected a value, found null");
    assert_eq!(decode("Tuple1<STRING NOT NULL>", &[0]).path(), "f0");
    let column = [&[0, 0, 0, 16, 0, 1][..], &[0; 14]].concat();
    assert_eq!(decode("ROW<a INT NOT NULL> NOT NULL", &column).path(), "a");
    assert_eq!(decode("Row<a String>", &[0, 0]).kind(), &DecodeErrorKind::Null);
}

#[test]
fn values_that_share_bytes_are_turned_down() {
    // Two texts of 24 bytes that are the same bytes: so a small record could fill the memory.
    let data_type = "ARRAY<STRING> NOT NULL";
    let text = Value::String("x".repeat(24));
    let mut bytes = encoded(data_type, &Value::List(vec![text.clone(), text]));
    let first: [u8; 8] = bytes[12..20].try_into().unwrap();
    bytes[20..28].copy_from_slice(&first);
    bytes.truncate(bytes.len() - 24);
    bytes[..4].copy_from_slice(&48u32.to_be_bytes());
    let error = coder(data_type).decode(&bytes).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::NotCanonical { .. }), "{error}");
    assert_eq!((error.offset(), error.path()), (20, "[]"));
}

#[test]
fn counts_that_no_record_holds_are_turned_down_before_memory_is_set_aside() {
    for data_type in
        ["List<Void>", "Map<Void, Void>", "long[]", "String[]", "Set<Row<>>", "BYTES NOT NULL"]
    {
        let error = coder(data_type).decode(&[0x7f, 0xff, 0xff, 0xff]).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }), "{data_type}: {error}");
    }
    let error = coder("ARRAY<INT> NOT NULL").decode(&[0, 0, 0, 4, 0xff, 0xff, 0xff, 0x7f]);
    assert!(matches!(error.unwrap_err().kind(), DecodeErrorKind::Truncated { .. }));
}
