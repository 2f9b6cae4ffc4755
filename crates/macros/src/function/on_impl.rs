//! `#[function]` on the `impl` of a function trait.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Error, ItemImpl, LitStr, Result, Type};

use crate::function::{Kind, name_of, register, snake_case};

/// What the attribute can stand on.
fn expected() -> String {
    let [names @ .., last] = Kind::ALL.map(|kind| kind.names().0);
    format!("expected an `impl` of {} or {last}", names.join(", "))
}

pub(crate) fn on_impl(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let name = name_of(args)?;
    let item: ItemImpl = syn::parse2(item).map_err(|error| Error::new(error.span(), expected()))?;
    let Some((_, path, _)) = &item.trait_ else {
        return Err(Error::new(item.self_ty.span(), expected()));
    };
    let name_of_trait = path.segments.last().map(|last| last.ident.to_string());
    let Some(kind) = name_of_trait.as_deref().and_then(Kind::of_trait) else {
        return Err(Error::new(path.span(), expected()));
    };
    if let Some(param) = item.generics.params.first() {
        let message = "a registered function has fixed types: it cannot have parameters";
        return Err(Error::new(param.span(), message));
    }
    let name = match name {
        Some(name) => name,
        None => default_name(&item.self_ty)?,
    };
    let registration = register(kind, &item.self_ty.to_token_stream(), &name)?;
    Ok(quote! {
        #item

        const _: () = {
            #registration
        };
    })
}

fn default_name(ty: &Type) -> Result<LitStr> {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
    {
        return Ok(LitStr::new(&snake_case(&last.ident), last.span()));
    }
    Err(Error::new(ty.span(), "name this function with #[function(name = \"..\")]"))
}
