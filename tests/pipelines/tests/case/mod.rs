//! The cases of `cases.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A pipeline, and what comes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) pipeline: String,
    /// `{input}` stands for the folder of that name.
    #[serde(default)]
    arguments: Vec<String>,
    /// By collect sink, its records in any order.
    pub(crate) expected: BTreeMap<String, Vec<String>>,
}

impl Case {
    pub(crate) fn arguments(&self) -> Vec<String> {
        let input = concat!(env!("CARGO_MANIFEST_DIR"), "/input");
        self.arguments.iter().map(|argument| argument.replace("{input}", input)).collect()
    }
}

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../cases.json")).unwrap();
    assert!(cases.len() >= 30);
    cases
}
