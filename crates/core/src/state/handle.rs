//! What the handles of all kinds of keyed state have in common.

use std::rc::Rc;

use crate::coder::EncodeError;
use crate::error::Result;
use crate::state::{KeyScope, StateChange, StateError, StateId, StateQuery};

/// How a handle gets at its state.
pub(crate) enum Handle<C, S> {
    /// Not at all yet.
    Unopened,
    /// Through the cache.
    Cached(Access, Rc<C>),
    /// Around the cache, since what is stored expires.
    Direct(Access, S),
}

/// A state of the key at hand.
#[derive(Clone)]
pub(crate) struct Access {
    pub(crate) id: StateId,
    pub(crate) scope: Rc<KeyScope>,
}

impl Access {
    /// The slot of the key at hand.
    #[inline]
    pub(crate) fn slot(&self, name: &str) -> Result<usize, StateError> {
        self.scope.slot().ok_or_else(|| no_key(name))
    }

    /// Asks the backend, around the cache or because the cache does not know. `None` when there is
    /// nothing.
    pub(crate) fn read(&self, name: &str, query: StateQuery<'_>) -> Result<Option<Vec<u8>>> {
        let mut out = Vec::new();
        Ok(self.read_into(name, query, &mut out)?.then_some(out))
    }

    /// The same into `out`, in place of what is there; says whether there is something.
    pub(crate) fn read_into(
        &self,
        name: &str,
        query: StateQuery<'_>,
        out: &mut Vec<u8>,
    ) -> Result<bool> {
        self.slot(name)?;
        out.clear();
        self.scope.read(self.id, query, out)
    }

    /// Changes what the backend has, at once.
    pub(crate) fn write(&self, name: &str, change: StateChange<'_>) -> Result<()> {
        self.slot(name)?;
        self.scope.write(self.id, change)
    }
}

#[cold]
fn no_key(name: &str) -> StateError {
    StateError::NoKey { name: name.to_owned() }
}

/// The error of a closure that uses the state that it looks at.
#[cold]
pub(crate) fn in_use(name: &str) -> StateError {
    StateError::InUse { name: name.to_owned() }
}

/// The bytes that `write` writes.
pub(crate) fn bytes(
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>,
) -> Result<Vec<u8>, EncodeError> {
    let mut out = Vec::new();
    write(&mut out)?;
    Ok(out)
}

/// What a handle says of itself to a debugger.
impl<C, S> std::fmt::Debug for Handle<C, S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unopened => f.write_str("unopened"),
            Self::Cached(access, _) | Self::Direct(access, _) => access.id.fmt(f),
        }
    }
}
