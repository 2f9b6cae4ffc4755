//! What is known of a function by its type alone.

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

/// The types of a function, and how a stage is made of one. The function itself comes from the
/// [`Place`](crate::node::Place) that it is put in.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) kind: &'static str,
    pub(super) input: fn() -> DataType,
    pub(super) second_input: Option<fn() -> DataType>,
    /// Whether the second input is a broadcast stream.
    pub(super) broadcast: bool,
    pub(super) output: fn() -> DataType,
    pub(super) key: Option<fn() -> DataType>,
    pub(super) side_outputs: fn() -> SideOutputs,
    /// Makes the function and links it in front of a chain; only for functions that others can stand
    /// before.
    pub(super) link: Option<fn(Place<'_>, Link) -> Option<Link>>,
    /// The end of a chain whose last function this is.
    pub(super) emit: fn(Edges) -> Option<Link>,
    /// A stage that begins with this function.
    pub(super) head: fn(Place<'_>, Link) -> Option<Box<dyn PushBytes>>,
    /// A stage of this function alone.
    pub(super) single: fn(Place<'_>) -> Option<Box<dyn PushBytes>>,
    /// A stage that begins with this function and works by time.
    pub(super) by_time: Option<ByTime>,
}

/// How a function that works by time begins a stage.
#[derive(Clone, Copy)]
pub(crate) enum ByTime {
    /// It is given what windows gather.
    Windows(MakeWindows),
    /// It is given values of two streams that are close in time.
    Interval(MakeInterval),
}

pub(crate) type MakeInterval = fn(Place<'_>, Bounds, Option<Link>) -> Option<Box<dyn PushBytes>>;
pub(crate) type MakeWindows = fn(Windowed<'_>) -> Option<Box<dyn PushBytes>>;

impl Form {
    pub(super) const fn map<F: MapFunction>() -> Self {
        Self::one_input::<MapNode<F, ()>>()
    }

    pub(super) const fn flat_map<F: FlatMapFunction>() -> Self {
        Self::one_input::<FlatMapNode<F, ()>>()
    }

    pub(super) const fn filter<F: FilterFunction>() -> Self {
        Self::one_input::<FilterNode<F, ()>>()
    }

    pub(super) const fn process<F: ProcessFunction>() -> Self {
        Self::one_input::<ProcessNode<F, ()>>()
    }

    pub(super) const fn keyed_process<F: KeyedProcessFunction>() -> Self {
        Self::one_input::<KeyedProcessNode<F, ()>>()
    }

    pub(super) const fn timestamps<F: TimestampAssigner>() -> Self {
        Self::one_input::<TimestampsNode<F, ()>>()
    }

    pub(super) const fn co_map<F: CoMapFunction>() -> Self {
        Self::two_inputs::<CoMapNode<F, ()>>()
    }

    pub(super) const fn co_flat_map<F: CoFlatMapFunction>() -> Self {
        Self::two_inputs::<CoFlatMapNode<F, ()>>()
    }

    pub(super) const fn co_process<F: CoProcessFunction>() -> Self {
        Self::two_inputs::<CoProcessNode<F, ()>>()
    }

    pub(super) const fn keyed_co_process<F: KeyedCoProcessFunction>() -> Self {
        Self::two_inputs::<KeyedCoProcessNode<F, ()>>()
    }

    pub(super) const fn broadcast_process<F: BroadcastProcessFunction>() -> Self {
        Self::broadcast_input::<BroadcastNode<F, ()>>()
    }

    pub(super) const fn keyed_broadcast_process<F: KeyedBroadcastProcessFunction>() -> Self {
        Self::broadcast_input::<KeyedBroadcastNode<F, ()>>()
    }

    pub(super) const fn aggregate<F: AggregateFunction>() -> Self {
        let make: MakeWindows = |windows| {
            let function: F = windows.place.function();
            match windows.windowing.keep_last {
                None => windows.one(Aggregate::new(function)),
                keep_last => windows.one(Buffer::new(Fold::new(function), keep_last)),
            }
        };
        Self::by_time::<F::In, F::Out>(urn::AGGREGATE, ByTime::Windows(make))
    }

    pub(super) const fn reduce<F: ReduceFunction>() -> Self {
        let make: MakeWindows = |windows| {
            let function: F = windows.place.function();
            match windows.windowing.keep_last {
                None => windows.one(Reduce::new(function)),
                keep_last => windows.one(Buffer::new(FoldReduce::new(function), keep_last)),
            }
        };
        Self::by_time::<F::T, F::T>(urn::REDUCE, ByTime::Windows(make))
    }

    pub(super) const fn process_window<F: ProcessWindowFunction>() -> Self {
        let make: MakeWindows = |windows| {
            let process = ProcessWindow::<F>::new(windows.place)?;
            let keep_last = windows.windowing.keep_last;
            windows.one(Buffer::new(process, keep_last))
        };
        Self {
            key: Some(F::Key::data_type),
            side_outputs: F::side_outputs,
            link: Some(link::<ProcessWindowNode<F, ()>>),
            ..Self::by_time::<F::In, F::Out>(urn::PROCESS_WINDOW, ByTime::Windows(make))
        }
    }

    pub(super) const fn join<F: JoinFunction>() -> Self {
        let make: MakeWindows = |windows| {
            let function: F = windows.place.function();
            windows.two(Pair::new(Join(function)))
        };
        Self {
            second_input: Some(F::In2::data_type),
            ..Self::by_time::<F::In1, F::Out>(urn::JOIN, ByTime::Windows(make))
        }
    }

    pub(super) const fn co_group<F: CoGroupFunction>() -> Self {
        let make: MakeWindows = |windows| {
            let function: F = windows.place.function();
            windows.two(Pair::new(CoGroup(function)))
        };
        Self {
            second_input: Some(F::In2::data_type),
            ..Self::by_time::<F::In1, F::Out>(urn::CO_GROUP, ByTime::Windows(make))
        }
    }

    pub(super) const fn process_join<F: ProcessJoinFunction>() -> Self {
        let make = ByTime::Interval(interval_join::<F>);
        Self {
            second_input: Some(F::In2::data_type),
            side_outputs: F::side_outputs,
            ..Self::by_time::<F::In1, F::Out>(urn::PROCESS_JOIN, make)
        }
    }

    /// A function that works by time: it begins no stage in any other way.
    const fn by_time<In: Data, Out: Data>(kind: &'static str, by_time: ByTime) -> Self {
        Self {
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

    const fn one_input<W: Waiting>() -> Self {
        Self {
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

    const fn broadcast_input<W: WaitingCo>() -> Self {
        Self { broadcast: true, ..Self::two_inputs::<W>() }
    }

    const fn two_inputs<W: WaitingCo>() -> Self {
        Self {
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
}
