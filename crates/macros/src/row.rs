//! `#[derive(Row)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericParam, Ident, LitStr, Result, Type};

use crate::lifetimes::to_static;
use crate::paths;

struct Column<'a> {
    field: &'a Ident,
    name: String,
    /// The field's type, with every lifetime `'static`.
    ty: Type,
}

pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let columns = columns(&input)?;
    let (stat, view) = types(&input)?;
    let core = paths::core()?;
    let ident = &input.ident;

    let arity = columns.len();
    let field: Vec<_> = columns.iter().map(|column| column.field).collect();
    let name: Vec<_> = columns.iter().map(|column| &column.name).collect();
    let ty: Vec<_> = columns.iter().map(|column| &column.ty).collect();
    let index = 0..arity;
    let index = quote_each(index);
    let separator: Vec<_> = (0..arity).map(|i| if i == 0 { " { " } else { ", " }).collect();
    let title = ident.to_string();

    let key = is_key(&input)?.then(|| {
        quote! {
            impl #core::types::Key for #stat {}
            const _: () = {
                const fn is_key<K: #core::types::Key>() {}
                #(is_key::<#ty>();)*
            };
        }
    });

    Ok(quote! {
        const _: () = {
            use #core::coder::{Coder, DecodeError, EncodeError, Encoding, Input};
            use #core::row::{self, BinaryRow, BinaryRowWriter, ReadSlots, Row, RowField, WriteSlots};
            use #core::types::{Data, DataType, Field, Kind};
            use ::core::option::Option;
            use ::core::result::Result;

            #[automatically_derived]
            impl Data for #stat {
                type View<'brookite> = #view;

                fn data_type() -> DataType {
                    DataType::required(Kind::Row(<Self as Row>::fields()))
                }

                fn encode(
                    value: &Self::View<'_>,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    row::encode::<Self>(value, out)
                }

                fn decode<'brookite>(
                    input: &mut Input<'brookite>,
                ) -> Result<Self::View<'brookite>, DecodeError> {
                    row::decode::<Self>(input)
                }

                fn coder(encoding: Encoding) -> Option<&'static dyn Coder<Self>> {
                    row::coder::<Self>(encoding)
                }

                fn shorten<'short, 'long: 'short>(
                    value: Self::View<'long>,
                ) -> Self::View<'short> {
                    value
                }

                fn describe(
                    value: &Self::View<'_>,
                    f: &mut dyn ::core::fmt::Write,
                ) -> ::core::fmt::Result {
                    f.write_str(#title)?;
                    #(
                        f.write_str(#separator)?;
                        f.write_str(#name)?;
                        f.write_str(": ")?;
                        <#ty as Data>::describe(&value.#field, f)?;
                    )*
                    f.write_str(" }")
                }
            }

            #[automatically_derived]
            impl Row for #stat {
                const ARITY: usize = #arity;

                fn fields() -> ::std::vec::Vec<Field> {
                    ::std::vec![#(Field {
                        name: ::std::string::String::from(#name),
                        data_type: <#ty as RowField>::column_type(),
                    }),*]
                }

                #[inline]
                fn read_row<'brookite>(
                    row: &BinaryRow<'brookite>,
                ) -> Result<Self::View<'brookite>, DecodeError> {
                    Result::Ok(#ident {
                        #(#field: match <#ty as RowField>::read(row, #index) {
                            Result::Ok(value) => value,
                            Result::Err(error) => return Result::Err(error.inside(#name)),
                        }),*
                    })
                }

                #[inline]
                fn write_row(
                    value: &Self::View<'_>,
                    row: &mut BinaryRowWriter<'_>,
                ) -> Result<(), EncodeError> {
                    #(
                        <#ty as RowField>::write(&value.#field, row, #index)
                            .map_err(|error| error.inside(#name))?;
                    )*
                    Result::Ok(())
                }
            }

            #[automatically_derived]
            impl RowField for #stat {
                fn read<'brookite, Slots: ReadSlots<'brookite>>(
                    slots: &Slots,
                    index: usize,
                ) -> Result<Self::View<'brookite>, DecodeError> {
                    row::read_nested::<Self, Slots>(slots, index)
                }

                fn write<Slots: WriteSlots>(
                    value: &Self::View<'_>,
                    slots: &mut Slots,
                    index: usize,
                ) -> Result<(), EncodeError> {
                    row::write_nested::<Self, Slots>(value, slots, index)
                }
            }

            #key
        };
    })
}

fn quote_each(indices: std::ops::Range<usize>) -> Vec<TokenStream> {
    indices.map(|index| quote!(#index)).collect()
}

/// The struct with its lifetime `'static`, and with the lifetime of a view.
fn types(input: &DeriveInput) -> Result<(TokenStream, TokenStream)> {
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

fn columns(input: &DeriveInput) -> Result<Vec<Column<'_>>> {
    let fields = match &input.data {
        Data::Struct(data) => &data.fields,
        Data::Enum(_) | Data::Union(_) => {
            return Err(Error::new(input.span(), "Row can be derived for structs only"));
        }
    };
    let Fields::Named(fields) = fields else {
        let message = "a row's columns have names: use a struct with named fields";
        return Err(Error::new(fields.span(), message));
    };
    if fields.named.is_empty() {
        return Err(Error::new(input.span(), "a row has at least one column"));
    }
    fields.named.iter().map(column).collect()
}

fn column(field: &Field) -> Result<Column<'_>> {
    let ident = field.ident.as_ref().ok_or_else(|| Error::new(field.span(), "expected a name"))?;
    let mut name = ident.to_string().trim_start_matches("r#").to_owned();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("row")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = meta.value()?.parse::<LitStr>()?.value();
                return Ok(());
            }
            Err(meta.error("expected `name = \"..\"`"))
        })?;
    }
    Ok(Column { field: ident, name, ty: to_static(&field.ty) })
}

fn is_key(input: &DeriveInput) -> Result<bool> {
    let mut key = false;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("row")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("key") {
                key = true;
                return Ok(());
            }
            Err(meta.error("expected `key`"))
        })?;
    }
    Ok(key)
}
