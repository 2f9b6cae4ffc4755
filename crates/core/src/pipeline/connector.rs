//! [`Connector`]: a connector of Flink SQL, with its options.

use std::collections::BTreeMap;

use crate::pipeline::NodeProblem;
use crate::pipeline::column::find_column;
use crate::proto::{ConnectorNode, ConnectorWatermark};
use crate::types::{DataType, Kind};
use crate::windowing::Millis;

/// A connector of Flink SQL, by its name and its options: all that `CREATE TABLE .. WITH (..)` takes.
/// The columns are those of the row that is read or written.
///
/// ```
/// use brookite_core::pipeline::Connector;
///
/// let clicks = Connector::new("kafka")
///     .option("topic", "clicks")
///     .option("properties.bootstrap.servers", "localhost:9092")
///     .option("scan.startup.mode", "earliest-offset")
///     .format("json")
///     .metadata("at", "timestamp")
///     .watermark("at", 5_000);
/// assert_eq!(clicks.name(), "kafka");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Connector {
    node: ConnectorNode,
    duplicate: Option<String>,
}

impl Connector {
    /// The connector that Flink knows by this name, such as "kafka" or "filesystem".
    pub fn new(connector: impl Into<String>) -> Self {
        let node = ConnectorNode { connector: connector.into(), ..ConnectorNode::default() };
        Self { node, duplicate: None }
    }

    /// An option of the connector or of its format, as Flink's documentation names it.
    #[must_use]
    pub fn option(mut self, key: impl Into<String>, value: impl ToString) -> Self {
        let (key, value) = (key.into(), value.to_string());
        let before = self.node.options.insert(key.clone(), value.clone());
        if before.is_some_and(|before| before != value) {
            self.duplicate.get_or_insert(key);
        }
        self
    }

    /// The format of the records, such as "json" or "csv": short for the option `format`.
    #[must_use]
    pub fn format(self, format: &str) -> Self {
        self.option("format", format)
    }

    /// A column that is not in the record, but told by the connector under `key`, such as Kafka's
    /// `timestamp`: `METADATA FROM`.
    #[must_use]
    pub fn metadata(mut self, column: impl Into<String>, key: impl Into<String>) -> Self {
        self.node.metadata.insert(column.into(), key.into());
        self
    }

    /// Takes event time from a column of type `TIMESTAMP(3)` or `TIMESTAMP_LTZ(3)`; records may come so
    /// much late, a `Duration` or milliseconds.
    #[must_use]
    pub fn watermark(mut self, column: impl Into<String>, delay: impl Millis) -> Self {
        let (column, delay_ms) = (column.into(), delay.millis());
        self.node.watermark = Some(ConnectorWatermark { column, delay_ms });
        self
    }

    /// The columns that identify a row, for connectors that update: `PRIMARY KEY (..) NOT ENFORCED`.
    #[must_use]
    pub fn primary_key<C: Into<String>>(mut self, columns: impl IntoIterator<Item = C>) -> Self {
        self.node.primary_key = columns.into_iter().map(Into::into).collect();
        self
    }

    /// The columns by which files lie in folders: `PARTITIONED BY`.
    #[must_use]
    pub fn partitioned_by<C: Into<String>>(mut self, columns: impl IntoIterator<Item = C>) -> Self {
        self.node.partitioned_by = columns.into_iter().map(Into::into).collect();
        self
    }

    /// The connector's name.
    pub fn name(&self) -> &str {
        &self.node.connector
    }

    /// The options.
    pub fn options(&self) -> &BTreeMap<String, String> {
        &self.node.options
    }

    pub(crate) fn into_node(self) -> ConnectorNode {
        self.node
    }

    /// Whether the connector fits rows of that type.
    pub(crate) fn check(&self, row: &DataType, source: bool) -> Result<(), NodeProblem> {
        let wrong = |message: String| Err(NodeProblem::Connector(message));
        let node = &self.node;
        if node.connector.is_empty() {
            return wrong(
                "its connector has no name: expected one of Flink's, such as \"kafka\"".into(),
            );
        }
        if let Some(key) = &self.duplicate {
            return wrong(format!("its option '{key}' is given twice, with different values"));
        }
        if let Some(connector) = node.options.get("connector") {
            return wrong(format!(
                "its option 'connector' says '{connector}' and its name '{}': leave the option away",
                node.connector
            ));
        }
        let columns = [
            ("metadata column", node.metadata.keys().collect::<Vec<_>>()),
            ("partition column", node.partitioned_by.iter().collect()),
            ("column of the primary key", node.primary_key.iter().collect()),
        ];
        for (what, names) in columns {
            for name in names {
                find_column(what, name, row)?;
            }
        }
        self.check_primary_key(row)?;
        self.check_watermark(row, source)
    }

    fn check_primary_key(&self, row: &DataType) -> Result<(), NodeProblem> {
        for column in &self.node.primary_key {
            let found = find_column("column of the primary key", column, row)?;
            if found.nullable {
                return Err(NodeProblem::ColumnType {
                    what: "column of the primary key",
                    column: column.clone(),
                    difference: format!("expected one without null, found {found}"),
                });
            }
        }
        Ok(())
    }

    fn check_watermark(&self, row: &DataType, source: bool) -> Result<(), NodeProblem> {
        let Some(ConnectorWatermark { column, delay_ms }) = &self.node.watermark else {
            return Ok(());
        };
        if !source {
            let message = "its connector has a watermark, which only sources have: leave it away";
            return Err(NodeProblem::Connector(message.to_owned()));
        }
        if *delay_ms < 0 {
            let message =
                format!("its watermark's delay must not be negative, found {delay_ms} ms");
            return Err(NodeProblem::Connector(message));
        }
        let what = "watermark column";
        let found = find_column(what, column, row)?;
        if !matches!(found.kind, Kind::Timestamp(3) | Kind::TimestampLtz(3)) {
            let difference = format!("expected TIMESTAMP(3) or TIMESTAMP_LTZ(3), found {found}");
            return Err(NodeProblem::ColumnType { what, column: column.clone(), difference });
        }
        Ok(())
    }
}
