//! What `#[row(..)]` says.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, DeriveInput, LitStr, Result};

/// On a struct.
#[derive(Default)]
pub(crate) struct OfStruct {
    /// It can be a key.
    pub(crate) key: bool,
    /// Its class in Java.
    pub(crate) class: Option<String>,
}

/// On an enum.
#[derive(Default)]
pub(crate) struct OfEnum {
    /// It is a number.
    pub(crate) int: bool,
    /// Its class in Java.
    pub(crate) class: Option<String>,
}

pub(crate) fn of_struct(input: &DeriveInput) -> Result<OfStruct> {
    let mut options = OfStruct::default();
    each(&input.attrs, |meta| {
        if meta.path.is_ident("key") {
            options.key = true;
        } else if meta.path.is_ident("class") {
            options.class = Some(text(&meta)?);
        } else {
            return Err(meta.error("expected `key` or `class = \"..\"`"));
        }
        Ok(())
    })?;
    Ok(options)
}

pub(crate) fn of_enum(input: &DeriveInput) -> Result<OfEnum> {
    let mut options = OfEnum::default();
    each(&input.attrs, |meta| {
        if meta.path.is_ident("as") {
            let literal: LitStr = meta.value()?.parse()?;
            options.int = match literal.value().as_str() {
                "INT" => true,
                "STRING" => false,
                _ => return Err(syn::Error::new(literal.span(), "expected \"INT\" or \"STRING\"")),
            };
        } else if meta.path.is_ident("class") {
            options.class = Some(text(&meta)?);
        } else {
            return Err(meta.error("expected `as = \"INT\"` or `class = \"..\"`"));
        }
        Ok(())
    })?;
    Ok(options)
}

/// The name that a field or variant is given.
pub(crate) fn name(attributes: &[Attribute]) -> Result<Option<String>> {
    let mut name = None;
    each(attributes, |meta| {
        if meta.path.is_ident("name") {
            name = Some(text(&meta)?);
            return Ok(());
        }
        Err(meta.error("expected `name = \"..\"`"))
    })?;
    Ok(name)
}

fn each(
    attributes: &[Attribute],
    mut take: impl FnMut(ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("row"))
        .try_for_each(|attribute| attribute.parse_nested_meta(&mut take))
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<String> {
    meta.value()?.parse::<LitStr>().map(|literal| literal.value())
}
