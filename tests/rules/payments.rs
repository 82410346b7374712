//! A payment is judged by its session: it pays the purchase, goes back, or rests in review.

use ringup_core::shop::BillingKind;
use ringup_core::{PurchaseId, RecordId, WakeUp};

use crate::kit::{Host, orchard_with};
use crate::lifecycle::{books, check, run};

/// A checkout of an hour, and 300 s after it in which a payment may be told.
fn host() -> Host {
    let shop = orchard_with(|shop| shop.policy.checkout.as_mut().unwrap().grace_s = 300);
    Host { shop, ..Host::orchard(BillingKind::Subscription) }
}

const OPEN: &str = "buy p, open_checkout ok";

#[test]
fn a_second_session_of_a_purchase_is_refunded_and_named() {
    let second = format!("{OPEN}, late open_checkout cs_2");
    check(host(), &second, "session_opened ->");
    check(host(), &format!("{second}, late open_checkout cs_2"), "->");
    // Either pays the purchase; the other one goes back, and only once.
    for (first, other) in [("cs_1", "cs_2"), ("cs_2", "cs_1")] {
        let paid = format!("{second}, paid {first}");
        check(host(), &paid, "payment_taken -> p/reserve");
        check(host(), &format!("{paid}, paid {first}"), "-> p/reserve");
        check(host(), &format!("{paid}, paid {other}"), "surplus_taken -> p/reserve");
        let bought = format!("{paid}, paid {other}, reserve ok, order ok");
        let nth = if other == "cs_1" { 1 } else { 2 };
        check(host(), &bought, &format!("number_activated -> p/refund/{nth}"));
        check(host(), &format!("{bought}, refund lost"), &format!("surplus_refund_delayed -> p/refund/{nth} in 1000"));
        check(host(), &format!("{bought}, refund ok"), "surplus_refunded ->");
        check(host(), &format!("{bought}, refund ok, paid {other}"), "->");
        check(host(), &format!("{bought}, refund ok, late refund/{nth} ok"), "->");
        books(host(), &format!("{bought}, refund ok"), "taken -4.00 USD, refunds 2.00 USD, holds 0.00 USD");
        // A refund names its session: of the second payment, or of the one that paid what is not bought.
        for (steps, session) in [(bought, other), (format!("{paid}, reserve no"), first)] {
            let mut named = host();
            run(&mut named, &steps);
            let refund = serde_json::to_value(&named.account.owed()[0]).unwrap();
            assert_eq!((&refund["action"], &refund["checkout"]), (&"refund".into(), &session.into()), "{steps}");
        }
    }
}

#[test]
fn the_grace_that_was_agreed_is_stored() {
    for (host, grace) in [(host(), Some(300)), (Host::orchard(BillingKind::Subscription), None)] {
        let mut host = host;
        run(&mut host, OPEN);
        let purchase = host.account.purchase(&"p".parse().unwrap()).unwrap();
        let stored = serde_json::to_value(purchase).unwrap();
        assert_eq!(stored["agreement"].get("checkout_grace_s").and_then(serde_json::Value::as_i64), grace);
        assert_eq!(&serde_json::from_value::<ringup_core::Purchase>(stored).unwrap(), purchase);
    }
}

#[test]
fn a_payment_of_no_session_of_the_purchase_rests_in_review() {
    for told in ["paid cs_9", "paid cs_1 other_amount"] {
        let heard = format!("{OPEN}, {told}");
        check(host(), &heard, "payment_unmatched ->");
        check(host(), &format!("{heard}, {told}"), "->");
        books(host(), &heard, "taken 0.00 USD");
        // The purchase goes on, and the real payment counts.
        check(host(), &format!("{heard}, paid cs_1"), "payment_taken -> p/reserve");
        check(host(), &format!("{heard}, wait 3900000, wake"), "purchase_failed ->");
        let mut reviewed = host();
        run(&mut reviewed, &heard);
        assert_eq!(reviewed.account.purchase(&"p".parse().unwrap()).unwrap().payments_in_review().len(), 1);
    }
    // It was of another worker's session after all.
    check(
        host(),
        &format!("{OPEN}, paid cs_1, paid cs_9, late open_checkout cs_9"),
        "session_opened surplus_taken -> p/reserve",
    );
}

