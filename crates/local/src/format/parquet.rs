//! The format `parquet`: columns of plain types, as Flink lays them out.
//!
//! Timestamps are INT96, which is what Flink writes unless it is told otherwise, and stand for
//! themselves: as in Flink with `parquet.utc-timezone`.

mod read;
mod write;

use std::fs::File;
use std::sync::Arc;

use brookite_core::types::{Field, Kind};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::TypePtr;

use crate::connector::Options;
use crate::error::JobError;
use crate::format::{Format, ReadRows, WriteRows};

/// Days from the Julian day 0 to 1970-01-01.
const EPOCH: i64 = 2_440_588;

/// Nanoseconds of a day.
const DAY: i64 = 86_400_000_000_000;

/// How rows look.
#[derive(Clone, Debug)]
pub(crate) struct Parquet {
    fields: Vec<Field>,
    schema: TypePtr,
}

impl Parquet {
    pub(crate) fn of(options: &Options<'_>, fields: &[Field]) -> Result<Self, JobError> {
        // What it says is so in any case.
        options.flag("parquet.utc-timezone")?;
        let compression = [("SNAPPY", ())];
        options.choice("parquet.compression", &compression)?;
        let columns: Result<Vec<String>, JobError> = fields
            .iter()
            .map(|field| {
                let repetition = if field.data_type.nullable { "optional" } else { "required" };
                let name = &field.name;
                let (before, after) = physical(&field.data_type.kind).ok_or_else(|| {
                    let data_type = &field.data_type;
                    let reason = format!(
                        "can be 'parquet' for columns of plain types only here, and '{name}' is {data_type}"
                    );
                    options.wrong("format", reason)
                })?;
                Ok(format!("{repetition} {before} {name}{after};"))
            })
            .collect();
        let message = format!("message flink_schema {{ {} }}", columns?.join(" "));
        let schema = parse_message_type(&message)
            .map_err(|error| options.wrong("format", format!("cannot be 'parquet': {error}")))?;
        Ok(Self { fields: fields.to_vec(), schema: Arc::new(schema) })
    }
}

impl Format for Parquet {
    fn reader(&self, file: File) -> Result<Box<dyn ReadRows>, String> {
        Ok(Box::new(read::Reader::open(&self.fields, file)?))
    }

    fn writer(&self, file: File) -> Result<Box<dyn WriteRows>, String> {
        Ok(Box::new(write::Writer::create(&self.fields, &self.schema, file)?))
    }
}

/// What stands before and behind the name of a column of that kind in a schema.
fn physical(kind: &Kind) -> Option<(String, String)> {
    let plain = |before: &str| Some((before.to_owned(), String::new()));
    let marked = |before: &str, mark: &str| Some((before.to_owned(), format!(" ({mark})")));
    match kind {
        Kind::Boolean => plain("boolean"),
        Kind::TinyInt => marked("int32", "INT_8"),
        Kind::SmallInt => marked("int32", "INT_16"),
        Kind::Int => plain("int32"),
        Kind::BigInt => plain("int64"),
        Kind::Float => plain("float"),
        Kind::Double => plain("double"),
        Kind::String | Kind::Char(_) | Kind::Varchar(_) => marked("binary", "UTF8"),
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) => plain("binary"),
        Kind::Date => marked("int32", "DATE"),
        Kind::Time(_) => marked("int32", "TIME_MILLIS"),
        Kind::Timestamp(_) | Kind::TimestampLtz(_) => plain("int96"),
        Kind::Decimal { precision, scale } => marked(
            &format!("fixed_len_byte_array({})", bytes_of(*precision)),
            &format!("DECIMAL({precision}, {scale})"),
        ),
        _ => None,
    }
}

/// The fewest bytes that hold all numbers of so many digits.
fn bytes_of(precision: u8) -> usize {
    let bits = f64::from(precision) * 10_f64.log2() + 1.0;
    (bits / 8.0).ceil() as usize
}
