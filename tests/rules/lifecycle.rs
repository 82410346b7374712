//! The life of a purchase, one row a story: what was done, then what happened last and what is owed next.

mod steps;

use crate::api::decide_or_search;
use ringup_core::ledger::Book;
use ringup_core::shop::{BillingKind, OrderEvidence};
use ringup_core::{
    Account, Actor, Confirmation, MakePurchase, Misuse, Money, NamedAnswer, Offers, Outcome, PurchaseAnswer,
    PurchaseError, PurchaseRequest, RecordOutcome, Rejection, ReleaseNumber, Search, Selector, TopUp, evolve, gates,
};

use super::kit::{Host, NOW, bazaar_offers, bazaar_request, bazaar_with, by_number_and_name, money, orchard_request};

pub(crate) use steps::{books, check, effects, id, leave, resolve, run, show};
use steps::{done, outcome};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

#[test]
fn a_wallet_purchase_holds_reserves_and_orders() {
    let wallet = || Host::bazaar("101.00 INR");
    check(wallet(), "buy p", "purchase_accepted -> p/reserve");
    check(wallet(), "buy p, reserve ok", "number_reserved -> p/order");
    check(wallet(), "buy p, reserve ok, order ok", "number_activated ->");
    check(wallet(), "buy p, reserve no", "purchase_failed ->");
    let refused = "buy p, reserve ok, order no, query_order absent";
    check(wallet(), refused, "compensation_started -> p/unreserve");
    check(wallet(), &format!("{refused}, unreserve ok"), "reservation_returned purchase_failed ->");
    books(wallet(), "buy p", "taken -101.00 INR, wallet 0.00 INR, holds 101.00 INR");
    books(
        wallet(),
        "buy p, reserve ok, order ok",
        "taken -101.00 INR, wallet 0.00 INR, holds 0.00 INR, setup_fees 100.00 INR, rent_to_run 1.00 INR",
    );
    let free_again = "taken -101.00 INR, wallet 101.00 INR, holds 0.00 INR";
    books(wallet(), "buy p, reserve no", free_again);
    books(wallet(), &format!("{refused}, unreserve ok"), free_again);
}

#[test]
fn a_charged_purchase_reserves_then_charges_then_orders() {
    let usage = || Host::orchard(BillingKind::Usage);
    check(usage(), "buy p", "purchase_accepted -> p/reserve");
    check(usage(), "buy p, reserve ok", "number_reserved -> p/charge");
    check(usage(), "buy p, reserve ok, charge ok", "payment_taken -> p/order");
    check(usage(), "buy p, reserve ok, charge ok, order ok", "number_activated ->");
    check(usage(), "buy p, reserve ok, charge no", "compensation_started -> p/unreserve");
    check(usage(), "buy p, reserve ok, charge no, unreserve ok", "reservation_returned purchase_failed ->");
    check(usage(), "buy p, reserve ok, charge ok, order no, unreserve ok", "reservation_returned -> p/refund");
    let refunded = "buy p, reserve ok, charge ok, order no, unreserve ok, refund ok";
    check(usage(), refunded, "payment_refunded purchase_failed ->");
    books(usage(), refunded, "taken -2.00 USD, holds 0.00 USD, refunds 2.00 USD");
    books(usage(), "buy p, reserve ok, charge ok, order ok", "taken -2.00 USD, holds 0.00 USD, rent_to_run 2.00 USD");
}

#[test]
fn a_checkout_is_paid_before_anything_is_reserved() {
    let first = || Host::orchard(BillingKind::Subscription);
    check(first(), "buy p", "purchase_accepted -> p/open_checkout");
    check(first(), "buy p, open_checkout ok", "checkout_opened ->");
    check(first(), "buy p, open_checkout ok, paid", "payment_taken -> p/reserve");
    check(first(), "buy p, open_checkout ok, paid, paid", "-> p/reserve");
    check(first(), "buy p, open_checkout ok, declined", "purchase_failed ->");
    check(first(), "buy p, open_checkout ok, paid, reserve no", "compensation_started -> p/refund");
    check(first(), "buy p, open_checkout no", "purchase_failed ->");
    // The second number of the same customer goes on the subscription that the first one began.
    let second = "buy p, open_checkout ok, paid, reserve ok, order ok, wait 600000, buy q, reserve ok";
    check(first(), second, "number_reserved -> q/charge");
}

