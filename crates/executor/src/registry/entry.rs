//! One function on offer.

use brookite_core::function::{
    CoFlatMapFunction, CoMapFunction, CoProcessFunction, FilterFunction, FlatMapFunction,
    KeyedCoProcessFunction, KeyedProcessFunction, MapFunction, ProcessFunction, SideOutputs,
    TimestampAssigner,
};
use brookite_core::{Data, DataType};

use crate::node::{
    CoFlatMapNode, CoMapNode, CoProcessNode, Edges, FilterNode, FlatMapNode, KeyedCoProcessNode,
    KeyedProcessNode, Link, MapNode, Place, ProcessNode, PushBytes, TimestampsNode, Waiting,
    WaitingCo, emit, head, head_co, link, single, single_co,
};

/// A function: its name, its types, and how a stage gets one.
///
/// The attributes of the `brookite` crate register one for each function of a crate.
pub struct FunctionEntry {
    name: &'static str,
    kind: &'static str,
    input: fn() -> DataType,
    second_input: Option<fn() -> DataType>,
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
}

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

    const fn one_input<W: Waiting>(name: &'static str) -> Self {
        Self {
            name,
            kind: W::KIND,
            input: W::In::data_type,
            second_input: None,
            output: W::Out::data_type,
            key: W::KEY,
            side_outputs: W::side_outputs,
            link: if W::KEY.is_none() { Some(link::<W>) } else { None },
            emit: emit::<W::Out>,
            head: head::<W>,
            single: single::<W>,
        }
    }

    const fn two_inputs<W: WaitingCo>(name: &'static str) -> Self {
        Self {
            name,
            kind: W::KIND,
            input: W::In1::data_type,
            second_input: Some(W::In2::data_type),
            output: W::Out::data_type,
            key: W::KEY,
            side_outputs: W::side_outputs,
            link: None,
            emit: emit::<W::Out>,
            head: head_co::<W>,
            single: single_co::<W>,
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
        match (self.link, self.second_input) {
            (Some(_), _) => None,
            (None, Some(_)) => Some("has two inputs"),
            (None, None) => Some("is keyed"),
        }
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
