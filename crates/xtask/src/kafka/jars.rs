//! Kafka's jars, as Maven resolves them, and Flink's connector.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::layout::Layout;
use crate::setup::JavaTools;
use crate::{java, step, versions};

/// What the module java/kafka has when it is built.
pub(crate) struct Jars {
    class_path: String,
    connector: PathBuf,
}

impl Jars {
    /// What Maven has built before.
    pub(super) fn built(layout: &Layout) -> Result<Self> {
        let module = layout.root().join("java/kafka");
        let version = versions::property(layout, "flink.kafka.version")
            .context("java/pom.xml has no flink.kafka.version")?;
        let connector =
            module.join(format!("target/connector/flink-sql-connector-kafka-{version}.jar"));
        fs::metadata(&connector)
            .with_context(|| format!("Maven left no {}", connector.display()))?;
        Ok(Self { class_path: java::class_path(&module)?, connector })
    }

    /// Has Maven build the module, unless it did before.
    pub(super) fn find_or_build(layout: &Layout, tools: &JavaTools) -> Result<Self> {
        if let Ok(built) = Self::built(layout) {
            return Ok(built);
        }
        let mut command = java::maven(layout, tools, "package");
        command.args(["--projects", "kafka"]);
        step::run("fetching Kafka", &mut command)?;
        Self::built(layout)
    }

    /// The broker, its tools, and the tests' client.
    pub(super) fn class_path(&self) -> &str {
        &self.class_path
    }

    /// Flink's connector in one jar.
    pub(super) fn connector(&self) -> &Path {
        &self.connector
    }
}
