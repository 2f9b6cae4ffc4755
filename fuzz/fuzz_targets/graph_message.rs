#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| brookite_conformance::fuzz::run("graph_message", bytes));
