//! Coders from specs, and what specs describe none.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::Arc;

use brookite_core::Value;
use brookite_core::beam::{BoolCoder, RowCoder};
use brookite_core::coder::{CoderRegistry, CoderSpecErrorKind, FlinkTypeCoder, ValueCoder};
use brookite_core::proto::{CoderSpec, beam};
use brookite_core::value::RowKind;
use prost::Message;

fn spec(name: &str, components: Vec<CoderSpec>) -> CoderSpec {
    CoderSpec { urn: format!("beam:coder:{name}:v1"), payload: vec![], components }
}

fn error_of(spec: &CoderSpec) -> String {
    CoderRegistry::default().build(spec).unwrap_err().to_string()
}

#[test]
fn an_unknown_urn_is_an_error_that_lists_the_known_ones() {
    let unknown =
        spec("kv", vec![spec("bytes", vec![]), spec("iterable", vec![spec("x", vec![])])]);
    let error = CoderRegistry::default().build(&unknown).unwrap_err();
    assert_eq!(error.urn(), "beam:coder:x:v1");
    assert_eq!(error.path(), "components[1].components[0]");
    let CoderSpecErrorKind::UnknownUrn { known } = error.kind() else { panic!("{error}") };
    assert!(known.iter().any(|urn| urn == "beam:coder:windowed_value:v1"));
    let start = "coder 'beam:coder:x:v1' at components[1].components[0]: unknown coder; known are ";
    assert!(error.to_string().starts_with(start), "{error}");
    assert_eq!(CoderRegistry::default().urns().filter(|urn| urn.starts_with("beam:")).count(), 18);
}

#[test]
fn wrong_components_and_payloads_name_their_place() {
    assert_eq!(
        error_of(&spec("kv", vec![spec("bool", vec![])])),
        "coder 'beam:coder:kv:v1': expected 2 components, found 1"
    );
    let payload = CoderSpec { payload: vec![1, 2], ..spec("bool", vec![]) };
    assert_eq!(
        error_of(&spec("nullable", vec![payload])),
        "coder 'beam:coder:bool:v1' at components[0]: malformed payload: expected none, found 2 \
         bytes"
    );
    let windows = spec("global_window", vec![]);
    let short = CoderSpec {
        payload: vec![0; 9],
        ..spec("param_windowed_value", vec![spec("bool", vec![]), windows])
    };
    assert_eq!(
        error_of(&short),
        "coder 'beam:coder:param_windowed_value:v1': malformed payload: field 'windows': truncated: \
         expected 4 more bytes, found 1 (at byte 8)"
    );
}

#[test]
fn a_schema_that_no_row_can_have_names_the_field() {
    let broken = |change: fn(&mut beam::Schema)| {
        let type_info = Some(beam::field_type::TypeInfo::AtomicType(3));
        let field = |name: &str| beam::Field {
            name: name.into(),
            r#type: Some(beam::FieldType { nullable: false, type_info: type_info.clone() }),
            encoding_position: 0,
        };
        let fields = vec![field("a"), field("b")];
        let mut schema = beam::Schema { fields, encoding_positions_set: false };
        change(&mut schema);
        RowCoder::new(&schema.encode_to_vec()).unwrap_err().to_string()
    };
    let atomic = broken(|schema| {
        let type_info = Some(beam::field_type::TypeInfo::AtomicType(77));
        schema.fields[1].r#type = Some(beam::FieldType { nullable: false, type_info });
    });
    assert_eq!(atomic, "malformed payload: malformed type at 'b': unknown atomic type 77");
    assert!(broken(|schema| schema.fields[0].r#type = None).contains("at 'a': no type"));
    assert!(broken(|schema| schema.fields[0].name = "b".into()).contains("called 'b'"));
    assert!(broken(|schema| schema.encoding_positions_set = true).contains("encoding positions"));
}

#[test]
fn coders_are_nested_to_a_limit() {
    let nested = |depth| (0..depth).fold(spec("bool", vec![]), |of, _| spec("nullable", vec![of]));
    assert!(CoderRegistry::default().build(&nested(64)).is_ok());
    assert!(error_of(&nested(65)).ends_with("coders are nested more than 64 deep"));
}

#[test]
fn both_families_live_in_one_registry() {
    let data_type = "ROW<id BIGINT NOT NULL, prices ARRAY<DECIMAL(10, 2)>> NOT NULL";
    let flink = FlinkTypeCoder::new(data_type.parse().unwrap()).unwrap();
    assert!(flink.is_deterministic());
    let pair = spec("kv", vec![flink.spec(), spec("iterable", vec![flink.spec()])]);
    let coder = CoderRegistry::default().build(&pair).unwrap();
    assert_eq!(coder.spec(), pair);
    let row = Value::Row(RowKind::Delete, vec![Value::BigInt(7), Value::Null]);
    let value = Value::List(vec![row.clone(), Value::List(vec![row.clone(), row])]);
    let bytes = coder.to_bytes(&value).unwrap();
    assert_eq!(coder.from_bytes(&bytes), Ok(value));
    let error = coder.from_bytes(&bytes[..bytes.len() - 1]).unwrap_err();
    assert!(error.to_string().starts_with("field 'value[]"), "{error}");

    let no_type = CoderSpec { payload: vec![], ..flink.spec() };
    assert_eq!(
        error_of(&no_type),
        "coder 'brookite:coder:flink:v1': malformed payload: malformed type: no kind of this \
         version; it may be of a newer one"
    );
    let double = FlinkTypeCoder::new("Tuple1<Double>".parse().unwrap()).unwrap();
    assert!(!double.is_deterministic());
}

#[test]
fn a_urn_has_one_meaning() {
    let mut registry = CoderRegistry::default();
    let taken = registry.register(BoolCoder::URN, |_| Ok(Arc::new(BoolCoder::new())));
    assert_eq!(taken.unwrap_err().to_string(), "coder 'beam:coder:bool:v1' is registered already");
}

#[test]
fn a_coder_that_loses_its_spec_is_an_error() {
    let mut registry = CoderRegistry::empty();
    registry.register("acme:flag", |_| Ok(Arc::new(BoolCoder::new()))).unwrap();
    let spec = CoderSpec { urn: "acme:flag".into(), ..CoderSpec::default() };
    let error = registry.build(&spec).unwrap_err();
    assert_eq!(error.kind(), &CoderSpecErrorKind::SpecNotKept);
    assert_ne!(BoolCoder::new().spec(), spec);
}
