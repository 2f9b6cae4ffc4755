//! [`Stream`]: records of one type, on their way through a pipeline.

mod key_by;
mod side_output;
mod transform;
mod union;

use std::fmt;
use std::marker::PhantomData;

use crate::pipeline::draft::{DraftNode, Port};
use crate::pipeline::options::node_options;

/// Records of one type, on their way through a [`Pipeline`](crate::pipeline::Pipeline).
///
/// A method that is a verb adds a node that reads the stream, and returns the stream of what that node
/// emits. A stream can be read any number of times: each reader gets all records. Methods that say
/// something about the node, such as [`name`](Self::name), return the same stream.
pub struct Stream<T, E = ()> {
    pub(crate) port: Port<E>,
    records: PhantomData<fn() -> T>,
}

impl<T, E> Stream<T, E> {
    pub(crate) fn new(port: Port<E>) -> Self {
        Self { port, records: PhantomData }
    }

    /// The stream of what a new node emits that reads this one.
    pub(crate) fn then<O>(&self, node: DraftNode<E>) -> Stream<O, E> {
        Stream::new(self.port.then(node))
    }

    node_options!();

    /// Keeps at most so many states of keys, which come to at most so many bytes, in front of Flink's
    /// state backend; 0 stands for the default. For functions behind a
    /// [`key_by`](Self::key_by).
    pub fn state_cache(self, entries: u32, bytes: u64) -> Self {
        self.port.set_state_cache(entries, bytes);
        self
    }
}

impl<T, E> Clone for Stream<T, E> {
    fn clone(&self) -> Self {
        Self::new(self.port.clone())
    }
}

impl<T, E> fmt::Debug for Stream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stream<{}>", std::any::type_name::<T>())
    }
}
