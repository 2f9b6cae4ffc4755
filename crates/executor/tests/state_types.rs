//! A state whose type changes from one version of a program to the next.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod common;

use std::collections::BTreeMap;

use brookite::prelude::*;
use brookite_core::proto::StageSpec;
use brookite_core::types::Owned;
use brookite_executor::memory::MemoryHost;
use brookite_executor::{Failed, Registry, Stage};
use common::{edge, records};
use serde::{Deserialize, Serialize};

/// A value that a number and its text make, and that shows itself.
trait Sample: Owned + Clone + std::fmt::Debug {
    fn of(number: i64) -> Self;
}

/// Holds samples in states of three kinds; remembers a number, or tells what it remembers.
struct Remember<T> {
    last: ValueState<T>,
    all: ListState<T>,
    by_number: MapState<i64, T>,
}

impl<T> Default for Remember<T> {
    fn default() -> Self {
        let (last, all, by_number) = Default::default();
        Self { last, all, by_number }
    }
}

impl<T: Sample> Remember<T> {
    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.last = ctx.value_state("last")?;
        self.all = ctx.list_state("all")?;
        self.by_number = ctx.map_state("by number")?;
        Ok(())
    }

    fn remember(&mut self, number: i64) -> Result<()> {
        self.last.update(T::of(number))?;
        self.all.add(T::of(number))?;
        self.by_number.put(number, T::of(number))
    }

    fn tell(&self) -> Result<String> {
        let all: BTreeMap<_, _> = self.by_number.entries()?.into_iter().collect();
        Ok(format!("{:?} {:?} {all:?}", self.last.value()?, self.all.get()?))
    }
}

/// A registered function that remembers samples of a type.
macro_rules! remembering {
    ($function:ident, $sample:ty) => {
        #[derive(Default)]
        struct $function(Remember<$sample>);

        #[function]
        impl KeyedProcessFunction for $function {
            type Key = i64;
            type In = i64;
            type Out = String;

            fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
                self.0.open(ctx)
            }

            fn process_element(
                &mut self,
                number: i64,
                _: &Context<'_, i64>,
                out: &mut Collector<'_, String>,
            ) -> Result<()> {
                if number > 0 {
                    return self.0.remember(number);
                }
                out.collect(self.0.tell()?);
                Ok(())
            }
        }
    };
}

/// The numbers are remembered and written back, then all that is remembered is told.
fn run(host: &MemoryHost, function: &str, numbers: &[i64]) -> Result<String, Failed> {
    let spec = StageSpec {
        stage: "test stage".into(),
        functions: vec![function.into()],
        input: edge::<i64>(),
        output: edge::<String>(),
        key: edge::<i64>(),
        ..StageSpec::default()
    };
    let mut stage = Stage::build(Registry::linked(), spec)?;
    stage.open(Box::new(host.clone()))?;
    let key = 7_i64.to_be_bytes();
    host.enter(&key);
    for number in numbers {
        stage.process(0, &key, &number.to_be_bytes(), 0)?;
    }
    let told = records(stage.process(0, &key, &0_i64.to_be_bytes(), 0)?);
    host.apply(stage.flush()?, |_| ()).unwrap();
    stage.close()?;
    let told = String::decode(&mut brookite_core::coder::Input::new(&told[0], &Default::default()));
    Ok(told.unwrap())
}

mod rows {
    use super::*;

    #[derive(Clone, Debug, Row)]
    pub(super) struct First {
        pub(super) id: i64,
        pub(super) name: String,
    }

    #[derive(Clone, Debug, Row)]
    pub(super) struct Second {
        pub(super) note: Option<String>,
        pub(super) name: Option<String>,
        pub(super) id: i64,
    }

    #[derive(Clone, Debug, Row)]
    pub(super) struct Gone {
        pub(super) id: i64,
    }

    #[derive(Clone, Debug, Row)]
    pub(super) struct Required {
        pub(super) id: i64,
        pub(super) name: String,
        pub(super) size: i32,
    }

    impl Sample for First {
        fn of(number: i64) -> Self {
            Self { id: number, name: number.to_string() }
        }
    }

    impl Sample for Second {
        fn of(number: i64) -> Self {
            Self { note: Some("new".into()), name: None, id: number }
        }
    }

    impl Sample for Gone {
        fn of(number: i64) -> Self {
            Self { id: number }
        }
    }

    impl Sample for Required {
        fn of(number: i64) -> Self {
            Self { id: number, name: String::new(), size: 0 }
        }
    }

