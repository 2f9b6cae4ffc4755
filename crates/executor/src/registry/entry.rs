//! One function on offer.

use std::borrow::Cow;

use brookite_core::DataType;
use brookite_core::function::{
    AggregateFunction, BroadcastProcessFunction, CoFlatMapFunction, CoGroupFunction, CoMapFunction,
    CoProcessFunction, FilterFunction, FlatMapFunction, JoinFunction,
    KeyedBroadcastProcessFunction, KeyedCoProcessFunction, KeyedProcessFunction, MapFunction,
    ProcessFunction, ProcessJoinFunction, ProcessWindowFunction, ReduceFunction, SideOutputs,
    TimestampAssigner,
};
use brookite_core::pipeline::{Executable, Make};

use crate::node::{Edges, Link, Place, PushBytes};
use crate::registry::form::{ByTime, Form};
use crate::registry::maker::Maker;

/// A function: its name, its types, and how a stage gets one.
///
/// The attributes of the `brookite` crate register one for each function of a crate, which its `Default`
/// makes. Those of a pipeline are made by what the pipeline was given, and are named by the uids of their
/// nodes. Either way a stage makes a function of its own, on its own thread: entries themselves can be
/// shared by threads.
#[derive(Clone)]
pub struct FunctionEntry {
    name: Cow<'static, str>,
    maker: Maker,
    form: Form,
}

inventory::collect!(FunctionEntry);

/// The constructors for functions that their `Default` makes, those for functions that something else
/// does, and those that a pipeline calls.
macro_rules! constructors {
    ($($(#[doc = $what:literal])+ $by_default:ident $by_maker:ident: $function:ident;)+) => {
        impl FunctionEntry {
            $(
                $(#[doc = $what])+
                /// Its `Default` makes it, for each stage.
                pub const fn $by_default<F: $function + Default>(name: &'static str) -> Self {
                    let maker = Maker::of_default::<F>();
                    Self { name: Cow::Borrowed(name), maker, form: Form::$by_default::<F>() }
                }

                $(#[doc = $what])+
                /// `make` makes it, for each stage, on the thread that builds the stage.
                pub fn $by_maker<F: $function>(
                    name: impl Into<Cow<'static, str>>,
                    make: impl Fn() -> F + Send + Sync + 'static,
                ) -> Self {
                    let form = Form::$by_default::<F>();
                    Self { name: name.into(), maker: Maker::of(make), form }
                }
            )+
        }

        /// A pipeline's functions.
        impl Executable for FunctionEntry {
            $(
                fn $by_default<F: $function>(name: &str, make: Make<F>) -> Self {
                    Self::$by_maker(name.to_owned(), move || make.make())
                }
            )+
        }
    };
}

constructors! {
    /// A map function.
    map map_with: MapFunction;
    /// A flat map function.
    flat_map flat_map_with: FlatMapFunction;
    /// A filter function.
    filter filter_with: FilterFunction;
    /// A process function without keys.
    process process_with: ProcessFunction;
    /// A keyed process function.
    keyed_process keyed_process_with: KeyedProcessFunction;
    /// A timestamp assigner.
    timestamps timestamps_with: TimestampAssigner;
    /// A map function of two inputs.
    co_map co_map_with: CoMapFunction;
    /// A flat map function of two inputs.
    co_flat_map co_flat_map_with: CoFlatMapFunction;
    /// A process function of two inputs without keys.
    co_process co_process_with: CoProcessFunction;
    /// A process function of two inputs with the same keys.
    keyed_co_process keyed_co_process_with: KeyedCoProcessFunction;
    /// A process function of a stream without keys and a broadcast stream.
    broadcast_process broadcast_process_with: BroadcastProcessFunction;
    /// A process function of a keyed stream and a broadcast stream.
    keyed_broadcast_process keyed_broadcast_process_with: KeyedBroadcastProcessFunction;
    /// A function that aggregates what is in a window.
    aggregate aggregate_with: AggregateFunction;
    /// A function that reduces what is in a window.
    reduce reduce_with: ReduceFunction;
    /// A process window function.
    process_window process_window_with: ProcessWindowFunction;
    /// A join of windows.
    join join_with: JoinFunction;
    /// A co-group of windows.
    co_group co_group_with: CoGroupFunction;
    /// An interval join.
    process_join process_join_with: ProcessJoinFunction;
}

impl FunctionEntry {
    /// The name that jobs call it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The URN of its kind.
    pub fn kind(&self) -> &'static str {
        self.form.kind
    }

    /// The type of the values it takes; of two inputs, those of the first.
    pub fn input(&self) -> DataType {
        (self.form.input)()
    }

    /// The type of the second input's values; `None` when there is one input.
    pub fn second_input(&self) -> Option<DataType> {
        self.form.second_input.map(|input| input())
    }

    /// Whether its second input is a broadcast stream, which has no keys.
    pub(crate) fn is_broadcast(&self) -> bool {
        self.form.broadcast
    }

    /// The type of its results.
    pub fn output(&self) -> DataType {
        (self.form.output)()
    }

    /// The type of its keys; `None` when it asks for none.
    pub fn key(&self) -> Option<DataType> {
        self.form.key.map(|key| key())
    }

    /// The side outputs that it declares.
    pub fn side_outputs(&self) -> SideOutputs {
        (self.form.side_outputs)()
    }

    /// What keeps it from standing behind another function; `None` when it can.
    pub(crate) fn must_be_first(&self) -> Option<&'static str> {
        match (self.form.link, self.form.second_input, self.form.by_time) {
            (Some(_), _, _) => None,
            (None, Some(_), _) => Some("has two inputs"),
            (None, None, Some(_)) => Some("gathers records in windows"),
            (None, None, None) => Some("is keyed"),
        }
    }

    pub(crate) fn works_by_time(&self) -> Option<ByTime> {
        self.form.by_time
    }

    /// Its place in a stage, which makes it.
    pub(crate) fn place(&self, index: usize, edges: Edges) -> Place<'_> {
        Place { index, edges, maker: &self.maker }
    }

    pub(crate) fn link(&self, place: Place<'_>, next: Link) -> Option<Link> {
        self.form.link.and_then(|link| link(place, next))
    }

    pub(crate) fn emit(&self, edges: Edges) -> Option<Link> {
        (self.form.emit)(edges)
    }

    pub(crate) fn head(&self, place: Place<'_>, next: Link) -> Option<Box<dyn PushBytes>> {
        (self.form.head)(place, next)
    }

    pub(crate) fn single(&self, place: Place<'_>) -> Option<Box<dyn PushBytes>> {
        (self.form.single)(place)
    }
}

impl std::fmt::Debug for FunctionEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FunctionEntry")
            .field("name", &self.name)
            .field("kind", &self.form.kind)
            .finish_non_exhaustive()
    }
}
