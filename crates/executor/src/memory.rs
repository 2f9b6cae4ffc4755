//! A host in memory: state and timers in maps, metrics and logs to look at.
//!
//! Values with a time to live expire by the host's own clock, which stands until it is
//! [set](MemoryHost::set_processing_time); as in Flink, an expired value is gone as soon as somebody
//! asks for it.

mod metrics;
mod snapshot;
mod state;
mod stored;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use brookite_core::function::{TimeDomain, TimerCommand};
use brookite_core::metrics::MetricDeclaration;
use brookite_core::state::{StateChange, StateDeclaration, StateQuery};
use log::{Level, LevelFilter};

use crate::frame::{Frame, Frames, MalformedFrame, TimerFrame};
use crate::host::{Host, HostError, LogOrigin, MetricSlot, StateId};
use crate::memory::state::{Place, States};

pub use metrics::MetricValue;
pub use snapshot::Snapshot;

/// A line that a function logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How important it is.
    pub level: Level,
    /// Where it comes from, usually the module's path.
    pub target: String,
    /// The function that was at work; empty when the stage itself was, or another thread.
    pub function: String,
    /// What it says.
    pub message: String,
}

/// A timer that a function registered. Timers are in the order in which they fire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    /// By which clock it goes.
    pub domain: TimeDomain,
    /// When it is due, in milliseconds since the epoch.
    pub time: i64,
    /// The bytes of the key that it belongs to.
    pub key: Vec<u8>,
    /// Which part of the key's state it belongs to.
    pub namespace: Vec<u8>,
}

/// A host whose state is in memory. Clones share one state: one clone goes into the stage, another
/// stays with the caller, who says which key is next and hands back the stage's output.
///
/// A second stage opened on a clone finds state and timers of the first, as after a restart.
#[derive(Clone, Debug, Default)]
pub struct MemoryHost(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    key: Vec<u8>,
    states: States,
    timers: BTreeSet<Timer>,
    clock: i64,
    side: Vec<(u32, Vec<u8>)>,
    metrics: metrics::Metrics,
    logs: Vec<LogLine>,
    log_level: MostVerbose,
}

#[derive(Debug)]
struct MostVerbose(LevelFilter);

impl Default for MostVerbose {
    fn default() -> Self {
        Self(LevelFilter::Info)
    }
}

impl MemoryHost {
    /// An empty host, by whose clock it is 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that the next record has this key.
    pub fn enter(&self, key: &[u8]) {
        let mut inner = self.0.borrow_mut();
        inner.key.clear();
        inner.key.extend_from_slice(key);
    }

    /// Sets the clock, in milliseconds since the epoch.
    pub fn set_processing_time(&self, time: i64) {
        self.0.borrow_mut().clock = time;
    }

    /// Applies what a stage returned: stores the changes of state, keeps timers and side records, and
    /// gives the results to `emit`.
    ///
    /// # Errors
    /// When the bytes are no frames, or a change does not go with its state.
    pub fn apply(&self, output: &[u8], mut emit: impl FnMut(&[u8])) -> Result<(), BadOutput> {
        for frame in Frames::new(output) {
            match frame? {
                Frame::Record(record) | Frame::RecordAt { record, .. } => emit(record),
                frame => self.apply_frame(frame)?,
            }
        }
        Ok(())
    }

    /// Applies one frame; a result is dropped.
    ///
    /// # Errors
    /// When a change does not go with its state.
    pub fn apply_frame(&self, frame: Frame<'_>) -> Result<(), HostError> {
        match frame {
            Frame::Record(_) | Frame::RecordAt { .. } => {}
            Frame::Side { output, record } => {
                self.0.borrow_mut().side.push((output, record.to_vec()));
            }
            Frame::State { state, key, namespace, change } => {
                let inner = &mut *self.0.borrow_mut();
                inner.states.write(Place { state, key, namespace }, change, inner.clock)?;
            }
            Frame::Timer { command, timer } => self.keep_timer(command, timer),
        }
        Ok(())
    }

    fn keep_timer(&self, command: TimerCommand, timer: TimerFrame<'_>) {
        let TimerFrame { domain, time, key, namespace } = timer;
        let timer = Timer { domain, time, key: key.to_vec(), namespace: namespace.to_vec() };
        let timers = &mut self.0.borrow_mut().timers;
        match command {
            TimerCommand::Register => timers.insert(timer),
            TimerCommand::Delete => timers.remove(&timer),
        };
    }

    /// How many keys have state here; what a stage's cache holds is not counted.
    pub fn stored_keys(&self) -> usize {
        self.0.borrow().states.keys()
    }

    /// The timers that are registered, those of event time first, each in the order in which they
    /// fire.
    pub fn timers(&self) -> Vec<Timer> {
        self.0.borrow().timers.iter().cloned().collect()
    }

