//! Quotes by name: what an id covers, and what becomes of a purchase that follows a quote.

use std::collections::BTreeMap;

use ringup_core::{Offers, PriceSeen, PurchaseRequest, Quote, QuoteId, QuoteSeen, QuoteTerms, Shop, Timestamp};
use serde_json::{Value, json};

use super::gates::check;
use super::kit::{NOW, bazaar, bazaar_customer, bazaar_offers, bazaar_request, money, standing};
use super::kit::{orchard, orchard_customer, orchard_request};
use crate::api::quote;
use crate::golden::Golden;
use crate::kit::ORCHARD;

/// Every golden quote, by name.
fn golden() -> impl Iterator<Item = (String, Value)> {
    Golden::all().into_iter().map(|golden| (golden.name, golden.expect))
}

fn id(quote: &Value) -> Option<QuoteId> {
    serde_json::from_value::<Quote>(quote.clone()).ok().map(|quote| quote.id())
}

#[test]
fn an_id_is_what_anybody_makes_of_the_json() {
    // Made by golden/quote_ids.py, which knows nothing of the core.
    let vectors: BTreeMap<String, String> = serde_json::from_str(include_str!("../golden/quote_ids.json")).unwrap();
    let golden: BTreeMap<String, Value> = golden().collect();
    assert!(!vectors.is_empty());
    for (name, expected) in vectors {
        assert_eq!(id(&golden[&name]).unwrap().as_str(), expected, "{name}: see golden/quote_ids.py");
    }
}

#[test]
fn whatever_a_quote_says_is_in_its_id() {
    let (mut flipped, mut readable) = (0, 0);
    for (name, quote) in golden() {
        let original = id(&quote).unwrap();
        assert_eq!(id(&quote).unwrap(), original);
        for pointer in leaves("", &quote) {
            flipped += 1;
            let mut others = flips(quote.pointer(&pointer).unwrap()).into_iter().map(|flipped| {
                let mut other = quote.clone();
                *other.pointer_mut(&pointer).unwrap() = flipped;
                other
            });
            // What is no quote any more has no id.
            if let Some(id) = others.find_map(|other| id(&other)) {
                readable += 1;
                assert_ne!(id, original, "{name} {pointer}");
            }
        }
    }
    assert!(1_000 < readable && readable < flipped, "{readable} of {flipped}");
}

/// The places of everything that is neither object nor list.
pub(super) fn leaves(at: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| leaves(&format!("{at}/{name}"), value)).collect()
        }
        Value::Array(values) => {
            values.iter().enumerate().flat_map(|(index, value)| leaves(&format!("{at}/{index}"), value)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![at.into()],
    }
}

/// Other values, of which one is often of the same type.
pub(super) fn flips(leaf: &Value) -> Vec<Value> {
    match leaf {
        Value::Bool(value) => vec![(!*value).into()],
        Value::Number(number) => vec![(number.as_i64().unwrap() + 1).into()],
        Value::String(text) => {
            let others = [
                "CA",
                "EUR",
                "setup_fee",
                "first_month",
                "mobile",
                "local",
                "usage",
                "wallet",
                "checkout",
                "price",
                "any",
                "setup",
                "recurring",
            ];
            let others = others.into_iter().filter(|other| other != text).map(Value::from);
            let number = text.starts_with('+').then(|| {
                let (start, last) = text.split_at(text.len() - 1);
                format!("{start}{}", if last == "0" { "1" } else { "0" }).into()
            });
            others.chain(number).chain([format!("{text}x").into()]).collect()
        }
        Value::Null => {
            ["+14155550142", "US", "local", "wallet"].map(Value::from).into_iter().chain([1.into()]).collect()
        }
        Value::Array(_) | Value::Object(_) => unreachable!("no leaf"),
    }
}

/// The quote of a Orchard customer whom nothing stands in the way of, asked for a minute ago.
fn quoted(shop: &Shop) -> QuoteSeen {
    let then = Timestamp::from_millis(NOW.as_millis() - 60_000);
    quote(shop, &standing(orchard_customer(), &[]), &Offers::default(), &orchard_request(), then).seen()
}

fn follows(change: impl FnOnce(&mut QuoteTerms, &mut PurchaseRequest), expected: &str) {
    let mut seen = quoted(&orchard());
    let mut request = orchard_request();
    change(seen.terms.as_mut().unwrap(), &mut request);
    request.quote_seen = Some(Box::new(seen));
    check(&orchard(), &standing(orchard_customer(), &[]), &Offers::default(), &request, NOW, expected);
}

