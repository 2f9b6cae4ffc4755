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

/// Counts.
#[derive(Default)]
pub struct Count;

impl AggregateFunction for Count {
    type In = Click<'static>;
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, _: Click<'_>, count: &mut i64) -> Result<()> {
        *count += 1;
        Ok(())
    }

    fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
        *count += other;
        Ok(())
    }

    fn get_result(&self, count: &i64) -> Result<i64> {
        Ok(*count)
    }
}

/// Puts item and minute beside the count, which are the key and the window that it is of.
#[derive(Default)]
pub struct OfItem;

impl ProcessWindowFunction for OfItem {
    type Key = &'static str;
    type In = i64;
    type Out = Clicks<'static>;

    fn process(
        &mut self,
        counts: &[i64],
        ctx: &WindowContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let minute = Timestamp::from_millis(ctx.window().start());
        counts
            .iter()
            .for_each(|clicks| out.collect(Clicks { minute, item: ctx.key(), clicks: *clicks }));
        Ok(())
    }
}

/// Keeps so many items of a minute.
pub struct Top(usize);

impl ProcessWindowFunction for Top {
    type Key = Timestamp<3>;
    type In = Clicks<'static>;
    type Out = Clicks<'static>;

    fn process(
        &mut self,
        items: &[Clicks<'_>],
        _ctx: &WindowContext<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let mut items = items.to_vec();
        items.sort_by_key(|item| (Reverse(item.clicks), item.item));
        items.into_iter().take(self.0).for_each(|item| out.collect(item));
        Ok(())
    }
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
        .aggregate_with_process(Count::default, OfItem::default)
        .name("count per item")
        .key_by_field::<Timestamp<3>>("minute")
        .window(minute)
        .process(move || Top(most))
        .name("top items")
        .sink(Connector::new("filesystem").option("path", args.get("output")?).format("csv"));
    Ok(())
}
