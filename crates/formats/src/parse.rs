//! [`Parse`]: from the records of files to rows.

use std::marker::PhantomData;

use brookite_core::coder::{Arena, Input};
use brookite_core::dynamic::FlinkCoder;
use brookite_core::function::{
    Collector, OpenContext, OutputTag, PlainContext, ProcessFunction, SideOutputs,
};
use brookite_core::row::Row;
use brookite_core::types::{DataType, Kind};
use brookite_core::{Error, Result, Value};

use crate::fault::Fault;
use crate::format::{Format, RecordReader};
use crate::malformed::{MALFORMED, Malformed, MalformedRecord};

/// A record with its file and its line.
pub(crate) type Located = (&'static str, i64, &'static [u8]);

/// Reads the records of a format.
pub(crate) struct Parse<T, F> {
    format: F,
    open: Option<Open>,
    rows: PhantomData<fn() -> T>,
}

/// What there is while it runs.
struct Open {
    reader: Box<dyn RecordReader>,
    coder: FlinkCoder,
    /// The row at hand, as Flink's serializer writes it.
    row: Vec<u8>,
    arena: Arena,
}

impl<T: Row, F: Format> Parse<T, F> {
    pub(crate) fn new(format: F) -> Self {
        Self { format, open: None, rows: PhantomData }
    }
}

impl Open {
    fn of(format: &impl Format, data_type: DataType) -> Result<Self> {
        let columns = match &data_type.kind {
            Kind::Row(columns) => columns.as_slice(),
            _ => return Err(Error::msg(format_args!("expected a row, found {data_type}"))),
        };
        let reader = format.reader(columns);
        let coder = FlinkCoder::new(data_type)?;
        Ok(Self { reader, coder, row: Vec::new(), arena: Arena::default() })
    }

    /// Reads a record into the row; `false` if there is nothing in it.
    fn read(&mut self, record: &[u8]) -> Result<bool, Fault> {
        let Some(row) = self.reader.read(record)? else { return Ok(false) };
        self.row.clear();
        self.encode(&row).map(|()| true)
    }

    fn encode(&mut self, row: &Value) -> Result<(), Fault> {
        let encoded = self.coder.encode(row, &mut self.row);
        encoded.map_err(|error| Fault::record(error.to_string()))
    }
}

impl<T: Row, F: Format> ProcessFunction for Parse<T, F> {
    type In = Located;
    type Out = T;

    fn side_outputs() -> SideOutputs {
        let tag: &OutputTag<Malformed<'static>> = &MALFORMED;
        SideOutputs::of(tag)
    }

    fn open(&mut self, _: &mut OpenContext<'_>) -> Result<()> {
        self.open = Some(Open::of(&self.format, T::data_type())?);
        Ok(())
    }

    fn process_element(
        &mut self,
        (file, line, record): (&str, i64, &[u8]),
        ctx: &PlainContext<'_>,
        out: &mut Collector<'_, T>,
    ) -> Result<()> {
        let Some(open) = &mut self.open else {
            return Err(Error::msg("a record came before the function was opened"));
        };
        let fault = match open.read(record) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                open.arena.reset();
                out.collect(T::decode(&mut Input::new(&open.row, &open.arena))?);
                return Ok(());
            }
            Err(fault) => fault,
        };
        if !self.format.has_side_output() {
            return Err(MalformedRecord { file: file.to_owned(), line, fault }.into());
        }
        let malformed = Malformed {
            file,
            line,
            column: fault.column.as_deref(),
            text: &String::from_utf8_lossy(record),
            message: &fault.reason,
        };
        ctx.side_output(&MALFORMED, malformed)
    }
}
