//! Flink's configuration for a cluster on one machine.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::cluster::{memory, ports};

/// What the cluster is configured with, and where its files are.
pub(super) struct Configuration {
    folder: PathBuf,
    entries: Vec<(String, String)>,
}

impl Configuration {
    /// The defaults for one machine, and after them `options`, each `KEY=VALUE`.
    pub(super) fn new(folder: &Path, slots: u32, port: u16, options: &[String]) -> Result<Self> {
        let files = |name: &str| format!("file://{}", folder.join(name).display());
        // It follows the REST port, so that two clusters do not meet.
        let rpc_port = ports::rpc_port(port)?;
        let mut entries: Vec<(String, String)> = [
            ("jobmanager.rpc.address", "localhost".to_owned()),
            ("jobmanager.rpc.port", rpc_port.to_string()),
            ("jobmanager.bind-host", "localhost".to_owned()),
            ("rest.address", "localhost".to_owned()),
            ("rest.port", port.to_string()),
            ("rest.bind-port", port.to_string()),
            ("taskmanager.host", "localhost".to_owned()),
            ("taskmanager.numberOfTaskSlots", slots.to_string()),
            // A TaskManager that is killed is missed soon.
            ("heartbeat.interval", "500ms".to_owned()),
            ("heartbeat.timeout", "3s".to_owned()),
            ("execution.checkpointing.dir", files("checkpoints")),
            ("execution.checkpointing.savepoint-dir", files("savepoints")),
            ("io.tmp.dirs", temporary(folder).display().to_string()),
            ("web.tmpdir", temporary(folder).display().to_string()),
        ]
        .into_iter()
        .chain(memory::TASK_MANAGER.map(|(key, value)| (key, value.to_owned())))
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
        for option in options {
            let (key, value) = option
                .split_once('=')
                .with_context(|| format!("expected KEY=VALUE after -D, found '{option}'"))?;
            ensure!(!key.trim().is_empty(), "expected KEY=VALUE after -D, found '{option}'");
            entries.retain(|(other, _)| other != key.trim());
            entries.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), entries })
    }

    /// What Flink is told for `key`.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        self.entries.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone())
    }

    /// Writes the files that Flink reads.
    pub(super) fn write(&self) -> Result<()> {
        let mut yaml = String::new();
        for (key, value) in &self.entries {
            // Quoted as YAML's single-quoted text.
            writeln!(yaml, "{key}: '{}'", value.replace('\'', "''"))?;
        }
        let logs = self.logs();
        if logs.exists() {
            fs::remove_dir_all(&logs)
                .with_context(|| format!("cannot remove the old {}", logs.display()))?;
        }
        for folder in [self.directory(), logs, self.temporary()] {
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        write(&self.directory().join("config.yaml"), &yaml)?;
        write(&self.log4j(), LOG4J)
    }

    /// The folder that Flink is told to read its configuration from.
    pub(super) fn directory(&self) -> PathBuf {
        self.folder.join("conf")
    }

    pub(super) fn log4j(&self) -> PathBuf {
        self.directory().join("log4j.properties")
    }

    pub(super) fn logs(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// Where the output of the process of that name goes.
    pub(super) fn log(&self, process: &str) -> PathBuf {
        self.logs().join(format!("{process}.log"))
    }

    /// What the JVM itself and native libraries write.
    pub(super) fn temporary(&self) -> PathBuf {
        temporary(&self.folder)
    }
}

/// What the processes keep while they run: uploaded jars, and RocksDB's files.
pub(super) fn temporary(folder: &Path) -> PathBuf {
    folder.join("tmp")
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Everything to the process's output, which is its log file.
const LOG4J: &str = "\
rootLogger.level = INFO
rootLogger.appenderRef.console.ref = console
appender.console.name = console
appender.console.type = CONSOLE
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_replace_defaults_and_must_have_a_value() {
        let folder = Path::new("somewhere");
        let options = ["taskmanager.numberOfTaskSlots=9".to_owned()];
        let configuration = Configuration::new(folder, 2, 8081, &options).unwrap();
        let key = "taskmanager.numberOfTaskSlots";
        assert_eq!(configuration.entries.iter().filter(|(other, _)| other == key).count(), 1);
        assert_eq!(configuration.value(key).as_deref(), Some("9"));
        let error = Configuration::new(folder, 2, 8081, &["state".to_owned()]).err().unwrap();
        assert_eq!(error.to_string(), "expected KEY=VALUE after -D, found 'state'");
    }
}
