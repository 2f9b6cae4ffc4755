//! [`Kind`]: all that a value can be.

use crate::types::{DataType, Field};

/// What a value is, null aside.
///
/// SQL's types stand in the columns of a [`Row`](Kind::Row) in Flink's binary layout; outside of rows,
/// on a stream, a type looks as the serializer of its Java class writes it. Java's types, from
/// [`Tuple`](Kind::Tuple) on, are streams' alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `BOOLEAN`, a Rust `bool`.
    Boolean,
    /// `TINYINT`, a Rust `i8`.
    TinyInt,
    /// `SMALLINT`, a Rust `i16`.
    SmallInt,
    /// `INT`, a Rust `i32`.
    Int,
    /// `BIGINT`, a Rust `i64`.
    BigInt,
    /// `FLOAT`, a Rust `f32`.
    Float,
    /// `DOUBLE`, a Rust `f64`.
    Double,
    /// `STRING`, a Rust `&str` or `String`; on a stream Java's `String`.
    String,
    /// `BYTES`, a Rust `&[u8]` or `Vec<u8>`; on a stream Java's `byte[]`.
    Bytes,
    /// `CHAR(n)`: text of n characters. On a stream Flink's `StringData`.
    Char(u32),
    /// `VARCHAR(n)`: text of at most n characters. On a stream Flink's `StringData`.
    Varchar(u32),
    /// `BINARY(n)`: n bytes.
    Binary(u32),
    /// `VARBINARY(n)`: at most n bytes.
    Varbinary(u32),
    /// `DECIMAL(p, s)`: an exact number. On a stream Flink's `DecimalData`.
    Decimal {
        /// Digits in all, 1 to 38.
        precision: u8,
        /// Digits after the point, at most `precision`.
        scale: u8,
    },
    /// `DATE`: days since 1970-01-01, an i32.
    Date,
    /// `TIME(p)`: milliseconds of the day, an i32.
    Time(u8),
    /// `TIMESTAMP(p)`: date and time of day without a zone. On a stream Flink's `TimestampData`.
    Timestamp(u8),
    /// `TIMESTAMP_LTZ(p)`: a point in time. On a stream Flink's `TimestampData`.
    TimestampLtz(u8),
    /// `INTERVAL YEAR TO MONTH`: months, an i32.
    IntervalYearMonth,
    /// `INTERVAL DAY TO SECOND`: milliseconds, an i64.
    IntervalDayTime,
    /// `ARRAY`. On a stream Flink's `ArrayData`.
    Array(Box<DataType>),
    /// `MULTISET`: how often each element occurs. On a stream Flink's `MapData`.
    Multiset(Box<DataType>),
    /// `MAP` of keys and values. On a stream Flink's `MapData`.
    Map(Box<DataType>, Box<DataType>),
    /// `ROW`, a Rust struct with `#[derive(Row)]`; on a stream Flink's `RowData`.
    Row(Vec<Field>),
    /// `RAW`: a value that only Java can read; bytes to Rust.
    Raw {
        /// The Java class.
        class: String,
        /// The serializer's snapshot in Base64.
        serializer: String,
    },
    /// Flink's `Tuple1` to `Tuple25`, a Rust tuple.
    Tuple(Vec<DataType>),
    /// Java's `Void`: always null, a Rust `()`.
    Void,
    /// Java's `Character`: a UTF-16 unit.
    Character,
    /// Flink's `StringData` on a stream, without a bound.
    StringData,
    /// Java's `BigInteger`.
    BigInteger,
    /// Java's `BigDecimal`.
    BigDecimal,
    /// Java's `Instant`.
    Instant,
    /// Java's `LocalDate`.
    LocalDate,
    /// Java's `LocalTime`.
    LocalTime,
    /// Java's `LocalDateTime`.
    LocalDateTime,
    /// Java's `java.sql.Date`.
    SqlDate,
    /// Java's `java.sql.Time`.
    SqlTime,
    /// Java's `java.sql.Timestamp`.
    SqlTimestamp,
    /// Java's `java.util.Date`.
    UtilDate,
    /// A Java array of a primitive type other than `byte`, such as `long[]`: `Boolean`, `SmallInt`,
    /// `Int`, `BigInt`, `Float`, `Double` or `Character`.
    PrimitiveArray(Box<DataType>),
    /// A Java array of objects, such as `Long[]`, whose elements may be null.
    ObjectArray(Box<DataType>),
    /// Java's `String[]`, which has a serializer of its own.
    StringArray,
    /// Java's `List`.
    List(Box<DataType>),
    /// Java's `Set`.
    Set(Box<DataType>),
    /// Java's `Map` of keys and values.
    JavaMap(Box<DataType>, Box<DataType>),
    /// Flink's `Row`, with its own serializer.
    JavaRow(Vec<Field>),
    /// A Java class with public fields or getters and setters.
    Pojo {
        /// The Java class.
        class: String,
        /// The fields, in the order of their names.
        fields: Vec<Field>,
    },
    /// Flink's `Either`.
    Either(Box<DataType>, Box<DataType>),
    /// A Java enum.
    Enum {
        /// The Java class.
        class: String,
        /// The constants, in the order of their ordinals.
        constants: Vec<String>,
    },
    /// A value behind Flink's `NullableSerializer` where null [has a place already](DataType).
    Nullable(Box<DataType>),
}

