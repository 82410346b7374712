//! What gates compared, and what they wait for.

use std::collections::BTreeSet;

use ringup_core::*;
use serde_json::{Value, json};

use super::said::Said;
use super::{EVIDENCE, FACTS, evidence, fact};

pub fn compared(said: &mut Said) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let at = "2026-03-25T10:00:00Z".to_owned();
    let (then, later) = (1_774_432_800_000_i64, 1_774_433_400_000_i64);
    let mut named = BTreeSet::new();
    let mut check = |members: Value, sentence: &str| {
        let read: Evidence = serde_json::from_value(members).unwrap();
        named.insert(evidence(&read));
        assert_eq!(read.to_string(), sentence);
        said.record("evidence", "compared", &read, sentence);
    };
    check(json!({ "compared": "not_applicable" }), "there is no such rule, or nothing for it to look at");
    check(json!({ "compared": "key_length", "length": 3, "length_max": 100 }), "3 of at most 100 characters");
    check(json!({ "compared": "key_is_new" }), "no earlier purchase has this key");
    let of_key = "the key is that of the purchase `p`, which is the answer";
    check(json!({ "compared": "repeats", "purchase": "p" }), of_key);
    let on_its_way = "the number is on its way by the purchase `p`, which is the answer";
    check(json!({ "compared": "joins", "purchase": "p" }), on_its_way);
    let expired = "the checkout of the purchase `p` has expired";
    check(json!({ "compared": "replaces", "purchase": "p", "by_key": true }), expired);
    check(json!({ "compared": "key_of_another_holder" }), "the key is that of another holder's purchase");
    check(json!({ "compared": "well_formed" }), "every field can be read");
    check(json!({ "compared": "may_act" }), "the actor may do it");
    let exact = json!({ "kind": "exact", "number": "+14155550100" });
    check(json!({ "compared": "selected", "selector": exact }), "wanted: exact +14155550100");
    let plan = json!({ "compared": "plan", "plan": "team", "monthly_fee": usd(900) });
    check(plan, "the plan `team` costs 9.00 USD a month");
    let numbers = json!({ "compared": "numbers", "held": 2, "in_flight": 1, "limit": 5 });
    check(numbers, "2 held, 1 on their way and this one, of at most 5");
    check(json!({ "compared": "sold", "country": "US" }), "numbers of US are sold");
    let mut stock = json!({ "compared": "in_stock", "number": "+14155550100", "number_type": null, "seen_at": then });
    check(stock.clone(), &format!("+14155550100 was seen at {at}"));
    stock["number"] = Value::Null;
    check(stock, "the system looks when it reserves");
    check(json!({ "compared": "billing_serves", "country": "US" }), "the billing serves US");
    let tier = |approved: bool| json!({ "compared": "tier", "tier": 1, "tier_min": 3, "approved": approved });
    check(tier(false), "tier 1; verified from tier 3 on");
    check(tier(true), "tier 1; verified from tier 3 on; it is approved");
    let window = |ends_at: Option<i64>, confirmed: bool| json!({ "compared": "window", "last_accepted_at": null, "ends_at": ends_at, "confirmed": confirmed });
    check(window(None, false), "no purchase before");
    check(window(Some(later), false), "confirmation was needed until 2026-03-25T10:10:00Z");
    check(window(Some(later), true), "confirmation was needed until 2026-03-25T10:10:00Z; it is confirmed");
    let spent =
        json!({ "compared": "spent", "period": "month", "spent": usd(100), "price": usd(200), "limit": usd(1000) });
    check(spent, "1.00 USD spent and 2.00 USD due, of at most 10.00 USD a month");
    let pace = |pace: &str, window_s: Option<u32>| json!({ "compared": "pace", "pace": pace, "window_s": window_s, "count": 1, "limit": 3 });
    check(pace("day", None), "1 bought today and this one, of at most 3");
    check(pace("churn", Some(86_400)), "1 bought and released within 1 day and this one, of at most 3");
    check(pace("churn", None), "1 bought and released lately and this one, of at most 3");
    check(json!({ "compared": "method_on_file" }), "there is one, or none is needed");
    let funds = json!({ "compared": "funds", "available": usd(500), "required": usd(300) });
    check(funds, "5.00 USD there, 3.00 USD due");
    check(json!({ "compared": "same_price", "price": usd(300) }), "3.00 USD, as was seen");
    let id = "0".repeat(64);
    check(json!({ "compared": "same_quote", "id": id }), &format!("the quote {id} holds"));
    assert_eq!(named, EVIDENCE.iter().copied().collect());
}

pub fn awaited(said: &mut Said) {
    let mut named = BTreeSet::new();
    let selector = Selector::Exact { number: "+14155550100".parse().unwrap() };
    for (read, sentence) in [
        (Fact::UsedKeys, "which keys were used is known when it is bought"),
        (Fact::EarlierGate { gate: Gate::PaidPlan }, "after the gate `paid plan`"),
        (Fact::NumberingPlan, "for a numbering plan to read the number with"),
        (Fact::Search { selector }, "for a search: exact +14155550100"),
    ] {
        named.insert(fact(&read));
        assert_eq!(read.to_string(), sentence);
        said.record("fact", "fact", &read, sentence);
    }
    assert_eq!(named, FACTS.iter().copied().collect());
}
