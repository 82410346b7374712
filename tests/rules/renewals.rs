//! Renewals, one row a story: the bazaar takes its wallet's money, the orchard charges a usage invoice.

use ringup_core::shop::{BillingKind, Renewals, Shop};
use ringup_core::{Actor, HeldStatus, Money, RenewalEvent, Timestamp, TopUp};

use super::kit::{Host, NOW, bazaar_with, money, orchard_with};
use super::lifecycle::{books, check, effects, id, run};

const DAY_MS: i64 = 86_400_000;
const DAY_S: u32 = 86_400;
/// Bought on the 25th of March at 10:00: the first period ends on the 25th of April, the second on the 25th of May.
const FIRST_MS: i64 = 31 * DAY_MS;
const SECOND_MS: i64 = 61 * DAY_MS;

/// Asked for again after one day and after two more; suspended after a grace of two days, released after five more.
fn dunning() -> Renewals {
    Renewals {
        price_held_months: None,
        retry_after_s: vec![DAY_S, 2 * DAY_S],
        grace_s: Some(2 * DAY_S),
        suspended_s: Some(5 * DAY_S),
    }
}

fn orchard() -> Shop {
    orchard_with(|shop| shop.policy.renewals = Some(dunning()))
}

/// Its numbers are charged to a usage invoice.
fn invoiced() -> Host {
    Host { shop: orchard(), ..Host::orchard(BillingKind::Usage) }
}

/// Its numbers are paid from a wallet: 100.00 INR once and 1.00 INR a month.
fn wallet(balance: &str) -> Host {
    Host { shop: bazaar_with(|shop| shop.policy.renewals = Some(dunning())), ..Host::bazaar(balance) }
}

const INVOICED: &str = "buy p, reserve ok, charge ok, order ok";
const WALLET: &str = "buy p, reserve ok, order ok";

#[test]
fn each_period_is_charged_at_its_begin() {
    let first = format!("{INVOICED}, wait {FIRST_MS}, wake");
    check(invoiced(), &format!("{INVOICED}, wait {}, wake", FIRST_MS - 1), "->");
    check(invoiced(), &first, "renewal_due -> p/renew/1");
    check(invoiced(), &format!("{first}, wake"), "-> p/renew/1");
    check(invoiced(), &format!("{first}, renew ok"), "number_renewed ->");
    let second = format!("{first}, renew ok, wait {}, wake", SECOND_MS - FIRST_MS);
    check(invoiced(), &second, "renewal_due -> p/renew/2");
    books(invoiced(), INVOICED, "taken -2.00 USD, rent_to_run 2.00 USD");
    books(invoiced(), &first, "taken -2.00 USD, rent_to_run 0.00 USD, rent_used 2.00 USD");
    books(invoiced(), &format!("{first}, renew ok"), "taken -4.00 USD, rent_to_run 2.00 USD, rent_used 2.00 USD");
    let twice = format!("{second}, renew ok, late renew/2 ok, late renew/1 ok");
    books(invoiced(), &twice, "taken -6.00 USD, rent_to_run 2.00 USD, rent_used 4.00 USD");
}

#[test]
fn a_record_that_is_named_twice_is_woken_once() {
    for (make, bought, woken) in [
        (invoiced as fn() -> Host, INVOICED, "renewal_due -> p/renew/1"),
        (|| wallet("102.00 INR"), WALLET, "renewal_due number_renewed ->"),
        (|| wallet("101.99 INR"), WALLET, "renewal_due renewal_declined ->"),
    ] {
        let (once, twice) =
            (format!("{bought}, wait {FIRST_MS}, wake"), format!("{bought}, wait {FIRST_MS}, wake twice"));
        check(make(), &once, woken);
        check(make(), &twice, woken);
        let [once, twice] = [once, twice].map(|steps| {
            let mut host = make();
            run(&mut host, &steps);
            host.account
        });
        assert_eq!(once, twice);
    }
}

#[test]
fn without_renewals_nothing_is_charged_after_the_first_period() {
    let mut host = Host::orchard(BillingKind::Usage);
    run(&mut host, INVOICED);
    assert_eq!(host.account.due(), None);
}

#[test]
fn a_wallet_pays_at_once_or_declines() {
    let month = format!("{WALLET}, wait {FIRST_MS}, wake");
    check(wallet("102.00 INR"), &month, "renewal_due number_renewed ->");
    books(
        wallet("102.00 INR"),
        &month,
        "taken -102.00 INR, wallet 0.00 INR, setup_fees 100.00 INR, rent_to_run 1.00 INR, rent_used 1.00 INR",
    );
    // One minor unit below.
    check(wallet("101.99 INR"), &month, "renewal_due renewal_declined ->");
    books(wallet("101.99 INR"), &month, "wallet 0.99 INR, rent_to_run 0.00 INR, rent_used 1.00 INR");
}

