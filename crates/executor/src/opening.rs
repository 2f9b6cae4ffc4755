//! What functions are given in `open`.

use std::rc::Rc;

use brookite_core::error::Result;
use brookite_core::function::{OpenHost, Subtask};
use brookite_core::metrics::{MetricCell, MetricDeclaration};
use brookite_core::state::{OpenedState, OperatorState, StateColumn, StateDeclaration, StateId};

use crate::host::SharedHost;
use crate::metrics::Metrics;
use crate::states::OpeningStates;

/// A stage that is being opened, function by function.
pub(crate) struct Opening<'s> {
    pub(crate) host: SharedHost,
    pub(crate) subtask: Subtask,
    pub(crate) metrics: &'s mut Metrics,
    pub(crate) states: OpeningStates<'s>,
    /// The function that is being opened.
    pub(crate) index: usize,
    /// Whether the stage has windows that merge.
    pub(crate) windows_merge: bool,
}

impl OpenHost for Opening<'_> {
    fn open_state(&mut self, declaration: &StateDeclaration) -> Result<OpenedState> {
        // Only the head of a stage can be keyed; the functions behind it see results, not keys.
        self.states.open(declaration, self.index == 0)
    }

    fn keep_column(&mut self, state: StateId, column: Rc<dyn StateColumn>) {
        self.states.keep_column(state, column);
    }

    fn keep_operator_state(&mut self, state: StateId, held: Rc<dyn OperatorState>) {
        self.states.keep_operator_state(state, held);
    }

    fn declare_metric(&mut self, declaration: &MetricDeclaration) -> Result<Rc<MetricCell>> {
        self.metrics.declare(&mut **self.host.borrow_mut(), declaration)
    }

    fn subtask(&self) -> Subtask {
        self.subtask
    }
}
