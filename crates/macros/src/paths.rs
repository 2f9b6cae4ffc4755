//! How generated code names this project's crates.

use proc_macro_crate::{FoundCrate, crate_name};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The core crate, by itself or through the facade.
pub(crate) fn core() -> syn::Result<TokenStream> {
    if let Ok(found) = crate_name("brookite") {
        let name = ident(found, "brookite");
        return Ok(quote!(::#name::core));
    }
    find("brookite-core", "brookite_core")
}

/// The facade, which functions are registered through.
pub(crate) fn facade() -> syn::Result<TokenStream> {
    find("brookite", "brookite")
}

fn find(package: &str, library: &str) -> syn::Result<TokenStream> {
    match crate_name(package) {
        Ok(found) => {
            let name = ident(found, library);
            Ok(quote!(::#name))
        }
        Err(error) => Err(syn::Error::new(
            Span::call_site(),
            format!("add `{package}` to the dependencies of this crate: {error}"),
        )),
    }
}

fn ident(found: FoundCrate, library: &str) -> Ident {
    let name = match &found {
        FoundCrate::Itself => library,
        FoundCrate::Name(name) => name,
    };
    Ident::new(name, Span::call_site())
}
