//! The TypeScript declarations and the JSON Schema are what the Rust types say.
//! `RINGUP_UPDATE=1 cargo test -p ringup-core --features describe --test describe` writes them anew.
#![expect(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a tool: it may stop where it stands")]

use std::collections::BTreeMap;
use std::path::Path;

use ringup_core::purchase::Purchase;
use ringup_core::{
    Action, AnyCommand, Currency, Effect, Event, Explanation, GateStatus, InputFailure, NumberKind, NumberReason,
    Offers, PurchaseRequest, Quote, Remedy, Shop, ShopData, Standing, policies,
};
use serde_json::{Value, json};
use ts_rs::{Config, TS, TypeVisitor};

#[test]
fn the_types_of_the_npm_package_are_fresh() {
    let mut declarations = Declarations { config: Config::new().with_large_int("number"), found: BTreeMap::new() };
    declarations.visit::<ShopData>();
    declarations.visit::<Standing>();
    declarations.visit::<Offers>();
    declarations.visit::<PurchaseRequest>();
    declarations.visit::<Quote>();
    declarations.visit::<Explanation>();
    declarations.visit::<AnyCommand>();
    declarations.visit::<Effect>();
    declarations.visit::<Event>();
    declarations.visit::<Purchase>();
    // These are flattened into what holds them; a program that takes one of them needs its name.
    declarations.visit::<Action>();
    declarations.visit::<GateStatus>();
    declarations.visit::<Remedy>();
    // The answer to data that cannot be used.
    declarations.visit::<InputFailure>();
    // What is said of numbers has a module of its own, which is written by hand upon these.
    declarations.visit::<NumberKind>();
    declarations.visit::<NumberReason>();
    let mut text: String = declarations.found.into_values().collect();
    let countries: Vec<String> = ringup_numbering::plan_countries().map(|country| format!("\"{country}\"")).collect();
    text += "\n/** A country whose numbers the plan knows, by its code of ISO 3166-1. */\nexport type PlanCountry =\n";
    for line in countries.chunks(15) {
        text += &format!("  | {}\n", line.join(" | "));
    }
    text = format!("{};\n", text.trim_end());
    assert!(!text.contains("bigint"), "JSON has no bigint");
    check_fresh(
        "../wasm/npm/src/types.d.ts",
        &format!("// Made from the Rust types by core/tests/describe.rs.\n{text}"),
    );
}

#[test]
fn the_schemas_of_what_people_write_are_fresh() {
    for (file, schema) in [
        ("policies/shop.schema.json", schemars::schema_for!(ShopData)),
        ("policies/standing.schema.json", schemars::schema_for!(Standing)),
    ] {
        let mut whole = schema.to_value();
        told_in_full(&mut whole);
        // As a schema again, its keywords stand in their usual order.
        let schema = schemars::Schema::try_from(whole).unwrap();
        check_fresh(file, &format!("{}\n", serde_json::to_string_pretty(&schema).unwrap()));
    }
}

/// Adds what serde checks and schemars does not say, so that an editor can: the codes that there are, the names of members
/// that are codes, and how large a number may be.
fn told_in_full(schema: &mut Value) {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let currencies: Vec<String> = codes.filter(|code| code.parse::<Currency>().is_ok()).collect();
    let countries: Vec<String> = ringup_numbering::plan_countries().map(|country| country.to_string()).collect();
    let key = |name: &str| json!({ "$ref": format!("#/$defs/{name}") });
    for (pointer, member, value) in [
        ("/$defs/Country", "enum", json!(countries)),
        ("/$defs/Currency", "enum", json!(currencies)),
        ("/$defs/Limits/properties/by_country", "propertyNames", key("Country")),
        ("/$defs/Limits/properties/by_type", "propertyNames", key("NumberType")),
        ("/$defs/RateCard/properties/exponents", "propertyNames", key("Currency")),
    ] {
        if let Some(place) = schema.pointer_mut(pointer) {
            place[member] = value;
        }
    }
    with_largest(schema);
}

fn with_largest(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if members.get("format").is_some_and(|format| format == "uint32") {
                members.insert("maximum".into(), u32::MAX.into());
            }
            members.values_mut().for_each(with_largest);
        }
        Value::Array(items) => items.iter_mut().for_each(with_largest),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_policy_is_a_shop_and_misspelt_ones_are_not() {
    for (id, json) in policies::ALL {
        let data: ShopData = serde_json::from_str(json).unwrap();
        assert_eq!(Shop::new(data).unwrap().policy().id, id);
        let misspelt = json.replacen("\"order_evidence\"", "\"order_evidenc\"", 1);
        assert!(serde_json::from_str::<ShopData>(&misspelt).is_err(), "{id}");
    }
}

#[track_caller]
fn check_fresh(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("RINGUP_UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == text, "{file} is stale; write it anew by the command in core/tests/describe.rs");
}

/// A type and everything that it is made of, by name.
struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // What could have no file of its own is built in: numbers, lists, texts.
        // What stands within its holder has its members in place of a name.
        if T::output_path().is_some() && !T::ident(&self.config).starts_with('{') {
            let (docs, declaration) = (T::docs().unwrap_or_default(), T::decl(&self.config));
            let declaration = declaration.replace(" } & { ", ", ");
            let text = laid_out(&format!("{docs}export {declaration}"));
            if self.found.insert(T::ident(&self.config), format!("\n{text}\n")).is_some() {
                return;
            }
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// One member and one alternative a line: ts-rs writes everything in a row.
fn laid_out(declaration: &str) -> String {
    let alternatives = declaration.matches("| {").count();
    let (mut text, mut rest, mut depth) = (String::new(), declaration, 0_usize);
    while let Some(character) = rest.chars().next() {
        // A comment stays as it is, on one line.
        if let Some((comment, after)) = rest.strip_prefix("/**").and_then(|rest| rest.split_once("*/")) {
            let sentence = comment.split('\n').map(|line| line.trim().trim_start_matches('*').trim());
            let sentence = sentence.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            text += &format!("/** {sentence} */");
            new_line(&mut text, depth);
            rest = after.trim_start();
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '{' if depth == 0 && 0 < alternatives => {
                text.truncate(text.trim_end_matches([' ', '|']).len());
                text += "\n  | {";
                depth = 2;
                new_line(&mut text, depth);
                rest = rest.trim_start();
            }
            '{' => {
                text.push('{');
                depth += 1;
                new_line(&mut text, depth);
                rest = rest.trim_start();
            }
            '}' => {
                text.truncate(text.trim_end_matches([' ', '\n', ';']).len());
                text.push(';');
                depth -= if depth == 2 && 0 < alternatives { 2 } else { 1 };
                let column = if depth == 0 && 0 < alternatives { 1 } else { depth };
                new_line(&mut text, column);
                text.push('}');
            }
            ',' if 0 < depth => {
                text.push(';');
                new_line(&mut text, depth);
                rest = rest.trim_start();
            }
            _ => text.push(character),
        }
    }
    text
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}
