//! Mending: a mistake hides those behind it, so each is replaced by what a complete policy says at that place, and the file
//! is read again.

use ringup_core::ShopData;
use serde_json::{Map, Value};

use crate::console::mistake::{field_of, known_names, nearest, quoted};
use crate::console::place::{escaped, unescaped};

/// How many mistakes are told at the most.
const MISTAKES_MAX: usize = 200;

/// A policy in which every value can be read, and what was wrong until then.
pub(super) struct Mended {
    /// What it says then; absent: nobody knows how to mend it.
    pub(super) data: Option<ShopData>,
    /// The field and serde's words.
    pub(super) found: Vec<(String, String)>,
    /// Members that were misspelt: as they should be, and as they are.
    renamed: Vec<(String, String)>,
}

/// A policy that says something of everything.
pub(super) fn complete() -> Value {
    serde_json::from_str(include_str!("complete.json")).unwrap_or_default()
}

/// The same with other names and figures: what depends on them is told apart so.
pub(super) fn otherwise(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(match text.as_str() {
            "EUR" => "GBP".to_owned(),
            "NL" => "AQ".to_owned(),
            "DE" => "BV".to_owned(),
            "fleet" | "complete" | "+3120" => format!("{text}7"),
            // The name of one of a few.
            other => other.to_owned(),
        }),
        Value::Number(number) if number.as_i64().is_some_and(|number| 1 < number) => {
            number.as_i64().map_or(Value::Null, |number| number.saturating_add(1).into())
        }
        Value::Array(items) => items.iter().map(otherwise).collect(),
        Value::Object(members) => {
            let members: Map<String, Value> =
                members.iter().map(|(name, value)| (name.clone(), otherwise(value))).collect();
            members.into()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

impl Mended {
    pub(super) fn new(mut value: Value, complete: &Value) -> Self {
        let mut mended = Self { data: None, found: Vec::new(), renamed: Vec::new() };
        lists_for_objects(&mut value, complete, "", &mut mended.found);
        while mended.found.len() < MISTAKES_MAX {
            match serde_path_to_error::deserialize::<_, ShopData>(&value) {
                Ok(data) => {
                    mended.data = Some(data);
                    break;
                }
                Err(error) => {
                    let message = error.inner().to_string();
                    let field = field_of(error.path(), &message);
                    let is_known = mended.mend(&mut value, complete, &field, &message);
                    let written = mended.as_written(&field);
                    mended.found.push((written, message));
                    if !is_known {
                        break;
                    }
                }
            }
        }
        mended
    }

    /// A field as the file calls it, misspelt or not.
    pub(super) fn as_written(&self, field: &str) -> String {
        let written = self.renamed.iter().find_map(|(right, wrong)| {
            let rest = field.strip_prefix(right.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{wrong}{rest}"))
        });
        written.unwrap_or_else(|| field.to_owned())
    }

    /// Puts something there that can be read; false: it is not known what.
    fn mend(&mut self, value: &mut Value, complete: &Value, field: &str, message: &str) -> bool {
        let Some((parent, step)) = field.rsplit_once('/') else { return false };
        let name = unescaped(step);
        let is_unknown = quoted(message, "unknown field `").is_some();
        let good = like(complete, field).filter(|_| !is_unknown);
        match (value.pointer_mut(parent), good) {
            (Some(Value::Object(members)), Some(good)) => members.insert(name, good.clone()).as_ref() != Some(good),
            (Some(Value::Object(members)), None) => {
                let Some(wrong) = members.shift_remove(&name) else { return false };
                let meant = nearest(&name, &known_names(message)).filter(|_| is_unknown);
                if let Some(meant) = meant.filter(|meant| !members.contains_key(*meant)) {
                    members.insert(meant.to_owned(), wrong);
                    self.renamed.push((format!("{parent}/{}", escaped(meant)), format!("{parent}/{step}")));
                }
                true
            }
            (Some(Value::Array(items)), Some(good)) => {
                let item = name.parse::<usize>().ok().and_then(|index| items.get_mut(index));
                item.is_some_and(|item| std::mem::replace(item, good.clone()) != *good)
            }
            (Some(_), _) | (None, _) => false,
        }
    }
}

/// An object written as a list of its values: serde would read it, but nobody else.
fn lists_for_objects(value: &mut Value, complete: &Value, place: &str, found: &mut Vec<(String, String)>) {
    if value.is_array() && complete.is_object() {
        found.push((place.to_owned(), "invalid type: sequence, expected a map".into()));
        *value = complete.clone();
    }
    match (value, complete) {
        (Value::Object(members), Value::Object(complete)) => {
            for (name, member) in members.iter_mut() {
                let Some(complete) = complete.get(name) else { continue };
                lists_for_objects(member, complete, &format!("{place}/{}", escaped(name)), found);
            }
        }
        (Value::Array(items), Value::Array(complete)) => {
            let Some(complete) = complete.first() else { return };
            for (index, item) in items.iter_mut().enumerate() {
                lists_for_objects(item, complete, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// What a complete policy says at such a place; of lists, in whichever entry says something.
pub(super) fn like<'a>(complete: &'a Value, field: &str) -> Option<&'a Value> {
    let mut places = vec![complete];
    for step in field.split('/').skip(1) {
        let next = |place: &&'a Value| -> Vec<&'a Value> {
            place.as_array().map_or_else(|| place.get(step).into_iter().collect(), |items| items.iter().collect())
        };
        places = places.iter().flat_map(next).collect();
    }
    places.first().copied()
}

#[cfg(test)]
mod tests {
    use ringup_core::Shop;

    use super::*;

    #[test]
    fn the_complete_policy_says_something_of_everything_and_has_no_mistakes() {
        for value in [complete(), otherwise(&complete())] {
            let data: ShopData = serde_json::from_value(value).expect("a policy");
            assert_eq!(Shop::mistakes(&data), []);
        }
        let schema: Value =
            serde_json::from_str(include_str!("../../../../core/policies/shop.schema.json")).expect("the schema");
        let mut missing = Vec::new();
        said(&schema, &schema, &complete(), "", &mut missing);
        // That a plan limits its numbers there is a mistake.
        assert_eq!(missing, ["/plans/0/limits/numbers"]);
    }

    /// Looks for the properties of a schema that a value does not have.
    fn said(root: &Value, schema: &Value, value: &Value, place: &str, missing: &mut Vec<String>) {
        if let Some(definition) = schema.get("$ref").and_then(Value::as_str) {
            return said(
                root,
                root.pointer(definition.trim_start_matches('#')).expect("a definition"),
                value,
                place,
                missing,
            );
        }
        for part in ["anyOf", "allOf"].iter().filter_map(|key| schema.get(key)).filter_map(Value::as_array).flatten() {
            said(root, part, value, place, missing);
        }
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let place = format!("{place}/{name}");
            match value.get(name) {
                Some(member) => said(root, property, member, &place, missing),
                None => missing.push(place),
            }
        }
        if let (Some(items), Some(first)) = (schema.get("items"), value.get(0)) {
            said(root, items, first, &format!("{place}/0"), missing);
        }
    }
}
