//! `#[derive(Row)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Result};

use crate::columns::{columns, types};
use crate::object::{describe, object};
use crate::{options, paths};

pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let columns = columns(&input)?;
    let (stat, view) = types(&input)?;
    let core = paths::core()?;
    let ident = &input.ident;

    let arity = columns.len();
    let field: Vec<_> = columns.iter().map(|column| column.field).collect();
    let name: Vec<_> = columns.iter().map(|column| &column.name).collect();
    let ty: Vec<_> = columns.iter().map(|column| &column.ty).collect();
    let index: Vec<_> = (0..arity).collect();
    let describe = describe(&columns, &ident.to_string());
    let object = object(&input, &columns)?;

    let key = options::of_struct(&input)?.key.then(|| {
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
            use #core::coder::{DecodeError, EncodeError, Encoding, Input, WithCoder};
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

                fn with_coder<W: WithCoder<Self>>(
                    encoding: Encoding,
                    with: W,
                ) -> Option<W::Output> {
                    row::with_coder::<Self, W>(encoding, with)
                }

                fn shorten<'short, 'long: 'short>(
                    value: Self::View<'long>,
                ) -> Self::View<'short> {
                    value
                }

                #describe
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

        #object
    })
}
