//! A host that wakes late: what was due is done in the order of its instants, before anything else is decided.

mod model;

use ringup_core::shop::{BillingKind, Renewals};
use ringup_core::{Actor, AnyCommand, ChangeTerms, HeldNumber, TopUp};

use super::kit::{Host, NOW, bazaar_with, money, orchard_with};
use super::lifecycle::{check, id, run};

const DAY_MS: i64 = 86_400_000;
const DAY_S: u32 = 86_400;
/// The ends of the first periods of a number that is bought on the 25th of March: of April, May, June and July.
const ENDS_MS: [i64; 4] = [31 * DAY_MS, 61 * DAY_MS, 92 * DAY_MS, 122 * DAY_MS];

const INVOICED: &str = "buy p, reserve ok, charge ok, order ok";
const WALLET: &str = "buy p, reserve ok, order ok";

/// Asked for again after three days; suspended after a grace of two, released after five more.
fn dunning() -> Renewals {
    Renewals {
        price_held_months: None,
        retry_after_s: vec![3 * DAY_S],
        grace_s: Some(2 * DAY_S),
        suspended_s: Some(5 * DAY_S),
    }
}

/// Charged 2.00 USD a month to a usage invoice.
fn invoiced(retry_after_s: &[u32]) -> Host {
    let renewals = Renewals { retry_after_s: retry_after_s.to_vec(), ..dunning() };
    Host { shop: orchard_with(|shop| shop.policy.renewals = Some(renewals)), ..Host::orchard(BillingKind::Usage) }
}

/// Paid from a wallet: 100.00 INR once and 1.00 INR a month.
fn wallet(balance: &str) -> Host {
    Host { shop: bazaar_with(|shop| shop.policy.renewals = Some(dunning())), ..Host::bazaar(balance) }
}

/// Steps up to a decline at the begin of the second period, and so many days more.
fn declined(first: &str, days: i64) -> String {
    let how = if first == INVOICED { ", renew no" } else { "" };
    format!("{first}, wait {}, wake{how}, wait {}", ENDS_MS[0], days * DAY_MS)
}

fn number(host: &Host) -> HeldNumber {
    host.account.number(&id("p")).unwrap().clone()
}

fn tell(host: &mut Host, command: impl Into<AnyCommand>) -> Vec<&'static str> {
    let events = host.tell(&command.into()).unwrap().events;
    events.iter().map(ringup_core::Event::name).collect()
}

fn top_up(amount: &str) -> AnyCommand {
    AnyCommand::TopUp(TopUp { id: "t1".parse().unwrap(), actor: Actor::default(), money: money(amount) })
}

fn new_card(host: &Host) -> AnyCommand {
    AnyCommand::ChangeTerms(ChangeTerms { terms: host.account.terms().clone() })
}

#[test]
fn a_reply_that_is_lost_after_a_decline_is_a_doubt() {
    // Another worker ran the same effect, and was refused.
    let doubt = format!("{}, late renew/1 lost", declined(INVOICED, 0));
    for retries in [&[3 * DAY_S][..], &[]] {
        check(invoiced(retries), &doubt, "renewal_delayed -> p/renew/1 in 1000");
        check(invoiced(retries), &format!("{doubt}, renew ok"), "number_renewed ->");
        // Nothing happens to the number before it is known.
        let mut host = invoiced(retries);
        run(&mut host, &format!("{doubt}, wait {}, wake", 10 * DAY_MS));
        assert!(!number(&host).is_suspended());
    }
    // So it is once the number leaves.
    let leaving = format!("{}, release, late renew/1 lost", declined(INVOICED, 0));
    check(invoiced(&[]), &leaving, "renewal_delayed -> p/end_charges");
    check(invoiced(&[]), &format!("{leaving}, end_charges ok, release ok"), "number_released -> p/renew/1 in 1000");
    // What is paid, or in doubt already, stays so.
    check(invoiced(&[]), &format!("{doubt}, late renew/1 lost"), "-> p/renew/1 in 1000");
    check(invoiced(&[]), &format!("{doubt}, renew ok, late renew/1 lost"), "->");
}

#[test]
fn an_attempt_that_was_due_is_made_before_the_number_is_suspended() {
    // Asked for again after one day, and suspended after two: the host comes after ten.
    let late = format!("{}, wake", declined(INVOICED, 10));
    check(invoiced(&[DAY_S]), &late, "-> p/renew/1");
    check(invoiced(&[DAY_S]), &format!("{late}, renew ok"), "number_renewed ->");
    // Once it is declined, the deadlines have passed.
    check(invoiced(&[DAY_S]), &format!("{late}, renew no"), "renewal_declined ->");
    let mut host = invoiced(&[DAY_S]);
    run(&mut host, &format!("{late}, renew no, wake"));
    let end = NOW.plus_millis(ENDS_MS[0] + 7 * DAY_MS);
    assert_eq!(number(&host).status.clone(), ending(end));
    // One that is due later than the suspension is made after it; at the same instant, before.
    check(invoiced(&[2 * DAY_S + 1]), &late, "number_suspended -> p/renew/1");
    check(invoiced(&[2 * DAY_S]), &late, "-> p/renew/1");
}

