//! Types of values: their description, and the Rust types that have one.
//!
//! [`DataType`] is the description; `parse` and `display` spell it as text, `wire` as protobuf, and
//! `check` tells what no type can be. [`Data`] connects it with a Rust type on a stream,
//! [`RowField`](crate::row::RowField) in the column of a row:
//!
//! | Rust | stream | column |
//! |---|---|---|
//! | `bool`, `i8` .. `i64`, `f32`, `f64` | `BOOLEAN`, `TINYINT` .. `BIGINT`, `FLOAT`, `DOUBLE` | the same |
//! | `&str`, `String`, `Cow<str>` | `STRING`, Java's `String` | `STRING` |
//! | [`StringData`] | `StringData` | `STRING` |
//! | [`Char<N>`](Char), [`Varchar<N>`](Varchar) | `CHAR(N)`, `VARCHAR(N)` | the same |
//! | `&[u8]`, `Vec<u8>` | `BYTES`, Java's `byte[]` | `BYTES` |
//! | [`Binary<N>`](Binary), [`Varbinary<N>`](Varbinary) | `BINARY(N)`, `VARBINARY(N)` | the same |
//! | [`Decimal<P, S>`](Decimal) | `DECIMAL(P, S)` | the same |
//! | [`Date`], [`Time<P>`](Time), [`Timestamp<P>`](Timestamp), [`TimestampLtz<P>`](TimestampLtz) | `DATE`, `TIME(P)`, `TIMESTAMP(P)`, `TIMESTAMP_LTZ(P)` | the same |
//! | [`IntervalYearMonth`], [`IntervalDayTime`] | `INTERVAL YEAR TO MONTH`, `INTERVAL DAY TO SECOND` | the same |
//! | chrono's `NaiveDate`, `NaiveTime` | `LocalDate`, `LocalTime` | `DATE`, `TIME(9)` |
//! | chrono's `NaiveDateTime`, `DateTime<Utc>` | `LocalDateTime`, `Instant` | `TIMESTAMP(9)`, `TIMESTAMP_LTZ(9)` |
//! | `Vec<T>` | `List<T>` | `ARRAY<T>` |
//! | [`Array<'_, T>`](Array), read in place | `ARRAY<T>` | `ARRAY<T>` |
//! | `Box<[i64]>` and other numbers, `bool` | `long[]` .. | `ARRAY<BIGINT NOT NULL>` .. |
//! | `HashMap<K, V>`, `BTreeMap<K, V>` | `Map<K, V>` | `MAP<K, V>` |
//! | [`Multiset<T>`](Multiset) | `MULTISET<T>` | the same |
//! | a struct with `#[derive(Row)]` | `ROW<..>`, Flink's `RowData` | `ROW<..>` |
//! | an enum with `#[derive(Enum)]` | `STRING`, `INT`, or Java's `Enum` | `STRING` or `INT` |
//! | [`Change<T>`](crate::row::Change) | `ROW<..>`, of every kind | |
//! | [`Raw<'_, C>`](Raw) | `RAW(..)` | the same |
//! | a struct with `#[derive(Pojo)]`, or a row in [`Pojo<T>`](Pojo) | a POJO | |
//! | [`JavaRow<T>`](JavaRow) | Flink's `Row` | |
//! | `HashSet<T>`, `BTreeSet<T>` | `Set<T>` | |
//! | [`ObjectArray<T>`](ObjectArray), [`StringArray`] | `T[]`, `String[]` | |
//! | tuples | Flink's `Tuple1` .. `Tuple25` | |
//! | `either::Either<L, R>` | Flink's `Either` | |
//! | `char`, `()` | `Character`, `Void` | |
//! | `num_bigint::BigInt`, `bigdecimal::BigDecimal` | `BigInteger`, `BigDecimal` | |
//! | [`SqlDate`], [`SqlTime`], [`SqlTimestamp`], [`UtilDate`] | their namesakes in Java | |
//! | `Option<T>` | `T`, and null as Flink tells it there | nullable `T` |
//! | [`Nullable<T>`](Nullable) | `T` behind a `NullableSerializer` | |
//!
//! Nothing is rounded, cut off or wrapped around: a value that does not fit is an error that names its
//! field, when it is written as when it is read. Java text with a lone surrogate, which is no Unicode
//! text, has no form in Rust: reading it is an error
//! ([`LoneSurrogate`](crate::coder::DecodeErrorKind::LoneSurrogate)) that names its offset.

mod array;
mod big_number;
pub(crate) mod bytes;
mod character;
mod check;
mod data;
pub(crate) mod data_type;
mod date_time;
mod decimal;
mod display;
mod either;
mod elements;
#[doc(hidden)]
pub mod enumeration;
mod fixed;
mod interval;
mod kind;
mod list;
mod map;
mod marked;
mod multiset;
mod nullable;
#[doc(hidden)]
pub mod object;
mod option;
mod own_view;
pub(crate) mod parse;
pub(crate) mod place;
mod primitive_array;
mod raw;
mod scalar;
mod set;
pub(crate) mod text;
mod timestamp;
pub(crate) mod tuple;
mod wire;

pub use array::Array;
pub use check::MalformedType;
pub use data::{Data, Key, Owned, View};
pub use data_type::{DataType, Field};
pub use decimal::{Decimal, DecimalError};
pub use enumeration::Enum;
pub use fixed::{Binary, Char, StringData, Varbinary, Varchar};
pub use interval::{
    Date, DateRangeError, IntervalDayTime, IntervalYearMonth, SqlDate, SqlTime, SqlTimestamp,
    UtilDate,
};
pub use kind::Kind;
pub use list::{ObjectArray, StringArray};
pub use multiset::Multiset;
pub use nullable::Nullable;
pub use object::{JavaClass, JavaRow, Object, Pojo};
pub use parse::ParseTypeError;
pub use raw::{Raw, RawClass};
pub use timestamp::{Time, TimeRangeError, Timestamp, TimestampLtz};
