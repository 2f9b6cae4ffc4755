//! `#[function]` on the `impl` of a function trait.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Error, ItemImpl, LitStr, Result, Type};

use crate::function::{Kind, name_of, register, snake_case};

const EXPECTED: &str = "expected an `impl` of MapFunction, FlatMapFunction, FilterFunction or \
                        KeyedProcessFunction";

pub(crate) fn on_impl(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let name = name_of(args)?;
    let item: ItemImpl = syn::parse2(item).map_err(|error| Error::new(error.span(), EXPECTED))?;
    let Some((_, path, _)) = &item.trait_ else {
        return Err(Error::new(item.self_ty.span(), EXPECTED));
    };
    let kind = match path.segments.last().map(|last| last.ident.to_string()).as_deref() {
        Some("MapFunction") => Kind::Map,
        Some("FlatMapFunction") => Kind::FlatMap,
        Some("FilterFunction") => Kind::Filter,
        Some("KeyedProcessFunction") => Kind::KeyedProcess,
        _ => return Err(Error::new(path.span(), EXPECTED)),
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
