//! The implementation of `ringup_core::read::Read`, by serde's attributes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Ident, Result, Variant};

use crate::attributes::{self, OfType};
use crate::names::joined;

/// The names in the code that is made: one that a field has, too, is not in the way.
struct Names {
    reader: Ident,
    place: Ident,
}

pub(crate) fn derive(item: &DeriveInput) -> Result<TokenStream> {
    let own = attributes::of_type(&item.attrs)?;
    let names = Names { reader: format_ident!("__reader"), place: format_ident!("__place") };
    let body = match (&own.try_from, &item.data) {
        (Some(from), _) => {
            let Names { reader, place } = &names;
            let Some(instead) = &own.instead else {
                return Err(Error::new_spanned(
                    &item.ident,
                    "the reader needs a value in the place of one that is refused: add `#[read(instead = \"…\")]`",
                ));
            };
            quote!(::ringup_core::read::checked_or::<#from, _, _>(
                #reader,
                #place,
                |__from| <Self as ::core::convert::TryFrom<#from>>::try_from(__from),
                || #instead,
            ))
        }
        (None, Data::Struct(data)) => fields(&names, &own, &data.fields, &quote!(Self))?,
        (None, Data::Enum(data)) => variants(&names, &own, data)?,
        (None, Data::Union(_)) => return Err(Error::new_spanned(&item.ident, "a union has no form in JSON")),
    };
    let Names { reader, place } = &names;
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(::ringup_core::read::Read));
    }
    let (generics, arguments, conditions) = generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::ringup_core::read::Read for #name #arguments #conditions {
            fn value(
                #reader: &mut ::ringup_core::read::Reader<'_>,
                #place: ::ringup_core::read::Place,
            ) -> Self {
                #body
            }
        }
    })
}