impl Kind {
    /// Whether this is a type of Flink SQL, which a column can have.
    pub fn is_sql(&self) -> bool {
        match self {
            Kind::Boolean
            | Kind::TinyInt
            | Kind::SmallInt
            | Kind::Int
            | Kind::BigInt
            | Kind::Float
            | Kind::Double
            | Kind::String
            | Kind::Bytes
            | Kind::Char(_)
            | Kind::Varchar(_)
            | Kind::Binary(_)
            | Kind::Varbinary(_)
            | Kind::Decimal { .. }
            | Kind::Date
            | Kind::Time(_)
            | Kind::Timestamp(_)
            | Kind::TimestampLtz(_)
            | Kind::IntervalYearMonth
            | Kind::IntervalDayTime
            | Kind::Array(_)
            | Kind::Multiset(_)
            | Kind::Map(..)
            | Kind::Row(_)
            | Kind::Raw { .. } => true,
            Kind::Tuple(_)
            | Kind::Void
            | Kind::Character
            | Kind::StringData
            | Kind::BigInteger
            | Kind::BigDecimal
            | Kind::Instant
            | Kind::LocalDate
            | Kind::LocalTime
            | Kind::LocalDateTime
            | Kind::SqlDate
            | Kind::SqlTime
            | Kind::SqlTimestamp
            | Kind::UtilDate
            | Kind::PrimitiveArray(_)
            | Kind::ObjectArray(_)
            | Kind::StringArray
            | Kind::List(_)
            | Kind::Set(_)
            | Kind::JavaMap(..)
            | Kind::JavaRow(_)
            | Kind::Pojo { .. }
            | Kind::Either(..)
            | Kind::Enum { .. }
            | Kind::Nullable(_) => false,
        }
    }

    /// Whether the serializer of this type has a form for null of its own, on a stream. That of others
    /// is wrapped in Flink's `NullableSerializer` when the type is nullable.
    pub fn writes_null(&self) -> bool {
        matches!(
            self,
            Kind::String
                | Kind::Void
                | Kind::BigInteger
                | Kind::BigDecimal
                | Kind::Instant
                | Kind::LocalDate
                | Kind::LocalTime
                | Kind::LocalDateTime
                | Kind::SqlDate
                | Kind::SqlTime
                | Kind::SqlTimestamp
                | Kind::UtilDate
                | Kind::Pojo { .. }
        )
    }
}