#[test]
fn a_purchase_follows_a_quote_that_holds() {
    follows(|_, _| {}, "accepted");
    follows(|terms, _| terms.expires_at = NOW.plus_millis(1), "accepted");
    // Who is to hold the number is not the quote's.
    follows(|_, request| request.holder = Some("other".into()), "accepted");
}

#[test]
fn a_quote_that_does_not_hold_is_refused() {
    let outdated = "quote_outdated -> ask_for_quote";
    follows(|terms, _| terms.expires_at = NOW, outdated);
    follows(|terms, _| terms.shop.policy = "other".into(), outdated);
    follows(|terms, _| terms.shop.policy_version = "0".into(), outdated);
    follows(|terms, _| terms.shop.rate_card_version = "0".into(), outdated);
    follows(|_, request| request.country = Some("CA".into()), outdated);
    follows(|terms, _| terms.selector = None, outdated);
    follows(|terms, _| terms.price = None, outdated);
    let cheaper = |terms: &mut QuoteTerms, _: &mut PurchaseRequest| {
        let Some(price) = &mut terms.price else { panic!("the whole price is kept") };
        price.due_now = money("1.99 USD");
    };
    follows(cheaper, outdated);
}

#[test]
fn every_difference_is_told() {
    let seen = quoted(&orchard());
    let mut data: Value = serde_json::from_str(ORCHARD).unwrap();
    data["rate_card"]["version"] = "next".into();
    data["rate_card"]["rates"][0]["monthly_fee"]["minor_units"] = 250.into();
    data["rate_card"]["rates"][0]["setup_fee"]["minor_units"] = 50.into();
    let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    let request = PurchaseRequest { quote_seen: Some(Box::new(seen.clone())), ..orchard_request() };
    let later = NOW.plus_seconds(900);
    let quote = quote(&shop, &standing(orchard_customer(), &[]), &Offers::default(), &request, later);
    let price = serde_json::to_value(quote.gates.last().unwrap()).unwrap();
    let usd = |minor_units| json!({ "minor_units": minor_units, "currency": "USD" });
    assert_eq!(
        price["rejection"],
        json!({ "code": "quote_outdated", "id": seen.id, "differences": [
            { "field": "expires_at", "seen": NOW.as_millis() - 60_000 + 900_000, "now": later },
            { "field": "rate_card_version", "seen": "1", "now": "next" },
            { "field": "due_now", "seen": usd(200), "now": usd(300) },
            { "field": "setup_fee", "seen": usd(0), "now": usd(50) },
            { "field": "monthly_fee", "seen": usd(200), "now": usd(250) },
            { "field": "commitment_total", "seen": usd(200), "now": usd(300) },
            {
                "field": "lines", "seen": [{ "charge": "first_month", "amount": usd(200) }],
                "now": [{ "charge": "setup_fee", "amount": usd(50) }, { "charge": "first_month", "amount": usd(250) }]
            }
        ] })
    );
}

#[test]
fn a_quote_that_nobody_has_kept_is_refused() {
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let request = PurchaseRequest { quote_seen: Some(Box::new(QuoteSeen { id, terms: None })), ..orchard_request() };
    let standing = standing(orchard_customer(), &[]);
    check(&orchard(), &standing, &Offers::default(), &request, NOW, "quote_outdated -> ask_for_quote");
}

#[test]
fn a_quote_and_a_price_are_both_compared() {
    let saw = |text| Some(PriceSeen { due_now: Some(money(text)), ..PriceSeen::default() });
    follows(|_, request| request.price_seen = saw("2.00 USD"), "accepted");
    follows(|_, request| request.price_seen = saw("1.00 USD"), "price_changed -> accept_price");
    follows(
        |terms, request| {
            request.price_seen = saw("1.00 USD");
            terms.expires_at = NOW;
        },
        "quote_outdated -> ask_for_quote",
    );
}

#[test]
fn an_offer_that_ends_sooner_ends_the_quote_that_was_made_of_it() {
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let seen = quote(&bazaar(), &standing, &bazaar_offers(), &bazaar_request(), NOW).seen();
    assert_eq!(seen.terms.as_ref().unwrap().expires_at, NOW.plus_seconds(600));
    let request = PurchaseRequest { quote_seen: Some(Box::new(seen)), ..bazaar_request() };
    check(&bazaar(), &standing, &bazaar_offers(), &request, NOW, "accepted");
}
