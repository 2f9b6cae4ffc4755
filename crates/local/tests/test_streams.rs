//! Sources that do what a test says: from a script, and step by step.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::Built;
use brookite::prelude::*;
use brookite_local::{JobError, LocalRunner, TestJob};

const LATE: OutputTag<(String, i64)> = OutputTag::new("late");

type Pair = (&'static str, i64);

fn show((key, number): (&str, i64)) -> String {
    format!("{key} {number}")
}

/// The sums of ten seconds.
fn sums(p: &Pipeline) -> Built {
    let sums = p
        .test_stream::<Pair>("numbers")
        .stream()
        .view_as::<(String, i64)>()
        .key_by_field::<String>("f0")
        .window(Tumbling::of(10_000))
        .allowed_lateness(5_000)
        .late_output(&LATE)
        .reduce(|(key, one), (_, other)| (key, one + other));
    sums.view_as::<Pair>().map(show).collect("sums");
    sums.side_output(&LATE).view_as::<Pair>().map(show).collect("late");
    p.build().unwrap()
}

#[test]
fn a_step_has_been_worked_on_when_the_call_returns() {
    let job = TestJob::start(sums(&Pipeline::new("sums"))).unwrap();
    let numbers = job.input::<Pair>("numbers").unwrap();
    let take = |sink: &str| job.take::<String>(sink).unwrap();
    numbers.add_at(("a", 1), 1_000).unwrap();
    numbers.add_at(("a", 2), 9_999).unwrap();
    assert!(take("sums").is_empty());
    numbers.advance_watermark_to(9_998).unwrap();
    assert!(take("sums").is_empty());
    numbers.advance_watermark_to(9_999).unwrap();
    assert_eq!(take("sums"), ["a 3"]);
    numbers.add_at(("a", 4), 5_000).unwrap();
    assert_eq!(take("sums"), ["a 7"], "late, but not too late");
    numbers.advance_watermark_to(15_000).unwrap();
    numbers.add_at(("a", 5), 6_000).unwrap();
    assert_eq!(take("late"), ["a 5"]);
    numbers.add_at(("b", 6), 20_000).unwrap();
    numbers.advance_watermark_to_infinity().unwrap();
    assert_eq!(take("sums"), ["b 6"]);
    job.finish().unwrap();
    assert!(take("sums").is_empty());
}

#[test]
fn the_end_of_all_test_streams_is_the_end_of_time() {
    let job = TestJob::start(sums(&Pipeline::new("sums"))).unwrap();
    job.input::<Pair>("numbers").unwrap().add_at(("a", 1), 1_000).unwrap();
    job.finish().unwrap();
    assert_eq!(job.take::<String>("sums").unwrap(), ["a 1"]);
    let ended = job.input::<Pair>("numbers").unwrap_err();
    assert!(ended.to_string().contains("no such test stream"), "{ended}");
}

#[test]
fn a_script_runs_by_itself_and_steps_go_on_behind_it() {
    let script = |p: &Pipeline| {
        let numbers = p.test_stream::<Pair>("numbers");
        numbers.add_at(("a", 1), 1_000).advance_watermark_to(10_000).add_at(("a", 2), 3_000);
        numbers.stream().map(show).collect("all");
        p.build().unwrap()
    };
    for runner in [LocalRunner::new().deterministic(), LocalRunner::new().parallelism(1)] {
        let alone = runner.run(script(&Pipeline::new("alone"))).unwrap();
        assert_eq!(alone.collected::<String>("all").unwrap(), ["a 1", "a 2"]);
    }

    let job = TestJob::start(script(&Pipeline::new("fed"))).unwrap();
    job.input::<Pair>("numbers").unwrap().add(("b", 3)).unwrap();
    assert_eq!(job.take::<String>("all").unwrap(), ["a 1", "a 2", "b 3"]);
}

/// Tells a key a second of processing time after it came.
#[derive(Default)]
struct Echo;

impl KeyedProcessFunction for Echo {
    type Key = &'static str;
    type In = Pair;
    type Out = String;

    fn process_element(
        &mut self,
        _: (&str, i64),
        ctx: &Context<'_, Self::Key>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        ctx.register_processing_time_timer(ctx.current_processing_time()? + 1_000)
    }

    fn on_timer(
        &mut self,
        timer: Timer,
        ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(format!("{} at {}", ctx.key(), timer.timestamp));
        Ok(())
    }
}

fn echo(p: &Pipeline) -> Built {
    let numbers = p.test_stream::<Pair>("numbers");
    let keyed = numbers.stream().key_by_field::<&str>("f0");
    keyed.process(Echo::default).collect("echo");
    p.build().unwrap()
}

#[test]
fn processing_time_goes_on_when_the_test_says_so() {
    let job = TestJob::start(echo(&Pipeline::new("echo"))).unwrap();
    let numbers = job.input::<Pair>("numbers").unwrap();
    let take = || job.take::<String>("echo").unwrap();
    numbers.add(("a", 1)).unwrap();
    job.advance_processing_time(Duration::from_millis(400)).unwrap();
    numbers.add(("b", 1)).unwrap();
    job.advance_processing_time(599).unwrap();
    assert!(take().is_empty());
    job.advance_processing_time(1).unwrap();
    assert_eq!(take(), ["a at 1000"]);
    job.advance_processing_time(5_000).unwrap();
    assert_eq!(take(), ["b at 1400"]);
}

#[test]
fn on_several_threads_processing_time_goes_by() {
    let p = Pipeline::new("echo");
    let numbers = p.test_stream::<Pair>("numbers");
    numbers.add(("a", 1)).advance_processing_time(1_200);
    let keyed = numbers.stream().key_by_field::<&str>("f0");
    keyed.process(Echo::default).map(|told: String| told[..1].to_owned()).collect("echo");
    let job = LocalRunner::new().parallelism(2).run(p.build().unwrap()).unwrap();
    assert_eq!(job.collected::<String>("echo").unwrap(), ["a"]);
}

/// Adds to each number what the second stream said last.
#[derive(Default)]
struct Add {
    summand: ValueState<i64>,
}

impl KeyedCoProcessFunction for Add {
    type Key = &'static str;
    type In1 = Pair;
    type In2 = Pair;
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.summand = ctx.value_state("summand")?;
        Ok(())
    }

    fn process_element1(
        &mut self,
        (key, number): (&str, i64),
        _: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        out.collect(show((key, number + self.summand.value()?.unwrap_or(0))));
        Ok(())
    }

    fn process_element2(
        &mut self,
        (_, summand): (&str, i64),
        _: &Context<'_, Self::Key>,
        _: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.summand.update(summand)
    }
}

