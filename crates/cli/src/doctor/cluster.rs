//! The cluster: that it answers, its versions, its memory, and the options of its JVMs.
//!
//! TaskManagers do not tell of their JVMs; they are taken to be like the JobManager's.

use brookite_client::package::Platform;
use brookite_client::{Client, ClientError, JvmEnvironment, TaskManager};
use brookite_run::OLDEST_JAVA;

use crate::doctor::Finding;
use crate::size;

/// The first JDK that warns of native libraries unless they are allowed.
const NATIVE_ACCESS_SINCE: u32 = 24;
const NATIVE_ACCESS: &str = "--enable-native-access=ALL-UNNAMED";

/// What the bridge needs to define its class once for all jobs; Flink's own configuration has it.
const OPENS: &str = "--add-opens=java.base/java.lang=ALL-UNNAMED";

const OFF_HEAP: &str = "taskmanager.memory.task.off-heap.size";

/// Looks at the cluster at `url`; that there is none is a problem only when one was `wanted`.
pub(super) fn check(url: &str, wanted: bool, library: Option<&Platform>) -> Vec<Finding> {
    let client = match Client::connect(url) {
        Ok(client) => client,
        Err(ClientError::Unreachable { .. }) if !wanted => {
            let what = format!("no cluster answers at {url}; local runs need none");
            return vec![Finding::warning(
                what,
                "start one with Flink's `bin/start-cluster.sh`, or name one with --flink URL",
            )];
        }
        Err(error) => {
            return vec![Finding::problem(
                error.to_string(),
                "see the address and the cluster's logs",
            )];
        }
    };
    let version = client.version();
    let mut findings = vec![Finding::good(format!("Flink {version} at {}", client.url()))];
    let more = look(&client, library);
    findings.extend(more.unwrap_or_else(|error| {
        vec![Finding::problem(error.to_string(), "see the logs of the JobManager")]
    }));
    findings
}

fn look(client: &Client, library: Option<&Platform>) -> Result<Vec<Finding>, ClientError> {
    let mut findings = Vec::new();
    let task_managers = client.task_managers()?;
    findings.push(slots(&task_managers));
    if !task_managers.is_empty() {
        findings.push(off_heap(&task_managers));
    }
    let jvm = client.environment()?;
    findings.extend(jdk(&jvm));
    if let Some(library) = library {
        findings.push(platform(&jvm, library));
    }
    Ok(findings)
}

fn slots(task_managers: &[TaskManager]) -> Finding {
    let slots: u32 = task_managers.iter().map(|found| found.slots).sum();
    let free: u32 = task_managers.iter().map(|found| found.free_slots).sum();
    let what = format!("{} TaskManagers, {free} of {slots} slots free", task_managers.len());
    match (slots, free) {
        (0, _) => Finding::problem(
            "no TaskManager has registered: no job can run",
            "start one with Flink's `bin/taskmanager.sh start`; if there is one, its log says why it is not \
             heard",
        ),
        (_, 0) => Finding::warning(
            what,
            "a new job will wait: cancel one (`cargo brookite list`), start more TaskManagers, or raise \
             taskmanager.numberOfTaskSlots",
        ),
        _ => Finding::good(what),
    }
}

fn off_heap(task_managers: &[TaskManager]) -> Finding {
    let least = task_managers.iter().filter_map(TaskManager::task_off_heap).min();
    match least {
        Some(0) => Finding::problem(
            format!("{OFF_HEAP} is 0: there is no room for the buffers between Java and Rust"),
            format!(
                "set `{OFF_HEAP}: 64m` in the cluster's configuration and start the TaskManagers again"
            ),
        ),
        Some(bytes) => Finding::good(format!("{OFF_HEAP} is {}", size::bytes(bytes))),
        None => Finding::warning(
            format!("the TaskManagers do not tell {OFF_HEAP}"),
            format!("see that the cluster's configuration has `{OFF_HEAP}: 64m` or more"),
        ),
    }
}

