//! `bool`, `varint` and `double`, which look the same in both contexts.

use crate::beam::spec;
use crate::beam::varint::{read as read_varint, write as write_varint};
use crate::coder::value_coder::wrong_type;
use crate::coder::{Context, DecodeError, DecodeErrorKind, EncodeError, Input, ValueCoder};
use crate::proto::CoderSpec;
use crate::value::Value;

macro_rules! scalar {
    (
        $(#[$doc:meta])* $coder:ident, $urn:literal, deterministic: $deterministic:literal,
        $expected:literal $variant:ident => $write:ident, $read:ident
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default)]
        #[non_exhaustive]
        pub struct $coder;

        impl $coder {
            /// The coder's URN.
            pub const URN: &'static str = $urn;

            /// The coder.
            pub fn new() -> Self {
                Self
            }
        }

        impl ValueCoder for $coder {
            fn spec(&self) -> CoderSpec {
                spec(Self::URN, &[])
            }

            fn is_deterministic(&self) -> bool {
                $deterministic
            }

            fn encode(
                &self,
                value: &Value,
                _: Context,
                out: &mut Vec<u8>,
            ) -> Result<(), EncodeError> {
                let Value::$variant(value) = value else { return Err(wrong_type($expected, value)) };
                $write(*value, out);
                Ok(())
            }

            fn decode(&self, input: &mut Input<'_>, _: Context) -> Result<Value, DecodeError> {
                $read(input).map(Value::$variant)
            }
        }
    };
}

scalar! {
    /// `beam:coder:bool:v1`: one byte, 0 or 1.
    BoolCoder, "beam:coder:bool:v1", deterministic: true,
    "a boolean" Boolean => write_bool, read_bool
}

scalar! {
    /// `beam:coder:varint:v1`: a number of 64 bits in one to ten bytes.
    VarIntCoder, "beam:coder:varint:v1", deterministic: true,
    "a BIGINT" BigInt => write_varint, read_varint
}

scalar! {
    /// `beam:coder:double:v1`: eight bytes, big-endian; all NaNs are written alike, as Java does.
    DoubleCoder, "beam:coder:double:v1", deterministic: false,
    "a DOUBLE" Double => write_double, read_double
}

pub(super) fn write_bool(value: bool, out: &mut Vec<u8>) {
    out.push(u8::from(value));
}

pub(super) fn read_bool(input: &mut Input<'_>) -> Result<bool, DecodeError> {
    let offset = input.offset();
    match input.byte()? {
        0 => Ok(false),
        1 => Ok(true),
        found => Err(DecodeError::new(offset, DecodeErrorKind::InvalidBoolean { found })),
    }
}

const NAN: u64 = 0x7ff8 << 48;

pub(super) fn write_double(value: f64, out: &mut Vec<u8>) {
    let bits = if value.is_nan() { NAN } else { value.to_bits() };
    out.extend_from_slice(&bits.to_be_bytes());
}

pub(super) fn read_double(input: &mut Input<'_>) -> Result<f64, DecodeError> {
    Ok(f64::from_be_bytes(input.array()?))
}