#[test]
fn a_lost_reply_is_asked_again_under_the_same_id_and_then_reviewed() {
    let month = format!("{INVOICED}, wait {FIRST_MS}, wake");
    check(invoiced(), &format!("{month}, renew lost"), "renewal_delayed -> p/renew/1 in 1000");
    check(invoiced(), &format!("{month}, renew lost, renew ok"), "number_renewed ->");
    let review = format!("{month}{}", ", renew lost".repeat(8));
    check(invoiced(), &review, "renewal_review_needed ->");
    check(invoiced(), &format!("{review}, resolve renew done"), "number_renewed ->");
    check(invoiced(), &format!("{review}, resolve renew again"), "renewal_asked_again -> p/renew/1");
    let undone = format!("{review}, resolve renew undone");
    check(invoiced(), &undone, &format!("renewal_declined -> p/renew/1 in {DAY_MS}"));
    // While it is not known whether the fee was taken, nothing happens to the number.
    let mut host = invoiced();
    run(&mut host, &review);
    assert_eq!(host.account.due(), None);
}

#[test]
fn a_declined_fee_is_retried_then_the_number_is_suspended_then_released() {
    let month = format!("{INVOICED}, wait {FIRST_MS}, wake, renew no");
    check(invoiced(), &month, &format!("renewal_declined -> p/renew/1 in {DAY_MS}"));
    // The answer to an earlier attempt says nothing about the next one.
    check(invoiced(), &format!("{month}, late renew/1 no"), &format!("-> p/renew/1 in {DAY_MS}"));
    check(invoiced(), &format!("{month}, wait {}, wake", 2 * DAY_MS - 1), "-> p/renew/1");
    let second = format!("{month}, wait {DAY_MS}, renew no");
    check(invoiced(), &second, &format!("renewal_declined -> p/renew/1 in {}", 2 * DAY_MS));
    let suspended = format!("{second}, wait {DAY_MS}, wake");
    check(invoiced(), &suspended, &format!("number_suspended -> p/renew/1 in {DAY_MS}"));
    check(invoiced(), &format!("{suspended}, renew ok"), "number_renewed number_reactivated ->");
    let last = format!("{suspended}, renew no");
    check(invoiced(), &last, "renewal_declined ->");
    // Five days after the suspension, of which one has passed.
    check(invoiced(), &format!("{last}, wait {}, wake", 4 * DAY_MS - 1), "->");
    check(invoiced(), &format!("{last}, wait {}, wake", 4 * DAY_MS), "release_started -> p/end_charges");
    let released = format!("{last}, wait {}, wake, end_charges ok, release ok", 4 * DAY_MS);
    books(invoiced(), &released, "taken -2.00 USD, rent_to_run 0.00 USD, rent_used 2.00 USD");
}

#[test]
fn money_that_was_taken_late_pays_the_period_that_had_begun() {
    let month = format!("{INVOICED}, wait {FIRST_MS}, wake, renew lost, release");
    check(invoiced(), &month, "release_started -> p/end_charges");
    let paid = format!("{month}, late renew/1 ok");
    check(invoiced(), &paid, "number_renewed -> p/end_charges");
    books(invoiced(), &paid, "taken -4.00 USD, rent_to_run 2.00 USD, rent_used 2.00 USD");
    let released = format!("{month}, end_charges ok, release ok");
    check(invoiced(), &format!("{released}, late renew/1 ok"), "number_renewed ->");
    books(
        invoiced(),
        &format!("{released}, late renew/1 ok"),
        "taken -4.00 USD, rent_to_run 0.00 USD, rent_used 4.00 USD",
    );
    books(invoiced(), &format!("{paid}, end_charges ok, release ok"), "taken -4.00 USD, rent_used 4.00 USD");
}

#[test]
fn a_host_that_wakes_late_charges_one_period_after_the_other() {
    let late = format!("{INVOICED}, wait {}, wake", SECOND_MS + DAY_MS);
    check(invoiced(), &late, "renewal_due -> p/renew/1");
    check(invoiced(), &format!("{late}, renew ok"), "number_renewed ->");
    check(invoiced(), &format!("{late}, renew ok, wake"), "renewal_due -> p/renew/2");
    books(invoiced(), &format!("{late}, renew ok, wake, renew ok"), "taken -6.00 USD, rent_used 4.00 USD");
    // Grace and retries count from the answer of the attempt, and not from the begin of the period.
    let mut host = invoiced();
    run(&mut host, &format!("{late}, renew no"));
    assert_eq!(effects(&host), [format!("p/renew/1 in {DAY_MS}")]);
    let unpaid = host.account.number(&id("p")).unwrap().renewal.clone().unwrap().unpaid.unwrap();
    assert_eq!(unpaid.suspends_at, Some(NOW.plus_millis(SECOND_MS + 3 * DAY_MS)));
}

