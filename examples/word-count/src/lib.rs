//! Counts words: a stateless function that splits lines, and a keyed one that counts.
//!
//! A word is a maximal run of alphanumeric characters, as Unicode defines them, in lower case.

pub mod pipeline;

use brookite::prelude::*;

/// Splits a line into its words.
#[flat_map]
pub fn split(line: &str, out: &mut Collector<'_, String>) {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .for_each(|word| out.collect(word.to_lowercase()));
}

/// Counts how often each word came, and emits the count so far.
#[derive(Default)]
pub struct Count {
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for Count {
    type Key = &'static str;
    type In = &'static str;
    type Out = (&'static str, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect((word, count));
        Ok(())
    }
}

brookite::export!();

#[cfg(test)]
mod tests;
