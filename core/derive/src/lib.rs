//! `#[data]`: the derives of types that cross a boundary: serde, and JSON Schema and TypeScript with `describe`.
//!
//! Serde's attributes are written plainly. Those of `schemars` and `ts_rs` are dropped where the feature `describe` is off, so
//! that no type needs a condition. `ringup_core::read` reads and `ringup_core::write` writes by the same attributes of serde: one
//! that they do not know is an error of compilation, so that they and serde cannot part in silence.

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

mod attributes;
mod names;
mod read;
mod strip;
mod write;

/// Derives serde's traits, `ringup_core::read::Read` and `ringup_core::write::Write`; with the feature `describe` also a JSON
/// Schema and a TypeScript declaration.
///
/// | | serde | `Read` | `Write` | described |
/// |---|---|---|---|---|
/// | `#[data]` | both ways | yes | yes | yes |
/// | `#[data(read)]` | `Deserialize` | yes | | yes |
/// | `#[data(write)]` | `Serialize` | | yes | yes |
/// | `#[data(serde)]` | both ways | | | yes |
/// | `#[data(undescribed)]` | both ways | yes | yes | |
#[proc_macro_attribute]
pub fn data(way: TokenStream, item: TokenStream) -> TokenStream {
    let mut item = parse_macro_input!(item as DeriveInput);
    let (serialize, deserialize) = (quote!(::serde::Serialize), quote!(::serde::Deserialize));
    let (derives, reads, writes, describes) = match way.to_string().as_str() {
        "" => (quote!(#serialize, #deserialize), true, true, true),
        "read" => (deserialize, true, false, true),
        "write" => (serialize, false, true, true),
        "serde" => (quote!(#serialize, #deserialize), false, false, true),
        "undescribed" => (quote!(#serialize, #deserialize), true, true, false),
        _ => (quote!(compile_error!("`data` takes `read`, `write`, `serde` or `undescribed`")), false, false, false),
    };
    let read = reads.then(|| quote!(#[derive(::ringup_derive::Read)]));
    let write = writes.then(|| quote!(#[derive(::ringup_derive::Write)]));
    let described = if cfg!(feature = "describe") && describes {
        quote!(#[derive(::schemars::JsonSchema, ::ts_rs::TS)])
    } else {
        strip::attributes(&mut item, &["schemars", "ts"]);
        quote!()
    };
    quote!(#[derive(#derives)] #read #write #described #item).into()
}

/// Derives `ringup_core::read::Read` by serde's attributes.
///
/// `#[read(with = "path")]` names the function that reads a field for which serde has one of its own, and
/// `#[read(instead = "expression")]` what stands for a value that `try_from` refuses until the mistake is told.
#[proc_macro_derive(Read, attributes(read, serde))]
pub fn read(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    read::derive(&item).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Derives `ringup_core::write::Write` by serde's attributes.
#[proc_macro_derive(Write, attributes(read, serde))]
pub fn write(item: TokenStream) -> TokenStream {
    let item = parse_macro_input!(item as DeriveInput);
    write::derive(&item).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Names in one text: `ringup_core::read::Names` of those that are listed.
#[proc_macro]
pub fn names(list: TokenStream) -> TokenStream {
    names::listed(list).unwrap_or_else(|error| error.to_compile_error()).into()
}
