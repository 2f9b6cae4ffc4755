//! The states of a stage: those of keys with the cache in front, and those of the subtask.

mod operator;

use std::collections::BTreeMap;
use std::rc::Rc;

use brookite_core::coder::EncodeError;
use brookite_core::error::{Error, Result};
use brookite_core::state::{
    KeyScope, OpenedState, OperatorListState, OperatorState, StateBackend, StateChange,
    StateColumn, StateDeclaration, StateId, StateKind, StateQuery,
};

use crate::cache::{CacheBounds, KeyCache, Statistics};
use crate::host::{Host, SharedHost};
use crate::metrics::Metrics;
use crate::states::operator::OperatorStates;

#[derive(Default)]
pub(crate) struct States {
    /// How the state of keys is cached; `None` when the stage is not keyed.
    keys: Option<CacheBounds>,
    /// Whether the host has no state yet.
    store_is_empty: bool,
    /// The key at hand; `None` until the stage opens, and when it is not keyed.
    scope: Option<Rc<KeyScope>>,
    /// `None` when there is nothing to remember keys for.
    cache: Option<KeyCache>,
    statistics: Option<Statistics>,
    operator: OperatorStates,
    /// Until when the store has windows, for whoever goes on with it: one number, or none.
    stored_until: Option<OperatorListState<i64>>,
}

impl States {
    /// The states of a stage that is keyed if there are bounds for its keys; the host may have none yet.
    pub(crate) fn new(keys: Option<CacheBounds>, store_is_empty: bool) -> Self {
        Self { keys, store_is_empty, ..Self::default() }
    }

    /// Begins to open them. With `namespace` bytes in front, a key's slot is that of a namespace.
    pub(crate) fn open(&mut self, host: SharedHost, namespace: usize) -> OpeningStates<'_> {
        let scope = Rc::new(KeyScope::new(Box::new(HostBackend(host.clone()))));
        if let Some(bounds) = self.keys {
            self.scope = Some(scope.clone());
            self.cache = Some(KeyCache::new(bounds, namespace, self.store_is_empty, scope.clone()));
        }
        OpeningStates { host, scope, states: self, kinds: BTreeMap::new() }
    }

    /// All are open now.
    pub(crate) fn opened(&mut self, metrics: &mut Metrics, host: &mut dyn Host) -> Result<()> {
        match &self.cache {
            Some(cache) if !cache.is_stateless() => {
                self.statistics = Some(Statistics::register(metrics, host)?);
            }
            _ => self.cache = None,
        }
        Ok(())
    }

    /// Moves to a key; says whether its state was at hand already. What had to make room for it is
    /// written to `out`.
    #[inline]
    pub(crate) fn enter(&mut self, key: &[u8], out: &mut Vec<u8>) -> Result<bool, EncodeError> {
        let Some(scope) = &self.scope else { return Ok(false) };
        let (slot, known) = match &mut self.cache {
            Some(cache) => cache.slot(key, out)?,
            // There is a key all the same, for state that is not cached.
            None => (0, false),
        };
        scope.enter(Some(slot));
        Ok(known)
    }

    /// Moves to a namespace of a key; as [`enter`](Self::enter).
    #[inline]
    pub(crate) fn enter_namespace(
        &mut self,
        namespace: &[u8],
        key: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<bool, EncodeError> {
        let Some(scope) = &self.scope else { return Ok(false) };
        let (slot, known) = match &mut self.cache {
            Some(cache) => cache.slot_in(namespace, key, out)?,
            None => (0, false),
        };
        scope.enter_namespace(namespace);
        scope.enter(Some(slot));
        Ok(known)
    }

    /// Forgets the namespace at hand, which is not entered again in this call. What changed in it is
    /// written to `out`.
    pub(crate) fn leave_namespace(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let (Some(scope), Some(cache)) = (&self.scope, &mut self.cache)
            && let Some(slot) = scope.slot()
        {
            cache.release(slot, out)?;
            scope.enter(None);
        }
        Ok(())
    }

    /// Moves to no key.
    pub(crate) fn leave(&self) {
        if let Some(scope) = &self.scope {
            scope.enter(None);
        }
    }

    /// Ends a call: keys for which there is no room any more are written to `out`.
    #[inline]
    pub(crate) fn settle(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match &mut self.cache {
            Some(cache) => cache.settle(out),
            None => Ok(()),
        }
    }

    /// Writes out all that changed; the values stay.
    pub(crate) fn flush(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let Some(cache) = &mut self.cache {
            cache.flush(out)?;
            if let Some(stored_until) = &self.stored_until {
                let updated = stored_until.update(vec![cache.stored_until()]);
                debug_assert!(updated.is_ok(), "nobody else has that state");
            }
        }
        self.operator.flush(out)
    }

    /// Writes out what changed of keys, and forgets them.
    pub(crate) fn end_key(&mut self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if let Some(cache) = &mut self.cache {
            cache.flush(out)?;
        }
        self.discard();
        Ok(())
    }

    /// Forgets all keys. What changed of them and was not written out is lost.
    pub(crate) fn discard(&mut self) {
        if let Some(cache) = &mut self.cache {
            cache.clear();
        }
    }

    #[cfg(test)]
    pub(crate) fn counts(&self) -> Option<crate::cache::Counts> {
        self.cache.as_ref().map(KeyCache::counts)
    }

    /// Brings the metrics of the cache up to date.
    pub(crate) fn count(&self) {
        if let (Some(statistics), Some(cache)) = (&self.statistics, &self.cache) {
            statistics.take(&cache.counts());
        }
    }
}

