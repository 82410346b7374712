//! What is due, parted among the books when the number is bought; and what was stored before there was so much to part.

use ringup_core::ledger::Book;
use ringup_core::{
    Account, AccountEvent, Actor, AnyCommand, Confirmation, Contradiction, Event, MakePurchase, Outcome, RecordOutcome,
    evolve,
};
use serde_json::{Value, json};

use super::scene::{Scene, add, rate, usd};
use crate::api::decide;

/// Buys with just the money for it, and shows every book that holds some.
#[track_caller]
fn check(scene: &Scene, expected: &str) {
    let (shop, offers) = (scene.shop(), scene.offers());
    let terms = serde_json::from_value(scene.terms()).unwrap();
    let mut account = scene.account(terms, vec![scene.price().due_now]);
    let tell = |account: &mut Account, command: AnyCommand| {
        for event in decide(&shop, account, &offers, &command, scene.now).unwrap().events {
            let stored = serde_json::to_string(&event).unwrap();
            evolve(account, &serde_json::from_str(&stored).unwrap()).unwrap();
        }
    };
    let actor = Actor::default();
    tell(
        &mut account,
        AnyCommand::Purchase(MakePurchase { id: "p".parse().unwrap(), actor, request: scene.request() }),
    );
    while let Some(effect) = account.owed().into_iter().next() {
        let confirmation = match effect.id.kind.name() {
            "reserve" => Confirmation::Reserved { offer: offers.searches[0].numbers[0].clone() },
            _ => Confirmation::Done,
        };
        let outcome = Outcome::Confirmed { confirmation };
        tell(&mut account, AnyCommand::RecordOutcome(RecordOutcome { effect: effect.id, outcome }));
    }
    let ledger = account.ledger();
    let balances = Book::ALL.map(|book| (book.name(), ledger.balance(book, "USD".parse().unwrap())));
    let shown = balances.iter().filter(|(_, money)| !money.is_zero()).map(|(book, money)| format!("{book} {money}"));
    assert_eq!(shown.collect::<Vec<_>>().join(", ").replace(" USD", ""), expected);
}

/// 10.00 once, 1.50 for others and 2.00 a month, a tenth off.
fn scene(further: Value) -> Scene {
    let other = json!({ "other_fees": [{ "label": "Regulator", "fee": usd(150) }] });
    let discounts = json!([{ "label": "D", "on": "all", "off": { "percent": "10" } }]);
    let mut scene = Scene::new(json!([rate(1000, 200, other)]), json!({ "discounts": discounts }));
    add(&mut scene.card, further);
    scene
}

#[test]
fn every_line_of_a_price_ends_in_a_book() {
    // A tenth of 12.00 is 1.00 of the setup fee and 0.20 of the rent; none of what is passed on.
    check(&scene(json!({})), "taken -12.30, setup_fees 9.00, rent_to_run 1.80, other_fees 1.50");
    // A fifth on top of each: 1.80, 0.30 and 0.36.
    let on_top = json!({ "taxes": [{ "label": "T", "percent": "20", "kind": "exclusive" }] });
    check(&scene(on_top), "taken -14.76, setup_fees 9.00, rent_to_run 1.80, tax 2.46, other_fees 1.50");
    // 19/119 of each is in it: of 9.00 it is 1.4370, of 1.50 0.2395, of 1.80 0.2874.
    let in_each = json!({ "taxes": [{ "label": "T", "percent": "19", "kind": "inclusive" }] });
    check(&scene(in_each), "taken -12.30, setup_fees 7.56, rent_to_run 1.51, tax 1.97, other_fees 1.26");
    // Of 12.30 it is 1.9639: 1.96, of which 1.4341 are the setup fee's, 0.2868 the rent's and 0.2390 the others'. The two
    // cents that are left over go to 0.0090 and 0.0068.
    let in_all = json!({ "taxes": [{ "label": "T", "percent": "19", "kind": "inclusive", "rounded": "total" }] });
    check(&scene(in_all), "taken -12.30, setup_fees 7.57, rent_to_run 1.51, tax 1.96, other_fees 1.26");
}

#[test]
fn what_costs_nothing_moves_nothing() {
    let discounts = json!({ "discounts": [{ "label": "D", "on": "all", "off": { "percent": "100" } }] });
    check(&Scene::new(json!([rate(1000, 200, json!({}))]), discounts), "");
}

#[test]
fn an_event_without_other_fees_and_tax_posts_none() {
    let activated = json!({
        "event": "number_activated", "purchase": "p", "at": 5, "setup_fee": usd(1000), "rent": usd(200),
        "charged": false
    });
    let event: Event = serde_json::from_value(activated).unwrap();
    let moved: Vec<(Book, i64)> =
        event.postings().iter().map(|posting| (posting.to, posting.money.minor_units())).collect();
    assert_eq!(moved, [(Book::SetupFees, 1000), (Book::RentToRun, 200)]);
    let accepted = json!({
        "event": "purchase_accepted", "purchase": "p", "key": null, "windows": { "moves_max": 0, "day_began_at": 0, "month_began_at": 0 },
        "agreement": {
            "accepted_at": 5, "shop": { "policy": "v", "policy_version": "1", "rate_card_version": "1" },
            "holder": "MA_1", "selector": { "kind": "exact", "number": "+14155550142" }, "country": "US",
            "payment": "wallet",
            "price": {
                "lines": [
                    { "charge": "setup_fee", "amount": usd(1000) }, { "charge": "first_month", "amount": usd(200) }
                ],
                "due_now": usd(1200), "monthly_fee": usd(200), "minimum_commitment_months": 0,
                "commitment_total": usd(1200), "exponent": 2
            },
            "fingerprint": "0", "order_evidence": "list_only", "charged": "before_order", "checkout_expires_at": null
        }
    });
    let event: Event = serde_json::from_value(accepted.clone()).unwrap();
    assert_eq!(event.postings()[0].money.to_string(), "12.00 USD");
    let Event::Account(AccountEvent::PurchaseAccepted { agreement, .. }) = &event else { panic!("{event:?}") };
    assert_eq!(super::scene::row(&agreement.price), "setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month");
    // Lines that do not add up were never agreed on: the history is refused, and nothing has changed.
    let account = || {
        let terms = serde_json::from_value(Scene::new(json!([]), json!({})).terms()).unwrap();
        let wallet = serde_json::from_value(usd(1200)).unwrap();
        Scene::new(json!([]), json!({})).account(terms, vec![wallet])
    };
    evolve(&mut account(), &event).unwrap();
    for amount in [199, 201] {
        let mut broken = accepted.clone();
        broken["agreement"]["price"]["lines"][1]["amount"] = usd(amount);
        let mut account = account();
        let refused = evolve(&mut account, &serde_json::from_value(broken).unwrap()).unwrap_err();
        assert_eq!(refused.contradiction, Contradiction::PriceUnbalanced);
        assert_eq!(account.purchases().count(), 0);
        assert_eq!(account.ledger().balance(Book::Wallet, "USD".parse().unwrap()).to_string(), "12.00 USD");
    }
    // A price that says nothing new is stored as it always was.
    assert_eq!(serde_json::to_value(&agreement.price).unwrap(), accepted["agreement"]["price"]);
}
