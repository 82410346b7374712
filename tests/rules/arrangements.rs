//! What a system may arrange differently: when it charges and releases, and what a customer arranges anew.

use crate::api::wake_up;
use ringup_core::shop::{BillingKind, ChargeTime, PaymentMethod, ReleaseTime};
use ringup_core::{Actor, ChangeTerms, CustomerTerms, HeldStatus, Rejection, ReleaseNumber, gates};

use super::kit::{Host, NOW, orchard_customer, orchard_request, orchard_with};
use super::lifecycle::{books, check, effects, id, run};

const DAY_MS: i64 = 86_400_000;

/// Charges its usage invoice when the number is provisioned.
fn late() -> Host {
    let shop = orchard_with(|shop| shop.policy.payment[1].charged = ChargeTime::AtProvisioning);
    Host { shop, ..Host::orchard(BillingKind::Usage) }
}

#[test]
fn what_is_charged_at_provisioning_is_ordered_first() {
    check(late(), "buy p, reserve ok", "number_reserved -> p/order");
    check(late(), "buy p, reserve ok, order ok", "number_provisioned -> p/charge");
    check(late(), "buy p, reserve ok, order ok, charge ok", "number_activated ->");
    check(late(), "buy p, reserve ok, order ok, charge lost", "outcome_unknown -> p/charge in 1000");
    check(late(), "buy p, reserve ok, order lost, query_order found", "number_provisioned -> p/charge");
    check(late(), "buy p, reserve ok, order no", "compensation_started -> p/unreserve");
    check(late(), "buy p, reserve ok, order no, unreserve ok", "reservation_returned purchase_failed ->");
    books(late(), "buy p, reserve ok, order ok", "taken 0.00 USD, holds 0.00 USD");
    books(late(), "buy p, reserve ok, order ok, charge ok", "taken -2.00 USD, holds 0.00 USD, rent_to_run 2.00 USD");
}

#[test]
fn a_provisioned_number_that_nobody_pays_is_given_back() {
    let declined = "buy p, reserve ok, order ok, charge no";
    check(late(), declined, "compensation_started -> p/release");
    check(late(), &format!("{declined}, release lost"), "outcome_unknown -> p/release in 1000");
    check(late(), &format!("{declined}, release lost, release ok"), "provisioning_returned purchase_failed ->");
    books(late(), &format!("{declined}, release ok"), "taken 0.00 USD, holds 0.00 USD, refunds 0.00 USD");
}

#[test]
fn what_was_found_bought_in_review_is_charged_too() {
    let lost = ", query_order lost".repeat(7);
    let found = format!("buy p, reserve ok, order lost{lost}, resolve order done");
    check(late(), &found, "number_provisioned -> p/charge");
}

#[test]
fn only_what_charges_can_charge_late() {
    let refused = std::panic::catch_unwind(|| {
        orchard_with(|shop| {
            shop.policy.payment[1].method = PaymentMethod::Wallet;
            shop.policy.payment[1].charged = ChargeTime::AtProvisioning;
        })
    });
    assert!(refused.is_err());
}

#[test]
fn a_number_is_kept_until_the_end_of_the_month_that_it_is_paid_for() {
    let bought = "buy p, reserve ok, charge ok, order ok";
    let release = ReleaseNumber { number: id("p"), actor: Actor::default(), when: None };
    // Bought on the 25th of March at 10:00: the month ends on the 25th of April at 10:00, 31 days later.
    for (wait, days) in [(0, 31), (31 * DAY_MS - 1, 31), (31 * DAY_MS, 61), (200 * DAY_MS, 214)] {
        let shop = orchard_with(|shop| shop.policy.release.time = ReleaseTime::PeriodEnd);
        let mut host = Host { shop, ..Host::orchard(BillingKind::Usage) };
        run(&mut host, &format!("{bought}, wait {wait}"));
        host.tell(&release).unwrap();
        let end = NOW.plus_millis(days * DAY_MS);
        assert_eq!(
            host.account.number(&id("p")).unwrap().status,
            HeldStatus::Scheduled { at: end, fee: None },
            "after {wait}"
        );
        assert_eq!(host.tell(&release).unwrap().events, [], "it is scheduled already");
        assert_eq!((effects(&host).len(), host.account.due()), (0, Some(end)));
        host.now = end.plus_millis(-1);
        assert_eq!(host.tell(&wake_up(&host.account, host.now)).unwrap().events, []);
        assert_eq!(host.standing().held.total, 1, "it counts until then");
        host.now = end;
        run(&mut host, "wake");
        assert_eq!(effects(&host), ["p/end_charges"]);
        assert_eq!(run(&mut host, "end_charges ok, release ok"), "number_released ->");
        assert_eq!(host.account.due(), None);
    }
}

#[test]
fn new_terms_hold_from_then_on() {
    let mut host = Host::orchard(BillingKind::Usage);
    let without_card = CustomerTerms { payment_method_on_file: false, ..orchard_customer() };
    host.tell(&ChangeTerms { terms: without_card }).unwrap();
    assert_eq!(
        host.buy("p", &orchard_request()),
        Err(Rejection::PaymentMethodMissing(gates::payment_method::Missing { billing: None }).into())
    );
    host.tell(&ChangeTerms { terms: orchard_customer() }).unwrap();
    assert!(host.buy("p", &orchard_request()).is_ok());
}

#[test]
fn nothing_is_charged_and_nothing_given_back_of_nothing() {
    let free = |billing, charged| {
        let shop = orchard_with(|shop| {
            let all_of_it = r#"{ "label": "free", "on": "all", "off": { "percent": "100" } }"#;
            shop.rate_card.discounts.push(serde_json::from_str(all_of_it).unwrap());
            shop.policy.payment[1].charged = charged;
        });
        Host { shop, ..Host::orchard(billing) }
    };
    for billing in [BillingKind::Subscription, BillingKind::Usage] {
        let free = |steps: &str| run(&mut free(billing, ChargeTime::BeforeOrder), steps);
        assert_eq!(free("buy p"), "purchase_accepted -> p/reserve", "no checkout");
        assert_eq!(free("buy p, reserve no"), "purchase_failed ->");
        assert_eq!(free("buy p, reserve ok"), "number_reserved -> p/order", "no charge");
        assert_eq!(free("buy p, reserve ok, order ok"), "number_activated ->");
        let undone = "buy p, reserve ok, order no, unreserve ok";
        assert_eq!(free(undone), "reservation_returned purchase_failed ->", "no refund");
    }
    let at_provisioning = "buy p, reserve ok, order ok";
    let mut host = free(BillingKind::Usage, ChargeTime::AtProvisioning);
    assert_eq!(run(&mut host, at_provisioning), "number_activated ->", "no charge afterwards");
}
