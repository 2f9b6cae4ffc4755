//! Writing Parquet.

use std::fs::File;
use std::sync::Arc;

use brookite_core::types::{Field, Kind};
use brookite_core::value::Value;
use num_bigint::BigInt;
use parquet::basic::Compression;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType as Physical, DoubleType, FixedLenByteArray,
    FixedLenByteArrayType, FloatType, Int32Type, Int64Type, Int96, Int96Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, TypePtr};

use crate::format::WriteRows;
use crate::format::parquet::{DAY, EPOCH, bytes_of};

/// Rows of a group.
const GROUP: usize = 65_536;

pub(super) struct Writer {
    fields: Vec<Field>,
    file: File,
    writer: SerializedFileWriter<File>,
    rows: Vec<Vec<Value>>,
}

impl Writer {
    pub(super) fn create(fields: &[Field], schema: &TypePtr, file: File) -> Result<Self, String> {
        // Flink's reader of decimals does not expect a dictionary, and its own writer makes none for them.
        let decimals =
            fields.iter().filter(|field| matches!(field.data_type.kind, Kind::Decimal { .. }));
        let properties = decimals
            .fold(WriterProperties::builder(), |properties, field| {
                let column = ColumnPath::from(vec![field.name.clone()]);
                properties.set_column_dictionary_enabled(column, false)
            })
            .set_compression(Compression::SNAPPY)
            .build();
        let same = file.try_clone().map_err(|error| error.to_string())?;
        let writer = SerializedFileWriter::new(file, schema.clone(), Arc::new(properties))
            .map_err(|error| error.to_string())?;
        Ok(Self { fields: fields.to_vec(), file: same, writer, rows: Vec::new() })
    }

    fn write_group(&mut self) -> Result<(), String> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let failed = |error: parquet::errors::ParquetError| error.to_string();
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for (index, field) in self.fields.iter().enumerate() {
            let Some(mut column) = group.next_column().map_err(failed)? else { break };
            let values: Vec<&Value> = self.rows.iter().map(|row| &row[index]).collect();
            write_column(&mut column, field, &values)
                .map_err(|error| format!("column '{}': {error}", field.name))?;
            column.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.rows.clear();
        Ok(())
    }
}

impl WriteRows for Writer {
    fn write_row(&mut self, row: &Value) -> Result<(), String> {
        match row {
            Value::Row(_, columns) if columns.len() == self.fields.len() => {
                self.rows.push(columns.clone());
            }
            row => {
                return Err(format!(
                    "expected a row of {} columns, found {row:?}",
                    self.fields.len()
                ));
            }
        }
        if self.rows.len() < GROUP { Ok(()) } else { self.write_group() }
    }

    fn finish(mut self: Box<Self>) -> Result<(), String> {
        self.write_group()?;
        self.writer.close().map_err(|error| error.to_string())?;
        self.file.sync_all().map_err(|error| error.to_string())
    }
}

fn write_column(
    column: &mut SerializedColumnWriter<'_>,
    field: &Field,
    values: &[&Value],
) -> Result<(), String> {
    let nullable = field.data_type.nullable;
    match &field.data_type.kind {
        Kind::Boolean => all::<BoolType>(column, values, nullable, |value| match value {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }),
        Kind::BigInt => all::<Int64Type>(column, values, nullable, |value| match value {
            Value::BigInt(value) => Some(*value),
            _ => None,
        }),
        Kind::Float => all::<FloatType>(column, values, nullable, |value| match value {
            Value::Float(value) => Some(*value),
            _ => None,
        }),
        Kind::Double => all::<DoubleType>(column, values, nullable, |value| match value {
            Value::Double(value) => Some(*value),
            _ => None,
        }),
        Kind::Timestamp(_) | Kind::TimestampLtz(_) => {
            all::<Int96Type>(column, values, nullable, |value| match value {
                Value::Timestamp { seconds, nanos } => Some(int96(*seconds, *nanos)),
                _ => None,
            })
        }
        Kind::Decimal { precision, .. } => {
            let length = bytes_of(*precision);
            all::<FixedLenByteArrayType>(column, values, nullable, |value| match value {
                Value::Decimal { unscaled, .. } => Some(fixed(unscaled, length)),
                _ => None,
            })
        }
        Kind::TinyInt | Kind::SmallInt | Kind::Int | Kind::Date | Kind::Time(_) => {
            all::<Int32Type>(column, values, nullable, |value| match value {
                Value::TinyInt(value) => Some((*value).into()),
                Value::SmallInt(value) => Some((*value).into()),
                Value::Int(value) => Some(*value),
                Value::Date(days) => i32::try_from(*days).ok(),
                Value::Time(nanos) => i32::try_from(nanos / 1_000_000).ok(),
                _ => None,
            })
        }
        _ => all::<ByteArrayType>(column, values, nullable, |value| match value {
            Value::String(text) => Some(ByteArray::from(text.as_str())),
            Value::Bytes(bytes) => Some(ByteArray::from(bytes.clone())),
            _ => None,
        }),
    }
}

fn all<T: Physical>(
    column: &mut SerializedColumnWriter<'_>,
    values: &[&Value],
    nullable: bool,
    physical: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), String> {
    let mut found = Vec::with_capacity(values.len());
    for value in values {
        match physical(value) {
            Some(value) => found.push(value),
            None if nullable && **value == Value::Null => {}
            None => return Err(format!("the value cannot be written: {value:?}")),
        }
    }
    let levels: Vec<i16> = values.iter().map(|value| i16::from(**value != Value::Null)).collect();
    let levels = nullable.then_some(levels.as_slice());
    let written = column.typed::<T>().write_batch(&found, levels, None);
    written.map(|_| ()).map_err(|error| error.to_string())
}

/// The number in so many bytes, the highest first.
fn fixed(unscaled: &BigInt, length: usize) -> FixedLenByteArray {
    let bytes = unscaled.to_signed_bytes_be();
    let sign = if unscaled.sign() == num_bigint::Sign::Minus { 0xff } else { 0 };
    let mut padded = vec![sign; length.saturating_sub(bytes.len())];
    padded.extend_from_slice(&bytes);
    FixedLenByteArray::from(padded)
}

fn int96(seconds: i64, nanos: u32) -> Int96 {
    let day = seconds.div_euclid(86_400) + EPOCH;
    let of_day = seconds.rem_euclid(86_400) * 1_000_000_000 + i64::from(nanos);
    debug_assert!(of_day < DAY);
    let mut value = Int96::new();
    value.set_data(of_day as u32, (of_day >> 32) as u32, day as u32);
    value
}
