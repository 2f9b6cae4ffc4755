//! Values as they are now.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use crate::metrics::{MetricCell, MetricKind};

/// A number that goes up and down; Flink reads the latest when it reports metrics.
///
/// Made by [`OpenContext::gauge`](crate::function::OpenContext::gauge). It is 0 until it is set.
pub struct Gauge<T>(Rc<MetricCell>, PhantomData<T>);

/// What a [`Gauge`] can show: `i64` and `f64`.
pub trait GaugeValue: Copy + fmt::Debug + sealed::Bits {
    /// The kind of a gauge of such values.
    const KIND: MetricKind;
}

mod sealed {
    pub trait Bits {
        fn to_bits(self) -> i64;
        fn from_bits(bits: i64) -> Self;
    }

    impl Bits for i64 {
        fn to_bits(self) -> i64 {
            self
        }

        fn from_bits(bits: i64) -> Self {
            bits
        }
    }

    impl Bits for f64 {
        fn to_bits(self) -> i64 {
            f64::to_bits(self).cast_signed()
        }

        fn from_bits(bits: i64) -> Self {
            f64::from_bits(bits.cast_unsigned())
        }
    }
}

impl GaugeValue for i64 {
    const KIND: MetricKind = MetricKind::Gauge;
}

impl GaugeValue for f64 {
    const KIND: MetricKind = MetricKind::GaugeF64;
}

impl<T: GaugeValue> Gauge<T> {
    /// The gauge that writes to `cell`.
    pub fn of(cell: Rc<MetricCell>) -> Self {
        Self(cell, PhantomData)
    }

    /// Replaces the value.
    #[inline]
    pub fn set(&self, value: T) {
        self.0.set(value.to_bits());
    }

    /// The value now.
    #[inline]
    pub fn value(&self) -> T {
        T::from_bits(self.0.get())
    }
}

impl<T> Clone for Gauge<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T> Default for Gauge<T> {
    fn default() -> Self {
        Self(Rc::default(), PhantomData)
    }
}

impl<T: GaugeValue> fmt::Debug for Gauge<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gauge").field(&self.value()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_has_the_value_that_was_set() {
        let (integer, number) = (Gauge::<i64>::default(), Gauge::<f64>::default());
        assert_eq!((integer.value(), number.value()), (0, 0.0));
        integer.set(i64::MIN);
        number.set(-0.1);
        assert_eq!((integer.value(), number.clone().value()), (i64::MIN, -0.1));
        number.set(f64::NAN);
        assert!(number.value().is_nan());
    }
}
