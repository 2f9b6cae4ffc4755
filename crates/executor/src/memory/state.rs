//! The states of a [`MemoryHost`](crate::memory::MemoryHost).

use std::collections::{BTreeMap, HashMap};

use brookite_core::DataType;
use brookite_core::state::{StateChange, StateDeclaration, StateKind, StateQuery};

use crate::host::{HostError, StateId};

/// All states, by what they are the state of.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    declarations: Vec<StateDeclaration>,
    /// By key. Nothing in here is empty.
    keyed: HashMap<Vec<u8>, OfKey>,
    /// State without key, by state.
    of_subtask: BTreeMap<u32, Stored>,
}

/// The state of one key, by state and namespace.
type OfKey = BTreeMap<(u32, Vec<u8>), Stored>;

/// What a state holds.
#[derive(Clone, Debug)]
enum Stored {
    Value(Vec<u8>),
    List(Vec<Vec<u8>>),
    Map(BTreeMap<Vec<u8>, Vec<u8>>),
}

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
                index
            }
            None => {
                self.declarations.push(declaration.clone());
                self.declarations.len() - 1
            }
        };
        u32::try_from(index).map(StateId).map_err(|_| HostError::new("too many states"))
    }

    /// How many keys have state.
    pub(super) fn keys(&self) -> usize {
        self.keyed.len()
    }

    pub(super) fn read(
        &self,
        state: StateId,
        key: &[u8],
        namespace: &[u8],
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool, HostError> {
        let declaration = self.declaration(state)?;
        let stored = if declaration.kind.is_keyed() {
            self.keyed.get(key).and_then(|of_key| of_key.get(&(state.0, namespace.to_vec())))
        } else {
            self.of_subtask.get(&state.0)
        };
        let kind = Shape::of(declaration.kind);
        match (kind, query) {
            (Shape::Value, StateQuery::Value)
            | (Shape::List, StateQuery::List)
            | (Shape::Map, StateQuery::Entry(_) | StateQuery::Entries) => {}
            _ => return Err(misused(declaration, "asked", query)),
        }
        Ok(match (stored, query) {
            (Some(Stored::Value(value)), _) => {
                out.extend_from_slice(value);
                true
            }
            (Some(Stored::List(elements)), _) => {
                elements.iter().for_each(|element| put(out, element));
                true
            }
            (Some(Stored::Map(entries)), StateQuery::Entry(entry)) => match entries.get(entry) {
                Some(value) => {
                    out.extend_from_slice(value);
                    true
                }
                None => false,
            },
            (Some(Stored::Map(entries)), _) => {
                for (entry, value) in entries {
                    put(out, entry);
                    put(out, value);
                }
                true
            }
            (None, _) => false,
        })
    }

    pub(super) fn write(
        &mut self,
        state: StateId,
        key: &[u8],
        namespace: &[u8],
        change: StateChange<'_>,
    ) -> Result<(), HostError> {
        let declaration = self.declaration(state)?;
        let shape = Shape::of(declaration.kind);
        match (shape, change) {
            (_, StateChange::Update(_) | StateChange::Clear)
            | (Shape::List, StateChange::Append(_))
            | (Shape::Map, StateChange::PutEntry { .. } | StateChange::RemoveEntry(_)) => {}
            _ => return Err(misused(declaration, "changed", change)),
        }
        if declaration.kind.is_keyed() {
            let of_key = self.keyed.entry(key.to_vec()).or_default();
            let place = (state.0, namespace.to_vec());
            if !of_key.entry(place.clone()).or_insert_with(|| shape.empty()).change(change)? {
                of_key.remove(&place);
            }
            if of_key.is_empty() {
                self.keyed.remove(key);
            }
        } else {
            let stored = self.of_subtask.entry(state.0).or_insert_with(|| shape.empty());
            if !stored.change(change)? {
                self.of_subtask.remove(&state.0);
            }
        }
        Ok(())
    }

    fn declaration(&self, state: StateId) -> Result<&StateDeclaration, HostError> {
        self.declarations.get(state.0 as usize).ok_or_else(|| {
            HostError::new(format_args!(
                "there is no state number {}, {} were registered",
                state.0,
                self.declarations.len()
            ))
        })
    }
}

