//! What a quote and a decision cost in a small account and in a large one: `cargo bench -p ringup-core --bench growth`.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a benchmark that cannot start may panic"
)]

use divan::{Bencher, black_box};
use ringup_core::{
    Account, Actor, CustomerTerms, Decided, HolderId, MakePurchase, OfferedNumber, Offers, Opening, PurchaseRequest,
    Search, Selector, Shop, Timestamp, apply, decide, policies, quote,
};
use ringup_numbering::{E164, WorldPlan};
use serde_json::{Value, json};

const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

/// Few, as many as a standing or a fix lists, and many.
const SIZES: [u32; 3] = [10, 20, 100_000];

fn main() {
    divan::main();
}

/// Zernio's shop; no account is too large for its largest plan.
fn zernio() -> Shop {
    let mut data: ringup_core::ShopData = serde_json::from_str(policies::ZERNIO).unwrap();
    data.plans.last_mut().unwrap().number_limit = u32::MAX;
    Shop::new(data).unwrap()
}

fn terms() -> CustomerTerms {
    serde_json::from_value(json!({ "plan": "unlimited", "billing": "usage", "payment_method_on_file": true })).unwrap()
}

fn account(holders: u32) -> Account {
    let holders: Vec<HolderId> = (0..holders).map(|index| format!("h{index}").parse().unwrap()).collect();
    Account::open(&Opening { holders, ..Opening::new("a".parse().unwrap(), terms()) }).unwrap()
}

/// A purchase of any US number for a holder, under its own key.
fn purchase(index: u32) -> MakePurchase {
    let request = PurchaseRequest {
        holder: Some("h0".into()),
        country: Some("US".into()),
        confirm_additional: true,
        idempotency_key: Some(format!("key{index}")),
        ..PurchaseRequest::default()
    };
    MakePurchase { id: format!("p{index}").parse().unwrap(), actor: Actor::default(), request }
}

/// An account with purchases that nobody has carried on, each with its key.
fn busy(shop: &Shop, purchases: u32) -> Account {
    let mut account = account(1);
    for index in 0..purchases {
        match decide(shop, &WorldPlan, &account, &Offers::default(), &purchase(index), NOW) {
            Ok(Decided::Decision(decision)) => drop(apply(&mut account, &decision).unwrap()),
            other => panic!("purchase {index}: {other:?}"),
        }
    }
    account
}

fn bench_decide(bencher: Bencher<'_, '_>, shop: &Shop, account: &Account, offers: &Offers, command: &MakePurchase) {
    let decided = decide(shop, &WorldPlan, account, offers, command, NOW);
    assert!(matches!(decided, Ok(Decided::Decision(_))), "{decided:?}");
    bencher.bench_local(|| decide(shop, &WorldPlan, account, black_box(offers), black_box(command), NOW));
}

fn bench_quote(bencher: Bencher<'_, '_>, shop: &Shop, account: &Account, offers: &Offers, request: &PurchaseRequest) {
    bencher.bench_local(|| {
        let standing = account.standing(shop, &Actor::default(), NOW).unwrap();
        quote(shop, &WorldPlan, &standing, black_box(offers), black_box(request), NOW)
    });
}

#[divan::bench(args = SIZES)]
fn decide_with_holders(bencher: Bencher<'_, '_>, holders: u32) {
    bench_decide(bencher, &zernio(), &account(holders), &Offers::default(), &purchase(0));
}

#[divan::bench(args = SIZES)]
fn quote_with_holders(bencher: Bencher<'_, '_>, holders: u32) {
    bench_quote(bencher, &zernio(), &account(holders), &Offers::default(), &purchase(0).request);
}

#[divan::bench(args = SIZES)]
fn decide_with_purchases_and_keys(bencher: Bencher<'_, '_>, purchases: u32) {
    let shop = zernio();
    bench_decide(bencher, &shop, &busy(&shop, purchases), &Offers::default(), &purchase(purchases));
}

#[divan::bench(args = SIZES)]
fn quote_with_purchases_and_keys(bencher: Bencher<'_, '_>, purchases: u32) {
    let shop = zernio();
    bench_quote(bencher, &shop, &busy(&shop, purchases), &Offers::default(), &purchase(purchases).request);
}

#[divan::bench(args = SIZES)]
fn decide_among_offers(bencher: Bencher<'_, '_>, numbers: u32) {
    let (shop, account, offers) = market(numbers);
    let mut command = purchase(0);
    command.request = wanted(0);
    bench_decide(bencher, &shop, &account, &offers, &command);
}

#[divan::bench(args = SIZES)]
fn quote_among_offers(bencher: Bencher<'_, '_>, numbers: u32) {
    let (shop, account, offers) = market(numbers);
    bench_quote(bencher, &shop, &account, &offers, &wanted(numbers / 2));
}

/// The number is sold out, and every other is an alternative.
#[divan::bench(args = SIZES)]
fn advise_among_offers(bencher: Bencher<'_, '_>, numbers: u32) {
    let (shop, account, mut offers) = market(numbers);
    let selector = Selector::Exact { number: number(numbers) };
    let [search, ..] = offers.searches.as_slice() else { panic!("a search") };
    offers.searches.push(Search { selector, numbers: Vec::new(), ..search.clone() });
    bench_quote(bencher, &shop, &account, &offers, &wanted(numbers));
}

fn number(index: u32) -> E164 {
    format!("+1404{:07}", 2_000_000 + index).parse().unwrap()
}

fn wanted(index: u32) -> PurchaseRequest {
    PurchaseRequest { number: Some(number(index).to_string()), ..PurchaseRequest::default() }
}

/// Sondos's shop, and one search that found all these numbers.
fn market(numbers: u32) -> (Shop, Account, Offers) {
    let shop = Shop::new(serde_json::from_str(policies::SONDOS).unwrap()).unwrap();
    let opening = Opening::new("a".parse().unwrap(), terms());
    let terms: Value = json!({ "billing": "prepaid", "payment_method_on_file": true });
    let opening = Opening { terms: serde_json::from_value(terms).unwrap(), ..opening };
    let offer = |index| -> OfferedNumber {
        let price = json!({
            "setup_fee": { "minor_units": 0, "currency": "USD" }, "monthly_fee": { "minor_units": 200, "currency": "USD" }
        });
        serde_json::from_value(json!({
            "number": number(index), "inventory_id": format!("i{index}"), "country": "US", "number_type": "local",
            "capabilities": {}, "prices": [price]
        }))
        .unwrap()
    };
    let selector = Selector::any("US".parse().unwrap(), None);
    let expires_at = NOW.plus_millis(60_000);
    let search = Search { selector, seen_at: NOW, expires_at, numbers: (0..numbers).map(offer).collect() };
    (shop, Account::open(&opening).unwrap(), Offers { searches: vec![search] })
}
