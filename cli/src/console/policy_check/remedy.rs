//! What is wrong with a place, by the keyword of the schema that does not hold there, and what to do.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use ringup_core::shop::country_meant;
use ringup_core::{Currency, Diagnostic, DiagnosticCode as Code, Percent, pointer};
use ringup_simulator::nearest::{nearest, nearest_or_one_of};
use ringup_simulator::reader::described;
use serde_json::Value;

use super::schema;
use crate::console::mistake::without_zeros;

/// Longer examples are not shown.
const EXAMPLE_LENGTH_MAX: usize = 70;

/// What an error of the schema says; several members may be missing or unknown at once.
pub(super) fn told(root: &Value, error: &ValidationError<'_>) -> Vec<Diagnostic> {
    let path = error.instance_path().as_str();
    let one = |diagnostic| vec![diagnostic];
    match (error.kind(), error.instance().as_ref()) {
        (Kind::AdditionalProperties { unexpected }, _) => {
            unexpected.iter().map(|name| unknown(root, path, name)).collect()
        }
        (Kind::Required { property }, _) => one(missing(root, path, property.as_str().unwrap_or_default())),
        // Of what may be null, the part that may not.
        (Kind::AnyOf { context }, _) => {
            let errors = context.first().map(Vec::as_slice).unwrap_or_default();
            errors.iter().flat_map(|error| told(root, error)).collect()
        }
        (Kind::OneOfNotValid { context }, Value::Object(_)) => {
            // The choice that has a member of this name is meant.
            let fewest =
                context.iter().min_by_key(|errors| (errors.iter().any(|e| is_of_names(e, path)), errors.len()));
            fewest.into_iter().flatten().flat_map(|error| told(root, error)).collect()
        }
        (Kind::PropertyNames { error }, _) => {
            let name = error.instance().as_str().unwrap_or_default();
            one(value(root, &pointer::joined(path, name), path, error.instance(), error.kind()))
        }
        (kind, found) => one(value(root, path, path, found, kind)),
    }
}

/// Whether an error is about the names of an object's members.
fn is_of_names(error: &ValidationError<'_>, path: &str) -> bool {
    let is_name = matches!(error.kind(), Kind::AdditionalProperties { .. } | Kind::Required { .. });
    is_name && error.instance_path().as_str() == path
}

/// A member that the object does not have.
fn unknown(root: &Value, path: &str, name: &str) -> Diagnostic {
    let known = schema::at(root, path).map(schema::members).unwrap_or_default();
    let help = match (nearest(name, &known), schema::homes(root, name).as_slice()) {
        (None, [home]) if home != path => format!("{} has a field of that name; move it there", home_in_words(home)),
        _ => nearest_or_one_of(name, &known),
    };
    let message = format!("there is no field `{name}`");
    Diagnostic::new(Code::MemberUnknown, pointer::joined(path, name), message, help)
}

fn home_in_words(home: &str) -> String {
    match home.rsplit_once('/') {
        None => "the whole file".to_owned(),
        Some((list, "0")) => format!("an entry of `{list}`"),
        Some(_) => format!("`{home}`"),
    }
}

/// A member that must be there.
fn missing(root: &Value, path: &str, name: &str) -> Diagnostic {
    let path = pointer::joined(path, name);
    let wanted = schema::at(root, &path).unwrap_or(&Value::Null);
    let mut values = schema::values(wanted);
    // What claims least of the carrier can lose nothing.
    if name == "order_evidence" {
        values.sort_by_key(|(value, _)| *value != "list_only");
    }
    let claims: Vec<String> =
        values.iter().map(|(value, claim)| format!("`{value}` ({})", in_a_clause(claim))).collect();
    let example = schema::example(root, wanted, 0);
    let help = match (example.to_string(), claims.as_slice()) {
        (_, [_, ..]) => format!("add it with what is true of the system: {}", claims.join(", ")),
        (shown, []) if shown.len() <= EXAMPLE_LENGTH_MAX => format!("add it, such as `\"{name}\": {shown}`"),
        _ => "add it".into(),
    };
    Diagnostic::new(Code::MemberMissing, path, format!("the field `{name}` is missing"), help)
}

/// A sentence within another one.
fn in_a_clause(sentence: &str) -> String {
    let (first, rest) = sentence.split_at_checked(1).unwrap_or_default();
    format!("{}{}", first.to_lowercase(), rest.trim_end_matches('.'))
}

/// A value that is not what is wanted: at `path`, by the schema of `wanted_at`.
fn value(root: &Value, path: &str, wanted_at: &str, found: &Value, kind: &Kind) -> Diagnostic {
    let wanted = schema::at(root, wanted_at).unwrap_or(&Value::Null);
    let values: Vec<&str> = schema::values(wanted).into_iter().map(|(value, _)| value).collect();
    match (kind, found) {
        (Kind::Enum { options }, Value::String(text)) => code(path, text, options),
        (Kind::OneOfNotValid { .. }, Value::String(text)) if !values.is_empty() => {
            let message = format!("`{text}` is none of the possible values");
            Diagnostic::new(Code::ValueInvalid, path, message, nearest_or_one_of(text, &values))
        }
        (Kind::Minimum { .. } | Kind::Maximum { .. }, _) => {
            let help = format!("write {}", in_words(root, wanted));
            Diagnostic::new(Code::ValueInvalid, path, format!("it is {}", described(found)), help)
        }
        _ => {
            let name = pointer::last(path).unwrap_or_default();
            let help = meant(&name, found, wanted).unwrap_or_else(|| format!("write {}", in_words(root, wanted)));
            Diagnostic::new(Code::WrongType, path, format!("it is {}", described(found)), help)
        }
    }
}

