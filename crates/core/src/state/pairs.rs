//! The keys and values of maps, as the store has them.

use std::hash::Hash;

use foldhash::fast::FixedState;

use crate::coder::{Arena, EncodeError, Input};
use crate::error::Result;
use crate::state::StateQuery;
use crate::state::handle::Access;
use crate::state::stored::{Stored, next};
use crate::types::Owned;

/// A map whose entries have the same order whenever it is filled in the same way.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, FixedState>;

/// Writes and reads the entries of one state.
pub(crate) struct Pairs<K, V> {
    values: Stored<V>,
    holds: std::marker::PhantomData<fn(K)>,
}

impl<K: Owned + Hash + Eq, V: Owned> Pairs<K, V> {
    pub(crate) fn new(values: Stored<V>) -> Self {
        Self { values, holds: std::marker::PhantomData }
    }

    pub(crate) fn name(&self) -> &str {
        self.values.name()
    }

    /// Appends the bytes of a key. A key has no number of its type: the store compares bytes.
    pub(crate) fn encode_key(&self, key: &K, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        K::encode(key, out).map_err(|error| error.inside("{key}").inside(self.name()))
    }

    /// Appends the bytes of a value.
    pub(crate) fn encode_value(&self, value: &V, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.values.encode(value, out)
    }

    /// The value that the backend has for a key.
    pub(crate) fn entry(&self, access: &Access, key: &K) -> Result<Option<V>> {
        let mut bytes = Vec::new();
        self.encode_key(key, &mut bytes)?;
        let found = access.read(self.name(), StateQuery::Entry(&bytes))?;
        found.map(|bytes| self.values.decode(&bytes)).transpose()
    }

    /// All entries that the backend has.
    pub(crate) fn entries(&self, access: &Access) -> Result<Vec<(K, V)>> {
        let bytes = access.read(self.name(), StateQuery::Entries)?.unwrap_or_default();
        self.read_all(&bytes)
    }

    /// The entries that the answer to [`StateQuery::Entries`] holds.
    pub(crate) fn read_all(&self, mut bytes: &[u8]) -> Result<Vec<(K, V)>> {
        let mut entries = Vec::new();
        while !bytes.is_empty() {
            let mut cut = || next(&mut bytes).map_err(|error| self.values.malformed(error));
            let (key, value) = (cut()?, cut()?);
            entries.push((self.decode_key(key)?, self.values.decode(value)?));
        }
        Ok(entries)
    }

    fn decode_key(&self, bytes: &[u8]) -> Result<K> {
        let arena = Arena::default();
        let mut input = Input::new(bytes, &arena);
        let key = K::decode(&mut input).and_then(|key| input.finish().map(|()| key));
        key.map_err(|error| self.values.malformed(error.inside("{key}")))
    }
}
