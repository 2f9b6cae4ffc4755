//! The engine on maps, one key.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use brookite_core::windowing::{Global, Session, Sliding, TimestampCombiner, Trigger, Tumbling};

use super::*;

#[derive(Default)]
struct Key {
    watermark: i64,
    clock: i64,
    record: i64,
    panes: BTreeMap<Window, Pane>,
    contents: BTreeMap<Window, Vec<i64>>,
    active: ActiveWindows,
    timers: BTreeSet<(Clock, i64, Window)>,
    told: Vec<String>,
}

impl Windows for Key {
    type Error = Infallible;

    fn watermark(&self) -> i64 {
        self.watermark
    }

    fn processing_time(&mut self) -> Result<i64, Infallible> {
        Ok(self.clock)
    }

    fn pane(&mut self, window: Window) -> Result<Option<Pane>, Infallible> {
        Ok(self.panes.get(&window).cloned())
    }

    fn set_pane(&mut self, window: Window, pane: Option<Pane>) -> Result<(), Infallible> {
        match pane {
            Some(pane) => self.panes.insert(window, pane),
            None => self.panes.remove(&window),
        };
        Ok(())
    }

    fn active(&mut self) -> Result<ActiveWindows, Infallible> {
        Ok(self.active.clone())
    }

    fn set_active(&mut self, windows: ActiveWindows) -> Result<(), Infallible> {
        self.active = windows;
        Ok(())
    }

    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Infallible> {
        self.timers.insert((clock, time, window));
        Ok(())
    }

    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), Infallible> {
        self.timers.remove(&(clock, time, window));
        Ok(())
    }

    fn add(&mut self, window: Window, _: bool) -> Result<bool, Infallible> {
        let values = self.contents.entry(window).or_default();
        values.push(self.record);
        values.sort_unstable();
        Ok(values.len() == 1)
    }

    fn rename(&mut self, from: Window, into: Window) -> Result<(), Infallible> {
        if let Some(pane) = self.panes.remove(&from) {
            self.panes.insert(into, pane);
        }
        if let Some(values) = self.contents.remove(&from) {
            self.contents.insert(into, values);
        }
        let renamed = |window| if window == from { into } else { window };
        let timers = std::mem::take(&mut self.timers).into_iter();
        self.timers = timers.map(|(clock, time, window)| (clock, time, renamed(window))).collect();
        Ok(())
    }

    fn merge(&mut self, from: Window, into: Window) -> Result<(), Infallible> {
        let moved = self.contents.remove(&from).unwrap_or_default();
        let values = self.contents.entry(into).or_default();
        values.extend(moved);
        values.sort_unstable();
        Ok(())
    }

    fn clear(&mut self, window: Window) -> Result<(), Infallible> {
        self.contents.remove(&window);
        Ok(())
    }

    fn fire(&mut self, firing: Firing, empty: bool) -> Result<(), Infallible> {
        let Firing { window, pane, timestamp } = firing;
        let values = self.contents.get(&window).cloned().unwrap_or_default();
        if values.is_empty() && !empty {
            return Ok(());
        }
        let last = if pane.is_last { " last" } else { "" };
        let (timing, index) = (pane.timing, pane.index);
        self.told.push(format!("{window} {values:?} at {timestamp} {timing:?} {index}{last}"));
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
            self.key.record = *timestamp;
            let late = self.engine.element(*timestamp, &mut self.key);
            if late == Ok(true) {
                self.key.told.push(format!("{timestamp} is late"));
            }
        }
        std::mem::take(&mut self.key.told)
    }

    /// What is told when the watermark advances.
    fn watermark(&mut self, watermark: i64) -> Vec<String> {
        self.key.watermark = watermark;
        self.timers(Clock::EventTime, watermark)
    }

    /// What is told when the clock on the wall advances.
    fn clock(&mut self, time: i64) -> Vec<String> {
        self.key.clock = time;
        self.timers(Clock::ProcessingTime, time)
    }

    fn timers(&mut self, clock: Clock, until: i64) -> Vec<String> {
        let due = |timer: &(Clock, i64, Window)| timer.0 == clock && timer.1 <= until;
        while let Some(timer) = self.key.timers.iter().find(|timer| due(timer)).copied() {
            self.key.timers.remove(&timer);
            let (_, time, window) = timer;
            assert_eq!(self.engine.timer(clock, window, time, &mut self.key), Ok(()));
        }
        std::mem::take(&mut self.key.told)
    }

    /// Whether nothing is kept and nothing is waited for.
    fn is_clean(&self) -> bool {
        let Key { panes, contents, active, timers, .. } = &self.key;
        panes.is_empty() && contents.is_empty() && active.is_empty() && timers.is_empty()
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
    assert!(run.is_clean());
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
    assert!(run.is_clean());
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
    assert!(run.is_clean());
}