#[test]
fn events_of_several_streams_come_in_the_order_of_the_program() {
    let p = Pipeline::new("two");
    let (numbers, summands) = (p.test_stream::<Pair>("numbers"), p.test_stream::<Pair>("summands"));
    numbers.add(("a", 1));
    summands.add(("a", 10));
    numbers.add(("a", 2));
    summands.add(("a", 100));
    numbers.add(("a", 3));
    let keyed = |stream: Stream<Pair>| stream.key_by_field::<&str>("f0");
    let both = keyed(numbers.stream()).connect(&keyed(summands.stream()));
    both.process(Add::default).collect("out");
    for parallelism in [1, 3] {
        let runner = LocalRunner::new().deterministic().parallelism(parallelism);
        let job = runner.run(p.build().unwrap()).unwrap();
        assert_eq!(job.collected::<String>("out").unwrap(), ["a 1", "a 12", "a 103"]);
    }

    let job = TestJob::start(p.build().unwrap()).unwrap();
    job.input::<Pair>("summands").unwrap().add(("a", 1_000)).unwrap();
    job.input::<Pair>("numbers").unwrap().add(("a", 4)).unwrap();
    assert_eq!(job.take::<String>("out").unwrap(), ["a 1", "a 12", "a 103", "a 1004"]);
}

#[test]
fn a_failure_is_the_error_of_the_step_that_caused_it() {
    let p = Pipeline::new("parse");
    let texts = p.test_stream::<&str>("texts");
    texts.stream().map(|text: &str| text.parse::<i64>()).name("parse").collect("numbers");
    let job = TestJob::start(p.build().unwrap()).unwrap();
    let texts = job.input::<&str>("texts").unwrap();
    texts.add("1").unwrap();
    let failure = texts.add("two").unwrap_err();
    assert!(matches!(failure, JobError::Stage(_)), "{failure}");
    assert!(failure.to_string().contains("parse"), "{failure}");
    assert!(texts.add("3").is_err());
    assert!(job.finish().is_err());
    assert_eq!(job.take::<i64>("numbers").unwrap(), [1]);
}

#[test]
fn what_is_not_there_is_told() {
    let job = TestJob::start(echo(&Pipeline::new("echo"))).unwrap();
    let unknown = job.input::<Pair>("number").unwrap_err().to_string();
    assert!(unknown.contains("there are: numbers"), "{unknown}");
    let other = job.input::<i64>("numbers").unwrap_err().to_string();
    assert!(other.contains("another type"), "{other}");
    assert!(job.advance_processing_time(-1).is_err());

    let p = Pipeline::new("twice");
    let streams = [(); 2].map(|()| p.test_stream::<Pair>("numbers").stream());
    streams[0].union([&streams[1]]).map(show).collect("all");
    let twice = TestJob::start(p.build().unwrap()).unwrap_err().to_string();
    assert!(twice.contains("the same name"), "{twice}");
}

#[test]
fn watermarks_do_not_fall_and_time_does_not_go_back() {
    let p = Pipeline::new("falls");
    let numbers = p.test_stream::<Pair>("numbers");
    numbers.advance_watermark_to(10).advance_watermark_to(9);
    numbers.stream().map(show).collect("out");
    let error = p.build().unwrap_err().to_string();
    assert!(error.contains("numbers") && error.contains("found 9 after 10"), "{error}");

    let p = Pipeline::new("back");
    p.test_stream::<Pair>("numbers").advance_processing_time(-5).stream().map(show).collect("out");
    assert!(p.build().unwrap_err().to_string().contains("found -5 ms"));
}
