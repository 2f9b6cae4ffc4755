//! `#[map]`, `#[flat_map]`, `#[filter]` and `#[timestamps]` on an `fn`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::spanned::Spanned;
use syn::{
    Error, FnArg, GenericArgument, ItemFn, LitStr, PathArguments, Result, ReturnType, Type,
    TypePath, TypeReference,
};

use crate::function::{Kind, name_of, register};
use crate::lifetimes::to_static;
use crate::paths;

/// Registers an `fn` as a function of that kind, whose trait `implement` implements with it.
pub(crate) fn on_fn(
    kind: Kind,
    implement: fn(&mut ItemFn) -> Result<TokenStream>,
    args: TokenStream,
    item: TokenStream,
) -> Result<TokenStream> {
    let name = name_of(args)?;
    let mut item: ItemFn = syn::parse2(item)
        .map_err(|error| Error::new(error.span(), "expected a function (`fn`)"))?;
    check_plain(&item)?;
    let implementation = implement(&mut item)?;
    let ident = &item.sig.ident;
    let name = name
        .unwrap_or_else(|| LitStr::new(ident.to_string().trim_start_matches("r#"), ident.span()));
    let function = format_ident!("Registered");
    let registration = register(kind, &quote!(#function), &name)?;
    Ok(quote! {
        #item

        const _: () = {
            #[derive(::core::default::Default)]
            struct #function;

            // Whether the error needs converting is not known here.
            #[allow(clippy::needless_question_mark)]
            #implementation

            #registration
        };
    })
}

fn check_plain(item: &ItemFn) -> Result<()> {
    let signature = &item.sig;
    if let Some(token) = &signature.asyncness {
        return Err(Error::new(
            token.span,
            "a function is called on the task's thread: no `async`",
        ));
    }
    if let Some(token) = &signature.unsafety {
        return Err(Error::new(token.span, "a registered function cannot be `unsafe`"));
    }
    let generic = signature
        .generics
        .params
        .iter()
        .find(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
    if let Some(param) = generic {
        return Err(Error::new(
            param.span(),
            "a registered function has fixed types: it cannot have type parameters",
        ));
    }
    Ok(())
}

pub(crate) fn map(item: &mut ItemFn) -> Result<TokenStream> {
    let [record] = arguments(item, ["the record"])?;
    let input = by_value(record)?;
    let (output, fallible) = output(&item.sig.output)?;
    let output = to_static(&output.ok_or_else(|| {
        Error::new(item.sig.span(), "a map function returns a value for each record")
    })?);
    let core = paths::core()?;
    let ident = &item.sig.ident;
    let call = finish(fallible, quote!(#ident(value)));
    Ok(quote! {
        impl #core::function::MapFunction for Registered {
            type In = #input;
            type Out = #output;

            #[inline]
            fn map<'brookite>(
                &'brookite mut self,
                value: #core::View<'brookite, Self::In>,
            ) -> #core::Result<#core::View<'brookite, Self::Out>> {
                #call
            }
        }
    })
}

pub(crate) fn flat_map(item: &mut ItemFn) -> Result<TokenStream> {
    let [record, collector] = arguments(item, ["the record", "the collector"])?;
    let input = by_value(record)?;
    let output = collected(collector)?;
    // `Collector<'_, &str>` is what people write; the type inside names a stream, and is 'static.
    let collector = with_output(collector, &output)?;
    let (returned, fallible) = self::output(&item.sig.output)?;
    let unit = |ty: &Type| matches!(ty, Type::Tuple(tuple) if tuple.elems.is_empty());
    if let Some(other) = returned.filter(|ty| !unit(ty)) {
        let message = "a flat map function returns nothing: its results go into the collector";
        return Err(Error::new(other.span(), message));
    }
    if let Some(FnArg::Typed(argument)) = item.sig.inputs.iter_mut().nth(1) {
        *argument.ty = collector;
    }
    let core = paths::core()?;
    let ident = &item.sig.ident;
    let call = if fallible {
        quote!(::core::result::Result::Ok(#ident(value, out)?))
    } else {
        quote!({ #ident(value, out); ::core::result::Result::Ok(()) })
    };
    Ok(quote! {
        impl #core::function::FlatMapFunction for Registered {
            type In = #input;
            type Out = #output;

            #[inline]
            fn flat_map(
                &mut self,
                value: #core::View<'_, Self::In>,
                out: &mut #core::function::Collector<'_, Self::Out>,
            ) -> #core::Result<()> {
                #call
            }
        }
    })
}

pub(crate) fn filter(item: &mut ItemFn) -> Result<TokenStream> {
    let [record] = arguments(item, ["a reference to the record"])?;
    let (input, value) = by_reference(record, "a filter function")?;
    let (returned, fallible) = output(&item.sig.output)?;
    if returned.is_none() {
        return Err(Error::new(item.sig.span(), "a filter function returns a `bool`"));
    }
    let core = paths::core()?;
    let ident = &item.sig.ident;
    let call = finish(fallible, quote!(#ident(#value)));
    Ok(quote! {
        impl #core::function::FilterFunction for Registered {
            type In = #input;

            #[inline]
            fn filter(&mut self, value: &#core::View<'_, Self::In>) -> #core::Result<bool> {
                #call
            }
        }
    })
}

pub(crate) fn timestamps(item: &mut ItemFn) -> Result<TokenStream> {
    let [record] = arguments(item, ["a reference to the record"])?;
    let (input, value) = by_reference(record, "a timestamp assigner")?;
    let (returned, fallible) = output(&item.sig.output)?;
    if returned.is_none() {
        let message = "a timestamp assigner returns the milliseconds since the epoch, an `i64`";
        return Err(Error::new(item.sig.span(), message));
    }
    let core = paths::core()?;
    let ident = &item.sig.ident;
    let call = finish(fallible, quote!(#ident(#value)));
    Ok(quote! {
        impl #core::function::TimestampAssigner for Registered {
            type In = #input;

            #[inline]
            fn extract_timestamp(
                &mut self,
                value: &#core::View<'_, Self::In>,
                _: ::core::option::Option<i64>,
            ) -> #core::Result<i64> {
                #call
            }
        }
    })
}

/// The type of a record that the function looks at, and how the function is given a `value: &View`.
fn by_reference(record: &Type, function: &str) -> Result<(Type, TokenStream)> {
    let Type::Reference(TypeReference { elem, .. }) = record else {
        let message = format!("{function} looks at a record and does not take it: expected `&..`");
        return Err(Error::new(record.span(), message));
    };
    // `&str` is the view of text itself; of other types the view is behind the reference.
    Ok(if is_unsized(elem) {
        (to_static(record), quote!(*value))
    } else {
        (to_static(elem), quote!(value))
    })
}

fn finish(fallible: bool, call: TokenStream) -> TokenStream {
    if fallible {
        quote!(::core::result::Result::Ok(#call?))
    } else {
        quote!(::core::result::Result::Ok(#call))
    }
}

fn arguments<'i, const N: usize>(item: &'i ItemFn, expected: [&str; N]) -> Result<[&'i Type; N]> {
    let types: Vec<&Type> = item
        .sig
        .inputs
        .iter()
        .filter_map(|argument| match argument {
            FnArg::Typed(argument) => Some(&*argument.ty),
            FnArg::Receiver(_) => None,
        })
        .collect();
    let found = item.sig.inputs.len();
    match <[&Type; N]>::try_from(types) {
        Ok(types) if found == N => Ok(types),
        _ => Err(Error::new(
            item.sig.span(),
            format!("expected as arguments: {}; found {found} of them", expected.join(", ")),
        )),
    }
}

/// The record's type, taken by value or as borrowed text or bytes.
fn by_value(ty: &Type) -> Result<Type> {
    match ty {
        Type::Reference(reference) if !is_unsized(&reference.elem) => Err(Error::new(
            ty.span(),
            "take the record by value; what it borrows, such as `&str` fields, is not copied",
        )),
        _ => Ok(to_static(ty)),
    }
}

/// `str` or a slice, which are seen through a reference.
fn is_unsized(ty: &Type) -> bool {
    match ty {
        Type::Slice(_) => true,
        Type::Path(TypePath { path, .. }) => path.is_ident("str"),
        _ => false,
    }
}

/// What is returned, if anything, and whether in a `Result`.
fn output(returned: &ReturnType) -> Result<(Option<Type>, bool)> {
    let ReturnType::Type(_, ty) = returned else { return Ok((None, false)) };
    if let Type::Path(TypePath { path, .. }) = &**ty
        && let Some(last) = path.segments.last()
        && last.ident == "Result"
    {
        let PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return Err(Error::new(ty.span(), "expected `Result<..>` with the type of the result"));
        };
        return match arguments.args.first() {
            Some(GenericArgument::Type(ok)) => Ok((Some(ok.clone()), true)),
            _ => Err(Error::new(ty.span(), "expected `Result<..>` with the type of the result")),
        };
    }
    Ok((Some((**ty).clone()), false))
}

/// The type that a `&mut Collector<'_, T>` collects.
fn collected(ty: &Type) -> Result<Type> {
    let expected =
        || Error::new(ty.span(), "expected `&mut Collector<'_, ..>` with the results' type");
    let Type::Reference(reference) = ty else { return Err(expected()) };
    let Type::Path(TypePath { path, .. }) = &*reference.elem else { return Err(expected()) };
    let last = path.segments.last().filter(|segment| segment.ident == "Collector");
    let Some(PathArguments::AngleBracketed(arguments)) = last.map(|segment| &segment.arguments)
    else {
        return Err(expected());
    };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(to_static(ty)),
        _ => None,
    });
    types.next().ok_or_else(expected)
}

/// The collector's type, with the type that it collects replaced.
fn with_output(ty: &Type, output: &Type) -> Result<Type> {
    let mut ty = ty.clone();
    if let Type::Reference(reference) = &mut ty
        && let Type::Path(TypePath { path, .. }) = &mut *reference.elem
        && let Some(last) = path.segments.last_mut()
        && let PathArguments::AngleBracketed(arguments) = &mut last.arguments
    {
        for argument in &mut arguments.args {
            if let GenericArgument::Type(ty) = argument {
                *ty = output.clone();
            }
        }
    }
    Ok(ty)
}
