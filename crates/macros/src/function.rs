//! The attributes that register functions.

mod on_fn;
mod on_impl;

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::{Ident, LitStr, Result};

use crate::paths;

pub(crate) use on_fn::on_fn;
pub(crate) use on_impl::on_impl;

/// Which function trait is meant.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Map,
    FlatMap,
    Filter,
    KeyedProcess,
}

impl Kind {
    /// The constructor of the registry's entry.
    fn constructor(self) -> TokenStream {
        match self {
            Kind::Map => quote!(map),
            Kind::FlatMap => quote!(flat_map),
            Kind::Filter => quote!(filter),
            Kind::KeyedProcess => quote!(keyed_process),
        }
    }
}

/// The `name = ".."` of an attribute, if it has one.
fn name_of(args: TokenStream) -> Result<Option<LitStr>> {
    let mut name = None;
    let parser = syn::meta::parser(|meta| {
        if !meta.path.is_ident("name") {
            return Err(meta.error("expected `name = \"..\"`"));
        }
        let value: LitStr = meta.value()?.parse()?;
        if value.value().is_empty() {
            return Err(syn::Error::new(value.span(), "a function's name cannot be empty"));
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
    let constructor = kind.constructor();
    Ok(quote! {
        #facade::__private::inventory::submit! {
            #facade::__private::FunctionEntry::#constructor::<#function>(#name)
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
