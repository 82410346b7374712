//! How it is paid, and at which price.

use ringup_core::shop::{BillingKind, EarlyRelease, Renewals};
use ringup_core::*;
use serde_json::json;

use super::super::kit::{NOW, bazaar, bazaar_customer, bazaar_offers, bazaar_request, money, standing};
use super::said::{Counter, Said};
use crate::api::quote;
use crate::prices::scene::{Scene, rate, usd};

pub fn pay(said: &mut Said) {
    said.about("payment_method_missing");
    said.orchard(|standing, _| standing.terms.payment_method_on_file = false);
    said.bazaar_by(
        |data| data.policy.payment[0].billing = Some(BillingKind::Prepaid),
        |standing, _, _| standing.terms.billing = BillingKind::Usage,
    );
    said.about("insufficient_balance");
    said.bazaar(|standing, _, _| standing.balances = vec![money("100.99 INR")]);
}

pub fn prices_seen(said: &mut Said) {
    said.about("price_changed");
    said.bazaar(|_, request, _| {
        let seen = PriceSeen { due_now: Some(money("100.00 INR")), ..PriceSeen::default() };
        request.price_seen = Some(PriceSeen { monthly_fee: Some(money("2.00 INR")), ..seen });
    });
    said.about("quote_outdated");
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let mut outdated = |terms: Option<fn(&mut QuoteTerms)>| {
        let (shop, standing) = (bazaar(), standing(bazaar_customer(), &["101.00 INR"]));
        let mut kept = quote(&shop, &standing, &bazaar_offers(), &bazaar_request(), NOW).terms();
        let terms = terms.map(|change| {
            change(&mut kept);
            kept
        });
        let seen = QuoteSeen { id: id.clone(), terms };
        said.bazaar(|_, request, _| request.quote_seen = Some(Box::new(seen)));
    };
    outdated(None);
    outdated(Some(|terms| terms.expires_at = NOW));
    outdated(Some(|terms| terms.shop.policy = "other".into()));
    outdated(Some(|terms| terms.shop.policy_version = "0".into()));
    outdated(Some(|terms| terms.shop.rate_card_version = "0".into()));
    outdated(Some(|terms| terms.selector = Some(Selector::any("US".parse().unwrap(), None))));
    outdated(Some(|terms| terms.selector = None));
    outdated(Some(|terms| terms.price = None));
    outdated(Some(|terms| terms.item = None));
    outdated(Some(|terms| terms.payment = None));
    outdated(Some(|terms| {
        let (price, one) = (whole(terms), money("9.00 INR"));
        (price.due_now, price.monthly_fee, price.yearly_fee, price.commitment_total) = (one, one, Some(one), one);
        price.lines.iter_mut().for_each(|line| line.amount = one);
    }));
    outdated(Some(|terms| {
        let price = whole(terms);
        price.recurring_lines = price.lines.clone();
        price.lines.clear();
        price.minimum_commitment_months = 1;
        price.exponent = 3;
    }));
    outdated(Some(|terms| {
        let price = whole(terms);
        price.taxes_included = price.lines.clone();
        price.recurring_taxes_included = price.lines.clone();
        let (starts_at, ends_at) = (NOW, NOW.plus_seconds(1));
        price.first_period = Some(FirstPeriod { starts_at, ends_at, anchor: NOW });
        let lines = price.lines.split_off(1);
        price.introductory =
            vec![Introductory { periods: 1, amount: price.due_now, lines, taxes_included: Vec::new() }];
    }));
}

/// Prices that change over time, and with a year's rent.
pub fn longer_prices(said: &mut Said) {
    let then = Scene::new(json!([rate(1000, 200, json!({}))]), json!({}));
    let discount = json!([{ "label": "D", "on": "recurring", "off": { "percent": "50" }, "periods": 3 }]);
    let committed = json!([rate(1000, 200, json!({ "minimum_commitment_months": 12 }))]);
    let now = Scene::new(committed, json!({ "discounts": discount }));
    let yearly = rate(0, 0, json!({ "yearly_fee": usd(2000), "minimum_commitment_months": 1 }));
    let yearly = Scene::new(json!([yearly]), json!({}));
    said.about("quote_outdated");
    let seen = Some(Box::new(then.quote().seen()));
    said.ask(&counter(&now, PurchaseRequest { quote_seen: seen, ..now.request() }));
    said.about("price_changed");
    for scene in [&now, &yearly] {
        said.ask(&counter(scene, PurchaseRequest { price_seen: Some(then.price().seen()), ..scene.request() }));
    }
    // What is agreed about an earlier release.
    for early in [EarlyRelease::Refused, EarlyRelease::Charged] {
        let mut committed = counter(&now, now.request());
        let mut policy = committed.shop.policy().clone();
        (policy.release.early, policy.renewals) = (Some(early), Some(Renewals::default()));
        let (rate_card, plans) = (committed.shop.rate_card().clone(), committed.shop.plans().to_vec());
        committed.shop = Shop::new(ShopData { policy, rate_card, plans }).unwrap();
        said.about("quote_outdated");
        committed.request.quote_seen = Some(Box::new(now.quote().seen()));
        said.ask(&committed);
        said.about("price_changed");
        committed.request.quote_seen = None;
        committed.request.price_seen = Some(then.price().seen());
        said.ask(&committed);
    }
}

fn counter(scene: &Scene, request: PurchaseRequest) -> Counter {
    let standing = Standing { balances: vec![money("100.00 USD")], ..scene.standing() };
    Counter { shop: scene.shop(), standing, offers: scene.offers(), request, now: scene.now }
}

/// What a refusal lists, one by one.
pub fn differences(said: &mut Said) {
    for (field, seen, now) in [
        ("country", json!("US"), json!("CA")),
        ("number_type", json!("toll_free"), json!(null)),
        ("kyc_tier", json!(1), json!(2)),
        ("due_now", json!(null), usd(300)),
        ("yearly_fee", usd(2000), json!(null)),
        ("exponent", json!(2), json!(4)),
        ("payment", json!("wallet"), json!("checkout")),
        ("early_release", json!(null), json!("refused")),
        ("recurring_lines", json!([]), json!([])),
    ] {
        let read: QuoteDifference =
            serde_json::from_value(json!({ "field": field, "seen": seen, "now": now })).unwrap();
        said.record("difference", "field", &read, &read.to_string());
    }
}

fn whole(terms: &mut QuoteTerms) -> &mut Price {
    terms.price.as_mut().expect("a quote tells the whole price")
}
