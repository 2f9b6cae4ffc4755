//! Every kind of state in functions, through restarts and crashes; and what is turned down, and how.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::{Harness, KeyedHarness};
use brookite::prelude::*;
use brookite_core::function::{AggregateFunction, ReduceFunction};
use brookite_core::proto::FailureKind;

/// Does with its states what the words say, and tells what is there.
#[derive(Default)]
struct Scripted {
    list: ListState<String>,
    map: MapState<String, i64>,
    longest: ReducingState<String>,
    shortest: ReducingState<String>,
    average: AggregatingState<Average>,
}

#[derive(Default)]
struct Average;

impl AggregateFunction for Average {
    type In = i64;
    type Acc = (i64, i64);
    type Out = f64;

    fn create_accumulator(&self) -> (i64, i64) {
        (0, 0)
    }

    fn add(&self, value: i64, (sum, count): &mut (i64, i64)) -> Result<()> {
        *sum += value;
        *count += 1;
        Ok(())
    }

    fn merge(&self, (sum, count): &mut (i64, i64), other: (i64, i64)) -> Result<()> {
        *sum += other.0;
        *count += other.1;
        Ok(())
    }

    fn get_result(&self, (sum, count): &(i64, i64)) -> Result<f64> {
        Ok(*sum as f64 / *count as f64)
    }
}

struct Shortest;

impl ReduceFunction for Shortest {
    type T = String;

    fn reduce(&self, one: String, other: String) -> Result<String> {
        if other.is_empty() {
            return Err(Error::msg("an empty word is no word"));
        }
        Ok(if other.len() < one.len() { other } else { one })
    }
}

impl KeyedProcessFunction for Scripted {
    type Key = i64;
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.list = ctx.list_state("list")?;
        self.map = ctx.map_state("map")?;
        let longer = |a: String, b: String| if b.len() > a.len() { b } else { a };
        self.longest = ctx.reducing_state("longest", longer)?;
        self.shortest = ctx.reducing_state_with("shortest", Shortest)?;
        self.average = ctx.aggregating_state("average", Average)?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        match word {
            "take" => {
                out.collect(self.list.take()?.join(" "));
                self.map.clear()?;
                self.longest.clear()?;
                self.shortest.clear()?;
                return self.average.clear();
            }
            "tell" => {}
            word => {
                self.list.add(word.to_owned())?;
                self.map.modify(word.to_owned(), |count| *count.get_or_insert(0) += 1)?;
                self.longest.add(word.to_owned())?;
                self.shortest.add(word.to_owned())?;
                return self.average.add(word.len() as i64);
            }
        }
        let mut counts = self.map.entries()?;
        counts.sort();
        out.collect(format!(
            "{:?} {counts:?} {:?} {:?} {:?}",
            self.list.get()?,
            self.longest.get()?.unwrap_or_default(),
            self.shortest.get()?.unwrap_or_default(),
            self.average.get()?,
        ));
        Ok(())
    }
}

