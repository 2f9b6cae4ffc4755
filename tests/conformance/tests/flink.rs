//! Bytes that Flink wrote, and that Brookite must read and write.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_conformance::{base64, flink};
use brookite_core::{DataType, proto};
use prost::Message;

const GOLDEN: &str = include_str!("../golden/flink-2.3.0.tsv");

#[test]
fn the_golden_file_is_read_and_written_byte_for_byte() {
    let report = flink::check(GOLDEN);
    assert_eq!(report.failures(), [""; 0]);
    assert!(report.passed() > 1_000, "{report}");
}

#[test]
fn a_case_that_is_wrong_fails() {
    for (line, reason) in [
        ("INT NOT NULL\t00000001\t2", "expected 2, decoded 1"),
        ("BigInteger\t0000000501\t1", "expected bytes 0000000501, encoded 00000002"),
        ("INT NOT NULL\t00\t1", "decoding: truncated"),
        ("INT NOT NULL\t00000001\t\"1\"", "expected the JSON of INT"),
        ("ROW<a ARRAY<INT>>\t00\t{\"a\":[\"1\"]}", "in a[]: expected the JSON of INT"),
        ("INTEGER NULL\t00\t1", "expected the end"),
        ("INT\t0\t1", "expected bytes in hexadecimal"),
        ("INT", "with tabs between"),
    ] {
        let report = flink::check(&format!("# a comment\n\n{line}\n"));
        assert_eq!(report.passed(), 0, "{line}");
        let [failure] = report.failures() else { panic!("{report}") };
        assert!(failure.starts_with("line 3: ") && failure.contains(reason), "{failure}");
    }
}

#[test]
fn further_columns_and_windows_line_ends_do_no_harm() {
    let report = flink::check("Long\t0000000000000001\t1\tCgA=\r\nLong\t0000000000000001\t1\r\n");
    assert_eq!((report.passed(), report.failures().len()), (2, 0), "{report}");
}

#[test]
fn java_and_rust_describe_the_types_of_the_golden_file_alike() {
    for line in GOLDEN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let wire = proto::DataType::decode(&*base64::parse(columns[3]).unwrap()).unwrap();
        let described = DataType::try_from(&wire).unwrap();
        let parsed: DataType = columns[0].parse().unwrap();
        assert_eq!(parsed.difference(&described), None, "{}", columns[0]);
    }
}

#[test]
fn the_cases_in_the_documentation_pass() {
    let text = include_str!("../../../docs/conformance.md");
    let cases: String = text
        .lines()
        .filter(|line| line.contains('\t'))
        .fold(String::new(), |cases, line| cases + line + "\n");
    let report = flink::check(&cases);
    assert_eq!(report.failures(), [""; 0]);
    assert!(report.passed() >= 10, "{report}");
}
