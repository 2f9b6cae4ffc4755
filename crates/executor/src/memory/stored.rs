//! What a state holds, and for how long.

use std::collections::BTreeMap;

use brookite_core::proto::StoredItem;
use brookite_core::state::{StateChange, StateKind, StateQuery, Ttl, TtlUpdate, TtlVisibility};

use crate::host::HostError;

/// What a state holds for one key and namespace, or without key.
#[derive(Clone, Debug)]
pub(super) enum Stored {
    Value(Item),
    List(Vec<Item>),
    Map(BTreeMap<Vec<u8>, Item>),
}

/// A value, an element or an entry's value, and when it was last touched.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    bytes: Vec<u8>,
    touched: i64,
}

/// The rules by which items live, and what the time is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Life<'t> {
    pub(super) ttl: Option<&'t Ttl>,
    pub(super) now: i64,
}

/// What becomes of an item that is read.
#[derive(Clone, Copy)]
struct Fate {
    shown: bool,
    kept: bool,
}

impl Life<'_> {
    fn item(self, bytes: &[u8]) -> Item {
        Item { bytes: bytes.to_vec(), touched: self.now }
    }

    fn is_over(self, item: &Item) -> bool {
        self.ttl.is_some_and(|ttl| item.touched.saturating_add(ttl.duration_ms) <= self.now)
    }

    /// Whether what has expired is shown as long as it is there.
    fn shows_expired(self) -> bool {
        self.ttl.is_some_and(|ttl| ttl.visibility == TtlVisibility::ReturnExpiredIfNotCleanedUp)
    }

    fn touches_on_read(self) -> bool {
        self.ttl.is_some_and(|ttl| ttl.update == TtlUpdate::OnReadAndWrite)
    }

    /// As Flink does with a value or an entry: what has expired is removed by whoever finds it.
    fn read(self, item: &mut Item) -> Fate {
        if self.is_over(item) {
            return Fate { shown: self.shows_expired(), kept: false };
        }
        if self.touches_on_read() {
            item.touched = self.now;
        }
        Fate { shown: true, kept: true }
    }
}

impl Stored {
    /// Nothing, in the form of a state of that kind.
    pub(super) fn empty(kind: StateKind) -> Self {
        if kind.is_map() {
            Self::Map(BTreeMap::new())
        } else if kind.is_list() {
            Self::List(Vec::new())
        } else {
            Self::Value(Item::default())
        }
    }

    pub(super) fn to_proto(&self) -> Vec<StoredItem> {
        let stored = |key: &[u8], item: &Item| StoredItem {
            key: key.to_vec(),
            value: item.bytes.clone(),
            touched_ms: item.touched,
        };
        match self {
            Self::Value(item) => vec![stored(&[], item)],
            Self::List(items) => items.iter().map(|item| stored(&[], item)).collect(),
            Self::Map(entries) => entries.iter().map(|(key, item)| stored(key, item)).collect(),
        }
    }

    pub(super) fn from_proto(kind: StateKind, items: &[StoredItem]) -> Self {
        let item = |item: &StoredItem| Item { bytes: item.value.clone(), touched: item.touched_ms };
        match Self::empty(kind) {
            Self::Value(empty) => Self::Value(items.first().map_or(empty, item)),
            Self::List(_) => Self::List(items.iter().map(item).collect()),
            Self::Map(_) => {
                Self::Map(items.iter().map(|entry| (entry.key.clone(), item(entry))).collect())
            }
        }
    }

    /// Appends the answer to a query that goes with this; `false` when there is none. The second says
    /// whether anything is left.
    pub(super) fn read(
        &mut self,
        query: StateQuery<'_>,
        life: Life<'_>,
        out: &mut Vec<u8>,
    ) -> (bool, bool) {
        match (self, query) {
            (Self::Value(item), _) => {
                let Fate { shown, kept } = life.read(item);
                if shown {
                    out.extend_from_slice(&item.bytes);
                }
                (shown, kept)
            }
            (Self::List(items), _) => read_list(items, life, out),
            (Self::Map(entries), StateQuery::Entry(key)) => {
                let Some(item) = entries.get_mut(key) else { return (false, true) };
                let Fate { shown, kept } = life.read(item);
                if shown {
                    out.extend_from_slice(&item.bytes);
                }
                if !kept {
                    entries.remove(key);
                }
                (shown, !entries.is_empty())
            }
            (Self::Map(entries), _) => {
                let start = out.len();
                entries.retain(|key, item| {
                    let Fate { shown, kept } = life.read(item);
                    if shown {
                        put(out, key);
                        put(out, &item.bytes);
                    }
                    kept
                });
                (out.len() > start, !entries.is_empty())
            }
        }
    }

    /// Carries out a change that goes with this; `false` when nothing is left.
    pub(super) fn change(
        &mut self,
        change: StateChange<'_>,
        life: Life<'_>,
    ) -> Result<bool, HostError> {
        match (self, change) {
            (_, StateChange::Clear) => Ok(false),
            (Self::Value(item), StateChange::Update(bytes)) => {
                *item = life.item(bytes);
                Ok(true)
            }
            (Self::List(items), StateChange::Update(bytes)) => {
                *items = parts(bytes)?.into_iter().map(|part| life.item(part)).collect();
                Ok(!items.is_empty())
            }
            (Self::Map(entries), StateChange::Update(bytes)) => {
                let parts = parts(bytes)?;
                let (pairs, []) = parts.as_chunks::<2>() else {
                    return Err(HostError::new("the last entry of the map has no value"));
                };
                let entry = |[key, value]: &[&[u8]; 2]| (key.to_vec(), life.item(value));
                *entries = pairs.iter().map(entry).collect();
                Ok(!entries.is_empty())
            }
            (Self::List(items), StateChange::Append(element)) => {
                items.push(life.item(element));
                Ok(true)
            }
            (Self::Map(entries), StateChange::PutEntry { key, value }) => {
                entries.insert(key.to_vec(), life.item(value));
                Ok(true)
            }
            (Self::Map(entries), StateChange::RemoveEntry(key)) => {
                entries.remove(key);
                Ok(!entries.is_empty())
            }
            (_, change) => Err(HostError::new(format_args!("it cannot take {change:?}"))),
        }
    }
}

/// As Flink reads a list: elements that have expired stay until all have, or until the others are
/// touched.
fn read_list(items: &mut Vec<Item>, life: Life<'_>, out: &mut Vec<u8>) -> (bool, bool) {
    let mut shown = false;
    for item in items.iter().filter(|item| life.shows_expired() || !life.is_over(item)) {
        put(out, &item.bytes);
        shown = true;
    }
    if items.iter().all(|item| life.is_over(item)) {
        return (shown, false);
    }
    if life.touches_on_read() {
        items.retain(|item| !life.is_over(item));
        items.iter_mut().for_each(|item| item.touched = life.now);
    }
    (shown, true)
}

/// Appends a length and bytes.
fn put(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as i32).to_le_bytes());
    out.extend_from_slice(part);
}

/// Takes lengths and bytes apart.
fn parts(mut bytes: &[u8]) -> Result<Vec<&[u8]>, HostError> {
    let cut = || HostError::new("the list of elements or entries is cut short");
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk().ok_or_else(cut)?;
        let length = usize::try_from(i32::from_le_bytes(*length)).map_err(|_| cut())?;
        let (part, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        parts.push(part);
        bytes = rest;
    }
    Ok(parts)
}

#[cfg(test)]
mod tests;
