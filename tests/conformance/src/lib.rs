//! Conformance: files of bytes that other systems wrote, and whether Brookite reads and writes the same.
#![forbid(unsafe_code)]

pub mod base64;
pub mod beam;
pub mod flink;
pub mod fuzz;
pub mod hex;
pub mod hostile;
pub mod json;
pub mod line;
pub mod random;
pub mod report;
