//! [`BroadcastStream`]: a stream of which every parallel instance gets all records.

use std::fmt;
use std::hash::Hash;

use crate::error::Result;
use crate::function::{BroadcastProcessFunction, Collector, KeyedBroadcastProcessFunction};
use crate::pipeline::broadcast_closure::WithBroadcastState;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::partition::partition;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, KeyedStream, Make, Reads, Stream};
use crate::proto::partition_node::Kind;
use crate::state::{BroadcastState, ReadOnlyBroadcastState};
use crate::types::{Data, Key, Owned, View};

/// A stream of which every parallel instance of what reads it gets all records, such as rules; made by
/// [`Stream::broadcast`].
pub struct BroadcastStream<T, E = ()> {
    records: Stream<T, E>,
}

impl<T: Data, E: Executable> Stream<T, E> {
    /// Sends every record to every parallel instance of what reads the stream. Connected to another
    /// stream, it tells that one's function what to keep in broadcast state.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline, state::BroadcastHandle};
    /// # use brookite_core::function::{
    /// #     BroadcastContext, BroadcastProcessFunction, Collector, OpenContext, ReadOnlyPlainContext,
    /// # };
    /// /// Lets words pass that were not forbidden.
    /// #[derive(Default)]
    /// struct Censor {
    ///     forbidden: BroadcastHandle<String, bool>,
    /// }
    ///
    /// impl BroadcastProcessFunction for Censor {
    ///     type In = &'static str;
    ///     type Broadcast = &'static str;
    ///     type Out = &'static str;
    ///
    ///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
    ///         self.forbidden = ctx.broadcast_state("forbidden")?;
    ///         Ok(())
    ///     }
    ///
    ///     fn process_element(
    ///         &mut self,
    ///         word: &str,
    ///         ctx: &ReadOnlyPlainContext<'_>,
    ///         out: &mut Collector<'_, &'static str>,
    ///     ) -> Result<()> {
    ///         if !ctx.broadcast_state(&self.forbidden).contains(word)? {
    ///             out.collect(word);
    ///         }
    ///         Ok(())
    ///     }
    ///
    ///     fn process_broadcast_element(
    ///         &mut self,
    ///         word: &str,
    ///         ctx: &BroadcastContext<'_>,
    ///         _out: &mut Collector<'_, &'static str>,
    ///     ) -> Result<()> {
    ///         ctx.broadcast_state(&self.forbidden).put(word.to_owned(), true)
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let forbidden = p.from_values(["be"]).broadcast();
    /// p.from_values(["to", "be"]).connect_broadcast(&forbidden).process(Censor::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn broadcast(&self) -> BroadcastStream<T, E> {
        BroadcastStream { records: self.then(partition::<T, E>("broadcast", Kind::Broadcast)) }
    }

    /// Puts a broadcast stream beside this one; see [`broadcast`](Self::broadcast).
    #[must_use]
    pub fn connect_broadcast<B: Data>(
        &self,
        broadcast: &BroadcastStream<B, E>,
    ) -> BroadcastConnected<Stream<T, E>, B, E> {
        BroadcastConnected { stream: self.clone(), broadcast: broadcast.records.clone() }
    }
}

impl<T: Data, E: Executable> BroadcastStream<T, E> {
    /// The records, of which every parallel instance of what reads them gets all.
    #[must_use]
    pub fn records(&self) -> Stream<T, E> {
        self.records.clone()
    }
}

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Puts a broadcast stream beside this one, for a function with state and timers of the key; see
    /// [`Stream::broadcast`].
    #[must_use]
    pub fn connect_broadcast<B: Data>(
        &self,
        broadcast: &BroadcastStream<B, E>,
    ) -> BroadcastConnected<Self, B, E> {
        BroadcastConnected { stream: self.clone(), broadcast: broadcast.records.clone() }
    }
}

/// A stream, with or without keys, and a broadcast stream.
pub struct BroadcastConnected<S, B, E = ()> {
    stream: S,
    broadcast: Stream<B, E>,
}

impl<T: Data, B: Data, E: Executable> BroadcastConnected<Stream<T, E>, B, E> {
    /// Works on the records of the stream with what the broadcast stream has told.
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: BroadcastProcessFunction,
        F::In: Reads<T>,
        F::Broadcast: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>(
            "process",
            Runnable::broadcast_process(Make::new(make)),
        ))
    }

    /// Turns each record of the stream into any number of others, by a closure that looks at broadcast state; a
    /// second closure puts there what the broadcast stream tells.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline, function::Collector};
    /// # use brookite_core::state::ReadOnlyBroadcastState;
    /// /// What something costs by its name.
    /// type Prices<'a> = ReadOnlyBroadcastState<'a, String, i64>;
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let prices = p.from_values([("tea", 250_i64), ("scone", 180)]).broadcast();
    /// p.from_values([("ann", "tea"), ("bob", "scone")])
    ///     .connect_broadcast(&prices)
    ///     .flat_map_with_broadcast_state(
    ///         |(who, what), prices: &Prices<'_>, out: &mut Collector<'_, (&'static str, i64)>| {
    ///             if let Some(cents) = prices.get(what)? {
    ///                 out.collect((who, cents));
    ///             }
    ///             Ok(())
    ///         },
    ///         |(what, cents), prices| prices.put(what.to_owned(), cents),
    ///     )
    ///     .uid("bills")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// A record sees what the broadcast stream has told so far: in a streaming job that is not known beforehand,
    /// in BATCH mode it is all. The state's name is "state", and it belongs to the uid of the node.
    pub fn flat_map_with_broadcast_state<K, V, O, First, Second>(
        &self,
        first: First,
        second: Second,
    ) -> Stream<O, E>
    where
        K: Key + Owned + Hash + Eq + Clone,
        V: Owned,
        O: Data,
        First: for<'a, 's, 'r, 'o, 'c> Fn(
                View<'a, T>,
                &'r ReadOnlyBroadcastState<'s, K, V>,
                &'o mut Collector<'c, O>,
            ) -> Result<()>
            + Clone
            + Send
            + Sync
            + 'static,
        Second: for<'a, 's, 'r> Fn(View<'a, B>, &'r BroadcastState<'s, K, V>) -> Result<()>
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let make = Make::new(move || {
            WithBroadcastState::<(T, B, O), K, V, First, Second>::new(first.clone(), second.clone())
        });
        self.then(DraftNode::function::<O>("flat_map", Runnable::broadcast_process(make)))
    }

    fn then<O: Data>(&self, node: DraftNode<E>) -> Stream<O, E> {
        Stream::new(self.stream.port.then_with(&[&self.broadcast.port], node))
    }
}

impl<K: Key, T: Data, B: Data, E: Executable> BroadcastConnected<KeyedStream<K, T, E>, B, E> {
    /// Works on the records of the keyed stream, with state and timers of the key and with what the
    /// broadcast stream has told.
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: KeyedBroadcastProcessFunction,
        F::Key: Reads<K>,
        F::In: Reads<T>,
        F::Broadcast: Reads<B>,
    {
        let runnable = Runnable::keyed_broadcast_process(Make::new(make));
        let node = DraftNode::function::<F::Out>("process", runnable);
        Stream::new(self.stream.port.then_with(&[&self.broadcast.port], node))
    }
}

impl<T, E> fmt::Debug for BroadcastStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BroadcastStream").field(&self.records).finish()
    }
}

impl<S: fmt::Debug, B, E> fmt::Debug for BroadcastConnected<S, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BroadcastConnected").field(&self.stream).field(&self.broadcast).finish()
    }
}
