//! `#[derive(Enum)]`.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, Ident, Result};

use crate::{options, paths};

pub(crate) fn derive(input: DeriveInput) -> Result<TokenStream> {
    let constants = constants(&input)?;
    let options = options::of_enum(&input)?;
    let core = paths::core()?;
    let ident = &input.ident;
    let variant: Vec<_> = constants.iter().map(|(variant, _)| variant).collect();
    let name: Vec<_> = constants.iter().map(|(_, name)| name).collect();
    let ordinal: Vec<_> = (0..constants.len()).collect();
    let int = options.int;
    let class = match options.class {
        Some(class) => quote!(Option::Some(#class)),
        None => quote!(Option::None),
    };

    Ok(quote! {
        const _: () = {
            use #core::coder::{DecodeError, EncodeError, Input};
            use #core::row::{ReadSlots, RowField, WriteSlots};
            use #core::types::{Data, DataType, Enum, Key, enumeration};
            use ::core::option::Option;
            use ::core::result::Result;

            #[automatically_derived]
            impl Enum for #ident {
                const NAMES: &'static [&'static str] = &[#(#name),*];
                const INT: bool = #int;
                const CLASS: Option<&'static str> = #class;

                fn ordinal(&self) -> usize {
                    match self {
                        #(Self::#variant => #ordinal,)*
                    }
                }

                fn from_ordinal(ordinal: usize) -> Option<Self> {
                    match ordinal {
                        #(#ordinal => Option::Some(Self::#variant),)*
                        _ => Option::None,
                    }
                }
            }

            #[automatically_derived]
            impl Data for #ident {
                type View<'brookite> = #ident;

                fn data_type() -> DataType {
                    enumeration::data_type::<Self>()
                }

                fn encode(
                    value: &Self,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    enumeration::encode(value, out)
                }

                fn decode<'brookite>(input: &mut Input<'brookite>) -> Result<Self, DecodeError> {
                    enumeration::decode(input)
                }

                fn encode_nullable(
                    value: Option<&Self>,
                    out: &mut ::std::vec::Vec<u8>,
                ) -> Result<(), EncodeError> {
                    enumeration::encode_nullable(value, out)
                }

                fn decode_nullable<'brookite>(
                    input: &mut Input<'brookite>,
                ) -> Result<Option<Self>, DecodeError> {
                    enumeration::decode_nullable(input)
                }

                fn shorten<'short, 'long: 'short>(value: Self) -> Self {
                    value
                }

                fn describe(value: &Self, f: &mut dyn ::core::fmt::Write) -> ::core::fmt::Result {
                    f.write_str(Enum::name(value))
                }
            }

            #[automatically_derived]
            impl RowField for #ident {
                const ELEMENT_SIZE: usize = enumeration::element_size::<Self>();

                fn column_type() -> DataType {
                    enumeration::column_type::<Self>()
                }

                fn read<'brookite, Slots: ReadSlots<'brookite>>(
                    slots: &Slots,
                    index: usize,
                ) -> Result<Self, DecodeError> {
                    enumeration::read(slots, index)
                }

                fn write<Slots: WriteSlots>(
                    value: &Self,
                    slots: &mut Slots,
                    index: usize,
                ) -> Result<(), EncodeError> {
                    enumeration::write(value, slots, index)
                }
            }

            #[automatically_derived]
            impl Key for #ident {}
        };
    })
}

/// The variants and their names.
fn constants(input: &DeriveInput) -> Result<Vec<(&Ident, String)>> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.span(), "Enum can be derived for enums only"));
    };
    if !input.generics.params.is_empty() {
        let message = "an enum of constants cannot have parameters";
        return Err(Error::new(input.generics.span(), message));
    }
    if data.variants.is_empty() {
        return Err(Error::new(input.span(), "an enum has at least one constant"));
    }
    let mut names = HashSet::new();
    let mut constants = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a constant has no fields: it is a name, or a number";
            return Err(Error::new(variant.fields.span(), message));
        }
        if let Some((_, discriminant)) = &variant.discriminant {
            let message = "constants are numbered from 0 on, as Java's are";
            return Err(Error::new(discriminant.span(), message));
        }
        let name = match options::name(&variant.attrs)? {
            Some(name) => name,
            None => variant.ident.to_string().trim_start_matches("r#").to_owned(),
        };
        if !names.insert(name.clone()) {
            let message = format!("two constants have the name {name:?}");
            return Err(Error::new(variant.span(), message));
        }
        constants.push((&variant.ident, name));
    }
    Ok(constants)
}
