//! The states of a [`MemoryHost`](crate::memory::MemoryHost).

use std::collections::{BTreeMap, HashMap};

use brookite_core::DataType;
use brookite_core::proto::{StoredContent, StoredState};
use brookite_core::state::{StateChange, StateDeclaration, StateKind, StateQuery, write_types};

use crate::host::{HostError, StateId};
use crate::memory::stored::{Life, Stored};

/// All states, by what they are the state of.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    declarations: Vec<StateDeclaration>,
    /// The types that values were written as, by state.
    types: Vec<Vec<DataType>>,
    /// By key. Nothing in here is empty.
    keyed: HashMap<Vec<u8>, OfKey>,
    /// State without key, by state.
    of_subtask: BTreeMap<u32, Stored>,
}

/// The state of one key, by state and namespace.
type OfKey = BTreeMap<(u32, Vec<u8>), Stored>;

impl States {
    /// The number of a state, which is the old one if there was a state of that name before.
    pub(super) fn register(
        &mut self,
        declaration: &StateDeclaration,
    ) -> Result<StateId, HostError> {
        declaration.check().map_err(HostError::new)?;
        let known = self.declarations.iter().position(|known| known.name == declaration.name);
        let index = match known {
            Some(index) => {
                require_same(&self.declarations[index], declaration)?;
                self.declarations[index] = declaration.clone();
                if !self.types[index].contains(&declaration.data_type) {
                    self.types[index].push(declaration.data_type.clone());
                }
                index
            }
            None => {
                self.declarations.push(declaration.clone());
                self.types.push(vec![declaration.data_type.clone()]);
                self.declarations.len() - 1
            }
        };
        u32::try_from(index).map(StateId).map_err(|_| HostError::new("too many states"))
    }

    /// All states with what they hold.
    pub(super) fn to_proto(&self) -> Vec<StoredState> {
        let stored = |(index, declaration): (usize, &StateDeclaration)| StoredState {
            declaration: Some(declaration.into()),
            types: self.types[index].iter().map(Into::into).collect(),
            contents: Vec::new(),
        };
        let mut states: Vec<_> = self.declarations.iter().enumerate().map(stored).collect();
        for (key, of_key) in &self.keyed {
            for ((state, namespace), stored) in of_key {
                let (key, namespace) = (key.clone(), namespace.clone());
                let items = stored.to_proto();
                states[*state as usize].contents.push(StoredContent { key, namespace, items });
            }
        }
        for (state, stored) in &self.of_subtask {
            let items = stored.to_proto();
            let content = StoredContent { items, ..StoredContent::default() };
            states[*state as usize].contents.push(content);
        }
        states
    }

    /// The same, read.
    pub(super) fn from_proto(states: &[StoredState]) -> Result<Self, HostError> {
        let mut read = Self::default();
        for (index, state) in (0..).zip(states) {
            let declared = state.declaration.as_ref();
            let declared = declared.ok_or_else(|| HostError::new("a state is not declared"))?;
            let declaration = StateDeclaration::try_from(declared).map_err(HostError::new)?;
            let types = state.types.iter().map(DataType::try_from);
            read.types.push(types.collect::<Result<_, _>>().map_err(HostError::new)?);
            for content in &state.contents {
                let stored = Stored::from_proto(declaration.kind, &content.items);
                if declaration.kind.is_keyed() {
                    let of_key = read.keyed.entry(content.key.clone()).or_default();
                    of_key.insert((index, content.namespace.clone()), stored);
                } else {
                    read.of_subtask.insert(index, stored);
                }
            }
            read.declarations.push(declaration);
        }
        Ok(read)
    }

    /// How many keys have state.
    pub(super) fn keys(&self) -> usize {
        self.keyed.len()
    }

    /// Removes all state of a key.
    pub(super) fn forget(&mut self, key: &[u8]) {
        self.keyed.remove(key);
    }