impl Stored {
    /// Carries out a change that goes with this; `false` when nothing is left.
    fn change(&mut self, change: StateChange<'_>) -> Result<bool, HostError> {
        match (self, change) {
            (_, StateChange::Clear) => Ok(false),
            (Self::Value(value), StateChange::Update(bytes)) => {
                value.clear();
                value.extend_from_slice(bytes);
                Ok(true)
            }
            (Self::List(elements), StateChange::Update(bytes)) => {
                *elements = parts(bytes)?;
                Ok(!elements.is_empty())
            }
            (Self::Map(entries), StateChange::Update(bytes)) => {
                *entries = pairs(parts(bytes)?)?;
                Ok(!entries.is_empty())
            }
            (Self::List(elements), StateChange::Append(element)) => {
                elements.push(element.to_vec());
                Ok(true)
            }
            (Self::Map(entries), StateChange::PutEntry { key, value }) => {
                entries.insert(key.to_vec(), value.to_vec());
                Ok(true)
            }
            (Self::Map(entries), StateChange::RemoveEntry(key)) => {
                entries.remove(key);
                Ok(!entries.is_empty())
            }
            (_, change) => Err(HostError::new(format_args!("{change:?} does not go with it"))),
        }
    }
}

/// How a state is kept.
#[derive(Clone, Copy)]
enum Shape {
    Value,
    List,
    Map,
}

impl Shape {
    fn of(kind: StateKind) -> Self {
        if kind.is_map() {
            Self::Map
        } else if kind.is_list() {
            Self::List
        } else {
            Self::Value
        }
    }

    fn empty(self) -> Stored {
        match self {
            Self::Value => Stored::Value(Vec::new()),
            Self::List => Stored::List(Vec::new()),
            Self::Map => Stored::Map(BTreeMap::new()),
        }
    }
}

/// Whether what is stored can be read as what is declared now.
fn require_same(stored: &StateDeclaration, declared: &StateDeclaration) -> Result<(), HostError> {
    let name = &stored.name;
    if stored.kind != declared.kind {
        return Err(HostError::new(format_args!(
            "the stored state '{name}' is of another kind: expected {:?}, found {:?}",
            declared.kind, stored.kind
        )));
    }
    let difference = |stored: &DataType, declared: &DataType| match stored.difference(declared) {
        None => Ok(()),
        Some(difference) => Err(HostError::new(format_args!(
            "the stored state '{name}' has another type: {difference}"
        ))),
    };
    difference(&stored.data_type, &declared.data_type)?;
    match (&stored.key_type, &declared.key_type) {
        (Some(stored), Some(declared)) => difference(stored, declared),
        _ => Ok(()),
    }
}

fn misused(declaration: &StateDeclaration, how: &str, access: impl std::fmt::Debug) -> HostError {
    HostError::new(format_args!(
        "state '{}' is a {:?} and cannot be {how} {access:?}",
        declaration.name, declaration.kind
    ))
}

/// Appends a length and bytes.
fn put(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as i32).to_le_bytes());
    out.extend_from_slice(part);
}

/// Takes lengths and bytes apart.
fn parts(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>, HostError> {
    let cut = || HostError::new("the list of elements or entries is cut short");
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
        let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| cut())?;
        let (part, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        parts.push(part.to_vec());
        bytes = rest;
    }
    Ok(parts)
}

fn pairs(parts: Vec<Vec<u8>>) -> Result<BTreeMap<Vec<u8>, Vec<u8>>, HostError> {
    let mut entries = BTreeMap::new();
    let mut parts = parts.into_iter();
    while let Some(key) = parts.next() {
        let value = parts.next().ok_or_else(|| HostError::new("an entry has no value"))?;
        entries.insert(key, value);
    }
    Ok(entries)
}
