//! Changing the fields that a blocked rule names, one after another, opens it.

use proptest::prelude::Strategy;
use proptest::test_runner::{Config, TestCaseError};
use proptest::{prop_assert, proptest};
use ringup_core::{ExplainedRule, Gate, Rejection, Shop, ShopData, Standing, Verdict, gates};
use serde_json::{Value, json};

use crate::advice::{Deciding, cases, deciding};
use crate::api::{explain, standing};

/// How many limits and differences may stand in the way of one gate.
const FIELDS_MAX: usize = 8;

proptest! {
    // Every gate is asked many times: a tenth of the cases that others have.
    #![proptest_config(Config { cases: cases().div_ceil(10), failure_persistence: None, ..Config::default() })]

    #[test]
    fn the_named_fields_open_a_blocked_gate((customer, standing) in asking()) {
        let shop = &customer.shop;
        let (policy, rate_card) = (shop.policy().clone(), shop.rate_card().clone());
        let data = serde_json::to_value(ShopData { policy, rate_card, plans: shop.plans().to_vec() }).unwrap();
        for gate in Gate::ALL {
            opens(&customer, &standing, gate, data.clone())?;
        }
    }
}

fn asking() -> impl Strategy<Value = (Deciding, Standing)> {
    deciding().prop_map(|mut customer| {
        if customer.request.price_seen.is_some() {
            // A price and a quote that were seen may contradict each other, whatever a policy says.
            customer.request.quote_seen = None;
        }
        let standing = standing(&customer.account, &customer.shop, &customer.actor, customer.now);
        (customer, standing)
    })
}

/// Changes what the rule names until it is blocked no more, or names nothing.
fn opens(customer: &Deciding, standing: &Standing, gate: Gate, mut data: Value) -> Result<(), TestCaseError> {
    let ask = |data: &Value| -> Option<ExplainedRule> {
        let shop = Shop::new(serde_json::from_value(data.clone()).ok()?).ok()?;
        let explanation = explain(&shop, standing, &customer.offers[1], &customer.request, customer.now);
        explanation.rules.into_iter().find(|rule| rule.gate == gate)
    };
    let Some(mut rule) = ask(&data) else { return Err(TestCaseError::fail("the shop is none")) };
    for _ in 0..FIELDS_MAX {
        let Verdict::Blocked { rejection } = &rule.verdict else { return Ok(()) };
        let Some(field) = &rule.field else {
            prop_assert!(is_nobodys(rejection), "no field, and yet a policy could: {:?}", rejection);
            return Ok(());
        };
        let changes = changes(&data, &field.pointer, rejection).into_iter();
        let answers: Vec<(Value, ExplainedRule)> =
            changes.filter_map(|data| ask(&data).map(|rule| (data, rule))).collect();
        let opened = answers.iter().find(|(_, rule)| !matches!(rule.verdict, Verdict::Blocked { .. }));
        // Another limit, or another difference, is as much in the way.
        let other = || answers.iter().find(|(_, other)| other.field != rule.field);
        let Some((next, answer)) = opened.or_else(other) else {
            return Err(TestCaseError::fail(format!("whatever is there, it stays blocked: {rule:?}")));
        };
        (data, rule) = (next.clone(), answer.clone());
    }
    Err(TestCaseError::fail(format!("still blocked: {rule:?}")))
}

/// What no policy could answer otherwise.
fn is_nobodys(rejection: &Rejection) -> bool {
    match rejection {
        Rejection::RequestMalformed(gates::request::Malformed { field, .. }) => field != "holder",
        Rejection::HolderUnknown { .. }
        | Rejection::ActorNotAllowed { .. }
        | Rejection::NumberMismatch { .. }
        | Rejection::NoSuchNumber { .. }
        | Rejection::OutOfStock { .. }
        // Of a number with prices of its own.
        | Rejection::CurrencyNotOffered { .. }
        | Rejection::PriceChanged { .. }
        | Rejection::QuoteOutdated { .. } => true,
        _ => false,
    }
}

