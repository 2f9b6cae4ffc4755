//! Arbitrary trees of Beam's coders, with values that they write.

use brookite_core::Value;
use brookite_core::beam::{BeamValue, Firing, Pane, Timer, Timing, WindowedValue};
use brookite_core::proto::CoderSpec;
use brookite_core::proto::beam::field_type::TypeInfo;
use brookite_core::proto::beam::{
    ArrayType, AtomicType, AtomicTypeValue, Field, FieldType, FieldValue, IterableType,
    LogicalType, MapType, RowType, Schema, atomic_type_value, field_value,
};
use brookite_core::value::RowKind;
use proptest::prelude::*;
use prost::Message;

/// The spec of a coder of Beam's without payload.
pub(crate) fn spec(urn: &str, components: Vec<CoderSpec>) -> CoderSpec {
    CoderSpec { urn: urn.to_owned(), payload: vec![], components }
}

fn beam(name: &str, components: Vec<CoderSpec>) -> CoderSpec {
    spec(&format!("beam:coder:{name}:v1"), components)
}

/// A tree of coders.
pub(crate) fn tree() -> BoxedStrategy<CoderSpec> {
    let scalar = prop::sample::select(vec!["bytes", "string_utf8", "bool", "varint", "double"]);
    let leaf = prop_oneof![
        3 => scalar.prop_map(|name| beam(name, vec![])),
        1 => window(),
        2 => schema().prop_map(|schema| {
            CoderSpec { payload: schema.encode_to_vec(), ..beam("row", vec![]) }
        }),
    ];
    leaf.prop_recursive(4, 16, 2, |inner| {
        let one = prop::sample::select(vec![
            "iterable",
            "state_backed_iterable",
            "nullable",
            "length_prefix",
            "sharded_key",
        ]);
        let two = prop::sample::select(vec!["timer", "windowed_value", "param_windowed_value"]);
        prop_oneof![
            (one, inner.clone()).prop_map(|(name, of)| beam(name, vec![of])),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| beam("kv", vec![key, value])),
            (two, inner, window()).prop_map(|(name, of, window)| match name {
                "param_windowed_value" => CoderSpec {
                    // 1970-01-01, no windows, no firing, no bytes.
                    payload: b"\x80\0\0\0\0\0\0\0\0\0\0\0\x0f\0".to_vec(),
                    ..beam(name, vec![of, window])
                },
                _ => beam(name, vec![of, window]),
            }),
        ]
    })
    .boxed()
}

fn window() -> BoxedStrategy<CoderSpec> {
    prop_oneof![
        Just(beam("global_window", vec![])),
        Just(beam("interval_window", vec![])),
        Just(beam("custom_window", vec![beam("interval_window", vec![])])),
    ]
    .boxed()
}

/// A tree of coders and a value of it.
pub(crate) fn tree_and_value() -> BoxedStrategy<(CoderSpec, Value)> {
    tree().prop_flat_map(|spec| (Just(spec.clone()), value(&spec))).boxed()
}

fn list(spec: &CoderSpec) -> BoxedStrategy<Vec<Value>> {
    prop::collection::vec(value(spec), 0..4).boxed()
}

fn value(spec: &CoderSpec) -> BoxedStrategy<Value> {
    let boxed = |value: BeamValue| Value::Beam(Box::new(value));
    let component = |index: usize| value(&spec.components[index]);
    let bytes = || prop::collection::vec(any::<u8>(), 0..20);
    match spec.urn.split(':').nth(2).unwrap() {
        "bytes" => bytes().prop_map(Value::Bytes).boxed(),
        "string_utf8" => ".{0,20}".prop_map(Value::String).boxed(),
        "bool" => any::<bool>().prop_map(Value::Boolean).boxed(),
        "varint" => any::<i64>().prop_map(Value::BigInt).boxed(),
        "double" => any::<f64>().prop_map(Value::Double).boxed(),
        "kv" => (component(0), component(1)).prop_map(|(k, v)| Value::List(vec![k, v])).boxed(),
        "iterable" => list(&spec.components[0]).prop_map(Value::List).boxed(),
        "state_backed_iterable" => (list(&spec.components[0]), prop::option::of(bytes()))
            .prop_map(move |(elements, token)| match token {
                Some(token) => boxed(BeamValue::Continued { elements, token }),
                None => Value::List(elements),
            })
            .boxed(),
        "nullable" => prop_oneof![1 => Just(Value::Null), 3 => component(0)].boxed(),
        "length_prefix" => component(0),
        "sharded_key" => (bytes(), component(0))
            .prop_map(move |(shard, key)| boxed(BeamValue::ShardedKey { shard, key }))
            .boxed(),
        "global_window" => Just(boxed(BeamValue::GlobalWindow)).boxed(),
        "interval_window" => (any::<i64>(), 0..1_i64 << 40)
            .prop_map(move |(end, span)| {
                let start = end.saturating_sub(span);
                boxed(BeamValue::IntervalWindow { start, end })
            })
            .boxed(),
        "custom_window" => (any::<i64>(), component(0))
            .prop_map(move |(max_timestamp, window)| {
                boxed(BeamValue::CustomWindow { max_timestamp, window })
            })
            .boxed(),
        "windowed_value" => (component(0), any::<i64>(), list(&spec.components[1]), pane())
            .prop_map(move |(value, timestamp, windows, pane)| {
                boxed(BeamValue::Windowed(WindowedValue { value, timestamp, windows, pane }))
            })
            .boxed(),
        "param_windowed_value" => component(0)
            .prop_map(move |value| {
                let (windows, pane) = (vec![], Pane::NO_FIRING);
                boxed(BeamValue::Windowed(WindowedValue { value, timestamp: 0, windows, pane }))
            })
            .boxed(),
        "timer" => {
            let firing = prop::option::of((any::<i64>(), any::<i64>(), pane()));
            (component(0), ".{0,9}", list(&spec.components[1]), firing)
                .prop_map(move |(key, tag, windows, firing)| {
                    let firing = firing.map(|(fire_timestamp, hold_timestamp, pane)| Firing {
                        fire_timestamp,
                        hold_timestamp,
                        pane,
                    });
                    boxed(BeamValue::Timer(Timer { key, tag, windows, firing }))
                })
                .boxed()
        }
        "row" => row(&Schema::decode(spec.payload.as_slice()).unwrap()),
        other => unreachable!("{other}"),
    }
}

