//! Rows of files that our own parser reads: on all runners, a malformed record is told in the same way.

use std::collections::BTreeMap;

use brookite::prelude::*;
use brookite_formats::{Csv, Json, MALFORMED, Malformed, ReadFiles, TimestampFormat};

/// A column of several kinds.
#[derive(Clone, Debug, Row)]
struct Order<'r> {
    id: i64,
    name: Option<&'r str>,
    price: Option<Decimal<10, 2>>,
    at: Option<Timestamp<3>>,
    paid: Option<bool>,
}

/// Columns that contain others.
#[derive(Clone, Debug, Row)]
struct Nested {
    tags: Option<Vec<Option<String>>>,
    counts: Option<BTreeMap<String, i32>>,
    item: Option<Item>,
}

#[derive(Clone, Debug, Row)]
struct Item {
    name: String,
    at: Option<TimestampLtz<3>>,
}

/// Reads orders as CSV or JSON. Malformed ones are collected if `--aside` is given, and fail otherwise.
#[pipeline]
fn read_orders(p: &Pipeline, args: &Arguments) -> Result<()> {
    let (path, aside) = (args.get("path")?, args.find("aside").is_some());
    let orders: Stream<Order<'static>> = match (args.get("format")?, aside) {
        ("csv", false) => p.read_csv(path),
        ("csv", true) => {
            p.read_files(path, Csv::new().null_literal("null").malformed_to_side_output())
        }
        (_, false) => p.read_json(path),
        (_, true) => p.read_files(path, Json::new().malformed_to_side_output()),
    };
    if aside {
        orders.side_output(&MALFORMED).map(told).name("malformed").collect("malformed");
    }
    orders.map(show).collect("out");
    Ok(())
}

fn show(order: Order<'_>) -> String {
    let Order { id, name, price, at, paid } = order;
    format!("{id} {name:?} {price:?} {:?} {paid:?}", at.map(Timestamp::millis))
}

/// Reads columns that contain others.
#[pipeline]
fn read_nested(p: &Pipeline, args: &Arguments) -> Result<()> {
    let format = Json::new().timestamp_format(TimestampFormat::Iso).malformed_to_side_output();
    let rows = p.read_files::<Nested>(args.get("path")?, format);
    rows.side_output(&MALFORMED).map(told).name("malformed").collect("malformed");
    rows.map(|row| {
        let item = row.item.map(|item| (item.name, item.at.map(TimestampLtz::millis)));
        format!("{:?} {:?} {item:?}", row.tags, row.counts)
    })
    .collect("out");
    Ok(())
}

/// Shows a malformed record, without the folder of its file.
fn told(malformed: Malformed<'_>) -> String {
    let Malformed { file, line, column, text, message } = malformed;
    let file = file.rsplit('/').next().unwrap_or(file);
    format!("{file}:{line} {column:?} {text:?}: {message}")
}
