//! Two streams side by side, of which one function works on both.

use std::fmt;

use crate::function::{
    CoFlatMapFunction, CoMapFunction, CoProcessFunction, KeyedCoProcessFunction,
};
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, KeyedStream, Make, Reads, Stream};
use crate::types::{Data, Key};

/// Two streams side by side; made by [`Stream::connect`].
pub struct ConnectedStreams<A, B, E = ()> {
    first: Stream<A, E>,
    second: Stream<B, E>,
}

impl<T: Data, E: Executable> Stream<T, E> {
    /// Puts a second stream beside this one, for a function that works on both.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline, function::CoMapFunction};
    /// #[derive(Default)]
    /// struct ToText;
    ///
    /// impl CoMapFunction for ToText {
    ///     type In1 = i64;
    ///     type In2 = &'static str;
    ///     type Out = String;
    ///
    ///     fn map1(&mut self, number: i64) -> Result<String> {
    ///         Ok(number.to_string())
    ///     }
    ///
    ///     fn map2(&mut self, text: &str) -> Result<String> {
    ///         Ok(text.to_owned())
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.sequence(1, 3).connect(&p.from_values(["four"])).map(ToText::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn connect<B: Data>(&self, second: &Stream<B, E>) -> ConnectedStreams<T, B, E> {
        ConnectedStreams { first: self.clone(), second: second.clone() }
    }
}

impl<A: Data, B: Data, E: Executable> ConnectedStreams<A, B, E> {
    /// Turns each record of either stream into one other.
    pub fn map<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoMapFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("map", Runnable::co_map(Make::new(make))))
    }

    /// Turns each record of either stream into any number of others.
    pub fn flat_map<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoFlatMapFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("flat_map", Runnable::co_flat_map(Make::new(make))))
    }

    /// Works on the records of both streams.
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoProcessFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("process", Runnable::co_process(Make::new(make))))
    }

    fn then<O>(&self, node: DraftNode<E>) -> Stream<O, E> {
        Stream::new(self.first.port.then_with(&[&self.second.port], node))
    }
}

/// Two streams with the same keys side by side; made by [`KeyedStream::connect`].
pub struct ConnectedKeyedStreams<K, A, B, E = ()> {
    first: KeyedStream<K, A, E>,
    second: KeyedStream<K, B, E>,
}

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Puts a second stream with the same keys beside this one, for a function that works on both, with
    /// state and timers of the key.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline, state::ValueState};
    /// # use brookite_core::function::{Collector, Context, KeyedCoProcessFunction, OpenContext};
    /// /// Lets the values of a key pass once the second stream has named the key.
    /// #[derive(Default)]
    /// struct Gate {
    ///     open: ValueState<bool>,
    /// }
    ///
    /// impl KeyedCoProcessFunction for Gate {
    ///     type Key = i64;
    ///     type In1 = (i64, &'static str);
    ///     type In2 = i64;
    ///     type Out = &'static str;
    ///
    ///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
    ///         self.open = ctx.value_state("open")?;
    ///         Ok(())
    ///     }
    ///
    ///     fn process_element1(
    ///         &mut self,
    ///         (_, value): (i64, &str),
    ///         _ctx: &Context<'_, i64>,
    ///         out: &mut Collector<'_, &'static str>,
    ///     ) -> Result<()> {
    ///         if self.open.value()? == Some(true) {
    ///             out.collect(value);
    ///         }
    ///         Ok(())
    ///     }
    ///
    ///     fn process_element2(
    ///         &mut self,
    ///         _key: i64,
    ///         _ctx: &Context<'_, i64>,
    ///         _out: &mut Collector<'_, &'static str>,
    ///     ) -> Result<()> {
    ///         self.open.update(true)
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let values = p.from_values([(1_i64, "one"), (2, "two")]).key_by_field::<i64>("f0");
    /// let open = p.sequence(1, 1).key_by_value();
    /// values.connect(&open).process(Gate::default).uid("gate").print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn connect<B: Data>(
        &self,
        second: &KeyedStream<K, B, E>,
    ) -> ConnectedKeyedStreams<K, T, B, E> {
        ConnectedKeyedStreams { first: self.clone(), second: second.clone() }
    }
}

impl<K: Key, A: Data, B: Data, E: Executable> ConnectedKeyedStreams<K, A, B, E> {
    /// Works on the records of both streams, with state and timers of their key.
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: KeyedCoProcessFunction,
        F::Key: Reads<K>,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        let runnable = Runnable::keyed_co_process(Make::new(make));
        self.then(DraftNode::function::<F::Out>("process", runnable))
    }

    /// Turns each record of either stream into one other, with state of the key if the function has some.
    pub fn map<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoMapFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("map", Runnable::co_map(Make::new(make))))
    }

    /// Turns each record of either stream into any number of others, with state of the key if the function
    /// has some.
    pub fn flat_map<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: CoFlatMapFunction,
        F::In1: Reads<A>,
        F::In2: Reads<B>,
    {
        self.then(DraftNode::function::<F::Out>("flat_map", Runnable::co_flat_map(Make::new(make))))
    }

    pub(crate) fn then<O>(&self, node: DraftNode<E>) -> Stream<O, E> {
        Stream::new(self.first.port.then_with(&[&self.second.port], node))
    }
}

impl<K, A, B, E> Clone for ConnectedKeyedStreams<K, A, B, E> {
    fn clone(&self) -> Self {
        Self { first: self.first.clone(), second: self.second.clone() }
    }
}

impl<A, B, E> fmt::Debug for ConnectedStreams<A, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConnectedStreams").field(&self.first).field(&self.second).finish()
    }
}

impl<K, A, B, E> fmt::Debug for ConnectedKeyedStreams<K, A, B, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ConnectedKeyedStreams").field(&self.first).field(&self.second).finish()
    }
}
