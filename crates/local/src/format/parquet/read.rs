//! Reading Parquet, one row group after the other.

use std::fs::File;

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use num_bigint::BigInt;
use parquet::basic::LogicalType;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{DataType as Physical, Int96};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescPtr;

use crate::format::parquet::{DAY, EPOCH};
use crate::format::{ReadError, ReadRows, Wrong};

pub(super) struct Reader {
    fields: Vec<Field>,
    file: SerializedFileReader<File>,
    next_group: usize,
    /// The rows of a group by column, those that come next last.
    columns: Vec<Vec<Value>>,
    rows: u64,
}

impl Reader {
    pub(super) fn open(fields: &[Field], file: File) -> Result<Self, String> {
        let file = SerializedFileReader::new(file).map_err(|error| error.to_string())?;
        Ok(Self { fields: fields.to_vec(), file, next_group: 0, columns: Vec::new(), rows: 0 })
    }

    fn wrong(&self, column: Option<&str>, reason: String) -> ReadError {
        let column = column.map(str::to_owned);
        ReadError::Malformed(Wrong { line: self.rows + 1, column, reason })
    }

    /// Reads the next group; `false` when there is none.
    fn next_group(&mut self) -> Result<bool, ReadError> {
        if self.next_group == self.file.num_row_groups() {
            return Ok(false);
        }
        let failed =
            |error: parquet::errors::ParquetError| ReadError::Io(std::io::Error::other(error));
        let group = self.file.get_row_group(self.next_group).map_err(failed)?;
        self.next_group += 1;
        let count = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let schema = group.metadata().schema_descr_ptr();
        let mut columns = Vec::new();
        for field in &self.fields {
            let index = schema.columns().iter().position(|column| {
                column.path().parts() == [field.name.clone()] && column.max_rep_level() == 0
            });
            let mut values = match index {
                Some(index) => {
                    let reader = group.get_column_reader(index).map_err(failed)?;
                    read_column(reader, &schema.column(index), &field.data_type, count)
                        .map_err(|reason| self.wrong(Some(&field.name), reason))?
                }
                // As in Flink: a column that the file does not have is null.
                None => vec![Value::Null; count],
            };
            if values.len() != count {
                let reason = format!("expected {count} values, found {}", values.len());
                return Err(self.wrong(Some(&field.name), reason));
            }
            values.reverse();
            columns.push(values);
        }
        self.columns = columns;
        Ok(true)
    }
}

impl ReadRows for Reader {
    fn next_row(&mut self) -> Result<Option<Value>, ReadError> {
        while self.columns.first().is_none_or(Vec::is_empty) {
            if !self.next_group()? {
                return Ok(None);
            }
        }
        let row: Vec<Value> =
            self.columns.iter_mut().map(|column| column.pop().unwrap_or(Value::Null)).collect();
        for (value, field) in row.iter().zip(&self.fields) {
            if *value == Value::Null && !field.data_type.nullable {
                let reason =
                    "expected a value, since the column is NOT NULL, found none".to_owned();
                return Err(self.wrong(Some(&field.name), reason));
            }
        }
        self.rows += 1;
        Ok(Some(Value::Row(RowKind::Insert, row)))
    }
}

