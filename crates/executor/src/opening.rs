//! What functions are given in `open`.

use std::collections::BTreeSet;
use std::rc::Rc;

use brookite_core::DataType;
use brookite_core::error::{Error, Result};
use brookite_core::function::{OpenHost, Subtask};
use brookite_core::metrics::{MetricCell, MetricDeclaration};
use brookite_core::state::{
    KeyScope, StateBackend, StateColumn, StateDeclaration, StateId, StateQuery,
};

use crate::cache::KeyCache;
use crate::host::SharedHost;
use crate::metrics::Metrics;

/// A stage that is being opened, function by function.
pub(crate) struct Opening<'s> {
    pub(crate) host: SharedHost,
    pub(crate) subtask: Subtask,
    pub(crate) metrics: &'s mut Metrics,
    /// The cache and key scope of a keyed stage.
    pub(crate) keyed: Option<(&'s mut KeyCache, Rc<KeyScope>)>,
    pub(crate) states: BTreeSet<String>,
    /// The function that is being opened.
    pub(crate) index: usize,
}

impl OpenHost for Opening<'_> {
    fn declare_state(
        &mut self,
        name: &str,
        data_type: &DataType,
        column: Rc<dyn StateColumn>,
    ) -> Result<(StateId, Rc<KeyScope>)> {
        // Only the head of a stage can be keyed; the functions behind it see results, not keys.
        let (0, Some((cache, scope))) = (self.index, &mut self.keyed) else {
            return Err(Error::msg(format!(
                "state '{name}' was declared by a function without keys: implement \
                 KeyedProcessFunction and call it on a keyed stream"
            )));
        };
        if !self.states.insert(name.to_owned()) {
            return Err(Error::msg(format!("state '{name}' was declared twice")));
        }
        let declaration = StateDeclaration::value(name, data_type.clone());
        let id = self.host.borrow_mut().register_state(&declaration)?;
        cache.add(id, column);
        Ok((id, scope.clone()))
    }

    fn declare_metric(&mut self, declaration: &MetricDeclaration) -> Result<Rc<MetricCell>> {
        self.metrics.declare(&mut **self.host.borrow_mut(), declaration)
    }

    fn subtask(&self) -> Subtask {
        self.subtask
    }
}

/// State that is in no slot is the host's.
pub(crate) struct HostBackend(pub(crate) SharedHost);

impl StateBackend for HostBackend {
    fn read(&mut self, state: StateId, out: &mut Vec<u8>) -> Result<bool> {
        Ok(self.0.borrow_mut().read_state(state, &[], StateQuery::Value, out)?)
    }
}
