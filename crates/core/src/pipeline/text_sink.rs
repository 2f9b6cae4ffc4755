//! Text files as sinks: lines as rows of one column, into the connector for files.

use std::fmt::{self, Write};

use crate::coder::{DecodeError, EncodeError, Encoding, Input, WithCoder};
use crate::error::Result;
use crate::function::MapFunction;
use crate::pipeline::{Connector, Executable, Stream, StreamSink};
use crate::row::{self, BinaryRow, BinaryRowWriter, Row, RowField};
use crate::types::text::Text;
use crate::types::{Data, DataType, Field, Kind, View};

impl<T: Text, E: Executable> Stream<T, E> {
    /// Writes each record as a line into text files in a folder, by Flink's connector "filesystem" with
    /// its format "raw". A file is complete when the checkpoint after it is, or when the input ends.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to", "be"]).write_text("/tmp/words");
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn write_text(&self, folder: impl Into<String>) -> StreamSink<E> {
        let files = Connector::new("filesystem").option("path", folder.into()).format("raw");
        let lines = self.map_with(|| ToLine::<T>(std::marker::PhantomData)).name("line");
        lines.sink(files).name("write text")
    }
}

/// A line of text as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    line: String,
}

/// The name of its column.
const COLUMN: &str = "line";

/// Makes rows of lines.
struct ToLine<T>(std::marker::PhantomData<fn(T)>);

impl<T: Text> MapFunction for ToLine<T> {
    type In = T;
    type Out = Line;

    fn map<'a>(&'a mut self, value: View<'a, T>) -> Result<Line> {
        Ok(Line { line: T::as_str(&value).to_owned() })
    }
}

// What `#[derive(Row)]` writes, which this crate is too small to use.

impl Data for Line {
    type View<'a> = Self;

    fn data_type() -> DataType {
        DataType::required(Kind::Row(Self::fields()))
    }

    fn encode(value: &Self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        row::encode::<Self>(value, out)
    }

    fn decode(input: &mut Input<'_>) -> Result<Self, DecodeError> {
        row::decode::<Self>(input)
    }

    fn with_coder<W: WithCoder<Self>>(encoding: Encoding, with: W) -> Option<W::Output> {
        row::with_coder::<Self, W>(encoding, with)
    }

    fn shorten<'short, 'long: 'short>(value: Self) -> Self {
        value
    }

    fn describe(value: &Self, f: &mut dyn Write) -> fmt::Result {
        write!(f, "Line {{ line: {:?} }}", value.line)
    }
}

impl Row for Line {
    const ARITY: usize = 1;

    fn fields() -> Vec<Field> {
        vec![Field { name: COLUMN.to_owned(), data_type: String::column_type() }]
    }

    fn read_row(row: &BinaryRow<'_>) -> Result<Self, DecodeError> {
        let line = String::read(row, 0).map_err(|error| error.inside(COLUMN))?;
        Ok(Self { line })
    }

    fn write_row(value: &Self, row: &mut BinaryRowWriter<'_>) -> Result<(), EncodeError> {
        String::write(&value.line, row, 0).map_err(|error| error.inside(COLUMN))
    }
}
