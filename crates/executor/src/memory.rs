//! A host in memory: state in a map, metrics and logs to look at.

mod metrics;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use brookite_core::DataType;
use brookite_core::metrics::MetricDeclaration;
use brookite_core::state::StateChange;

use crate::frame::{Frame, Frames, MalformedFrame};
use crate::host::{Host, HostError, MetricSlot, StateId};

pub use metrics::MetricValue;

/// A line that a function logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// How important it is.
    pub level: log::Level,
    /// Where it comes from, usually the module's path.
    pub target: String,
    /// What it says.
    pub message: String,
}

/// A host whose state is in memory. Clones share one state: one clone goes into the stage, another
/// stays with the caller, who says which key is next and hands back the stage's output.
///
/// A second stage opened on a clone finds the state of the first, as after a restart.
#[derive(Clone, Debug, Default)]
pub struct MemoryHost(Rc<RefCell<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    key: Vec<u8>,
    states: Vec<(String, DataType)>,
    values: HashMap<Vec<u8>, HashMap<u32, Vec<u8>>>,
    metrics: metrics::Metrics,
    logs: Vec<LogLine>,
}

impl MemoryHost {
    /// An empty host.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that the next record has this key.
    pub fn enter(&self, key: &[u8]) {
        let mut inner = self.0.borrow_mut();
        inner.key.clear();
        inner.key.extend_from_slice(key);
    }

    /// Applies what a stage returned: stores the state's changes, and gives the results to `emit`.
    ///
    /// # Errors
    /// When the bytes are no frames.
    pub fn apply(&self, output: &[u8], mut emit: impl FnMut(&[u8])) -> Result<(), MalformedFrame> {
        for frame in Frames::new(output) {
            match frame? {
                Frame::Record(record) => emit(record),
                Frame::State { state, key, change } => self.store(state, key, change),
            }
        }
        Ok(())
    }

    fn store(&self, state: StateId, key: &[u8], change: StateChange<'_>) {
        let values = &mut self.0.borrow_mut().values;
        match change {
            StateChange::Update(value) => match values.get_mut(key) {
                Some(of_key) => {
                    let stored = of_key.entry(state.0).or_default();
                    stored.clear();
                    stored.extend_from_slice(value);
                }
                None => {
                    values.insert(key.to_vec(), HashMap::from([(state.0, value.to_vec())]));
                }
            },
            StateChange::Clear => {
                if let Some(of_key) = values.get_mut(key) {
                    of_key.remove(&state.0);
                    if of_key.is_empty() {
                        values.remove(key);
                    }
                }
            }
        }
    }

    /// How many keys have state here; what a stage's cache holds is not counted.
    pub fn stored_keys(&self) -> usize {
        self.0.borrow().values.len()
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

    /// Takes the lines that were logged since the last time.
    pub fn take_logs(&self) -> Vec<LogLine> {
        std::mem::take(&mut self.0.borrow_mut().logs)
    }
}

impl Host for MemoryHost {
    fn register_state(&mut self, name: &str, data_type: &DataType) -> Result<StateId, HostError> {
        let states = &mut self.0.borrow_mut().states;
        let index = match states.iter().position(|(known, _)| known == name) {
            Some(index) => match states[index].1.difference(data_type) {
                None => index,
                Some(difference) => {
                    return Err(HostError::new(format!(
                        "the stored state '{name}' has another type: {difference}"
                    )));
                }
            },
            None => {
                states.push((name.to_owned(), data_type.clone()));
                states.len() - 1
            }
        };
        u32::try_from(index).map(StateId).map_err(|_| HostError::new("too many states"))
    }

    fn read_state(&mut self, state: StateId, out: &mut Vec<u8>) -> Result<bool, HostError> {
        let inner = self.0.borrow();
        match inner.values.get(&inner.key).and_then(|of_key| of_key.get(&state.0)) {
            Some(value) => {
                out.extend_from_slice(value);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError> {
        self.0.borrow_mut().metrics.register(metric)
    }

    fn update_metric(&mut self, metric: MetricSlot, value: i64) {
        self.0.borrow_mut().metrics.update(metric, value);
    }

    fn log(&mut self, level: log::Level, target: &str, message: &str) {
        self.0.borrow_mut().logs.push(LogLine {
            level,
            target: target.to_owned(),
            message: message.to_owned(),
        });
    }
}
