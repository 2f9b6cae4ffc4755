//! What functions of a stream and a broadcast stream learn during a call.

use std::fmt;
use std::hash::Hash;
use std::ops::Deref;

use crate::function::{Context, PlainContext};
use crate::state::{BroadcastHandle, BroadcastState, ReadOnlyBroadcastState};
use crate::types::Owned;

/// The context of a record of the broadcast stream, which every subtask gets: broadcast state can be
/// changed here. There is no key.
///
/// It is a [`PlainContext`] with that: timestamps, clocks and side outputs are that one's methods.
pub struct BroadcastContext<'a>(PlainContext<'a>);

impl<'a> BroadcastContext<'a> {
    /// The context of a call.
    pub fn new(plain: PlainContext<'a>) -> Self {
        Self(plain)
    }

    /// The state behind a handle, to be looked at and changed. What is done to it must depend on the
    /// record alone, so that all subtasks do the same.
    pub fn broadcast_state<'s, K, V>(
        &self,
        handle: &'s BroadcastHandle<K, V>,
    ) -> BroadcastState<'s, K, V>
    where
        K: Owned + Hash + Eq + Clone,
        V: Owned,
    {
        handle.read_write()
    }
}

impl<'a> Deref for BroadcastContext<'a> {
    type Target = PlainContext<'a>;

    fn deref(&self) -> &PlainContext<'a> {
        &self.0
    }
}

impl fmt::Debug for BroadcastContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BroadcastContext").field(&self.0).finish()
    }
}

/// The context of a record or timer that only one subtask sees: broadcast state can be looked at here.
///
/// It is a [`PlainContext`], or with keys a [`Context`], with that; the methods of these are its own.
pub struct ReadOnlyContext<C>(C);

impl<C> ReadOnlyContext<C> {
    /// The context of a call.
    #[inline]
    pub fn new(context: C) -> Self {
        Self(context)
    }

    /// The state behind a handle, to be looked at.
    #[inline]
    pub fn broadcast_state<'s, K, V>(
        &self,
        handle: &'s BroadcastHandle<K, V>,
    ) -> ReadOnlyBroadcastState<'s, K, V>
    where
        K: Owned + Hash + Eq + Clone,
        V: Owned,
    {
        handle.read_only()
    }
}

impl<C> Deref for ReadOnlyContext<C> {
    type Target = C;

    #[inline]
    fn deref(&self) -> &C {
        &self.0
    }
}

impl<C: fmt::Debug> fmt::Debug for ReadOnlyContext<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReadOnlyContext").field(&self.0).finish()
    }
}

/// [`ReadOnlyContext`] of a stream without keys.
pub type ReadOnlyPlainContext<'a> = ReadOnlyContext<PlainContext<'a>>;

/// [`ReadOnlyContext`] of a keyed stream.
pub type ReadOnlyKeyedContext<'a, K> = ReadOnlyContext<Context<'a, K>>;
