//! The canonical encoding of JSON that was received, whatever its type.

use alloc::{collections::BinaryHeap, format, string::String, vec::Vec};
use core::cmp::Ordering;

use super::tree::{Tree, Value};
use super::{Place, Reader};
use crate::base::canonical::text;

impl Reader<'_> {
    /// The value at a place as RFC 8785 writes it, with all its members. No type of this crate has a fraction: one stays
    /// as it was written.
    pub(crate) fn canonical(&self, place: Place) -> String {
        let mut out = String::new();
        write(&mut out, self.tree(), place);
        out
    }
}

fn write(out: &mut String, tree: &Tree<'_>, place: Place) {
    match tree.value(place) {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Integer { negative, magnitude } => {
            out.push_str(if *negative { "-" } else { "" });
            out.push_str(&format!("{magnitude}"));
        }
        Value::Number(written) => out.push_str(written),
        Value::Text(value) => text(out, value),
        Value::List => {
            out.push('[');
            for (nth, item) in tree.items(place).enumerate() {
                separate(out, nth);
                write(out, tree, item);
            }
            out.push(']');
        }
        Value::Object => {
            out.push('{');
            for (nth, Member { text: name, value, .. }) in sorted(tree, place).into_iter().enumerate() {
                separate(out, nth);
                text(out, name);
                out.push(':');
                write(out, tree, value);
            }
            out.push('}');
        }
    }
}

fn separate(out: &mut String, nth: usize) {
    if 0 < nth {
        out.push(',');
    }
}

/// The members of an object by name, and those of one name in the order of the text.
#[inline(never)]
pub(super) fn sorted<'t>(tree: &'t Tree<'t>, object: Place) -> Vec<Member<'t>> {
    let mut members = BinaryHeap::new();
    members.extend(tree.members(object).map(|(name, value)| Member { text: tree.text(name), name, value }));
    members.into_sorted_vec()
}

/// A member: its name, and the places of the name and of the value.
pub(super) struct Member<'t> {
    text: &'t str,
    pub(super) name: Place,
    pub(super) value: Place,
}

/// Bytes in the order of UTF-16: what it writes in two units comes before U+E000 to U+FFFF, whose first byte is `ee` or `ef`.
fn in_utf16(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes().map(|byte| if byte | 1 == 0xef { byte | 0x10 } else { byte })
}

impl Ord for Member<'_> {
    /// RFC 8785 3.2.3: by UTF-16 code units.
    fn cmp(&self, other: &Self) -> Ordering {
        in_utf16(self.text).cmp(in_utf16(other.text)).then(self.value.cmp(&other.value))
    }
}

impl PartialOrd for Member<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Member<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Member<'_> {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use serde_json::json;

    use super::*;
    use crate::base::canonical::encoded;

    #[test]
    fn it_is_the_encoding_of_the_value() {
        let value = json!({
            "b": [1, -2, true, null, [], {}], "a": { "z": "d\t\u{7f}\"\\", "B": [false] }, "\u{20ac}": 0, "\u{1f600}": 1,
            "\u{fb33}": 2, "\u{f6}": i64::MIN, "1": u64::MAX
        });
        for json in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let tree = Tree::parse(json.as_bytes()).ok().unwrap();
            assert_eq!(Reader::new(&tree).canonical(Place::ROOT), encoded(&value).unwrap());
        }
        let tree = Tree::parse(br#"{ "a": 1.50, "a": "\u00e9" }"#).ok().unwrap();
        assert_eq!(Reader::new(&tree).canonical(Place::ROOT), "{\"a\":1.50,\"a\":\"é\"}");
    }
}
