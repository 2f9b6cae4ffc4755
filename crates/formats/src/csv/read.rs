//! Reading records of CSV.

use brookite_core::types::{DataType, Field, Kind};
use brookite_core::value::{RowKind, Value};
use csv_core::{ReadRecordResult, ReaderBuilder};

use crate::csv::Csv;
use crate::fault::{Fault, utf8};
use crate::format::{Format, RecordReader};
use crate::moment::TimestampFormat;
use crate::quotes::{Place, Quotes};
use crate::scalar;

/// Lines that begin with it are comments, where there are any.
pub(super) const COMMENT: u8 = b'#';

/// Reads records of some columns.
pub(super) struct Reader {
    csv: Csv,
    columns: Vec<Field>,
    quotes: Quotes,
    parser: csv_core::Reader,
    /// The fields of the record at hand, one behind the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Reader {
    pub(super) fn new(csv: &Csv, columns: &[Field]) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(csv.delimiter).quoting(csv.quote.is_some());
        builder.quote(csv.quote.unwrap_or(b'"')).escape(csv.escape);
        Self {
            csv: csv.clone(),
            columns: columns.to_vec(),
            quotes: Quotes::new(&csv.records()),
            parser: builder.build(),
            text: vec![0; 256],
            ends: vec![0; columns.len() + 2],
        }
    }

    /// Finds the fields of a record; returns how many there are.
    fn split(&mut self, record: &[u8]) -> usize {
        self.parser.reset();
        let (mut read, mut written, mut fields) = (0, 0, 0);
        loop {
            let (text, ends) = (&mut self.text[written..], &mut self.ends[fields..]);
            // Nothing more to read tells the parser that the record ends.
            let (result, was_read, was_written, ended) =
                self.parser.read_record(&record[read..], text, ends);
            (read, written, fields) = (read + was_read, written + was_written, fields + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => return fields,
            }
        }
    }

    /// Whether what stands in quotes is whole fields.
    fn check_quotes(&self, record: &[u8]) -> Result<(), Fault> {
        let Some(quote) = self.csv.quote.filter(|quote| record.contains(quote)) else {
            return Ok(());
        };
        let mut quotes = self.quotes;
        for byte in record {
            if quotes.next(*byte) == Place::Behind && !matches!(byte, b' ' | b'\t') {
                let delimiter = char::from(self.csv.delimiter);
                let reason = format!("expected '{delimiter}' behind the quote that ends a field");
                return Err(Fault::at(&self.columns, quotes.field(), reason));
            }
        }
        if quotes.is_open() {
            let reason = format!("a quote ({}) is open, and never closed", char::from(quote));
            return Err(Fault::at(&self.columns, quotes.field(), reason));
        }
        Ok(())
    }

    fn row(&mut self, record: &[u8]) -> Result<Value, Fault> {
        self.check_quotes(record)?;
        let found = self.split(record);
        if found > self.columns.len() {
            let expected = self.columns.len();
            return Err(Fault::record(format!("expected {expected} columns, found {found}")));
        }
        let mut row = Vec::with_capacity(self.columns.len());
        let mut start = 0;
        for (index, column) in self.columns.iter().enumerate() {
            let value = if index < found {
                let bytes = &self.text[start..self.ends[index]];
                start = self.ends[index];
                utf8(bytes).and_then(|text| self.csv.value(text, &column.data_type))
            } else {
                Ok(Value::Null)
            };
            let value = match value {
                Err(_) if self.csv.ignore_errors => Value::Null,
                Err(reason) => return Err(Fault::column(&column.name, reason)),
                Ok(value) => value,
            };
            if value == Value::Null && !column.data_type.nullable {
                return Err(Fault::missing(&column.name));
            }
            row.push(value);
        }
        Ok(Value::Row(RowKind::Insert, row))
    }
}

impl RecordReader for Reader {
    fn read(&mut self, record: &[u8]) -> Result<Option<Value>, Fault> {
        if record.is_empty() || self.csv.comments && record.first() == Some(&COMMENT) {
            return Ok(None);
        }
        match self.row(record) {
            Ok(row) => Ok(Some(row)),
            Err(_) if self.csv.ignore_errors => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

impl Csv {
    fn value(&self, text: &str, data_type: &DataType) -> Result<Value, String> {
        if self.null.as_deref() == Some(text) {
            return Ok(Value::Null);
        }
        let elements = || text.split(self.elements.as_str());
        match &data_type.kind {
            Kind::Array(_) if text.is_empty() => Ok(Value::List(Vec::new())),
            Kind::Array(element) => {
                let values = elements().map(|text| self.value(text, element));
                Ok(Value::List(values.collect::<Result<_, _>>()?))
            }
            Kind::Row(fields) => {
                let values = elements().zip(fields).map(|(text, f)| self.value(text, &f.data_type));
                let values: Vec<_> = values.collect::<Result<_, _>>()?;
                if values.len() < fields.len() {
                    return Err(format!("expected {} parts, found {}", fields.len(), values.len()));
                }
                Ok(Value::Row(RowKind::Insert, values))
            }
            kind => scalar::parse(text, kind, TimestampFormat::Sql),
        }
    }
}
