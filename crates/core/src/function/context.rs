//! What a function learns about where it runs.

use std::rc::Rc;

use crate::error::Result;
use crate::metrics::{
    Counter, Gauge, GaugeValue, Histogram, Meter, MetricCell, MetricDeclaration, MetricGroup,
};
use crate::state::{OpenedState, OperatorState, StateColumn, StateDeclaration, StateId};

/// Which parallel instance of the operator a function runs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subtask {
    /// This instance, from 0.
    pub index: u32,
    /// How many there are.
    pub parallelism: u32,
    /// How often this instance was started before.
    pub attempt: u32,
}

/// What stands behind an [`OpenContext`]; executors implement it.
pub trait OpenHost {
    /// Declares a state that was checked.
    ///
    /// # Errors
    /// When the function has no keys and the state needs them, when there is a state of that name
    /// already, and when the host refuses.
    fn open_state(&mut self, declaration: &StateDeclaration) -> Result<OpenedState>;

    /// Takes the slots of a keyed state that is cached.
    fn keep_column(&mut self, state: StateId, column: Rc<dyn StateColumn>);

    /// Takes a state of the subtask.
    fn keep_operator_state(&mut self, state: StateId, held: Rc<dyn OperatorState>);

    /// Declares a metric whose declaration was checked, and says where its value is written.
    ///
    /// # Errors
    /// When there is a metric of another kind under that name, and when the host refuses.
    fn declare_metric(&mut self, declaration: &MetricDeclaration) -> Result<Rc<MetricCell>>;

    /// The parallel instance.
    fn subtask(&self) -> Subtask;
}

/// What a function can ask for in `open`.
pub struct OpenContext<'c>(&'c mut dyn OpenHost);

impl<'c> OpenContext<'c> {
    /// A context in front of `host`.
    pub fn new(host: &'c mut dyn OpenHost) -> Self {
        Self(host)
    }

    /// What stands behind it.
    pub(crate) fn host(&mut self) -> &mut dyn OpenHost {
        self.0
    }

    /// A counter below the operator's metrics.
    ///
    /// # Errors
    /// When the name is empty or stands for a metric of another kind, and when the host refuses.
    pub fn counter(&mut self, name: &str) -> Result<Counter> {
        self.metrics().counter(name)
    }

    /// A gauge below the operator's metrics, of `i64` or `f64`.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn gauge<T: GaugeValue>(&mut self, name: &str) -> Result<Gauge<T>> {
        self.metrics().gauge(name)
    }

    /// A meter below the operator's metrics.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn meter(&mut self, name: &str) -> Result<Meter> {
        self.metrics().meter(name)
    }

    /// A histogram below the operator's metrics.
    ///
    /// # Errors
    /// As [`counter`](Self::counter).
    pub fn histogram(&mut self, name: &str) -> Result<Histogram> {
        self.metrics().histogram(name)
    }

    /// For metrics with labels: `ctx.metrics().label("rule", "hot").counter("hits")?`.
    pub fn metrics(&mut self) -> MetricGroup<'_> {
        MetricGroup::new(&mut *self.0)
    }

    /// The parallel instance that this function belongs to.
    pub fn subtask(&self) -> Subtask {
        self.0.subtask()
    }
}

impl std::fmt::Debug for OpenContext<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenContext").field("subtask", &self.subtask()).finish()
    }
}
