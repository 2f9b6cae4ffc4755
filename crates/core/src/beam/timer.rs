//! `timer`: a key, a tag, windows, and when the timer fires, unless it is cleared.

use std::sync::Arc;

use crate::beam::value::{BeamValue, Firing, Timer};
use crate::beam::windowed::{read_windows, write_windows};
use crate::beam::{beam, bytes, instant, pane, scalar, spec};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:timer:v1`: a [`BeamValue::Timer`].
#[derive(Clone, Debug)]
pub struct TimerCoder {
    key: Arc<dyn ValueCoder>,
    window: Arc<dyn ValueCoder>,
}

impl TimerCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:timer:v1";

    /// The coder of timers of such keys in such windows.
    pub fn new(key: Arc<dyn ValueCoder>, window: Arc<dyn ValueCoder>) -> Self {
        Self { key, window }
    }
}

impl ValueCoder for TimerCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[&self.key, &self.window])
    }

    fn is_deterministic(&self) -> bool {
        self.key.is_deterministic() && self.window.is_deterministic()
    }

    fn encode(&self, value: &Value, _: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let wrong = || wrong_type("a timer", value);
        let Value::Beam(timer) = value else { return Err(wrong()) };
        let BeamValue::Timer(Timer { key, tag, windows, firing }) = &**timer else {
            return Err(wrong());
        };
        self.key.encode(key, Context::Nested, out).map_err(|error| error.inside("key"))?;
        bytes::write(tag.as_bytes(), Context::Nested, out).map_err(|error| error.inside("tag"))?;
        write_windows(&*self.window, windows, out)?;
        scalar::write_bool(firing.is_none(), out);
        if let Some(Firing { fire_timestamp, hold_timestamp, pane }) = firing {
            instant::write(*fire_timestamp, out);
            instant::write(*hold_timestamp, out);
            pane::write(pane, out);
        }
        Ok(())
    }

    fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
        let key = self.key.decode(input, Context::Nested).map_err(|error| error.inside("key"))?;
        let tag = bytes::read_text(input, Context::Nested);
        let tag = tag.map_err(|error| error.inside("tag"))?.to_owned();
        let windows = read_windows(&*self.window, input)?;
        let cleared = scalar::read_bool(input).map_err(|error| error.inside("cleared"))?;
        let firing = if cleared { None } else { Some(read_firing(input)?) };
        Ok(beam(BeamValue::Timer(Timer { key, tag, windows, firing })))
    }
}

fn read_firing(input: &mut Input<'_>) -> Result<Firing, DecodeError> {
    Ok(Firing {
        fire_timestamp: instant::read(input).map_err(|error| error.inside("fire_timestamp"))?,
        hold_timestamp: instant::read(input).map_err(|error| error.inside("hold_timestamp"))?,
        pane: pane::read(input).map_err(|error| error.inside("pane"))?,
    })
}
