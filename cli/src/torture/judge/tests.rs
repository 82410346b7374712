//! Judgements of runs that are written down: each finding alone, just beside it, and the worst of several.

use serde_json::json;

use super::*;

/// A purchase that has taken 300, with the events of these names.
fn purchase(id: &str, events: &[&str]) -> Value {
    let events: Vec<Value> = events.iter().map(|event| json!({ "event": { "event": event } })).collect();
    json!({ "purchase": id, "events": events })
}

fn entry(purchase: &str, from: &str, to: &str, minor_units: i64) -> Value {
    json!({ "purchase": purchase, "from": from, "to": to, "money": { "minor_units": minor_units, "currency": "USD" } })
}

fn books(numbers: usize, purchases: Vec<Value>, entries: Vec<Value>) -> Value {
    json!({ "numbers": vec![Value::Null; numbers], "purchases": purchases, "entries": entries })
}

fn at(ms: i64, status: Option<u16>, spoilt_by: Value) -> Value {
    json!({ "at": ms, "method": "POST", "path": "/buy", "body": null, "status": status, "spoilt_by": spoilt_by })
}

#[test]
fn each_finding_is_found_and_nothing_beside_it() {
    let active = ["purchase_accepted", "number_activated"];
    let paid = || vec![entry("p1", "taken", "holds", 300), entry("p1", "holds", "rent_to_run", 300)];
    let refunded = || [paid(), vec![entry("p1", "rent_to_run", "refunds", 300)]].concat();
    let none = || books(1, vec![purchase("p0", &active)], vec![entry("p0", "taken", "rent_to_run", 300)]);
    let with = |numbers, purchases: Vec<Value>, entries| {
        books(
            numbers,
            [vec![purchase("p0", &active)], purchases].concat(),
            [vec![entry("p0", "taken", "rent_to_run", 300)], entries].concat(),
        )
    };
    let one = || with(2, vec![purchase("p1", &active)], paid());
    let two = || with(3, vec![purchase("p1", &active), purchase("p2", &active)], paid());
    let two_one_returned = || with(2, vec![purchase("p1", &active), purchase("p2", &active)], paid());
    let failed = |entries| with(1, vec![purchase("p1", &["purchase_accepted", "purchase_failed"])], entries);
    let calm = || vec![at(0, Some(200), Value::Null)];
    let told = |seconds: i64| json!({ "status": { "status": 429, "retry_after": seconds } });
    let again = |ms| vec![at(0, None, told(2)), at(ms, Some(200), Value::Null)];
    let twice = |status| vec![at(0, Some(status), Value::Null), at(9, Some(200), Value::Null)];
    let spoilt = vec![at(0, Some(404), json!({ "close": "after_work" })), at(9, Some(200), Value::Null)];
    for (case, (after, exchanges, exit, expected)) in [
        (one(), calm(), Some(0), Verdict::Bought),
        (none(), calm(), Some(1), Verdict::NotBought),
        (one(), calm(), Some(75), Verdict::NotKnown),
        (none(), calm(), Some(75), Verdict::NotKnown),
        (two(), calm(), Some(0), Verdict::BoughtTwice),
        (two(), calm(), Some(1), Verdict::BoughtTwice),
        (two_one_returned(), calm(), Some(0), Verdict::BoughtTwice),
        (failed(paid()), calm(), Some(1), Verdict::ChargedWithoutNumber),
        (failed(refunded()), calm(), Some(1), Verdict::NotBought),
        (none(), calm(), Some(0), Verdict::ClaimedWithoutNumber),
        (one(), calm(), Some(1), Verdict::GaveUpOwnedNumber),
        (none(), calm(), None, Verdict::Hung),
        (one(), again(1979), Some(0), Verdict::IgnoredRetryAfter),
        (one(), again(1980), Some(0), Verdict::Bought),
        (one(), twice(422), Some(0), Verdict::RetriedRefusal),
        (one(), twice(409), Some(0), Verdict::Bought),
        (one(), twice(502), Some(0), Verdict::Bought),
        (one(), spoilt, Some(0), Verdict::Bought),
        (two(), again(0), None, Verdict::BoughtTwice),
    ]
    .into_iter()
    .enumerate()
    {
        let before = none();
        let evidence = Evidence { before: &before, after: &after, exchanges: &exchanges, exit };
        assert_eq!(judge(&evidence), expected, "case {case}");
    }
}