#[test]
fn a_review_finds_whose_a_payment_is() {
    for told in ["paid cs_9", "paid cs_1 other_amount"] {
        let heard = format!("{OPEN}, {told}");
        let dismissed = format!("{heard}, resolve open_checkout undone");
        check(host(), &dismissed, "payment_dismissed ->");
        check(host(), &format!("{dismissed}, {told}"), "->");
        check(host(), &format!("{dismissed}, paid cs_1"), "payment_taken -> p/reserve");
        let mut reviewed = host();
        run(&mut reviewed, &dismissed);
        assert!(!reviewed.account.purchase(&"p".parse().unwrap()).unwrap().needs_review());
    }
    // The reply to the opening never came, and the payment was made at its page.
    let ended = "buy p, paid cs_1, wait 3900000, wake";
    check(host(), ended, "purchase_failed ->");
    check(host(), &format!("{ended}, resolve open_checkout done"), "session_opened surplus_taken -> p/refund/1");
    check(host(), &format!("{ended}, resolve open_checkout undone"), "payment_dismissed ->");
}

#[test]
fn a_payment_may_be_told_before_the_session() {
    check(host(), "buy p, paid cs_1", "payment_unmatched -> p/open_checkout");
    check(host(), "buy p, paid cs_1, open_checkout lost", "outcome_unknown -> p/open_checkout in 1000");
    check(host(), "buy p, paid cs_1, open_checkout ok", "checkout_opened payment_taken -> p/reserve");
    check(host(), "buy p, paid cs_9, open_checkout ok", "checkout_opened ->");
    books(host(), "buy p, paid cs_9, open_checkout ok", "taken 0.00 USD");
}

#[test]
fn what_was_paid_in_time_and_told_late_is_bought() {
    let late = |told: &str| format!("{OPEN}, wait 3600999, {told}");
    check(host(), &late("paid cs_1 before 1000"), "payment_taken -> p/reserve");
    // Paid at the end or later: refunded.
    check(host(), &late("paid cs_1 before 999"), "purchase_failed surplus_taken -> p/refund/1");
    check(host(), &late("paid cs_1"), "purchase_failed surplus_taken -> p/refund/1");
    check(host(), &late("paid cs_1, refund ok"), "surplus_refunded ->");
    // Time alone does not end it within the grace, and ends it after.
    check(host(), &late("wake"), "->");
    check(host(), &late("wake, paid cs_1 before 1000"), "payment_taken -> p/reserve");
    check(host(), &format!("{OPEN}, wait 3899999, paid cs_1 before 300000"), "payment_taken -> p/reserve");
    check(
        host(),
        &format!("{OPEN}, wait 3900000, paid cs_1 before 300001"),
        "purchase_failed surplus_taken -> p/refund/1",
    );
    check(host(), &format!("{OPEN}, wait 3900000, wake"), "purchase_failed ->");
    check(host(), &format!("{OPEN}, wait 3900000, wake twice"), "purchase_failed ->");
    // What was counted as ended is recorded as ended, and is not bought later.
    let counted = late("buy q");
    check(host(), &counted, "purchase_failed purchase_accepted -> q/open_checkout");
    check(host(), &format!("{counted}, paid cs_1 before 1000"), "surplus_taken -> p/refund/1 q/open_checkout");
}

#[test]
fn no_answer_depends_on_whether_somebody_woke_it_up() {
    let id: PurchaseId = "p".parse().unwrap();
    for told_after in (0..=4_200).step_by(50) {
        for paid_before in [0, 1, 50, 299, 300, 301, 3_599, 3_600] {
            let answers = [0, 1, 3, 7].map(|wakes: i64| {
                let mut host = host();
                run(&mut host, OPEN);
                let begun = host.now;
                for nth in 0..wakes {
                    host.now = begun.plus_millis(told_after * 1_000 * nth / wakes.max(1));
                    host.tell(&WakeUp { records: vec![RecordId::Purchase(id.clone())] }).unwrap();
                }
                host.now = begun.plus_millis(told_after * 1_000);
                let before = paid_before.min(told_after) * 1_000;
                run(&mut host, &format!("paid cs_1 before {before}"));
                let purchase = host.account.purchase(&id).unwrap();
                (purchase.is_settled(), purchase.owed().map(|effect| effect.id), host.account.ledger().clone())
            });
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{told_after} {paid_before}: {answers:?}");
        }
    }
}
