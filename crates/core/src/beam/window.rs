//! `global_window`, `interval_window` and `custom_window`.

use std::sync::Arc;

use crate::beam::{BeamValue, beam, instant, spec, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{
    Context, DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Input, ValueCoder,
};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:global_window:v1`: [`BeamValue::GlobalWindow`], which takes no bytes.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct GlobalWindowCoder;

/// `beam:coder:interval_window:v1`: a [`BeamValue::IntervalWindow`], as its end and its span in
/// milliseconds as a varint.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct IntervalWindowCoder;

/// `beam:coder:custom_window:v1`: a [`BeamValue::CustomWindow`], as its last millisecond and the window.
#[derive(Clone, Debug)]
pub struct CustomWindowCoder {
    window: Arc<dyn ValueCoder>,
}

impl GlobalWindowCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:global_window:v1";

    /// The coder.
    pub fn new() -> Self {
        Self
    }
}

impl IntervalWindowCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:interval_window:v1";

    /// The coder.
    pub fn new() -> Self {
        Self
    }
}

impl CustomWindowCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:custom_window:v1";

    /// The coder of such windows with their last milliseconds.
    pub fn new(window: Arc<dyn ValueCoder>) -> Self {
        Self { window }
    }
}

impl ValueCoder for GlobalWindowCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[])
    }

    fn is_deterministic(&self) -> bool {
        true
    }

    fn encode(&self, value: &Value, _: Context, _: &mut Vec<u8>) -> Result<(), EncodeError> {
        match value {
            Value::Beam(window) if **window == BeamValue::GlobalWindow => Ok(()),
            _ => Err(wrong_type("the global window", value)),
        }
    }

    fn decode(&self, _: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        Ok(beam(BeamValue::GlobalWindow))
    }
}

impl ValueCoder for IntervalWindowCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[])
    }

    fn is_deterministic(&self) -> bool {
        true
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let wrong = || wrong_type("an interval window", value);
        let Value::Beam(window) = value else { return Err(wrong()) };
        let BeamValue::IntervalWindow { start, end } = **window else { return Err(wrong()) };
        let span = end.checked_sub(start).filter(|span| *span >= 0).ok_or_else(|| {
            EncodeError::new(EncodeErrorKind::OutOfRange {
                expected: "a window of 0 to 2^63 - 1 ms".to_owned(),
                found: format!("one from {start} to {end}"),
            })
        })?;
        instant::write(end, out);
        varint::write(span, out);
        Ok(())
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let end = instant::read(input)?;
        let offset = input.offset();
        let span = varint::read(input)?;
        let start = end.checked_sub(span).filter(|_| span >= 0).ok_or_else(|| {
            let kind = DecodeErrorKind::OutOfRange {
                expected: "a window that starts after -2^63 ms and does not end before",
                found: format!("one of {span} ms that ends at {end}"),
            };
            DecodeError::new(offset, kind)
        })?;
        Ok(beam(BeamValue::IntervalWindow { start, end }))
    }
}

impl ValueCoder for CustomWindowCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.window])
    }

    fn is_deterministic(&self) -> bool {
        self.window.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let wrong = || wrong_type("a custom window", value);
        let Value::Beam(custom) = value else { return Err(wrong()) };
        let BeamValue::CustomWindow { max_timestamp, window } = &**custom else {
            return Err(wrong());
        };
        instant::write(*max_timestamp, out);
        self.window.encode(window, Context::Nested, out).map_err(|error| error.inside("window"))
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let max_timestamp = instant::read(input)?;
        let window = self.window.decode(input, Context::Nested);
        let window = window.map_err(|error| error.inside("window"))?;
        Ok(beam(BeamValue::CustomWindow { max_timestamp, window }))
    }
}
