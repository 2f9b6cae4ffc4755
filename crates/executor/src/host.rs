//! What a stage needs from the world around it.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

pub use brookite_core::metrics::MetricDeclaration;
pub use brookite_core::state::StateId;
use brookite_core::state::{StateChange, StateDeclaration, StateQuery};

/// Names a metric of a stage; the host gives the number when the metric is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MetricSlot(pub u32);

/// Who logged a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogOrigin<'a> {
    /// A function of the stage, by name.
    Function(&'a str),
    /// The stage itself, for example while it writes state back.
    Stage,
    /// A thread that works for no stage, by name: the line comes with a call of a stage that need have
    /// nothing to do with it.
    Thread(&'a str),
}

/// The world around a stage. Called on the stage's thread, and only during a call of the stage.
///
/// The current key is that of the call in progress. A namespace parts the state of one key: it is
/// empty for functions that have no windows, and otherwise the window.
pub trait Host {
    /// Declares a state, while the stage opens.
    ///
    /// # Errors
    /// When the state cannot be had, for example because a savepoint holds another type.
    fn register_state(&mut self, declaration: &StateDeclaration) -> Result<StateId, HostError>;

    /// Appends the answer to `out`; `false` when there is nothing. State that is keyed is that of the
    /// current key.
    ///
    /// # Errors
    /// When the store fails, and when the state is of a kind that cannot be asked this.
    fn read_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError>;

    /// Changes a state of the current key at once, and not with the output of the call: for states
    /// whose values expire, since the host alone knows when.
    ///
    /// # Errors
    /// When the store fails, and when the state is of a kind that cannot be changed so.
    fn write_state(
        &mut self,
        state: StateId,
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError>;

    /// What the clock of the machine says, in milliseconds since the epoch.
    ///
    /// # Errors
    /// When there is none.
    fn processing_time(&mut self) -> Result<i64, HostError>;

    /// Declares a metric, while the stage opens. No other of the stage has its name and labels.
    ///
    /// # Errors
    /// When the host has no room for another, or does not know the kind.
    fn register_metric(&mut self, metric: &MetricDeclaration) -> Result<MetricSlot, HostError>;

    /// Takes an update, after a call that changed the metric; what it means is up to the metric's
    /// [kind](brookite_core::metrics::MetricKind).
    fn update_metric(&mut self, metric: MetricSlot, value: i64);

    /// The most verbose level that the log takes of a target. What is more verbose is not even formatted.
    fn log_level(&mut self, target: &str) -> log::LevelFilter;

    /// Takes a line for the log. It must be ready for one that it did not ask for.
    fn log(&mut self, level: log::Level, target: &str, origin: LogOrigin<'_>, message: &str);
}

/// Why a host could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError(String);

impl HostError {
    /// An error with that message.
    pub fn new(message: impl fmt::Display) -> Self {
        Self(message.to_string())
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HostError {}

/// The one host of a stage, shared by the stage and the handles that its functions hold.
pub(crate) type SharedHost = Rc<RefCell<Box<dyn Host>>>;
