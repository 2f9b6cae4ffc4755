//! Sessions: a user's clicks are one visit until nothing comes for some time.

use brookite::prelude::*;

/// A click of a user.
#[derive(Row)]
pub struct Click<'a> {
    user: &'a str,
    at: Timestamp<3>,
}

/// Clicks of a user with little time between them.
#[derive(Clone, Row)]
pub struct Visit {
    user: String,
    start: Timestamp<3>,
    end: Timestamp<3>,
    clicks: i64,
}

impl Visit {
    fn of(click: Click<'_>) -> Self {
        Self { user: click.user.to_owned(), start: click.at, end: click.at, clicks: 1 }
    }

    fn and(self, other: Self) -> Self {
        let (start, end) = (self.start.min(other.start), self.end.max(other.end));
        Self { start, end, clicks: self.clicks + other.clicks, ..self }
    }
}

/// Reads clicks, and writes each visit once it is over: when `--minutes` have gone by without a click,
/// half an hour unless it is said.
#[pipeline]
pub fn sessions(p: &Pipeline, args: &Arguments) -> Result<()> {
    let gap = Duration::from_secs(60 * args.get_or("minutes", 30)?);
    let clicks = Connector::new("filesystem").option("path", args.get("input")?).format("json");
    p.source::<Click<'_>>(clicks.watermark("at", Duration::from_secs(5)))
        .name("clicks")
        .map(Visit::of)
        .name("one click")
        .key_by_field::<String>("user")
        .window(Session::with_gap(gap))
        .reduce(Visit::and)
        .name("visit")
        .sink(Connector::new("filesystem").option("path", args.get("output")?).format("json"));
    Ok(())
}
