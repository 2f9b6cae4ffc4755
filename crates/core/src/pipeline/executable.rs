//! [`Executable`]: what keeps a pipeline's functions, so that they can be run.

use std::fmt;
use std::sync::Arc;

use crate::function::{
    AggregateFunction, BroadcastProcessFunction, CoFlatMapFunction, CoGroupFunction, CoMapFunction,
    CoProcessFunction, FilterFunction, FlatMapFunction, JoinFunction,
    KeyedBroadcastProcessFunction, KeyedCoProcessFunction, KeyedProcessFunction, MapFunction,
    ProcessFunction, ProcessJoinFunction, ProcessWindowFunction, ReduceFunction, TimestampAssigner,
};

/// Makes a function anew for each parallel instance.
pub struct Make<F>(Arc<dyn Fn() -> F + Send + Sync>);

impl<F> Make<F> {
    /// What `make` makes. It is called in the thread in which the function then runs.
    pub fn new(make: impl Fn() -> F + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// A new function.
    pub fn make(&self) -> F {
        (self.0)()
    }
}

impl<F> Clone for Make<F> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<F> fmt::Debug for Make<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Make<{}>", std::any::type_name::<F>())
    }
}

/// Declares the trait, and implements it for `()`.
macro_rules! executable {
    ($($(#[$doc:meta])* $method:ident: $function:ident),+ $(,)?) => {
        /// What is kept of a pipeline's functions, so that an executor can run them. This crate runs
        /// nothing: with `()` only the graph is built.
        ///
        /// There is a method for each kind of function. `name` is the uid of the function's node, by
        /// which stages ask for it.
        pub trait Executable: Sized + 'static {
            $(
                $(#[$doc])*
                fn $method<F: $function>(name: &str, make: Make<F>) -> Self;
            )+
        }

        /// Keeps nothing.
        impl Executable for () {
            $(fn $method<F: $function>(_: &str, _: Make<F>) -> Self {})+
        }
    };
}

executable! {
    /// A map function.
    map: MapFunction,
    /// A flat map function.
    flat_map: FlatMapFunction,
    /// A filter.
    filter: FilterFunction,
    /// A process function of a stream without keys.
    process: ProcessFunction,
    /// A process function of a keyed stream.
    keyed_process: KeyedProcessFunction,
    /// A function that tells timestamps.
    timestamps: TimestampAssigner,
    /// A map function of two streams.
    co_map: CoMapFunction,
    /// A flat map function of two streams.
    co_flat_map: CoFlatMapFunction,
    /// A process function of two streams without keys.
    co_process: CoProcessFunction,
    /// A process function of two keyed streams.
    keyed_co_process: KeyedCoProcessFunction,
    /// A process function of a stream without keys and a broadcast stream.
    broadcast_process: BroadcastProcessFunction,
    /// A process function of a keyed stream and a broadcast stream.
    keyed_broadcast_process: KeyedBroadcastProcessFunction,
    /// An aggregate of windows.
    aggregate: AggregateFunction,
    /// A reduction of windows, or of a keyed stream.
    reduce: ReduceFunction,
    /// A function of all that a window holds.
    process_window: ProcessWindowFunction,
    /// A join of the windows of two streams.
    join: JoinFunction,
    /// A function of what two streams have in one window.
    co_group: CoGroupFunction,
    /// A join of two streams by time.
    process_join: ProcessJoinFunction,
}
