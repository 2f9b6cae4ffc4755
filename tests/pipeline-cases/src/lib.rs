//! Cases: pipelines, and what comes of them on every runner.
//!
//! A `cases.json` has them, one in a line, beside a folder `input` of what they read. This crate knows how
//! it is read, and runs the cases whose pipelines are linked on the local runner; on Flink
//! `PipelineCasesTest` does. All panic when a case does not give what it should.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use brookite_core::proto::PipelineCall;
use brookite_executor::Registry;
use brookite_local::LocalRunner;
use serde::Deserialize;

/// A pipeline, and what comes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The dynamic library that has the pipeline, without what platforms put around its name.
    #[serde(default = "of_this_folder")]
    pub library: String,
    /// The pipeline's name.
    pub pipeline: String,
    /// `{input}` stands for the folder of that name, `{output}` for one that is not there yet.
    #[serde(default)]
    arguments: Vec<String>,
    /// By collect sink, its records in any order.
    #[serde(default)]
    pub expected: BTreeMap<String, Vec<String>>,
    /// The lines of all files under `{output}`, in any order.
    files: Option<Vec<String>>,
    #[serde(skip)]
    input: PathBuf,
}

fn of_this_folder() -> String {
    "pipelines".to_owned()
}

/// The cases of a folder, those of one library.
pub fn of_library(folder: &Path, library: &str) -> Vec<Case> {
    let mut cases = all(folder);
    cases.retain(|case| case.library == library);
    assert!(!cases.is_empty(), "no case in '{}' is of {library}", folder.display());
    cases
}

/// The cases of a folder.
pub fn all(folder: &Path) -> Vec<Case> {
    let text = fs::read_to_string(folder.join("cases.json")).unwrap();
    let mut cases: Vec<Case> = serde_json::from_str(&text).unwrap();
    cases.iter_mut().for_each(|case| case.input = folder.join("input"));
    cases
}

impl Case {
    /// What the pipeline is given when it is to write under `output`.
    pub fn arguments(&self, output: &Path) -> Vec<String> {
        let (input, output) = (self.input.to_string_lossy(), output.to_string_lossy());
        let place =
            |argument: &String| argument.replace("{input}", &input).replace("{output}", &output);
        self.arguments.iter().map(place).collect()
    }

    /// Looks at what a sink collected.
    pub fn check_collected(&self, sink: &str, mut found: Vec<String>) {
        let mut expected = self.expected[sink].clone();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "sink '{sink}' of pipeline '{}'", self.pipeline);
    }

    /// Looks at what was written.
    pub fn check_files(&self, output: &Path) {
        let Some(mut expected) = self.files.clone() else { return };
        let mut found = lines_under(output);
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "what pipeline '{}' wrote", self.pipeline);
    }

    /// Runs the pipeline here, and looks at what came of it.
    pub fn check(&self, runner: &LocalRunner) {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("output");
        let (pipeline, arguments) = (self.pipeline.clone(), self.arguments(&output));
        let built = Registry::linked().pipeline(&PipelineCall { pipeline, arguments });
        let built = built.unwrap_or_else(|failure| panic!("{failure}"));
        let job = runner.run(built).unwrap_or_else(|error| panic!("{}: {error}", self.pipeline));
        let sinks: Vec<_> = self.expected.keys().cloned().collect();
        assert_eq!(job.collect_names(), sinks, "{}", self.pipeline);
        sinks.iter().for_each(|sink| self.check_collected(sink, job.collected(sink).unwrap()));
        self.check_files(&output);
    }
}

/// The lines of all files that are complete: others begin with a dot or an underscore.
fn lines_under(folder: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            lines.extend(lines_under(&path));
        } else if !name.starts_with(['.', '_']) {
            lines.extend(fs::read_to_string(&path).unwrap().lines().map(str::to_owned));
        }
    }
    lines
}
