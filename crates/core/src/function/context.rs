//! What a function learns about where it runs.

use std::rc::Rc;

use crate::error::Result;
use crate::metrics::{
    Counter, Gauge, GaugeValue, Histogram, Meter, MetricCell, MetricDeclaration, MetricGroup,
};
use crate::state::column::Column;
use crate::state::{KeyScope, StateColumn, StateId, ValueState};
use crate::types::{DataType, Owned};

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
    /// Declares a state, and says under which number and key scope it runs.
    ///
    /// # Errors
    /// When the function has no keys, has a state of that name already, or when the host refuses.
    fn declare_state(
        &mut self,
        name: &str,
        data_type: &DataType,
        column: Rc<dyn StateColumn>,
    ) -> Result<(StateId, Rc<KeyScope>)>;

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

    /// A state of one value for each key. Its name identifies it in checkpoints and savepoints.
    ///
    /// # Errors
    /// When the function is not keyed, when it has a state of that name already, and when a restored
    /// state of that name holds another type.
    pub fn value_state<T: Owned>(&mut self, name: &str) -> Result<ValueState<T>> {
        let column = Rc::new(Column::new(name));
        let (id, scope) = self.0.declare_state(name, &T::data_type(), column.clone())?;
        Ok(ValueState::opened(id, column, scope))
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
