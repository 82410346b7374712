//! Names in one text, as `ringup_core::read::Names` takes them apart.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{LitStr, Result, Token};

pub(crate) fn listed(list: proc_macro::TokenStream) -> Result<TokenStream> {
    let names = Punctuated::<LitStr, Token![,]>::parse_terminated.parse(list)?;
    Ok(joined(names.iter().map(LitStr::value)))
}

/// Each after the character whose number is its length.
pub(crate) fn joined(names: impl IntoIterator<Item = impl AsRef<str>>) -> TokenStream {
    let mut joined = String::new();
    for name in names {
        let name = name.as_ref();
        let Some(length) = u8::try_from(name.len()).ok().filter(u8::is_ascii) else {
            return quote!(compile_error!("the reader and the writer of `#[data]` know names of up to 127 bytes"));
        };
        joined.push(char::from(length));
        joined.push_str(name);
    }
    quote!(::ringup_core::read::Names::joined(#joined))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_after_its_length() {
        let text = joined(["country", ""]).to_string();
        assert!(text.contains(r#""\u{7}country\0""#) || text.contains(r#""\x07country\0""#), "{text}");
        assert!(joined(["x".repeat(128)]).to_string().contains("compile_error"));
    }
}
