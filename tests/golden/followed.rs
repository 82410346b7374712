//! A quote that is followed: whatever it promised is compared, leaf by leaf.

use std::collections::BTreeSet;

use ringup_core::read::read;
use ringup_core::{
    Diagnostic, GateReport, PurchaseRequest, Quote, QuoteError, QuoteId, QuoteSeen, QuoteTerms, ReceivedQuote, Shop,
    Timestamp,
};
use serde_json::{Value, json};

use crate::api::quote;
use crate::golden::Golden;
use crate::prices::scene::{Scene, at, rate, usd};
use crate::quotes::{flips, leaves};

/// What of a quote is no promise, with the reason: it says how things stood, and neither what is bought nor what it costs.
const NO_PROMISES: [(&str, &str); 5] = [
    ("/quoted_at", "when it was made; until when it holds is the promise"),
    ("/acceptable", "the gates are judged anew: what was open may be closed now, and the other way round"),
    ("/gates", "the same, one by one"),
    ("/fixes", "advice on those gates"),
    ("/fixes_suffice", "the same"),
];

/// What the price's gate says to a customer who follows these terms at the golden quote's instant: the fields that differ.
fn followed(golden: &Golden, shop: &Shop, terms: QuoteTerms) -> Result<(), Vec<String>> {
    let seen = QuoteSeen { id: "0".repeat(64).parse().unwrap(), terms: Some(terms) };
    let request = PurchaseRequest { quote_seen: Some(Box::new(seen)), price_seen: None, ..golden.request.clone() };
    let quote = quote(shop, &golden.standing, &golden.offers, &request, golden.now);
    let gate = quote.gates.last().unwrap();
    if gate.is_passed() { Ok(()) } else { Err(named(gate)) }
}

fn named(gate: &GateReport) -> Vec<String> {
    let gate = serde_json::to_value(gate).unwrap();
    assert_eq!(gate["rejection"]["code"], "quote_outdated", "{gate}");
    let differences = gate["rejection"]["differences"].as_array().unwrap();
    // An end is over at its own instant.
    for difference in differences.iter().filter(|difference| difference["field"] != "expires_at") {
        assert_ne!(difference["seen"], difference["now"], "{gate}");
    }
    differences.iter().map(|difference| difference["field"].as_str().unwrap().to_owned()).collect()
}

/// The difference that a leaf belongs to: the last name that is not of a list or an amount.
fn field_of(pointer: &str) -> &str {
    let names: Vec<&str> = pointer.split('/').skip(1).collect();
    match names.as_slice() {
        ["shop", "policy"] => "policy",
        ["shop" | "item" | "price", field, ..] | [field, ..] => field,
        [] => panic!("the whole is no leaf"),
    }
}

/// Other quotes, that differ in one place: with another value there, or with nothing.
fn others(golden: &Golden, pointer: &str, flips: Vec<Value>) -> Vec<Quote> {
    let changed = flips.into_iter().map(|flip| {
        let mut other = golden.expect.clone();
        *other.pointer_mut(pointer).unwrap() = flip;
        other
    });
    let mut without = golden.expect.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    if let Value::Object(members) = without.pointer_mut(parent).unwrap() {
        members.remove(name);
    }
    // What cannot be read is no quote. What was null may be absent as well.
    let read = changed.chain([without]).filter_map(|other| serde_json::from_value(other).ok());
    let quote: Quote = serde_json::from_value(golden.expect.clone()).unwrap();
    read.filter(|other| *other != quote).collect()
}

