//! The pipelines on a cluster, as `cargo xtask submission` runs them: all graphs in one jar, which is
//! uploaded once. The TaskManagers have the library from the jar alone.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod table;

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use brookite_abi::Library;
use brookite_client::package::{Package, Platform};
use brookite_client::{Client, ClientError, JarId, JobId, Next, Submission, WaitOptions};
use brookite_core::coder::{Arena, Input};
use brookite_core::proto::PipelineCall;
use brookite_core::{Data, proto};
use brookite_executor::Registry;
use prost::Message as _;

use table::Table;

// Its pipelines are registered where they are linked.
use pipelines as _;

fn variable(name: &str) -> PathBuf {
    env::var_os(name).expect("set by `cargo xtask submission`").into()
}

/// The file of a library that was built, optimised.
fn library(name: &str) -> PathBuf {
    variable("BROOKITE_TEST_LIBRARIES").join(Platform::of_this_machine().file_name(name))
}

/// A jar without pipelines.
fn package(library_name: &str) -> Package {
    Package::new(variable("BROOKITE_TEST_WRAPPER"))
        .library(Platform::of_this_machine(), library(library_name))
}

/// A cluster, and a jar on it.
struct Uploaded {
    client: Client,
    jar: JarId,
}

impl Uploaded {
    fn new(package: &Package, folder: &Path) -> Self {
        let url = env::var("BROOKITE_TEST_CLUSTER").expect("set by `cargo xtask submission`");
        let client = Client::connect(&url).unwrap();
        let file = folder.join("pipelines.jar");
        package.write(&file).unwrap();
        let jar = client.upload_jar(&file).unwrap();
        Self { client, jar }
    }

    fn run(&self, submission: &Submission) -> JobId {
        self.client.run_jar(&self.jar, submission).unwrap()
    }

    fn wait(&self, job: &JobId) -> Result<(), ClientError> {
        // Progress costs more requests than a state.
        while !self.client.state(job)?.is_over() {
            std::thread::sleep(Duration::from_millis(50));
        }
        self.client.wait(job, &WaitOptions::default(), |_| Next::Continue).map(|_| ())
    }

    /// The text in a collect sink.
    fn collected(&self, job: &JobId, sink: &str) -> Vec<String> {
        let text = |bytes: &Vec<u8>| {
            let arena = Arena::default();
            <String as Data>::decode(&mut Input::new(bytes, &arena)).unwrap()
        };
        self.client.collected(job, sink).unwrap().iter().map(text).collect()
    }
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        // A test that failed says why itself.
        let _ = self.client.delete_jar(&self.jar);
    }
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn all_pipelines_of_one_jar_give_what_they_give_locally() {
    Table::of(Path::new(env!("CARGO_MANIFEST_DIR"))).prove();
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn the_examples_give_what_they_give_locally() {
    Table::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pipelines")).prove();
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn another_library_than_was_submitted_fails_the_job_and_says_in_what_it_differs() {
    // Here it is another one than in the processes of the cluster.
    let call = PipelineCall { pipeline: "changed".to_owned(), arguments: Vec::new() };
    let graph: proto::PipelineGraph = Registry::linked().pipeline(&call).unwrap().graph;
    let folder = tempfile::tempdir().unwrap();
    let jar = Uploaded::new(&package("pipelines").graph(graph.encode_to_vec()), folder.path());
    let job = jar.run(&Submission::default().option("restart-strategy.type", "none"));
    let error = jar.wait(&job).unwrap_err();
    let ClientError::JobFailed { failure, .. } = &error else { panic!("{error:?}") };
    let first = failure.to_string().lines().next().unwrap().to_owned();
    assert!(
        first.contains("pipeline 'changed' of this library is another one than was submitted")
            && first.contains(
                "the submitted job has node 'add-one', a function (map), which is missing"
            ),
        "{error}"
    );
    assert!(failure.rust.is_some(), "{failure:?}");
}

#[test]
#[ignore = "needs a cluster: cargo xtask submission"]
fn a_pipeline_that_the_jar_does_not_have_is_named_with_those_that_it_has() {
    let plugin = Library::open(&library("pipelines")).unwrap();
    let graph = |name: &str| plugin.pipeline(name, &[]).unwrap().encode_to_vec();
    let package = package("pipelines").pipeline("one", graph("map")).pipeline("two", graph("map"));
    let folder = tempfile::tempdir().unwrap();
    let jar = Uploaded::new(&package, folder.path());
    for (submission, said) in [
        (Submission::default().pipeline("map"), "the jar has no pipeline 'map'; it has one, two"),
        (Submission::default(), "where NAME is one of one, two"),
    ] {
        let error = jar.client.run_jar(&jar.jar, &submission).unwrap_err();
        assert!(matches!(error, ClientError::ProgramFailed { .. }), "{error:?}");
        assert!(error.to_string().lines().next().unwrap().contains(said), "{error}");
    }
}
