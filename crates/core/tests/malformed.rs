//! Bytes that are no value are errors that name the place, and never a panic.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_core::coder::{Arena, Coder, DecodeErrorKind, Encoding, Input};
use brookite_core::types::Data;
use brookite_macros::Row;
use proptest::prelude::*;

#[derive(Row, Debug)]
struct Order<'a> {
    id: i64,
    customer: &'a str,
    lines: Lines<'a>,
    paid: Option<bool>,
}

#[derive(Row, Debug)]
struct Lines<'a> {
    first: &'a [u8],
    price: f64,
}

fn order() -> Vec<u8> {
    let lines = Lines { first: b"1234567890", price: 2.5 };
    let order = Order { id: 7, customer: "somebody else", lines, paid: Some(true) };
    let mut bytes = Vec::new();
    direct().encode(&order, &mut bytes).unwrap();
    bytes
}

fn direct() -> Box<dyn Coder<Order<'static>>> {
    Order::coder(Encoding::Direct).unwrap()
}

fn error_of(bytes: &[u8]) -> String {
    direct().decode(bytes, &Arena::default()).unwrap_err().to_string()
}

#[test]
fn a_null_in_a_column_without_null_names_the_column() {
    let mut bytes = order();
    bytes[1] |= 1; // the null bit of the first column
    assert_eq!(
        error_of(&bytes),
        "field 'id': expected a value, found null; declare it as Option<..> to accept null \
         (at byte 8)"
    );
}

#[test]
fn an_error_in_a_nested_row_names_its_path_and_its_offset_in_the_record() {
    let mut bytes = order();
    let nested = usize::from(bytes[8 + 2 * 8 + 4]); // the offset in the third column's slot
    bytes[nested + 1] |= 2;
    let error = error_of(&bytes);
    assert!(error.starts_with("field 'lines.price': expected a value, found null"), "{error}");
    assert!(error.ends_with(&format!("(at byte {})", nested + 16)), "{error}");
}

#[test]
fn a_retraction_is_not_taken_for_an_insertion() {
    let mut bytes = order();
    bytes[0] = 3;
    assert_eq!(error_of(&bytes), "expected an inserted row (kind 0), found row kind 3 (at byte 0)");
}

#[test]
fn text_that_is_no_utf8_and_columns_outside_the_row_are_named() {
    let mut bytes = order();
    let text = 8 + 4 * 8; // the variable part
    bytes[text + 3] = 0xff;
    assert_eq!(
        error_of(&bytes),
        format!(
            "field 'customer': expected UTF-8 text, found an invalid sequence (at byte {})",
            text + 3
        )
    );
    let mut bytes = order();
    bytes[8 + 8 + 2] = 1; // the length of `customer` grows by 65,536
    assert!(error_of(&bytes).starts_with("field 'customer': expected 65549 bytes at 40"));
}

#[test]
fn every_cut_of_a_record_is_an_error_or_a_shorter_value() {
    let bytes = order();
    for length in 0..bytes.len() - 8 {
        assert!(direct().decode(&bytes[..length], &Arena::default()).is_err(), "{length} bytes");
    }
}

#[test]
fn a_tuple_on_a_direct_edge_is_its_fields_each_with_its_length() {
    type Pair = (Option<&'static str>, i32);
    let coder = Pair::coder(Encoding::DirectUtf16).unwrap();
    let mut bytes = Vec::new();
    coder.encode(&(Some("ab"), 7), &mut bytes).unwrap();
    assert_eq!(bytes, b"\x04\0\0\0a\0b\0\x04\0\0\0\0\0\0\x07");
    bytes.clear();
    coder.encode(&(None, 7), &mut bytes).unwrap();
    assert_eq!(bytes, b"\xff\xff\xff\xff\x04\0\0\0\0\0\0\x07");
    bytes[4] = 3;
    let arena = Arena::default();
    let error = coder.decode(&bytes, &arena).unwrap_err();
    assert_eq!(
        error.to_string(),
        "field 'f1': truncated: expected 4 more bytes, found 3 (at byte 8)"
    );
}

#[test]
fn trailing_bytes_are_an_error() {
    let coder = <i64 as Data>::coder(Encoding::Serializer).unwrap();
    let error = coder.decode(&[0; 9], &Arena::default()).unwrap_err();
    assert_eq!(error.kind(), &DecodeErrorKind::TrailingBytes { count: 1 });
    assert_eq!(error.offset(), 8);
}

proptest! {
    #[test]
    fn values_come_back_through_every_encoding(
        text in ".*", number: i64, flag: bool, real: f64, bytes: Vec<u8>, maybe in proptest::option::of(".*"),
    ) {
        type All = (String, i64, bool, f64, Vec<u8>, Option<String>);
        let value = (text.clone(), number, flag, real, bytes, maybe);
        let mut encoded = Vec::new();
        All::encode(&value, &mut encoded).unwrap();
        let arena = Arena::default();
        let decoded = All::decode(&mut Input::new(&encoded, &arena)).unwrap();
        prop_assert_eq!(format!("{decoded:?}"), format!("{value:?}"));

        for encoding in [Encoding::Serializer, Encoding::Direct, Encoding::DirectUtf16] {
            let coder = All::coder(encoding).unwrap();
            let mut encoded = Vec::new();
            coder.encode(&value, &mut encoded).unwrap();
            let decoded = coder.decode(&encoded, &arena).unwrap();
            prop_assert_eq!(format!("{decoded:?}"), format!("{value:?}"));

            let coder = String::coder(encoding).unwrap();
            let mut encoded = Vec::new();
            coder.encode(&text, &mut encoded).unwrap();
            let decoded = coder.decode(&encoded, &arena).unwrap();
            prop_assert_eq!(&decoded, &text);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let arena = Arena::default();
        let _ = direct().decode(&bytes, &arena);
        let _ = <(Option<&str>, bool, &[u8], Order<'static>)>::decode(&mut Input::new(&bytes, &arena));
        for encoding in [Encoding::Serializer, Encoding::Direct, Encoding::DirectUtf16] {
            let _ = <&str>::coder(encoding).unwrap().decode(&bytes, &arena);
            let _ = <(Option<&str>, i64)>::coder(encoding).unwrap().decode(&bytes, &arena);
        }
    }

    #[test]
    fn a_record_with_a_wrong_byte_never_panics(at: prop::sample::Index, value: u8) {
        let mut bytes = order();
        let at = at.index(bytes.len());
        bytes[at] = value;
        let _ = direct().decode(&bytes, &Arena::default());
    }
}
