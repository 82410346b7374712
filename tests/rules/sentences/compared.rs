//! What gates compared, and what they wait for.

use std::collections::BTreeSet;

use ringup_core::*;
use serde_json::{Value, json};

use super::super::kit::NOW;
use super::said::Said;
use super::{FACTS, fact};

pub fn compared(said: &mut Said) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let (then, later) = (1_774_432_800_000_i64, 1_774_433_400_000_i64);
    let mut check = |members: Value| said.proved(&serde_json::from_value(members).unwrap());
    check(json!({ "compared": "not_applicable" }));
    check(json!({ "compared": "key_length", "length": 3, "length_max": 100 }));
    check(json!({ "compared": "key_is_new" }));
    check(json!({ "compared": "repeats", "purchase": "p" }));
    check(json!({ "compared": "joins", "purchase": "p" }));
    check(json!({ "compared": "resumes", "purchase": "p" }));
    check(
        json!({ "compared": "tier", "tier": 3, "tier_min": 3, "approved": true, "expires_at": 1_774_432_800_000_i64 }),
    );
    check(json!({ "compared": "replaces", "purchase": "p", "by_key": true }));
    check(json!({ "compared": "key_of_another_holder" }));
    check(json!({ "compared": "well_formed" }));
    check(json!({ "compared": "may_act" }));
    let exact = json!({ "kind": "exact", "number": "+14155550100" });
    check(json!({ "compared": "selected", "selector": exact }));
    let plan = json!({ "compared": "plan", "plan": "team", "monthly_fee": usd(900) });
    check(plan);
    let numbers = json!({ "compared": "numbers", "held": 2, "in_flight": 1, "limit": 5 });
    check(numbers);
    check(json!({ "compared": "sold", "country": "US" }));
    let mut stock = json!({ "compared": "in_stock", "number": "+14155550100", "number_type": null, "seen_at": then });
    check(stock.clone());
    stock["number"] = Value::Null;
    check(stock);
    check(json!({ "compared": "billing_serves", "country": "US" }));
    let tier = |approved: bool| json!({ "compared": "tier", "tier": 1, "tier_min": 3, "approved": approved });
    check(tier(false));
    check(tier(true));
    let window = |ends_at: Option<i64>, confirmed: bool| json!({ "compared": "window", "last_accepted_at": null, "ends_at": ends_at, "confirmed": confirmed });
    check(window(None, false));
    check(window(Some(later), false));
    check(window(Some(later), true));
    let spent =
        json!({ "compared": "spent", "period": "month", "spent": usd(100), "price": usd(200), "limit": usd(1000) });
    check(spent);
    let pace = |pace: &str, window_s: Option<u32>| json!({ "compared": "pace", "pace": pace, "window_s": window_s, "count": 1, "limit": 3 });
    check(pace("day", None));
    check(pace("churn", Some(86_400)));
    check(pace("churn", None));
    check(json!({ "compared": "method_on_file" }));
    let funds = json!({ "compared": "funds", "available": usd(500), "required": usd(300) });
    check(funds);
    check(json!({ "compared": "same_price", "price": usd(300) }));
    let id = "0".repeat(64);
    check(json!({ "compared": "same_quote", "id": id }));
}

pub fn awaited(said: &mut Said) {
    let mut named = BTreeSet::new();
    let selector = Selector::Exact { number: "+14155550100".parse().unwrap() };
    let (known_from, known_until) = (NOW, NOW.plus_seconds(1));
    let zone = Fact::TimeZone { zone: "Europe/Amsterdam".into(), known_from, known_until };
    for read in [
        Fact::UsedKeys,
        Fact::EarlierGate { gate: Gate::PaidPlan },
        Fact::NumberingPlan,
        zone,
        Fact::Search { selector },
    ] {
        named.insert(fact(&read));
        said.record("fact", "fact", &read, &read.to_string());
    }
    assert_eq!(named, FACTS.iter().copied().collect());
}