    remembering!(RowFirst, First);
    remembering!(RowSecond, Second);
    remembering!(RowGone, Gone);
    remembering!(RowRequired, Required);
}

#[test]
fn columns_that_are_added_are_null_and_those_that_moved_are_found() {
    let host = MemoryHost::new();
    run(&host, "row_first", &[1, 2]).unwrap();
    let old = |id| format!(r#"Second {{ note: None, name: Some("{id}"), id: {id} }}"#);
    let new = |id| format!(r#"Second {{ note: Some("new"), name: None, id: {id} }}"#);
    assert_eq!(
        run(&host, "row_second", &[]).unwrap(),
        format!("Some({}) [{}, {}] {{1: {}, 2: {}}}", old(2), old(1), old(2), old(1), old(2))
    );
    // Old and new values side by side, in one list and one map.
    let both = format!(
        "Some({}) [{}, {}, {}] {{1: {}, 2: {}, 3: {}}}",
        new(3),
        old(1),
        old(2),
        new(3),
        old(1),
        old(2),
        new(3)
    );
    assert_eq!(run(&host, "row_second", &[3]).unwrap(), both);
    assert_eq!(run(&host, "row_second", &[]).unwrap(), both);
}

#[test]
fn columns_that_are_gone_or_must_have_a_value_are_errors_before_the_first_record() {
    let host = MemoryHost::new();
    run(&host, "row_first", &[1]).unwrap();
    let checkpoint = host.snapshot();
    let failure = run(&host, "row_gone", &[]).unwrap_err();
    assert_eq!((failure.phase.as_str(), failure.function.as_str()), ("open", "row_gone"));
    assert_eq!(
        failure.message,
        "state 'last' was stored as ROW<id BIGINT NOT NULL, name STRING NOT NULL> NOT NULL and \
         cannot be read as ROW<id BIGINT NOT NULL> NOT NULL: name: this column is gone. Columns may \
         be added if they are nullable (`Option`), may change places, and may become nullable; for \
         any other change give the state another name"
    );
    let failure = run(&host, "row_required", &[]).unwrap_err();
    assert!(
        failure.message.contains(
            "size: this column is new, and as INT NOT NULL has no value for what was stored before"
        ),
        "{}",
        failure.message
    );
    // A stage that does not open takes no checkpoint.
    host.restore(&checkpoint);
    run(&host, "row_first", &[2]).unwrap();
}

mod serdes {
    use super::*;

    #[derive(Clone, Debug, Serialize, Deserialize)]
    pub(super) struct First {
        pub(super) id: i64,
    }

    #[derive(Clone, Debug, Serialize, Deserialize)]
    pub(super) struct Second {
        pub(super) id: i64,
        #[serde(default)]
        pub(super) tags: Vec<String>,
    }

    impl Versioned for First {}
    impl Versioned for Second {}

    impl Sample for Serde<First> {
        fn of(id: i64) -> Self {
            Serde(First { id })
        }
    }

    impl Sample for Serde<Second> {
        fn of(id: i64) -> Self {
            Serde(Second { id, tags: vec!["new".into()] })
        }
    }

    remembering!(SerdeFirst, Serde<First>);
    remembering!(SerdeSecond, Serde<Second>);
}

#[test]
fn a_field_with_a_default_may_be_added_to_what_only_rust_reads() {
    let host = MemoryHost::new();
    run(&host, "serde_first", &[1]).unwrap();
    let old = "Serde(Second { id: 1, tags: [] })";
    let new = r#"Serde(Second { id: 2, tags: ["new"] })"#;
    assert_eq!(
        run(&host, "serde_second", &[2]).unwrap(),
        format!("Some({new}) [{old}, {new}] {{1: {old}, 2: {new}}}")
    );
}

mod scalars {
    use super::*;

    impl Sample for i64 {
        fn of(number: i64) -> Self {
            number
        }
    }

    impl Sample for String {
        fn of(number: i64) -> Self {
            number.to_string()
        }
    }

    remembering!(NumberHolder, i64);
    remembering!(TextHolder, String);
}

#[test]
fn a_number_cannot_be_read_as_text() {
    let host = MemoryHost::new();
    run(&host, "number_holder", &[1]).unwrap();
    let failure = run(&host, "text_holder", &[]).unwrap_err();
    assert!(
        failure.message.starts_with(
            "state 'last' was stored as BIGINT NOT NULL and cannot be read as STRING NOT NULL: \
             expected STRING NOT NULL, found BIGINT NOT NULL"
        ),
        "{}",
        failure.message
    );
}
