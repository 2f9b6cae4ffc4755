//! Connectors: what reads and writes what is outside of the pipeline, by name and options.
//!
//! Names and options are those of Flink SQL's connectors, as far as there is something of the kind
//! here.

mod datagen;
mod filesystem;
mod options;
mod watermark;

use std::sync::Arc;

use brookite_core::proto::ConnectorNode;
use brookite_core::types::DataType;

use crate::body::{MakeBody, Surroundings, coder};
use crate::error::JobError;
use crate::operator::{Blackhole, PrintSink};
use crate::task::Body;

pub(crate) use options::Options;
use watermark::RowTime;

/// The connectors that can be read from.
const SOURCES: &str = "datagen, filesystem";

/// The connectors that can be written to.
const SINKS: &str = "blackhole, filesystem, print";

/// Whether a source has an end.
pub(crate) fn is_bounded(node: &ConnectorNode) -> bool {
    match node.connector.as_str() {
        "datagen" => datagen::is_bounded(node),
        _ => true,
    }
}

/// Prepares a source.
pub(crate) fn source(
    uid: &str,
    node: &ConnectorNode,
    data_type: &DataType,
    surroundings: &Surroundings,
) -> Result<MakeBody, JobError> {
    let options = Options::of(uid, node);
    let time = RowTime::of(uid, node, data_type, surroundings)?;
    if let Some(column) = node.metadata.keys().next() {
        let reason = format!(
            "column '{column}' is of the connector's metadata, which there is none of here"
        );
        return Err(JobError::graph(uid, reason));
    }
    match node.connector.as_str() {
        "datagen" => datagen::source(&options, data_type, time),
        "filesystem" => filesystem::source(&options, data_type, time),
        _ => Err(no_such(uid, node, "read from", SOURCES)),
    }
}

/// Prepares a sink.
pub(crate) fn sink(
    uid: &str,
    node: &ConnectorNode,
    data_type: &DataType,
    surroundings: &Surroundings,
) -> Result<MakeBody, JobError> {
    let options = Options::of(uid, node);
    if !node.partitioned_by.is_empty() {
        let reason = "the local runner writes no folders by column: leave `partitioned_by` away, or run \
                      the pipeline on Flink";
        return Err(JobError::graph(uid, reason));
    }
    match node.connector.as_str() {
        "blackhole" => {
            options.check_all_known()?;
            Ok(Arc::new(|_, _| Ok(Body::Operator(Box::new(Blackhole)))))
        }
        "print" => print(&options, data_type),
        "filesystem" => filesystem::sink(&options, data_type, surroundings),
        _ => Err(no_such(uid, node, "write to", SINKS)),
    }
}

fn print(options: &Options<'_>, data_type: &DataType) -> Result<MakeBody, JobError> {
    let prefix = options.text("print-identifier").unwrap_or_default().to_owned();
    let to_error = options.flag("standard-error")?;
    options.check_all_known()?;
    let (uid, coder) = (options.uid().to_owned(), coder(options.uid(), data_type)?);
    Ok(Arc::new(move |index, parallelism| {
        let subtask = (index, parallelism);
        let sink = PrintSink::new(&uid, &prefix, coder.clone(), subtask, to_error);
        Ok(Body::Operator(Box::new(sink)))
    }))
}

fn no_such(uid: &str, node: &ConnectorNode, verb: &'static str, known: &str) -> JobError {
    let advice = match node.connector.as_str() {
        "kafka" | "upsert-kafka" => {
            "To try the pipeline here, read the records from a file, or generate them with 'datagen'; to \
             run it with Kafka, run it on Flink (embedded, or a cluster) with `--connector kafka`"
        }
        _ => {
            "Run the pipeline on Flink (embedded, or a cluster), which has all connectors of Flink SQL"
        }
    };
    JobError::NoSuchConnector {
        node: uid.to_owned(),
        connector: node.connector.clone(),
        verb,
        known: known.to_owned(),
        advice: advice.to_owned(),
    }
}
