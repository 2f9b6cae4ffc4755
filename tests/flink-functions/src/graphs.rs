//! Functions for graphs that the tests make by hand.

use brookite::core::row::{Change, RowKind};
use brookite::core::types::Timestamp;
use brookite::prelude::*;

/// A key that is computed: how long the word is.
#[map]
fn by_length(word: &str) -> (i64, &str) {
    (word.len() as i64, word)
}

/// A partition that is computed: even numbers to the first, odd ones to the second, and so on.
#[map]
fn by_parity(number: i64) -> (i32, i64) {
    ((number % 2) as i32, number)
}

/// The words of a key so far, in one text behind the key.
#[derive(Default)]
struct WordsOfLength {
    words: ValueState<String>,
}

#[function]
impl KeyedProcessFunction for WordsOfLength {
    type Key = i64;
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.words = ctx.value_state("words")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let words = self.words.value()?.unwrap_or_default() + " " + word;
        out.collect(format!("{}{words}", ctx.key()));
        self.words.update(words)
    }
}

/// Someone looks at a page.
#[derive(Row)]
struct Visit<'a> {
    user: &'a str,
    page: i64,
    at: Timestamp<3>,
}

/// How often a user came so far, in the page's column, at the time of the visit.
#[derive(Default)]
struct CountVisits {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for CountVisits {
    type Key = &'static str;
    type In = Visit<'static>;
    type Out = Visit<'static>;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        visit: Visit<'_>,
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(Visit { page: count, ..visit });
        Ok(())
    }
}

/// The number of the subtask that each number came to.
#[derive(Default)]
struct SubtaskOf {
    index: i32,
}

#[function]
impl ProcessFunction for SubtaskOf {
    type In = i64;
    type Out = (i64, i32);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.index = ctx.subtask().index as i32;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        _ctx: &PlainContext<'_>,
        out: &mut Collector<'_, (i64, i32)>,
    ) -> Result<()> {
        out.collect((number, self.index));
        Ok(())
    }
}

/// The page and the timestamp of each visit.
#[derive(Default)]
struct TimesOfVisits;

#[function]
impl KeyedProcessFunction for TimesOfVisits {
    type Key = i64;
    type In = Visit<'static>;
    type Out = String;

    fn process_element(
        &mut self,
        visit: Visit<'_>,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{} at {}", visit.page, ctx.timestamp().unwrap_or(-1)));
        Ok(())
    }
}

/// A visit that is there, changed and gone: 1 makes it, 2 replaces it, 3 removes it.
#[flat_map]
fn change_visits(number: i64, out: &mut Collector<'_, Change<Visit<'static>>>) {
    let mut say = |kind, page| {
        let row = Visit { user: "ann", page, at: Timestamp::from_millis(page) };
        out.collect(Change { kind, row });
    };
    match number {
        1 => say(RowKind::Insert, 1),
        2 => {
            say(RowKind::UpdateBefore, 1);
            say(RowKind::UpdateAfter, 2);
        }
        _ => say(RowKind::Delete, number),
    }
}
