//! `#[derive(Pojo)]`, and the part of it that rows have too: fields one by one, as streams' values.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Error, Result};

use crate::columns::{Column, columns, types};
use crate::{options, paths};

/// `#[derive(Pojo)]`.
pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let columns = columns(&input)?;
    let (stat, view) = types(&input)?;
    let core = paths::core()?;
    let options = options::of_struct(&input)?;
    if options.class.is_none() {
        let message = "a POJO has a class: add `#[row(class = \"com.acme.Order\")]`";
        return Err(Error::new(input.ident.span(), message));
    }
    let title = input.ident.to_string();
    let describe = describe(&columns, &title);
    let object = object(&input, &columns)?;

    Ok(quote! {
        const _: () = {
            use #core::coder::{DecodeError, DecodeErrorKind, EncodeError, Input};
            use #core::types::{Data, DataType, object};
            use ::core::option::Option;
            use ::core::result::Result;

            #[automatically_derived]
            impl Data for #stat {
                type View<'brookite> = #view;

                fn data_type() -> DataType {
                    object::pojo_type::<Self>()
                }

                fn encode(
                    value: &Self::View<'_>,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    object::encode_pojo::<Self>(Option::Some(value), out)
                }

                fn decode<'brookite>(
                    input: &mut Input<'brookite>,
                ) -> Result<Self::View<'brookite>, DecodeError> {
                    let offset = input.offset();
                    object::decode_pojo::<Self>(input)?
                        .ok_or_else(|| DecodeError::new(offset, DecodeErrorKind::Null))
                }

                fn encode_nullable(
                    value: Option<&Self::View<'_>>,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    object::encode_pojo::<Self>(value, out)
                }

                fn decode_nullable<'brookite>(
                    input: &mut Input<'brookite>,
                ) -> Result<Option<Self::View<'brookite>>, DecodeError> {
                    object::decode_pojo::<Self>(input)
                }

                fn shorten<'short, 'long: 'short>(
                    value: Self::View<'long>,
                ) -> Self::View<'short> {
                    value
                }

                #describe
            }
        };

        #object
    })
}

/// `Data::describe` for a struct.
pub(crate) fn describe(columns: &[Column<'_>], title: &str) -> TokenStream {
    let field = columns.iter().map(|column| column.field);
    let name = columns.iter().map(|column| &column.name);
    let ty = columns.iter().map(|column| &column.ty);
    let separator = (0..columns.len()).map(|i| if i == 0 { " { " } else { ", " });
    quote! {
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
}

/// The impls of `Object`, and of `JavaClass` where there is one.
pub(crate) fn object(input: &DeriveInput, columns: &[Column<'_>]) -> Result<TokenStream> {
    let (stat, _) = types(input)?;
    let core = paths::core()?;
    let ident = &input.ident;
    let field: Vec<_> = columns.iter().map(|column| column.field).collect();
    let name: Vec<_> = columns.iter().map(|column| &column.name).collect();
    let ty: Vec<_> = columns.iter().map(|column| &column.ty).collect();
    let index: Vec<_> = (0..columns.len()).collect();
    let local: Vec<_> = index.iter().map(|index| format_ident!("field_{index}")).collect();

    let mut by_name = index.clone();
    by_name.sort_by_key(|index| name[*index]);
    let declared = decode_fields(&index, columns);
    let sorted = decode_fields(&by_name, columns);

    let class = options::of_struct(input)?.class.map(|class| {
        quote! {
            #[automatically_derived]
            impl #core::types::JavaClass for #stat {
                const CLASS: &'static str = #class;
            }
        }
    });

    Ok(quote! {
        const _: () = {
            use #core::coder::{DecodeError, EncodeError, Input};
            use #core::types::{Data, Field, Object, View, object};
            use ::core::result::Result;

            #[automatically_derived]
            impl Object for #stat {
                const BY_NAME: &'static [usize] = &[#(#by_name),*];

                fn object_fields() -> ::std::vec::Vec<Field> {
                    ::std::vec![#(Field {
                        name: ::std::string::String::from(#name),
                        data_type: <#ty as Data>::data_type(),
                    }),*]
                }

                fn is_field_null(value: &View<'_, Self>, index: usize) -> bool {
                    match index {
                        #(#index => <#ty as Data>::is_null(&value.#field),)*
                        _ => ::core::unreachable!("there is no field {index}"),
                    }
                }

                fn encode_field(
                    value: &View<'_, Self>,
                    index: usize,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    match index {
                        #(#index => <#ty as Data>::encode_present(&value.#field, out)
                            .map_err(|error| error.inside(#name)),)*
                        _ => ::core::unreachable!("there is no field {index}"),
                    }
                }

                fn decode_declared<'brookite>(
                    input: &mut Input<'brookite>,
                    mut null: impl FnMut(&mut Input<'brookite>, usize) -> Result<bool, DecodeError>,
                ) -> Result<View<'brookite, Self>, DecodeError> {
                    #declared
                    Result::Ok(#ident { #(#field: #local),* })
                }

                fn decode_by_name<'brookite>(
                    input: &mut Input<'brookite>,
                    mut null: impl FnMut(&mut Input<'brookite>, usize) -> Result<bool, DecodeError>,
                ) -> Result<View<'brookite, Self>, DecodeError> {
                    #sorted
                    Result::Ok(#ident { #(#field: #local),* })
                }
            }

            #class
        };
    })
}

/// Reads the fields into locals, in that order.
fn decode_fields(order: &[usize], columns: &[Column<'_>]) -> TokenStream {
    let local = order.iter().map(|index| format_ident!("field_{index}"));
    let ty = order.iter().map(|index| &columns[*index].ty);
    let name = order.iter().map(|index| &columns[*index].name);
    quote! {
        #(let #local = object::decode_field::<#ty>(input, #order, &mut null, #name)?;)*
    }
}
