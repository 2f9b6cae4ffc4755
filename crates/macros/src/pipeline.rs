//! `#[pipeline]` on an `fn`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, Expr, ExprLit, FnArg, ItemFn, Lit, LitStr, Meta, Result, ReturnType, Type,
};

use crate::function::name_of;
use crate::paths;

/// What the attribute can stand on.
const EXPECTED: &str = "expected a function: `fn name(p: &Pipeline) -> Result<()>`, or \
                        `fn name(p: &Pipeline, args: &Arguments) -> Result<()>`";

/// Registers an `fn` that builds a pipeline.
pub(crate) fn on_fn(args: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let name = name_of(args)?;
    let item: ItemFn = syn::parse2(item).map_err(|error| Error::new(error.span(), EXPECTED))?;
    check_plain(&item)?;
    let arguments = item.sig.inputs.iter().map(by_reference).collect::<Result<Vec<_>>>()?;
    let ReturnType::Type(_, returned) = &item.sig.output else {
        let message =
            "a pipeline returns `Result<()>`: it may fail, such as for a missing argument";
        return Err(Error::new(item.sig.ident.span(), message));
    };
    let ident = &item.sig.ident;
    // What does not fit is told of where it stands.
    let call = match arguments[..] {
        [pipeline] => {
            let pipeline = quote_spanned!(pipeline.span()=> pipeline);
            quote_spanned!(returned.span()=> #ident(#pipeline))
        }
        [pipeline, arguments] => {
            let pipeline = quote_spanned!(pipeline.span()=> pipeline);
            let arguments = quote_spanned!(arguments.span()=> arguments);
            quote_spanned!(returned.span()=> #ident(#pipeline, #arguments))
        }
        _ => return Err(Error::new(item.sig.inputs.span(), EXPECTED)),
    };
    let name = name
        .unwrap_or_else(|| LitStr::new(ident.to_string().trim_start_matches("r#"), ident.span()));
    let description = description(&item.attrs);
    let facade = paths::facade()?;
    Ok(quote! {
        #item

        const _: () = {
            #[allow(unused_variables)]
            fn program(
                pipeline: &#facade::Pipeline,
                arguments: &#facade::Arguments,
            ) -> #facade::Result<()> {
                #call
            }

            #facade::__private::inventory::submit! {
                #facade::__private::PipelineEntry::new(#name, #description, program)
                    .of(&#ident)
                    .in_module(::core::module_path!())
            }
        };
    })
}

fn check_plain(item: &ItemFn) -> Result<()> {
    let signature = &item.sig;
    if let Some(token) = &signature.asyncness {
        let message = "a pipeline only says what is to run: no `async`";
        return Err(Error::new(token.span, message));
    }
    if let Some(token) = &signature.unsafety {
        return Err(Error::new(token.span, "a registered pipeline cannot be `unsafe`"));
    }
    if let Some(param) = signature.generics.params.first() {
        let message =
            "a registered pipeline is called by its name: it cannot have parameters in `<>`";
        return Err(Error::new(param.span(), message));
    }
    Ok(())
}

/// The type that an argument refers to.
fn by_reference(argument: &FnArg) -> Result<&Type> {
    if let FnArg::Typed(argument) = argument
        && let Type::Reference(reference) = &*argument.ty
        && reference.mutability.is_none()
    {
        return Ok(&argument.ty);
    }
    let message =
        "a pipeline takes its arguments by shared reference: `&Pipeline`, and `&Arguments`";
    Err(Error::new(argument.span(), message))
}

/// What the doc comment says.
fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => match &doc.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<_> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}
