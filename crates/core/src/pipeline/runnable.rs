//! [`Runnable`]: a function as a node has it.

use std::rc::Rc;

use crate::function::{
    AggregateFunction, BroadcastProcessFunction, CoFlatMapFunction, CoGroupFunction, CoMapFunction,
    CoProcessFunction, FilterFunction, FlatMapFunction, JoinFunction,
    KeyedBroadcastProcessFunction, KeyedCoProcessFunction, KeyedProcessFunction, MapFunction,
    ProcessFunction, ProcessJoinFunction, ProcessWindowFunction, ReduceFunction, SideOutput,
    SideOutputs, TimestampAssigner, urn,
};
use crate::pipeline::{Executable, Make};
use crate::proto::{Function, SideOutputType};
use crate::types::Data;

/// Keeps a function under the uid of its node.
pub(crate) type Keep<E> = Rc<dyn Fn(&str) -> E>;

/// A function's description, and how an executor gets it.
pub(crate) struct Runnable<E> {
    /// Without its name, which is the uid of the node.
    pub(crate) function: Function,
    pub(crate) keep: Keep<E>,
}

impl<E: Executable> Runnable<E> {
    fn of<I: Data, O: Data>(kind: &str, keep: impl Fn(&str) -> E + 'static) -> Self {
        let function = Function {
            kind: kind.to_owned(),
            input: Some((&I::data_type()).into()),
            output: Some((&O::data_type()).into()),
            ..Function::default()
        };
        Self { function, keep: Rc::new(keep) }
    }

    /// Says that it needs keys of that type.
    pub(crate) fn key<K: Data>(mut self) -> Self {
        self.function.key = Some((&K::data_type()).into());
        self
    }

    fn second<I: Data>(mut self) -> Self {
        self.function.second_input = Some((&I::data_type()).into());
        self
    }

    fn sides(mut self, outputs: &SideOutputs) -> Self {
        let describe = |output: &SideOutput| SideOutputType {
            name: output.name().to_owned(),
            r#type: Some((&output.data_type()).into()),
        };
        self.function.side_outputs = outputs.iter().map(describe).collect();
        self
    }

    pub(crate) fn map<F: MapFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::MAP, move |uid| E::map(uid, make.clone()))
    }

    pub(crate) fn flat_map<F: FlatMapFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::FLAT_MAP, move |uid| E::flat_map(uid, make.clone()))
    }

    pub(crate) fn filter<F: FilterFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::In>(urn::FILTER, move |uid| E::filter(uid, make.clone()))
    }

    pub(crate) fn process<F: ProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::PROCESS, move |uid| E::process(uid, make.clone()))
            .sides(&F::side_outputs())
    }

    pub(crate) fn keyed_process<F: KeyedProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::KEYED_PROCESS, move |uid| {
            E::keyed_process(uid, make.clone())
        })
        .key::<F::Key>()
        .sides(&F::side_outputs())
    }

    pub(crate) fn timestamps<F: TimestampAssigner>(make: Make<F>) -> Self {
        Self::of::<F::In, i64>(urn::TIMESTAMPS, move |uid| E::timestamps(uid, make.clone()))
    }

    pub(crate) fn co_map<F: CoMapFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::CO_MAP, move |uid| E::co_map(uid, make.clone()))
            .second::<F::In2>()
    }

    pub(crate) fn co_flat_map<F: CoFlatMapFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::CO_FLAT_MAP, move |uid| E::co_flat_map(uid, make.clone()))
            .second::<F::In2>()
    }

    pub(crate) fn co_process<F: CoProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::CO_PROCESS, move |uid| E::co_process(uid, make.clone()))
            .second::<F::In2>()
            .sides(&F::side_outputs())
    }

    pub(crate) fn keyed_co_process<F: KeyedCoProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::KEYED_CO_PROCESS, move |uid| {
            E::keyed_co_process(uid, make.clone())
        })
        .key::<F::Key>()
        .second::<F::In2>()
        .sides(&F::side_outputs())
    }

    pub(crate) fn broadcast_process<F: BroadcastProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::BROADCAST_PROCESS, move |uid| {
            E::broadcast_process(uid, make.clone())
        })
        .second::<F::Broadcast>()
        .sides(&F::side_outputs())
    }

    pub(crate) fn keyed_broadcast_process<F: KeyedBroadcastProcessFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::KEYED_BROADCAST_PROCESS, move |uid| {
            E::keyed_broadcast_process(uid, make.clone())
        })
        .key::<F::Key>()
        .second::<F::Broadcast>()
        .sides(&F::side_outputs())
    }

    pub(crate) fn aggregate<F: AggregateFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::AGGREGATE, move |uid| E::aggregate(uid, make.clone()))
    }

    pub(crate) fn reduce<F: ReduceFunction>(make: Make<F>) -> Self {
        Self::of::<F::T, F::T>(urn::REDUCE, move |uid| E::reduce(uid, make.clone()))
    }

    pub(crate) fn process_window<F: ProcessWindowFunction>(make: Make<F>) -> Self {
        Self::of::<F::In, F::Out>(urn::PROCESS_WINDOW, move |uid| {
            E::process_window(uid, make.clone())
        })
        .key::<F::Key>()
        .sides(&F::side_outputs())
    }

    pub(crate) fn join<F: JoinFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::JOIN, move |uid| E::join(uid, make.clone()))
            .second::<F::In2>()
    }

    pub(crate) fn co_group<F: CoGroupFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::CO_GROUP, move |uid| E::co_group(uid, make.clone()))
            .second::<F::In2>()
    }

    pub(crate) fn process_join<F: ProcessJoinFunction>(make: Make<F>) -> Self {
        Self::of::<F::In1, F::Out>(urn::PROCESS_JOIN, move |uid| E::process_join(uid, make.clone()))
            .second::<F::In2>()
            .sides(&F::side_outputs())
    }
}
