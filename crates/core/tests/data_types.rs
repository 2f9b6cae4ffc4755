//! Types are the same in all their spellings.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite_core::proto;
use brookite_core::types::{DataType, Field, Kind};

/// Each in its canonical spelling.
const TYPES: &[&str] = &[
    "BOOLEAN",
    "TINYINT NOT NULL",
    "ROW<a SMALLINT, b INT NOT NULL, c BIGINT, d FLOAT, e DOUBLE> NOT NULL",
    "ROW<a CHAR(1), b VARCHAR(2), c STRING, d BINARY(3), e VARBINARY(4), f BYTES>",
    "ROW<a DECIMAL(38, 18), b DATE, c TIME(3), d TIMESTAMP(9), e TIMESTAMP_LTZ(0) NOT NULL>",
    "ROW<a INTERVAL YEAR TO MONTH, b INTERVAL DAY TO SECOND, `c d` RAW('java.util.UUID', 'AA==')>",
    "ARRAY<MAP<STRING NOT NULL, MULTISET<ROW<x INT> NOT NULL>>>",
    "TUPLE<BIGINT NOT NULL, STRING, STRING NOT NULL, BIGINT>",
    "Void NOT NULL",
    "Character",
    "StringData",
    "TUPLE<BigInteger, BigDecimal, Instant, LocalDate, LocalTime, LocalDateTime>",
    "TUPLE<SqlDate, SqlTime, SqlTimestamp, UtilDate NOT NULL>",
    "Map<STRING, long[]>",
    "List<Set<Either<boolean[], String[]>>>",
    "Nullable<List<BIGINT NOT NULL>>",
    "Row<a BIGINT, b Nullable<List<STRING>>, c ObjectArray<DOUBLE>, `NOT` INT NOT NULL>",
    "Pojo<'com.acme.Order', id BIGINT, lines List<Pojo<'com.acme.Line'>>>",
    "Enum<'com.acme.Color', RED, BLUE>",
    "ObjectArray<int[]>",
    "Row<a TUPLE<BIGINT NOT NULL>, b TUPLE<STRING> NOT NULL, c StringData>",
];

#[test]
fn text_and_protobuf_come_back() {
    for text in TYPES {
        let data_type: DataType = text.parse().unwrap();
        assert_eq!(data_type.to_string(), *text);
        let wire = proto::DataType::from(&data_type);
        assert_eq!(DataType::try_from(&wire).as_ref(), Ok(&data_type), "{text}");
        assert_eq!(data_type.difference(&data_type), None);
    }
}

#[test]
fn what_java_and_sql_call_otherwise_is_the_same_type() {
    let same = |one: &str, other: &str| {
        assert_eq!(one.parse::<DataType>(), other.parse::<DataType>(), "{one} and {other}");
        assert!(one.parse::<DataType>().is_ok(), "{one}");
    };
    same("Long", "BIGINT NOT NULL");
    same("Nullable<Long>", "BIGINT");
    same("Nullable<BIGINT>", "BIGINT");
    same("Row<a Nullable<BIGINT>>", "Row<a Nullable<Long>>");
    same("Tuple2<String, Integer>", "TUPLE<STRING, INT NOT NULL>");
    same("Map<String, Long>", "Map<STRING, BIGINT>");
    same("byte[]", "BYTES NOT NULL");
    same("Long[]", "ObjectArray<Long>");
    same("String[][]", "ObjectArray<String[]>");
    same("Row<long[][]>", "Row<ObjectArray<long[]>>");
    same("RowData<BIGINT>", "ROW<f0 BIGINT> NOT NULL");
    same("Row<Long, String>", "Row<f0 BIGINT, f1 STRING>");
    same("Row<Tuple1<Long>>", "Row<f0 TUPLE<BIGINT NOT NULL>>");
    same("TIMESTAMP(3) WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ(3)");
    same("TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP(6)");
    same("INTERVAL DAY(3) TO SECOND(6)", "INTERVAL HOUR");
    same("VARCHAR(2147483647)", "STRING");
}

#[test]
fn text_that_is_no_type_says_what_and_where() {
    let error = |text: &str| text.parse::<DataType>().unwrap_err().to_string();
    assert_eq!(
        error("ROW<id LONGER>"),
        "malformed type 'ROW<id LONGER>' at character 13: 'LONGER' is no type of Flink SQL, nor of \
         Java's that Flink has"
    );
    assert!(error("Tuple3<Long>").ends_with("Tuple3 has 3 fields, found 1"));
    assert!(error("DECIMAL(39, 0)").contains("expected a precision of 1 to 38"));
    assert!(error("ROW<items ARRAY<List<INT>>>").contains("at 'items[]': List<INT> cannot stand"));
    assert!(error(&"List<".repeat(1000)).contains("nested more than 64 deep"));
    assert!(error("Nullable<Nullable<String>>").contains("stands around no other"));
    assert!(error("BIGINT[]").contains("is written ARRAY<BIGINT>"));
    assert!(error("ROW<`a").contains("expected a closing `"));
}

fn order() -> DataType {
    let field = |name: &str, data_type| Field { name: name.into(), data_type };
    let item = vec![field("price", DataType::required(Kind::Double))];
    DataType::required(Kind::Row(vec![
        field("id", DataType::required(Kind::BigInt)),
        field("items", DataType::required(Kind::Array(DataType::required(Kind::Row(item)).into()))),
    ]))
}

#[test]
fn a_difference_names_the_path() {
    let found = "ROW<id BIGINT NOT NULL, items ARRAY<ROW<price FLOAT> NOT NULL> NOT NULL> NOT NULL";
    assert_eq!(
        order().difference(&found.parse().unwrap()).as_deref(),
        Some("items[].price: expected DOUBLE NOT NULL, found FLOAT")
    );
    assert_eq!(order().difference(&order()), None);
}

#[test]
fn an_unknown_type_names_its_path() {
    let mut wire = proto::DataType::from(&order());
    let Some(proto::data_type::Kind::Row(row)) = &mut wire.kind else { unreachable!() };
    row.fields[0].r#type = Some(proto::DataType {
        nullable: false,
        kind: Some(proto::data_type::Kind::Primitive(99)),
    });
    assert_eq!(
        DataType::try_from(&wire).unwrap_err().to_string(),
        "malformed type at 'id': unknown primitive 99"
    );
}
