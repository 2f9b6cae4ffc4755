//! The front end of a chain that is being built from its end.

use std::any::Any;

use brookite_core::Data;
use brookite_core::coder::{Coder, Encoding, WithCoder};

use crate::node::entry::{Entry, Reencode};
use crate::node::{Push, PushBytes};

/// A chain of nodes that takes values of some type.
pub(crate) struct Link {
    /// A `Box<dyn Push<T>>` for the type that the chain takes.
    push: Box<dyn Any>,
    entry: MakeEntry,
}

/// Puts an entry in front of such a chain.
type MakeEntry = fn(Box<dyn Any>, Encoding) -> Option<Box<dyn PushBytes>>;

impl Link {
    pub(crate) fn new<T: Data>(push: Box<dyn Push<T>>) -> Self {
        Self { push: Box::new(push), entry: entry::<T> }
    }

    /// The chain as one that takes values of Rust type `T`. Its stream type must be that of `T`.
    pub(crate) fn into_push<T: Data>(self) -> Option<Box<dyn Push<T>>> {
        match self.push.downcast::<Box<dyn Push<T>>>() {
            Ok(push) => Some(*push),
            Err(push) => {
                let next = (self.entry)(push, Encoding::Serializer)?;
                let coder = T::coder(Encoding::Serializer)?;
                Some(Box::new(Reencode { coder, scratch: Vec::new(), next }))
            }
        }
    }

    /// The chain as one that takes bytes; `None` when its type has no such encoding.
    pub(crate) fn into_entry(self, encoding: Encoding) -> Option<Box<dyn PushBytes>> {
        (self.entry)(self.push, encoding)
    }
}

fn entry<T: Data>(push: Box<dyn Any>, encoding: Encoding) -> Option<Box<dyn PushBytes>> {
    let next = *push.downcast::<Box<dyn Push<T>>>().ok()?;
    enter(encoding, next)
}

/// Puts an entry for values of type `T` in front of a node.
pub(crate) fn enter<T: Data, N: Push<T> + 'static>(
    encoding: Encoding,
    next: N,
) -> Option<Box<dyn PushBytes>> {
    struct Enter<N>(N);

    impl<T: Data, N: Push<T> + 'static> WithCoder<T> for Enter<N> {
        type Output = Box<dyn PushBytes>;

        fn with<C: Coder<T> + 'static>(self, coder: C) -> Self::Output {
            Box::new(Entry::<T, C, N>::new(coder, self.0))
        }
    }

    T::with_coder(encoding, Enter(next))
}
