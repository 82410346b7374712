//! Manual review: an effect that nobody answers rests in it, and a command says what was found.

use ringup_core::shop::{BillingKind, ChargeTime, OrderEvidence};
use ringup_core::{Actor, Confirmation, Finding, Misuse, Outcome, RecordOutcome, ResolvePurchase, Role};

use crate::kit::{Host, bazaar_with, orchard_with};
use crate::lifecycle::{books, check, effects, id, resolve, run};

/// Orchard's policy and bazaar's: eight attempts.
const ATTEMPTS_MAX: usize = 8;

fn usage() -> Host {
    Host::orchard(BillingKind::Usage)
}

fn first() -> Host {
    Host::orchard(BillingKind::Subscription)
}

fn wallet() -> Host {
    Host::bazaar("101.00 INR")
}

/// Charged once the number is provisioned.
fn late() -> Host {
    let shop = orchard_with(|shop| shop.policy.payment[1].charged = ChargeTime::AtProvisioning);
    Host { shop, ..usage() }
}

fn keyed() -> Host {
    let shop = bazaar_with(|shop| shop.policy.order_evidence = OrderEvidence::QueryByKey);
    Host { shop, ..wallet() }
}

/// The host, the steps to the effect, its kind, what then happens, and what each finding does.
type Row = (fn() -> Host, &'static str, &'static str, &'static str, [(&'static str, &'static str); 3]);

/// The effect is asked for as often as the policy allows, and nobody answers.
fn never(kind: &str) -> String {
    vec![format!("{kind} lost"); ATTEMPTS_MAX].join(", ")
}

/// What rests in review once `kind` is never answered after these steps, and what each finding then does.
#[track_caller]
fn rests(host: fn() -> Host, steps: &str, kind: &str, then: &str, findings: [(&str, &str); 3]) {
    let asked = format!("{steps}, {}", never(kind));
    let once_less = asked.strip_suffix(&format!(", {kind} lost")).unwrap();
    let mut asking = host();
    run(&mut asking, once_less);
    assert_eq!(effects(&asking).len(), 1, "asked again: {once_less}");
    check(host(), &asked, then);
    for (found, then) in findings {
        check(host(), &format!("{asked}, resolve {kind} {found}"), then);
    }
}

#[test]
fn every_effect_rests_after_its_last_attempt_and_every_finding_resolves_it() {
    let rows: [Row; 8] = [
        (
            first,
            "buy p",
            "open_checkout",
            "review_needed ->",
            [
                ("done", "checkout_opened ->"),
                ("undone", "purchase_failed ->"),
                ("again", "asked_again -> p/open_checkout"),
            ],
        ),
        (
            usage,
            "buy p, reserve ok",
            "charge",
            "review_needed ->",
            [
                ("done", "payment_taken -> p/order"),
                ("undone", "compensation_started -> p/unreserve"),
                ("again", "asked_again -> p/charge"),
            ],
        ),
        (
            late,
            "buy p, reserve ok, order ok",
            "charge",
            "review_needed ->",
            [
                ("done", "number_activated ->"),
                ("undone", "compensation_started -> p/release"),
                ("again", "asked_again -> p/charge"),
            ],
        ),
        // The money does not wait for the inventory.
        (
            usage,
            "buy p, reserve ok, charge ok, order no",
            "unreserve",
            "review_needed -> p/refund",
            [
                ("done", "evidence_undone -> p/refund"),
                ("undone", "evidence_asked_again -> p/unreserve"),
                ("again", "evidence_asked_again -> p/unreserve"),
            ],
        ),
        (
            late,
            "buy p, reserve ok, order ok, charge no",
            "release",
            "review_needed purchase_failed ->",
            [
                ("done", "evidence_undone ->"),
                ("undone", "evidence_asked_again -> p/release"),
                ("again", "evidence_asked_again -> p/release"),
            ],
        ),
        (
            usage,
            "buy p, reserve ok, charge ok, order no, unreserve ok",
            "refund",
            "review_needed ->",
            [
                ("done", "payment_refunded purchase_failed ->"),
                ("undone", "asked_again -> p/refund"),
                ("again", "asked_again -> p/refund"),
            ],
        ),
        (
            usage,
            "buy p, reserve ok, charge ok, order ok, release",
            "end_charges",
            "release_review_needed ->",
            [
                ("done", "charges_ended -> p/release"),
                ("undone", "release_asked_again -> p/end_charges"),
                ("again", "release_asked_again -> p/end_charges"),
            ],
        ),
        (
            usage,
            "buy p, reserve ok, charge ok, order ok, release, end_charges ok",
            "release",
            "release_review_needed ->",
            [
                ("done", "number_released ->"),
                ("undone", "release_asked_again -> p/release"),
                ("again", "release_asked_again -> p/release"),
            ],
        ),
    ];
    for (host, steps, kind, then, findings) in rows {
        rests(host, steps, kind, then, findings);
    }
}

#[test]
fn a_review_that_asks_once_more_counts_from_zero() {
    let again = format!("buy p, reserve ok, {}, resolve charge again", never("charge"));
    check(usage(), &format!("{again}, charge lost"), "outcome_unknown -> p/charge in 1000");
    check(usage(), &format!("{again}, {}", never("charge")), "review_needed ->");
    check(usage(), &format!("{again}, charge ok"), "payment_taken -> p/order");
}

#[test]
fn evidence_that_comes_while_it_rests_is_used() {
    let charge = format!("buy p, reserve ok, {}", never("charge"));
    check(usage(), &format!("{charge}, late charge ok"), "payment_taken -> p/order");
    // A refusal or another lost reply may be of an attempt before the last one.
    check(usage(), &format!("{charge}, late charge no"), "->");
    check(usage(), &format!("{charge}, late charge lost"), "->");
    let release = format!("buy p, reserve ok, charge ok, order ok, release, {}", never("end_charges"));
    check(usage(), &format!("{release}, late end_charges ok"), "charges_ended -> p/release");
    check(usage(), &format!("{release}, late end_charges no"), "->");
    let unreserve = format!("buy p, reserve ok, charge no, {}", never("unreserve"));
    check(usage(), &unreserve, "review_needed purchase_failed ->");
    check(usage(), &format!("{unreserve}, late unreserve ok"), "evidence_undone ->");
}

#[test]
fn money_does_not_wait_for_an_inventory_that_never_answers() {
    let never_reserved = format!("buy p, {}", never("reserve"));
    // The number is known: what may be reserved is unreserved, whether it is or not.
    check(wallet(), &never_reserved, "purchase_failed effect_doubted -> p/unreserve");
    books(wallet(), &never_reserved, "wallet 101.00 INR, holds 0.00 INR");
    let never_returned = format!("{never_reserved}, {}", never("unreserve"));
    check(wallet(), &never_returned, "evidence_review_needed ->");
    check(wallet(), &format!("{never_returned}, resolve unreserve done"), "evidence_undone ->");
    // Any number was asked for: it is found out which.
    check(usage(), &never_reserved, "purchase_failed effect_doubted ->");
    check(usage(), &format!("{never_reserved}, resolve reserve done"), "evidence_came_late -> p/unreserve");
    check(usage(), &format!("{never_reserved}, resolve reserve undone"), "doubt_ended ->");
    check(usage(), &format!("{never_reserved}, late reserve ok"), "evidence_came_late -> p/unreserve");
    // What was paid at a checkout goes back.
    let paid = format!("buy p, open_checkout ok, paid, {}", never("reserve"));
    check(first(), &paid, "compensation_started effect_doubted -> p/refund");
}

#[test]
fn a_lost_reply_to_what_another_worker_was_declined_is_in_doubt() {
    let charge = "buy p, reserve ok, charge no, unreserve ok, late charge lost";
    check(usage(), charge, "effect_doubted ->");
    check(usage(), &format!("{charge}, late charge lost"), "->");
    check(usage(), &format!("{charge}, late charge ok"), "evidence_came_late -> p/refund");
    check(usage(), &format!("{charge}, resolve charge done"), "evidence_came_late -> p/refund");
    check(usage(), &format!("{charge}, resolve charge undone"), "doubt_ended ->");
    // The carrier is asked for an order, by its key or by its list.
    let order = "buy p, reserve ok, order no, unreserve ok, late order lost";
    check(keyed(), order, "effect_doubted -> p/query_order");
    check(keyed(), &format!("{order}, query_order found"), "evidence_came_late -> p/release");
    check(keyed(), &format!("{order}, query_order absent"), "doubt_ended ->");
    check(keyed(), &format!("{order}, query_order lost"), "evidence_delayed -> p/query_order/1 in 1000");
    check(keyed(), &format!("{order}, query_order absent, late order lost"), "effect_doubted -> p/query_order/1");
    let listed = "buy p, reserve ok, order no, query_order absent, unreserve ok";
    check(wallet(), &format!("{listed}, late order lost"), "effect_doubted -> p/query_order/2");
    // This carrier refuses a second order because of a first one.
    check(wallet(), &format!("{listed}, late order no"), "effect_doubted -> p/query_order/2");
    check(wallet(), &format!("{listed}, late order no, query_order found"), "evidence_came_late -> p/release");
    let asked = format!("{order}, {}", never("query_order"));
    check(keyed(), &asked, "evidence_review_needed ->");
    check(keyed(), &format!("{asked}, resolve order done"), "evidence_came_late -> p/release");
    check(keyed(), &format!("{asked}, resolve order again"), "effect_doubted -> p/query_order/8");
    // Where the order itself is the question, nobody asks.
    let repeated = || {
        let shop = bazaar_with(|shop| shop.policy.order_evidence = OrderEvidence::KeyedRepeat);
        Host { shop, ..wallet() }
    };
    check(repeated(), order, "effect_doubted ->");
    check(repeated(), &format!("{order}, resolve order done"), "evidence_came_late -> p/release");
    check(repeated(), &format!("{order}, resolve order undone"), "doubt_ended ->");
}

#[test]
fn an_attempt_that_ends_before_its_instant_does_not_count() {
    let lost = "buy p, reserve ok, charge lost";
    check(usage(), lost, "outcome_unknown -> p/charge in 1000");
    check(usage(), &format!("{lost}, late charge lost"), "-> p/charge in 1000");
    // A refusal that comes now is of the attempt that is unknown already, or of one that began with it.
    check(usage(), &format!("{lost}, late charge no"), "-> p/charge in 1000");
    check(usage(), &format!("{lost}, wait 1000, late charge no"), "compensation_started -> p/unreserve");
    let release = "buy p, reserve ok, charge ok, order ok, release, end_charges lost";
    check(usage(), &format!("{release}, late end_charges lost"), "-> p/end_charges in 1000");
    let undoing = "buy p, reserve no, late reserve ok, unreserve lost";
    check(usage(), &format!("{undoing}, late unreserve lost"), "-> p/unreserve in 1000");
    // Another order must not go out before this one is cleared up.
    let absent = "buy p, reserve ok, order lost, query_order absent";
    check(keyed(), &format!("{absent}, late order lost"), "outcome_unknown -> p/query_order/3 in 4000");
}

#[test]
fn a_finding_that_cannot_be_is_the_caller_s_mistake() {
    let mut host = usage();
    run(&mut host, &format!("buy p, reserve ok, {}", never("charge")));
    let not_in_review = |effect: &str| {
        let effect = resolve(&usage(), effect, "undone").effect;
        Some(Misuse::NotInReview { purchase: id("p"), effect })
    };
    for effect in ["order", "reserve", "release"] {
        let command = resolve(&host, effect, "undone");
        assert_eq!(host.tell(&command).err(), not_in_review(effect));
    }
    // A charge is not confirmed by a page.
    let Finding::Done { confirmation } = resolve(&host, "open_checkout", "done").finding else { panic!() };
    let finding = Finding::Done { confirmation };
    let unfit = ResolvePurchase { finding, ..resolve(&host, "charge", "done") };
    let impossible = Misuse::FindingImpossible { purchase: id("p"), effect: unfit.effect };
    assert_eq!(host.tell(&unfit).err(), Some(impossible));
    // Who may not see the purchase learns nothing of it.
    let actor = Actor { only_holder: Some("other".parse().unwrap()), ..Actor::default() };
    let stranger = ResolvePurchase { actor, ..resolve(&host, "charge", "done") };
    assert_eq!(host.tell(&stranger).err(), not_in_review("charge"));
    host.shop = orchard_with(|shop| shop.policy.reviewers = vec![Role::Admin]);
    let owner = resolve(&host, "charge", "done");
    assert_eq!(host.tell(&owner).err(), Some(Misuse::ReviewNotAllowed { role: Role::Owner }));
    let admin = ResolvePurchase { actor: Actor { role: Role::Admin, ..Actor::default() }, ..owner };
    host.tell(&admin).unwrap();
    assert_eq!(effects(&host), ["p/order"]);
}

#[test]
fn what_another_purchase_has_by_now_is_not_returned_to_the_carrier() {
    let mut host = Host { shop: keyed().shop, ..Host::bazaar("500.00 INR") };
    run(&mut host, "buy p, reserve ok, order no, unreserve ok, buy q");
    let offer = host.offers.searches[0].numbers[0].clone();
    let reserved = Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } };
    host.tell(&RecordOutcome { effect: "q/reserve".parse().unwrap(), outcome: reserved }).unwrap();
    run(&mut host, "late order ok");
    assert_eq!(effects(&host), ["q/order"], "the number is q's");
    for found in ["again", "undone"] {
        let command = resolve(&host, "release", found);
        let impossible = Misuse::FindingImpossible { purchase: id("p"), effect: command.effect };
        assert_eq!(host.tell(&command).err(), Some(impossible), "{found}");
    }
    let command = resolve(&host, "release", "done");
    host.tell(&command).unwrap();
    assert_eq!(effects(&host), ["q/order"]);
    assert!(!host.account.purchase(&id("p")).unwrap().needs_review());
}
