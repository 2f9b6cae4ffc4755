//! A key for each record.

use crate::pipeline::closure::Beside;
use crate::pipeline::column::check_column;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, KeyedStream, Make, NodeKind, Returns, Stream, WindowedStream};
use crate::proto::{KeyByNode, key_by_node::By};
use crate::types::{Data, Key, View};
use crate::windowing::Windows;

impl<T: Data, E: Executable> Stream<T, E> {
    /// Gives each record a key that a closure computes of it. Records of one key go to one parallel
    /// instance, and share state, timers and windows.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 100).key_by(|number| number % 10).reduce(|one, other| one + other).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// Where the record has the key in it, [`key_by_field`](Self::key_by_field) and
    /// [`key_by_value`](Self::key_by_value) cost less.
    pub fn key_by<R, C>(&self, closure: C) -> KeyedStream<R::Value, T, E>
    where
        R: Returns + 'static,
        R::Value: Key,
        C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        let make = Make::new(move || Beside::<T, R, C>::new(closure.clone()));
        let Runnable { function, keep } = Runnable::map(make);
        let kind = key_by::<R::Value>(By::Selector(function));
        let node = DraftNode::new("key_by", kind).keep(keep).emits::<(R::Value, T)>();
        KeyedStream::new(self.port.then(node))
    }

    /// Takes a column of the row, or a field of the tuple (`"f0"`), as the key. `K` is its type.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let amounts = p.from_values([("apples".to_owned(), 3), ("pears".to_owned(), 1)]);
    /// amounts
    ///     .key_by_field::<String>("f0")
    ///     .reduce(|one, other| (one.0, one.1 + other.1))
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn key_by_field<K: Key>(&self, field: &str) -> KeyedStream<K, T, E> {
        let kind = key_by::<K>(By::Field(field.to_owned()));
        let name = format!("key_by {field}");
        let port = self.port.then(DraftNode::new(name, kind).emits::<T>());
        port.check(check_column("key field", field, &T::data_type(), &K::data_type()));
        KeyedStream::new(port)
    }

    /// Takes the record itself as the key.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to", "be"]).key_by_value().map(|word| word.len() as i64).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn key_by_value(&self) -> KeyedStream<T, T, E>
    where
        T: Key,
    {
        let node = DraftNode::new("key_by value", key_by::<T>(By::Identity(true))).emits::<T>();
        KeyedStream::new(self.port.then(node))
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn window<W: Windows>(&self, _windows: W) -> WindowedStream<T, T, E>
    where
        Self: HasKeys,
    {
        unreachable!("no such stream has keys")
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn reduce<C>(&self, _closure: C) -> Self
    where
        Self: HasKeys,
    {
        unreachable!("no such stream has keys")
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn map_with_state<C>(&self, _closure: C) -> Self
    where
        Self: HasKeys,
    {
        unreachable!("no such stream has keys")
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn flat_map_with_state<C>(&self, _closure: C) -> Self
    where
        Self: HasKeys,
    {
        unreachable!("no such stream has keys")
    }

    /// Never there: for the compiler to say why.
    #[doc(hidden)]
    pub fn filter_with_state<C>(&self, _closure: C) -> Self
    where
        Self: HasKeys,
    {
        unreachable!("no such stream has keys")
    }
}

/// No stream is keyed that is no `KeyedStream`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this belongs to a key, and the stream has none",
    label = "the stream has no keys here",
    note = "put a `.key_by(..)` before it; for one window of all records, `.key_by(|_| 0)`"
)]
pub trait HasKeys {}

fn key_by<K: Key>(by: By) -> NodeKind {
    NodeKind::KeyBy(KeyByNode { key: Some((&K::data_type()).into()), by: Some(by) })
}