/// The data with other values at a place: as far as they go, and without any.
fn changes(data: &Value, pointer: &str, rejection: &Rejection) -> Vec<Value> {
    let said = serde_json::to_value(rejection).unwrap();
    let seen: Vec<Value> =
        said["differences"].as_array().into_iter().flatten().map(|difference| difference["seen"].clone()).collect();
    let values = match data.pointer(pointer) {
        Some(Value::Bool(is)) => vec![json!(!is)],
        Some(Value::Number(_)) => vec![json!(0), json!(1), json!(255), json!(1_000_000)],
        Some(Value::String(_)) => {
            let words =
                ["checkout", "subscription", "usage_invoice", "wallet", "prepaid", "usage"].map(|word| json!(word));
            words.into_iter().chain(seen).collect()
        }
        Some(Value::Array(_)) => {
            let roles = json!(["owner", "admin", "member", "viewer"]);
            vec![
                json!([]),
                roles,
                json!(["any"]),
                json!(["exact"]),
                json!(["inventory"]),
                json!(["area_code"]),
                json!(["pattern"]),
            ]
        }
        Some(Value::Object(money)) if money.contains_key("minor_units") => {
            vec![json!({ "minor_units": 1_000_000_000_000_i64, "currency": money["currency"] })]
        }
        Some(Value::Object(rate)) if rate.contains_key("kyc_tier") => {
            let costing = |setup_fee: Value, monthly_fee: Value| {
                let mut rate = rate.clone();
                rate.retain(|name, _| !["tiers", "other_fees", "yearly_fee"].contains(&name.as_str()));
                rate.extend([("setup_fee".to_owned(), setup_fee), ("monthly_fee".into(), monthly_fee)]);
                Value::Object(rate)
            };
            let nothing = |currency: &Value| json!({ "minor_units": 0, "currency": currency });
            let fees = seen.iter().filter(|fee| fee.is_object()).flat_map(|fee| {
                let nothing = nothing(&fee["currency"]);
                [costing(fee.clone(), nothing.clone()), costing(nothing, fee.clone())]
            });
            let others =
                ["USD", "INR", "EUR"].map(|currency| costing(nothing(&json!(currency)), nothing(&json!(currency))));
            fees.chain(others).collect()
        }
        Some(Value::Object(_)) => vec![Value::Null],
        Some(Value::Null) | None => added(&said),
    };
    let set = |value: Value| {
        let (list, last) = pointer.rsplit_once('/').unwrap();
        let mut data = data.clone();
        match data.pointer_mut(list).unwrap() {
            Value::Array(items) if last == "-" => items.push(value),
            Value::Array(items) => items[last.parse::<usize>().unwrap()] = value,
            Value::Object(members) => drop(members.insert(last.into(), value)),
            _ => {}
        }
        data
    };
    let mut changed: Vec<Value> = values.into_iter().map(set).collect();
    // A window of 1 s is the shortest, so a purchase of this very instant passes only without the rule.
    if let Some(rule) = pointer.strip_suffix("/window_s") {
        let mut data = data.clone();
        if let Some(rule) = data.pointer_mut(rule) {
            *rule = Value::Null;
            changed.push(data);
        }
    }
    // The fee of a release comes from a wallet, so a shop in which nobody pays by wallet has none.
    if pointer.ends_with("/method") {
        for data in &mut changed {
            if let Some(Value::Object(release)) = data.pointer_mut("/policy/release") {
                release.remove("fee");
            }
        }
    }
    changed
}

/// What a list lacks.
fn added(said: &Value) -> Vec<Value> {
    let nothing = json!({ "minor_units": 0, "currency": "USD" });
    vec![
        json!({ "method": "usage_invoice" }),
        json!({
            "country": said["country"], "setup_fee": nothing, "monthly_fee": nothing, "kyc_tier": 1, "capabilities": {}
        }),
        json!(["owner", "admin", "member", "viewer"]),
        json!(false),
    ]
}