    /// Takes the first timer of that domain that is due by `now`, to be fired.
    pub fn take_due(&self, domain: TimeDomain, now: i64) -> Option<Timer> {
        let timers = &mut self.0.borrow_mut().timers;
        let due = first(timers, domain).filter(|timer| timer.time <= now)?.clone();
        timers.take(&due)
    }

    /// When the first timer of that domain is due, in milliseconds since the epoch.
    pub fn next_timer(&self, domain: TimeDomain) -> Option<i64> {
        first(&self.0.borrow().timers, domain).map(|timer| timer.time)
    }

    /// Forgets all state of a key, as Flink's BATCH mode does with a key that is over.
    pub fn forget(&self, key: &[u8]) {
        self.0.borrow_mut().states.forget(key);
    }

    /// State and timers as they are now.
    pub fn snapshot(&self) -> Snapshot {
        let inner = self.0.borrow();
        Snapshot { states: inner.states.clone(), timers: inner.timers.clone() }
    }

    /// Makes state and timers what they were when the snapshot was taken.
    pub fn restore(&self, snapshot: &Snapshot) {
        let mut inner = self.0.borrow_mut();
        inner.states = snapshot.states.clone();
        inner.timers = snapshot.timers.clone();
    }

    /// Takes the records that went to the side output of that index.
    pub fn take_side_records(&self, output: u32) -> Vec<Vec<u8>> {
        let side = &mut self.0.borrow_mut().side;
        side.extract_if(.., |(index, _)| *index == output).map(|(_, record)| record).collect()
    }

    /// What a counter without labels counts; `None` when there is none of that name.
    pub fn counter(&self, name: &str) -> Option<i64> {
        match self.metric(name, &[]) {
            Some(MetricValue::Counter(count)) => Some(count),
            _ => None,
        }
    }

    /// What a metric shows; `None` when there is none with that name and just these labels, in the
    /// order in which they were given.
    pub fn metric(&self, name: &str, labels: &[(&str, &str)]) -> Option<MetricValue> {
        self.0.borrow().metrics.find(name, labels)
    }

    /// Says which lines are kept: from [`Level::Error`] up to this one. At first, up to
    /// [`Level::Info`].
    pub fn set_log_level(&self, most_verbose: LevelFilter) {
        self.0.borrow_mut().log_level = MostVerbose(most_verbose);
    }

    /// Takes the lines that were logged since the last time.
    pub fn take_logs(&self) -> Vec<LogLine> {
        std::mem::take(&mut self.0.borrow_mut().logs)
    }
}

/// The timer of that domain that fires first.
fn first(timers: &BTreeSet<Timer>, domain: TimeDomain) -> Option<&Timer> {
    let start = Timer { domain, time: i64::MIN, key: Vec::new(), namespace: Vec::new() };
    timers.range(start..).next().filter(|timer| timer.domain == domain)
}

/// Output of a stage that cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOutput {
    /// The bytes are no frames.
    #[error(transparent)]
    Malformed(#[from] MalformedFrame),
    /// A change does not go with its state.
    #[error(transparent)]
    State(#[from] HostError),
}

impl Host for MemoryHost {
    fn register_state(&mut self, declaration: &StateDeclaration) -> Result<StateId, HostError> {
        self.0.borrow_mut().states.register(declaration)
    }

    fn read_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        let Inner { key, states, clock, .. } = &mut *self.0.borrow_mut();
        states.read(Place { state, key, namespace }, query, *clock, out)
    }

    fn write_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError> {
        let Inner { key, states, clock, .. } = &mut *self.0.borrow_mut();
        states.write(Place { state, key, namespace }, change, *clock)
    }

    fn processing_time(&mut self) -> Result<i64, HostError> {
        Ok(self.0.borrow().clock)
    }

    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        self.0.borrow_mut().metrics.register(metric)
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        self.0.borrow_mut().metrics.update(metric, value);
    }

    /// Everything: targets have their levels in common with all stages of the process, and other tests
    /// may want more. What this host does not want it leaves aside in [`log`](Host::log).
    fn log_level(&mut self, _: &str) -> LevelFilter {
        LevelFilter::Trace
    }

    fn log(&mut self, level: Level, target: &str, origin: LogOrigin<'_>, message: &str) {
        let mut inner = self.0.borrow_mut();
        if level > inner.log_level.0 {
            return;
        }
        let function = match origin {
            LogOrigin::Function(name) => name.to_owned(),
            LogOrigin::Stage | LogOrigin::Thread(_) => String::new(),
        };
        let (target, message) = (target.to_owned(), message.to_owned());
        inner.logs.push(LogLine { level, target, function, message });
    }
}
