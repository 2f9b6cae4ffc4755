//! Any tree of coders.

use brookite_core::coder::{FlinkTypeCoder, ValueCoder};
use brookite_core::proto::CoderSpec;
use brookite_core::proto::beam::field_type::TypeInfo;
use brookite_core::proto::beam::{
    ArrayType, AtomicType, AtomicTypeValue, Field, FieldType, FieldValue, LogicalType, MapType,
    RowType, Schema, atomic_type_value, field_value,
};
use prost::Message;

use crate::random::{Choices, data_type};

/// How deep coders, and a schema's types, are nested here.
const DEPTH: usize = 4;

/// Most fields of a row.
const FIELDS: usize = 10;

/// Any coder of Beam's or of Flink's types, over any components.
pub fn coder_spec(choices: &mut Choices<'_>) -> CoderSpec {
    coder(choices, DEPTH)
}

fn beam(name: &str, components: Vec<CoderSpec>) -> CoderSpec {
    CoderSpec { urn: format!("beam:coder:{name}:v1"), payload: Vec::new(), components }
}

fn coder(choices: &mut Choices<'_>, depth: usize) -> CoderSpec {
    const SCALARS: [&str; 5] = ["bytes", "string_utf8", "bool", "varint", "double"];
    const OF_ONE: [&str; 5] =
        ["iterable", "state_backed_iterable", "nullable", "length_prefix", "sharded_key"];
    const WINDOWED: [&str; 2] = ["timer", "windowed_value"];
    match (choices.below(8), depth) {
        (0 | 1, _) | (_, 0) => beam(choices.one::<&str>(&SCALARS), Vec::new()),
        (2, _) => {
            let payload = schema(choices, DEPTH).encode_to_vec();
            CoderSpec { payload, ..beam("row", Vec::new()) }
        }
        (3, _) => match FlinkTypeCoder::new(data_type(choices)) {
            Ok(coder) => coder.spec(),
            Err(_) => beam("bytes", Vec::new()),
        },
        (4, _) => window(choices),
        (5, _) => {
            let components = vec![coder(choices, depth - 1), coder(choices, depth - 1)];
            beam("kv", components)
        }
        (6, _) => {
            let name: &str = choices.one::<&str>(&WINDOWED);
            beam(name, vec![coder(choices, depth - 1), window(choices)])
        }
        _ => {
            let name: &str = choices.one::<&str>(&OF_ONE);
            beam(name, vec![coder(choices, depth - 1)])
        }
    }
}

fn window(choices: &mut Choices<'_>) -> CoderSpec {
    match choices.below(3) {
        0 => beam("global_window", Vec::new()),
        1 => beam("interval_window", Vec::new()),
        _ => beam("custom_window", vec![beam("interval_window", Vec::new())]),
    }
}

fn schema(choices: &mut Choices<'_>, depth: usize) -> Schema {
    let count = choices.below(FIELDS + 1) as i32;
    let turned = choices.once_in(4);
    let field = |index| Field {
        name: format!("f{index}"),
        r#type: Some(field_type(choices, depth)),
        encoding_position: if turned { count - 1 - index } else { 0 },
    };
    Schema { fields: (0..count).map(field).collect(), encoding_positions_set: turned }
}

fn field_type(choices: &mut Choices<'_>, depth: usize) -> FieldType {
    let element = |choices: &mut Choices<'_>| Some(Box::new(field_type(choices, depth - 1)));
    let type_info = match (choices.below(6), depth) {
        (3, 1..) => TypeInfo::ArrayType(Box::new(ArrayType { element_type: element(choices) })),
        (4, 1..) => {
            let (key_type, value_type) = (element(choices), element(choices));
            TypeInfo::MapType(Box::new(MapType { key_type, value_type }))
        }
        (5, 1..) => TypeInfo::RowType(RowType { schema: Some(schema(choices, depth - 1)) }),
        (2, _) => TypeInfo::LogicalType(Box::new(logical(choices))),
        _ => TypeInfo::AtomicType(1 + choices.below(9) as i32),
    };
    FieldType { nullable: choices.once_in(2), type_info: Some(type_info) }
}

fn atomic(atomic: AtomicType) -> FieldType {
    FieldType { nullable: false, type_info: Some(TypeInfo::AtomicType(atomic.into())) }
}

fn logical(choices: &mut Choices<'_>) -> LogicalType {
    let seconds = |fraction| {
        let field = |(index, of)| Field {
            name: format!("{index}"),
            r#type: Some(atomic(of)),
            encoding_position: 0,
        };
        let fields = [AtomicType::Int64, fraction].into_iter().enumerate().map(field).collect();
        let schema = Some(Schema { fields, encoding_positions_set: false });
        FieldType { nullable: false, type_info: Some(TypeInfo::RowType(RowType { schema })) }
    };
    let (name, representation, argument) = match choices.below(8) {
        0 => ("millis_instant", atomic(AtomicType::Int64), None),
        1 => ("micros_instant", seconds(AtomicType::Int64), None),
        2 => ("timestamp", seconds(AtomicType::Int16), Some(3)),
        3 => ("timestamp", seconds(AtomicType::Int32), Some(9)),
        4 => ("decimal", atomic(AtomicType::Bytes), None),
        5 => ("var_char", atomic(AtomicType::String), Some(i32::from(choices.byte()))),
        6 => ("fixed_bytes", atomic(AtomicType::Bytes), Some(i32::from(choices.byte()))),
        _ => ("acme", atomic(AtomicType::Int16), None),
    };
    let argument = argument.map(|argument| FieldValue {
        field_value: Some(field_value::FieldValue::AtomicValue(AtomicTypeValue {
            value: Some(atomic_type_value::Value::Int32(argument)),
        })),
    });
    let urn = format!("beam:logical_type:{name}:v1");
    LogicalType { urn, representation: Some(Box::new(representation)), argument }
}
