//! Evidence: two workers run one effect, and their replies contradict each other. A confirmation is used, or undone.

use ringup_core::shop::{BillingKind, OrderEvidence};

use crate::kit::{Host, bazaar_with};
use crate::lifecycle::{books, check};

fn wallet() -> Host {
    Host::bazaar("101.00 INR")
}

/// A carrier that knows the keys: it can say at once that it did not sell.
fn keyed() -> Host {
    let shop = bazaar_with(|shop| shop.policy.order_evidence = OrderEvidence::QueryByKey);
    Host { shop, ..wallet() }
}

fn usage() -> Host {
    Host::orchard(BillingKind::Usage)
}

#[test]
fn an_order_that_was_sold_after_all_goes_back() {
    let failed = "buy p, reserve ok, order no, unreserve ok";
    check(keyed(), failed, "reservation_returned purchase_failed ->");
    check(keyed(), &format!("{failed}, late order ok"), "evidence_came_late -> p/release");
    check(keyed(), &format!("{failed}, late order ok, late order ok"), "-> p/release");
    check(keyed(), &format!("{failed}, late order ok, release lost"), "evidence_delayed -> p/release in 1000");
    check(keyed(), &format!("{failed}, late order ok, release ok"), "evidence_undone ->");
    books(keyed(), &format!("{failed}, late order ok, release ok"), "wallet 101.00 INR, holds 0.00 INR");
    // While the reservation goes back, too: first the reservation, then the number.
    let undoing = "buy p, reserve ok, order no, late order ok";
    check(keyed(), undoing, "evidence_came_late -> p/unreserve");
    check(keyed(), &format!("{undoing}, unreserve ok"), "reservation_returned purchase_failed -> p/release");
}

#[test]
fn money_that_was_taken_after_all_is_refunded() {
    let failed = "buy p, reserve ok, charge no, unreserve ok";
    check(usage(), failed, "reservation_returned purchase_failed ->");
    check(usage(), &format!("{failed}, late charge ok"), "evidence_came_late -> p/refund");
    books(usage(), &format!("{failed}, late charge ok"), "taken -2.00 USD, holds 2.00 USD, refunds 0.00 USD");
    books(
        usage(),
        &format!("{failed}, late charge ok, refund ok"),
        "taken -2.00 USD, holds 0.00 USD, refunds 2.00 USD",
    );
    check(usage(), &format!("{failed}, late charge ok, refund ok, late charge ok"), "->");
}

#[test]
fn a_number_that_was_reserved_after_all_goes_back() {
    let failed = "buy p, reserve no";
    check(usage(), failed, "purchase_failed ->");
    check(usage(), &format!("{failed}, late reserve ok"), "evidence_came_late -> p/unreserve");
    check(usage(), &format!("{failed}, late reserve ok, unreserve ok"), "evidence_undone ->");
}

#[test]
fn an_order_confirms_itself_while_it_is_queried() {
    for lost in ["order lost", "order lost, query_order absent, order lost"] {
        check(keyed(), &format!("buy p, reserve ok, {lost}, late order ok"), "number_activated ->");
    }
    // A query that was answered late counts like one that was answered in time.
    check(keyed(), "buy p, reserve ok, order lost, query_order lost, late query_order/1 found", "number_activated ->");
    // Absent then does not mean absent now.
    let absent = "buy p, reserve ok, order lost, query_order lost, late query_order/1 absent";
    check(keyed(), absent, "-> p/query_order/2 in 2000");
}

#[test]
fn a_review_takes_evidence_that_comes_later() {
    let mut review = String::from("buy p, reserve ok, order lost");
    let max = keyed().shop.policy().retry.attempts_max;
    for _ in 1..max {
        review += ", query_order lost";
    }
    check(keyed(), &review, "review_needed ->");
    check(keyed(), &format!("{review}, late order ok"), "number_activated ->");
    check(keyed(), &format!("{review}, late query_order/1 found"), "number_activated ->");
}

#[test]
fn a_confirmation_of_what_is_done_says_nothing() {
    let bought = "buy p, reserve ok, charge ok, order ok";
    for kind in ["reserve", "charge", "order"] {
        check(usage(), &format!("{bought}, late {kind} ok"), "->");
        check(usage(), &format!("{bought}, late {kind} no"), "->");
    }
}