fn ending(at: ringup_core::Timestamp) -> ringup_core::HeldStatus {
    let attempts = serde_json::json!({ "unanswered": 0, "not_before": at.as_millis() });
    serde_json::from_value(serde_json::json!({ "status": "ending_charges", "attempts": attempts })).unwrap()
}

#[test]
fn a_wallet_is_asked_in_the_order_of_the_instants() {
    // Declined on day 0; suspended on day 2, asked again on day 3, released on day 7.
    check(wallet("101.00 INR"), &format!("{}, wake", declined(WALLET, 2)), "number_suspended ->");
    check(wallet("101.00 INR"), &format!("{}, wake", declined(WALLET, 3)), "number_suspended renewal_declined ->");
    let late = format!("{}, wake", declined(WALLET, 7));
    check(wallet("101.00 INR"), &late, "number_suspended renewal_declined release_started -> p/release");
}

#[test]
fn a_deadline_that_has_passed_unseen_comes_before_new_means() {
    for (days, then) in [
        (2, &["number_suspended", "renewal_asked_again"][..]),
        (6, &["number_suspended", "renewal_asked_again"]),
        (7, &["number_suspended", "release_started", "renewal_asked_again"]),
    ] {
        let mut host = invoiced(&[]);
        run(&mut host, &declined(INVOICED, days));
        let card = new_card(&host);
        assert_eq!(tell(&mut host, card)[1..], *then, "day {days}");
    }
    // A wallet that is to be asked before its deadline has the new money then.
    let mut host = wallet("101.00 INR");
    run(&mut host, &declined(WALLET, 4));
    assert_eq!(tell(&mut host, top_up("1.00 INR")), ["wallet_topped_up", "number_suspended"]);
    assert_eq!(run(&mut host, "wake"), "number_renewed number_reactivated ->");
}

#[test]
fn what_was_due_comes_before_a_release() {
    let release = |days: i64| format!("{}, release", declined(INVOICED, days));
    check(invoiced(&[]), &release(1), "release_started -> p/end_charges");
    // Since the suspension nothing is charged, whether the host has seen it or not.
    check(invoiced(&[]), &release(2), "number_suspended release_started -> p/end_charges");
    let mut host = invoiced(&[]);
    run(&mut host, &release(6));
    assert_eq!(number(&host).renewal.unwrap().until, Some(NOW.plus_millis(ENDS_MS[0] + 2 * DAY_MS)));
    // It has left by itself.
    check(invoiced(&[]), &release(7), "number_suspended release_started -> p/end_charges");
    let mut host = invoiced(&[]);
    run(&mut host, &release(30));
    let suspended_at = NOW.plus_millis(ENDS_MS[0] + 2 * DAY_MS);
    assert_eq!(number(&host).renewal.unwrap().until, Some(suspended_at));
    assert_eq!(number(&host).status, ending(suspended_at.plus_millis(5 * DAY_MS)));
}

#[test]
fn a_scheduled_release_and_a_deadline_come_in_their_order() {
    // The number is to leave on day 4 after the decline; it is suspended on day 2.
    let late = format!("{}, leave in {}, wait {}, wake", declined(INVOICED, 0), 4 * DAY_MS, 10 * DAY_MS);
    let named = |mut host: Host| {
        let data = host.shop.policy().clone();
        host.shop = orchard_with(|shop| {
            shop.policy = data;
            shop.policy.release.may_name = vec![ringup_core::shop::ReleaseTime::AtInstant];
        });
        host
    };
    check(named(invoiced(&[])), &late, "number_suspended release_started -> p/end_charges");
    let mut host = named(invoiced(&[]));
    run(&mut host, &late);
    assert_eq!(number(&host).status, ending(NOW.plus_millis(ENDS_MS[0] + 4 * DAY_MS)));
    // A release that has begun unseen cannot be cancelled.
    let mut host = named(invoiced(&[]));
    run(&mut host, &format!("{}, leave in {}, wait {}", declined(INVOICED, 0), 20 * DAY_MS, 8 * DAY_MS));
    let cancel = ringup_core::CancelRelease { number: id("p"), actor: Actor::default() };
    assert!(host.tell(&AnyCommand::CancelRelease(cancel)).is_err());
}

#[test]
fn a_period_begins_before_the_number_leaves_or_is_not_owed() {
    let periods = "renewal_due number_renewed";
    for (late_ms, then) in [
        (ENDS_MS[0] - 1, "release_started -> p/release".to_owned()),
        (ENDS_MS[0], "release_started -> p/release".to_owned()),
        (ENDS_MS[0] + 1, format!("{periods} release_started -> p/release")),
        (ENDS_MS[1], format!("{periods} release_started -> p/release")),
        (ENDS_MS[1] + 1, format!("{periods} release_started {periods} -> p/release")),
    ] {
        check(wallet("110.00 INR"), &format!("{WALLET}, wait {late_ms}, release"), &then);
    }
}
