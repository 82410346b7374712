//! The attributes that only a description reads.

use syn::{Attribute, Data, DeriveInput, Fields};

/// Takes them off a type, its variants and its fields.
pub(crate) fn descriptions(item: &mut DeriveInput) {
    strip(&mut item.attrs);
    match &mut item.data {
        Data::Struct(data) => fields(&mut data.fields),
        Data::Enum(data) => {
            for variant in &mut data.variants {
                strip(&mut variant.attrs);
                fields(&mut variant.fields);
            }
        }
        Data::Union(_) => {}
    }
}

fn fields(fields: &mut Fields) {
    for field in fields {
        strip(&mut field.attrs);
    }
}

fn strip(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| !attribute.path().is_ident("schemars") && !attribute.path().is_ident("ts"));
}
