//! A pipeline without end, to be looked at in Flink's Web UI.

use std::time::Duration;

use brookite::prelude::*;

const LINES: [&str; 3] = ["to be or not to be", "that is the question", "to die to sleep no more"];

#[derive(Clone, Debug, Row)]
struct Tick {
    number: i32,
}

#[derive(Clone, Debug, Row)]
struct Counted<'r> {
    word: &'r str,
    count: i64,
}

/// Counts each word, and all of them in a metric.
#[derive(Default)]
struct CountPerWord {
    words: Counter,
    count: ValueState<i64>,
}

#[function]
impl KeyedProcessFunction for CountPerWord {
    type Key = &'static str;
    type In = &'static str;
    type Out = Counted<'static>;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.words = ctx.counter("words_counted")?;
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, Self::Out>,
    ) -> Result<()> {
        self.words.inc();
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(Counted { word, count });
        Ok(())
    }
}

/// Counts the words of some lines again and again.
#[pipeline]
fn words_without_end(p: &Pipeline) -> Result<()> {
    p.name("words without end").parallelism(1).checkpoint_interval(Duration::from_secs(1));
    let ticks = Connector::new("datagen")
        .option("rows-per-second", 200)
        .option("fields.number.min", 0)
        .option("fields.number.max", LINES.len() - 1);
    p.source::<Tick>(ticks)
        .name("ticks")
        .flat_map(|tick: Tick, out: &mut Collector<'_, &'static str>| {
            LINES[tick.number as usize].split(' ').for_each(|word| out.collect(word));
        })
        .name("split")
        .filter(|word: &&str| word.len() > 2)
        .name("without short ones")
        .key_by_value()
        .process(CountPerWord::default)
        .name("count per word")
        .sink(Connector::new("blackhole"))
        .name("nowhere");
    Ok(())
}