#[test]
fn state_of_every_kind_is_there_after_a_restart_and_as_checkpointed_after_a_crash() {
    let mut words = KeyedHarness::process::<Scripted>().unwrap();
    let told = r#"["to", "be", "or", "not", "to"] [("be", 1), ("not", 1), ("or", 1), ("to", 2)] "not" "to" Some(2.2)"#;
    for word in ["to", "be", "or", "not", "to"] {
        words.push(1, word).unwrap();
    }
    words.push(2, "question").unwrap();
    assert_eq!(words.push(1, "tell").unwrap(), [told]);
    words.restart().unwrap();
    assert_eq!(words.push(1, "tell").unwrap(), [told]);
    words.push(1, "be").unwrap();
    assert_eq!(words.push(1, "take").unwrap(), ["to be or not to be"]);
    assert_eq!(words.push(1, "tell").unwrap(), [r#"[] [] "" "" None"#]);
    words.crash().unwrap();
    assert_eq!(words.push(1, "tell").unwrap(), [told]);
    assert_eq!(
        words.push(2, "tell").unwrap(),
        [r#"["question"] [("question", 1)] "question" "question" Some(8.0)"#]
    );
}

#[test]
fn a_function_that_reduces_may_fail() {
    let mut words = KeyedHarness::process::<Scripted>().unwrap();
    words.push(1, "a").unwrap();
    let failure = words.push(1, "").unwrap_err();
    assert_eq!(failure.message, "an empty word is no word");
}

/// Keeps what it saw for a second.
#[derive(Default)]
struct Expiring {
    last: ValueState<String>,
    all: ListState<String>,
    count: MapState<String, i64>,
}

impl KeyedProcessFunction for Expiring {
    type Key = i64;
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let a_second = |name: &str| StateDescriptor::new(name).with_ttl(Ttl::of(1_000));
        self.last = ctx.value_state(a_second("last"))?;
        self.all = ctx.list_state(a_second("all"))?;
        self.count = ctx.map_state(a_second("count"))?;
        Ok(())
    }

    fn process_element(
        &mut self,
        word: &str,
        _: &Context<'_, i64>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let last = self.last.value()?.unwrap_or_default();
        self.last.update(word.to_owned())?;
        self.all.add(word.to_owned())?;
        self.count.modify(word.to_owned(), |count| *count.get_or_insert(0) += 1)?;
        let counts = self.count.keys()?.len();
        out.collect(format!("{last} {:?} {counts} {:?}", self.all.get()?, self.count.get(word)?));
        match word {
            "all" => self.all.update(vec!["a".into(), "b".into()])?,
            "none" => {
                assert_eq!(self.all.take()?.len(), 3);
                self.count.retain(|word, _| word == "none")?;
                self.last.clear()?;
            }
            _ => {}
        }
        Ok(())
    }
}

#[test]
fn what_expires_is_asked_for_each_time_and_changed_at_once() {
    let mut words = KeyedHarness::process::<Expiring>().unwrap();
    assert_eq!(words.push(1, "x").unwrap(), [r#" ["x"] 1 Some(1)"#]);
    words.advance_processing_time(600).unwrap();
    assert_eq!(words.push(1, "y").unwrap(), [r#"x ["x", "y"] 2 Some(1)"#]);
    words.advance_processing_time(1_200).unwrap();
    assert_eq!(words.push(1, "y").unwrap(), [r#"y ["y", "y"] 1 Some(2)"#]);
    // Nothing waits to be written back: what a crash finds is what was there.
    assert_eq!(words.push(1, "all").unwrap(), [r#"y ["y", "y", "all"] 2 Some(1)"#]);
    assert_eq!(words.push(1, "none").unwrap(), [r#"all ["a", "b", "none"] 3 Some(1)"#]);
    assert_eq!(words.push(1, "x").unwrap(), [r#" ["x"] 2 Some(1)"#]);
    words.advance_processing_time(10_000).unwrap();
    assert_eq!(
        words.push(1, "x").unwrap(),
        [r#"x ["x"] 1 Some(1)"#].map(|s| s.replacen('x', "", 1))
    );
}

/// Emits lines in batches of three, with no key.
#[derive(Default)]
struct Batches {
    lines: OperatorListState<String>,
    seen: OperatorListState<i64>,
}

impl FlatMapFunction for Batches {
    type In = &'static str;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.lines = ctx.operator_list_state("lines")?;
        self.seen = ctx.union_list_state("seen")?;
        // It is there already.
        let seen = self.seen.with(|seen| seen.iter().sum::<i64>())?;
        self.seen.update(vec![seen])
    }

    fn flat_map(&mut self, line: &str, out: &mut Collector<'_, String>) -> Result<()> {
        let seen = self.seen.get()?[0] + 1;
        self.seen.update(vec![seen])?;
        self.lines.add(line.to_owned())?;
        if self.lines.with(|lines| lines.len())? == 3 {
            out.collect(format!("{seen}: {}", self.lines.take()?.concat()));
        }
        Ok(())
    }
}

#[test]
fn state_of_a_subtask_needs_no_key_and_is_there_in_open() {
    let mut batches = Harness::flat_map::<Batches>().unwrap();
    assert!(batches.push("a").unwrap().is_empty());
    assert!(batches.push("b").unwrap().is_empty());
    batches.restart().unwrap();
    assert_eq!(batches.push("c").unwrap(), ["3: abc"]);
    batches.crash().unwrap();
    assert_eq!(batches.push("d").unwrap(), ["3: abd"]);
}

/// Opens, or uses, its states in a way that cannot be.
#[derive(Default)]
struct Wrong {
    one: ValueState<i64>,
    list: ListState<i64>,
    unopened: MapState<i64, i64>,
}

impl KeyedProcessFunction for Wrong {
    type Key = i64;
    type In = &'static str;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.one = ctx.value_state("one")?;
        self.list = ctx.list_state("list")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        what: &str,
        _: &Context<'_, i64>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        match what {
            "unopened" => self.unopened.put(1, 1),
            "inside" => self.one.with(|_| self.one.update(1))?,
            _ => self.list.with(|_| self.list.add(1))?,
        }
    }

    fn close(&mut self) -> Result<()> {
        self.one.clear()
    }
}

#[test]
fn state_that_is_used_wrongly_says_how_it_is_used_rightly() {
    for (what, message) in [
        ("unopened", "the state was not opened: assign `ctx.map_state(name)?` to it in `open`"),
        (
            "inside",
            "state 'one' was used inside a closure that looks at it or changes it: do so before or \
             after, with what the closure returns",
        ),
        (
            "list",
            "state 'list' was used inside a closure that looks at it or changes it: do so before or \
             after, with what the closure returns",
        ),
    ] {
        let failure = KeyedHarness::process::<Wrong>().unwrap().push(1, what).unwrap_err();
        assert_eq!(failure.message, message);
        assert_eq!(failure.kind(), FailureKind::Error);
    }
    let failure = KeyedHarness::process::<Wrong>().unwrap().close().unwrap_err();
    assert!(
        failure.message.starts_with("state 'one' was accessed without a key: it is there while"),
        "{}",
        failure.message
    );
}

/// Declares two states of one name.
#[derive(Default)]
struct Twice;

impl KeyedProcessFunction for Twice {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        let _first: ValueState<i64> = ctx.value_state("seen")?;
        let _second: MapState<String, i64> = ctx.map_state("seen")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        _: i64,
        _: &Context<'_, i64>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }
}

/// Declares state of keys where there are none.
#[derive(Default)]
struct Keyless;

impl MapFunction for Keyless {
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        ctx.list_state::<i64>("all").map(|_| ())
    }

    fn map(&mut self, number: i64) -> Result<i64> {
        Ok(number)
    }
}

/// Declares state that cannot expire.
#[derive(Default)]
struct Immediate;

impl KeyedProcessFunction for Immediate {
    type Key = i64;
    type In = i64;
    type Out = i64;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        ctx.value_state::<i64>(StateDescriptor::new("now").with_ttl(Ttl::of(0))).map(|_| ())
    }

    fn process_element(
        &mut self,
        _: i64,
        _: &Context<'_, i64>,
        _: &mut Collector<'_, i64>,
    ) -> Result<()> {
        Ok(())
    }
}

#[test]
fn declarations_that_make_no_sense_are_errors_when_the_stage_opens() {
    let failure = KeyedHarness::process::<Twice>().unwrap_err();
    assert_eq!(failure.phase, "open");
    assert_eq!(
        failure.message,
        "state 'seen' was declared twice, as Value and as Map: give each state of an operator a name \
         of its own"
    );
    let failure = Harness::map::<Keyless>().unwrap_err();
    assert!(
        failure.message.starts_with("state 'all' was declared by a function without keys: call"),
        "{}",
        failure.message
    );
    let failure = KeyedHarness::process::<Immediate>().unwrap_err();
    assert!(
        failure.message.ends_with("its time to live must be positive, found 0 ms"),
        "{}",
        failure.message
    );
}
