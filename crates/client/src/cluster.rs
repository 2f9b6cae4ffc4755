//! What a cluster says of itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::client::Client;
use crate::error::ClientError;

/// How many TaskManagers, slots and jobs there are.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Overview {
    /// TaskManagers that are registered.
    #[serde(rename = "taskmanagers")]
    pub task_managers: u32,
    /// Slots of all TaskManagers.
    #[serde(rename = "slots-total")]
    pub slots: u32,
    /// Slots that no job has.
    #[serde(rename = "slots-available")]
    pub free_slots: u32,
    /// Jobs that are not over.
    #[serde(rename = "jobs-running")]
    pub running: u32,
    /// Jobs that have come to their end.
    #[serde(rename = "jobs-finished")]
    pub finished: u32,
    /// Jobs that were cancelled.
    #[serde(rename = "jobs-cancelled")]
    pub canceled: u32,
    /// Jobs that have failed.
    #[serde(rename = "jobs-failed")]
    pub failed: u32,
}

/// A TaskManager that is registered. Sizes are in bytes.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TaskManager {
    /// Its name in the cluster.
    pub id: String,
    /// Slots that it has.
    #[serde(rename = "slotsNumber")]
    pub slots: u32,
    /// Those that no job has.
    pub free_slots: u32,
    #[serde(rename = "memoryConfiguration", default)]
    memory: BTreeMap<String, Option<u64>>,
}

impl TaskManager {
    /// The off-heap memory of tasks, `taskmanager.memory.task.off-heap.size`: direct buffers of operators
    /// count there.
    pub fn task_off_heap(&self) -> Option<u64> {
        *self.memory.get("taskOffHeap")?
    }

    /// Memory that Flink hands to state backends and operators.
    pub fn managed_memory(&self) -> Option<u64> {
        *self.memory.get("managedMemory")?
    }
}

/// The JVM that a process of the cluster runs on.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct JvmEnvironment {
    /// As the JVM calls itself, such as `OpenJDK 64-Bit Server VM - Debian - 17/17.0.15+6`.
    pub version: String,
    /// The processor, such as `amd64`.
    pub arch: String,
    /// What it was started with.
    pub options: Vec<String>,
}

impl JvmEnvironment {
    /// The feature version of the JDK, such as 17.
    pub fn feature_version(&self) -> Option<u32> {
        let specification = self.version.rsplit(" - ").next()?.split('/').next()?;
        specification.trim().parse().ok()
    }
}

impl Client {
    /// How many TaskManagers, slots and jobs there are.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn overview(&self) -> Result<Overview, ClientError> {
        self.http.get("/overview")
    }

    /// The TaskManagers that are registered.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn task_managers(&self) -> Result<Vec<TaskManager>, ClientError> {
        #[derive(Deserialize)]
        struct Registered {
            taskmanagers: Vec<TaskManager>,
        }
        Ok(self.http.get::<Registered>("/taskmanagers")?.taskmanagers)
    }

    /// The options that the JobManager was given, by Flink's keys. Defaults are not among them.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn configuration(&self) -> Result<BTreeMap<String, String>, ClientError> {
        #[derive(Deserialize)]
        struct Entry {
            key: String,
            value: String,
        }
        let entries: Vec<Entry> = self.http.get("/jobmanager/config")?;
        Ok(entries.into_iter().map(|Entry { key, value }| (key, value)).collect())
    }

    /// The JobManager's JVM; TaskManagers do not tell theirs.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer.
    pub fn environment(&self) -> Result<JvmEnvironment, ClientError> {
        #[derive(Deserialize)]
        struct Environment {
            jvm: JvmEnvironment,
        }
        Ok(self.http.get::<Environment>("/jobmanager/environment")?.jvm)
    }

    /// Metrics of a TaskManager by name, such as `Status.JVM.Memory.Direct.MemoryUsed`. One that Flink does
    /// not know (yet) is not among the answers.
    ///
    /// # Errors
    ///
    /// When the cluster does not answer, or has no such TaskManager.
    pub fn task_manager_metrics(
        &self,
        id: &str,
        names: &[&str],
    ) -> Result<BTreeMap<String, f64>, ClientError> {
        crate::metric::values(&self.http, &format!("/taskmanagers/{id}/metrics"), names)
    }
}

impl fmt::Display for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { task_managers, slots, free_slots, running, .. } = self;
        write!(
            f,
            "{task_managers} TaskManagers, {free_slots} of {slots} slots free, {running} jobs"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_the_jdk_is_read_as_flink_tells_it() {
        let jvm = |version: &str| JvmEnvironment {
            version: version.to_owned(),
            arch: "amd64".to_owned(),
            options: Vec::new(),
        };
        let debian = "OpenJDK 64-Bit Server VM - Debian - 17/17.0.15+6-Debian-1deb12u1";
        assert_eq!(jvm(debian).feature_version(), Some(17));
        let temurin = "OpenJDK 64-Bit Server VM - Eclipse Adoptium - 25/25.0.1+8-LTS";
        assert_eq!(jvm(temurin).feature_version(), Some(25));
        assert_eq!(jvm("unknown").feature_version(), None);
    }
}
