//! `param_windowed_value`: elements that all have the same timestamp, windows and pane, which stand in
//! the coder's payload instead of with each element.

use std::sync::Arc;

use crate::beam::value::{BeamValue, WindowedValue};
use crate::beam::windowed::windowed;
use crate::beam::{BytesCoder, WindowedValueCoder, beam, spec};
use crate::coder::{
    Arena, CoderSpecErrorKind, Context, DecodeError, EncodeError, EncodeErrorKind, Input,
    ValueCoder,
};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:param_windowed_value:v1`: a [`BeamValue::Windowed`] with the payload's timestamp, windows
/// and pane. One with others is turned down, since they would be lost.
#[derive(Clone, Debug)]
pub struct ParamWindowedValueCoder {
    payload: Vec<u8>,
    /// The payload, with null in place of the value.
    parameters: WindowedValue,
    value: Arc<dyn ValueCoder>,
    window: Arc<dyn ValueCoder>,
}

impl ParamWindowedValueCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:param_windowed_value:v1";

    /// The coder of such values in such windows. The payload is a windowed value whose element is of
    /// Beam's `bytes`, and is ignored.
    ///
    /// # Errors
    /// When the payload is no windowed value.
    pub fn new(
        payload: &[u8],
        value: Arc<dyn ValueCoder>,
        window: Arc<dyn ValueCoder>,
    ) -> Result<Self, CoderSpecErrorKind> {
        // Beam's SDKs differ in whether the element there tells its end, which Outer leaves open.
        let format = WindowedValueCoder::new(Arc::new(BytesCoder), Arc::clone(&window));
        let arena = Arena::default();
        let decoded = format
            .decode(&mut Input::new(payload, &arena), Context::Outer)
            .map_err(CoderSpecErrorKind::payload)?;
        let parameters = windowed(&decoded).map_err(CoderSpecErrorKind::payload)?;
        let parameters = WindowedValue { value: Value::Null, ..parameters.clone() };
        Ok(Self { payload: payload.to_vec(), parameters, value, window })
    }
}

impl ValueCoder for ParamWindowedValueCoder {
    fn spec(&self) -> CoderSpec {
        let spec = spec(Self::URN, &[&self.value, &self.window]);
        CoderSpec { payload: self.payload.clone(), ..spec }
    }

    fn is_deterministic(&self) -> bool {
        self.value.is_deterministic()
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let WindowedValue { value, timestamp, windows, pane } = windowed(value)?;
        let expected = &self.parameters;
        if (timestamp, windows, pane) != (&expected.timestamp, &expected.windows, &expected.pane) {
            return Err(EncodeError::new(EncodeErrorKind::OutOfRange {
                expected: "the timestamp, windows and pane of the coder's payload".to_owned(),
                found: format!("timestamp {timestamp}, windows {windows:?} and {pane:?}"),
            }));
        }
        self.value.encode(value, context, out).map_err(|error| error.inside("value"))
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        let value = self.value.decode(input, context).map_err(|error| error.inside("value"))?;
        Ok(beam(BeamValue::Windowed(WindowedValue { value, ..self.parameters.clone() })))
    }
}
