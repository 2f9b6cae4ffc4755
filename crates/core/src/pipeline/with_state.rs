//! Verbs for closures with keyed state.
//!
//! The state is handed to the closure as `&mut Option<S>`, as Flink's API for Scala hands it in and takes it
//! back: `None` before is no state yet, and `None` after removes it. It is the slot of the cache itself, so that
//! a large state is changed in its place and never copied. A state that is there after the closure counts as
//! changed, since nobody can tell otherwise without a copy: it is written back to Flink once before the next
//! checkpoint, however many records of its key came, or when the cache has no room for it any more.

use crate::function::Collector;
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::shared_state::ShareState;
use crate::pipeline::state_closure::{Collects, Keeps, Maps, Step, WithState};
use crate::pipeline::{ConnectedKeyedStreams, Executable, KeyedStream, Make, Returns, Stream};
use crate::types::{Data, Key, Owned, View};

impl<K: Key, T: Data, E: Executable> KeyedStream<K, T, E> {
    /// Turns each record into one other, by a closure of the record and the state of its key.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let payments = p.from_values([("ann", 5_i64), ("bob", 3), ("ann", 2)]);
    /// payments
    ///     .key_by_field::<&str>("f0")
    ///     .map_with_state(|(name, cents), balance: &mut Option<i64>| {
    ///         let balance = balance.insert(balance.unwrap_or(0) + cents);
    ///         format!("{name} has {balance}") // "ann has 5", "bob has 3", "ann has 7"
    ///     })
    ///     .uid("balance")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// The state is `None` until the closure puts something in, and what is there when it returns is there with
    /// the key's next record; `None` removes it. It is of any type that functions keep in a
    /// [`ValueState`](crate::state::ValueState), such as `i64`, `String`, `Vec<f64>` or a struct with
    /// `#[derive(Row)]` and no lifetime, which stands in the closure's signature. Its name is "state", and it
    /// belongs to the uid of the node.
    ///
    /// What the closure returns owns what it holds, as that of [`map`](Self::map); an `Err` fails the job. For
    /// several states, timers or a time to live there is [`process`](Self::process).
    pub fn map_with_state<S, R, C>(&self, closure: C) -> Stream<R::Value, E>
    where
        S: Owned,
        R: Returns + 'static,
        C: for<'a, 's> Fn(View<'a, T>, &'s mut Option<S>) -> R + Clone + Send + Sync + 'static,
    {
        self.with_state("map", move || Maps::<R, C>::new(closure.clone()))
    }

    /// Turns each record into any number of others, by a closure of the record, the state of its key, and a
    /// collector.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline, function::Collector};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// /// By how much each reading of a sensor differs from the one before it.
    /// type Step = (&'static str, f64);
    ///
    /// p.from_values([("attic", 20.5), ("cellar", 8.0), ("attic", 21.0)])
    ///     .key_by_field::<&str>("f0")
    ///     .flat_map_with_state(
    ///         |(sensor, degrees), before: &mut Option<f64>, out: &mut Collector<'_, Step>| {
    ///             if let Some(before) = before.replace(degrees) {
    ///                 out.collect((sensor, degrees - before)); // ("attic", 0.5)
    ///             }
    ///         },
    ///     )
    ///     .uid("steps")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// The state is as [`map_with_state`](Self::map_with_state) says. Results may borrow from the record and from
    /// the state.
    pub fn flat_map_with_state<S, O, R, C>(&self, closure: C) -> Stream<O, E>
    where
        S: Owned,
        O: Data,
        R: Returns<Value = ()> + 'static,
        C: for<'a, 's, 'o, 'c> Fn(View<'a, T>, &'s mut Option<S>, &'o mut Collector<'c, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.with_state("flat_map", move || Collects::<O, R, C>::new(closure.clone()))
    }

    /// Keeps the records for which a closure of the record and the state of its key says so.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let words = p.from_values(["to", "be", "or", "not", "to", "be"]).key_by_value();
    /// let first = words.filter_with_state(|_, seen: &mut Option<bool>| seen.replace(true).is_none());
    /// first.uid("each word once").print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// The state is as [`map_with_state`](Self::map_with_state) says.
    pub fn filter_with_state<S, R, C>(&self, closure: C) -> Stream<T, E>
    where
        S: Owned,
        R: Returns<Value = bool> + 'static,
        C: for<'a, 'v, 's> Fn(&'v View<'a, T>, &'s mut Option<S>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        self.with_state("filter", move || Keeps::<R, C>::new(closure.clone()))
    }

    fn with_state<S, F>(
        &self,
        verb: &str,
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Stream<F::Out, E>
    where
        S: Owned,
        F: Step<T, S>,
    {
        let make = Make::new(move || WithState::<K, T, S, F>::new(make()));
        self.records().then(DraftNode::function::<F::Out>(verb, Runnable::keyed_process(make)))
    }
}

impl<K: Key, A: Data, B: Data, E: Executable> ConnectedKeyedStreams<K, A, B, E> {
    /// Turns each record of either stream into any number of others, by a closure for each stream: both see one
    /// state of the key.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline, function::Collector};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let values = p.from_values([(1_i64, "one"), (2, "two")]).key_by_field::<i64>("f0");
    /// let open = p.sequence(1, 1).key_by_value();
    /// // Lets the values of a key pass once the second stream has named the key.
    /// values
    ///     .connect(&open)
    ///     .flat_map_with_state(
    ///         |(_, value), open: &mut Option<bool>, out: &mut Collector<'_, &'static str>| {
    ///             if open.is_some() {
    ///                 out.collect(value);
    ///             }
    ///         },
    ///         |_, open, _| *open = Some(true),
    ///     )
    ///     .uid("gate")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// The state is as [`KeyedStream::map_with_state`] says. Which of two records of different streams comes first
    /// is not known in a streaming job.
    pub fn flat_map_with_state<S, O, Q, R, First, Second>(
        &self,
        first: First,
        second: Second,
    ) -> Stream<O, E>
    where
        S: Owned,
        O: Data,
        Q: Returns<Value = ()> + 'static,
        R: Returns<Value = ()> + 'static,
        First: for<'a, 's, 'o, 'c> Fn(View<'a, A>, &'s mut Option<S>, &'o mut Collector<'c, O>) -> Q
            + Clone
            + Send
            + Sync
            + 'static,
        Second: for<'a, 's, 'o, 'c> Fn(View<'a, B>, &'s mut Option<S>, &'o mut Collector<'c, O>) -> R
            + Clone
            + Send
            + Sync
            + 'static,
    {
        let make = Make::new(move || {
            ShareState::<K, A, B, S, _, _>::new(
                Collects::<O, Q, First>::new(first.clone()),
                Collects::<O, R, Second>::new(second.clone()),
            )
        });
        self.then(DraftNode::function::<O>("flat_map", Runnable::keyed_co_process(make)))
    }
}
