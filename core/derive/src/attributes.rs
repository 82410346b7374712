//! Serde's attributes, as far as the reader and the writer know them.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Expr, LitStr, Path, Result, Type};

/// Of a type.
#[derive(Default)]
pub(crate) struct OfType {
    pub(crate) deny_unknown_fields: bool,
    pub(crate) default: bool,
    pub(crate) untagged: bool,
    pub(crate) transparent: bool,
    pub(crate) snake_case: bool,
    pub(crate) tag: Option<LitStr>,
    pub(crate) try_from: Option<Type>,
    pub(crate) into: Option<Type>,
    /// What stands in for a value that `try_from` refuses: `#[read(instead = "expression")]`.
    pub(crate) instead: Option<Expr>,
}

/// Of a field or a variant.
#[derive(Default)]
pub(crate) struct OfMember {
    pub(crate) default: bool,
    pub(crate) flatten: bool,
    pub(crate) rename: Option<String>,
    pub(crate) skip_if: Option<Path>,
    /// The reader's counterpart of `with` and `deserialize_with`: `#[read(with = "path")]`.
    pub(crate) with: Option<Path>,
}

pub(crate) fn of_type(attributes: &[Attribute]) -> Result<OfType> {
    let mut found = OfType::default();
    each(attributes, "serde", |meta| {
        match name(meta).as_str() {
            "deny_unknown_fields" => found.deny_unknown_fields = true,
            "default" if !has_value(meta) => found.default = true,
            "untagged" => found.untagged = true,
            "tag" => found.tag = Some(value(meta)?),
            "try_from" => found.try_from = Some(value(meta)?.parse()?),
            "rename_all" if value(meta)?.value() == "snake_case" => found.snake_case = true,
            "transparent" => found.transparent = true,
            "into" => found.into = Some(value(meta)?.parse()?),
            // Of serde's messages.
            "expecting" => drop(value(meta)?),
            _ => return Err(unknown(meta)),
        }
        Ok(())
    })?;
    each(attributes, "read", |meta| {
        match name(meta).as_str() {
            "instead" => found.instead = Some(value(meta)?.parse()?),
            _ => return Err(unknown(meta)),
        }
        Ok(())
    })?;
    Ok(found)
}

pub(crate) fn of_member(attributes: &[Attribute]) -> Result<OfMember> {
    let (mut found, mut by_hand) = (OfMember::default(), None);
    each(attributes, "serde", |meta| {
        match name(meta).as_str() {
            "default" if !has_value(meta) => found.default = true,
            "flatten" => found.flatten = true,
            "rename" => found.rename = Some(value(meta)?.value()),
            "with" | "deserialize_with" => {
                by_hand = Some(meta.error("the reader needs its own function: add `#[read(with = \"…\")]`"));
                drop(value(meta)?);
            }
            "skip_serializing_if" => found.skip_if = Some(value(meta)?.parse()?),
            _ => return Err(unknown(meta)),
        }
        Ok(())
    })?;
    each(attributes, "read", |meta| {
        match name(meta).as_str() {
            "with" => found.with = Some(value(meta)?.parse()?),
            _ => return Err(unknown(meta)),
        }
        Ok(())
    })?;
    match (by_hand, &found.with) {
        (Some(error), None) => Err(error),
        _ => Ok(found),
    }
}

fn each(attributes: &[Attribute], of: &str, mut read: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(of)) {
        attribute.parse_nested_meta(|meta| read(&meta))?;
    }
    Ok(())
}

fn name(meta: &ParseNestedMeta<'_>) -> String {
    meta.path.get_ident().map(ToString::to_string).unwrap_or_default()
}

fn has_value(meta: &ParseNestedMeta<'_>) -> bool {
    meta.input.peek(syn::Token![=])
}

fn value(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

fn unknown(meta: &ParseNestedMeta<'_>) -> syn::Error {
    meta.error(
        "the reader and the writer of `#[data]` do not know this attribute: teach them, or write the type's by hand",
    )
}