/// Reads the fields of a struct or a variant off an object, or the one field of a tuple off the value itself.
fn fields(names: &Names, own: &OfType, fields: &Fields, make: &TokenStream) -> Result<TokenStream> {
    let Names { reader, place } = names;
    let deny = own.deny_unknown_fields;
    match fields {
        // That it is an object was seen by its tag.
        Fields::Unit if own.tag.is_some() && !deny => Ok(quote!(#make)),
        Fields::Unit => {
            let none = joined([""; 0]);
            Ok(quote!({
                #reader.members(
                    #place,
                    const { &::ringup_core::read::Shape { names: #none, required: 0, denies_others: #deny } },
                    &mut [],
                );
                #make
            }))
        }
        Fields::Unnamed(fields) => {
            let mut all = fields.unnamed.iter();
            let (Some(field), None) = (all.next(), all.next()) else {
                return Err(Error::new_spanned(fields, "the reader of `#[data]` knows tuples of one field"));
            };
            let (of_field, of) = (attributes::of_member(&field.attrs)?, &field.ty);
            if of_field.default || of_field.flatten || of_field.rename.is_some() || of_field.with.is_some() {
                return Err(Error::new_spanned(field, "the only field of a tuple has no name and no default"));
            }
            Ok(quote!(#make(<#of as ::ringup_core::read::Read>::value(#reader, #place))))
        }
        Fields::Named(fields) if own.transparent => {
            let mut all = fields.named.iter();
            let (Some(field), None) = (all.next(), all.next()) else {
                return Err(Error::new_spanned(fields, "what is transparent has one field"));
            };
            let (ident, of) = (&field.ident, &field.ty);
            Ok(quote!(#make { #ident: <#of as ::ringup_core::read::Read>::value(#reader, #place) }))
        }
        Fields::Named(fields) => {
            let (mut reads, mut members, mut words, mut bits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            let mut flattened = false;
            for field in &fields.named {
                let Some(ident) = &field.ident else { continue };
                let (of_field, of) = (attributes::of_member(&field.attrs)?, &field.ty);
                if of_field.flatten {
                    flattened = true;
                    reads.push(quote!(#ident: {
                        #reader.let_by(#place, "");
                        <#of as ::ringup_core::read::Read>::value(#reader, #place)
                    }));
                    continue;
                }
                let is_optional = own.default || of_field.default;
                let value = match of_field.with {
                    Some(with) => quote! {
                        #with(#reader, #ident).unwrap_or_else(|| {
                            <#of as ::ringup_core::read::Read>::value(#reader, ::ringup_core::read::Place::ABSENT)
                        })
                    },
                    None => quote!(<#of as ::ringup_core::read::Read>::value(#reader, #ident)),
                };
                reads.push(if is_optional {
                    quote! {
                        #ident: if !<#of as ::ringup_core::read::Read>::DEFAULTS
                            && #ident == ::ringup_core::read::Place::ABSENT
                        {
                            ::core::default::Default::default()
                        } else {
                            #value
                        }
                    }
                } else {
                    quote!(#ident: #value)
                });
                if !is_optional {
                    let at = u32::try_from(members.len()).unwrap_or(u32::MAX);
                    if 63 < at {
                        return Err(Error::new_spanned(field, "the reader of `#[data]` knows 64 members"));
                    }
                    bits.push(quote! {
                        ::ringup_core::read::Shape::bit(#at, !<#of as ::ringup_core::read::Read>::MAY_BE_ABSENT)
                    });
                }
                members.push(ident);
                words.push(of_field.rename.unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned()));
            }
            if flattened && deny {
                return Err(Error::new_spanned(fields, "serde cannot deny members beside flattened ones"));
            }
            let (count, words) = (members.len(), joined(words));
            Ok(quote!({
                let mut __found = [::ringup_core::read::Place::ABSENT; #count];
                let __shape = const {
                    &::ringup_core::read::Shape {
                        names: #words,
                        required: 0 #(| #bits)*,
                        denies_others: #deny,
                    }
                };
                #reader.members(#place, __shape, &mut __found);
                let [#(#members),*] = __found;
                #make { #(#reads),* }
            }))
        }
    }
}

fn variants(names: &Names, own: &OfType, data: &DataEnum) -> Result<TokenStream> {
    let Names { reader, place } = names;
    let mut words = Vec::new();
    for variant in &data.variants {
        let of_variant = attributes::of_member(&variant.attrs)?;
        if of_variant.default || of_variant.flatten || of_variant.with.is_some() {
            return Err(Error::new_spanned(variant, "the reader of `#[data]` knows `rename` alone of a variant"));
        }
        words.push(of_variant.rename.unwrap_or_else(|| word(&variant.ident, own.snake_case)));
    }
    let makes: Vec<_> = data.variants.iter().map(|Variant { ident, .. }| quote!(Self::#ident)).collect();
    let Some((first, later)) = makes.split_first() else {
        return Err(Error::new_spanned(&data.variants, "an enum without variants has no form in JSON"));
    };
    let (numbers, words) = (1..words.len(), joined(words));
    let words = quote!(const { &#words });
    let is_word = |variant: &Variant| matches!(variant.fields, Fields::Unit);
    if !own.untagged && own.tag.is_none() && data.variants.iter().all(is_word) {
        return Ok(quote! {
            match #reader.one_of(#place, #words) {
                #(#numbers => #later,)*
                _ => #first,
            }
        });
    }
    // A variant has no default of the whole.
    let of_variant = OfType { deny_unknown_fields: own.deny_unknown_fields, tag: own.tag.clone(), ..OfType::default() };
    let reads =
        data.variants.iter().zip(&makes).map(|(variant, make)| fields(names, &of_variant, &variant.fields, make));
    let reads = reads.collect::<Result<Vec<_>>>()?;
    if own.untagged {
        return Ok(quote! {
            #(if let ::core::option::Option::Some(__form) = #reader.form(#place, |#reader, #place| #reads) {
                return __form;
            })*
            #reader.no_form();
            <Self as ::ringup_core::read::Read>::value(#reader, ::ringup_core::read::Place::ABSENT)
        });
    }
    let Some((first, later)) = reads.split_first() else { return Ok(quote!()) };
    if let Some(tag) = &own.tag {
        let tag = joined([tag.value()]);
        return Ok(quote! {
            let (__variant, #place) = #reader.tag(#place, #tag, #words);
            match __variant {
                #(#numbers => #later,)*
                _ => #first,
            }
        });
    }
    if let Some(unit) = data.variants.iter().find(|variant| is_word(variant)) {
        return Err(Error::new_spanned(
            unit,
            "the reader of `#[data]` does not mix words and objects in an enum without a tag",
        ));
    }
    Ok(quote! {
        let (__variant, #place) = #reader.variant(#place, #words);
        match __variant {
            #(#numbers => #later,)*
            _ => #first,
        }
    })
}

/// A variant's name as serde writes it.
pub(crate) fn word(variant: &Ident, snake_case: bool) -> String {
    let name = variant.to_string();
    if !snake_case {
        return name;
    }
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(item: &DeriveInput, refused: Option<&str>) {
        match (derive(item), refused) {
            (Ok(_), None) => {}
            (Err(error), Some(refused)) => assert!(error.to_string().contains(refused), "{error}"),
            (derived, refused) => panic!("{derived:?}, not {refused:?}"),
        }
    }

    #[test]
    fn an_attribute_that_the_reader_does_not_know_is_an_error() {
        let unknown = Some("do not know this attribute");
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(default)]
                    a: u8,
                }
            ),
            None,
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(alias = "b")]
                    a: u8,
                }
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(default = "one")]
                    a: u8,
                }
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(skip)]
                    a: u8,
                }
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                #[serde(from = "u8")]
                struct A(u8);
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                #[serde(rename_all = "camelCase")]
                enum A {
                    B,
                }
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                #[serde(tag = "a", content = "b")]
                enum A {
                    B,
                }
            ),
            unknown,
        );
        check(
            &syn::parse_quote!(
                enum A {
                    #[serde(other)]
                    B,
                }
            ),
            unknown,
        );
    }

    #[test]
    fn a_form_that_the_reader_does_not_know_is_an_error() {
        check(
            &syn::parse_quote!(
                struct A(u8, u8);
            ),
            Some("tuples of one field"),
        );
        check(
            &syn::parse_quote!(
                enum A {
                    B,
                    C { c: u8 },
                }
            ),
            Some("does not mix"),
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(with = "a")]
                    a: u8,
                }
            ),
            Some("its own function"),
        );
        check(
            &syn::parse_quote!(
                #[serde(try_from = "u8")]
                struct A(u8);
            ),
            Some("in the place of one that is refused"),
        );
        check(
            &syn::parse_quote!(
                #[serde(try_from = "u8")]
                #[read(instead = "Self(0)")]
                struct A(u8);
            ),
            None,
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(with = "a")]
                    #[read(with = "b")]
                    a: u8,
                }
            ),
            None,
        );
    }

    #[test]
    fn a_variant_is_named_as_serde_names_it() {
        for (variant, name) in [("WakeUp", "wake_up"), ("Any", "any"), ("Tier2", "tier2"), ("AB", "a_b")] {
            assert_eq!(word(&format_ident!("{variant}"), true), name);
        }
    }
}
