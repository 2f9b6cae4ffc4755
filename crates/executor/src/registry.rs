//! The functions that a binary offers by name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use brookite_core::coder::{Arena, Coder, Encoding, WithCoder};
use brookite_core::function::{
    FilterFunction, FlatMapFunction, KeyedProcessFunction, MapFunction, urn,
};
use brookite_core::{Data, DataType, proto};

use crate::node::{
    Emit, FilterNode, FlatMapNode, Link, MapNode, ProcessNode, Push, PushBytes, Single, link_single,
};

/// A function: its name, its types, and how a stage gets one.
///
/// The attributes of the `brookite` crate register one for each function of a crate.
pub struct FunctionEntry {
    name: &'static str,
    kind: &'static str,
    input: fn() -> DataType,
    output: fn() -> DataType,
    key: Option<fn() -> DataType>,
    /// Makes the function and links it in front of a chain.
    link: fn(Place, Link) -> Option<Link>,
    /// The end of a chain whose last function this is.
    emit: fn(Encoding) -> Option<Link>,
    /// A stage of this function alone.
    single: fn(Place, Encoding, Encoding) -> Option<Box<dyn PushBytes>>,
}

inventory::collect!(FunctionEntry);

/// Where in a stage a function is put.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) index: usize,
    pub(crate) key: Option<Encoding>,
}

impl FunctionEntry {
    /// A map function, made by its `Default` for each stage.
    pub const fn map<F: MapFunction + Default>(name: &'static str) -> Self {
        Self {
            name,
            kind: urn::MAP,
            input: F::In::data_type,
            output: F::Out::data_type,
            key: None,
            link: |Place { index, .. }, next| {
                let node = MapNode { index, function: F::default(), next: () };
                link(node, next)
            },
            emit: emit::<F::Out>,
            single: |Place { index, .. }, input, output| {
                let node = MapNode { index, function: F::default(), next: () };
                link_single(node, input, output)
            },
        }
    }

    /// A flat map function, made by its `Default` for each stage.
    pub const fn flat_map<F: FlatMapFunction + Default>(name: &'static str) -> Self {
        Self {
            name,
            kind: urn::FLAT_MAP,
            input: F::In::data_type,
            output: F::Out::data_type,
            key: None,
            link: |Place { index, .. }, next| {
                let node = FlatMapNode { index, function: F::default(), next: () };
                link(node, next)
            },
            emit: emit::<F::Out>,
            single: |Place { index, .. }, input, output| {
                let node = FlatMapNode { index, function: F::default(), next: () };
                link_single(node, input, output)
            },
        }
    }

    /// A filter function, made by its `Default` for each stage.
    pub const fn filter<F: FilterFunction + Default>(name: &'static str) -> Self {
        Self {
            name,
            kind: urn::FILTER,
            input: F::In::data_type,
            output: F::In::data_type,
            key: None,
            link: |Place { index, .. }, next| {
                let node = FilterNode { index, function: F::default(), next: () };
                link(node, next)
            },
            emit: emit::<F::In>,
            single: |Place { index, .. }, input, output| {
                let node = FilterNode { index, function: F::default(), next: () };
                link_single(node, input, output)
            },
        }
    }

    /// A keyed process function, made by its `Default` for each stage.
    pub const fn keyed_process<F: KeyedProcessFunction + Default>(name: &'static str) -> Self {
        Self {
            name,
            kind: urn::KEYED_PROCESS,
            input: F::In::data_type,
            output: F::Out::data_type,
            key: Some(F::Key::data_type),
            link: |place, next| link(process_node::<F>(place)?, next),
            emit: emit::<F::Out>,
            single: |place, input, output| link_single(process_node::<F>(place)?, input, output),
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

    /// The type of the values it takes.
    pub fn input(&self) -> DataType {
        (self.input)()
    }

    /// The type of its results.
    pub fn output(&self) -> DataType {
        (self.output)()
    }

    /// The type of its keys; `None` when it is not keyed.
    pub fn key(&self) -> Option<DataType> {
        self.key.map(|key| key())
    }

    pub(crate) fn link(&self, place: Place, next: Link) -> Option<Link> {
        (self.link)(place, next)
    }

    pub(crate) fn emit(&self, encoding: Encoding) -> Option<Link> {
        (self.emit)(encoding)
    }

    pub(crate) fn single(
        &self,
        place: Place,
        input: Encoding,
        output: Encoding,
    ) -> Option<Box<dyn PushBytes>> {
        (self.single)(place, input, output)
    }
}

fn process_node<F: KeyedProcessFunction + Default>(place: Place) -> Option<ProcessNode<F, ()>> {
    let key_coder = F::Key::coder(place.key?)?;
    let (index, function) = (place.index, F::default());
    Some(ProcessNode { index, function, key_coder, arena: Arena::default(), next: () })
}

fn link<S: Single>(single: S, next: Link) -> Option<Link> {
    let next: Box<dyn Push<S::Out>> = next.into_push()?;
    Some(Link::new::<S::In>(Box::new(single.before(next))))
}

fn emit<T: Data>(encoding: Encoding) -> Option<Link> {
    struct End;

    impl<T: Data> WithCoder<T> for End {
        type Output = Link;

        fn with<C: Coder<T> + 'static>(self, coder: C) -> Link {
            Link::new::<T>(Box::new(Emit::new(coder)))
        }
    }

    T::with_coder(encoding, End)
}

impl std::fmt::Debug for FunctionEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FunctionEntry").field("name", &self.name).field("kind", &self.kind).finish()
    }
}

/// Functions by name.
#[derive(Debug, Default)]
pub struct Registry<'f> {
    functions: BTreeMap<&'static str, &'f FunctionEntry>,
    ambiguous: Vec<&'static str>,
}

impl Registry<'static> {
    /// All functions that the attributes registered in this binary.
    pub fn linked() -> &'static Self {
        static LINKED: LazyLock<Registry<'static>> =
            LazyLock::new(|| Registry::of(inventory::iter::<FunctionEntry>));
        &LINKED
    }
}

impl<'f> Registry<'f> {
    /// These functions.
    pub fn of(functions: impl IntoIterator<Item = &'f FunctionEntry>) -> Self {
        let mut registry = Self::default();
        for function in functions {
            match registry.functions.entry(function.name) {
                Entry::Vacant(entry) => {
                    entry.insert(function);
                }
                Entry::Occupied(_) => registry.ambiguous.push(function.name),
            }
        }
        registry
    }

    pub(crate) fn find(&self, name: &str) -> Option<&'f FunctionEntry> {
        self.functions.get(name).copied()
    }

    /// Whether several functions have that name.
    pub(crate) fn is_ambiguous(&self, name: &str) -> bool {
        self.ambiguous.contains(&name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.functions.keys().copied()
    }

    /// The description of all functions, for those who cannot link to them.
    pub fn manifest(
        &self,
        crate_name: &str,
        crate_version: &str,
        abi_version: u32,
    ) -> proto::Manifest {
        let functions = self.functions.values().map(|function| proto::Function {
            name: function.name.to_owned(),
            kind: function.kind.to_owned(),
            input: Some((&function.input()).into()),
            output: Some((&function.output()).into()),
            key: function.key().map(|key| (&key).into()),
            ..proto::Function::default()
        });
        proto::Manifest {
            abi_version,
            crate_name: crate_name.to_owned(),
            crate_version: crate_version.to_owned(),
            functions: functions.collect(),
        }
    }
}