#[test]
fn a_payment_may_be_told_of_before_the_page_is() {
    let first = || Host::orchard(BillingKind::Subscription);
    let lost = "buy p, open_checkout lost";
    let told = format!("{lost}, paid");
    check(first(), &told, "payment_unmatched -> p/open_checkout in 1000");
    check(first(), &format!("{told}, open_checkout ok"), "checkout_opened payment_taken -> p/reserve");
    check(first(), &format!("{lost}, declined"), "purchase_failed ->");
    let late = format!("{lost}, wait {DAY_MS}, paid, open_checkout ok");
    check(first(), &late, "checkout_opened purchase_failed surplus_taken -> p/refund/1");
}

#[test]
fn a_checkout_is_opened_only_for_what_somebody_has_seen() {
    let mut host = Host::orchard(BillingKind::Subscription);
    let any = Selector::any("US".parse().unwrap(), None);
    host.offers = Offers::default();
    let command = MakePurchase { id: "p".parse().unwrap(), actor: Actor::default(), request: orchard_request() };
    let decided = decide_or_search(&host.shop, &host.account, &host.offers, &command, host.now);
    assert_eq!(decided, Ok(Err(any.clone())));
    let nothing = Search { selector: any.clone(), seen_at: NOW, expires_at: NOW.plus_millis(1), numbers: vec![] };
    host.offers.searches.push(nothing);
    assert_eq!(
        host.buy("p", &orchard_request()),
        Err(Rejection::OutOfStock(gates::stock::OutOfStock { selector: any }).into())
    );
}

#[test]
fn what_the_books_cannot_hold_is_refused_before_anything_is_done() {
    let largest = || Money::new(9_007_199_254_740_991, "INR".parse().unwrap()).unwrap();
    let mut host = Host::bazaar("101.00 INR");
    let too_much = host.tell(&TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money: largest() });
    assert_eq!(too_much, Err(Misuse::BooksFull { money: largest() }));
    let mut host = Host::orchard(BillingKind::Usage);
    let dollars = Money::new(9_007_199_254_740_991 - 199, "USD".parse().unwrap()).unwrap();
    host.tell(&TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money: dollars }).unwrap();
    assert_eq!(
        host.buy("p", &orchard_request()),
        Err(PurchaseError::Misuse(Misuse::BooksFull { money: money("2.00 USD") }))
    );
}

#[test]
fn a_top_up_that_is_delivered_twice_adds_once() {
    let mut host = Host::bazaar("1.00 INR");
    let top_up = |id: &str, text: &str| TopUp { id: id.parse().unwrap(), actor: Actor::default(), money: money(text) };
    let balance = |host: &Host| host.account.ledger().balance(Book::Wallet, "INR".parse().unwrap());
    let first = host.tell(&top_up("t-1", "10.00 INR")).unwrap();
    assert_eq!((first.answer, balance(&host)), (NamedAnswer::Noted, money("11.00 INR")));
    let again = host.tell(&top_up("t-1", "10.00 INR")).unwrap();
    assert_eq!((again.answer, again.events.len(), balance(&host)), (NamedAnswer::Repeated, 0, money("11.00 INR")));
    // An id is one command's.
    let taken = Err(Misuse::CommandIdTaken { command: "t-1".parse().unwrap() });
    for other in ["10.01 INR", "10.00 USD", "0.00 INR"] {
        assert_eq!(host.tell(&top_up("t-1", other)), taken, "{other}");
    }
    assert_eq!(host.tell(&top_up("t-2", "10.00 INR")).unwrap().answer, NamedAnswer::Noted);
    assert_eq!(balance(&host), money("21.00 INR"));
    // The record is all that grows.
    let event = first.events[0].clone();
    assert!(evolve(&mut host.account, &event).unwrap_err().to_string().contains("carried out before"));
}

