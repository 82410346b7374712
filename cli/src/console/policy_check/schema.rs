//! The schema of shops: what may stand at a place, and something that could.

use ringup_core::pointer;
use serde_json::{Map, Value};

/// The schema that is published for editors.
pub(super) fn whole() -> Value {
    serde_json::from_str(include_str!("../../../../core/policies/shop.schema.json")).unwrap_or_default()
}

/// The schema of a place in a document; absent: nothing may stand there.
pub(super) fn at<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    pointer::steps(path).try_fold(root, |schema, step| below(root, schema, &step))
}

fn below<'a>(root: &'a Value, schema: &'a Value, step: &str) -> Option<&'a Value> {
    let own = schema.get("properties").and_then(|members| members.get(step));
    let others = || schema.get("additionalProperties").filter(|others| others.is_object());
    let found = own.or_else(others).or_else(|| schema.get("items"));
    found.map(|found| resolved(root, found)).or_else(|| choices(schema).find_map(|one| below(root, one, step)))
}

/// A schema in place of what refers to it; of one that may be null, what else it may be.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return root.pointer(reference.trim_start_matches('#')).map_or(schema, |found| resolved(root, found));
    }
    let one = schema.get("anyOf").and_then(|any| any.get(0));
    one.map_or(schema, |one| resolved(root, one))
}

/// The schemas of which one must hold.
fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    schema.get("oneOf").and_then(Value::as_array).into_iter().flatten()
}

/// The members that an object may have there.
pub(super) fn members(schema: &Value) -> Vec<&str> {
    let all = std::iter::once(schema).chain(choices(schema)).filter_map(|one| one.get("properties")?.as_object());
    let mut names: Vec<&str> = Vec::new();
    for name in all.flat_map(|members| members.keys()) {
        // Several choices may have a member of one name.
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// The values of which one must stand there, each with what it means.
pub(super) fn values(schema: &Value) -> Vec<(&str, &str)> {
    choices(schema)
        .filter_map(|choice| Some((choice.get("const")?.as_str()?, choice.get("description")?.as_str()?)))
        .collect()
}

/// The places where a member of this name may stand; entries of a list by `0`.
pub(super) fn homes(root: &Value, name: &str) -> Vec<String> {
    let mut homes = Vec::new();
    look(root, root, name, "", &mut homes);
    homes
}

fn look(root: &Value, schema: &Value, name: &str, place: &str, homes: &mut Vec<String>) {
    for (member, below) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if member == name {
            homes.push(place.to_owned());
        }
        look(root, resolved(root, below), name, &pointer::joined(place, member), homes);
    }
    if let Some(items) = schema.get("items") {
        look(root, resolved(root, items), name, &format!("{place}/0"), homes);
    }
}

/// Something that may stand there. Another `nth` has other figures and names, where there are several.
pub(super) fn example(root: &Value, schema: &Value, nth: usize) -> Value {
    let schema = resolved(root, schema);
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    let listed = |name: &str| schema.get(name)?.as_array()?.iter().cycle().nth(nth);
    if let Some(value) = listed("examples").or_else(|| listed("enum")) {
        return value.clone();
    }
    if let Some(one) = listed("oneOf") {
        return example(root, one, nth);
    }
    let kind = schema.get("type").map(|kind| kind.get(0).unwrap_or(kind)).and_then(Value::as_str);
    match kind {
        Some("integer") => nth.saturating_add(1).into(),
        Some("string") => format!("name{nth}").into(),
        Some("boolean") => (nth == 1).into(),
        Some("array") => Value::Array(Vec::new()),
        Some("object") => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let member = |name: &Value| {
                let name = name.as_str()?;
                Some((name.to_owned(), example(root, schema.get("properties")?.get(name)?, nth)))
            };
            Value::Object(required.filter_map(member).collect::<Map<_, _>>())
        }
        Some(_) | None => Value::Null,
    }
}
