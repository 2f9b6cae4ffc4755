//! `bytes` and `string_utf8`: their length, then themselves; without the length where nothing follows.

use crate::beam::{spec, varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, EncodeError, Input, ValueCoder, utf8};
use crate::proto::CoderSpec;
use crate::value::Value;

/// `beam:coder:bytes:v1`: any bytes.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct BytesCoder;

/// `beam:coder:string_utf8:v1`: text.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct StringUtf8Coder;

impl BytesCoder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:bytes:v1";

    /// The coder.
    pub fn new() -> Self {
        Self
    }
}

impl StringUtf8Coder {
    /// The coder's URN.
    pub const URN: &'static str = "beam:coder:string_utf8:v1";

    /// The coder.
    pub fn new() -> Self {
        Self
    }
}

pub(super) fn write(bytes: &[u8], context: Context, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    if context == Context::Nested {
        varint::write_length(bytes.len(), out)?;
    }
    out.extend_from_slice(bytes);
    Ok(())
}

pub(super) fn read<'a>(input: &mut Input<'a>, context: Context) -> Result<&'a [u8], DecodeError> {
    let length = match context {
        Context::Outer => input.rest().len(),
        Context::Nested => varint::read_length(input)?,
    };
    input.take(length)
}

pub(super) fn read_text<'a>(
    input: &mut Input<'a>,
    context: Context,
) -> Result<&'a str, DecodeError> {
    let bytes = read(input, context)?;
    utf8(bytes, input.offset() - bytes.len())
}

impl ValueCoder for BytesCoder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[])
    }

    fn is_deterministic(&self) -> bool {
        true
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let Value::Bytes(bytes) = value else { return Err(wrong_type("bytes", value)) };
        write(bytes, context, out)
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        read(input, context).map(|bytes| Value::Bytes(bytes.to_vec()))
    }
}

impl ValueCoder for StringUtf8Coder {
    fn spec(&self) -> CoderSpec {
        spec(Self::URN, &[])
    }

    fn is_deterministic(&self) -> bool {
        true
    }

    fn encode(
        &self,
        value: &Value,
        context: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let Value::String(text) = value else { return Err(wrong_type("text", value)) };
        write(text.as_bytes(), context, out)
    }

    fn decode(&self, input: &mut Input<'_>, context: Context) -> Result<Value, DecodeError> {
        read_text(input, context).map(|text| Value::String(text.to_owned()))
    }
}
