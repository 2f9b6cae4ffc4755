//! The keys of a keyed function: how they are read, and the context that knows the one at hand.

use brookite_core::coder::{Arena, Coder};
use brookite_core::function::{Context, KeyReader};
use brookite_core::types::Key;

use crate::failure::Cause;
use crate::node::Place;
use crate::runtime::Runtime;

pub(crate) struct Keys<K: Key> {
    coder: Box<dyn Coder<K>>,
    arena: Arena,
}

impl<K: Key> Keys<K> {
    /// `None` when the stage has no keys, or they have no such encoding.
    pub(crate) fn new(place: Place<'_>) -> Option<Self> {
        Some(Self { coder: K::coder(place.edges.key?)?, arena: Arena::default() })
    }

    /// The context of the call at hand, in which the function sees this timestamp.
    #[inline]
    pub(crate) fn context<'c>(
        &'c mut self,
        rt: &Runtime<'c>,
        timestamp: Option<i64>,
    ) -> Result<Context<'c, K>, Cause> {
        self.arena.reset();
        let key = KeyReader::new(rt.key, &self.arena, &*self.coder);
        // A key that the cache knows was read once before: it is read again only if asked for.
        if !rt.key_is_known
            && let Err(error) = key.read()
        {
            return Err(Cause::Key(error));
        }
        Ok(Context::new(key, timestamp, rt.effects))
    }
}
