//! The differences between two policies: whatever changes an answer or a price is found, and every witness shows it.
//!
//! Each field of each policy is changed by itself. Where a search at random, which shares nothing with the grid, finds a
//! request that is answered otherwise, the grid must find one too.
#![expect(clippy::unwrap_used, reason = "a test: it may stop where it stands")]
#![expect(clippy::indexing_slicing, reason = "a test: it may stop where it stands")]
#![expect(clippy::arithmetic_side_effects, reason = "a test: it may stop where it stands")]

mod random_requests;

use std::collections::BTreeSet;

use random_requests::{Draw, Request};
use ringup_cli::console::policy_diff::{Change, classes, differ};
use ringup_core::{Shop, ShopData, Timestamp, Verdict, explain, policies, quote};
use ringup_numbering::WorldPlan;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

/// How many requests are drawn for each change of a field; `RINGUP_REQUESTS` says otherwise.
fn requests() -> u32 {
    std::env::var("RINGUP_REQUESTS").ok().and_then(|count| count.parse().ok()).unwrap_or(200)
}

#[test]
fn a_changed_field_that_changes_an_answer_is_found() {
    let every = std::env::var_os("RINGUP_EVERY_FIELD").is_some();
    let (mut missed, mut shown) = (Vec::new(), 0_u32);
    for (name, text) in documents() {
        let old: Value = serde_json::from_str(&text).unwrap();
        let before = shop(&old).expect("a policy that comes with the program");
        for (field, change, new) in changed(&old, every) {
            // Not every change is a policy.
            let Some(after) = shop(&new) else { continue };
            let Some(request) = found_at_random(&before, &after, &old) else { continue };
            shown += 1;
            if !differ(&before, &after, NOW) {
                missed.push(format!("{name} {field} {change}: {}", serde_json::to_string(&request.as_json()).unwrap()));
            }
        }
    }
    println!("{shown} changes show in some request");
    assert!(100 < shown, "only {shown} changes show: the search at random has become blind");
    assert!(missed.is_empty(), "{} changes are not found:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn every_witness_is_answered_otherwise() {
    let shops: Vec<(&str, Shop)> = documents()
        .into_iter()
        .map(|(name, text)| (name, shop(&serde_json::from_str(&text).unwrap()).unwrap()))
        .collect();
    for pair in shops.windows(2) {
        let (before, after) = (&pair[0].1, &pair[1].1);
        let (all, asked) = classes(before, after, NOW);
        assert!(!all.is_empty() && u32::try_from(all.len()).unwrap() < asked);
        for class in all {
            // As it is printed, and read again.
            let witness = serde_json::to_value(&class.witness).unwrap();
            let request = Request {
                standing: serde_json::from_value(witness["standing"].clone()).unwrap(),
                request: serde_json::from_value(witness["request"].clone()).unwrap(),
                offers: serde_json::from_value(witness["offers"].clone()).unwrap(),
                now: class.witness.now,
            };
            let (old, new) = (answer(before, &request), answer(after, &request));
            assert_ne!(old, new, "{} to {}: {:?}", pair[0].0, pair[1].0, class.change);
            let refused = (!old["refused"].is_null(), !new["refused"].is_null());
            let expected = match class.change {
                Change::NowRefused { .. } => (false, true),
                Change::NowAccepted { .. } => (true, false),
                Change::Price { .. } => (false, false),
                Change::RefusedByAnother { .. } | Change::RefusedOtherwise { .. } => (true, true),
            };
            assert_eq!(refused, expected, "{} to {}: {:?}", pair[0].0, pair[1].0, class.change);
        }
    }
}

#[test]
fn a_policy_does_not_differ_from_itself() {
    for (name, text) in documents() {
        let same = shop(&serde_json::from_str(&text).unwrap()).unwrap();
        let (found, asked) = classes(&same, &same, NOW);
        assert!(found.is_empty() && 100 < asked, "{name}");
    }
}

fn documents() -> Vec<(&'static str, String)> {
    let harbour = include_str!("../../docs/policies/harbour.json");
    let all = policies::ALL.into_iter().map(|(name, text)| (name, text.to_owned()));
    all.chain([("harbour", harbour.to_owned()), ("rich", rich(harbour))]).collect()
}

/// The policy of the guide with the rules that it does without.
fn rich(harbour: &str) -> String {
    let mut data: Value = serde_json::from_str(harbour).unwrap();
    let euro = |units: i64| json!({ "minor_units": units, "currency": "EUR" });
    data["policy"]["limits"]["numbers"] = json!(40);
    data["policy"]["limits"]["each_country"] = json!(30);
    data["plans"][1]["limits"] = json!({
        "each_country": 20, "by_country": { "NL": 25 }, "by_type": { "toll_free": 1 }, "each_holder": 15,
        "spend": [{ "amount": euro(20_000), "period": "day" }], "purchases_a_day": 4,
    });
    data["rate_card"]["proration"] = json!({ "basis": "day", "rounding": "half_even" });
    data["rate_card"]["exponents"] = json!({ "EUR": 3 });
    let rates = data["rate_card"]["rates"].as_array_mut().unwrap();
    rates.push(json!({
        "country": "NL", "prefix": "+3120", "setup_fee": euro(700), "monthly_fee": euro(0), "yearly_fee": euro(2500),
        "kyc_tier": 1, "capabilities": { "voice": true },
    }));
    rates.push(json!({
        "country": "DE", "able_to": { "sms": true }, "setup_fee": euro(1100), "monthly_fee": euro(455),
        "effective_from": NOW.as_millis() - 5000, "effective_until": NOW.as_millis() + 5000,
        "kyc_tier": 2, "capabilities": { "voice": true, "sms": true },
    }));
    data["rate_card"]["discounts"] = json!([
        { "label": "welcome", "on": "setup", "off": { "percent": "50" }, "plans": ["fleet"], "countries": ["DE"] },
        { "label": "start", "on": "recurring", "off": { "money": euro(50) }, "periods": 3, "rounding": "up" },
        { "label": "spring", "on": "all", "off": { "percent": "2.5" }, "effective_until": NOW.as_millis() + 9000 },
    ]);
    data["rate_card"]["taxes"] = json!([
        { "label": "VAT", "percent": "21", "kind": "exclusive", "countries": ["NL"], "rounding": "half_even" },
        { "label": "VAT", "percent": "19", "kind": "exclusive", "countries": ["DE"], "rounded": "total" },
        { "label": "levy", "percent": "0.5", "kind": "exclusive", "effective_from": NOW.as_millis() + 100 },
    ]);
    data.to_string()
}

fn shop(data: &Value) -> Option<Shop> {
    Shop::new(serde_json::from_value::<ShopData>(data.clone()).ok()?).ok()
}

/// A request that is answered otherwise, if one is drawn.
fn found_at_random(before: &Shop, after: &Shop, data: &Value) -> Option<Request> {
    let mut draw = Draw::new(17, before, after, data, NOW);
    (0..requests()).map(|_| draw.request()).find(|request| answer(before, request) != answer(after, request))
}

/// What is answered: why it is refused, or what it costs.
fn answer(shop: &Shop, request: &Request) -> Value {
    let Request { standing, offers, request, now } = request;
    let refused = explain(shop, &WorldPlan, standing, offers, request, *now).rules.into_iter().find_map(|rule| {
        match rule.verdict {
            Verdict::Blocked { rejection } => Some(json!([rule.gate, rejection])),
            Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
        }
    });
    if refused.is_some() {
        return json!({ "refused": refused });
    }
    let quote = quote(shop, &WorldPlan, standing, offers, request, *now);
    json!({ "price": quote.price, "payment": quote.payment, "item": quote.item, "expires_at": quote.expires_at })
}

/// Every field changed by itself: numbers are one more, booleans the other, names another of the same kind, members and
/// entries gone. Of entries that say the same fields only the first, unless all are wanted.
fn changed(data: &Value, every: bool) -> Vec<(String, &'static str, Value)> {
    let mut places = Vec::new();
    walk(data, String::new(), every, &mut places);
    let mut all = Vec::new();
    for place in places {
        let value = data.pointer(&place).unwrap();
        let other = match value {
            Value::Bool(value) => Some(json!(!value)),
            Value::Number(number) => number.as_i64().map(|number| json!(number + 1)),
            Value::String(text) => another(text).map(Value::from),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        if let Some(other) = other {
            let mut new = data.clone();
            *new.pointer_mut(&place).unwrap() = other;
            all.push((place.clone(), "changed", new));
        }
        let (parent, name) = place.rsplit_once('/').unwrap();
        let mut new = data.clone();
        match new.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.shift_remove(name)),
            Value::Array(items) => drop(items.remove(name.parse().unwrap())),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        all.push((place, "removed", new));
    }
    all
}

fn walk(value: &Value, place: String, every: bool, places: &mut Vec<String>) {
    if !place.is_empty() {
        places.push(place.clone());
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| walk(value, format!("{place}/{name}"), every, places));
        }
        Value::Array(items) => {
            let mut seen: Vec<BTreeSet<&String>> = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let fields: BTreeSet<&String> = item.as_object().into_iter().flatten().map(|(name, _)| name).collect();
                let alike = seen.iter().filter(|other| **other == fields).count();
                seen.push(fields);
                if every || alike < 1 || !item.is_object() {
                    walk(item, format!("{place}/{index}"), every, places);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Another name of the same kind.
fn another(text: &str) -> Option<&'static str> {
    const KINDS: [&[&str]; 14] = [
        &["prepaid", "subscription", "usage"],
        &["owner", "admin", "member", "viewer"],
        &["any", "exact", "inventory", "area_code", "pattern"],
        &["local", "mobile", "national", "toll_free"],
        &["half_up", "half_even", "down", "up"],
        &["none", "second", "day", "30_360", "anniversary"],
        &["setup", "recurring", "all"],
        &["exclusive", "inclusive"],
        &["line", "total"],
        &["country", "account"],
        &["wallet", "usage_invoice", "checkout"],
        &["month", "day"],
        &["NL", "DE", "US", "GB"],
        &["USD", "EUR"],
    ];
    let kind = KINDS.iter().find(|kind| kind.contains(&text))?;
    kind.iter().copied().find(|other| *other != text)
}
