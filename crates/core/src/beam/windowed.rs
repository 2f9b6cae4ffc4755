//! `windowed_value`: an element's timestamp, windows and pane, then the element.

use std::sync::Arc;

use crate::beam::iterable::{Elements, Start, write_known};
use crate::beam::value::{BeamValue, WindowedValue};
use crate::beam::{beam, instant, pane, spec};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, DecodeErrorKind, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:windowed_value:v1`: a [`BeamValue::Windowed`].
#[derive(Clone, Debug)]
pub struct WindowedValueCoder {
    value: Arc<dyn ValueCoder>,
    window: Arc<dyn ValueCoder>,
}

impl WindowedValueCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:windowed_value:v1";

    /// The coder of such values in such windows.
    pub fn new(value: Arc<dyn ValueCoder>, window: Arc<dyn ValueCoder>) -> Self {
        Self { value, window }
    }
}

/// Windows, as an iterable of known length.
pub(super) fn write_windows(
    coder: &dyn ValueCoder,
    windows: &[Value],
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    write_known(coder, windows, out).map_err(|error| error.inside("windows"))
}

pub(super) fn read_windows(
    coder: &dyn ValueCoder,
    input: &mut Input<'_>,
) -> Result<Vec<Value>, DecodeError> {
    let offset = input.offset();
    let mut windows = Elements::of(coder);
    let read = match windows.read_start(input) {
        Ok(Start::All) => Ok(windows.values),
        Ok(Start::More) => {
            Err(DecodeError::new(offset, DecodeErrorKind::InvalidLength { found: -1 }))
        }
        Err(error) => Err(error),
    };
    read.map_err(|error| error.inside("windows"))
}

pub(super) fn windowed(value: &Value) -> Result<&WindowedValue, EncodeError> {
    let wrong = || wrong_type("a windowed value", value);
    let Value::Beam(beam) = value else { return Err(wrong()) };
    if let BeamValue::Windowed(windowed) = &**beam { Ok(windowed) } else { Err(wrong()) }
}

impl ValueCoder for WindowedValueCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.value, &self.window])
    }

    fn is_deterministic(&self) -> bool {
        self.value.is_deterministic() && self.window.is_deterministic()
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let WindowedValue { value, timestamp, windows, pane } = windowed(value)?;
        instant::write(*timestamp, out);
        write_windows(&*self.window, windows, out)?;
        pane::write(pane, out);
        self.value.encode(value, context, out).map_err(|error| error.inside("value"))
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        let timestamp = instant::read(input).map_err(|error| error.inside("timestamp"))?;
        let windows = read_windows(&*self.window, input)?;
        let pane = pane::read(input).map_err(|error| error.inside("pane"))?;
        let value = self.value.decode(input, context).map_err(|error| error.inside("value"))?;
        Ok(beam(BeamValue::Windowed(WindowedValue { value, timestamp, windows, pane })))
    }
}
