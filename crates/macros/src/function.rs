//! The attributes that register functions.

pub(crate) mod on_fn;
mod on_impl;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::Parser;
use syn::{Ident, LitStr, Result};

use crate::paths;

pub(crate) use on_impl::on_impl;

/// Which function trait is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Map,
    FlatMap,
    Filter,
    Process,
    KeyedProcess,
    CoMap,
    CoFlatMap,
    CoProcess,
    KeyedCoProcess,
    BroadcastProcess,
    KeyedBroadcastProcess,
    Timestamps,
    Aggregate,
    Reduce,
    ProcessWindow,
    Join,
    CoGroup,
    ProcessJoin,
    WindowFn,
}

impl Kind {
    const ALL: [Self; 19] = [
        Self::Map,
        Self::FlatMap,
        Self::Filter,
        Self::Process,
        Self::KeyedProcess,
        Self::CoMap,
        Self::CoFlatMap,
        Self::CoProcess,
        Self::KeyedCoProcess,
        Self::BroadcastProcess,
        Self::KeyedBroadcastProcess,
        Self::Timestamps,
        Self::Aggregate,
        Self::Reduce,
        Self::ProcessWindow,
        Self::Join,
        Self::CoGroup,
        Self::ProcessJoin,
        Self::WindowFn,
    ];

    /// The trait, and the constructor of the registry's entry for it.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Map => ("MapFunction", "map"),
            Self::FlatMap => ("FlatMapFunction", "flat_map"),
            Self::Filter => ("FilterFunction", "filter"),
            Self::Process => ("ProcessFunction", "process"),
            Self::KeyedProcess => ("KeyedProcessFunction", "keyed_process"),
            Self::CoMap => ("CoMapFunction", "co_map"),
            Self::CoFlatMap => ("CoFlatMapFunction", "co_flat_map"),
            Self::CoProcess => ("CoProcessFunction", "co_process"),
            Self::KeyedCoProcess => ("KeyedCoProcessFunction", "keyed_co_process"),
            Self::BroadcastProcess => ("BroadcastProcessFunction", "broadcast_process"),
            Self::KeyedBroadcastProcess => {
                ("KeyedBroadcastProcessFunction", "keyed_broadcast_process")
            }
            Self::Timestamps => ("TimestampAssigner", "timestamps"),
            Self::Aggregate => ("AggregateFunction", "aggregate"),
            Self::Reduce => ("ReduceFunction", "reduce"),
            Self::ProcessWindow => ("ProcessWindowFunction", "process_window"),
            Self::Join => ("JoinFunction", "join"),
            Self::CoGroup => ("CoGroupFunction", "co_group"),
            Self::ProcessJoin => ("ProcessJoinFunction", "process_join"),
            Self::WindowFn => ("WindowFn", "window_fn"),
        }
    }

    /// The kind whose trait has that name.
    fn of_trait(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.names().0 == name)
    }
}

/// The `name = ".."` of an attribute, if it has one.
pub(crate) fn name_of(args: TokenStream) -> Result<Option<LitStr>> {
    let mut name = None;
    let parser = syn::meta::parser(|meta| {
        if !meta.path.is_ident("name") {
            return Err(meta.error("expected `name = \"..\"`"));
        }
        let value: LitStr = meta.value()?.parse()?;
        if value.value().is_empty() {
            return Err(syn::Error::new(value.span(), "a name cannot be empty"));
        }
        name = Some(value);
        Ok(())
    });
    parser.parse2(args)?;
    Ok(name)
}

/// The item that registers type `function` under that name.
fn register(kind: Kind, function: &TokenStream, name: &LitStr) -> Result<TokenStream> {
    let facade = paths::facade()?;
    let constructor = format_ident!("{}", kind.names().1);
    // Window functions have no types, and are found elsewhere.
    let entry = if kind == Kind::WindowFn { "WindowFnEntry" } else { "FunctionEntry" };
    let entry = format_ident!("{entry}");
    Ok(quote! {
        #facade::__private::inventory::submit! {
            #facade::__private::#entry::#constructor::<#function>(#name)
        }
    })
}

/// The name as Rust functions have it: `CountPerUser` is `count_per_user`.
fn snake_case(ident: &Ident) -> String {
    let mut name = String::new();
    let mut lower_before = false;
    for char in ident.to_string().trim_start_matches("r#").chars() {
        if char.is_uppercase() && lower_before {
            name.push('_');
        }
        lower_before = !char.is_uppercase();
        name.extend(char.to_lowercase());
    }
    name
}
