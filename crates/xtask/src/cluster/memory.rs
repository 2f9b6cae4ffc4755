//! The memory of the processes, which Flink's start scripts would compute from that of the machine.

use anyhow::{Context, Result, bail};

/// What a TaskManager is told of its memory; it wants to know all of it. Small: it may be one of
/// several on a laptop. About 900 MB at the most, a third of it for RocksDB.
pub(super) const TASK_MANAGER: [(&str, &str); 12] = [
    ("taskmanager.cpu.cores", "2.0"),
    (FRAMEWORK_HEAP, "96m"),
    (TASK_HEAP, "224m"),
    (FRAMEWORK_OFF_HEAP, "96m"),
    (TASK_OFF_HEAP, "64m"),
    ("taskmanager.memory.network.min", "64m"),
    (NETWORK, "64m"),
    ("taskmanager.memory.managed.size", "256m"),
    (METASPACE, "192m"),
    ("taskmanager.memory.jvm-overhead.min", "192m"),
    ("taskmanager.memory.jvm-overhead.max", "192m"),
    ("taskmanager.memory.segment-size", "16k"),
];

const FRAMEWORK_HEAP: &str = "taskmanager.memory.framework.heap.size";
const TASK_HEAP: &str = "taskmanager.memory.task.heap.size";
const FRAMEWORK_OFF_HEAP: &str = "taskmanager.memory.framework.off-heap.size";
const TASK_OFF_HEAP: &str = "taskmanager.memory.task.off-heap.size";
const NETWORK: &str = "taskmanager.memory.network.max";
const METASPACE: &str = "taskmanager.memory.jvm-metaspace.size";

/// The options of a JobManager's JVM.
pub(super) fn job_manager_jvm() -> Vec<String> {
    vec!["-Xmx384m".to_owned()]
}

/// The options of a TaskManager's JVM that follow from what Flink is configured with.
pub(super) fn task_manager_jvm(value: impl Fn(&str) -> Option<String>) -> Result<Vec<String>> {
    let bytes = |key: &str| -> Result<u64> {
        let value = value(key).with_context(|| format!("{key} is not configured"))?;
        parse(&value).with_context(|| format!("{key} is '{value}'"))
    };
    let heap = bytes(FRAMEWORK_HEAP)? + bytes(TASK_HEAP)?;
    let direct = bytes(FRAMEWORK_OFF_HEAP)? + bytes(TASK_OFF_HEAP)? + bytes(NETWORK)?;
    Ok(vec![
        format!("-Xmx{heap}"),
        format!("-XX:MaxDirectMemorySize={direct}"),
        format!("-XX:MaxMetaspaceSize={}", bytes(METASPACE)?),
    ])
}

/// Reads a size as Flink spells it, such as `256m` or `1 gb`.
fn parse(text: &str) -> Result<u64> {
    let text = text.trim().to_ascii_lowercase();
    let (number, unit) =
        text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let number: u64 = number.parse().context("expected a number with a unit, such as 256m")?;
    let shift = match unit.trim() {
        "" | "b" | "bytes" => 0,
        "k" | "kb" => 10,
        "m" | "mb" => 20,
        "g" | "gb" => 30,
        "t" | "tb" => 40,
        other => bail!("'{other}' is no unit: expected b, k, m, g or t, as in 256m"),
    };
    number.checked_mul(1 << shift).context("this is too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_flink_spells_them() {
        assert_eq!(parse("256m").unwrap(), 256 << 20);
        assert_eq!(parse("1 gb").unwrap(), 1 << 30);
        assert_eq!(parse("17").unwrap(), 17);
        assert!(parse("much").is_err());
        assert!(parse("3 barrels").is_err());
    }

    #[test]
    fn the_heap_of_the_jvm_is_that_of_flink_and_of_its_tasks() {
        let value = |key: &str| {
            let entry = TASK_MANAGER.iter().find(|(other, _)| *other == key)?;
            Some(if key == TASK_HEAP { "1g".to_owned() } else { entry.1.to_owned() })
        };
        let options = task_manager_jvm(value).unwrap();
        assert_eq!(options[0], format!("-Xmx{}", (1 << 30) + (96 << 20)));
    }
}