fn pane() -> impl Strategy<Value = Pane> {
    let timings = vec![Timing::Early, Timing::OnTime, Timing::Late, Timing::Unknown];
    let index = || prop_oneof![Just(0), Just(-1), 0..300_i64];
    (any::<bool>(), any::<bool>(), prop::sample::select(timings), index(), index()).prop_map(
        |(is_first, is_last, timing, index, on_time_index)| Pane {
            is_first,
            is_last,
            timing,
            index,
            on_time_index,
        },
    )
}

fn schema() -> BoxedStrategy<Schema> {
    schema_of(field_type())
}

fn schema_of(types: impl Strategy<Value = FieldType> + 'static) -> BoxedStrategy<Schema> {
    (prop::collection::vec(types, 0..11), any::<bool>())
        .prop_map(|(types, turned)| {
            let last = types.len() as i32 - 1;
            let field = |(index, field_type)| Field {
                name: format!("f{index}"),
                r#type: Some(field_type),
                encoding_position: if turned { last - index } else { 0 },
            };
            let fields = (0..).zip(types).map(field).collect();
            Schema { fields, encoding_positions_set: turned }
        })
        .boxed()
}

fn of(type_info: TypeInfo) -> FieldType {
    FieldType { nullable: false, type_info: Some(type_info) }
}

fn atomic(atomic: AtomicType) -> FieldType {
    of(TypeInfo::AtomicType(atomic.into()))
}

fn logical(name: &str, representation: FieldType, argument: Option<i32>) -> FieldType {
    let argument = argument.map(|argument| FieldValue {
        field_value: Some(field_value::FieldValue::AtomicValue(AtomicTypeValue {
            value: Some(atomic_type_value::Value::Int32(argument)),
        })),
    });
    of(TypeInfo::LogicalType(Box::new(LogicalType {
        urn: format!("beam:logical_type:{name}:v1"),
        representation: Some(Box::new(representation)),
        argument,
    })))
}

fn seconds(fraction: AtomicType) -> FieldType {
    let field = |name: &str, of| Field {
        name: name.into(),
        r#type: Some(atomic(of)),
        encoding_position: 0,
    };
    let fields = vec![field("seconds", AtomicType::Int64), field("fraction", fraction)];
    of(TypeInfo::RowType(RowType {
        schema: Some(Schema { fields, encoding_positions_set: false }),
    }))
}

