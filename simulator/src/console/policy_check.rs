//! `ringup policy check`: every mistake of a policy file that can be found, with field, line and remedy.
//!
//! A mistake hides those behind it, so each is mended with what the guide's policy says at that place, and the file is read
//! again.

use ringup_core::{Shop, ShopData};
use serde_json::Value;

use super::mistake::{Mistake, quoted};
use super::{Printed, read};

/// A policy that says something of everything.
const EXAMPLE: &str = include_str!("../../../docs/policies/harbour.json");

/// How many mistakes are told at the most.
const MISTAKES_MAX: usize = 100;

/// The mistakes of a policy file, one a line; the code is 0 if there are none, or else 1.
#[must_use]
pub fn check(file: &str) -> Printed {
    let mistakes = mistakes(file);
    let lines = mistakes.iter().map(|mistake| format!("{mistake}\n")).collect();
    let text = if mistakes.is_empty() { format!("{file}: no mistakes\n") } else { lines };
    Printed { text, code: u8::from(!mistakes.is_empty()) }
}

fn mistakes(file: &str) -> Vec<Mistake> {
    let text = match read::shop_text(file) {
        Ok(text) => text,
        Err(mistake) => return vec![mistake],
    };
    let mut mistakes = Vec::new();
    match read::parsed::<ShopData>(file, &text) {
        // A name that stands twice is lost when the text becomes a value.
        Err(mistake) if mistake.problem.ends_with("given twice") => mistakes.push(mistake),
        Err(_) | Ok(_) => {}
    }
    let mut value: Value = match read::parsed(file, &text) {
        Ok(value) => value,
        Err(mistake) => return vec![mistake],
    };
    let example: Value = serde_json::from_str(EXAMPLE).unwrap_or_default();
    let mut mended: Vec<String> = Vec::new();
    while mistakes.len() < MISTAKES_MAX {
        let data = match serde_path_to_error::deserialize::<_, ShopData>(&value) {
            Ok(data) => data,
            Err(error) => {
                let message = error.inner().to_string();
                let mistake = Mistake::of_value(file, &text, error.path(), &message);
                let is_known = mend(&mut value, &example, &mistake.field, &message);
                mended.push(mistake.field.clone());
                mistakes.push(mistake);
                if is_known { continue } else { break }
            }
        };
        let rules = Shop::mistakes(&data).into_iter();
        // What was mended has no mistakes of its own.
        let own = rules.filter(|error| mended.iter().all(|field| part(field) != part(&error.field)));
        mistakes.extend(own.map(|error| Mistake::at(file, &text, error.field, error.message, "correct it".into())));
        break;
    }
    mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
    mistakes
}

/// A field of the policy, an entry of a list of the rate card, a plan: what is checked as one.
fn part(field: &str) -> Vec<&str> {
    let depth = if field.starts_with("/rate_card") { 3 } else { 2 };
    field.split('/').skip(1).take(depth).collect()
}

/// Puts something there that can be read; false: it is not known what.
fn mend(value: &mut Value, example: &Value, field: &str, message: &str) -> bool {
    let Some((parent, name)) = field.rsplit_once('/') else { return false };
    let name = name.replace("~1", "/").replace("~0", "~");
    let good = like(example, field).filter(|_| quoted(message, "unknown field `").is_none());
    match (value.pointer_mut(parent), good) {
        (Some(Value::Object(members)), Some(good)) => members.insert(name, good.clone()).as_ref() != Some(good),
        (Some(Value::Object(members)), None) => members.shift_remove(&name).is_some(),
        (Some(Value::Array(items)), Some(good)) => {
            let item = name.parse::<usize>().ok().and_then(|index| items.get_mut(index));
            item.is_some_and(|item| std::mem::replace(item, good.clone()) != *good)
        }
        (Some(_), _) | (None, _) => false,
    }
}

/// What the example says at such a place; of lists, in whichever entry says something.
fn like<'a>(example: &'a Value, field: &str) -> Option<&'a Value> {
    let mut places = vec![example];
    for step in field.split('/').skip(1) {
        let next = |place: &&'a Value| -> Vec<&'a Value> {
            place.as_array().map_or_else(|| place.get(step).into_iter().collect(), |items| items.iter().collect())
        };
        places = places.iter().flat_map(next).collect();
    }
    places.first().copied()
}
