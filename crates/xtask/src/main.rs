//! `cargo xtask`: the chores of this repository, each one command.
//!
//! A chore sets up what it needs, shows how it gets on, and ends with a summary or with an
//! error that says what to do. The crates of the product know nothing of this one.

mod background;
mod bench;
mod bench_coders;
mod cluster;
mod conformance;
mod demo;
mod failover;
mod figures;
mod growth;
mod input;
mod java;
mod jdk;
mod kafka;
mod layout;
mod miri;
mod native;
mod nexmark;
mod proto;
mod report;
mod sanitize;
mod setup;
mod step;
mod submission;
mod tally;
mod test;
mod trained;
mod versions;
mod web_ui;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::conformance::BeamFile;

/// The chores of the Brookite repository.
///
/// Start with `cargo xtask demo`: it builds everything and counts the words of a file in Rust,
/// once with no JVM and once inside Apache Flink. A missing JDK or Maven is installed where
/// that needs no question (apt, as root); elsewhere the command to type is printed.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Count the words of a file in Rust: with no JVM, then inside Flink; both must agree.
    ///
    /// A word is a maximal run of alphanumeric characters (Unicode), lower-cased. The ten
    /// commonest words are printed; all of them are left in target/demo/word-count.tsv as
    /// word TAB count, the commonest first, equal counts in the order of their UTF-8 bytes. It
    /// ends with the commands that run the same pipeline on a cluster.
    Demo {
        /// A text file in UTF-8; the repository's LICENSE when none is given.
        file: Option<PathBuf>,
    },
    /// Run every check and every test, in Rust and in Java: what CI runs.
    ///
    /// Formatting, lints, documentation, the workspace's tests with their doctests, then Java's
    /// unit tests and the integration tests that run real Flink clusters in one JVM.
    Test,
    /// Measure functions in Rust against the same functions in Java, inside Flink.
    ///
    /// Embedded Flink with parallelism 1; per workload a Java job, a Rust job and the bare
    /// source take turns in one JVM. The table is printed and left in target/bench/bench.md,
    /// every single run in target/bench/bench.json.
    Bench {
        /// A tenth of the records and one repetition: shows that it runs, not how fast.
        #[arg(long)]
        quick: bool,
        /// One workload instead of all.
        #[arg(long, value_name = "NAME", value_parser = bench::WORKLOADS)]
        only: Option<String>,
    },
    /// Measure core's coders with criterion, and Flink's StringSerializer in a JVM of the same run.
    ///
    /// A row against serde with bincode and against prost, and text against Flink. The tables are
    /// printed and left in target/bench/coders.md.
    BenchCoders,
    /// Run core's tests under Miri, with a nightly toolchain.
    Miri,
    /// Run a Flink cluster of several processes on this machine.
    Cluster {
        #[command(subcommand)]
        action: cluster::Action,
    },
    /// Kill TaskManagers while a job runs on a cluster, and prove that nothing is lost or doubled.
    ///
    /// Runs one job with state of every kind in Rust three times: undisturbed; with TaskManagers that
    /// are killed with SIGKILL at random moments and started again; with savepoints that take it from
    /// parallelism 1 to 3, then to 2. The results of each must be those computed without Flink.
    /// Everything is in target/failover, the logs of the processes too.
    Failover {
        /// How many TaskManagers are killed.
        #[arg(long, default_value_t = 20)]
        kills: u32,
        /// The same moments for the same seed; other ones each time when none is given.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Run a Kafka broker on this machine, and prove that pipelines read and write it exactly once.
    Kafka {
        #[command(subcommand)]
        action: kafka::Action,
    },
    /// Show that memory levels off: many keys in one TaskManager, then many jobs in it.
    ///
    /// A job with its state in Rust and RocksDB meets ever new keys while the memory of the
    /// TaskManager is looked at; then small jobs run in it one after the other. The curves are
    /// printed; it fails when more than a tenth of the memory came in the second half. Needs Linux.
    Growth {
        /// The keys of the first job.
        #[arg(long, default_value_t = 10_000_000)]
        keys: u64,
        /// How many jobs run one after the other.
        #[arg(long, default_value_t = 100)]
        cycles: u32,
    },
    /// Run Nexmark's queries as pipelines in Rust and as Flink SQL, on the same events.
    ///
    /// The answers of the local runner, and those of embedded Flink with one subtask of each operator
    /// and with four, must be Flink SQL's. Prints how long each took. Events and rows are left in
    /// target/nexmark.
    Nexmark {
        /// How many events.
        #[arg(long, default_value_t = nexmark::FEW)]
        events: u64,
    },
    /// Look at a pipeline in Flink's Web UI with a headless browser: its names, and a counter in Rust.
    ///
    /// A missing Chromium is installed as the JDK is. The pictures are left in target/web-ui.
    WebUi,
    /// Run the tests that need a cluster, with one of several processes on this machine.
    ///
    /// The small pipelines of tests/pipelines, submitted as one jar; the client; the command line. All
    /// files of the cluster, its logs too, are in target/submission.
    Submission {
        /// The small pipelines alone.
        #[arg(long)]
        table: bool,
    },
    /// Run the tests of the C ABI and of the executor under valgrind.
    Sanitize,
    /// Compare the coders with a file of bytes that Flink or Beam wrote.
    ///
    /// Prints what passed and what failed by type; fails when any case does.
    #[command(subcommand)]
    Conformance(Conformance),
    /// Generate the Rust types of the protobuf messages anew, after a change in proto/.
    Proto,
}

