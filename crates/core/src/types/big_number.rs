//! `BigInt` and `BigDecimal`: Java's `BigInteger` and `BigDecimal`, on streams.
//!
//! Decimals come from the `bigdecimal` crate, the one that keeps a scale as Java's does (`1.00` is not
//! `1.0`) and sets no bound to the digits. In columns decimals have bounds:
//! [`Decimal`](crate::types::Decimal).

use bigdecimal::BigDecimal;
use num_bigint::BigInt;

use crate::coder::{EncodeError, EncodeErrorKind};
use crate::format::{big_decimal, big_integer};
use crate::types::Kind;
use crate::types::own_view::own_view;

own_view! {
    BigInt, Kind::BigInteger,
    encode: |value, out| big_integer::encode(value, out),
    decode: |input| big_integer::decode(input),
    null: big_integer::encode_null, |input| big_integer::decode_nullable(input),
    describe: |value, f| write!(f, "{value}"),
}

own_view! {
    BigDecimal, Kind::BigDecimal,
    encode: |value, out| {
        let (unscaled, scale) = value.as_bigint_and_scale();
        let scale = i32::try_from(scale).map_err(|_| {
            EncodeError::new(EncodeErrorKind::OutOfRange {
                expected: "a scale that an i32 holds".to_owned(),
                found: scale.to_string(),
            })
        })?;
        big_decimal::encode(&unscaled, scale, out)
    },
    decode: |input| big_decimal::decode(input).map(from_parts),
    null: big_decimal::encode_null, |input| {
        Ok(big_decimal::decode_nullable(input)?.map(from_parts))
    },
    // With its exponent: written in full, the number might fill the memory.
    describe: |value, f| write!(f, "{}", value.to_scientific_notation()),
}

fn from_parts((unscaled, scale): (BigInt, i32)) -> BigDecimal {
    BigDecimal::new(unscaled, scale.into())
}
