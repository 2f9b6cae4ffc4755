//! Sinks for people and tests: what is printed, and what is collected.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use brookite_core::dynamic::FlinkCoder;

use crate::control::lock;
use crate::error::JobError;
use crate::operator::Operator;
use crate::record::{Emitted, Record};
use crate::show::show;

/// Records that sinks collected, by the sink's name.
pub(crate) type Collected = Arc<Mutex<BTreeMap<String, Vec<Vec<u8>>>>>;

/// Keeps records for the program that started the job.
pub(crate) struct CollectSink {
    name: String,
    collected: Collected,
}

impl CollectSink {
    pub(crate) fn new(name: String, collected: Collected) -> Self {
        Self { name, collected }
    }
}

impl Operator for CollectSink {
    fn open(&mut self, _: Option<&[u8]>) -> Result<(), JobError> {
        Ok(())
    }

    fn record(&mut self, _: u32, record: Record<'_>, _: &mut Emitted) -> Result<(), JobError> {
        let mut collected = lock(&self.collected);
        collected.entry(self.name.clone()).or_default().push(record.bytes.to_vec());
        Ok(())
    }
}

/// Takes records and forgets them.
pub(crate) struct Blackhole;

impl Operator for Blackhole {
    fn open(&mut self, _: Option<&[u8]>) -> Result<(), JobError> {
        Ok(())
    }

    fn record(&mut self, _: u32, _: Record<'_>, _: &mut Emitted) -> Result<(), JobError> {
        Ok(())
    }
}

/// Writes records to standard output, one in a line, as Flink shows them.
pub(crate) struct PrintSink {
    node: String,
    prefix: String,
    coder: FlinkCoder,
    /// Whether it is standard error that is written to.
    to_error: bool,
}

impl PrintSink {
    /// The sink of a subtask, whose number stands in front if there are several.
    pub(crate) fn new(
        node: &str,
        name: &str,
        coder: FlinkCoder,
        (index, parallelism): (u32, u32),
        to_error: bool,
    ) -> Self {
        let number = if parallelism > 1 { (index + 1).to_string() } else { String::new() };
        let prefix = match (name, number.as_str()) {
            ("", "") => String::new(),
            (name, "") => format!("{name}> "),
            ("", number) => format!("{number}> "),
            (name, number) => format!("{name}:{number}> "),
        };
        Self { node: node.to_owned(), prefix, coder, to_error }
    }
}

impl Operator for PrintSink {
    fn open(&mut self, _: Option<&[u8]>) -> Result<(), JobError> {
        Ok(())
    }

    fn record(&mut self, _: u32, record: Record<'_>, _: &mut Emitted) -> Result<(), JobError> {
        let value =
            self.coder.decode(record.bytes).map_err(|error| JobError::record(&self.node, error))?;
        let line = format!("{}{}\n", self.prefix, show(&value, self.coder.data_type()));
        let written = if self.to_error {
            io::stderr().lock().write_all(line.as_bytes())
        } else {
            io::stdout().lock().write_all(line.as_bytes())
        };
        written.map_err(|error| {
            JobError::record(&self.node, format!("the standard output does not take it: {error}"))
        })
    }
}
