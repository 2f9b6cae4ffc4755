//! The engine on maps, one key.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use brookite_core::windowing::{Global, Session, Sliding, TimestampCombiner, Trigger, Tumbling};

use super::*;

type Sum = Vec<i64>;

#[derive(Default)]
struct Key {
    watermark: i64,
    panes: BTreeMap<Window, Pane<Sum>>,
    active: Vec<Window>,
    timers: BTreeSet<(i64, Clock, Window)>,
    told: Vec<String>,
}

impl Windows<Sum> for Key {
    type Error = Infallible;

    fn watermark(&self) -> i64 {
        self.watermark
    }

    fn processing_time(&self) -> i64 {
        0
    }

    fn take(&mut self, window: Window) -> Result<Option<Pane<Sum>>, Infallible> {
        Ok(self.panes.remove(&window))
    }

    fn put(&mut self, window: Window, pane: Pane<Sum>) -> Result<(), Infallible> {
        self.panes.insert(window, pane);
        Ok(())
    }

    fn remove(&mut self, window: Window) -> Result<(), Infallible> {
        self.panes.remove(&window);
        Ok(())
    }

    fn active(&mut self) -> Result<Vec<Window>, Infallible> {
        Ok(self.active.clone())
    }

    fn set_active(&mut self, windows: Vec<Window>) -> Result<(), Infallible> {
        self.active = windows;
        Ok(())
    }

    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Infallible> {
        self.timers.insert((time, clock, window));
        Ok(())
    }

    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Infallible> {
        self.timers.remove(&(time, clock, window));
        Ok(())
    }
}

struct Collect(i64);

impl Gather<Sum, Key> for Collect {
    fn add(&mut self, accumulator: Option<Sum>) -> Result<Sum, Infallible> {
        let mut values = accumulator.unwrap_or_default();
        values.push(self.0);
        values.sort_unstable();
        Ok(values)
    }

    fn merge(&mut self, mut one: Sum, other: Sum) -> Result<Sum, Infallible> {
        one.extend(other);
        one.sort_unstable();
        Ok(one)
    }

    fn fire(
        &mut self,
        key: &mut Key,
        window: Window,
        pane: PaneInfo,
        timestamp: i64,
        values: Option<&Sum>,
    ) -> Result<(), Infallible> {
        let values = values.cloned().unwrap_or_default();
        let last = if pane.is_last { " last" } else { "" };
        let (timing, index) = (pane.timing, pane.index);
        key.told.push(format!("{window} {values:?} at {timestamp} {timing:?} {index}{last}"));
        Ok(())
    }
}

struct Run {
    engine: Engine,
    key: Key,
}

impl Run {
    fn new(strategy: WindowingStrategy) -> Self {
        strategy.check().unwrap();
        let key = Key { watermark: i64::MIN, ..Key::default() };
        Self { engine: Engine::new(strategy), key }
    }

    /// What is told when records with these timestamps come; a late one says so.
    fn input(&mut self, timestamps: &[i64]) -> Vec<String> {
        for timestamp in timestamps {
            let late = self.engine.element(*timestamp, &mut self.key, &mut Collect(*timestamp));
            if late == Ok(true) {
                self.key.told.push(format!("{timestamp} is late"));
            }
        }
        std::mem::take(&mut self.key.told)
    }

    /// What is told when the watermark advances.
    fn watermark(&mut self, watermark: i64) -> Vec<String> {
        self.key.watermark = watermark;
        while let Some((time, clock, window)) = self.key.timers.first().copied()
            && time <= watermark
        {
            self.key.timers.pop_first();
            let done = self.engine.timer(clock, window, time, &mut self.key, &mut Collect(0));
            assert_eq!(done, Ok(()));
        }
        std::mem::take(&mut self.key.told)
    }
}

fn early_and_late(early: u64, late: u64) -> Trigger {
    Trigger::after_watermark().early(Trigger::after_count(early)).late(Trigger::after_count(late))
}

#[test]
fn a_window_fires_at_its_end_and_again_for_late_records_until_it_is_forgotten() {
    let mut run = Run::new(WindowingStrategy::new(Tumbling::of(10)).allowed_lateness(5));
    assert_eq!(run.input(&[1, 2, 10]), [""; 0]);
    assert_eq!(run.watermark(9), ["[0, 10) [1, 2] at 9 OnTime 0"]);
    assert_eq!(run.input(&[3]), ["[0, 10) [1, 2, 3] at 9 Late 1"]);
    assert_eq!(run.watermark(14), [""; 0]);
    assert!(!run.key.panes.contains_key(&Window::new(0, 10)), "forgotten");
    assert_eq!(run.input(&[4]), ["4 is late"]);
    assert_eq!(run.watermark(i64::MAX), ["[10, 20) [10] at 19 OnTime 0 last"]);
    assert!(run.key.panes.is_empty() && run.key.timers.is_empty());
}

