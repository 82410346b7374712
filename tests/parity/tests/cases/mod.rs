//! The inputs that are compared: the golden ones, and others that nobody thought of.

use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::{option, prop_oneof};
use ringup_core::{Account, policies};
use serde_json::{Value, json};

/// 2026-03-25T10:00:00Z.
const NOW: i64 = 1_774_432_800_000;

/// The same situation, as an input for `quote` and for `decide`.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) quote: Vec<u8>,
    pub(crate) decide: Vec<u8>,
}

/// The golden inputs, by name.
pub(crate) fn golden() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/quote");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let mut golden: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        // A policy that comes with the core is named; another one is there.
        if let Some(id) = golden["shop"].as_str() {
            golden["shop"] = shop(id);
        }
        golden.as_object_mut().unwrap().remove("expect");
        (path.display().to_string(), golden.to_string().into_bytes())
    };
    files.map(read).collect()
}

/// A customer, a request and what is on offer, each often sensible and sometimes not.
pub(crate) fn random() -> impl Strategy<Value = Case> {
    (select(&["zernio", "vobiz"][..]), terms(), request(), offers(), select(&[0, 10_099, 10_100][..]), any::<bool>())
        .prop_map(|(id, terms, request, offers, balance, busy)| {
            let shop = shop(id);
            let wallet = json!([{ "minor_units": balance, "currency": "INR" }]);
            let account = account(&terms, &wallet);
            let last = if busy { json!(NOW - 1000) } else { Value::Null };
            let standing = json!({ "terms": terms, "balances": wallet, "last_accepted_at": last });
            let command = json!({ "command": "purchase", "id": "p", "actor": {}, "request": request });
            let input = |rest: Value| {
                let mut input = json!({ "shop": shop, "offers": offers, "now": NOW });
                input.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
                input.to_string().into_bytes()
            };
            Case {
                quote: input(json!({ "standing": standing, "request": request })),
                decide: input(json!({ "account": account, "command": command })),
            }
        })
}

fn shop(id: &str) -> Value {
    let (_, text) = policies::ALL.into_iter().find(|(known, _)| *known == id).unwrap();
    serde_json::from_str(text).unwrap()
}

fn account(terms: &Value, wallet: &Value) -> Account {
    let terms = serde_json::from_value(terms.clone()).unwrap();
    let wallet: Vec<ringup_core::Money> = serde_json::from_value(wallet.clone()).unwrap();
    Account::open("a".parse().unwrap(), terms, &wallet, vec![]).unwrap()
}

fn terms() -> impl Strategy<Value = Value> {
    let plan = select(&["free", "build", "unlimited", "unknown"][..]);
    let billing = select(&["prepaid", "subscription", "usage"][..]);
    (plan, billing, any::<bool>(), any::<bool>()).prop_map(|(plan, billing, card, approved)| {
        let approved = if approved { json!({ "countries": { "DE": "approved" } }) } else { json!({}) };
        json!({
            "plan": plan, "billing": billing, "payment_method_on_file": card, "kyc": approved,
            "holders": ["h", "other"]
        })
    })
}

fn request() -> impl Strategy<Value = Value> {
    let holder = prop_oneof![6 => Just("h".to_owned()), 1 => ".{0,6}"];
    let country = prop_oneof![4 => select(&["US", "de", "NL", "KP"][..]).prop_map(str::to_owned), 1 => ".{0,3}"];
    let number = prop_oneof![4 => Just("+91 98765-43210".to_owned()), 1 => "[+0-9 ]{0,18}", 1 => ".{0,8}"];
    let currency = prop_oneof![2 => select(&["INR", "USD", "EUR"][..]).prop_map(str::to_owned), 1 => ".{0,4}"];
    let key = prop_oneof![4 => "[a-z0-9]{1,20}", 1 => ".{0,120}"];
    let optional = (option::weighted(0.9, holder), option::weighted(0.5, country), option::weighted(0.5, number));
    let rare = (option::weighted(0.2, currency), option::weighted(0.2, key), any::<bool>());
    (optional, rare).prop_map(|((holder, country, number), (currency, key, confirm))| {
        json!({
            "holder": holder, "country": country, "number": number, "currency": currency, "idempotency_key": key,
            "confirm_additional": confirm
        })
    })
}

fn offers() -> impl Strategy<Value = Value> {
    let money = |minor_units: i64, currency: &str| json!({ "minor_units": minor_units, "currency": currency });
    (option::weighted(0.8, any::<bool>()), 0..2_000_i64).prop_map(move |(found, age)| {
        let offer = json!({
            "number": "+919876543210", "inventory_id": "i", "country": "IN", "number_type": "mobile",
            "capabilities": { "voice": true },
            "prices": [
                { "setup_fee": money(10_000, "INR"), "monthly_fee": money(100, "INR") },
                { "setup_fee": money(0, "USD"), "monthly_fee": money(100, "USD") }
            ]
        });
        let search = |numbers: Value| {
            let selector = json!({ "kind": "exact", "number": "+919876543210" });
            json!([{ "selector": selector, "seen_at": NOW - age, "expires_at": NOW - age + 1_900, "numbers": numbers }])
        };
        let mut searches = match found {
            None => json!([]),
            Some(false) => search(json!([])),
            Some(true) => search(json!([offer])),
        };
        // A checkout is opened only where somebody has seen a number.
        let any = json!({ "kind": "any", "country": "US" });
        let seen = json!({ "selector": any, "seen_at": NOW - 1, "expires_at": NOW + 1, "numbers": [offer] });
        searches.as_array_mut().unwrap().push(seen);
        json!({ "searches": searches })
    })
}
