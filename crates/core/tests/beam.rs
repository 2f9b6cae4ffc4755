//! Beam's coders: any value of any tree of coders comes back, and bytes that are no value are errors.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod coder_trees;

use std::sync::Arc;

use brookite_core::Value;
use brookite_core::beam::{
    BeamValue, BytesCoder, IterableCoder, KvCoder, Pane, RowCoder, StateBackedIterableCoder,
    StringUtf8Coder, Timing, VarIntCoder, WindowedValue,
};
use brookite_core::coder::{
    Arena, CoderRegistry, Context, DecodeError, DecodeErrorKind, Input, ValueCoder,
};
use brookite_core::proto::beam;
use brookite_core::value::RowKind;
use coder_trees::{tree, tree_and_value};
use proptest::prelude::*;
use prost::Message;

fn decode(
    coder: &dyn ValueCoder,
    bytes: &[u8],
    context: Context,
) -> Result<(Value, usize), DecodeError> {
    let arena = Arena::default();
    let mut input = Input::new(bytes, &arena);
    let value = coder.decode(&mut input, context)?;
    Ok((value, input.offset()))
}

proptest! {
    #[test]
    fn any_value_of_any_tree_of_coders_comes_back((spec, value) in tree_and_value()) {
        let coder = CoderRegistry::default().build(&spec).unwrap();
        prop_assert_eq!(coder.spec(), spec);
        prop_assert_eq!(&coder.from_bytes(&coder.to_bytes(&value).unwrap()).unwrap(), &value);

        let mut nested = Vec::new();
        coder.encode(&value, Context::Nested, &mut nested).unwrap();
        let length = nested.len();
        nested.extend([0x5a; 9]);
        prop_assert_eq!(decode(&*coder, &nested, Context::Nested).unwrap(), (value, length));
        for cut in 0..length {
            prop_assert!(decode(&*coder, &nested[..cut], Context::Nested).is_err(), "{} bytes", cut);
        }
    }

    #[test]
    fn arbitrary_bytes_are_an_error_or_a_value_that_comes_back(
        spec in tree(),
        bytes in prop::collection::vec(prop_oneof![3 => 0_u8..4, 1 => any::<u8>()], 0..64),
    ) {
        let coder = CoderRegistry::default().build(&spec).unwrap();
        for context in [Context::Outer, Context::Nested] {
            if let Ok((value, _)) = decode(&*coder, &bytes, context) {
                let mut out = Vec::new();
                coder.encode(&value, context, &mut out).unwrap();
                prop_assert_eq!(decode(&*coder, &out, context).unwrap().0, value);
            }
        }
    }

    #[test]
    fn an_arbitrary_payload_never_panics(payload: Vec<u8>) {
        let _ = RowCoder::new(&payload);
    }
}

fn varints() -> Arc<dyn ValueCoder> {
    Arc::new(IterableCoder::new(Arc::new(VarIntCoder::new())))
}

#[test]
fn an_error_names_offset_and_path() {
    let key = Arc::new(StringUtf8Coder::new());
    let coder: Arc<dyn ValueCoder> = Arc::new(KvCoder::new(key, varints()));
    let error = coder.from_bytes(b"\x02ab\0\0\0\x02\x07\x80").unwrap_err();
    assert_eq!(
        error.to_string(),
        "field 'value[]': truncated: expected 1 more bytes, found 0 (at byte 9)"
    );
    let error = coder.from_bytes(b"\x02a\xff\0\0\0\0").unwrap_err();
    assert_eq!(
        error.to_string(),
        "field 'key': expected UTF-8 text, found an invalid sequence (at byte 2)"
    );
    let wrong = Value::List(vec![Value::String("a".into()), Value::BigInt(1)]);
    assert_eq!(
        coder.to_bytes(&wrong).unwrap_err().to_string(),
        "field 'value': expected an iterable, found BigInt"
    );
}

#[test]
fn a_count_claims_no_memory() {
    let error = varints().from_bytes(&[0x7f, 0xff, 0xff, 0xff]).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::Truncated { .. }), "{error}");
    let mut registry = CoderRegistry::default().build(&coder_trees::spec(
        "beam:coder:iterable:v1",
        vec![coder_trees::spec("beam:coder:global_window:v1", vec![])],
    ));
    let windows = registry.as_mut().unwrap();
    let error = windows.from_bytes(&[0x7f, 0xff, 0xff, 0xff]).unwrap_err();
    assert!(error.to_string().starts_with("expected at most 16 elements without bytes"), "{error}");
    let many = Value::List(vec![Value::Beam(Box::new(BeamValue::GlobalWindow)); 17]);
    assert!(windows.to_bytes(&many).is_err());
}

#[test]
fn a_number_of_more_than_64_bits_is_an_error() {
    let coder: Arc<dyn ValueCoder> = Arc::new(VarIntCoder::new());
    let mut longest = [0xff; 10];
    longest[9] = 1;
    assert_eq!(coder.from_bytes(&longest), Ok(Value::BigInt(-1)));
    longest[9] = 2;
    assert!(coder.from_bytes(&longest).is_err());
    assert!(coder.from_bytes(&[0x80; 11]).is_err());
}

#[test]
fn an_iterable_that_goes_on_in_the_state_keeps_its_token() {
    let coder = StateBackedIterableCoder::new(Arc::new(VarIntCoder::new()));
    let bytes = b"\xff\xff\xff\xff\x01\x07\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x03abc";
    let (value, length) = decode(&coder, bytes, Context::Nested).unwrap();
    assert_eq!(length, bytes.len());
    let continued =
        BeamValue::Continued { elements: vec![Value::BigInt(7)], token: b"abc".to_vec() };
    assert_eq!(value, Value::Beam(Box::new(continued)));
    let mut out = Vec::new();
    coder.encode(&value, Context::Nested, &mut out).unwrap();
    assert_eq!(out, bytes);
    assert_eq!(coder.read_rest(&[1, 10]), Ok(vec![Value::BigInt(1), Value::BigInt(10)]));
    assert!(coder.read_rest(&[1, 0x80]).is_err());
}