#[test]
fn a_checkout_ends_after_an_hour_and_a_late_payment_goes_back_once() {
    let first = || Host::orchard(BillingKind::Subscription);
    let open = "buy p, open_checkout ok";
    check(first(), &format!("{open}, wait {}, wake", HOUR_MS - 1), "->");
    check(first(), &format!("{open}, wait {HOUR_MS}, wake"), "purchase_failed ->");
    check(first(), &format!("{open}, wait {HOUR_MS}, wake, wake"), "->");
    check(first(), &format!("{open}, wait {}, paid", HOUR_MS - 1), "payment_taken -> p/reserve");
    check(first(), &format!("{open}, wait {HOUR_MS}, paid"), "purchase_failed surplus_taken -> p/refund/1");
    check(first(), &format!("{open}, wait {HOUR_MS}, wake, paid"), "surplus_taken -> p/refund/1");
    let back = format!("{open}, wait {HOUR_MS}, wake, paid, refund ok");
    check(first(), &back, "surplus_refunded ->");
    check(first(), &format!("{back}, paid"), "->");
    books(first(), &back, "taken -2.00 USD, holds 0.00 USD, refunds 2.00 USD");
    check(first(), &format!("{open}, declined, paid"), "surplus_taken -> p/refund/1");

    // A page that never opened ends too, so that `due` does not stay in the past.
    check(first(), &format!("buy p, wait {HOUR_MS}, wake"), "purchase_failed ->");

    let mut host = first();
    run(&mut host, open);
    assert_eq!(host.account.due(), Some(NOW.plus_millis(HOUR_MS)));
}

#[test]
fn an_unknown_outcome_is_asked_again_never_assumed() {
    let usage = || Host::orchard(BillingKind::Usage);
    check(usage(), "buy p, reserve lost", "outcome_unknown -> p/reserve in 1000");
    check(usage(), "buy p, reserve lost, reserve lost", "outcome_unknown -> p/reserve in 2000");
    check(usage(), "buy p, reserve ok, charge lost", "outcome_unknown -> p/charge in 1000");
    let lost = "buy p, reserve ok, charge ok, order lost";
    check(usage(), lost, "outcome_unknown -> p/query_order/1 in 1000");
    check(usage(), &format!("{lost}, query_order lost"), "outcome_unknown -> p/query_order/2 in 2000");
    check(usage(), &format!("{lost}, query_order no"), "outcome_unknown -> p/query_order/2 in 2000");
    check(usage(), &format!("{lost}, query_order found"), "number_activated ->");
    check(usage(), &format!("{lost}, query_order absent"), "order_absent -> p/order in 2000");
    check(usage(), &format!("{lost}, query_order absent, order ok"), "number_activated ->");
    // This carrier knows our keys: had it taken the first attempt, it would have confirmed the second.
    check(usage(), &format!("{lost}, query_order absent, order no"), "compensation_started -> p/unreserve");
}

#[test]
fn a_carrier_that_only_lists_is_believed_by_its_list_alone() {
    let wallet = || Host::bazaar("500.00 INR");
    let lost = "buy p, reserve ok, order lost, query_order absent";
    check(wallet(), lost, "order_absent -> p/order in 2000");
    // It refuses: perhaps because the network has doubled our order, and the double went through.
    check(wallet(), "buy p, reserve ok, order no", "order_decline_doubted -> p/query_order/1");
    check(wallet(), "buy p, reserve ok, order no, query_order found", "number_activated ->");
    // It refuses the repeat: perhaps because the first attempt has gone through. Only the list can tell.
    let doubted = format!("{lost}, order no");
    check(wallet(), &doubted, "order_decline_doubted -> p/query_order/3");
    check(wallet(), &format!("{doubted}, query_order found"), "number_activated ->");
    check(wallet(), &format!("{doubted}, query_order absent"), "compensation_started -> p/unreserve");
    check(wallet(), &format!("{doubted}, query_order lost"), "outcome_unknown -> p/query_order/4 in 8000");
}

#[test]
fn orders_that_name_their_number_are_independent() {
    let mut host = Host::bazaar("500.00 INR");
    run(&mut host, "buy p, reserve ok");
    // Another number of the same holder, reserved a moment later.
    let mut other = bazaar_offers();
    other.searches[0].selector = serde_json::from_str(r#"{"kind":"exact","number":"+919876543211"}"#).unwrap();
    other.searches[0].numbers[0].number = "+919876543211".parse().unwrap();
    host.offers.searches.push(other.searches[0].clone());
    let request = PurchaseRequest { number: Some("+919876543211".into()), ..bazaar_request() };
    host.now = NOW.plus_millis(1);
    host.buy("q", &request).unwrap();
    let offer = other.searches[0].numbers[0].clone();
    let reserved = Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } };
    host.tell(&RecordOutcome { effect: "q/reserve".parse().unwrap(), outcome: reserved }).unwrap();
    assert_eq!(effects(&host), ["p/order", "q/order"]);
    run(&mut host, "order lost");
    assert_eq!(effects(&host), ["q/order", "p/query_order/1 in 1000"], "the list tells of each by its number");
    run(&mut host, "query_order found");
    assert_eq!(effects(&host), ["q/order"]);
}

