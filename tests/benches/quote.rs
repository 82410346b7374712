//! How long a quote and a decision take. `cargo xtask bench` prints these as a table.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a benchmark that cannot start may panic"
)]

use divan::{Bencher, black_box};
use ringup_core::shop::CalendarPeriod;
use ringup_core::{
    Account, Actor, CustomerTerms, HolderId, ImportedNumber, MakePurchase, Offers, Opening, PeriodSpend,
    PurchaseRequest, Quote, Shop, Standing, Timestamp, policies, purchase::Agreement,
};
use ringup_numbering::WorldPlan;
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

fn main() {
    divan::main();
}

/// Zernio's shop; no account is too large for its largest plan, so that the same gates pass for all.
fn shop() -> Shop {
    let mut data: ringup_core::ShopData = serde_json::from_str(policies::ZERNIO).unwrap();
    data.plans.last_mut().unwrap().number_limit = u32::MAX;
    Shop::new(data).unwrap()
}

fn request() -> PurchaseRequest {
    PurchaseRequest { holder: Some("profile_abc123".into()), country: Some("US".into()), ..PurchaseRequest::default() }
}

fn terms() -> CustomerTerms {
    let text = r#"{"plan": "unlimited", "billing": "usage", "payment_method_on_file": true}"#;
    serde_json::from_str(text).unwrap()
}

fn holders() -> Vec<HolderId> {
    vec!["profile_abc123".parse().unwrap()]
}

/// The calls of the core that take a shop: an argument more or less is one edit each.
fn quote(shop: &Shop, standing: &Standing, request: &PurchaseRequest, now: Timestamp) -> Quote {
    ringup_core::quote(shop, &WorldPlan, standing, &Offers::default(), request, now)
}

fn agreement(shop: &Shop, priced: &Quote, now: Timestamp) -> Agreement {
    Agreement::of_quote(shop, &WorldPlan, &request(), priced, now).unwrap()
}

/// An account that holds `numbers` numbers.
fn account(numbers: u32) -> Account {
    let shop = shop();
    let none = Standing { holders: holders(), ..Standing::new(terms()) };
    let accepted_at = Timestamp::from_millis(0);
    let priced = quote(&shop, &none, &request(), accepted_at);
    let agreement = agreement(&shop, &priced, accepted_at);
    let held = (0..numbers).map(|index| {
        let offer = format!(
            r#"{{"number": "+1{}", "inventory_id": "i{index}", "country": "US", "number_type": "local", "capabilities": {{}}}}"#,
            2_000_000_000_u64 + u64::from(index)
        );
        let id = format!("p{index}").parse().unwrap();
        ImportedNumber::new(id, serde_json::from_str(&offer).unwrap(), agreement.clone(), accepted_at)
    });
    let opening = Opening::new("a".parse().unwrap(), terms());
    Account::open(&Opening { holders: holders(), numbers: held.collect(), ..opening }).unwrap()
}

#[divan::bench(args = [10, 1_000_000])]
fn quote_for_an_account_with(bencher: Bencher, numbers: u32) {
    let (shop, account, request) = (shop(), account(numbers), request());
    bencher.bench_local(|| {
        let standing = account.standing(&shop, &Actor::default(), NOW).unwrap();
        quote(black_box(&shop), &standing, black_box(&request), NOW)
    });
}

/// Three gates are blocked, and advice is found for all of them.
#[divan::bench]
fn quote_with_advice(bencher: Bencher) {
    let (shop, request) = (shop(), request());
    let mut standing = account(10).standing(&shop, &Actor::default(), NOW).unwrap();
    standing.terms.plan = Some("free".parse().unwrap());
    standing.terms.payment_method_on_file = false;
    standing.last_accepted_at = Some(NOW);
    bencher.bench_local(|| quote(black_box(&shop), &standing, black_box(&request), NOW));
}

/// A monthly spending limit refuses, a rent of a year is prorated by the second, and 49 other plans are no better.
#[divan::bench(args = [10, 1_000_000])]
fn quote_with_advice_among_50_plans(bencher: Bencher, numbers: u32) {
    let usd = |minor_units: u32| json!({ "minor_units": minor_units, "currency": "USD" });
    let mut data: Value = serde_json::from_str(policies::ZERNIO).unwrap();
    data["rate_card"]["proration"] = json!({ "basis": "second" });
    for rate in data["rate_card"]["rates"].as_array_mut().unwrap() {
        rate["monthly_fee"] = usd(0);
        rate["yearly_fee"] = usd(300_000);
    }
    let limits = json!({ "spend": [{ "amount": usd(200_000), "period": "month" }] });
    let plan = |index: u32| {
        json!({
            "id": format!("plan{index}"), "title": format!("Plan {index}"), "monthly_fee": usd(1_000 + index),
            "number_limit": u32::MAX, "limits": limits,
        })
    };
    data["plans"] = (0..50).map(plan).collect();
    let shop = Shop::new(serde_json::from_value(data).unwrap()).unwrap();
    let mut standing = account(numbers).standing(&shop, &Actor::default(), NOW).unwrap();
    standing.terms.plan = Some("plan7".parse().unwrap());
    standing.terms.billing_anchor = Some(NOW.plus_millis(-86_400_000));
    let begins_at = Timestamp::from_millis(1_772_323_200_000);
    let amount = serde_json::from_value(usd(150_000)).unwrap();
    standing.spent = vec![PeriodSpend { period: CalendarPeriod::Month, begins_at, amount }];
    let request = request();
    let refused = quote(&shop, &standing, &request, NOW);
    assert!(!refused.acceptable, "the spending limit refuses: {:?}", refused.fixes);
    bencher.bench_local(|| quote(black_box(&shop), &standing, black_box(&request), NOW));
}

#[divan::bench]
fn quote_for_a_standing(bencher: Bencher) {
    let (shop, request) = (shop(), request());
    let standing = account(10).standing(&shop, &Actor::default(), NOW).unwrap();
    bencher.bench_local(|| quote(black_box(&shop), &standing, black_box(&request), NOW));
}

#[divan::bench]
fn decide_a_purchase(bencher: Bencher) {
    let (shop, account) = (shop(), account(10));
    let command = MakePurchase { id: "new".parse().unwrap(), actor: Actor::default(), request: request() };
    bencher.bench_local(|| {
        ringup_core::decide(black_box(&shop), &WorldPlan, &account, &Offers::default(), black_box(&command), NOW)
    });
}
