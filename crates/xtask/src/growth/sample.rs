//! The memory of a TaskManager at one moment.

use std::fmt;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::cluster::Running;
use crate::figures::grouped;

/// What the state caches of an operator hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct StateCache {
    pub(super) entries: u64,
    pub(super) bytes: u64,
}

/// What a TaskManager holds.
pub(super) struct Sample {
    at: Duration,
    /// Keys, or jobs.
    count: u64,
    resident: u64,
    heap: u64,
    direct: u64,
    metaspace: u64,
    classes: u64,
    cached: Option<StateCache>,
}

impl Sample {
    /// The columns: seconds, keys or jobs, then sizes in MB.
    pub(super) const HEADER: &'static str = "  seconds        count  resident  heap  direct  \
        metaspace  classes  cached entries  cached MB";

    /// Looks at the only TaskManager of a cluster.
    pub(super) fn take(
        cluster: &Running<'_>,
        at: Duration,
        count: u64,
        cached: Option<StateCache>,
    ) -> Result<Self> {
        let pid = cluster.task_manager(1).context("the TaskManager is gone")?;
        let [heap, direct, metaspace, classes] = cluster.jvm_memory(1)?;
        let resident = resident(pid)?;
        Ok(Self { at, count, resident, heap, direct, metaspace, classes, cached })
    }

    /// The memory of the process, in bytes.
    pub(super) fn resident(&self) -> u64 {
        self.resident
    }
}

/// How much memory a process has, in bytes.
fn resident(pid: u32) -> Result<u64> {
    let file = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&file)
        .with_context(|| format!("cannot read {file}: memory is looked at on Linux only"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    Ok(kilobytes.with_context(|| format!("{file} tells no VmRSS"))? << 10)
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes >> 20;
        write!(
            f,
            "{:>9} {:>12} {:>9} {:>5} {:>7} {:>10} {:>8}",
            self.at.as_secs(),
            grouped(self.count),
            megabytes(self.resident),
            megabytes(self.heap),
            megabytes(self.direct),
            megabytes(self.metaspace),
            self.classes,
        )?;
        match &self.cached {
            None => Ok(()),
            Some(StateCache { entries, bytes }) => {
                let megabytes = *bytes as f64 / f64::from(1 << 20);
                write!(f, " {:>15} {megabytes:>10.1}", grouped(*entries))
            }
        }
    }
}