#[test]
fn every_promise_is_compared_and_named() {
    let mut compared = BTreeSet::new();
    for golden in Golden::all().iter().filter(|golden| !golden.expect["price"].is_null()) {
        let (shop, quote) = (golden.shop(), golden.quote());
        assert_eq!(followed(golden, &shop, quote.terms()), Ok(()), "{}: as it was", golden.name);
        for pointer in leaves("", &golden.expect) {
            let at = format!("{} {pointer}", golden.name);
            let is_promise = !NO_PROMISES.iter().any(|(place, _)| pointer.starts_with(place));
            let mut flips = flips(golden.expect.pointer(&pointer).unwrap());
            match pointer.as_str() {
                // Another end in the future is no other promise; that it is over is.
                "/expires_at" => flips = vec![json!(golden.now), json!(0)],
                // Another kind has other members.
                "/selector/kind" => continue,
                _ if is_promise => {}
                _ => flips.truncate(2),
            }
            let others = others(golden, &pointer, flips);
            assert!(!others.is_empty() || !is_promise, "{at}: nothing that can be read was put there");
            for other in others {
                let answer = followed(golden, &shop, other.terms());
                if is_promise {
                    let field = field_of(&pointer);
                    let is_named = answer.as_ref().is_err_and(|fields| fields.iter().any(|named| named == field));
                    assert!(is_named, "{at}: {answer:?}");
                    compared.insert(field.to_owned());
                } else {
                    assert_eq!(answer, Ok(()), "{at}");
                }
            }
        }
    }
    let compared: Vec<&str> = compared.iter().map(String::as_str).collect();
    // Beside these there are `id`, which is no leaf, and `setup_fee`, which is a sum of lines.
    let all = "capabilities commitment_total country due_now expires_at exponent first_period introductory kyc_tier lines \
               minimum_commitment_months monthly_fee number_type payment policy policy_version rate_card_version \
               recurring_lines recurring_taxes_included selector taxes_included yearly_fee";
    assert_eq!(compared.join(" "), all);
}

#[test]
fn terms_have_the_whole_price() {
    let quote = Golden::all().into_iter().find(|golden| golden.name == "vobiz_own_currency").unwrap().quote();
    let terms = serde_json::to_value(quote.terms()).unwrap();
    let read = |terms: &Value| serde_json::from_value::<QuoteTerms>(terms.clone()).is_ok();
    assert!(read(&terms));
    let mut figures = terms.clone();
    figures["price"] = serde_json::to_value(quote.price.as_ref().unwrap().seen()).unwrap();
    assert!(!read(&figures));
}

/// The scene of a price that only the next purchase sees: the differences of a quote made before.
#[track_caller]
fn moved(then: &Scene, now: &Scene, expected: &str) {
    let request = PurchaseRequest { quote_seen: Some(Box::new(then.quote().seen())), ..now.request() };
    let quote = quote(&now.shop(), &now.standing(), &now.offers(), &request, now.now);
    let gate = quote.gates.last().unwrap();
    assert_eq!(if gate.is_passed() { String::new() } else { named(gate).join(" ") }, expected);
}

#[test]
fn what_has_appeared_since_is_a_difference() {
    let plain = Scene::new(json!([rate(1000, 200, json!({}))]), json!({}));
    let with = |further: Value| Scene::new(json!([rate(1000, 200, further)]), json!({}));
    let card = |further: Value| Scene::new(json!([rate(1000, 200, json!({}))]), further);
    let both_ways = |other: &Scene, expected: &str| {
        moved(&plain, other, expected);
        moved(other, &plain, expected);
    };
    moved(&plain, &plain, "");
    both_ways(&with(json!({ "minimum_commitment_months": 12 })), "commitment_total minimum_commitment_months");
    // One month is what is paid at once: it binds, but adds nothing.
    both_ways(&with(json!({ "minimum_commitment_months": 1 })), "minimum_commitment_months");
    let yearly = json!({ "monthly_fee": usd(0), "yearly_fee": usd(200) });
    both_ways(&with(yearly), "monthly_fee yearly_fee lines");
    both_ways(&with(json!({ "kyc_tier": 3 })), "kyc_tier");
    both_ways(&with(json!({ "other_fees": [{ "label": "F", "fee": usd(1) }] })), "due_now commitment_total lines");
    let tax = |kind: &str| json!({ "taxes": [{ "label": "T", "percent": "5", "kind": kind, "rounded": "total" }] });
    both_ways(&card(tax("inclusive")), "taxes_included recurring_taxes_included");
    both_ways(&card(tax("exclusive")), "due_now monthly_fee commitment_total lines recurring_lines");
    let discount = |label: &str, periods: u32| json!({ "discounts": [{ "label": label, "on": "recurring", "off": { "percent": "50" }, "periods": periods }] });
    moved(&card(discount("D", 2)), &card(discount("D", 3)), "introductory");
    moved(&card(discount("D", 2)), &card(discount("E", 2)), "lines introductory");
    moved(&plain, &card(json!({ "exponents": { "USD": 3 } })), "exponent");
    let billed = |day: &str| Scene { anchor: Some(at(day)), ..card(json!({ "proration": { "basis": "none" } })) };
    moved(&billed("2026-03-01"), &billed("2026-03-02"), "first_period");
}

