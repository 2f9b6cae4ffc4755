//! One function on offer.

use brookite_core::function::{
    AggregateFunction, BroadcastProcessFunction, CoFlatMapFunction, CoGroupFunction, CoMapFunction,
    CoProcessFunction, FilterFunction, FlatMapFunction, JoinFunction,
    KeyedBroadcastProcessFunction, KeyedCoProcessFunction, KeyedProcessFunction, MapFunction,
    ProcessFunction, ProcessJoinFunction, ProcessWindowFunction, ReduceFunction, SideOutputs,
    TimestampAssigner, urn,
};
use brookite_core::{Data, DataType};

use crate::node::{
    Aggregate, Bounds, BroadcastNode, Buffer, CoFlatMapNode, CoGroup, CoMapNode, CoProcessNode,
    Edges, FilterNode, FlatMapNode, Fold, FoldReduce, Join, KeyedBroadcastNode, KeyedCoProcessNode,
    KeyedProcessNode, Link, MapNode, Pair, Place, ProcessNode, ProcessWindow, ProcessWindowNode,
    PushBytes, Reduce, TimestampsNode, Waiting, WaitingCo, Windowed, emit, head, head_co,
    interval_join, link, single, single_co,
};

/// A function: its name, its types, and how a stage gets one.
///
/// The attributes of the `brookite` crate register one for each function of a crate.
pub struct FunctionEntry {
    name: &'static str,
    kind: &'static str,
    input: fn() -> DataType,
    second_input: Option<fn() -> DataType>,
    /// Whether the second input is a broadcast stream.
    broadcast: bool,
    output: fn() -> DataType,
    key: Option<fn() -> DataType>,
    side_outputs: fn() -> SideOutputs,
    /// Makes the function and links it in front of a chain; only for functions that others can stand
    /// before.
    link: Option<fn(Place, Link) -> Option<Link>>,
    /// The end of a chain whose last function this is.
    emit: fn(Edges) -> Option<Link>,
    /// A stage that begins with this function.
    head: fn(Place, Link) -> Option<Box<dyn PushBytes>>,
    /// A stage of this function alone.
    single: fn(Place) -> Option<Box<dyn PushBytes>>,
    /// A stage that begins with this function and works by time.
    by_time: Option<ByTime>,
}

/// How a function that works by time begins a stage.
#[derive(Clone, Copy)]
pub(crate) enum ByTime {
    /// It is given what windows gather.
    Windows(MakeWindows),
    /// It is given values of two streams that are close in time.
    Interval(MakeInterval),
}

