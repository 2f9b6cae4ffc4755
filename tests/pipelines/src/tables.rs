//! Rows of files: on all runners, the same file has the same rows.

use brookite::prelude::*;

/// A column of several kinds.
#[derive(Clone, Debug, Row)]
struct Order<'r> {
    id: Option<i64>,
    name: Option<&'r str>,
    price: Option<Decimal<10, 2>>,
    at: Option<Timestamp<3>>,
    paid: Option<bool>,
}

/// Shows rows in the format that it is given.
#[pipeline]
fn read_table(p: &Pipeline, args: &Arguments) -> Result<()> {
    let format = args.get("format")?;
    let mut files = Connector::new("filesystem");
    files = files.option("path", args.get("path")?).option("format", format);
    if let Some(null) = args.find("null") {
        files = files.option("csv.null-literal", null);
    }
    if args.find("ignore").is_some() {
        files = files.option(format!("{format}.ignore-parse-errors"), true);
    }
    p.source::<Order<'static>>(files).map(show).collect("out");
    Ok(())
}

fn show(order: Order<'_>) -> String {
    let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
    format!(
        "{} {} {} {} {}",
        or_null(order.id.map(|id| id.to_string())),
        or_null(order.name.map(|name| format!("[{name}]"))),
        or_null(order.price.map(|price| price.to_string())),
        or_null(order.at.map(|at| at.millis().to_string())),
        or_null(order.paid.map(|paid| paid.to_string())),
    )
}