#[test]
fn a_keyed_repeat_is_its_own_evidence() {
    let keyed = || {
        let shop = bazaar_with(|shop| shop.policy.order_evidence = OrderEvidence::KeyedRepeat);
        Host { shop, ..Host::bazaar("101.00 INR") }
    };
    check(keyed(), "buy p, reserve ok, order lost", "outcome_unknown -> p/order in 1000");
    check(keyed(), "buy p, reserve ok, order lost, order ok", "number_activated ->");
    check(keyed(), "buy p, reserve ok, order lost, order no", "compensation_started -> p/unreserve");
}

#[test]
fn what_stays_unclear_rests_in_review_with_the_money_held() {
    let usage = || Host::orchard(BillingKind::Usage);
    let lost = format!("buy p, reserve ok, charge ok, order lost{}", ", query_order lost".repeat(6));
    check(usage(), &lost, "outcome_unknown -> p/query_order/7 in 60000");
    let review = format!("{lost}, query_order lost");
    check(usage(), &review, "review_needed ->");
    books(usage(), &review, "taken -2.00 USD, holds 2.00 USD");
    check(usage(), &format!("{review}, resolve order done"), "number_activated ->");
    check(usage(), &format!("{review}, resolve order undone"), "compensation_started -> p/unreserve");
    // The queries are numbered on, so that no late answer is taken for a new one.
    check(usage(), &format!("{review}, resolve order again"), "asked_again -> p/query_order/8");
}

#[test]
fn doubled_and_late_outcomes_are_harmless() {
    let mut host = Host::orchard(BillingKind::Usage);
    run(&mut host, "buy p, reserve ok, charge ok, order lost, query_order found");
    let settled = host.account.clone();
    for effect in ["p/reserve", "p/charge", "p/order", "p/query_order/1", "p/query_order/2", "p/refund", "x/order"] {
        let kind = effect.split('/').nth(1).unwrap();
        for how in [if kind == "query_order" { "found" } else { "ok" }, "no", "lost"] {
            let late = RecordOutcome { effect: effect.parse().unwrap(), outcome: outcome(&host, kind, how) };
            let told = host.tell(&late).map(|decision| decision.events);
            let expected = match effect {
                "p/refund" | "p/query_order/2" | "x/order" => Err(Misuse::EffectUnknown { effect: late.effect }),
                _ => Ok(Vec::new()),
            };
            assert_eq!(told, expected, "{effect} {how}");
        }
    }
    let of_another_kind = RecordOutcome { effect: "p/reserve".parse().unwrap(), outcome: done() };
    let effect = of_another_kind.effect.clone();
    assert_eq!(host.tell(&of_another_kind).err(), Some(Misuse::ConfirmationUnfit { effect }));
    assert_eq!(host.account, settled);
}

#[test]
fn a_repeat_of_a_key_finds_its_purchase_before_every_rule_of_business() {
    let keyed = PurchaseRequest { idempotency_key: Some("k1".into()), ..orchard_request() };
    let mut host = Host::orchard(BillingKind::Usage);
    assert_eq!(host.buy("p", &keyed), Ok(PurchaseAnswer::Accepted { purchase: id("p") }));
    let repeated = Ok(PurchaseAnswer::Repeated { purchase: id("p") });
    assert_eq!(host.buy("q", &keyed), repeated, "while it is pending");
    run(&mut host, "reserve ok, charge ok, order ok");
    assert_eq!(host.buy("q", &keyed), repeated, "within the velocity window");
    let other = PurchaseRequest { country: Some("CA".into()), ..keyed.clone() };
    assert_eq!(host.buy("q", &other), Err(PurchaseError::Refused(Rejection::KeyReused)));
    // What cannot be read is not what was read the first time, whatever stands in for it.
    let unreadable = PurchaseRequest { country: Some("QQQ".into()), ..keyed.clone() };
    assert_eq!(host.buy("q", &unreadable), Err(PurchaseError::Refused(Rejection::KeyReused)));
    let stranger = Actor { only_holder: Some("other".parse().unwrap()), ..Actor::default() };
    let peek = MakePurchase { id: id("q"), actor: stranger, request: keyed.clone() };
    assert!(
        matches!(host.tell(&peek), Err(PurchaseError::Refused(Rejection::ActorNotAllowed { .. }))),
        "a key opens nobody else's purchase"
    );
    host.tell(&ReleaseNumber { number: id("p"), actor: Actor::default(), when: None }).unwrap();
    run(&mut host, "end_charges ok, release ok");
    assert_eq!(host.buy("q", &keyed), repeated, "keys survive the release of the number");
}

