//! Functions and stages that the tests share.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of it")]

use std::cell::RefCell;

use brookite::prelude::*;
use brookite_core::coder::Encoding;
use brookite_core::proto::{self, Edge, StageSpec, Subtask};
use brookite_core::types::DataType;
use brookite_executor::frame::{Frame, Frames};

thread_local! {
    static JOURNAL: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Starts to note down what the functions of this thread do.
pub fn journal() {
    JOURNAL.set(Some(Vec::new()));
}

/// What was noted down since.
pub fn take_journal() -> Vec<String> {
    JOURNAL.with_borrow_mut(|journal| std::mem::take(journal.as_mut().unwrap()))
}

fn note(line: String) {
    JOURNAL.with_borrow_mut(|journal| {
        if let Some(lines) = journal {
            lines.push(line);
        }
    });
}

#[derive(Default)]
pub struct First;

#[function]
impl MapFunction for First {
    type In = &'static str;
    type Out = String;

    fn open(&mut self, _: &mut OpenContext<'_>) -> Result<()> {
        note("open first".into());
        Ok(())
    }

    fn map(&mut self, text: &str) -> Result<String> {
        note(format!("first {text}"));
        Ok(format!("{text}>1"))
    }

    fn close(&mut self) -> Result<()> {
        note("close first".into());
        Ok(())
    }
}

#[derive(Default)]
pub struct Second;

#[function]
impl FlatMapFunction for Second {
    type In = &'static str;
    type Out = &'static str;

    fn open(&mut self, _: &mut OpenContext<'_>) -> Result<()> {
        note("open second".into());
        Ok(())
    }

    fn flat_map(&mut self, text: &str, out: &mut Collector<'_, &'static str>) -> Result<()> {
        note(format!("second {text}"));
        out.collect(&format!("{text}>2"));
        Ok(())
    }

    fn close(&mut self) -> Result<()> {
        note("close second".into());
        Ok(())
    }
}

#[map]
fn fail_on_x(text: &str) -> Result<&str> {
    if text.starts_with('x') {
        return Err(Error::msg(format!("no {text} please")));
    }
    Ok(text)
}

#[map]
fn panic_on_x(text: &str) -> &str {
    assert!(text != "x", "cannot take {text} ({} times)", 3);
    text
}

/// Repeats a text once for each of its characters.
#[flat_map]
fn repeat(text: &str, out: &mut Collector<'_, &str>) {
    text.chars().for_each(|_| out.collect(text));
}

#[filter]
fn not_b(text: &str) -> bool {
    text != "b"
}

/// Sums numbers for each key; a negative number clears the sum, and emits nothing.
#[derive(Default)]
pub struct Sum {
    sum: ValueState<i64>,
    calls: Counter,
}

#[function]
impl KeyedProcessFunction for Sum {
    type Key = i64;
    type In = i64;
    type Out = (i64, i64);

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.sum = ctx.value_state("sum")?;
        self.calls = ctx.counter("calls")?;
        brookite::log::info!("subtask {} is open", ctx.subtask().index);
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        ctx: &Context<'_, i64>,
        out: &mut Collector<'_, (i64, i64)>,
    ) -> Result<()> {
        self.calls.inc();
        if number < 0 {
            return self.sum.clear();
        }
        let sum = self.sum.value()?.unwrap_or(0) + number;
        self.sum.update(sum)?;
        out.collect((*ctx.key(), sum));
        Ok(())
    }
}

pub fn edge<T: Data>() -> Option<Edge> {
    edge_of(&T::data_type())
}

fn edge_of(data_type: &DataType) -> Option<Edge> {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    Some(Edge { r#type: Some(data_type.into()), encoding })
}

fn spec(functions: &[&str]) -> StageSpec {
    StageSpec {
        stage: "test stage".into(),
        functions: functions.iter().map(ToString::to_string).collect(),
        subtask: Some(Subtask { index: 2, parallelism: 3, attempt: 1 }),
        ..StageSpec::default()
    }
}

/// A stage of functions from text to text.
pub fn stateless(functions: &[&str]) -> StageSpec {
    StageSpec { input: edge::<String>(), output: edge::<String>(), ..spec(functions) }
}

/// A stage of `sum`.
pub fn keyed(functions: &[&str]) -> StageSpec {
    StageSpec {
        input: edge::<i64>(),
        output: edge::<(i64, i64)>(),
        key: edge::<i64>(),
        ..spec(functions)
    }
}

/// Text as Flink's serializer writes it.
pub fn text(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    <&str>::encode(&text, &mut bytes).unwrap();
    bytes
}

/// The results among the frames.
pub fn records(output: &[u8]) -> Vec<Vec<u8>> {
    Frames::new(output)
        .filter_map(|frame| match frame.unwrap() {
            Frame::Record(record) => Some(record.to_vec()),
            _ => None,
        })
        .collect()
}