pub(crate) type MakeInterval = fn(Place, Bounds, Option<Link>) -> Option<Box<dyn PushBytes>>;
pub(crate) type MakeWindows = fn(Windowed<'_>) -> Option<Box<dyn PushBytes>>;

inventory::collect!(FunctionEntry);

impl FunctionEntry {
    /// A map function, made by its `Default` for each stage.
    pub const fn map<F: MapFunction + Default>(name: &'static str) -> Self {
        Self::one_input::<MapNode<F, ()>>(name)
    }

    /// A flat map function, made by its `Default` for each stage.
    pub const fn flat_map<F: FlatMapFunction + Default>(name: &'static str) -> Self {
        Self::one_input::<FlatMapNode<F, ()>>(name)
    }

    /// A filter function, made by its `Default` for each stage.
    pub const fn filter<F: FilterFunction + Default>(name: &'static str) -> Self {
        Self::one_input::<FilterNode<F, ()>>(name)
    }

    /// A process function without keys, made by its `Default` for each stage.
    pub const fn process<F: ProcessFunction + Default>(name: &'static str) -> Self {
        Self::one_input::<ProcessNode<F, ()>>(name)
    }

    /// A keyed process function, made by its `Default` for each stage.
    pub const fn keyed_process<F: KeyedProcessFunction + Default>(name: &'static str) -> Self {
        Self::one_input::<KeyedProcessNode<F, ()>>(name)
    }

    /// A timestamp assigner, made by its `Default` for each stage.
    pub const fn timestamps<F: TimestampAssigner + Default>(name: &'static str) -> Self {
        Self::one_input::<TimestampsNode<F, ()>>(name)
    }

    /// A map function of two inputs, made by its `Default` for each stage.
    pub const fn co_map<F: CoMapFunction + Default>(name: &'static str) -> Self {
        Self::two_inputs::<CoMapNode<F, ()>>(name)
    }

    /// A flat map function of two inputs, made by its `Default` for each stage.
    pub const fn co_flat_map<F: CoFlatMapFunction + Default>(name: &'static str) -> Self {
        Self::two_inputs::<CoFlatMapNode<F, ()>>(name)
    }

    /// A process function of two inputs without keys, made by its `Default` for each stage.
    pub const fn co_process<F: CoProcessFunction + Default>(name: &'static str) -> Self {
        Self::two_inputs::<CoProcessNode<F, ()>>(name)
    }

    /// A process function of two inputs with the same keys, made by its `Default` for each stage.
    pub const fn keyed_co_process<F: KeyedCoProcessFunction + Default>(name: &'static str) -> Self {
        Self::two_inputs::<KeyedCoProcessNode<F, ()>>(name)
    }

    /// A function that aggregates what is in a window, made by its `Default` for each stage.
    pub const fn aggregate<F: AggregateFunction + Default>(name: &'static str) -> Self {
        let make: MakeWindows = |windows| match windows.windowing.keep_last {
            None => windows.one(Aggregate::<F>::default()),
            keep_last => windows.one(Buffer::new(Fold::<F>::default(), keep_last)),
        };
        Self::by_time::<F::In, F::Out>(name, urn::AGGREGATE, ByTime::Windows(make))
    }

    /// A function that reduces what is in a window, made by its `Default` for each stage.
    pub const fn reduce<F: ReduceFunction + Default>(name: &'static str) -> Self {
        let make: MakeWindows = |windows| match windows.windowing.keep_last {
            None => windows.one(Reduce::<F>::default()),
            keep_last => windows.one(Buffer::new(FoldReduce::<F>::default(), keep_last)),
        };
        Self::by_time::<F::T, F::T>(name, urn::REDUCE, ByTime::Windows(make))
    }

    /// A process window function, made by its `Default` for each stage.
    pub const fn process_window<F: ProcessWindowFunction + Default>(name: &'static str) -> Self {
        let make: MakeWindows = |windows| {
            let process = ProcessWindow::<F>::new(windows.place)?;
            let keep_last = windows.windowing.keep_last;
            windows.one(Buffer::new(process, keep_last))
        };
        Self {
            key: Some(F::Key::data_type),
            side_outputs: F::side_outputs,
            link: Some(link::<ProcessWindowNode<F, ()>>),
            ..Self::by_time::<F::In, F::Out>(name, urn::PROCESS_WINDOW, ByTime::Windows(make))
        }
    }

    /// A join of windows, made by its `Default` for each stage.
    pub const fn join<F: JoinFunction + Default>(name: &'static str) -> Self {
        let make: MakeWindows = |windows| windows.two(Pair::<Join<F>>::default());
        Self {
            second_input: Some(F::In2::data_type),
            ..Self::by_time::<F::In1, F::Out>(name, urn::JOIN, ByTime::Windows(make))
        }
    }

    /// A co-group of windows, made by its `Default` for each stage.
    pub const fn co_group<F: CoGroupFunction + Default>(name: &'static str) -> Self {
        let make: MakeWindows = |windows| windows.two(Pair::<CoGroup<F>>::default());
        Self {
            second_input: Some(F::In2::data_type),
            ..Self::by_time::<F::In1, F::Out>(name, urn::CO_GROUP, ByTime::Windows(make))
        }
    }

    /// An interval join, made by its `Default` for each stage.
    pub const fn process_join<F: ProcessJoinFunction + Default>(name: &'static str) -> Self {
        let make = ByTime::Interval(interval_join::<F>);
        Self {
            second_input: Some(F::In2::data_type),
            side_outputs: F::side_outputs,
            ..Self::by_time::<F::In1, F::Out>(name, urn::PROCESS_JOIN, make)
        }
    }

    /// A function that works by time: it begins no stage in any other way.
    const fn by_time<In: Data, Out: Data>(
        name: &'static str,
        kind: &'static str,
        by_time: ByTime,
    ) -> Self {
        Self {
            name,
            kind,
            input: In::data_type,
            second_input: None,
            output: Out::data_type,
            key: None,
            broadcast: false,
            side_outputs: SideOutputs::none,
            link: None,
            emit: emit::<Out>,
            head: |_, _| None,
            single: |_| None,
            by_time: Some(by_time),
        }
    }

    /// A process function of a stream without keys and a broadcast stream, made by its `Default` for each
    /// stage.
    pub const fn broadcast_process<F: BroadcastProcessFunction + Default>(
        name: &'static str,
    ) -> Self {
        Self::broadcast_input::<BroadcastNode<F, ()>>(name)
    }

    /// A process function of a keyed stream and a broadcast stream, made by its `Default` for each stage.
    pub const fn keyed_broadcast_process<F: KeyedBroadcastProcessFunction + Default>(
        name: &'static str,
    ) -> Self {
        Self::broadcast_input::<KeyedBroadcastNode<F, ()>>(name)
    }

    const fn broadcast_input<W: WaitingCo>(name: &'static str) -> Self {
        Self { broadcast: true, ..Self::two_inputs::<W>(name) }
    }

    const fn one_input<W: Waiting>(name: &'static str) -> Self {
        Self {
            name,
            kind: W::KIND,
            input: W::In::data_type,
            second_input: None,
            broadcast: false,
            output: W::Out::data_type,
            key: W::KEY,
            side_outputs: W::side_outputs,
            link: if W::KEY.is_none() { Some(link::<W>) } else { None },
            emit: emit::<W::Out>,
            head: head::<W>,
            single: single::<W>,
            by_time: None,
        }
    }

    const fn two_inputs<W: WaitingCo>(name: &'static str) -> Self {
        Self {
            name,
            kind: W::KIND,
            input: W::In1::data_type,
            second_input: Some(W::In2::data_type),
            broadcast: false,
            output: W::Out::data_type,
            key: W::KEY,
            side_outputs: W::side_outputs,
            link: None,
            emit: emit::<W::Out>,
            head: head_co::<W>,
            single: single_co::<W>,
            by_time: None,
        }
    }

    /// The name that jobs call it by.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The URN of its kind.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// The type of the values it takes; of two inputs, those of the first.
    pub fn input(&self) -> DataType {
        (self.input)()
    }

    /// The type of the second input's values; `None` when there is one input.
    pub fn second_input(&self) -> Option<DataType> {
        self.second_input.map(|input| input())
    }

    /// Whether its second input is a broadcast stream, which has no keys.
    pub(crate) fn is_broadcast(&self) -> bool {
        self.broadcast
    }

    /// The type of its results.
    pub fn output(&self) -> DataType {
        (self.output)()
    }

    /// The type of its keys; `None` when it asks for none.
    pub fn key(&self) -> Option<DataType> {
        self.key.map(|key| key())
    }

    /// The side outputs that it declares.
    pub fn side_outputs(&self) -> SideOutputs {
        (self.side_outputs)()
    }

    /// What keeps it from standing behind another function; `None` when it can.
    pub(crate) fn must_be_first(&self) -> Option<&'static str> {
        match (self.link, self.second_input, self.by_time) {
            (Some(_), _, _) => None,
            (None, Some(_), _) => Some("has two inputs"),
            (None, None, Some(_)) => Some("gathers records in windows"),
            (None, None, None) => Some("is keyed"),
        }
    }

    pub(crate) fn works_by_time(&self) -> Option<ByTime> {
        self.by_time
    }

    pub(crate) fn link(&self, place: Place, next: Link) -> Option<Link> {
        self.link.and_then(|link| link(place, next))
    }

    pub(crate) fn emit(&self, edges: Edges) -> Option<Link> {
        (self.emit)(edges)
    }

    pub(crate) fn head(&self, place: Place, next: Link) -> Option<Box<dyn PushBytes>> {
        (self.head)(place, next)
    }

    pub(crate) fn single(&self, place: Place) -> Option<Box<dyn PushBytes>> {
        (self.single)(place)
    }
}

impl std::fmt::Debug for FunctionEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FunctionEntry").field("name", &self.name).field("kind", &self.kind).finish()
    }
}