#[test]
fn the_global_window_ends_with_the_input() {
    let mut run = Run::new(WindowingStrategy::new(Global));
    run.input(&[3, i64::MIN, 5]);
    assert_eq!(run.watermark(1 << 60), [""; 0]);
    let told = format!("global [{}, 3, 5] at {} OnTime 0 last", i64::MIN, i64::MAX);
    assert_eq!(run.watermark(i64::MAX), [told]);
}

#[test]
fn windows_of_processing_time_go_by_the_clock_and_no_record_is_late() {
    let mut run = Run::new(WindowingStrategy::new(Tumbling::of(10)).processing_time());
    run.watermark(1_000);
    run.clock(5);
    assert_eq!(run.input(&[700, 3]), [""; 0]);
    assert_eq!(run.clock(12), ["[0, 10) [3, 700] at 9 OnTime 0 last"]);
    assert_eq!(run.input(&[1]), [""; 0]);
    assert_eq!(run.clock(19), ["[10, 20) [1] at 19 OnTime 0 last"]);
    assert!(run.is_clean());
}

#[test]
fn sessions_of_processing_time_end_when_nothing_came_for_the_gap() {
    let mut run = Run::new(WindowingStrategy::new(Session::with_gap(10)).processing_time());
    run.input(&[1]);
    run.clock(8);
    run.input(&[2]);
    assert_eq!(run.clock(16), [""; 0]);
    assert_eq!(run.clock(17), ["[0, 18) [1, 2] at 17 OnTime 0 last"]);
    assert!(run.is_clean());
}

#[test]
fn a_delay_fires_by_the_clock_and_its_timer_goes_with_its_window() {
    let trigger = Trigger::after_watermark().early(Trigger::after_processing_time(5));
    let mut run = Run::new(WindowingStrategy::new(Session::with_gap(10)).trigger(trigger));
    run.input(&[1, 2]);
    assert_eq!(run.clock(5), ["[1, 12) [1, 2] at 11 Early 0"]);
    run.input(&[3]);
    run.clock(7);
    run.input(&[30, 4]);
    assert_eq!(run.clock(10), ["[1, 14) [1, 2, 3, 4] at 13 Early 0"]);
    assert_eq!(run.clock(12), ["[30, 40) [30] at 39 Early 0"]);
    run.input(&[31]);
    assert_eq!(
        run.watermark(40),
        ["[1, 14) [1, 2, 3, 4] at 13 OnTime 1 last", "[30, 41) [30, 31] at 40 OnTime 0 last"]
    );
    assert!(run.is_clean());
}

#[test]
fn counts_by_the_global_window_wait_for_no_watermark() {
    let trigger = Trigger::after_count(2).repeatedly();
    let mut run = Run::new(WindowingStrategy::new(Global).trigger(trigger).discarding());
    let end = i64::MAX;
    assert_eq!(
        run.input(&[1, 2, 3, 4, 5]),
        [format!("global [1, 2] at {end} Early 0"), format!("global [3, 4] at {end} Early 1")]
    );
    assert!(run.key.timers.is_empty());
    assert_eq!(run.watermark(i64::MAX), [""; 0]);
}

#[test]
fn a_record_in_no_window_is_late_only_if_it_is_late_itself() {
    let mut run = Run::new(WindowingStrategy::new(Sliding::of(2, 10)).allowed_lateness(3));
    assert_eq!(run.input(&[5]), [""; 0]);
    run.watermark(8);
    assert_eq!(run.input(&[6]), [""; 0]);
    assert_eq!(run.input(&[5]), ["5 is late"]);
}

#[test]
fn a_session_that_grows_keeps_its_timer_until_that_is_due() {
    let mut run = Run::new(WindowingStrategy::new(Session::with_gap(10)));
    run.input(&[0, 1, 2, 7]);
    let timers = |run: &Run| run.key.timers.iter().map(|timer| timer.1).collect::<Vec<_>>();
    assert_eq!(timers(&run), [9]);
    assert_eq!(run.watermark(9), [""; 0]);
    assert_eq!(timers(&run), [16]);
    assert_eq!(run.watermark(16), ["[0, 17) [0, 1, 2, 7] at 16 OnTime 0 last"]);
    assert!(run.is_clean());
}

mod random;
