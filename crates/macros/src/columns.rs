//! The fields of a struct.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericParam, Ident, Result, Type};

use crate::lifetimes::to_static;
use crate::options;

/// A field of a struct.
pub(crate) struct Column<'a> {
    pub(crate) field: &'a Ident,
    pub(crate) name: String,
    /// The field's type, with every lifetime `'static`.
    pub(crate) ty: Type,
}

/// The struct with its lifetime `'static`, and with the lifetime of a view.
pub(crate) fn types(input: &DeriveInput) -> Result<(TokenStream, TokenStream)> {
    let ident = &input.ident;
    let mut lifetimes = 0;
    for param in &input.generics.params {
        match param {
            GenericParam::Lifetime(_) if lifetimes == 0 => lifetimes += 1,
            GenericParam::Lifetime(second) => {
                let message = "a row borrows from one record: use one lifetime for all fields";
                return Err(Error::new(second.span(), message));
            }
            GenericParam::Type(param) => return Err(generic(param.span())),
            GenericParam::Const(param) => return Err(generic(param.span())),
        }
    }
    Ok(match lifetimes {
        0 => (quote!(#ident), quote!(#ident)),
        _ => (quote!(#ident<'static>), quote!(#ident<'brookite>)),
    })
}

fn generic(span: proc_macro2::Span) -> Error {
    Error::new(span, "a row has a fixed list of columns: it cannot have type or const parameters")
}

/// The columns.
pub(crate) fn columns(input: &DeriveInput) -> Result<Vec<Column<'_>>> {
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(_) | Data::Union(_) => {
            let message = "rows and POJOs are structs; for an enum of constants, derive Enum";
            return Err(Error::new(input.span(), message));
        }
    };
    let Fields::Named(fields) = fields else {
        let message = "a row's columns have names: use a struct with named fields";
        return Err(Error::new(fields.span(), message));
    };
    if fields.named.is_empty() {
        return Err(Error::new(input.span(), "a row has at least one column"));
    }
    let columns: Vec<_> = fields.named.iter().map(column).collect::<Result<_>>()?;
    let mut names = HashSet::new();
    match columns.iter().find(|column| !names.insert(&column.name)) {
        Some(twice) => {
            let message = format!("two columns have the name {:?}", twice.name);
            Err(Error::new(twice.field.span(), message))
        }
        None => Ok(columns),
    }
}

fn column(field: &Field) -> Result<Column<'_>> {
    let ident = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "expected a name"))?;
    let name = match options::name(&field.attrs)? {
        Some(name) => name,
        None => ident.to_string().trim_start_matches("r#").to_owned(),
    };
    Ok(Column { field: ident, name, ty: to_static(&field.ty) })
}
