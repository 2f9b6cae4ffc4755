//! The check of Beam's coders passes what is right and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_conformance::beam::check;

fn outcome(text: &str) -> (usize, Vec<String>) {
    let report = check(text).unwrap();
    (report.passed(), report.failures().to_vec())
}

#[test]
fn a_section_without_context_is_checked_in_both() {
    let text = "coder: {urn: \"beam:coder:bool:v1\"}\nexamples: {\"\\x01\": true}\n---\n\
                coder: {urn: \"beam:coder:bytes:v1\"}\nnested: false\nexamples: {\"\\xe8\": \"?\"}\n";
    let (passed, failures) = outcome(text);
    assert_eq!(passed, 2);
    assert_eq!(failures.len(), 1);
    assert!(failures[0].contains("expected Bytes([63]), decoded Bytes([232])"), "{failures:?}");
}

#[test]
fn bytes_that_are_not_read_or_not_written_fail() {
    let varint = |key: &str| {
        let text = format!("coder: {{urn: \"beam:coder:varint:v1\"}}\nexamples: {{\"{key}\": 1}}");
        outcome(&text).1.concat()
    };
    assert_eq!(varint("\\x01"), "");
    assert!(varint("\\x01\\0").contains("1 of 2 bytes were read"));
    assert!(varint("\\x81\\0").contains("expected bytes [81, 00], encoded [01]"));
}

#[test]
fn what_is_not_deterministic_need_not_be_written_as_it_was_read() {
    let text = "coder:\n  urn: \"beam:coder:iterable:v1\"\n  components: \
                [{urn: \"beam:coder:bool:v1\"}]\n  non_deterministic: true\nexamples:\n  \
                \"\\xff\\xff\\xff\\xff\\x01\\x01\\0\": [true]\n";
    assert_eq!(outcome(text), (2, vec![]));
}

#[test]
fn a_file_of_another_form_is_an_error_that_names_the_line() {
    let error = check("coder: {urn: x}\nexamples: []\n").err().unwrap();
    assert_eq!(error.to_string(), "line 2: expected a mapping");
    let (passed, failures) = outcome("coder: {urn: x}\nnested: true\nexamples: {a: b}\n");
    assert_eq!(passed, 0);
    assert!(failures[0].contains("coder 'x': unknown coder"), "{failures:?}");
}