fn read_column(
    reader: ColumnReader,
    column: &ColumnDescPtr,
    data_type: &DataType,
    count: usize,
) -> Result<Vec<Value>, String> {
    let kind = &data_type.kind;
    let unexpected = || {
        format!(
            "expected a column of type {data_type}, found {} in the file",
            column.physical_type()
        )
    };
    match reader {
        ColumnReader::BoolColumnReader(reader) => all(reader, column, count, |value| match kind {
            Kind::Boolean => Ok(Value::Boolean(value)),
            _ => Err(unexpected()),
        }),
        ColumnReader::Int32ColumnReader(reader) => all(reader, column, count, |value| match kind {
            Kind::TinyInt => i8::try_from(value).map(Value::TinyInt).map_err(|_| unexpected()),
            Kind::SmallInt => i16::try_from(value).map(Value::SmallInt).map_err(|_| unexpected()),
            Kind::Int => Ok(Value::Int(value)),
            Kind::Date => Ok(Value::Date(value.into())),
            Kind::Time(_) => Ok(Value::Time(i64::from(value) * 1_000_000)),
            Kind::Decimal { .. } => Ok(decimal(value.into(), column)),
            _ => Err(unexpected()),
        }),
        ColumnReader::Int64ColumnReader(reader) => {
            let per_second = match column.logical_type_ref() {
                Some(LogicalType::Timestamp(timestamp)) => {
                    match format!("{:?}", timestamp.unit).as_str() {
                        "MICROS" => 1_000_000,
                        "NANOS" => 1_000_000_000,
                        _ => 1_000,
                    }
                }
                _ if format!("{:?}", column.converted_type()) == "TIMESTAMP_MICROS" => 1_000_000,
                _ => 1_000,
            };
            all(reader, column, count, |value: i64| match kind {
                Kind::BigInt => Ok(Value::BigInt(value)),
                Kind::Decimal { .. } => Ok(decimal(value.into(), column)),
                Kind::Timestamp(_) | Kind::TimestampLtz(_) => Ok(Value::Timestamp {
                    seconds: value.div_euclid(per_second),
                    nanos: (value.rem_euclid(per_second) * (1_000_000_000 / per_second)) as u32,
                }),
                _ => Err(unexpected()),
            })
        }
        ColumnReader::Int96ColumnReader(reader) => all(reader, column, count, |value| match kind {
            Kind::Timestamp(_) | Kind::TimestampLtz(_) => Ok(timestamp(&value)),
            _ => Err(unexpected()),
        }),
        ColumnReader::FloatColumnReader(reader) => all(reader, column, count, |value| match kind {
            Kind::Float => Ok(Value::Float(value)),
            _ => Err(unexpected()),
        }),
        ColumnReader::DoubleColumnReader(reader) => {
            all(reader, column, count, |value| match kind {
                Kind::Double => Ok(Value::Double(value)),
                _ => Err(unexpected()),
            })
        }
        ColumnReader::ByteArrayColumnReader(reader) => all(reader, column, count, |value| {
            bytes(value.data(), kind, column).ok_or_else(unexpected)
        }),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => {
            all(reader, column, count, |value| {
                bytes(value.data(), kind, column).ok_or_else(unexpected)
            })
        }
    }
}

/// All values of a column, with null where its levels say so.
fn all<T: Physical>(
    mut reader: ColumnReaderImpl<T>,
    column: &ColumnDescPtr,
    count: usize,
    value: impl Fn(T::T) -> Result<Value, String>,
) -> Result<Vec<Value>, String> {
    let (mut values, mut levels): (Vec<T::T>, Vec<i16>) = (Vec::new(), Vec::new());
    let defined = column.max_def_level();
    let mut read = 0;
    while read < count {
        let asked = (defined > 0).then_some(&mut levels);
        let (more, _, _) = reader
            .read_records(count - read, asked, None, &mut values)
            .map_err(|error| error.to_string())?;
        if more == 0 {
            break;
        }
        read += more;
    }
    if defined == 0 {
        return values.into_iter().map(value).collect();
    }
    let mut values = values.into_iter();
    let next = |level: i16| match level == defined {
        true => values.next().map_or(Ok(Value::Null), &value),
        false => Ok(Value::Null),
    };
    levels.into_iter().map(next).collect()
}

fn bytes(bytes: &[u8], kind: &Kind, column: &ColumnDescPtr) -> Option<Value> {
    match kind {
        Kind::String | Kind::Char(_) | Kind::Varchar(_) => {
            std::str::from_utf8(bytes).ok().map(|text| Value::String(text.to_owned()))
        }
        Kind::Bytes | Kind::Binary(_) | Kind::Varbinary(_) => Some(Value::Bytes(bytes.to_vec())),
        Kind::Decimal { .. } => Some(decimal(BigInt::from_signed_bytes_be(bytes), column)),
        _ => None,
    }
}

fn decimal(unscaled: BigInt, column: &ColumnDescPtr) -> Value {
    Value::Decimal { unscaled, scale: column.type_scale() }
}

/// Nanoseconds of the day in the lower eight bytes, the Julian day in the upper four.
fn timestamp(value: &Int96) -> Value {
    let [low, high, day] = *value.data() else { return Value::Null };
    let nanos = i64::from(low) | i64::from(high) << 32;
    let days = i64::from(day) - EPOCH + nanos.div_euclid(DAY);
    let nanos = nanos.rem_euclid(DAY);
    Value::Timestamp {
        seconds: days * 86_400 + nanos / 1_000_000_000,
        nanos: (nanos % 1_000_000_000) as u32,
    }
}
