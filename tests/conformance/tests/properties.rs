//! What holds for any value of any type.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_conformance::json::{self, value};
use brookite_conformance::random::{self, Choices};
use brookite_conformance::{flink, line};
use brookite_core::dynamic::FlinkCoder;
use brookite_core::{DataType, Value, proto};
use proptest::prelude::*;

/// Any value of any type; shrinks to plain types and values.
fn typed_value() -> impl Strategy<Value = (DataType, Value)> {
    proptest::collection::vec(any::<u8>(), 0..512).prop_map(|bytes| {
        let mut choices = Choices::from_bytes(&bytes);
        let data_type = random::data_type(&mut choices);
        let value = random::value(&data_type, &mut choices);
        (data_type, value)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn values_come_back_and_no_byte_is_spare((data_type, value) in typed_value()) {
        let coder = FlinkCoder::new(data_type).unwrap();
        let mut bytes = Vec::new();
        coder.encode(&value, &mut bytes).unwrap();
        prop_assert_eq!(coder.decode(&bytes), Ok(value));
        for end in 0..bytes.len() {
            let error = coder.decode(&bytes[..end]).unwrap_err();
            prop_assert!(error.offset() <= bytes.len(), "{}", error);
        }
        bytes.push(0);
        prop_assert!(coder.decode(&bytes).is_err());
    }

    #[test]
    fn types_come_back_from_text_and_protobuf((data_type, _) in typed_value()) {
        let text = data_type.to_string();
        prop_assert_eq!(&text.parse::<DataType>().unwrap(), &data_type, "{}", text);
        let wire = proto::DataType::from(&data_type);
        prop_assert_eq!(&DataType::try_from(&wire).unwrap(), &data_type);
    }

    #[test]
    fn values_come_back_from_json((data_type, value) in typed_value()) {
        let text = value::print(&data_type, &value).unwrap().to_string();
        prop_assert_eq!(value::read(&data_type, &json::parse(&text).unwrap()), Ok(value));
    }
}

#[test]
fn random_files_pass_and_are_the_same_for_the_same_seed() {
    let text = line::random_file(500, 7).unwrap();
    assert_eq!(line::random_file(500, 7).as_ref(), Ok(&text));
    let report = flink::check(&text);
    assert_eq!((report.failures(), report.passed()), (&[][..], 500));
}
