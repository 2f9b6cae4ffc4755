//! The connector `filesystem`: rows in files, as CSV, JSON, Parquet, or lines.

mod sink;
mod source;

use std::sync::Arc;

use brookite_core::types::{DataType, Field, Kind};

use crate::body::{MakeBody, Surroundings, coder};
use crate::connector::options::Options;
use crate::connector::watermark::RowTime;
use crate::error::JobError;
use crate::files;
use crate::format::parquet::Parquet;
use crate::format::raw::Raw;
use crate::format::{Format, Text, text};
use crate::source::FilesSource;
use crate::task::Body;

use sink::FileSink;
use source::RowFiles;

/// Flink's options that say when a part is complete. Here it is at checkpoints, and at the end.
const ROLLING: [&str; 5] = [
    "sink.rolling-policy.file-size",
    "sink.rolling-policy.rollover-interval",
    "sink.rolling-policy.check-interval",
    "sink.rolling-policy.inactivity-interval",
    "auto-compaction",
];

pub(super) fn source(
    options: &Options<'_>,
    data_type: &DataType,
    time: RowTime,
) -> Result<MakeBody, JobError> {
    let path = options.required("path")?;
    let format = format(options, data_type)?;
    options.check_all_known()?;
    let files = files::find(path)?;
    let (uid, coder) = (options.uid().to_owned(), coder(options.uid(), data_type)?);
    Ok(Arc::new(move |index, parallelism| {
        let (format, coder, time) = (format.clone(), coder.clone(), time.clone());
        let rows = RowFiles { uid: uid.clone(), format, coder, time };
        Ok(Body::Source(Box::new(FilesSource::new(&files, (index, parallelism), rows))))
    }))
}

pub(super) fn sink(
    options: &Options<'_>,
    data_type: &DataType,
    surroundings: &Surroundings,
) -> Result<MakeBody, JobError> {
    let path = options.required("path")?;
    let folder = path.strip_prefix("file://").unwrap_or(path).to_owned();
    let format = format(options, data_type)?;
    ROLLING.iter().for_each(|key| {
        options.text(key);
    });
    options.check_all_known()?;
    let (uid, coder) = (options.uid().to_owned(), coder(options.uid(), data_type)?);
    let checkpoints = surroundings.checkpoints;
    Ok(Arc::new(move |index, _| {
        let (format, coder) = (format.clone(), coder.clone());
        let sink = FileSink::new(&uid, folder.clone().into(), index, format, coder, checkpoints);
        Ok(Body::Operator(Box::new(sink)))
    }))
}

fn format(options: &Options<'_>, data_type: &DataType) -> Result<Arc<dyn Format>, JobError> {
    let fields: &[Field] = match &data_type.kind {
        Kind::Row(fields) => fields,
        _ => {
            let reason = format!("expected rows, found {data_type}");
            return Err(JobError::graph(options.uid(), reason));
        }
    };
    match options.required("format")? {
        "csv" => Ok(Arc::new(Text::new(text::csv(options)?, fields))),
        "json" => Ok(Arc::new(Text::new(text::json(options)?, fields))),
        "raw" => Ok(Arc::new(Raw::of(options, fields)?)),
        "parquet" => Ok(Arc::new(Parquet::of(options, fields)?)),
        other => Err(options.wrong(
            "format",
            format!(
                "must be csv, json, parquet or raw here, found '{other}': Flink (embedded, or a cluster) has the \
                 others"
            ),
        )),
    }
}
