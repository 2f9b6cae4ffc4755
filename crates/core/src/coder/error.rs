//! Why bytes are no value, and why a value has no bytes.

use std::fmt;

/// Bytes that are not the value they should be. Names the offset in the record and, inside tuples and
/// rows, the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Located<DecodeErrorKind>>);

/// A value that cannot be written. Names the field, inside tuples and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<Located<EncodeErrorKind>>);

// Boxed, so that the results of the hot path stay two words wide.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Located<K> {
    kind: K,
    offset: usize,
    path: String,
}

/// What is wrong with the bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The record ends before the value does.
    #[error("truncated: expected {needed} more bytes, found {available}")]
    Truncated {
        /// Bytes that the value still needs.
        needed: usize,
        /// Bytes that are left.
        available: usize,
    },
    /// The record goes on after the value.
    #[error("expected the end of the record, found {count} more bytes")]
    TrailingBytes {
        /// How many bytes are left over.
        count: usize,
    },
    /// Null where the type has none.
    #[error("expected a value, found null; declare it as Option<..> to accept null")]
    Null,
    /// A boolean is one byte, 0 or 1.
    #[error("expected a boolean, 0 or 1, found {found}")]
    InvalidBoolean {
        /// The byte found.
        found: u8,
    },
    /// A length that no value has.
    #[error("expected a length, found {found}")]
    InvalidLength {
        /// The length found.
        found: i64,
    },
    /// Text that is not UTF-8.
    #[error("expected UTF-8 text, found an invalid sequence")]
    InvalidUtf8,
    /// Half of a surrogate pair without the other half: Java text that is no Unicode text.
    #[error("expected Unicode text, found the lone surrogate U+{unit:04X}")]
    LoneSurrogate {
        /// The UTF-16 unit found.
        unit: u16,
    },
    /// A value in text that is no UTF-16 unit.
    #[error("expected a UTF-16 unit, found {found}")]
    InvalidUtf16Unit {
        /// The value found.
        found: u32,
    },
    /// A row that is no insertion, read by a function that knows insertions only.
    #[error("expected an inserted row (kind 0), found row kind {found}")]
    RowKind {
        /// The kind found, as Flink numbers them.
        found: u8,
    },
    /// A date, time of day or point in time that is none, or outside the range of the type.
    #[error("expected {expected}, found {found}")]
    OutOfRange {
        /// What is in range.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A number of more digits than its type has.
    #[error("expected at most {precision} digits, found {found}")]
    Precision {
        /// Digits that the type has.
        precision: u8,
        /// The number found.
        found: String,
    },
    /// A tag, such as an enum's ordinal, that stands for nothing.
    #[error("expected {expected}, found {found}")]
    UnknownTag {
        /// What there is.
        expected: String,
        /// The tag found.
        found: i64,
    },
    /// Bytes that are a value, but not as Flink writes it: as a key they would be another one.
    #[error("not canonical: {reason}")]
    NotCanonical {
        /// What Flink would have written.
        reason: &'static str,
    },
    /// A value of a version or type that is not the reader's.
    #[error("expected {expected}, found {found}")]
    Incompatible {
        /// What the reader knows.
        expected: String,
        /// What the bytes say they are.
        found: String,
    },
    /// A value that a coder of the user turned down.
    #[error("{0}")]
    Custom(String),
    /// A row's field points outside the row.
    #[error("expected {length} bytes at {at} within a row of {row} bytes")]
    OutOfRow {
        /// Where the field's bytes should start.
        at: usize,
        /// How many there should be.
        length: usize,
        /// The row's size.
        row: usize,
    },
}

/// What is wrong with the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// Null where the type has none.
    #[error("expected a value, found null")]
    Null,
    /// A value of another type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// The type.
        expected: String,
        /// The value.
        found: String,
    },
    /// Too many or too few values in a row or tuple.
    #[error("expected {expected} fields, found {found}")]
    WrongArity {
        /// How many the type has.
        expected: usize,
        /// How many the value has.
        found: usize,
    },
    /// A value outside the range of its type: nothing is cut off and nothing wraps around.
    #[error("expected {expected}, found {found}")]
    OutOfRange {
        /// What is in range.
        expected: String,
        /// The value.
        found: String,
    },
    /// A number of more digits than its type has: nothing is rounded.
    #[error("expected at most {precision} digits, {scale} of them after the point, found {found}")]
    Precision {
        /// Digits that the type has.
        precision: u8,
        /// Of which so many stand after the point.
        scale: u8,
        /// The number.
        found: String,
    },
    /// A value that a coder of the user turned down.
    #[error("{0}")]
    Custom(String),
    /// Longer than the format can say.
    #[error("{length} bytes or characters are more than the format can hold")]
    TooLong {
        /// The value's length.
        length: usize,
    },
}

impl DecodeError {
    /// An error at `offset` of the record.
    #[cold]
    pub fn new(offset: usize, kind: DecodeErrorKind) -> Self {
        Self(Box::new(Located { kind, offset, path: String::new() }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where in the record, in bytes.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// Which field, such as `order.id`; empty when the value has no fields.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The same error, seen from outside the field `name`.
    #[cold]
    #[must_use]
    pub fn inside(mut self, name: &str) -> Self {
        self.0.prepend(name);
        self
    }

    /// The same error in a record in which the value starts at `base`.
    #[cold]
    #[must_use]
    pub fn shifted(mut self, base: usize) -> Self {
        self.0.offset += base;
        self
    }
}

impl EncodeError {
    /// An error for a value.
    #[cold]
    pub fn new(kind: EncodeErrorKind) -> Self {
        Self(Box::new(Located { kind, offset: 0, path: String::new() }))
    }

    /// A value of so many bytes or characters that the format cannot say how many.
    #[cold]
    pub fn too_long(length: usize) -> Self {
        Self::new(EncodeErrorKind::TooLong { length })
    }

    /// Too many or too few values for a type's fields.
    #[cold]
    pub fn wrong_arity(expected: usize, found: usize) -> Self {
        Self::new(EncodeErrorKind::WrongArity { expected, found })
    }

    /// What is wrong.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }

    /// Which field, such as `order.id`; empty when the value has no fields.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The same error, seen from outside the field `name`.
    #[cold]
    #[must_use]
    pub fn inside(mut self, name: &str) -> Self {
        self.0.prepend(name);
        self
    }
}

impl<K> Located<K> {
    fn prepend(&mut self, name: &str) {
        // The inside of a collection is `items[]` or `prices{key}`, without a dot.
        let dot = if self.path.is_empty() || self.path.starts_with(['[', '{']) { "" } else { "." };
        self.path.insert_str(0, dot);
        self.path.insert_str(0, name);
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Located { kind, offset, path } = &*self.0;
        if !path.is_empty() {
            write!(f, "field '{path}': ")?;
        }
        write!(f, "{kind} (at byte {offset})")
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Located { kind, path, .. } = &*self.0;
        if !path.is_empty() {
            write!(f, "field '{path}': ")?;
        }
        write!(f, "{kind}")
    }
}

impl std::error::Error for DecodeError {}
impl std::error::Error for EncodeError {}
