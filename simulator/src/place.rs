//! Places in a JSON text: the line and column of a field, and the names that are given twice.

use std::collections::BTreeMap;
use std::fmt;

use ringup_core::pointer as json_pointer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Line and column of a field, or of the nearest one above it that is there. Both count from 1; 0: the text is not JSON.
#[must_use]
pub fn place(text: &str, pointer: &str) -> (usize, usize) {
    let Ok(mut value) = serde_json::from_str::<&RawValue>(text) else { return (0, 0) };
    for step in json_pointer::steps(pointer) {
        let members = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get());
        let items = serde_json::from_str::<Vec<&RawValue>>(value.get());
        let next = match (members, items, step.parse::<usize>()) {
            (Ok(members), ..) => members.get(&step).copied(),
            (Err(_), Ok(items), Ok(index)) => items.get(index).copied(),
            (Err(_), ..) => None,
        };
        let Some(next) = next else { break };
        value = next;
    }
    place_of(text, value)
}

/// Names that are given more than once in one object: the pointer and the place of each repeat. The text is JSON that has
/// been read already, so that it is nested as deep as may be and no deeper.
#[must_use]
pub fn repeats(text: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_str::<&RawValue>(text) {
        look(text, value, "", &mut found);
    }
    found
}

fn look(text: &str, value: &RawValue, pointer: &str, found: &mut Vec<(String, usize, usize)>) {
    if let Ok(Members(members)) = serde_json::from_str::<Members<'_>>(value.get()) {
        for (index, (name, member)) in members.iter().enumerate() {
            let pointer = json_pointer::joined(pointer, name);
            if members.iter().take(index).any(|(earlier, _)| earlier == name) {
                let (line, column) = place_of(text, member);
                found.push((pointer.clone(), line, column));
            }
            look(text, member, &pointer, found);
        }
    } else if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        for (index, item) in items.into_iter().enumerate() {
            look(text, item, &format!("{pointer}/{index}"), found);
        }
    }
}

/// Where a part of a text begins that was borrowed from it.
fn place_of(text: &str, part: &RawValue) -> (usize, usize) {
    let offset = part.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let before = text.get(..offset).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline.saturating_add(1));
    let column = before.get(line_start..).unwrap_or_default().chars().count();
    (before.matches('\n').count().saturating_add(1), column.saturating_add(1))
}

/// The members of an object in their order, repeats included.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        reader.deserialize_map(All)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_in_its_text() {
        let text = "{\n  \"a\": [1, {\"b/c\": \"é\", \"d\": 2}],\n  \"é\": 3 }";
        for (pointer, expected) in [
            ("", (1, 1)),
            ("/a", (2, 8)),
            ("/a/0", (2, 9)),
            ("/a/1/b~1c", (2, 20)),
            ("/a/1/d", (2, 30)),
            ("/a/1/missing", (2, 12)),
            ("/é", (3, 8)),
        ] {
            assert_eq!(place(text, pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn a_name_that_is_given_twice_is_found() {
        let text = "{\"a\": {\"b\": 1, \"b\": 2},\n \"c\": [{\"d\": 1, \"e\": 2, \"d\": 3}], \"a\": 1}";
        let expected = [("/a/b", 1, 21), ("/c/0/d", 2, 30), ("/a", 2, 40)];
        assert_eq!(repeats(text), expected.map(|(pointer, line, column)| (pointer.to_owned(), line, column)));
        assert_eq!(repeats("{\"a\": 1, \"b\": {\"a\": 1}}"), []);
    }
}