/// A code of ISO 3166-1 or ISO 4217 that is not one.
fn code(path: &str, text: &str, options: &Value) -> Diagnostic {
    let known: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let is_currency = known.iter().all(|code| code.parse::<Currency>().is_ok());
    let (what, example) = match is_currency {
        true => ("a currency of ISO 4217", "write its three capital letters, such as `EUR`"),
        false => ("a country of ISO 3166-1 with telephone numbers", "write its two capital letters, such as `GB`"),
    };
    let country = country_meant(text).filter(|_| !is_currency).map(|country| country.to_string());
    // Of two letters, half of the codes are near to any.
    let near = || nearest(text, &known).filter(|_| is_currency).map(str::to_owned);
    let help = country.or_else(near).map_or_else(|| example.to_owned(), |meant| format!("did you mean `{meant}`?"));
    Diagnostic::new(Code::ValueInvalid, path, format!("`{text}` is not {what}"), help)
}

/// What a reader says of a value, with the remedy that the place has.
pub(super) fn refined(root: &Value, document: &Value, unread: Diagnostic) -> Diagnostic {
    let (found, wanted) = (document.pointer(&unread.path), schema::at(root, &unread.path));
    let name = pointer::last(&unread.path).unwrap_or_default();
    let is_unread = unread.code == Code::WrongType || (unread.code == Code::ValueInvalid && name == "percent");
    let help = found.zip(wanted).filter(|_| is_unread);
    match help.and_then(|(found, wanted)| meant(&name, found, wanted)) {
        Some(help) => Diagnostic { help, ..unread },
        None => unread,
    }
}

/// The remedies for values of another type by what the place is, and by what was written there.
fn meant(name: &str, found: &Value, wanted: &Value) -> Option<String> {
    let wants = |kind: &str| wanted.get("type").is_some_and(|of| of == kind || of.get(0).is_some_and(|of| of == kind));
    let text = match found {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    };
    match name {
        "effective_from" | "effective_until" => Some(instant(&text)),
        _ if wants("integer") && text.parse::<u32>().is_ok() => Some(format!("write `{text}`, without quotes")),
        "minor_units" => Some(match shifted(&text, 2) {
            Some(meant) => format!("write `{meant}`: amounts are whole minor units"),
            None => "write a whole number of minor units: `500` is 5.00 EUR".into(),
        }),
        "percent" => Some(percent(&text)),
        _ if wants("boolean") && (text == "true" || text == "false") => Some(format!("write `{text}`, without quotes")),
        _ => None,
    }
}

/// A percentage in quotes: `19%` and `19,5` are of a hundred, and `0.19` may be of one.
fn percent(text: &str) -> String {
    let number = text.strip_suffix('%').unwrap_or(text).trim().replace(',', ".");
    let of_one = shifted(&number, 2).filter(|_| !text.ends_with('%') && number.starts_with("0."));
    match (number.parse::<Percent>(), of_one) {
        (Ok(percent), Some(of_one)) => {
            format!("write `\"{of_one}\"` for {of_one} %, or `\"{percent}\"` for {percent} %")
        }
        (Ok(percent), None) => format!("write `\"{percent}\"`, in quotes and without the sign"),
        (Err(_), _) => "write a percentage with at most 6 decimals in quotes: `\"8.875\"` is 8.875 %".into(),
    }
}

/// A decimal number times a power of ten, if that is whole: `29,00` and 2 are 2900, `0.19` and 4 are 1900.
fn shifted(text: &str, places: usize) -> Option<String> {
    let (whole, decimals) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) || places < decimals.len() {
        return None;
    }
    Some(without_zeros(&format!("{whole}{decimals:0<places$}")))
}

/// An instant, if it can be, the one that was meant.
fn instant(text: &str) -> String {
    let date = |date: jiff::civil::Date| date.to_zoned(jiff::tz::TimeZone::UTC).map(|zoned| zoned.timestamp());
    let written = text.parse().ok().or_else(|| text.parse().ok().and_then(|day| date(day).ok()));
    let meant = written.unwrap_or(jiff::Timestamp::constant(1_767_225_600, 0));
    format!("write milliseconds since 1970: {} is {meant}", meant.as_millisecond())
}

/// What a schema wants, for a person.
fn in_words(root: &Value, schema: &Value) -> String {
    let kind = schema.get("type").map(|kind| kind.get(0).unwrap_or(kind)).and_then(Value::as_str);
    let kind = kind.or_else(|| schema.get("oneOf")?.get(0)?.get("type")?.as_str());
    let example =
        || Some(schema::example(root, schema, 0).to_string()).filter(|shown| shown.len() <= EXAMPLE_LENGTH_MAX);
    match (kind, schema.get("minimum"), schema.get("maximum")) {
        (Some("integer"), Some(least), Some(most)) => format!("a whole number from {least} to {most}"),
        (Some("integer"), ..) => "a whole number".into(),
        (Some("string"), ..) => "a text".into(),
        (Some("boolean"), ..) => "`true` or `false`".into(),
        (Some("array"), ..) => "a list".into(),
        (Some("object"), ..) => {
            example().map_or_else(|| "an object".into(), |shown| format!("an object, such as `{shown}`"))
        }
        _ => "another value".into(),
    }
}
