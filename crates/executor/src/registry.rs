//! The functions that a binary offers by name.

mod entry;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use brookite_core::function::SideOutput;
use brookite_core::proto;

pub use entry::FunctionEntry;

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
            match registry.functions.entry(function.name()) {
                Entry::Vacant(entry) => {
                    entry.insert(function);
                }
                Entry::Occupied(_) => registry.ambiguous.push(function.name()),
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
            name: function.name().to_owned(),
            kind: function.kind().to_owned(),
            input: Some((&function.input()).into()),
            output: Some((&function.output()).into()),
            key: function.key().map(|key| (&key).into()),
            second_input: function.second_input().map(|input| (&input).into()),
            side_outputs: function.side_outputs().iter().map(side_output).collect(),
        });
        proto::Manifest {
            abi_version,
            crate_name: crate_name.to_owned(),
            crate_version: crate_version.to_owned(),
            functions: functions.collect(),
        }
    }
}

fn side_output(output: &SideOutput) -> proto::SideOutputType {
    let name = output.name().to_owned();
    proto::SideOutputType { name, r#type: Some((&output.data_type()).into()) }
}
