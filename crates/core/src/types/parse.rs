//! Types from text.
//!
//! SQL's types are spelled as in Flink SQL, in upper case, and are nullable unless they say
//! `NOT NULL`: `ROW<id BIGINT NOT NULL, prices ARRAY<DECIMAL(10, 2)>>`. Java's are spelled as in Java:
//! `Tuple2<Long, Map<String, long[]>>`, `Row<id Long, name String>`, `Pojo<'com.acme.Order', id Long>`,
//! `Enum<'com.acme.Color', RED, BLUE>`, `ObjectArray<Tuple1<Long>>` (or `Long[]`). A type spelled as in
//! Java may be null where its serializer, or what surrounds it, has a form for null; elsewhere
//! `Nullable<Long>` puts Flink's `NullableSerializer` around it.

mod lexer;

use crate::types::place::Place;
use crate::types::{DataType, Field, Kind};
use lexer::{Lexer, Token};

/// How deep types may be nested: the stack is finite.
pub(crate) const MAX_DEPTH: usize = 64;

/// The length of a VARCHAR or VARBINARY without bound, which STRING and BYTES are.
pub(crate) const UNBOUNDED: u32 = i32::MAX as u32;

/// Text that is no type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed type '{text}' at character {offset}: {reason}")]
pub struct ParseTypeError {
    text: String,
    offset: usize,
    reason: String,
}

impl std::str::FromStr for DataType {
    type Err = ParseTypeError;