#[test]
fn sliding_windows_have_a_record_several_times() {
    let mut run = Run::new(WindowingStrategy::new(Sliding::of(10, 5)));
    run.input(&[-1, 7]);
    assert_eq!(
        run.watermark(100),
        [
            "[-10, 0) [-1] at -1 OnTime 0 last",
            "[-5, 5) [-1] at 4 OnTime 0 last",
            "[0, 10) [7] at 9 OnTime 0 last",
            "[5, 15) [7] at 14 OnTime 0 last"
        ]
    );
}

#[test]
fn sessions_merge_with_early_and_late_firings() {
    let strategy = WindowingStrategy::new(Session::with_gap(10))
        .trigger(early_and_late(2, 3))
        .allowed_lateness(100);
    let mut run = Run::new(strategy);
    assert_eq!(run.input(&[1, 2]), ["[1, 12) [1, 2] at 11 Early 0"]);
    assert_eq!(run.input(&[3]), [""; 0]);
    assert_eq!(run.input(&[4]), ["[1, 14) [1, 2, 3, 4] at 13 Early 0"]);
    run.input(&[5]);
    assert_eq!(run.watermark(99), ["[1, 15) [1, 2, 3, 4, 5] at 14 OnTime 0"]);
    assert_eq!(run.input(&[1]), [""; 0]);
    assert_eq!(run.input(&[3, 4]), ["[1, 15) [1, 1, 2, 3, 3, 4, 4, 5] at 14 Late 1"]);
    assert_eq!(run.key.active.len(), 1);
    run.watermark(i64::MAX);
    assert!(run.key.panes.is_empty() && run.key.timers.is_empty() && run.key.active.is_empty());
}

#[test]
fn a_record_between_two_sessions_makes_them_one() {
    let mut run = Run::new(WindowingStrategy::new(Session::with_gap(10)));
    run.input(&[0, 15, 7]);
    assert_eq!(run.watermark(100), ["[0, 25) [0, 7, 15] at 24 OnTime 0 last"]);
}

#[test]
fn discarding_tells_each_record_once_and_an_empty_pane_on_time_if_asked() {
    let strategy = WindowingStrategy {
        fire_empty_on_time: true,
        ..WindowingStrategy::new(Tumbling::of(10))
            .trigger(Trigger::after_watermark().early(Trigger::after_count(2)))
            .discarding()
    };
    let mut run = Run::new(strategy);
    assert_eq!(run.input(&[1, 2]), ["[0, 10) [1, 2] at 9 Early 0"]);
    assert_eq!(run.input(&[4, 14, 5]), ["[0, 10) [4, 5] at 9 Early 1"]);
    assert_eq!(run.input(&[18]), ["[10, 20) [14, 18] at 19 Early 0"]);
    run.input(&[6]);
    assert_eq!(
        run.watermark(99),
        ["[0, 10) [6] at 9 OnTime 2 last", "[10, 20) [] at 19 OnTime 1 last"]
    );
}

#[test]
fn results_have_the_earliest_or_latest_timestamp_that_was_not_late() {
    for (combiner, expected) in [(TimestampCombiner::Earliest, 7), (TimestampCombiner::Latest, 8)] {
        let strategy = WindowingStrategy::new(Tumbling::of(10)).timestamp_combiner(combiner);
        let mut run = Run::new(strategy);
        run.watermark(4);
        run.input(&[2, 3, 7, 8]);
        let told = format!("[0, 10) [2, 3, 7, 8] at {expected} OnTime 0 last");
        assert_eq!(run.watermark(10), [told]);
    }
    let strategy =
        WindowingStrategy::new(Tumbling::of(10)).timestamp_combiner(TimestampCombiner::Earliest);
    let mut run = Run::new(strategy);
    run.watermark(7);
    run.input(&[2, 3, 7]);
    assert_eq!(run.watermark(10), ["[0, 10) [2, 3, 7] at 9 OnTime 0 last"]);
}

#[test]
fn a_finished_window_takes_no_more_records_until_it_is_forgotten() {
    let strategy = WindowingStrategy::new(Tumbling::of(10))
        .trigger(Trigger::after_count(2))
        .discarding()
        .allowed_lateness(10);
    let mut run = Run::new(strategy);
    assert_eq!(run.input(&[1, 2, 3, 4]), ["[0, 10) [1, 2] at 9 Early 0 last"]);
    assert!(run.key.panes[&Window::new(0, 10)].finished);
    assert_eq!(run.watermark(19), [""; 0]);
    assert!(run.key.panes.is_empty());
}

#[test]
fn the_global_window_ends_with_the_input() {
    let mut run = Run::new(WindowingStrategy::new(Global));
    run.input(&[3, i64::MIN, 5]);
    assert_eq!(run.watermark(1 << 60), [""; 0]);
    let told = format!("global [{}, 3, 5] at {} OnTime 0 last", i64::MIN, i64::MAX);
    assert_eq!(run.watermark(i64::MAX), [told]);
}
