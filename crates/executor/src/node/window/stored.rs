//! A window's pane as a value of state: numbers.

use std::fmt;

use brookite_core::coder::{DecodeError, EncodeError, Input};
use brookite_core::{Data, DataType};
use smallvec::SmallVec;

use crate::windowing::Pane;

/// A pane, or numbers that are still to be read as one: only its trigger knows how many there should be.
#[derive(Clone, Debug)]
pub(super) enum StoredPane {
    Known(Pane),
    Numbers(SmallVec<[i64; 8]>),
}

type Numbers = Vec<i64>;

impl Data for StoredPane {
    type View<'a> = Self;

    fn data_type() -> DataType {
        Numbers::data_type()
    }

    fn encode(value: &Self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let numbers = match value {
            Self::Known(pane) => pane.to_numbers(),
            Self::Numbers(numbers) => numbers.to_vec(),
        };
        Numbers::encode(&numbers, out)
    }

    fn decode(input: &mut Input<'_>) -> Result<Self, DecodeError> {
        Numbers::decode(input).map(|numbers| Self::Numbers(numbers.into()))
    }

    fn shorten<'short, 'long: 'short>(value: Self) -> Self {
        value
    }

    fn describe(value: &Self, f: &mut dyn fmt::Write) -> fmt::Result {
        write!(f, "{value:?}")
    }
}