fn field_type() -> BoxedStrategy<FieldType> {
    let leaf = prop_oneof![
        3 => (1..=9_i32).prop_map(|code| atomic(AtomicType::try_from(code).unwrap())),
        1 => prop::sample::select(vec![
            logical("millis_instant", atomic(AtomicType::Int64), None),
            logical("micros_instant", seconds(AtomicType::Int64), None),
            logical("timestamp", seconds(AtomicType::Int16), Some(3)),
            logical("timestamp", seconds(AtomicType::Int32), Some(9)),
            logical("decimal", atomic(AtomicType::Bytes), None),
            logical("var_char", atomic(AtomicType::String), Some(5)),
            logical("fixed_bytes", atomic(AtomicType::Bytes), Some(5)),
            logical("acme", atomic(AtomicType::Int16), None),
        ]),
    ];
    let nullable = |field_type: BoxedStrategy<FieldType>| {
        (field_type, any::<bool>())
            .prop_map(|(field_type, nullable)| FieldType { nullable, ..field_type })
            .boxed()
    };
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let boxed = || nullable(inner.clone().boxed()).prop_map(Box::new).prop_map(Some);
        prop_oneof![
            boxed().prop_map(|element_type| {
                of(TypeInfo::ArrayType(Box::new(ArrayType { element_type })))
            }),
            boxed().prop_map(|element_type| {
                of(TypeInfo::IterableType(Box::new(IterableType { element_type })))
            }),
            (boxed(), boxed()).prop_map(|(key_type, value_type)| {
                of(TypeInfo::MapType(Box::new(MapType { key_type, value_type })))
            }),
            schema_of(nullable(inner.clone().boxed()))
                .prop_map(|schema| of(TypeInfo::RowType(RowType { schema: Some(schema) }))),
        ]
    })
    .prop_flat_map(|field_type| {
        any::<bool>().prop_map(move |nullable| FieldType { nullable, ..field_type.clone() })
    })
    .boxed()
}

fn row(schema: &Schema) -> BoxedStrategy<Value> {
    let fields: Vec<_> =
        schema.fields.iter().map(|field| field_value(field.r#type.as_ref().unwrap())).collect();
    fields.prop_map(|values| Value::Row(RowKind::Insert, values)).boxed()
}

fn field_value(field_type: &FieldType) -> BoxedStrategy<Value> {
    let value = present(field_type);
    match field_type.nullable {
        true => prop_oneof![1 => Just(Value::Null), 3 => value].boxed(),
        false => value,
    }
}

fn present(field_type: &FieldType) -> BoxedStrategy<Value> {
    match field_type.type_info.as_ref().unwrap() {
        TypeInfo::AtomicType(code) => match AtomicType::try_from(*code).unwrap() {
            AtomicType::Byte => any::<i8>().prop_map(Value::TinyInt).boxed(),
            AtomicType::Int16 => any::<i16>().prop_map(Value::SmallInt).boxed(),
            AtomicType::Int32 => any::<i32>().prop_map(Value::Int).boxed(),
            AtomicType::Int64 => any::<i64>().prop_map(Value::BigInt).boxed(),
            AtomicType::Float => any::<f32>().prop_map(Value::Float).boxed(),
            AtomicType::Double => any::<f64>().prop_map(Value::Double).boxed(),
            AtomicType::String => ".{0,9}".prop_map(Value::String).boxed(),
            AtomicType::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
            AtomicType::Bytes => any::<Vec<u8>>().prop_map(Value::Bytes).boxed(),
            AtomicType::Unspecified => unreachable!("no field has it"),
        },
        TypeInfo::ArrayType(array) => elements(array.element_type.as_deref()),
        TypeInfo::IterableType(iterable) => elements(iterable.element_type.as_deref()),
        TypeInfo::MapType(map) => {
            let key = field_value(map.key_type.as_deref().unwrap());
            let value = field_value(map.value_type.as_deref().unwrap());
            prop::collection::vec((key, value), 0..3).prop_map(Value::Map).boxed()
        }
        TypeInfo::RowType(inner) => row(inner.schema.as_ref().unwrap()),
        TypeInfo::LogicalType(logical) => logical_value(logical),
    }
}

fn elements(element: Option<&FieldType>) -> BoxedStrategy<Value> {
    prop::collection::vec(field_value(element.unwrap()), 0..4).prop_map(Value::List).boxed()
}

fn logical_value(logical: &LogicalType) -> BoxedStrategy<Value> {
    let timestamp = |seconds: std::ops::Range<i64>, unit: u32| {
        (seconds, 0..1_000_000_000 / unit)
            .prop_map(move |(seconds, parts)| Value::Timestamp { seconds, nanos: parts * unit })
            .boxed()
    };
    let all = i64::MIN..i64::MAX;
    match logical.urn.split(':').nth(2).unwrap() {
        "millis_instant" => timestamp(-1 << 50..1 << 50, 1_000_000),
        "micros_instant" => timestamp(all, 1_000),
        "timestamp" => {
            let representation = logical.representation.as_ref().unwrap();
            let narrow = seconds(AtomicType::Int16) == **representation;
            timestamp(all, if narrow { 1_000_000 } else { 1 })
        }
        "decimal" => (any::<Vec<u8>>(), any::<i32>())
            .prop_map(|(digits, scale)| Value::Decimal {
                unscaled: num_bigint::BigInt::from_signed_bytes_be(&digits),
                scale,
            })
            .boxed(),
        "var_char" => ".{0,5}".prop_map(Value::String).boxed(),
        "fixed_bytes" => prop::collection::vec(any::<u8>(), 0..6).prop_map(Value::Bytes).boxed(),
        _ => present(logical.representation.as_deref().unwrap()),
    }
}