#[test]
fn a_member_that_no_quote_has_is_refused() {
    let (mut read, mut refused) = (0, 0);
    for golden in Golden::all() {
        let quote = golden.quote();
        for quote in [Quote { fixes_cut_short: true, ..quote.clone() }, quote.clone()] {
            let received = serde_json::to_value(&quote).unwrap();
            assert_eq!(verified(&received, &quote.id()), Ok(Ok(quote.seen())), "{}", golden.name);
        }
        for place in objects("", &golden.expect) {
            let mut received = golden.expect.clone();
            received.pointer_mut(&place).unwrap()["refundable"] = json!(true);
            match verified(&received, &quote.id()) {
                Ok(verified) => {
                    read += 1;
                    assert!(matches!(verified, Err(QuoteError::Altered { .. })), "{} {place}", golden.name);
                    let is_promise = !NO_PROMISES.iter().any(|(no_promise, _)| place.starts_with(no_promise));
                    assert!(!is_promise, "{} {place}: it could be read", golden.name);
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(0 < read && 0 < refused, "{read} {refused}");
}

#[test]
fn what_is_left_out_or_written_otherwise_is_not_all_of_a_quote() {
    let golden = Golden::all().into_iter().find(|golden| golden.name == "own_by_the_year").unwrap();
    let id = golden.quote().id();
    let is_altered = |received: &Value| matches!(verified(received, &id), Ok(Err(QuoteError::Altered { .. })));
    let mut received = golden.expect.clone();
    received["item"]["capabilities"] = json!({ "voice": false });
    assert!(is_altered(&received));
    // A country in small letters is refused on reading already.
    let mut small = golden.expect.clone();
    small["item"]["country"] = json!("us");
    assert!(serde_json::from_value::<Quote>(small).is_err());
    let mut received = golden.expect.clone();
    received["price"]["introductory"] = json!([]);
    assert!(is_altered(&received));
    let mut received = golden.expect.clone();
    received["gates"][0]["gate"] = json!(1.5);
    assert!(is_altered(&received));
}

/// Read off JSON and verified at its own instant.
fn verified(received: &Value, id: &QuoteId) -> Result<Result<QuoteSeen, QuoteError>, Vec<Diagnostic>> {
    let quote = read::<ReceivedQuote>(received.to_string().as_bytes())?;
    Ok(quote.verify(id, Timestamp::from_millis(i64::MIN)))
}

/// The places of all objects.
fn objects(at: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            let within = members.iter().flat_map(|(name, value)| objects(&format!("{at}/{name}"), value));
            std::iter::once(at.to_owned()).chain(within).collect()
        }
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(index, value)| objects(&format!("{at}/{index}"), value)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![],
    }
}

#[test]
fn a_quote_is_verified_by_its_name_and_its_time() {
    let golden = &Golden::all()[0];
    let quote = golden.quote();
    let (id, end) = (quote.id(), quote.expires_at);
    assert_eq!(quote.verify(&id, end.plus_millis(-1)), Ok(quote.seen()));
    assert_eq!(quote.verify(&id, end), Err(QuoteError::Expired { expires_at: end, now: end }));
    let altered = Quote { expires_at: end.plus_millis(1), ..quote };
    let of_content = altered.id();
    let error = altered.verify(&id, end).unwrap_err();
    assert_eq!(error.to_string(), format!("this is not what the quote `{id}` says"));
    assert_eq!(error, QuoteError::Altered { id, of_content: of_content.clone() });
    // An id from the same hand as the quote proves nothing.
    assert!(altered.verify(&of_content, end).is_ok());
}
