//! A table of cases, all of which a cluster runs from as few jars as there are libraries.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use brookite_abi::Library;
use brookite_client::Submission;
use pipeline_cases::Case;
use prost::Message as _;
use tempfile::TempDir;

use crate::{Uploaded, library, package};

/// How many jobs run at the same time, and with how many subtasks of each operator: two slots for each.
const JOBS: usize = 3;
const PARALLELISM: u32 = 2;

/// Cases, and the folder of their files, which is not in the source tree.
pub(crate) struct Table {
    cases: Vec<Case>,
    folder: TempDir,
}

/// A case under the name that its graph has in the jar.
struct Named<'c> {
    name: String,
    case: &'c Case,
    output: PathBuf,
}

impl Table {
    /// The cases of a folder, away from it.
    pub(crate) fn of(cases: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(cases.join("cases.json"), folder.path().join("cases.json")).unwrap();
        for name in ["input", "tables"] {
            if cases.join(name).is_dir() {
                copy(&cases.join(name), &folder.path().join(name));
            }
        }
        Self { cases: pipeline_cases::all(folder.path()), folder }
    }

    /// Runs all cases and compares what they collect and write.
    pub(crate) fn prove(&self) {
        let mut by_library: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in &self.cases {
            by_library.entry(&case.library).or_default().push(case);
        }
        let wrong: Vec<String> = by_library
            .into_iter()
            .flat_map(|(library, cases)| self.prove_jar(library, &cases))
            .collect();
        assert!(wrong.is_empty(), "{} of {}: {wrong:?}", wrong.len(), self.cases.len());
    }

    /// Runs the cases of one library, and returns which of them have failed.
    fn prove_jar(&self, name: &str, cases: &[&Case]) -> Vec<String> {
        let plugin = Library::open(&library(name)).unwrap();
        let mut jar = package(name);
        let mut all = Vec::new();
        for (number, case) in cases.iter().enumerate() {
            let name = format!("{} {}", number + 1, case.pipeline);
            let output = self.folder.path().join("output").join(&name);
            let graph = plugin.pipeline(&case.pipeline, &case.arguments(&output)).unwrap();
            jar = jar.pipeline(&name, graph.encode_to_vec());
            all.push(Named { name, case, output });
        }
        let jar = Uploaded::new(&jar, self.folder.path());
        let waiting = Mutex::new(all.iter());
        let wrong = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..JOBS {
                scope.spawn(|| {
                    loop {
                        let Some(named) = waiting.lock().unwrap().next() else { break };
                        // It prints what is wrong.
                        let proved = panic::catch_unwind(AssertUnwindSafe(|| named.prove(&jar)));
                        if proved.is_err() {
                            wrong.lock().unwrap().push(named.name.clone());
                        }
                    }
                });
            }
        });
        wrong.into_inner().unwrap()
    }
}

impl Named<'_> {
    fn prove(&self, jar: &Uploaded) {
        let submission = Submission::default()
            .pipeline(&self.name)
            .parallelism(PARALLELISM)
            .option("restart-strategy.type", "none");
        let job = jar.run(&submission);
        jar.wait(&job).unwrap_or_else(|error| panic!("'{}': {error}", self.name));
        for sink in self.case.expected.keys() {
            self.case.check_collected(sink, jar.collected(&job, sink));
        }
        self.case.check_files(&self.output);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let copied = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &copied);
        } else {
            fs::copy(&entry, &copied).unwrap();
        }
    }
}
