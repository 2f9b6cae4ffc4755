//! How states are opened: what [`OpenContext`] offers, in terms of [`OpenHost`].

use std::hash::Hash;
use std::rc::Rc;

use crate::error::Result;
use crate::function::{AggregateFunction, OpenContext, ReduceFunction};
use crate::state::column::{ListColumn, MapColumn, ValueColumn, read_list};
use crate::state::handle::{Access, Handle};
use crate::state::operator::{List, Map};
use crate::state::pairs::Pairs;
use crate::state::stored::{Stored, read_types};
use crate::state::{
    AggregatingState, BroadcastHandle, KeyScope, ListState, MapState, OperatorListState,
    ReducingState, StateColumn, StateDeclaration, StateDescriptor, StateId, StateKind, StateQuery,
    ValueState,
};
use crate::types::{DataType, Key, Owned};

/// A state that the host knows of.
#[derive(Debug)]
pub struct OpenedState {
    /// The number that the host gave it.
    pub id: StateId,
    /// Where its values come from.
    pub scope: Rc<KeyScope>,
}

impl OpenContext<'_> {
    /// A state of one value for each key. Its name identifies it in checkpoints and savepoints.
    ///
    /// # Errors
    /// When the function is not keyed, when there is a state of that name already, and when a restored
    /// state of that name holds values that [cannot be read](crate::state#types-that-change) as `T`.
    pub fn value_state<T: Owned>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
    ) -> Result<ValueState<T>> {
        self.value_of_kind(StateKind::Value, descriptor.into())
    }

    /// A state of a list for each key.
    ///
    /// # Errors
    /// Those of [`value_state`](Self::value_state).
    pub fn list_state<T: Owned>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
    ) -> Result<ListState<T>> {
        let (access, stored, direct) = self.open::<T>(StateKind::List, None, descriptor.into())?;
        Ok(ListState(self.handle(access, stored, direct, ListColumn::new)))
    }

    /// A state of a map for each key.
    ///
    /// # Errors
    /// Those of [`value_state`](Self::value_state). The type of the map's keys cannot change at all.
    pub fn map_state<K: Key + Owned + Hash + Eq, V: Owned>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
    ) -> Result<MapState<K, V>> {
        let key = Some(K::data_type());
        let (access, stored, direct) = self.open::<V>(StateKind::Map, key, descriptor.into())?;
        Ok(MapState(self.handle(access, Pairs::new(stored), direct, MapColumn::new)))
    }

    /// A state of one value for each key into which others are reduced by `reduce`, which must be
    /// associative: `ctx.reducing_state("sum", |sum: i64, n| sum + n)?`.
    ///
    /// # Errors
    /// Those of [`value_state`](Self::value_state).
    pub fn reducing_state<T: Owned>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
        reduce: impl Fn(T, T) -> T + 'static,
    ) -> Result<ReducingState<T>> {
        let value = self.value_of_kind(StateKind::Reducing, descriptor.into())?;
        Ok(ReducingState::opened(value, Box::new(move |one, other| Ok(reduce(one, other)))))
    }

    /// A state of one value for each key into which a function reduces others.
    ///
    /// # Errors
    /// Those of [`value_state`](Self::value_state).
    pub fn reducing_state_with<F: ReduceFunction>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
        function: F,
    ) -> Result<ReducingState<F::T>> {
        let value = self.value_of_kind(StateKind::Reducing, descriptor.into())?;
        Ok(ReducingState::opened(value, Box::new(move |one, other| function.reduce(one, other))))
    }

    /// A state of one accumulator for each key to which `function` adds values.
    ///
    /// # Errors
    /// Those of [`value_state`](Self::value_state).
    pub fn aggregating_state<A: AggregateFunction>(
        &mut self,
        descriptor: impl Into<StateDescriptor>,
        function: A,
    ) -> Result<AggregatingState<A>> {
        let accumulator = self.value_of_kind(StateKind::Aggregating, descriptor.into())?;
        Ok(AggregatingState::opened(accumulator, function))
    }

    /// A list of this subtask. After a restart each subtask has its share of the elements of all.
    ///
    /// # Errors
    /// When there is a state of that name already, and when a restored state of that name holds
    /// elements that cannot be read as `T`.
    pub fn operator_list_state<T: Owned>(&mut self, name: &str) -> Result<OperatorListState<T>> {
        self.operator_list(StateKind::OperatorList, name)
    }

    /// A list of this subtask. After a restart each subtask has the elements of all.
    ///
    /// # Errors
    /// Those of [`operator_list_state`](Self::operator_list_state).
    pub fn union_list_state<T: Owned>(&mut self, name: &str) -> Result<OperatorListState<T>> {
        self.operator_list(StateKind::OperatorUnionList, name)
    }

    /// A map that a broadcast stream fills, the same in all subtasks.
    ///
    /// # Errors
    /// Those of [`operator_list_state`](Self::operator_list_state).
    pub fn broadcast_state<K: Key + Owned + Hash + Eq + Clone, V: Owned>(
        &mut self,
        name: &str,
    ) -> Result<BroadcastHandle<K, V>> {
        let key = Some(K::data_type());
        let (access, stored, _) = self.open::<V>(StateKind::Broadcast, key, name.into())?;
        let stored = Pairs::<K, V>::new(stored);
        let all = stored.read_all(&contents(&access, StateQuery::Entries)?)?;
        let map = Rc::new(Map::new(stored, all));
        self.host().keep_operator_state(access.id, map.clone());
        Ok(BroadcastHandle::opened(map))
    }

    fn value_of_kind<T: Owned>(
        &mut self,
        kind: StateKind,
        descriptor: StateDescriptor,
    ) -> Result<ValueState<T>> {
        let (access, stored, direct) = self.open::<T>(kind, None, descriptor)?;
        Ok(ValueState(self.handle(access, stored, direct, ValueColumn::new)))
    }

    fn operator_list<T: Owned>(
        &mut self,
        kind: StateKind,
        name: &str,
    ) -> Result<OperatorListState<T>> {
        let (access, stored, _) = self.open::<T>(kind, None, name.into())?;
        let all = read_list(&stored, &contents(&access, StateQuery::List)?)?;
        let list = Rc::new(List::new(stored, all));
        self.host().keep_operator_state(access.id, list.clone());
        Ok(OperatorListState::opened(list))
    }

    /// Declares a state whose values, elements or accumulators are `T`; says whether it is not cached.
    fn open<T: Owned>(
        &mut self,
        kind: StateKind,
        key_type: Option<DataType>,
        StateDescriptor { name, ttl }: StateDescriptor,
    ) -> Result<(Access, Stored<T>, bool)> {
        let direct = ttl.is_some();
        let data_type = T::data_type();
        let declaration = StateDeclaration { name, kind, data_type, key_type, ttl };
        declaration.check()?;
        let OpenedState { id, scope } = self.host().open_state(&declaration)?;
        let access = Access { id, scope };
        let types = read_types(&contents(&access, StateQuery::Types)?)?;
        Ok((access, Stored::new(&declaration.name, types)?, direct))
    }

    fn handle<C: StateColumn + 'static, S>(
        &mut self,
        access: Access,
        stored: S,
        direct: bool,
        column: impl FnOnce(S, crate::state::weight::Weight) -> C,
    ) -> Handle<C, S> {
        if direct {
            return Handle::Direct(access, stored);
        }
        let column = Rc::new(column(stored, access.scope.weigh()));
        self.host().keep_column(access.id, column.clone());
        Handle::Cached(access, column)
    }
}

/// What the host answers while the state is opened, and there is no key.
fn contents(access: &Access, query: StateQuery<'_>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    access.scope.read(access.id, query, &mut bytes)?;
    Ok(bytes)
}