/// The states of a stage that is being opened.
pub(crate) struct OpeningStates<'s> {
    host: SharedHost,
    scope: Rc<KeyScope>,
    states: &'s mut States,
    /// Those so far, by name.
    kinds: BTreeMap<String, StateKind>,
}

impl OpeningStates<'_> {
    /// Declares a state of a function that is keyed or not.
    pub(crate) fn open(
        &mut self,
        declaration: &StateDeclaration,
        keyed: bool,
    ) -> Result<OpenedState> {
        let StateDeclaration { name, kind, .. } = declaration;
        if kind.is_keyed() && (!keyed || self.states.keys.is_none()) {
            return Err(Error::msg(format!(
                "state '{name}' was declared by a function without keys: call a function that has \
                 keys, such as a KeyedProcessFunction, on a keyed stream and first in its stage; or \
                 declare a state that needs no key, with `operator_list_state`"
            )));
        }
        if let Some(first) = self.kinds.insert(name.clone(), *kind) {
            return Err(Error::msg(format!(
                "state '{name}' was declared twice, as {first:?} and as {kind:?}: give each state of \
                 an operator a name of its own"
            )));
        }
        let id = self.host.borrow_mut().register_state(declaration)?;
        Ok(OpenedState { id, scope: self.scope.clone() })
    }

    /// How many there are so far.
    pub(crate) fn count(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn keep_column(&mut self, state: StateId, column: Rc<dyn StateColumn>) {
        if let Some(cache) = &mut self.states.cache {
            cache.add(state, column);
        }
    }

    /// Keeps in a list how late the windows end that the store has, and begins with what is in there.
    pub(crate) fn keep_stored_until(&mut self, list: OperatorListState<i64>) -> Result<()> {
        let known = list.with(|ends| ends.iter().max().copied())?;
        if let (Some(cache), Some(end)) = (&mut self.states.cache, known) {
            cache.set_stored_until(end);
        }
        self.states.stored_until = Some(list);
        Ok(())
    }

    pub(crate) fn keep_operator_state(&mut self, state: StateId, held: Rc<dyn OperatorState>) {
        self.states.operator.add(state, held);
    }
}

/// State that is in no slot is the host's.
struct HostBackend(SharedHost);

impl StateBackend for HostBackend {
    fn read(
        &mut self,
        state: StateId,
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool> {
        Ok(self.0.borrow_mut().read_state(state, namespace, query, out)?)
    }

    fn write(&mut self, state: StateId, namespace: &[u8], change: StateChange<'_>) -> Result<()> {
        Ok(self.0.borrow_mut().write_state(state, namespace, change)?)
    }
}