fn jdk(jvm: &JvmEnvironment) -> Vec<Finding> {
    let Some(version) = jvm.feature_version() else {
        let what = format!("the JobManager runs on '{}', which names no version", jvm.version);
        return vec![Finding::warning(what, format!("see that it is JDK {OLDEST_JAVA} or newer"))];
    };
    let mut findings = vec![if version >= OLDEST_JAVA {
        Finding::good(format!("JDK {version}"))
    } else {
        Finding::problem(
            format!("the JobManager runs on JDK {version}, needed is {OLDEST_JAVA} or newer"),
            "set env.java.home in the cluster's configuration, or JAVA_HOME where it is started",
        )
    }];
    let has = |option: &str| {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        // The launcher takes both `--name=value` and `--name value`.
        jvm.options.iter().any(|found| found == option)
            || jvm.options.windows(2).any(|pair| pair[0] == name && pair[1] == value)
    };
    let extend =
        "extend env.java.opts.all in the cluster's configuration, with what it has already, by";
    if !has(OPENS) {
        findings.push(Finding::warning(
            format!("the JVMs lack {OPENS}, which Flink's own configuration has"),
            format!("{extend} {OPENS}"),
        ));
    }
    if version >= NATIVE_ACCESS_SINCE && !has(NATIVE_ACCESS) {
        findings.push(Finding::warning(
            format!("JDK {version} warns of native libraries, and later ones refuse them"),
            format!("{extend} {NATIVE_ACCESS}"),
        ));
    }
    findings
}

/// Whether the library is for the processor that the cluster's JVM runs on.
fn platform(jvm: &JvmEnvironment, library: &Platform) -> Finding {
    let arch = match &*jvm.arch {
        "amd64" | "x86-64" => "x86_64",
        "arm64" => "aarch64",
        other => other,
    };
    if library.arch() == arch {
        return Finding::good(format!("the library is for its processor, {arch}"));
    }
    Finding::problem(
        format!("the library is for {library}, and the cluster's processors are {arch}"),
        format!(
            "build it with `cargo build --release --target {arch}-unknown-linux-gnu` and package it with \
             --library linux-{arch}=FILE"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jvm(version: u32, options: &[&str]) -> JvmEnvironment {
        let text = serde_json::json!({
            "version": format!("OpenJDK 64-Bit Server VM - Debian - {version}/{version}.0.1+6"),
            "arch": "amd64",
            "options": options,
        });
        serde_json::from_value(text).unwrap()
    }

    fn warnings(findings: &[Finding]) -> usize {
        findings.iter().filter(|finding| matches!(finding, Finding::Warning { .. })).count()
    }

    #[test]
    fn native_access_is_asked_for_on_the_jdks_that_want_it() {
        assert_eq!(warnings(&jdk(&jvm(17, &[OPENS]))), 0);
        assert_eq!(warnings(&jdk(&jvm(25, &[OPENS]))), 1);
        assert_eq!(warnings(&jdk(&jvm(25, &[OPENS, NATIVE_ACCESS]))), 0);
        let apart = ["--add-opens", "java.base/java.lang=ALL-UNNAMED"];
        assert_eq!(warnings(&jdk(&jvm(17, &apart))), 0);
        assert_eq!(warnings(&jdk(&jvm(17, &[]))), 1);
    }

    #[test]
    fn a_jdk_that_is_too_old_is_a_problem() {
        assert!(matches!(jdk(&jvm(11, &[OPENS]))[0], Finding::Problem { .. }));
    }

    #[test]
    fn a_library_for_another_processor_is_a_problem() {
        let library = |text: &str| text.parse::<Platform>().unwrap();
        assert!(matches!(platform(&jvm(17, &[]), &library("linux-x86_64")), Finding::Good(_)));
        let other = platform(&jvm(17, &[]), &library("linux-aarch64"));
        let Finding::Problem { what, fix } = other else { panic!("{other:?}") };
        assert!(what.contains("linux-aarch64") && fix.contains("x86_64-unknown-linux-gnu"));
    }
}
