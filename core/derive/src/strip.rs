//! The attributes that nobody reads once `#[data]` is expanded.

use syn::{Attribute, Data, DeriveInput, Fields};

/// Takes those of these names off a type, its variants and its fields.
pub(crate) fn attributes(item: &mut DeriveInput, names: &[&str]) {
    strip(&mut item.attrs, names);
    match &mut item.data {
        Data::Struct(data) => fields(&mut data.fields, names),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                strip(&mut variant.attrs, names);
                fields(&mut variant.fields, names);
            }
        }
        Data::Union(_) => {}
    }
}

fn fields(fields: &mut Fields, names: &[&str]) {
    for field in fields {
        strip(&mut field.attrs, names);
    }
}

fn strip(attributes: &mut Vec<Attribute>, names: &[&str]) {
    attributes.retain(|attribute| !names.iter().any(|name| attribute.path().is_ident(name)));
}
