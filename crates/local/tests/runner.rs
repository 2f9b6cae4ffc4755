//! What a job does from outside: it ends, fails, is drained and is cancelled.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::thread;
use std::time::{Duration, Instant};

use brookite::prelude::*;
use brookite_local::{JobError, JobHandle, JobState, LocalRunner};

/// A row that is generated.
#[derive(Clone, Debug, PartialEq, Row)]
struct Order {
    id: i64,
    amount: i32,
}

fn orders(p: &Pipeline, rows: Option<u64>) -> Stream<Order> {
    let datagen = Connector::new("datagen")
        .option("fields.id.kind", "sequence")
        .option("fields.id.start", 1)
        .option("fields.id.end", i64::MAX)
        .option("fields.amount.min", 0)
        .option("fields.amount.max", 9)
        .option("rows-per-second", 100_000);
    p.source(match rows {
        Some(rows) => datagen.option("number-of-rows", rows),
        None => datagen,
    })
}

fn wait_for(job: &JobHandle, what: impl Fn(&JobHandle) -> bool) {
    let start = Instant::now();
    while !what(job) {
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", job.metrics());
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn generated_rows_are_the_same_in_each_run() {
    let run = |runner: LocalRunner| {
        let p = Pipeline::new("orders");
        orders(&p, Some(1_000)).map(|order: Order| (order.id, order.amount)).collect("out");
        let job = runner.run(p.build().unwrap()).unwrap();
        let mut rows: Vec<(i64, i32)> = job.collected("out").unwrap();
        rows.sort_unstable();
        rows
    };
    let rows = run(LocalRunner::new().deterministic());
    assert_eq!(rows.len(), 1_000);
    assert!((1..).zip(&rows).all(|(id, row)| row.0 == id && (0..10).contains(&row.1)));
    assert_eq!(run(LocalRunner::new().parallelism(3)), rows);
}

#[test]
fn a_failure_names_function_stage_subtask_and_input() {
    let p = Pipeline::new("fails");
    orders(&p, None)
        .map(|order: Order| -> Result<i64> {
            if order.id == 500 { Err(Error::msg("no such order")) } else { Ok(order.id) }
        })
        .name("look up")
        .key_by(|id| id % 10)
        .reduce(|one: i64, other: i64| one.max(other))
        .collect("out");
    let job = LocalRunner::new().parallelism(4).start(p.build().unwrap()).unwrap();
    let error = job.wait().unwrap_err();
    assert_eq!(job.state(), JobState::Failed);
    let failure = error.failure().unwrap();
    assert_eq!(failure.function, "look-up");
    assert_eq!(failure.subtask.unwrap().parallelism, 4);
    assert!(failure.input.contains("500"), "{}", failure.input);
    assert!(error.to_string().contains("no such order"), "{error}");
}

#[test]
fn an_unbounded_job_runs_until_it_is_drained() {
    let p = Pipeline::new("drained");
    let amounts =
        orders(&p, None).assign_timestamps(|order| order.id, WatermarkStrategy::monotonous());
    amounts
        .map(|order: Order| (order.id % 3, 1_i64))
        .key_by(|(key, _)| *key)
        .window(brookite::core::windowing::Tumbling::of(1_000_000_000))
        .reduce(|one: (i64, i64), other: (i64, i64)| (one.0, one.1 + other.1))
        .collect("out");
    let job = LocalRunner::new().parallelism(2).start(p.build().unwrap()).unwrap();
    wait_for(&job, |job| job.metrics().stages[0].records_out > 1_000);
    assert_eq!(job.state(), JobState::Running);
    assert!(job.collected::<(i64, i64)>("out").unwrap().is_empty(), "the window is not over");
    job.drain();
    let result = job.wait().unwrap();
    assert_eq!(result.state, JobState::Finished);
    let counts: Vec<(i64, i64)> = job.collected("out").unwrap();
    let emitted = result.metrics.stages[0].records_out;
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<i64>(), emitted as i64);
    let last = result.metrics.stages.last().unwrap();
    assert_eq!((last.records_in, last.watermark), (3, Some(i64::MAX)));
}

#[test]
fn a_job_that_is_cancelled_or_dropped_ends_at_once() {
    let p = Pipeline::new("cancelled");
    orders(&p, None).rebalance().map(|order: Order| order.id).sink_nothing();
    let runner = LocalRunner::new().parallelism(3);
    let job = runner.start(p.build().unwrap()).unwrap();
    wait_for(&job, |job| job.metrics().stages[0].records_out > 100);
    let control = job.control();
    control.cancel();
    assert_eq!(job.wait().unwrap().state, JobState::Cancelled);
    let job = runner.start(p.build().unwrap()).unwrap();
    let control = job.control();
    drop(job);
    assert_eq!(control.state(), JobState::Cancelled);
}

/// A sink that keeps nothing.
trait SinkNothing {
    fn sink_nothing(&self);
}

impl SinkNothing for Stream<i64> {
    fn sink_nothing(&self) {
        self.filter(|_| false).collect("nothing");
    }
}

#[test]
fn timers_of_processing_time_fire_while_nothing_comes() {
    #[derive(Default)]
    struct Later;

    impl KeyedProcessFunction for Later {
        type Key = i64;
        type In = i64;
        type Out = String;

        fn process_element(
            &mut self,
            _: i64,
            ctx: &Context<'_, i64>,
            _: &mut Collector<'_, String>,
        ) -> Result<()> {
            ctx.register_processing_time_timer(ctx.current_processing_time()? + 50)
        }

        fn on_timer(
            &mut self,
            _: Timer,
            ctx: &Context<'_, i64>,
            out: &mut Collector<'_, String>,
        ) -> Result<()> {
            out.collect(format!("later {}", ctx.key()));
            Ok(())
        }
    }

    let p = Pipeline::new("later");
    let slow = Connector::new("datagen")
        .option("fields.id.kind", "sequence")
        .option("fields.id.start", 1)
        .option("fields.id.end", 1_000)
        .option("rows-per-second", 1);
    let ids = p.source::<Order>(slow).map(|order: Order| order.id);
    ids.key_by_value().process(Later::default).collect("out");
    let job = LocalRunner::new().parallelism(1).start(p.build().unwrap()).unwrap();
    wait_for(&job, |job| job.collected::<String>("out").unwrap() == ["later 1"]);
    assert_eq!(job.metrics().stages[0].records_out, 1, "the next row was not waited for");
    job.cancel();
    job.wait().unwrap();
}

#[test]
fn late_records_are_worked_on_while_their_window_is_kept_and_go_aside_then() {
    const LATE: OutputTag<i64> = OutputTag::new("late");
    let p = Pipeline::new("late");
    let numbers = p
        .from_values([1_i64, 25, 3, 12, 41, 2, 30])
        .assign_timestamps(|number| *number, WatermarkStrategy::bounded_out_of_orderness(5));
    let sums = numbers
        .key_by(|_| 0_i64)
        .window(brookite::core::windowing::Tumbling::of(10))
        .allowed_lateness(15)
        .late_output(&LATE)
        .reduce(|one: i64, other: i64| one + other);
    sums.side_output(&LATE).collect("late");
    sums.collect("sums");
    let job = LocalRunner::new().deterministic().run(p.build().unwrap()).unwrap();
    // After 25 the watermark is 19: the window of 1 and 3 fires again, that of 12 fires late. After 41
    // it is 35, and the window of 2 is gone.
    assert_eq!(job.collected::<i64>("sums").unwrap(), [1, 4, 12, 25, 30, 41]);
    assert_eq!(job.collected::<i64>("late").unwrap(), [2]);
}

#[test]
fn what_is_missing_is_told_before_anything_runs() {
    let missing = |connector: Connector| {
        let p = Pipeline::new("missing");
        p.source::<Order>(connector).map(|order: Order| order.id).collect("out");
        LocalRunner::new().start(p.build().unwrap()).unwrap_err()
    };
    let error = missing(Connector::new("kafka").option("topic", "orders"));
    assert!(matches!(error, JobError::NoSuchConnector { .. }), "{error}");
    assert!(error.to_string().contains("no connector 'kafka' to read from"), "{error}");
    assert!(error.to_string().contains("read the records from a file"), "{error}");
    assert!(error.to_string().contains("run it on Flink (embedded"), "{error}");
    let error = missing(Connector::new("datagen").option("rows-per-minute", 3));
    assert!(error.to_string().contains("option 'rows-per-minute'"), "{error}");
    let p = Pipeline::new("missing");
    p.read_text("no/such/file").collect("out");
    let error = LocalRunner::new().start(p.build().unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "cannot read 'no/such/file': there is no such file or folder");
}

/// Blocks for a while with each record, so that there is always something left to be worked on.
fn slow(order: Order) -> i64 {
    thread::sleep(Duration::from_millis(2));
    order.id
}

#[test]
fn the_first_interruption_drains_and_the_second_one_cancels() {
    let p = Pipeline::new("interrupted");
    orders(&p, None).rebalance().map(slow).collect("out");
    let job = LocalRunner::new().parallelism(1).start(p.build().unwrap()).unwrap();
    wait_for(&job, |job| job.metrics().stages[0].records_out > 3_000);
    let control = job.control();
    assert_eq!(control.interrupt(), JobState::Draining);
    wait_for(&job, |job| job.state() == JobState::Draining);
    let start = Instant::now();
    assert_eq!(control.interrupt(), JobState::Cancelled);
    assert_eq!(job.wait().unwrap().state, JobState::Cancelled);
    assert!(start.elapsed() < Duration::from_secs(5), "what was left was not waited for");
}

#[test]
fn no_thread_outlives_its_job() {
    let threads = || std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count);
    let p = Pipeline::new("threads");
    orders(&p, Some(100)).rebalance().map(|order: Order| order.id).collect("out");
    let job = LocalRunner::new().parallelism(8).start(p.build().unwrap()).unwrap();
    job.wait().unwrap();
    let left = || {
        let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
        names.filter(|name| name.starts_with("datagen") || name.starts_with("map")).count()
    };
    // Threads of other tests may have these names for a while.
    let start = Instant::now();
    while left() > 0 && start.elapsed() < Duration::from_secs(20) {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(left(), 0, "of {} threads", threads());
}
