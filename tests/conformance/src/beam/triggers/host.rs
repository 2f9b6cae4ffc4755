//! One key's windows, in maps.

use std::collections::{BTreeMap, BTreeSet};

use brookite_core::windowing::{PaneTiming, Window};
use brookite_executor::windowing::{ActiveWindows, Clock, Firing, Pane, Windows};

/// The key, its clocks, and the record at hand, whose value is its timestamp.
pub(super) struct Key {
    pub(super) watermark: i64,
    pub(super) processing_time: i64,
    pub(super) record: i64,
    pub(super) panes: BTreeMap<Window, Pane>,
    pub(super) contents: BTreeMap<Window, Vec<i64>>,
    active: ActiveWindows,
    pub(super) timers: BTreeSet<(Clock, i64, Window)>,
    pub(super) told: Vec<Told>,
}

/// A result, as the transcripts write it.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) window: Window,
    pub(super) values: Vec<i64>,
    pub(super) timestamp: i64,
    pub(super) index: i64,
    /// -1 in an early firing.
    pub(super) nonspeculative_index: i64,
    pub(super) early: bool,
    pub(super) late: bool,
    pub(super) is_last: bool,
}

impl Key {
    pub(super) fn new() -> Self {
        Self {
            watermark: i64::MIN,
            processing_time: 0,
            record: 0,
            panes: BTreeMap::new(),
            contents: BTreeMap::new(),
            active: ActiveWindows::new(),
            timers: BTreeSet::new(),
            told: Vec::new(),
        }
    }
}

impl Windows for Key {
    type Error = String;

    fn watermark(&self) -> i64 {
        self.watermark
    }

    fn processing_time(&mut self) -> Result<i64, String> {
        Ok(self.processing_time)
    }

    fn pane(&mut self, window: Window) -> Result<Option<Pane>, String> {
        Ok(self.panes.get(&window).cloned())
    }

    fn set_pane(&mut self, window: Window, pane: Option<Pane>) -> Result<(), String> {
        match pane {
            Some(pane) => self.panes.insert(window, pane),
            None => self.panes.remove(&window),
        };
        Ok(())
    }

    fn active(&mut self) -> Result<ActiveWindows, String> {
        Ok(self.active.clone())
    }

    fn set_active(&mut self, windows: ActiveWindows) -> Result<(), String> {
        self.active = windows;
        Ok(())
    }

    fn register(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), String> {
        self.timers.insert((clock, time, window));
        Ok(())
    }

    fn delete(&mut self, clock: Clock, window: Window, time: i64) -> Result<(), String> {
        self.timers.remove(&(clock, time, window));
        Ok(())
    }

    fn add(&mut self, window: Window, _: bool) -> Result<bool, String> {
        let values = self.contents.entry(window).or_default();
        values.push(self.record);
        Ok(values.len() == 1)
    }

    fn rename(&mut self, from: Window, into: Window) -> Result<(), String> {
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

    fn merge(&mut self, from: Window, into: Window) -> Result<(), String> {
        let moved = self.contents.remove(&from).unwrap_or_default();
        self.contents.entry(into).or_default().extend(moved);
        Ok(())
    }

    fn clear(&mut self, window: Window) -> Result<(), String> {
        self.contents.remove(&window);
        Ok(())
    }

    fn fire(&mut self, firing: Firing, empty: bool) -> Result<(), String> {
        let Firing { window, pane, timestamp } = firing;
        let mut values = self.contents.get(&window).cloned().unwrap_or_default();
        if values.is_empty() && !empty {
            return Ok(());
        }
        values.sort_unstable();
        let number = |count: u64| i64::try_from(count).map_err(|error| error.to_string());
        self.told.push(Told {
            window,
            values,
            timestamp,
            index: number(pane.index)?,
            nonspeculative_index: pane.nonspeculative_index.map_or(Ok(-1), number)?,
            early: pane.timing == PaneTiming::Early,
            late: pane.timing == PaneTiming::Late,
            is_last: pane.is_last,
        });
        Ok(())
    }
}
