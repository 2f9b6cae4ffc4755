//! [`Decimal`]: SQL's `DECIMAL(p, s)`.

use std::fmt;
use std::str::FromStr;

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use crate::format::decimal_data;
use crate::types::own_view::{own_column, own_view};
use crate::types::{Key, Kind};

/// `DECIMAL(P, S)`: an exact number of at most `P` digits, `S` of them after the point.
///
/// It is an i128 of [unscaled](Self::unscaled) digits, and copied freely. Nothing rounds: what does not
/// fit is an error. To calculate, convert to [`BigDecimal`] and back.
///
/// ```
/// use bigdecimal::BigDecimal;
/// use brookite_core::types::Decimal;
///
/// let price: Decimal<10, 2> = "12.5".parse()?;
/// assert_eq!(price.unscaled(), 1250);
/// assert_eq!(price.to_string(), "12.50");
///
/// let doubled = BigDecimal::from(price) * 2;
/// assert_eq!(Decimal::<10, 2>::try_from(&doubled)?, Decimal::from_unscaled(2500)?);
/// assert!("0.125".parse::<Decimal<10, 2>>().is_err()); // a third digit after the point
/// # Ok::<(), brookite_core::types::DecimalError>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal<const P: u8, const S: u8>(i128);

/// A number that is no `DECIMAL(precision, scale)`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected at most {precision} digits, {scale} of them after the point, found {found}")]
pub struct DecimalError {
    precision: u8,
    scale: u8,
    found: String,
}

impl<const P: u8, const S: u8> Decimal<P, S> {
    /// Turned down by the compiler when there is no such type.
    const CHECKED: () = assert!(P >= 1 && P <= 38 && S <= P, "DECIMAL(p, s): 1 <= p <= 38, s <= p");

    /// The number that is `unscaled` times ten to the power of minus `S`.
    ///
    /// # Errors
    /// When it has more than `P` digits.
    pub fn from_unscaled(unscaled: i128) -> Result<Self, DecimalError> {
        let () = Self::CHECKED;
        match decimal_data::check_encode(unscaled, P, S) {
            Ok(()) => Ok(Self(unscaled)),
            Err(_) => Err(Self::error(Self(unscaled).to_string())),
        }
    }

    /// The digits, without the point.
    pub fn unscaled(self) -> i128 {
        self.0
    }

    fn error(found: String) -> DecimalError {
        DecimalError { precision: P, scale: S, found }
    }
}

impl<const P: u8, const S: u8> TryFrom<&BigDecimal> for Decimal<P, S> {
    type Error = DecimalError;

    fn try_from(number: &BigDecimal) -> Result<Self, DecimalError> {
        let (digits, scale) = number.as_bigint_and_scale();
        rescale(&digits, scale, S)
            .and_then(|unscaled| Self::from_unscaled(unscaled).ok())
            .ok_or_else(|| Self::error(number.to_scientific_notation()))
    }
}

impl<const P: u8, const S: u8> TryFrom<i64> for Decimal<P, S> {
    type Error = DecimalError;

    fn try_from(number: i64) -> Result<Self, DecimalError> {
        10i128
            .checked_pow(S.into())
            .and_then(|power| power.checked_mul(number.into()))
            .and_then(|unscaled| Self::from_unscaled(unscaled).ok())
            .ok_or_else(|| Self::error(number.to_string()))
    }
}

impl<const P: u8, const S: u8> From<Decimal<P, S>> for BigDecimal {
    fn from(number: Decimal<P, S>) -> Self {
        BigDecimal::new(number.0.into(), S.into())
    }
}

impl<const P: u8, const S: u8> FromStr for Decimal<P, S> {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let number: BigDecimal = text.parse().map_err(|_| Self::error(format!("{text:?}")))?;
        Self::try_from(&number)
    }
}

impl<const P: u8, const S: u8> fmt::Display for Decimal<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(S);
        let mut digits = format!("{:0width$}", self.0.unsigned_abs(), width = scale + 1);
        if scale > 0 {
            digits.insert(digits.len() - scale, '.');
        }
        f.pad_integral(self.0 >= 0, "", &digits)
    }
}

impl<const P: u8, const S: u8> fmt::Debug for Decimal<P, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The same number with `to` digits after the point; `None` when it has none, or does not fit.
fn rescale(digits: &BigInt, from: i64, to: u8) -> Option<i128> {
    let shift = i64::from(to).checked_sub(from)?;
    let places = u32::try_from(shift.unsigned_abs()).unwrap_or(u32::MAX);
    if shift == 0 || digits.is_zero() {
        digits.to_i128()
    } else if shift > 0 {
        10i128.checked_pow(places)?.checked_mul(digits.to_i128()?)
    } else if u64::from(places) < digits.bits() {
        // Only zeros may go. No number has more of them than bits, so the power is not larger either.
        let power = BigInt::from(10).pow(places);
        (digits % &power).is_zero().then(|| (digits / power).to_i128())?
    } else {
        None
    }
}

own_view! {
    const [P, S] Decimal<P, S>, {
        let () = Self::CHECKED;
        Kind::Decimal { precision: P, scale: S }
    },
    encode: |value, out| decimal_data::encode(value.0, P, S, out),
    decode: |input| decimal_data::decode(input, P, S).map(Self),
    describe: |value, f| write!(f, "{value}"),
}

own_column! {
    const [P, S] Decimal<P, S>, size 8,
    read: |slots, index| slots.read_decimal(index, P, S).map(Self),
    write: |value, slots, index| slots.write_decimal(index, value.0, P, S),
}

impl<const P: u8, const S: u8> Key for Decimal<P, S> {}
