//! `#[data]`: the derives of types that cross a boundary: serde, and JSON Schema and TypeScript with `describe`.
//!
//! Serde's attributes are written as usual. The attributes of `schemars` and `ts_rs` are removed without the feature
//! `describe`, so no type needs a condition.

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

mod strip;

/// Derives serde's traits, and with the feature `describe` a JSON Schema and a TypeScript declaration.
///
/// `#[data(read)]` is for types that are only read; `#[data(write)]` for types that are only written, or read by hand.
#[proc_macro_attribute]
pub fn data(way: TokenStream, item: TokenStream) -> TokenStream {
    let mut item = parse_macro_input!(item as DeriveInput);
    let derives = match way.to_string().as_str() {
        "" => quote!(::serde::Serialize, ::serde::Deserialize),
        "read" => quote!(::serde::Deserialize),
        "write" => quote!(::serde::Serialize),
        _ => quote!(compile_error!("`data` is for both ways; `data(read)` and `data(write)` are for one")),
    };
    let described = if cfg!(feature = "describe") {
        quote!(#[derive(::schemars::JsonSchema, ::ts_rs::TS)])
    } else {
        strip::descriptions(&mut item);
        quote!()
    };
    quote!(#[derive(#derives)] #described #item).into()
}
