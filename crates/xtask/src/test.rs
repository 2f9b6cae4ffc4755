//! Every check and every test: what CI runs, and what a contributor runs before it.

use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::cluster::Distribution;
use crate::conformance::BeamFile;
use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{conformance, demo, failover, java, kafka, native, nexmark, setup, step, submission};

/// Advisories are left out: a new one does not make an old commit wrong.
const DENY: [&str; 6] = ["deny", "--workspace", "check", "bans", "licenses", "sources"];

/// Runs all checks in turn; a failed one does not keep the later ones from running.
pub(crate) fn run() -> Result<()> {
    let started = Instant::now();
    let layout = Layout::find()?.with_plugins_as_tested();
    // First what may need a person: nothing has been installed then.
    let tools = JavaTools::find_or_install()?;
    setup::rust_components()?;

    let mut checks = Checks::default();
    let mut command = Command::new("cargo");
    command.current_dir(layout.root());
    checks.run("rustfmt", command.args(["fmt", "--all", "--check"]))?;
    let mut command = layout.cargo("clippy");
    command.args(["--workspace", "--all-targets", "--", "--deny", "warnings"]);
    checks.run("clippy", &mut command)?;
    let mut command = layout.cargo("doc");
    command.args(["--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings");
    checks.run("rustdoc", &mut command)?;
    if setup::succeeds("cargo", &["deny", "--version"]) {
        let mut command = Command::new("cargo");
        command.current_dir(layout.root());
        checks.run("cargo deny", command.args(DENY))?;
    } else {
        checks.skip("cargo deny", "not installed: cargo install --locked cargo-deny");
    }
    let mut command = layout.cargo("test");
    checks.run("Rust tests", command.args(["--workspace", "--no-fail-fast"]))?;
    let packages: Vec<&str> = layout.dynamic_libraries().iter().map(String::as_str).collect();
    match native::build(&layout, &packages) {
        Ok(()) => {
            for file in BeamFile::ALL {
                beam(&layout, file, &mut checks)?;
            }
            java_tests(&layout, &tools, &mut checks)?;
        }
        Err(error) => {
            checks.fail(format!("{error:#}"));
            let names = BeamFile::ALL.map(BeamFile::name).into_iter().chain([JAVA_TESTS]);
            names
                .chain(WITH_FLINK)
                .for_each(|name| checks.skip(name, "the native libraries were not built"));
        }
    }
    println!("\nAll in {} s.", started.elapsed().as_secs());
    checks.summary()
}

/// Beam's files are not in this repository: without the network they may be out of reach.
fn beam(layout: &Layout, file: BeamFile, checks: &mut Checks) -> Result<()> {
    match conformance::check_beam(layout, file) {
        Ok(mut command) => {
            checks.run(file.name(), &mut command)?;
        }
        Err(error) => checks.skip(file.name(), &format!("Beam's file cannot be had: {error:#}")),
    }
    Ok(())
}

const JAVA_TESTS: &str = "Java tests";
const DEMO: &str = "demo";
const NEXMARK: &str = "Nexmark";
/// What Maven's modules are needed for.
const WITH_FLINK: [&str; 6] = [RANDOM_VALUES, DEMO, NEXMARK, EXACTLY_ONCE, SUBMITTED, KAFKA];

/// Maven's whole life cycle: formatting, unit tests, then tests on embedded Flink clusters. After
/// that the demo, with what they were run with.
fn java_tests(layout: &Layout, tools: &JavaTools, checks: &mut Checks) -> Result<()> {
    let output = checks.run(JAVA_TESTS, &mut java::maven(layout, tools, "verify"))?;
    let complaints = java::jni_complaints(output);
    if !complaints.is_empty() {
        checks.fail(format!("-Xcheck:jni complains:\n{}", complaints.join("\n")));
    }
    match java::Jobs::built(layout) {
        Err(_) => WITH_FLINK
            .into_iter()
            .for_each(|name| checks.skip(name, "the Java modules were not built")),
        Ok(jobs) => {
            random_values(layout, tools, &jobs, checks)?;
            if let Err(error) = demo::test(layout, tools, &jobs) {
                checks.fail(format!("{DEMO}: {error:#}"));
            }
            match nexmark::test(layout, tools, &jobs) {
                Ok(proved) => println!("{}", proved.summary()),
                Err(error) => checks.fail(format!("{NEXMARK}: {error:#}")),
            }
            exactly_once(layout, tools, checks);
            submitted(layout, tools, checks)?;
            from_kafka_to_kafka(layout, tools, checks);
        }
    }
    Ok(())
}

const EXACTLY_ONCE: &str = "exactly once on a cluster";

/// A short `cargo xtask failover`. Flink's own distribution is not in this repository: without the
/// network it may be out of reach.
fn exactly_once(layout: &Layout, tools: &JavaTools, checks: &mut Checks) {
    match Distribution::find_or_download(layout) {
        Ok(distribution) => {
            let plan = failover::Plan::short();
            if let Err(error) = failover::prove(layout, tools, distribution, &plan) {
                checks.fail(format!("{EXACTLY_ONCE}: {error:#}"));
            }
        }
        Err(error) => {
            checks.skip(EXACTLY_ONCE, &format!("Flink's distribution cannot be had: {error:#}"));
        }
    }
}

const SUBMITTED: &str = "submission to a cluster";

/// The client's tests that need a cluster.
fn submitted(layout: &Layout, tools: &JavaTools, checks: &mut Checks) -> Result<()> {
    let distribution = match Distribution::find_or_download(layout) {
        Ok(distribution) => distribution,
        Err(error) => {
            checks.skip(SUBMITTED, &format!("Flink's distribution cannot be had: {error:#}"));
            return Ok(());
        }
    };
    let proved = submission::prove(layout, tools, distribution, |name, command| {
        checks.run(name, command).map(|_| ())
    });
    if let Err(error) = proved {
        checks.fail(format!("{SUBMITTED}: {error:#}"));
    }
    Ok(())
}

const KAFKA: &str = "exactly once from Kafka to Kafka";

/// A short `cargo xtask kafka failover`.
fn from_kafka_to_kafka(layout: &Layout, tools: &JavaTools, checks: &mut Checks) {
    match Distribution::find_or_download(layout) {
        Ok(distribution) => {
            let plan = kafka::Plan::short();
            if let Err(error) = kafka::prove(layout, tools, distribution, &plan) {
                checks.fail(format!("{KAFKA}: {error:#}"));
            }
        }
        Err(error) => {
            checks.skip(KAFKA, &format!("Flink's distribution cannot be had: {error:#}"));
        }
    }
}

const RANDOM_VALUES: &str = "random values with Flink";

/// Flink reads values that Rust made up and wrote, other ones each time.
fn random_values(
    layout: &Layout,
    tools: &JavaTools,
    jobs: &java::Jobs,
    checks: &mut Checks,
) -> Result<()> {
    let (mut write, file) = conformance::random(layout)?;
    checks.run("random values for Flink", &mut write)?;
    let mut check = jobs.command(tools, conformance::CHECK_FILE);
    checks.run(RANDOM_VALUES, check.arg(file))?;
    Ok(())
}

/// How the checks ended.
#[derive(Default)]
struct Checks {
    outputs: Vec<String>,
    failed: Vec<String>,
    skipped: Vec<String>,
}

impl Checks {
    /// Runs one check and returns its output, whether it succeeded or not.
    fn run(&mut self, name: &str, command: &mut Command) -> Result<&str> {
        let ended = step::attempt(name, command)?;
        if let Some(failure) = ended.failure {
            self.fail(format!("{name}: {failure}"));
        }
        self.outputs.push(ended.output);
        Ok(self.outputs.last().map_or("", String::as_str))
    }

    fn fail(&mut self, what: String) {
        self.failed.push(what);
    }

    fn skip(&mut self, name: &str, reason: &str) {
        println!("{name} ... skipped");
        self.skipped.push(format!("{name}: {reason}"));
    }

    /// Prints what was skipped, then the test runners' own last words.
    fn summary(self) -> Result<()> {
        for line in &self.skipped {
            println!("skipped: {line}");
        }
        for line in self.outputs.iter().flat_map(|output| output.lines()) {
            if is_runner_summary(line) {
                println!("{line}");
            }
        }
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("{} failed:\n{}", self.failed.len(), self.failed.join("\n"));
    }
}

/// The line in which cargo's or surefire's runner sums up: per test program, per Maven module. And that
/// of a conformance report, and the seed of random values, which brings them back.
fn is_runner_summary(line: &str) -> bool {
    let per_class = line.contains("Time elapsed");
    let report = line.contains(" passed, ")
        && (line.ends_with(" failed") || line.contains(" failed, ") && line.ends_with(" skipped"));
    let report = report || line.starts_with("skipped ");
    let report = report || line.contains(" random values, seed ");
    line.starts_with("test result:") || report || (line.contains("Tests run:") && !per_class)
}

#[cfg(test)]
mod tests {
    use super::is_runner_summary;

    #[test]
    fn surefire_sums_up_per_module_not_per_class() {
        assert!(is_runner_summary("test result: ok. 3 passed; 0 failed"));
        assert!(is_runner_summary("227 passed, 0 failed"));
        assert!(is_runner_summary("18 passed, 0 failed, 1 skipped"));
        assert!(is_runner_summary("skipped line 3: a case: the reason"));
        assert!(is_runner_summary("[INFO] Tests run: 7, Failures: 0, Errors: 0, Skipped: 0"));
        let class =
            "[INFO] Tests run: 2, Failures: 0, Time elapsed: 0.1 s -- in org.brookite.ATest";
        assert!(!is_runner_summary(class));
    }
}