fn field(name: &str, nullable: bool, atomic: beam::AtomicType) -> beam::Field {
    let type_info = Some(beam::field_type::TypeInfo::AtomicType(atomic.into()));
    let field_type = beam::FieldType { nullable, type_info };
    beam::Field { name: name.into(), r#type: Some(field_type), encoding_position: 0 }
}

fn row(fields: Vec<beam::Field>) -> Arc<dyn ValueCoder> {
    let schema = beam::Schema { fields, encoding_positions_set: false };
    Arc::new(RowCoder::new(&schema.encode_to_vec()).unwrap())
}

#[test]
fn a_row_of_an_older_schema_has_null_in_new_fields() {
    use beam::AtomicType::{Int32, String};
    let old = row(vec![field("id", false, Int32)]);
    let new = row(vec![field("id", false, Int32), field("name", true, String)]);
    let strict = row(vec![field("id", false, Int32), field("name", false, String)]);
    let bytes = old.to_bytes(&Value::Row(RowKind::Insert, vec![Value::Int(7)])).unwrap();
    assert_eq!(
        new.from_bytes(&bytes),
        Ok(Value::Row(RowKind::Insert, vec![Value::Int(7), Value::Null]))
    );
    assert_eq!(
        strict.from_bytes(&bytes).unwrap_err().to_string(),
        "expected a row with the field 'name', which has no null, found 1 fields (at byte 0)"
    );
    let bytes = new.to_bytes(&new.from_bytes(&bytes).unwrap()).unwrap();
    assert_eq!(
        old.from_bytes(&bytes).unwrap_err().to_string(),
        "expected at most 1 fields, found 2 fields (at byte 0)"
    );
}

#[test]
fn negative_numbers_of_32_bits_are_read_as_any_sdk_writes_them() {
    let coder = row(vec![field("id", false, beam::AtomicType::Int32)]);
    let minus_one = Value::Row(RowKind::Insert, vec![Value::Int(-1)]);
    let java = b"\x01\0\xff\xff\xff\xff\x0f";
    assert_eq!(coder.to_bytes(&minus_one).unwrap(), java);
    assert_eq!(coder.from_bytes(java).as_ref(), Ok(&minus_one));
    let long = b"\x01\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01";
    assert_eq!(coder.from_bytes(long), Ok(minus_one));
    let too_large = coder.from_bytes(b"\x01\0\xff\xff\xff\xff\x1f").unwrap_err();
    assert_eq!(
        too_large.to_string(),
        "field 'id': expected a number of 32 bits, found 8589934591 (at byte 2)"
    );
}

#[test]
fn the_first_and_the_last_millisecond_come_back() {
    let representation = beam::FieldType {
        nullable: false,
        type_info: Some(beam::field_type::TypeInfo::AtomicType(beam::AtomicType::Int64.into())),
    };
    let instant = beam::LogicalType {
        urn: "beam:logical_type:millis_instant:v1".into(),
        representation: Some(Box::new(representation)),
        argument: None,
    };
    let type_info = Some(beam::field_type::TypeInfo::LogicalType(Box::new(instant)));
    let field_type = Some(beam::FieldType { nullable: false, type_info });
    let coder =
        row(vec![beam::Field { name: "at".into(), r#type: field_type, encoding_position: 0 }]);
    for millis in [[0; 8], [0xff; 8]] {
        let bytes = [&[1, 0], millis.as_slice()].concat();
        let value = coder.from_bytes(&bytes).unwrap();
        assert_eq!(coder.to_bytes(&value), Ok(bytes));
    }
    let at = |nanos| Value::Row(RowKind::Insert, vec![Value::Timestamp { seconds: 0, nanos }]);
    let error = coder.to_bytes(&at(1)).unwrap_err().to_string();
    assert_eq!(error, "field 'at': expected whole milliseconds in 64 bits, found 0 s and 1 ns");
}

#[test]
fn a_windowed_value_other_than_the_payload_is_turned_down() {
    let windowed = |timestamp| {
        let windows = vec![Value::Beam(Box::new(BeamValue::GlobalWindow))];
        let value = WindowedValue {
            value: Value::Bytes(vec![]),
            timestamp,
            windows,
            pane: Pane { timing: Timing::OnTime, ..Pane::NO_FIRING },
        };
        Value::Beam(Box::new(BeamValue::Windowed(value)))
    };
    let components = || {
        vec![
            coder_trees::spec("beam:coder:bytes:v1", vec![]),
            coder_trees::spec("beam:coder:global_window:v1", vec![]),
        ]
    };
    let registry = CoderRegistry::default();
    let full =
        registry.build(&coder_trees::spec("beam:coder:windowed_value:v1", components())).unwrap();
    let mut spec = coder_trees::spec("beam:coder:param_windowed_value:v1", components());
    spec.payload = full.to_bytes(&windowed(5)).unwrap();
    let coder = registry.build(&spec).unwrap();
    assert_eq!(coder.to_bytes(&windowed(5)), Ok(vec![]));
    let error = coder.to_bytes(&windowed(6)).unwrap_err().to_string();
    assert!(error.contains("of the coder's payload, found timestamp 6"), "{error}");
    assert_eq!(BytesCoder::new().spec().urn, BytesCoder::URN);
}
