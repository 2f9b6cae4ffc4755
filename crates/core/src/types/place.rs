//! Where a value stands, and how null is told there.

use crate::types::{DataType, Kind};

/// What surrounds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A column, or inside one: SQL's types only, null is a bit.
    Column,
    /// On a stream, where what surrounds the value says whether it is null: fields of Java's rows and
    /// POJOs, values of Java's maps, elements of sets and of arrays of objects.
    Marked,
    /// On a stream, where null needs a form of its own or a `NullableSerializer`: alone, and in tuples,
    /// lists, keys of maps, and either side of an `Either`.
    Bare,
}

impl Place {
    /// The place of the values inside one of that kind; that of a map's keys aside.
    pub(crate) fn inside(self, kind: &Kind) -> Self {
        match kind {
            Kind::Row(_) | Kind::Array(_) | Kind::Multiset(_) | Kind::Map(..) => Self::Column,
            Kind::JavaRow(_)
            | Kind::Pojo { .. }
            | Kind::JavaMap(..)
            | Kind::Set(_)
            | Kind::ObjectArray(_) => Self::Marked,
            _ => Self::Bare,
        }
    }

    /// The place of a map's keys.
    pub(crate) fn of_key(kind: &Kind) -> Self {
        if matches!(kind, Kind::Map(..)) { Self::Column } else { Self::Bare }
    }

    /// Whether a value that text names as Java does may be null here without more words.
    pub(crate) fn takes_null(self, kind: &Kind) -> bool {
        self == Self::Marked || kind.writes_null()
    }

    /// Whether null is told by a `NullableSerializer` around the type's own.
    pub(crate) fn wraps(self, data_type: &DataType) -> bool {
        self == Self::Bare && data_type.nullable && !data_type.kind.writes_null()
    }
}