#[derive(Subcommand)]
enum Conformance {
    /// Flink's serializers, against a file of values that they wrote.
    ///
    /// The file is text in UTF-8, a case a line: a type, the bytes in hexadecimal, and the value as
    /// JSON, with tabs between; further columns are ignored, and so are empty lines and lines that
    /// start with #. A case passes when the bytes decode to the value, and the value encodes to the
    /// bytes. A line that is no case fails. For example:
    ///
    ///   TUPLE<BIGINT NOT NULL, STRING><TAB>0000000000000007036272<TAB>[7,"br"]
    ///
    /// docs/conformance.md tells how types and values are spelled. Such a file is
    /// tests/conformance/golden/flink-2.3.0.tsv.
    #[command(verbatim_doc_comment)]
    #[allow(rustdoc::invalid_html_tags, reason = "the text is for a terminal")]
    Flink {
        /// The file.
        file: PathBuf,
    },
    /// Values of all kinds of types that Rust makes up: Flink's serializers read and write them.
    ///
    /// The file is left in target/conformance/random.tsv.
    Random {
        /// How many.
        #[arg(long, default_value_t = 4_000)]
        cases: u64,
        /// The same values for the same seed; another one each time when none is given.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Beam's standard coders, against Beam's reference file standard_coders.yaml.
    BeamCoders {
        /// The file; that of the apache-beam package on PyPI when none is given, fetched with pip.
        file: Option<PathBuf>,
    },
    /// Windows and triggers, against Beam's transcripts trigger_transcripts.yaml.
    BeamTriggers {
        /// The file; that of the apache-beam package on PyPI when none is given, fetched with pip.
        file: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    let done = match chore {
        Chore::Demo { file } => demo::run(file),
        Chore::Test => test::run(),
        Chore::Bench { quick, only } => bench::run(quick, only),
        Chore::BenchCoders => bench_coders::run(),
        Chore::Miri => miri::run(),
        Chore::Cluster { action } => cluster::run(action),
        Chore::Failover { kills, seed } => failover::run(&failover::Plan::full(kills, seed)),
        Chore::Kafka { action } => kafka::run(action),
        Chore::Growth { keys, cycles } => growth::run(keys, cycles),
        Chore::Nexmark { events } => nexmark::run(events),
        Chore::WebUi => web_ui::run(),
        Chore::Submission { table } => submission::run(table),
        Chore::Sanitize => sanitize::run(),
        Chore::Conformance(Conformance::Flink { file }) => conformance::flink(&file),
        Chore::Conformance(Conformance::Random { cases, seed }) => {
            conformance::random_with_flink(cases, seed)
        }
        Chore::Conformance(Conformance::BeamCoders { file }) => {
            conformance::beam(BeamFile::StandardCoders, file)
        }
        Chore::Conformance(Conformance::BeamTriggers { file }) => {
            conformance::beam(BeamFile::TriggerTranscripts, file)
        }
        Chore::Proto => proto::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
