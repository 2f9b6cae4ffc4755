//! Rows of files in every format, with a column of each type that all formats have.

use brookite::prelude::*;

#[derive(Clone, Debug, Row)]
struct Plain<'r> {
    open: Option<bool>,
    tiny: Option<i8>,
    small: Option<i16>,
    number: Option<i32>,
    count: Option<i64>,
    ratio: Option<f32>,
    share: Option<f64>,
    name: Option<&'r str>,
    bytes: Option<&'r [u8]>,
    price: Option<Decimal<10, 2>>,
    huge: Option<Decimal<38, 18>>,
    day: Option<Date>,
    time: Option<Time<0>>,
    at: Option<Timestamp<3>>,
}

/// Copies tables: each two arguments are where rows come from and where they go, both as `format:path`.
#[pipeline]
pub fn copy_tables(p: &Pipeline, args: &Arguments) -> Result<()> {
    for (number, copy) in args.all().chunks_exact(2).enumerate() {
        p.source::<Plain<'static>>(table(&copy[0])?)
            .name(&format!("from {number}"))
            .sink(table(&copy[1])?)
            .name(&format!("to {number}"));
    }
    Ok(())
}

fn table(place: &str) -> Result<Connector> {
    let (format, path) =
        place.split_once(':').ok_or_else(|| Error::msg("a place is `format:path`"))?;
    let files = Connector::new("filesystem").option("path", path).format(format);
    Ok(match format {
        "csv" => files.option("csv.null-literal", "null"),
        // Else timestamps are moved by the time zone of the machine.
        "parquet" => files.option("parquet.utc-timezone", true),
        _ => files,
    })
}
