//! [`KeyedStream`]: records with keys.

use std::fmt;
use std::marker::PhantomData;

use crate::function::{
    Collector, FilterFunction, FlatMapFunction, KeyedProcessFunction, MapFunction, ReduceFunction,
};
use crate::pipeline::closure::Closure;
use crate::pipeline::draft::{DraftNode, Port};
use crate::pipeline::options::node_options;
use crate::pipeline::rolling::Rolling;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::windows::WindowsDraft;
use crate::pipeline::{Executable, Make, Reads, Returns, Stream, WindowedStream};
use crate::types::{Data, Key, Owned, View};
use crate::windowing::Windows;

/// Records of type `T` with keys of type `K`: all of one key go to one parallel instance, in their
/// order, and functions have state and timers for each key.
pub struct KeyedStream<K, T, E = ()> {
    pub(crate) port: Port<E>,
    records: PhantomData<fn() -> (K, T)>,
}

impl<K, T, E> KeyedStream<K, T, E> {
    pub(crate) fn new(port: Port<E>) -> Self {
        Self { port, records: PhantomData }
    }

    node_options!();
}

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Works on each record by a function with state and timers of the record's key.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline, state::ValueState};
    /// # use brookite_core::function::{Collector, Context, KeyedProcessFunction, OpenContext};
    /// #[derive(Default)]
    /// struct Count {
    ///     count: ValueState<i64>,
    /// }
    ///
    /// impl KeyedProcessFunction for Count {
    ///     type Key = &'static str;
    ///     type In = &'static str;
    ///     type Out = (&'static str, i64);
    ///
    ///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
    ///         self.count = ctx.value_state("count")?;
    ///         Ok(())
    ///     }
    ///
    ///     fn process_element(
    ///         &mut self,
    ///         word: &str,
    ///         _ctx: &Context<'_, Self::Key>,
    ///         out: &mut Collector<'_, Self::Out>,
    ///     ) -> Result<()> {
    ///         let count = self.count.value()?.unwrap_or(0) + 1;
    ///         self.count.update(count)?;
    ///         out.collect((word, count));
    ///         Ok(())
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to", "be"]).key_by_value().process(Count::default).uid("count").print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: KeyedProcessFunction,
        F::Key: Reads<K>,
        F::In: Reads<T>,
    {
        let runnable = Runnable::keyed_process(Make::new(make));
        self.then(DraftNode::function::<F::Out>("process", runnable))
    }

    /// Reduces the records of each key, and emits what they come to with every record. Its state is
    /// named "reduced".
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let sums = p.sequence(1, 100).key_by(|number| number % 10).reduce(|sum, number| sum + number);
    /// sums.uid("sums").print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reduce<R, C>(&self, closure: C) -> Stream<T, E>
    where
        T: Owned + Clone,
        R: Returns<Value = T> + 'static,
        C: Fn(T, T) -> R + Clone + Send + Sync + 'static,
    {
        self.reduce_with(move || Closure::<T, R, C>::new(closure.clone()))
    }

    /// Reduces the records of each key by a function with a type; see [`reduce`](Self::reduce).
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// # use brookite_core::{Result, function::ReduceFunction};
    /// #[derive(Default)]
    /// struct Highest;
    ///
    /// impl ReduceFunction for Highest {
    ///     type T = i64;
    ///
    ///     fn reduce(&self, one: i64, other: i64) -> Result<i64> {
    ///         Ok(one.max(other))
    ///     }
    /// }
    ///
    /// p.sequence(1, 100).key_by(|number| number % 10).reduce_with(Highest::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn reduce_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<T, E>
    where
        T: Owned + Clone,
        F: ReduceFunction<T = T>,
    {
        let make = Make::new(move || Rolling::<K, T, F>::new(make()));
        self.then(DraftNode::function::<T>("reduce", Runnable::keyed_process(make)))
    }

    /// Turns each record into one other, by a closure of the record; see [`Stream::map`].
    pub fn map<R, C>(&self, closure: C) -> Stream<R::Value, E>
    where
        R: Returns + 'static,
        C: for<'a> Fn(View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        self.records().map(closure)
    }

    /// Turns each record into any number of others, by a closure; see [`Stream::flat_map`].
    pub fn flat_map<O, R, C>(&self, closure: C) -> Stream<O, E>
    where
        O: Data,
        R: Returns<Value = ()> + 'static,
        C: for<'a, 'o, 'c> Fn(View<'a, T>, &'o mut Collector<'c, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.records().flat_map(closure)
    }

    /// Keeps the records for which a closure says so; see [`Stream::filter`].
    pub fn filter<R, C>(&self, closure: C) -> Stream<T, E>
    where
        R: Returns<Value = bool> + 'static,
        C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        self.records().filter(closure)
    }

    /// Turns each record into one other, by a function that may have state of the key.
    pub fn map_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: MapFunction,
        F::In: Reads<T>,
    {
        let runnable = Runnable::map(Make::new(make)).key::<K>();
        self.then(DraftNode::function::<F::Out>("map", runnable))
    }

    /// Turns each record into any number of others, by a function that may have state of the key.
    pub fn flat_map_with<F>(
        &self,
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Stream<F::Out, E>
    where
        F: FlatMapFunction,
        F::In: Reads<T>,
    {
        let runnable = Runnable::flat_map(Make::new(make)).key::<K>();
        self.then(DraftNode::function::<F::Out>("flat_map", runnable))
    }

    /// Keeps the records for which a function says so, which may have state of the key.
    pub fn filter_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<T, E>
    where
        F: FilterFunction,
        F::In: Reads<T>,
    {
        let runnable = Runnable::filter(Make::new(make)).key::<K>();
        self.then(DraftNode::function::<T>("filter", runnable))
    }

    /// Gathers the records of each key in windows.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use brookite_core::{Error, pipeline::Pipeline, windowing::Tumbling};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values([(0_i64, 3), (1_000, 4)])
    ///     .assign_timestamps(|(time, _)| *time, WatermarkStrategy::monotonous())
    ///     .key_by(|(_, number)| number % 2)
    ///     .window(Tumbling::of(Duration::from_secs(10)))
    ///     .reduce(|one, other| (one.0, one.1 + other.1))
    ///     .print();
    /// # use brookite_core::pipeline::WatermarkStrategy;
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn window(&self, windows: impl Windows) -> WindowedStream<K, T, E> {
        WindowedStream::new(self.clone(), windows)
    }

    /// Gathers each `size` records of a key in a window, which tells its result when it has them.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let keyed = p.sequence(1, 100).key_by(|number| number % 10);
    /// keyed.count_window(5).reduce(|one, other| one + other).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn count_window(&self, size: u32) -> WindowedStream<K, T, E> {
        WindowedStream::counted(self.clone(), WindowsDraft::of_count(size))
    }

    /// Tells a result of a key's last `size` records after every `slide` of them.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let keyed = p.sequence(1, 100).key_by(|number| number % 10);
    /// keyed.sliding_count_window(5, 2).reduce(|one, other| one.max(other)).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use]
    pub fn sliding_count_window(&self, size: u32, slide: u32) -> WindowedStream<K, T, E> {
        WindowedStream::counted(self.clone(), WindowsDraft::of_last(size, slide))
    }

    /// The same records as a stream without keys, for verbs that need none. They stay where their keys
    /// are.
    pub fn records(&self) -> Stream<T, E> {
        Stream::new(self.port.clone())
    }

    fn then<O>(&self, node: DraftNode<E>) -> Stream<O, E> {
        Stream::new(self.port.then(node))
    }
}

impl<K, T, E> Clone for KeyedStream<K, T, E> {
    fn clone(&self) -> Self {
        Self::new(self.port.clone())
    }
}

impl<K, T, E> fmt::Debug for KeyedStream<K, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, record) = (std::any::type_name::<K>(), std::any::type_name::<T>());
        write!(f, "KeyedStream<{key}, {record}>")
    }
}
