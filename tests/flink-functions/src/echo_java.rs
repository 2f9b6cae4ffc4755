//! Values of Java's types as they came.

use std::collections::{BTreeMap, BTreeSet};

use bigdecimal::BigDecimal;
use brookite::core::types::{ObjectArray, StringArray};
use brookite::prelude::*;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use either::Either;
use num_bigint::BigInt;

#[map]
fn echo_byte(value: i8) -> i8 {
    value
}

#[map]
fn echo_short(value: i16) -> i16 {
    value
}

#[map]
fn echo_float(value: f32) -> f32 {
    value
}

#[map]
fn echo_character(value: char) -> char {
    value
}

#[map]
fn echo_big_integer(value: BigInt) -> BigInt {
    value
}

#[map]
fn echo_big_decimal(value: BigDecimal) -> BigDecimal {
    value
}

#[map]
fn echo_instant(value: DateTime<Utc>) -> DateTime<Utc> {
    value
}

#[map]
fn echo_local_date(value: NaiveDate) -> NaiveDate {
    value
}

#[map]
fn echo_local_time(value: NaiveTime) -> NaiveTime {
    value
}

#[map]
fn echo_local_date_time(value: NaiveDateTime) -> NaiveDateTime {
    value
}

#[map]
fn echo_long_array(value: Box<[i64]>) -> Box<[i64]> {
    value
}

#[map]
fn echo_object_array(value: ObjectArray<Option<i64>>) -> ObjectArray<Option<i64>> {
    value
}

#[map]
fn echo_string_array(value: StringArray) -> StringArray {
    value
}

#[map]
fn echo_list(value: Vec<String>) -> Vec<String> {
    value
}

#[map]
fn echo_list_of_options(value: Vec<Option<i64>>) -> Vec<Option<i64>> {
    value
}

#[map]
fn echo_set(value: BTreeSet<i64>) -> BTreeSet<i64> {
    value
}

#[map]
fn echo_map(value: BTreeMap<String, Option<i64>>) -> BTreeMap<String, Option<i64>> {
    value
}

#[map]
fn echo_either(value: Either<i64, String>) -> Either<i64, String> {
    value
}

#[map]
fn echo_options(value: (i64, Option<f64>, Option<i32>)) -> (i64, Option<f64>, Option<i32>) {
    value
}

/// A Java enum.
#[derive(Enum)]
#[row(class = "org.brookite.jobs.TypeRoundTripTest$Status")]
enum Status {
    #[row(name = "NEW")]
    New,
    #[row(name = "PAID")]
    Paid,
    #[row(name = "SHIPPED")]
    Shipped,
}

#[map]
fn echo_enum(value: Status) -> Status {
    value
}

/// A POJO.
#[derive(Pojo)]
#[row(class = "org.brookite.jobs.TypeRoundTripTest$Line")]
struct Line<'a> {
    sku: Option<&'a str>,
    quantity: i32,
    price: Option<BigDecimal>,
    status: Option<Status>,
}

#[map]
fn echo_pojo(value: Line<'_>) -> Line<'_> {
    value
}

/// Types of Java in types of Java.
type Lines<'a> = Vec<BTreeMap<String, Option<Either<Line<'a>, i64>>>>;

#[map]
fn echo_lines(value: (i64, Lines<'_>, DateTime<Utc>)) -> (i64, Lines<'_>, DateTime<Utc>) {
    value
}

/// The fields of Flink's `Row`.
#[derive(Row)]
struct Named<'a> {
    id: i64,
    name: Option<&'a str>,
}

#[map]
fn echo_java_row(value: JavaRow<Named<'_>>) -> JavaRow<Named<'_>> {
    value
}