#[test]
fn a_topped_up_wallet_pays_at_once() {
    let mut host = wallet("101.00 INR");
    run(&mut host, &format!("{WALLET}, wait {FIRST_MS}, wake, wait {}, wake", 2 * DAY_MS));
    host.now = host.now.plus_millis(5);
    run(&mut host, "wake");
    assert!(host.account.number(&id("p")).unwrap().is_suspended());
    let top_up = TopUp { id: "t1".parse().unwrap(), actor: Actor::default(), money: money("1.00 INR") };
    let names = |events: Vec<ringup_core::Event>| events.iter().map(ringup_core::Event::name).collect::<Vec<_>>();
    assert_eq!(names(host.tell(&top_up).unwrap().events), ["wallet_topped_up", "renewal_asked_again"]);
    assert_eq!(run(&mut host, "wake"), "number_renewed number_reactivated ->");
    assert!(!host.account.number(&id("p")).unwrap().is_suspended());
}

#[test]
fn the_end_of_the_paid_period_is_kept_by_a_release() {
    let shop = || {
        let mut data = orchard_with(|_| {}).policy().clone();
        data.renewals = Some(dunning());
        orchard_with(|shop| {
            shop.policy = data;
            shop.policy.release.time = ringup_core::shop::ReleaseTime::PeriodEnd;
        })
    };
    let host = || Host { shop: shop(), ..Host::orchard(BillingKind::Usage) };
    let month = format!("{INVOICED}, wait {FIRST_MS}, wake");
    check(host(), &format!("{month}, renew ok, release"), "release_scheduled ->");
    // So it is while the fee is asked for. What was declined is not kept.
    check(host(), &format!("{month}, release"), "release_scheduled -> p/renew/1");
    check(host(), &format!("{month}, renew no, release"), "release_started -> p/end_charges");
    let end = format!("{month}, renew ok, release, wait {}, wake", SECOND_MS - FIRST_MS);
    check(host(), &end, "release_started -> p/end_charges");
    let mut host = host();
    run(&mut host, &format!("{month}, renew ok, release"));
    let end = NOW.plus_millis(SECOND_MS);
    assert_eq!(host.account.number(&id("p")).unwrap().status, HeldStatus::Scheduled { at: end, fee: None });
}

#[test]
fn the_agreed_fee_is_held_for_as_long_as_the_policy_says() {
    let dearer = |held: Option<u32>| {
        orchard_with(|shop| {
            shop.policy.renewals = Some(Renewals { price_held_months: held, ..dunning() });
            let now = NOW.plus_millis(DAY_MS);
            let mut dear = shop.rate_card.rates[0].clone();
            dear.monthly_fee = money("5.00 USD");
            dear.effective_from = Some(now);
            shop.rate_card.rates[0].effective_until = Some(now);
            shop.rate_card.rates.push(dear);
            shop.rate_card.version = "2".into();
        })
    };
    for (held, months, fee) in
        [(None, 1, "2.00 USD"), (Some(2), 1, "2.00 USD"), (Some(2), 2, "5.00 USD"), (Some(0), 1, "5.00 USD")]
    {
        let mut host = Host { shop: dearer(held), ..Host::orchard(BillingKind::Usage) };
        run(&mut host, INVOICED);
        for _ in 0..months {
            host.now = host.account.due().unwrap();
            run(&mut host, "wake");
            let amount = host.account.owed()[0].clone();
            let amount: Money =
                serde_json::from_value(serde_json::to_value(amount).unwrap()["amount"].clone()).unwrap();
            run(&mut host, "renew ok");
            if host.account.number(&id("p")).unwrap().renewal.clone().unwrap().begun == months {
                assert_eq!(amount, money(fee), "held {held:?}, month {months}");
            }
        }
    }
}

#[test]
fn an_attempt_without_an_answer_is_not_forgotten() {
    let mut host = invoiced();
    run(&mut host, &format!("{INVOICED}, wait {FIRST_MS}, wake, renew lost"));
    let event = RenewalEvent::RenewalAskedAgain { at: host.now };
    let event = ringup_core::Event::Renewal { event, number: id("p") };
    assert!(ringup_core::evolve(&mut host.account, &event).is_err());
}

#[test]
fn a_period_of_another_begin_or_fee_breaks_the_history() {
    let mut host = invoiced();
    run(&mut host, INVOICED);
    let at = NOW.plus_millis(FIRST_MS);
    let (rent, used) = (money("2.00 USD"), money("2.00 USD"));
    let due = |at: Timestamp, used, rent| RenewalEvent::RenewalDue {
        at,
        until: None,
        used,
        rent,
        tax: None,
        rate_card_version: None,
    };
    for event in
        [due(at.plus_millis(1), used, rent), due(at, money("1.00 USD"), rent), due(at, used, money("2.01 USD"))]
    {
        let before = host.account.clone();
        let event = ringup_core::Event::Renewal { event, number: id("p") };
        assert!(ringup_core::evolve(&mut host.account, &event).is_err(), "{event:?}");
        assert_eq!(host.account, before);
    }
}
