//! [`Value`]: a value of any type, for programs that learn the type at run time.
//!
//! Functions do not see it: they have Rust types. It is for tools, for coders built from a description,
//! and for what compares with Flink value by value.

use num_bigint::BigInt;

use crate::beam::BeamValue;

/// A value of some [`DataType`](crate::DataType).
///
/// Which variant goes with which type:
///
/// | variant | types |
/// |---|---|
/// | `Null` | any nullable type; `Void` |
/// | `Boolean` .. `Double` | their namesakes; `Int` also `INTERVAL YEAR TO MONTH`, in months; `BigInt` also `INTERVAL DAY TO SECOND`, in ms |
/// | `Character` | `Character`, a UTF-16 unit |
/// | `Integer` | `BigInteger` |
/// | `Decimal` | `DECIMAL`, `BigDecimal` |
/// | `String` | `STRING`, `CHAR`, `VARCHAR`, `StringData`; `Enum`, its constant's name |
/// | `Bytes` | `BYTES`, `BINARY`, `VARBINARY`, `RAW` |
/// | `Date` | `DATE`, `LocalDate` |
/// | `Time` | `TIME`, `LocalTime` |
/// | `Timestamp` | `TIMESTAMP`, `TIMESTAMP_LTZ`, `LocalDateTime`, `Instant`, `SqlDate`, `SqlTime`, `SqlTimestamp`, `UtilDate` |
/// | `List` | `ARRAY`, `List`, `Set`, `TUPLE`, all of Java's arrays |
/// | `Map` | `MAP`, `Map`; `MULTISET`, from element to `Int` |
/// | `Row` | `ROW`, `Row`, `Pojo` (whose kind is always `Insert`) |
/// | `Left`, `Right` | `Either` |
/// | `Beam` | none of Flink's: see [`beam`](crate::beam) |
///
/// Two values are equal when their bytes are: all NaNs are equal, `0.0` is not `-0.0`, and `1.0` is not
/// `1.00`.
#[derive(Clone, Debug)]
pub enum Value {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// One byte.
    TinyInt(i8),
    /// Two bytes.
    SmallInt(i16),
    /// Four bytes.
    Int(i32),
    /// Eight bytes.
    BigInt(i64),
    /// Four bytes of floating point.
    Float(f32),
    /// Eight bytes of floating point.
    Double(f64),
    /// A UTF-16 unit.
    Character(u16),
    /// A whole number of any size.
    Integer(BigInt),
    /// `unscaled` times ten to the power of minus `scale`.
    Decimal {
        /// The digits.
        unscaled: BigInt,
        /// How many of them stand after the point.
        scale: i32,
    },
    /// Text.
    String(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Days since 1970-01-01.
    Date(i64),
    /// Nanoseconds since midnight.
    Time(i64),
    /// A point in time, or a date with a time of day as if its zone were UTC.
    Timestamp {
        /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
        seconds: i64,
        /// Nanoseconds of the second, 0 to 999,999,999.
        nanos: u32,
    },
    /// Values one after the other.
    List(Vec<Value>),
    /// Keys and values, in the order of their bytes.
    Map(Vec<(Value, Value)>),
    /// A row's columns.
    Row(RowKind, Vec<Value>),
    /// The left of two.
    Left(Box<Value>),
    /// The right of two.
    Right(Box<Value>),
    /// What Beam's coders have and Flink's types do not.
    Beam(Box<BeamValue>),
}

impl Value {
    /// The variant's name, for error messages.
    pub fn variant_name(&self) -> &'static str {
        match self {
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean",
            Self::TinyInt(_) => "TinyInt",
            Self::SmallInt(_) => "SmallInt",
            Self::Int(_) => "Int",
            Self::BigInt(_) => "BigInt",
            Self::Float(_) => "Float",
            Self::Double(_) => "Double",
            Self::Character(_) => "Character",
            Self::Integer(_) => "Integer",
            Self::Decimal { .. } => "Decimal",
            Self::String(_) => "String",
            Self::Bytes(_) => "Bytes",
            Self::Date(_) => "Date",
            Self::Time(_) => "Time",
            Self::Timestamp { .. } => "Timestamp",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Row(..) => "Row",
            Self::Left(_) => "Left",
            Self::Right(_) => "Right",
            Self::Beam(_) => "Beam",
        }
    }
}

/// What a row in a changelog says. Numbered as Flink does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum RowKind {
    /// `+I`: the row is new.
    #[default]
    Insert = 0,
    /// `-U`: what a row was before it changes.
    UpdateBefore = 1,
    /// `+U`: what a row is now that it has changed.
    UpdateAfter = 2,
    /// `-D`: the row is gone.
    Delete = 3,
}

impl RowKind {
    /// The kind of that number.
    pub fn from_byte(byte: u8) -> Option<Self> {
        [Self::Insert, Self::UpdateBefore, Self::UpdateAfter, Self::Delete]
            .into_iter()
            .find(|kind| *kind as u8 == byte)
    }

    /// The kind's short name, as Flink prints it: `+I`, `-U`, `+U` or `-D`.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Insert => "+I",
            Self::UpdateBefore => "-U",
            Self::UpdateAfter => "+U",
            Self::Delete => "-D",
        }
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        use Value::*;
        match (self, other) {
            (Null, Null) => true,
            (Boolean(a), Boolean(b)) => a == b,
            (TinyInt(a), TinyInt(b)) => a == b,
            (SmallInt(a), SmallInt(b)) => a == b,
            (Int(a), Int(b)) => a == b,
            (BigInt(a), BigInt(b)) => a == b,
            (Float(a), Float(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (Double(a), Double(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (Character(a), Character(b)) => a == b,
            (Integer(a), Integer(b)) => a == b,
            (Decimal { unscaled: a, scale: c }, Decimal { unscaled: b, scale: d }) => {
                a == b && c == d
            }
            (String(a), String(b)) => a == b,
            (Bytes(a), Bytes(b)) => a == b,
            (Date(a), Date(b)) => a == b,
            (Time(a), Time(b)) => a == b,
            (Timestamp { seconds: a, nanos: c }, Timestamp { seconds: b, nanos: d }) => {
                a == b && c == d
            }
            (List(a), List(b)) => a == b,
            (Map(a), Map(b)) => a == b,
            (Row(a, c), Row(b, d)) => a == b && c == d,
            (Left(a), Left(b)) | (Right(a), Right(b)) => a == b,
            (Beam(a), Beam(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Value {}
