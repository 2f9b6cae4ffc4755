//! Functions of one stream without keys.

use crate::function::{Collector, FilterFunction, FlatMapFunction, MapFunction, ProcessFunction};
use crate::pipeline::closure::{Closure, Collects};
use crate::pipeline::draft::DraftNode;
use crate::pipeline::runnable::Runnable;
use crate::pipeline::{Executable, Make, Reads, Returns, Stream};
use crate::types::{Data, View};

impl<T: Data, E: Executable> Stream<T, E> {
    /// Turns each record into one other, by a closure of the record.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let words = p.from_values(["to", "be"]);
    /// words.map(|word| word.len() as i64).print();
    /// words.map(|word| word.parse::<f64>()).name("parse").print(); // An `Err` fails the job.
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// What it returns owns what it holds; see [`map_with`](Self::map_with) and
    /// [`flat_map`](Self::flat_map) for results that borrow from the record.
    pub fn map<R, C>(&self, closure: C) -> Stream<R::Value, E>
    where
        R: Returns + 'static,
        C: for<'a> Fn(View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        let make = Make::new(move || Closure::<T, R, C>::new(closure.clone()));
        self.then(DraftNode::function::<R::Value>("map", Runnable::map(make)))
    }

    /// Turns each record into one other, by a function with a type, of which each parallel instance
    /// makes its own.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline, function::MapFunction};
    /// #[derive(Default)]
    /// struct Upper(String);
    ///
    /// impl MapFunction for Upper {
    ///     type In = &'static str;
    ///     type Out = &'static str;
    ///
    ///     fn map<'a>(&'a mut self, word: &'a str) -> Result<&'a str> {
    ///         self.0.clear();
    ///         self.0.extend(word.chars().flat_map(char::to_uppercase));
    ///         Ok(&self.0)
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to", "be"]).map_with(Upper::default).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn map_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: MapFunction,
        F::In: Reads<T>,
    {
        self.then(DraftNode::function::<F::Out>("map", Runnable::map(Make::new(make))))
    }

    /// Turns each record into any number of others, which a closure puts into a collector. The
    /// collector's type says what they are.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline, function::Collector};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// p.from_values(["to be", "or not to be"])
    ///     .flat_map(|line, out: &mut Collector<'_, &'static str>| {
    ///         line.split_whitespace().for_each(|word| out.collect(word));
    ///     })
    ///     .name("split")
    ///     .print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
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
        let make = Make::new(move || Collects::<T, O, R, C>::new(closure.clone()));
        self.then(DraftNode::function::<O>("flat_map", Runnable::flat_map(make)))
    }

    /// Turns each record into any number of others, by a function with a type.
    pub fn flat_map_with<F>(
        &self,
        make: impl Fn() -> F + Send + Sync + 'static,
    ) -> Stream<F::Out, E>
    where
        F: FlatMapFunction,
        F::In: Reads<T>,
    {
        self.then(DraftNode::function::<F::Out>("flat_map", Runnable::flat_map(Make::new(make))))
    }

    /// Keeps the records for which a closure says so.
    ///
    /// ```
    /// # use brookite_core::{Error, pipeline::Pipeline};
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let least = 3;
    /// p.sequence(1, 10).filter(move |number| *number >= least).print();
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn filter<R, C>(&self, closure: C) -> Self
    where
        R: Returns<Value = bool> + 'static,
        C: for<'a, 'v> Fn(&'v View<'a, T>) -> R + Clone + Send + Sync + 'static,
    {
        let make = Make::new(move || Closure::<T, R, C>::new(closure.clone()));
        self.then(DraftNode::function::<T>("filter", Runnable::filter(make)))
    }

    /// Keeps the records for which a function with a type says so.
    pub fn filter_with<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: FilterFunction,
        F::In: Reads<T>,
    {
        self.then(DraftNode::function::<T>("filter", Runnable::filter(Make::new(make))))
    }

    /// Works on each record by a function that sees its timestamp and the watermark, and has side
    /// outputs. For state and timers put a [`key_by`](Self::key_by) before it.
    ///
    /// ```
    /// # use brookite_core::{Error, Result, pipeline::Pipeline};
    /// # use brookite_core::function::{Collector, OutputTag, PlainContext, ProcessFunction, SideOutputs};
    /// const REJECTED: OutputTag<&str> = OutputTag::new("rejected");
    ///
    /// #[derive(Default)]
    /// struct Parse;
    ///
    /// impl ProcessFunction for Parse {
    ///     type In = &'static str;
    ///     type Out = i64;
    ///
    ///     fn side_outputs() -> SideOutputs {
    ///         SideOutputs::of(&REJECTED)
    ///     }
    ///
    ///     fn process_element(
    ///         &mut self,
    ///         text: &str,
    ///         ctx: &PlainContext<'_>,
    ///         out: &mut Collector<'_, i64>,
    ///     ) -> Result<()> {
    ///         match text.parse() {
    ///             Ok(number) => out.collect(number),
    ///             Err(_) => ctx.side_output(&REJECTED, text)?,
    ///         }
    ///         Ok(())
    ///     }
    /// }
    ///
    /// # let p: Pipeline = Pipeline::new("doc");
    /// let numbers = p.from_values(["1", "two"]).process(Parse::default).name("parse");
    /// numbers.print();
    /// numbers.side_output(&REJECTED).print_with("rejected");
    /// # p.build()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn process<F>(&self, make: impl Fn() -> F + Send + Sync + 'static) -> Stream<F::Out, E>
    where
        F: ProcessFunction,
        F::In: Reads<T>,
    {
        self.then(DraftNode::function::<F::Out>("process", Runnable::process(Make::new(make))))
    }
}