    fn from_str(text: &str) -> Result<Self, ParseTypeError> {
        let mut parser = Parser { lexer: Lexer::new(text), depth: 0 };
        let parsed =
            parser.data_type(Place::Bare).and_then(|data_type| match parser.lexer.next()? {
                Token::End => {
                    data_type.check().map(|()| data_type).map_err(|error| error.to_string())
                }
                other => Err(format!("expected the end, found {other}")),
            });
        let offset = parser.lexer.offset();
        parsed.map_err(|reason| ParseTypeError { text: text.to_owned(), offset, reason })
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    depth: usize,
}

type Parsed<T> = Result<T, String>;

impl Parser<'_> {
    fn data_type(&mut self, place: Place) -> Parsed<DataType> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(format!("types are nested more than {MAX_DEPTH} deep"));
        }
        let word = self.lexer.word("a type")?;
        let mut data_type = self.named(&word, place)?;
        while self.lexer.skip('[')? {
            self.lexer.expect(']')?;
            data_type = array(&word, data_type)?;
            data_type.nullable = place == Place::Marked;
        }
        if self.lexer.skip_word("NOT")? {
            self.lexer.expect_word("NULL")?;
            data_type.nullable = false;
        }
        self.depth -= 1;
        Ok(data_type)
    }

    /// The type that starts with `word`.
    fn named(&mut self, word: &str, place: Place) -> Parsed<DataType> {
        let java = |kind: Kind| {
            let nullable = place.takes_null(&kind);
            Ok(DataType { kind, nullable })
        };
        let array_follows = self.lexer.peek_is('[');
        match word {
            "Boolean" => java(Kind::Boolean),
            "Byte" => java(Kind::TinyInt),
            "Short" => java(Kind::SmallInt),
            "Integer" => java(Kind::Int),
            "Long" => java(Kind::BigInt),
            "Float" => java(Kind::Float),
            "Double" => java(Kind::Double),
            "String" => java(Kind::String),
            "boolean" | "byte" | "short" | "int" | "long" | "float" | "double" | "char"
                if array_follows =>
            {
                self.primitive_array(word, place)
            }
            "Void" => java(Kind::Void),
            "Character" => java(Kind::Character),
            "StringData" => java(Kind::StringData),
            "BigInteger" => java(Kind::BigInteger),
            "BigDecimal" => java(Kind::BigDecimal),
            "Instant" => java(Kind::Instant),
            "LocalDate" => java(Kind::LocalDate),
            "LocalTime" => java(Kind::LocalTime),
            "LocalDateTime" => java(Kind::LocalDateTime),
            "SqlDate" => java(Kind::SqlDate),
            "SqlTime" => java(Kind::SqlTime),
            "SqlTimestamp" => java(Kind::SqlTimestamp),
            "UtilDate" => java(Kind::UtilDate),
            "ObjectArray" => java(Kind::ObjectArray(self.one(Place::Marked)?)),
            "List" => java(Kind::List(self.one(Place::Bare)?)),
            "Set" => java(Kind::Set(self.one(Place::Marked)?)),
            "Map" => {
                let (key, value) = self.two(Place::Bare, Place::Marked)?;
                java(Kind::JavaMap(key, value))
            }
            "Either" => {
                let (left, right) = self.two(Place::Bare, Place::Bare)?;
                java(Kind::Either(left, right))
            }
            "Row" => {
                self.lexer.expect('<')?;
                java(Kind::JavaRow(self.fields(Place::Marked)?))
            }
            "Pojo" => {
                let class = self.class()?;
                let empty = self.lexer.skip('>')?;
                if !empty {
                    self.lexer.expect(',')?;
                }
                let fields = if empty { Vec::new() } else { self.fields(Place::Marked)? };
                java(Kind::Pojo { class, fields })
            }
            "Enum" => {
                let class = self.class()?;
                let mut constants = Vec::new();
                while self.lexer.skip(',')? {
                    constants.push(self.lexer.word("a constant")?);
                }
                self.lexer.expect('>')?;
                java(Kind::Enum { class, constants })
            }
            "Nullable" => {
                let mut value = *self.one(Place::Bare)?;
                // `Nullable<BIGINT>` has one place for null, not two.
                value.nullable &= !Place::Bare.wraps(&value);
                Ok(if value.nullable || place.takes_null(&value.kind) {
                    let kind = Kind::Nullable(Box::new(value));
                    let nullable = place.takes_null(&kind);
                    DataType { kind, nullable }
                } else {
                    value.nullable()
                })
            }
            "RowData" => {
                self.lexer.expect('<')?;
                let nullable = place == Place::Marked;
                Ok(DataType { kind: Kind::Row(self.fields(Place::Column)?), nullable })
            }
            _ => match word.strip_prefix("Tuple").and_then(|arity| arity.parse::<usize>().ok()) {
                Some(arity) => {
                    let fields = self.list(Place::Bare)?;
                    if fields.len() != arity {
                        return Err(format!("{word} has {arity} fields, found {}", fields.len()));
                    }
                    java(Kind::Tuple(fields))
                }
                None => self.sql(word, place),
            },
        }
    }

    /// A type of SQL. It is nullable until `NOT NULL` is read.
    fn sql(&mut self, word: &str, place: Place) -> Parsed<DataType> {
        let kind = match word {
            "BOOLEAN" => Kind::Boolean,
            "TINYINT" => Kind::TinyInt,
            "SMALLINT" => Kind::SmallInt,
            "INT" | "INTEGER" => Kind::Int,
            "BIGINT" => Kind::BigInt,
            "FLOAT" => Kind::Float,
            "DOUBLE" => {
                self.lexer.skip_word("PRECISION")?;
                Kind::Double
            }
            "STRING" => Kind::String,
            "BYTES" => Kind::Bytes,
            "CHAR" => Kind::Char(self.argument(1)?),
            "VARCHAR" => match self.argument(1)? {
                UNBOUNDED => Kind::String,
                length => Kind::Varchar(length),
            },
            "BINARY" => Kind::Binary(self.argument(1)?),
            "VARBINARY" => match self.argument(1)? {
                UNBOUNDED => Kind::Bytes,
                length => Kind::Varbinary(length),
            },
            "DECIMAL" | "DEC" | "NUMERIC" => self.decimal()?,
            "DATE" => Kind::Date,
            "TIME" => {
                let precision = self.argument(0)?;
                self.without_time_zone()?;
                Kind::Time(precision)
            }
            "TIMESTAMP_LTZ" => Kind::TimestampLtz(self.argument(6)?),
            "TIMESTAMP" => {
                let precision = self.argument(6)?;
                if self.lexer.skip_word("WITH")? {
                    self.lexer.expect_word("LOCAL")?;
                    self.lexer.expect_word("TIME")?;
                    self.lexer.expect_word("ZONE")?;
                    Kind::TimestampLtz(precision)
                } else {
                    self.without_time_zone()?;
                    Kind::Timestamp(precision)
                }
            }
            "INTERVAL" => self.interval()?,
            "ARRAY" => Kind::Array(self.one(Place::Column)?),
            "MULTISET" => Kind::Multiset(self.one(Place::Column)?),
            "MAP" => {
                let (key, value) = self.two(Place::Column, Place::Column)?;
                Kind::Map(key, value)
            }
            "ROW" => {
                self.lexer.expect('<')?;
                Kind::Row(self.fields(Place::Column)?)
            }
            "RAW" => {
                self.lexer.expect('(')?;
                let class = self.lexer.text("a class name in quotes")?;
                let named = self.lexer.skip(',')?;
                let serializer =
                    if named { self.lexer.text("a snapshot in quotes")? } else { String::new() };
                self.lexer.expect(')')?;
                Kind::Raw { class, serializer }
            }
            "TUPLE" => Kind::Tuple(self.list(Place::Bare)?),
            _ => {
                return Err(format!(
                    "'{word}' is no type of Flink SQL, nor of Java's that Flink has"
                ));
            }
        };
        // A tuple, which is written like a type of SQL, is one of Java's.
        let nullable = kind.is_sql() || place.takes_null(&kind);
        Ok(DataType { kind, nullable })
    }

    fn decimal(&mut self) -> Parsed<Kind> {
        let (mut precision, mut scale) = (10, 0);
        if self.lexer.skip('(')? {
            precision = self.lexer.number()?;
            if self.lexer.skip(',')? {
                scale = self.lexer.number()?;
            }
            self.lexer.expect(')')?;
        }
        Ok(Kind::Decimal { precision, scale })
    }

    fn without_time_zone(&mut self) -> Parsed<()> {
        if self.lexer.skip_word("WITHOUT")? {
            self.lexer.expect_word("TIME")?;
            self.lexer.expect_word("ZONE")?;
        }
        Ok(())
    }

    /// Flink stores all intervals of years and months alike, and all of days and less.
    fn interval(&mut self) -> Parsed<Kind> {
        let first = self.unit()?;
        let last = if self.lexer.skip_word("TO")? { self.unit()? } else { first };
        match (first, last) {
            (true, true) => Ok(Kind::IntervalYearMonth),
            (false, false) => Ok(Kind::IntervalDayTime),
            _ => Err("an interval is of years and months, or of days and less".to_owned()),
        }
    }

    /// Whether the next unit is years or months.
    fn unit(&mut self) -> Parsed<bool> {
        let unit = self.lexer.word("a unit")?;
        self.argument::<u8>(0)?;
        match unit.as_str() {
            "YEAR" | "MONTH" => Ok(true),
            "DAY" | "HOUR" | "MINUTE" | "SECOND" => Ok(false),
            _ => Err(format!("expected YEAR, MONTH, DAY, HOUR, MINUTE or SECOND, found '{unit}'")),
        }
    }

    /// A number in parentheses, if there is one.
    fn argument<N: TryFrom<u64>>(&mut self, default: N) -> Parsed<N> {
        if !self.lexer.skip('(')? {
            return Ok(default);
        }
        let number = self.lexer.number()?;
        self.lexer.expect(')')?;
        Ok(number)
    }

    fn primitive_array(&mut self, word: &str, place: Place) -> Parsed<DataType> {
        self.lexer.expect('[')?;
        self.lexer.expect(']')?;
        let element = match word {
            "boolean" => Kind::Boolean,
            "short" => Kind::SmallInt,
            "int" => Kind::Int,
            "long" => Kind::BigInt,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "char" => Kind::Character,
            _ => return Ok(DataType { kind: Kind::Bytes, nullable: place == Place::Marked }),
        };
        let kind = Kind::PrimitiveArray(Box::new(DataType::required(element)));
        Ok(DataType { nullable: place.takes_null(&kind), kind })
    }

    fn class(&mut self) -> Parsed<String> {
        self.lexer.expect('<')?;
        self.lexer.text("a class name in quotes")
    }

    fn one(&mut self, place: Place) -> Parsed<Box<DataType>> {
        self.lexer.expect('<')?;
        let element = self.data_type(place)?;
        self.lexer.expect('>')?;
        Ok(Box::new(element))
    }

    fn two(&mut self, first: Place, second: Place) -> Parsed<(Box<DataType>, Box<DataType>)> {
        self.lexer.expect('<')?;
        let left = self.data_type(first)?;
        self.lexer.expect(',')?;
        let right = self.data_type(second)?;
        self.lexer.expect('>')?;
        Ok((Box::new(left), Box::new(right)))
    }

    fn list(&mut self, place: Place) -> Parsed<Vec<DataType>> {
        self.lexer.expect('<')?;
        let mut types = vec![self.data_type(place)?];
        while self.lexer.skip(',')? {
            types.push(self.data_type(place)?);
        }
        self.lexer.expect('>')?;
        Ok(types)
    }

    /// Columns up to the closing bracket: `name type`, or just types, which are then `f0`, `f1`, ..
    fn fields(&mut self, place: Place) -> Parsed<Vec<Field>> {
        let mut fields = Vec::new();
        if self.lexer.skip('>')? {
            return Ok(fields);
        }
        loop {
            let name = if self.lexer.name_and_type_follow() {
                self.lexer.word("a name")?
            } else {
                format!("f{}", fields.len())
            };
            fields.push(Field { name, data_type: self.data_type(place)? });
            if !self.lexer.skip(',')? {
                self.lexer.expect('>')?;
                return Ok(fields);
            }
        }
    }
}

/// `Long[]` and the like.
fn array(word: &str, element: DataType) -> Parsed<DataType> {
    if word == "String" && element.kind == Kind::String {
        return Ok(DataType::required(Kind::StringArray));
    }
    if element.kind.is_sql() && word.chars().all(|char| !char.is_lowercase()) {
        return Err(format!("an array of {word} is written ARRAY<{word}>"));
    }
    Ok(DataType::required(Kind::ObjectArray(Box::new(element.nullable()))))
}