    pub(super) fn read(
        &mut self,
        place: Place<'_>,
        query: StateQuery<'_>,
        now: i64,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        let declaration = declaration(&self.declarations, place.state)?;
        if query == StateQuery::Types {
            write_types(&self.types[place.state.0 as usize], out);
            return Ok(true);
        }
        if !answers(declaration.kind, query) {
            return Err(misused(declaration, "asked", query));
        }
        let life = Life { ttl: declaration.ttl.as_ref(), now };
        let mut shown = false;
        let mut read = |stored: &mut Stored| {
            let (found, kept) = stored.read(query, life, out);
            shown = found;
            kept
        };
        if !declaration.kind.is_keyed() {
            if let Some(stored) = self.of_subtask.get_mut(&place.state.0)
                && !read(stored)
            {
                self.of_subtask.remove(&place.state.0);
            }
        } else if let Some(of_key) = self.keyed.get_mut(place.key) {
            let inside = place.inside_key();
            if let Some(stored) = of_key.get_mut(&inside)
                && !read(stored)
            {
                of_key.remove(&inside);
            }
            if of_key.is_empty() {
                self.keyed.remove(place.key);
            }
        }
        Ok(shown)
    }

    pub(super) fn write(
        &mut self,
        place: Place<'_>,
        change: StateChange<'_>,
        now: i64,
    ) -> Result<(), HostError> {
        let declaration = declaration(&self.declarations, place.state)?;
        let kind = declaration.kind;
        if !takes(kind, change) {
            return Err(misused(declaration, "changed", change));
        }
        let life = Life { ttl: declaration.ttl.as_ref(), now };
        if !kind.is_keyed() {
            let state = place.state.0;
            let stored = self.of_subtask.entry(state).or_insert_with(|| Stored::empty(kind));
            if !stored.change(change, life)? {
                self.of_subtask.remove(&state);
            }
            return Ok(());
        }
        let of_key = self.keyed.entry(place.key.to_vec()).or_default();
        let inside = place.inside_key();
        let stored = of_key.entry(inside.clone()).or_insert_with(|| Stored::empty(kind));
        if !stored.change(change, life)? {
            of_key.remove(&inside);
        }
        if of_key.is_empty() {
            self.keyed.remove(place.key);
        }
        Ok(())
    }
}

/// Where a state is read or changed; without key, key and namespace say nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub(super) state: StateId,
    pub(super) key: &'p [u8],
    pub(super) namespace: &'p [u8],
}

impl Place<'_> {
    fn inside_key(self) -> (u32, Vec<u8>) {
        (self.state.0, self.namespace.to_vec())
    }
}

fn declaration(
    declarations: &[StateDeclaration],
    state: StateId,
) -> Result<&StateDeclaration, HostError> {
    declarations.get(state.0 as usize).ok_or_else(|| {
        HostError::new(format_args!(
            "there is no state number {}, {} were registered",
            state.0,
            declarations.len()
        ))
    })
}

fn answers(kind: StateKind, query: StateQuery<'_>) -> bool {
    match query {
        StateQuery::Value => !kind.is_list() && !kind.is_map(),
        StateQuery::List => kind.is_list(),
        StateQuery::Entry(_) | StateQuery::Entries => kind.is_map(),
        StateQuery::Types => true,
    }
}

fn takes(kind: StateKind, change: StateChange<'_>) -> bool {
    match change {
        StateChange::Update(_) | StateChange::Clear => true,
        StateChange::Append(_) => kind.is_list(),
        StateChange::PutEntry { .. } | StateChange::RemoveEntry(_) => kind.is_map(),
    }
}

/// Whether what is stored is what is declared now, the type of values aside: values know theirs.
fn require_same(stored: &StateDeclaration, declared: &StateDeclaration) -> Result<(), HostError> {
    let name = &stored.name;
    if stored.kind != declared.kind {
        return Err(HostError::new(format_args!(
            "the stored state '{name}' is of another kind: expected {:?}, found {:?}",
            declared.kind, stored.kind
        )));
    }
    match (&stored.key_type, &declared.key_type) {
        (Some(stored), Some(declared)) => match declared.difference(stored) {
            Some(difference) => Err(HostError::new(format_args!(
                "the stored state '{name}' has keys of another type: {difference}"
            ))),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn misused(declaration: &StateDeclaration, how: &str, access: impl std::fmt::Debug) -> HostError {
    HostError::new(format_args!(
        "state '{}' is a {:?} and cannot be {how} {access:?}",
        declaration.name, declaration.kind
    ))
}
