//! Windowed top-N: the items of a shop that are clicked most, minute by minute.

use std::cmp::Reverse;

use brookite::prelude::*;

/// A click on an item.
#[derive(Row)]
pub struct Click<'a> {
    item: &'a str,
    at: Timestamp<3>,
}

/// How often an item was clicked in a minute.
#[derive(Clone, Row)]
pub struct Clicks<'a> {
    minute: Timestamp<3>,
    item: &'a str,
    clicks: i64,
}

/// Reads clicks, and writes the `--most` clicked items of each minute, three unless it is said.
///
/// What a window tells has the last timestamp of that window. So it is in the same window of the same
/// length again, with all others of that minute.
#[pipeline]
pub fn top_items(p: &Pipeline, args: &Arguments) -> Result<()> {
    let most: usize = args.get_or("most", 3)?;
    let minute = Tumbling::of(Duration::from_secs(60));
    let clicks = Connector::new("filesystem").option("path", args.get("input")?).format("json");
    p.source::<Click<'_>>(clicks.watermark("at", Duration::from_secs(5)))
        .name("clicks")
        .key_by_field::<&str>("item")
        .window(minute)
        .count_apply(|clicks, ctx, out: &mut Collector<'_, Clicks<'_>>| {
            let minute = Timestamp::from_millis(ctx.window().start());
            out.collect(Clicks { minute, item: ctx.key(), clicks: *clicks });
        })
        .name("count per item")
        .key_by_field::<Timestamp<3>>("minute")
        .window(minute)
        .apply(move |items: &[Clicks<'_>], _ctx, out: &mut Collector<'_, Clicks<'_>>| {
            let mut items = items.to_vec();
            items.sort_by_key(|item| (Reverse(item.clicks), item.item));
            items.into_iter().take(most).for_each(|item| out.collect(item));
        })
        .name("top items")
        .sink(Connector::new("filesystem").option("path", args.get("output")?).format("csv"));
    Ok(())
}