#[test]
fn a_failure_is_not_remembered_by_its_key() {
    let keyed = PurchaseRequest { idempotency_key: Some("k1".into()), ..orchard_request() };
    let mut host = Host::orchard(BillingKind::Usage);
    host.buy("p", &keyed).unwrap();
    run(&mut host, "reserve no");
    // Nor does it count for the velocity window: nothing was bought. (Nor while it is being undone.)
    assert_eq!(host.buy("q", &keyed), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
}

#[test]
fn what_is_being_undone_takes_up_no_place() {
    let mut host = Host::orchard(BillingKind::Usage);
    run(&mut host, "buy p, reserve ok, charge ok, order no");
    assert_eq!(effects(&host), ["p/unreserve"]);
    assert_eq!(host.buy("q", &orchard_request()), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
}

#[test]
fn an_unpaid_checkout_is_repeated_and_an_expired_one_replaced_under_the_same_key() {
    let keyed = PurchaseRequest { idempotency_key: Some("k1".into()), ..orchard_request() };
    let mut host = Host::orchard(BillingKind::Subscription);
    host.buy("p", &keyed).unwrap();
    run(&mut host, "open_checkout ok");
    assert_eq!(host.buy("q", &keyed), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    // Without the key it is a second purchase within the window, for the open checkout counts.
    assert!(matches!(
        host.buy("q", &orchard_request()),
        Err(PurchaseError::Refused(Rejection::VelocityExceeded { .. }))
    ));
    host.now = NOW.plus_millis(DAY_MS);
    assert_eq!(host.buy("q", &keyed), Ok(PurchaseAnswer::Accepted { purchase: id("q") }));
    run(&mut host, "open_checkout ok");
    assert_eq!(host.buy("r", &keyed), Ok(PurchaseAnswer::Repeated { purchase: id("q") }));
}

#[test]
fn the_window_counts_from_the_instant_the_last_purchase_was_accepted() {
    let usage = || Host::orchard(BillingKind::Usage);
    let bought = "buy p, wait 5000, reserve ok, charge ok, order ok";
    for (wait, refused) in [(54_999, true), (55_000, false)] {
        let mut host = usage();
        run(&mut host, &format!("{bought}, wait {wait}"));
        let answer = host.buy("q", &orchard_request());
        assert_eq!(
            matches!(answer, Err(PurchaseError::Refused(Rejection::VelocityExceeded { .. }))),
            refused,
            "{wait}"
        );
    }
}

#[test]
fn two_spellings_of_a_number_are_one_request() {
    let mut host = Host::bazaar("500.00 INR");
    let keys = serde_json::json!({ "length_max": 9, "fingerprint": ["holder", "selector"] });
    host.shop = super::kit::bazaar_with(|data| data.policy.idempotency = serde_json::from_value(keys).unwrap());
    let spelt = |number: &str| PurchaseRequest {
        country: Some("IN".into()),
        number: Some(number.into()),
        idempotency_key: Some("k".into()),
        ..bazaar_request()
    };
    assert_eq!(host.buy("p", &spelt("+919876543210")), Ok(PurchaseAnswer::Accepted { purchase: id("p") }));
    for number in ["098765 43210", "tel:+91-98765-43210", "(98765) 43210", "+91 98765 43210"] {
        assert_eq!(host.buy("q", &spelt(number)), Ok(PurchaseAnswer::Repeated { purchase: id("p") }), "{number}");
    }
    assert_eq!(host.buy("q", &spelt("098765 43211")), Err(PurchaseError::Refused(Rejection::KeyReused)));
}

#[test]
fn the_same_exact_number_joins_the_purchase_that_is_on_its_way() {
    let mut host = Host::bazaar("500.00 INR");
    run(&mut host, "buy p, reserve ok, order lost");
    assert_eq!(host.buy("q", &bazaar_request()), Ok(PurchaseAnswer::Repeated { purchase: id("p") }));
    let unreadable = PurchaseRequest { currency: Some("QQQ".into()), ..bazaar_request() };
    assert!(matches!(host.buy("q", &unreadable), Err(PurchaseError::Refused(Rejection::RequestMalformed { .. }))));
    let other_holder = PurchaseRequest { holder: Some("side".into()), ..bazaar_request() };
    let pending = gates::already_held::Held { purchase: id("p"), pending: true };
    assert_eq!(host.buy("q", &other_holder), Err(Rejection::AlreadyHeld(pending).into()), "nobody else can have it");
}

#[test]
fn a_number_by_its_other_name_joins_the_purchase_that_is_on_its_way() {
    let by_number = bazaar_request();
    let by_name = PurchaseRequest { number: None, inventory_id: Some("inv-1".into()), ..bazaar_request() };
    let joined = || Ok(PurchaseAnswer::Repeated { purchase: id("p") });
    for (first, second) in [(&by_number, &by_name), (&by_name, &by_number), (&by_name, &by_name)] {
        let mut host = Host { shop: by_number_and_name(), ..Host::bazaar("500.00 INR") };
        host.offers.searches.push(Search {
            selector: Selector::Inventory { inventory_id: "inv-1".parse().unwrap() },
            ..host.offers.searches[0].clone()
        });
        host.buy("p", first).unwrap();
        // Nobody knows yet that the two names mean one number.
        let early = host.buy("q", second).unwrap();
        assert_eq!(early == joined().unwrap(), first == second);
        let mut host = Host { account: Host::bazaar("500.00 INR").account, ..host };
        host.buy("p", first).unwrap();
        run(&mut host, "reserve ok, order lost");
        assert_eq!(host.buy("q", second), joined());
        let another = PurchaseRequest { inventory_id: Some("inv-2".into()), ..by_name.clone() };
        let command = MakePurchase { id: id("q"), actor: Actor::default(), request: another };
        let decided = decide_or_search(&host.shop, &host.account, &host.offers, &command, host.now);
        assert!(matches!(decided, Ok(Err(Selector::Inventory { .. }))), "{decided:?}");
    }
}

#[test]
fn a_release_ends_the_charges_and_then_gives_the_number_back() {
    let bought = "buy p, reserve ok, charge ok, order ok";
    let mut host = Host::orchard(BillingKind::Usage);
    run(&mut host, bought);
    let release = ReleaseNumber { number: id("p"), actor: Actor::default(), when: None };
    host.tell(&release).unwrap();
    assert_eq!(effects(&host), ["p/end_charges"]);
    assert_eq!(host.tell(&release).unwrap().events, [], "a repeat joins it");
    run(&mut host, "end_charges lost");
    assert_eq!(effects(&host), ["p/end_charges in 1000"]);
    run(&mut host, "end_charges ok");
    assert_eq!(effects(&host), ["p/release"]);
    assert_eq!(host.standing().held.total, 1, "held until it is given back");
    run(&mut host, "release ok");
    assert_eq!(host.standing().held.total, 0);
    assert_eq!(host.tell(&release), Err(Misuse::NumberNotHeld { number: id("p") }));
    books(
        Host::orchard(BillingKind::Usage),
        &format!("{bought}, release, end_charges ok, release ok"),
        "taken -2.00 USD, rent_to_run 0.00 USD, rent_used 2.00 USD",
    );
    let stranger = Actor { only_holder: Some("other".parse().unwrap()), ..Actor::default() };
    let mut host = Host::orchard(BillingKind::Usage);
    run(&mut host, bought);
    assert_eq!(
        host.tell(&ReleaseNumber { number: id("p"), actor: stranger, when: None }),
        Err(Misuse::NumberNotHeld { number: id("p") })
    );
}

#[test]
fn an_account_survives_being_stored_and_loaded_after_every_step() {
    let mut host = Host::orchard(BillingKind::Subscription);
    for step in "buy p, open_checkout ok, paid, reserve ok, order lost, query_order absent, order ok".split(", ") {
        run(&mut host, step);
        let text = serde_json::to_string(&host.account).unwrap();
        assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), host.account, "{step}");
    }
    let newer = serde_json::to_string(&host.account).unwrap().replacen("\"format\":2", "\"format\":3", 1);
    assert!(serde_json::from_str::<Account>(&newer).is_err(), "a format of the future is not guessed at");
}
