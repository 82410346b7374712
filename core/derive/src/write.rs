//! The implementation of `ringup_core::write::Write`, by serde's attributes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Field, Fields, Ident, Member, Result, Variant};

use crate::attributes::{self, OfType};
use crate::names::joined;
use crate::read::word;

pub(crate) fn derive(item: &DeriveInput) -> Result<TokenStream> {
    let own = attributes::of_type(&item.attrs)?;
    let body = match (&own.into, &item.data) {
        (Some(into), _) => quote! {
            let __into = <#into as ::core::convert::From<Self>>::from(::core::clone::Clone::clone(self));
            ::ringup_core::write::Write::write(&__into, __writer);
        },
        (None, Data::Struct(data)) => of_struct(&own, &data.fields)?,
        (None, Data::Enum(data)) => of_enum(&own, data)?,
        (None, Data::Union(_)) => return Err(Error::new_spanned(&item.ident, "a union has no form in JSON")),
    };
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(::ringup_core::write::Write));
    }
    let (generics, arguments, conditions) = generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::ringup_core::write::Write for #name #arguments #conditions {
            fn write<__W: ::ringup_core::write::Writer>(&self, __writer: &mut __W) {
                #body
            }
        }
    })
}

fn of_struct(own: &OfType, fields: &Fields) -> Result<TokenStream> {
    if let Some(field) = only_field(own, fields)? {
        let member = match &field.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::from(0),
        };
        return Ok(quote!(::ringup_core::write::Write::write(&self.#member, __writer);));
    }
    let mut names = Vec::new();
    let writes = members(fields, &mut names, |ident| quote!(&self.#ident))?;
    let names = joined(names);
    Ok(quote! {
        __writer.object(#names);
        #writes
        __writer.end();
    })
}

/// The one field as which a struct or a variant is written.
fn only_field<'f>(own: &OfType, fields: &'f Fields) -> Result<Option<&'f Field>> {
    let mut all = fields.iter();
    match (fields, all.next(), all.next()) {
        (Fields::Unnamed(_), Some(field), None) => Ok(Some(field)),
        (Fields::Named(_), Some(field), None) if own.transparent => Ok(Some(field)),
        (Fields::Unnamed(_), ..) => {
            Err(Error::new_spanned(fields, "the writer of `#[data]` knows tuples of one field"))
        }
        _ => Ok(None),
    }
}

/// Writes the members of an object, and adds their names to those of the object.
fn members(fields: &Fields, names: &mut Vec<String>, value: impl Fn(&Ident) -> TokenStream) -> Result<TokenStream> {
    let mut writes = TokenStream::new();
    for (at, field) in fields.iter().enumerate() {
        let Some(ident) = &field.ident else { continue };
        let (of_field, value) = (attributes::of_member(&field.attrs)?, value(ident));
        let write = quote!(::ringup_core::write::Write::write(#value, __writer););
        if of_field.flatten {
            let is_named = |field: &Field| attributes::of_member(&field.attrs).is_ok_and(|of_field| !of_field.flatten);
            let (nth, is_before) = (names.len(), fields.iter().skip(at).any(is_named));
            let before = if is_before { quote!(Some(#nth)) } else { quote!(None) };
            let before = quote!(::core::option::Option::#before);
            writes.extend(quote!(__writer.flatten(#before); #write));
            continue;
        }
        let nth = names.len();
        names.push(of_field.rename.unwrap_or_else(|| ident.to_string().trim_start_matches("r#").to_owned()));
        if 64 < names.len() {
            return Err(Error::new_spanned(field, "the writer of `#[data]` knows 64 members"));
        }
        writes.extend(match of_field.skip_if {
            Some(skip_if) => quote!(if #skip_if(#value) { __writer.skip(#nth); } else { #write }),
            None => write,
        });
    }
    Ok(writes)
}

fn of_enum(own: &OfType, data: &DataEnum) -> Result<TokenStream> {
    let mut words = Vec::new();
    for variant in &data.variants {
        let rename = attributes::of_member(&variant.attrs)?.rename;
        words.push(rename.unwrap_or_else(|| word(&variant.ident, own.snake_case)));
    }
    let idents: Vec<_> = data.variants.iter().map(|Variant { ident, .. }| ident).collect();
    let (numbers, all_words) = (0..words.len(), joined(&words));
    let nth = quote!(match self { #(Self::#idents { .. } => #numbers,)* });
    let is_word = |variant: &Variant| matches!(variant.fields, Fields::Unit);
    if !own.untagged && own.tag.is_none() && data.variants.iter().all(is_word) {
        return Ok(quote!(__writer.word(#all_words, #nth);));
    }
    let (mut names, mut arms) = (Vec::new(), Vec::new());
    for (variant, word) in data.variants.iter().zip(&words) {
        let mut own_names = Vec::from_iter(own.tag.as_ref().map(syn::LitStr::value));
        arms.push(of_variant(own, variant, word, &mut own_names)?);
        names.push(joined(own_names));
    }
    let each = quote!(match self { #(#arms)* });
    Ok(if own.tag.is_some() {
        quote! {
            __writer.tagged(const { &[#(#names),*] }, #all_words, #nth);
            #each
            __writer.end();
        }
    } else {
        each
    })
}

/// The arm that writes a variant: its value, or the members after its tag.
fn of_variant(own: &OfType, variant: &Variant, word: &str, names: &mut Vec<String>) -> Result<TokenStream> {
    let ident = &variant.ident;
    let is_tagged = own.tag.is_some();
    let word = joined([word]);
    if let Some(field) = only_field(&OfType::default(), &variant.fields)? {
        let (value, member) = (format_ident!("__value"), field.ident.clone().map_or(Member::from(0), Member::Named));
        let write = quote!(::ringup_core::write::Write::write(#value, __writer););
        let write = match (is_tagged, own.untagged) {
            (true, _) => quote!(__writer.flatten(::core::option::Option::None); #write),
            (false, true) => write,
            (false, false) => quote!(__writer.object(#word); #write __writer.end();),
        };
        return Ok(quote!(Self::#ident { #member: #value } => { #write }));
    }
    if matches!(variant.fields, Fields::Unit) {
        return match (is_tagged, own.untagged) {
            (true, _) => Ok(quote!(Self::#ident => {})),
            (false, true) => Ok(quote!(Self::#ident => __writer.null(),)),
            (false, false) => Err(Error::new_spanned(
                variant,
                "the writer of `#[data]` does not mix words and objects in an enum without a tag",
            )),
        };
    }
    let fields: Vec<_> = variant.fields.iter().map(|field| &field.ident).collect();
    let writes = members(&variant.fields, names, |ident| quote!(#ident))?;
    let names = joined(names);
    let writes = match (is_tagged, own.untagged) {
        (true, _) => writes,
        (false, true) => quote!(__writer.object(#names); #writes __writer.end();),
        (false, false) => quote! {
            __writer.object(#word);
            __writer.object(#names);
            #writes
            __writer.end();
            __writer.end();
        },
    };
    Ok(quote!(Self::#ident { #(#fields),* } => { #writes }))
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
    fn an_attribute_that_the_writer_does_not_know_is_an_error() {
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(serialize_with = "a")]
                    a: u8,
                }
            ),
            Some("do not know this attribute"),
        );
        check(
            &syn::parse_quote!(
                struct A {
                    #[serde(skip_serializing_if = "is_zero")]
                    a: u8,
                }
            ),
            None,
        );
    }

    #[test]
    fn a_form_that_the_writer_does_not_know_is_an_error() {
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
    }
}
