//! The inputs that are compared: the golden ones, and others that nobody thought of.

use proptest::prelude::{Just, Strategy, any};
use proptest::sample::select;
use proptest::{option, prop_oneof};
use ringup_core::{Account, Opening, policies};
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

/// A quote that comes back under its id: as it was made, when its time is over, and altered.
pub(crate) fn verifications(quote: &[u8], id: &[u8]) -> [Vec<u8>; 4] {
    let quote: Value = serde_json::from_slice(quote).unwrap();
    let id: Value = serde_json::from_slice(id).unwrap();
    let now = quote["quoted_at"].as_i64().unwrap();
    let input = |quote: &Value, now: i64| json!({ "quote": quote, "id": id, "now": now }).to_string().into_bytes();
    let with = |member: &str, value: Value| {
        let mut other = quote.clone();
        other[member] = value;
        input(&other, now)
    };
    [
        input(&quote, now),
        input(&quote, quote["expires_at"].as_i64().unwrap()),
        with("quoted_at", json!(now - 1)),
        with("refundable", json!(true)),
    ]
}

/// A customer, a request and what is on offer, each often sensible and sometimes not.
pub(crate) fn random() -> impl Strategy<Value = Case> {
    let policy = prop_oneof![
        1 => Just(("zernio", None)),
        1 => Just(("vobiz", None)),
        2 => card().prop_map(|card| ("vobiz", Some(card))),
    ];
    let balance = select(&[0, 10_099, 10_100, 1_000_000][..]);
    (policy, terms(), request(), offers(), balance, any::<bool>()).prop_map(
        |((id, card), terms, request, mut offers, balance, busy)| {
            let mut shop = shop(id);
            if let Some(card) = card {
                shop["rate_card"] = card;
                // The card's price counts where an offer has none of its own.
                for number in ["/searches/0/numbers/0/prices", "/searches/1/numbers/0/prices"] {
                    if let Some(prices) = offers.pointer_mut(number) {
                        *prices = json!([]);
                    }
                }
            }
            let wallet = json!([{ "minor_units": balance, "currency": "INR" }]);
            let account = account(&terms, &wallet);
            let last = if busy { json!(NOW - 1000) } else { Value::Null };
            let standing =
                json!({ "terms": terms, "holders": ["h", "other"], "balances": wallet, "last_accepted_at": last });
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
        },
    )
}

/// A card that says everything: short first periods, discounts, taxes, years, and labels in any script.
fn card() -> impl Strategy<Value = Value> {
    let money = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "INR" });
    let basis = select(&["none", "second", "day", "30_360", "anniversary"][..]);
    let fees = (0..9_000_i64, 0..9_000_i64, any::<bool>(), 0..25_u32);
    let discount =
        option::of((".{1,6}", select(&["setup", "recurring", "all"][..]), 1..9_999_u32, option::of(1..4_u32)));
    let tax = option::of((".{1,6}", select(&["inclusive", "exclusive"][..]), select(&["line", "total"][..])));
    (fees, basis, discount, tax).prop_map(move |((setup, fee, is_yearly, months), basis, discount, tax)| {
        let mut rate = json!({
            "country": "IN", "setup_fee": money(setup), "monthly_fee": money(if is_yearly { 0 } else { fee }),
            "minimum_commitment_months": months, "kyc_tier": 0, "capabilities": {}
        });
        if is_yearly {
            rate["yearly_fee"] = money(fee);
        }
        let discounts: Vec<Value> = discount
            .map(|(label, on, points, periods)| {
                json!({ "label": label, "on": on, "off": { "percent": format!("{}.{:02}", points / 100, points % 100) }, "periods": periods })
            })
            .into_iter()
            .collect();
        let taxes: Vec<Value> = tax
            .map(|(label, kind, rounded)| {
                json!({ "label": label, "percent": "19", "kind": kind, "rounded": rounded })
            })
            .into_iter()
            .collect();
        json!({
            "version": "1", "quote_lifetime_s": 900, "rates": [rate], "proration": { "basis": basis },
            "discounts": discounts, "taxes": taxes
        })
    })
}

fn shop(id: &str) -> Value {
    let (_, text) = policies::ALL.into_iter().find(|(known, _)| *known == id).unwrap();
    serde_json::from_str(text).unwrap()
}

fn account(terms: &Value, wallet: &Value) -> Account {
    let terms = serde_json::from_value(terms.clone()).unwrap();
    let wallet: Vec<ringup_core::Money> = serde_json::from_value(wallet.clone()).unwrap();
    let holders = ["h", "other"].map(|holder| holder.parse().unwrap()).to_vec();
    Account::open(&Opening { holders, wallet, ..Opening::new("a".parse().unwrap(), terms) }).unwrap()
}

fn terms() -> impl Strategy<Value = Value> {
    let plan = select(&["free", "build", "unlimited", "unknown"][..]);
    let billing = select(&["prepaid", "subscription", "usage"][..]);
    let anchor = option::of(NOW - 5_000_000_000..NOW);
    (plan, billing, any::<bool>(), any::<bool>(), anchor).prop_map(|(plan, billing, card, approved, anchor)| {
        let approved = if approved { json!({ "countries": { "DE": "approved" } }) } else { json!({}) };
        json!({
            "plan": plan, "billing": billing, "payment_method_on_file": card, "kyc": approved,
            "billing_anchor": anchor
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
        let local = json!({
            "number": "+14155550142", "inventory_id": "u", "country": "US", "number_type": "local",
            "capabilities": { "voice": true }, "prices": []
        });
        let seen = json!({ "selector": any, "seen_at": NOW - 1, "expires_at": NOW + 1, "numbers": [local] });
        searches.as_array_mut().unwrap().push(seen);
        json!({ "searches": searches })
    })
}
