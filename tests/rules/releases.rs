//! Releases, one row a story: when a number leaves, what a commitment makes of it, and what is still owed then.
//!
//! The orchard charges 2.00 USD a month to a usage invoice; the bazaar takes 100.00 INR once and 1.00 INR a month from a
//! wallet. Each number is bought on the 25th of March at 10:00.

use ringup_core::shop::{BillingKind, EarlyRelease, Policy, ReleaseRules, ReleaseTime, Renewals};
use ringup_core::{AnyCommand, CancelRelease, Event, HeldStatus, NumberEvent, RenewalEvent, Timestamp, evolve};

use super::kit::{Host, NOW, bazaar_with, money, orchard_with};
use super::lifecycle::{books, check, id, leave, run};
use EarlyRelease::{Charged, Refused};

const DAY_MS: i64 = 86_400_000;
const DAY_S: u32 = 86_400;
/// The ends of the first four periods: 25th of April, May, June, July.
const ENDS_MS: [i64; 4] = [31 * DAY_MS, 61 * DAY_MS, 92 * DAY_MS, 122 * DAY_MS];

fn dunning() -> Renewals {
    Renewals {
        price_held_months: None,
        retry_after_s: vec![DAY_S],
        grace_s: Some(2 * DAY_S),
        suspended_s: Some(5 * DAY_S),
    }
}

/// A release may be named every time, and takes effect at once otherwise.
fn any_time() -> ReleaseRules {
    ReleaseRules {
        may_name: vec![ReleaseTime::CoolDown, ReleaseTime::PeriodEnd, ReleaseTime::AtInstant],
        cool_down_s: Some(DAY_S),
        ..ReleaseRules::default()
    }
}

fn rule(policy: &mut Policy, early: Option<EarlyRelease>) {
    policy.renewals = Some(dunning());
    policy.release = ReleaseRules { early, ..any_time() };
}

/// Charged to a usage invoice, with a commitment of three months.
fn invoiced(early: Option<EarlyRelease>) -> Host {
    let shop = orchard_with(|shop| {
        rule(&mut shop.policy, early);
        shop.rate_card.rates[0].minimum_commitment_months = 3;
    });
    Host { shop, ..Host::orchard(BillingKind::Usage) }
}

/// Paid from a wallet, with a commitment of three months.
fn wallet(balance: &str, early: Option<EarlyRelease>) -> Host {
    let mut host = Host { shop: bazaar_with(|shop| rule(&mut shop.policy, early)), ..Host::bazaar(balance) };
    host.offers.searches[0].numbers[0].minimum_commitment_months = 3;
    host
}

/// A release costs 5.00 INR.
fn with_fee(balance: &str) -> Host {
    let shop = bazaar_with(|shop| {
        rule(&mut shop.policy, None);
        shop.policy.release.fee = vec![money("5.00 INR")];
    });
    Host { shop, ..Host::bazaar(balance) }
}

const INVOICED: &str = "buy p, reserve ok, charge ok, order ok";
const WALLET: &str = "buy p, reserve ok, order ok";

/// Why the command is refused after the steps.
fn refusal(mut host: Host, steps: &str, command: &AnyCommand) -> String {
    run(&mut host, steps);
    host.tell(command).unwrap_err().to_string()
}

fn cancel() -> AnyCommand {
    AnyCommand::CancelRelease(CancelRelease { number: id("p"), actor: ringup_core::Actor::default() })
}

fn status(host: &Host) -> HeldStatus {
    host.account.number(&id("p")).unwrap().status.clone()
}

#[test]
fn a_committed_number_is_refused_its_release_until_the_commitment_ends() {
    let end = NOW.plus_millis(ENDS_MS[2]);
    let refused = format!("the number is committed to, and may leave at {end}");
    let paid =
        format!("{INVOICED}, wait {}, wake, renew ok, wait {}, wake, renew ok", ENDS_MS[0], ENDS_MS[1] - ENDS_MS[0]);
    let last = ENDS_MS[2] - ENDS_MS[1];
    for (steps, command) in [
        (INVOICED.to_owned(), leave("at_once")),
        (INVOICED.to_owned(), leave("cool_down")),
        (INVOICED.to_owned(), leave("period_end")),
        (format!("{paid}, wait {}", last - 1), leave("at_once")),
        (INVOICED.to_owned(), leave(&format!("{}", end.as_millis() - 1))),
    ] {
        assert_eq!(refusal(invoiced(Some(Refused)), &steps, &command), refused, "{steps}");
    }
    check(invoiced(Some(Refused)), &format!("{paid}, leave period_end"), "release_scheduled ->");
    check(invoiced(Some(Refused)), &format!("{INVOICED}, leave {}", end.as_millis()), "release_scheduled ->");
    check(invoiced(Some(Refused)), &format!("{paid}, wait {last}, release"), "release_started -> p/end_charges");
    // Without the rule, it leaves.
    check(invoiced(None), &format!("{INVOICED}, release"), "release_started -> p/end_charges");
    check(invoiced(None), &format!("{INVOICED}, release, end_charges ok, release ok"), "number_released ->");
}

#[test]
fn the_rest_of_a_commitment_is_charged_after_the_release() {
    let released = format!("{INVOICED}, wait 1, release, end_charges ok, release ok");
    // The wake-up says that it is due, before or after the number is gone.
    check(
        invoiced(Some(Charged)),
        &format!("{INVOICED}, wait 1, release"),
        "release_started commitment_due -> p/end_charges",
    );
    check(invoiced(Some(Charged)), &released, "number_released -> p/renew/2");
    check(invoiced(Some(Charged)), &format!("{released}, renew ok"), "number_renewed ->");
    books(
        invoiced(Some(Charged)),
        &format!("{released}, renew ok"),
        "taken -6.00 USD, rent_to_run 0.00 USD, rent_used 6.00 USD",
    );
    // Lost, asked again under the same id, in review at last; and declined, as a renewal is.
    check(invoiced(Some(Charged)), &format!("{released}, renew lost"), "renewal_delayed -> p/renew/2 in 1000");
    let review = format!("{released}{}", ", renew lost".repeat(8));
    check(invoiced(Some(Charged)), &review, "renewal_review_needed ->");
    check(invoiced(Some(Charged)), &format!("{review}, resolve renew done"), "number_renewed ->");
    check(
        invoiced(Some(Charged)),
        &format!("{released}, renew no"),
        &format!("renewal_declined -> p/renew/2 in {DAY_MS}"),
    );
    check(invoiced(Some(Charged)), &format!("{released}, renew no, renew no"), "renewal_declined ->");
    check(invoiced(Some(Charged)), &format!("{released}, renew ok, late renew/2 ok"), "->");
    check(invoiced(None), &released, "number_released ->");
}

#[test]
fn what_is_left_are_the_periods_that_have_not_begun() {
    let second = format!("{INVOICED}, wait {}, wake, renew ok", ENDS_MS[0]);
    let third = format!("{second}, wait {}, wake, renew ok", ENDS_MS[1] - ENDS_MS[0]);
    let gone = "release, end_charges ok, release ok";
    for (steps, sum) in [
        // One millisecond before the second period, two are left; at its begin without its charge, as many.
        (format!("{INVOICED}, wait {}, {gone}, renew ok", ENDS_MS[0] - 1), "6.00"),
        (format!("{INVOICED}, wait {}, {gone}, renew ok", ENDS_MS[0]), "6.00"),
        (format!("{second}, {gone}, renew ok"), "6.00"),
        (format!("{third}, {gone}"), "6.00"),
        // The second has begun and is not asked for: it is charged first, then the rest.
        (format!("{INVOICED}, wait {}, {gone}, renew ok, wake, renew ok", ENDS_MS[0] + 1), "6.00"),
    ] {
        books(invoiced(Some(Charged)), &steps, &format!("taken -{sum} USD, rent_to_run 0.00 USD, rent_used {sum} USD"));
    }
    check(invoiced(Some(Charged)), &format!("{second}, {gone}"), "number_released -> p/renew/2");
    check(invoiced(Some(Charged)), &format!("{third}, {gone}"), "number_released ->");
    check(
        invoiced(Some(Charged)),
        &format!("{INVOICED}, wait {}, release", ENDS_MS[0] + 1),
        "renewal_due release_started -> p/end_charges",
    );
}

#[test]
fn a_wallet_pays_the_rest_at_once_or_owes_it() {
    let gone = format!("{WALLET}, wait 1, release");
    check(wallet("103.00 INR", Some(Charged)), &gone, "release_started commitment_due number_renewed -> p/release");
    books(
        wallet("103.00 INR", Some(Charged)),
        &format!("{gone}, release ok"),
        "taken -103.00 INR, wallet 0.00 INR, rent_to_run 0.00 INR, rent_used 3.00 INR",
    );
    // One minor unit below, it is declined, and the wallet keeps what it has.
    let host = || wallet("102.99 INR", Some(Charged));
    check(host(), &gone, "release_started commitment_due renewal_declined -> p/release");
    books(host(), &format!("{gone}, release ok"), "taken -102.99 INR, wallet 1.99 INR, rent_used 1.00 INR");
    let mut host = host();
    run(&mut host, &format!("{gone}, release ok"));
    let top_up =
        ringup_core::TopUp { id: "t".parse().unwrap(), actor: ringup_core::Actor::default(), money: money("0.01 INR") };
    host.tell(&top_up).unwrap();
    assert_eq!(run(&mut host, "wake"), "number_renewed ->");
    assert!(host.account.due().is_none());
}

#[test]
fn a_number_that_is_released_unpaid_owes_the_rest_by_either_rule() {
    let unpaid = format!(
        "{INVOICED}, wait {}, wake, renew no, renew no, wait {DAY_MS}, wake, wait {}, wake",
        ENDS_MS[0],
        5 * DAY_MS
    );
    for early in [Charged, Refused] {
        check(invoiced(Some(early)), &unpaid, "release_started -> p/end_charges");
        let mut host = invoiced(Some(early));
        run(&mut host, &format!("{unpaid}, end_charges ok, release ok"));
        // The period that was suspended is due first; it is asked for when the means of payment change.
        let terms = host.account.terms().clone();
        host.tell(&ringup_core::ChangeTerms { terms }).unwrap();
        assert_eq!(run(&mut host, "renew ok"), "number_renewed ->");
        assert_eq!(run(&mut host, "wake"), "commitment_due -> p/renew/2", "{early:?}");
        assert_eq!(run(&mut host, "renew ok"), "number_renewed ->");
        assert_eq!(host.account.due(), None);
    }
    books(invoiced(None), &format!("{unpaid}, end_charges ok, release ok"), "taken -2.00 USD, rent_used 2.00 USD");
}

#[test]
fn a_release_settles_the_periods_that_were_missed() {
    let missed = ENDS_MS[1] + 1;
    // The host has slept for two months: both have begun, and are charged one after the other.
    let gone = format!("{INVOICED}, wait {missed}, release, end_charges ok, release ok");
    check(invoiced(None), &gone, "number_released -> p/renew/1");
    check(invoiced(None), &format!("{gone}, renew ok, wake"), "renewal_due -> p/renew/2");
    let paid = format!("{gone}, renew ok, wake, renew ok");
    check(invoiced(None), &format!("{paid}, wake"), "->");
    books(invoiced(None), &paid, "taken -6.00 USD, rent_to_run 0.00 USD, rent_used 6.00 USD");
    let wallets = format!("{WALLET}, wait {missed}, release");
    // What was due before the release comes before it.
    let all = "renewal_due number_renewed release_started renewal_due number_renewed -> p/release";
    check(wallet("103.00 INR", None), &wallets, all);
    check(wallet("103.00 INR", None), &format!("{wallets}, wake"), "-> p/release");
    let balance = format!("{wallets}, wake, release ok, wake");
    books(wallet("103.00 INR", None), &balance, "wallet 0.00 INR, rent_used 3.00 INR, rent_to_run 0.00 INR");
    // A period that begins at the instant of the release is not the customer's.
    let at = format!("{INVOICED}, wait {}, release, end_charges ok, release ok", ENDS_MS[0]);
    check(invoiced(None), &at, "number_released ->");
    let after = format!("{INVOICED}, wait {}, release, end_charges ok, release ok", ENDS_MS[0] + 1);
    check(invoiced(None), &after, "number_released -> p/renew/1");
}

#[test]
fn fees_are_due_until_a_scheduled_release() {
    let second = ENDS_MS[1];
    for (leaves_after, month) in [
        (ENDS_MS[0] - 1, "release_started -> p/end_charges"),
        (ENDS_MS[0], "release_started -> p/end_charges"),
        (ENDS_MS[0] + 1, "renewal_due -> p/renew/1"),
    ] {
        let steps = format!("{INVOICED}, leave in {leaves_after}, wait {}, wake", ENDS_MS[0]);
        check(invoiced(None), &steps, month);
    }
    let scheduled = format!("{INVOICED}, leave in {second}, wait {}, wake, renew ok", ENDS_MS[0]);
    check(invoiced(None), &scheduled, "number_renewed ->");
    let rest = second - ENDS_MS[0];
    check(invoiced(None), &format!("{scheduled}, wait {}, wake", rest - 1), "->");
    check(invoiced(None), &format!("{scheduled}, wait {rest}, wake"), "release_started -> p/end_charges");
    // A period end that comes is not charged for the next period.
    let end = format!("{INVOICED}, leave period_end, wait {}, wake", ENDS_MS[0]);
    check(invoiced(None), &end, "release_started -> p/end_charges");
    // What was not paid is suspended, and released before its time.
    let unpaid =
        format!("{INVOICED}, leave in {second}, wait {}, wake, renew no, renew no, wait {DAY_MS}, wake", ENDS_MS[0]);
    check(invoiced(None), &unpaid, "number_suspended ->");
    check(invoiced(None), &format!("{unpaid}, wait {}, wake", 5 * DAY_MS), "release_started -> p/end_charges");
}

#[test]
fn a_period_whose_fee_is_asked_for_is_kept_to_its_end() {
    let month = format!("{INVOICED}, wait {}, wake", ENDS_MS[0]);
    let scheduled = |steps: &str| {
        let mut host = invoiced(None);
        run(&mut host, steps);
        status(&host)
    };
    let end = |nth: usize| HeldStatus::Scheduled { at: NOW.plus_millis(ENDS_MS[nth]), fee: None };
    assert_eq!(scheduled(&format!("{INVOICED}, leave period_end")), end(0));
    assert_eq!(scheduled(&format!("{INVOICED}, wait {}, leave period_end", ENDS_MS[0] - 1)), end(0));
    // It has begun, whether or not the host has woken up.
    assert_eq!(scheduled(&format!("{INVOICED}, wait {}, leave period_end", ENDS_MS[0])), end(1));
    assert_eq!(scheduled(&format!("{month}, leave period_end")), end(1));
    assert_eq!(scheduled(&format!("{month}, renew ok, leave period_end")), end(1));
    // What was declined is not kept.
    check(invoiced(None), &format!("{month}, renew no, leave period_end"), "release_started -> p/end_charges");
}

#[test]
fn a_release_that_has_not_begun_can_be_cancelled() {
    let scheduled = format!("{INVOICED}, leave in 1000");
    check(invoiced(None), &format!("{scheduled}, wait 999, cancel"), "release_cancelled ->");
    check(invoiced(None), &format!("{scheduled}, cancel, cancel"), "->");
    check(invoiced(None), &format!("{scheduled}, cancel, wait 5000, wake"), "->");
    check(invoiced(None), &format!("{scheduled}, cancel, wait {}, wake", ENDS_MS[0]), "renewal_due -> p/renew/1");
    let begun = "the release has begun, and cannot be cancelled";
    // At its instant it has begun, whether or not the host has woken up.
    assert_eq!(refusal(invoiced(None), &format!("{scheduled}, wait 1000"), &cancel()), begun);
    assert_eq!(refusal(invoiced(None), &format!("{INVOICED}, release"), &cancel()), begun);
    let gone = format!("{INVOICED}, release, end_charges ok, release ok");
    assert_eq!(refusal(invoiced(None), &gone, &cancel()), "this account holds no such number");
    check(invoiced(None), &format!("{INVOICED}, cancel"), "->");
}

#[test]
fn a_scheduled_release_can_be_moved() {
    let scheduled = format!("{INVOICED}, leave in 1000");
    check(invoiced(None), &format!("{scheduled}, release"), "->");
    check(invoiced(None), &format!("{scheduled}, leave in 1000"), "->");
    check(invoiced(None), &format!("{scheduled}, leave in 1001"), "release_scheduled ->");
    check(invoiced(None), &format!("{scheduled}, leave at_once"), "release_started -> p/end_charges");
    check(invoiced(None), &format!("{scheduled}, leave in 0"), "release_started -> p/end_charges");
    let cooling = format!("{scheduled}, leave cool_down");
    check(invoiced(None), &cooling, "cool_down_started ->");
    // From a cool-down a number leaves at once, or stays.
    check(invoiced(None), &format!("{cooling}, release"), "->");
    check(invoiced(None), &format!("{cooling}, leave at_once"), "release_started -> p/end_charges");
    for time in ["period_end", "99999999999999", "cool_down"] {
        assert!(refusal(invoiced(None), &cooling, &leave(time)).ends_with("is not possible"), "{time}");
    }
    let plain = || {
        let shop = orchard_with(|shop| shop.policy.release.time = ReleaseTime::PeriodEnd);
        Host { shop, ..Host::orchard(BillingKind::Usage) }
    };
    for time in ["at_once", "cool_down", "99999999999999"] {
        assert!(refusal(plain(), INVOICED, &leave(time)).ends_with("is not possible"), "{time}");
    }
    check(plain(), &format!("{INVOICED}, leave period_end"), "release_scheduled ->");
}

#[test]
fn a_cool_down_is_neither_charged_nor_final() {
    // The month ends within the cool-down.
    let cooling = format!("{INVOICED}, wait {}, leave cool_down", ENDS_MS[0] - 1);
    check(invoiced(None), &cooling, "cool_down_started ->");
    check(invoiced(None), &format!("{cooling}, wait {}, wake", DAY_MS - 1), "->");
    check(invoiced(None), &format!("{cooling}, wait {DAY_MS}, wake"), "release_started -> p/end_charges");
    let gone = format!("{cooling}, wait {DAY_MS}, wake, end_charges ok, release ok");
    check(invoiced(None), &gone, "number_released ->");
    // What is cancelled is charged for the month that has begun in the meantime.
    let cancelled = format!("{cooling}, wait {}, cancel", DAY_MS - 1);
    check(invoiced(None), &format!("{cancelled}, wake"), "renewal_due -> p/renew/1");
    assert!(refusal(invoiced(None), &format!("{cooling}, wait {DAY_MS}"), &cancel()).contains("has begun"));
    // The rest of a commitment is due at its end.
    check(
        invoiced(Some(Charged)),
        &format!("{cooling}, wait {DAY_MS}, wake"),
        "release_started commitment_due -> p/end_charges",
    );
}

#[test]
fn the_fee_of_a_release_is_taken_once_and_given_back_when_it_is_cancelled() {
    for time in ["at_once", "cool_down", "period_end"] {
        let leaving = format!("{WALLET}, leave {time}");
        books(with_fee("106.00 INR"), &leaving, "wallet 0.00 INR, other_fees 5.00 INR");
        let low = "the release costs 5.00 INR, and the balance is 4.99 INR; add money first";
        assert_eq!(refusal(with_fee("105.99 INR"), WALLET, &leave(time)), low);
    }
    let cooling = format!("{WALLET}, leave period_end, leave cool_down");
    books(with_fee("106.00 INR"), &cooling, "wallet 0.00 INR, other_fees 5.00 INR");
    books(with_fee("106.00 INR"), &format!("{cooling}, cancel"), "wallet 5.00 INR, other_fees 0.00 INR");
    let again = format!("{cooling}, cancel, leave at_once");
    books(with_fee("106.00 INR"), &again, "wallet 0.00 INR, other_fees 5.00 INR");
    let mut host = with_fee("106.00 INR");
    run(&mut host, &cooling);
    for event in [
        NumberEvent::ReleaseCancelled { at: NOW, refunded: None },
        NumberEvent::ReleaseCancelled { at: NOW, refunded: Some(money("4.99 INR")) },
        NumberEvent::ReleaseStarted { at: NOW, fee: Some(money("0.00 INR")) },
    ] {
        let event = Event::Number { event, number: id("p") };
        assert!(evolve(&mut host.account, &event).is_err(), "{event:?}");
    }
}

#[test]
fn a_rest_of_another_instant_or_amount_breaks_the_history() {
    let mut host = invoiced(Some(Charged));
    // The command says that it is due as well; here only its first event is applied.
    let mut before = invoiced(Some(Charged));
    run(&mut before, &format!("{INVOICED}, wait 1"));
    run(&mut host, &format!("{INVOICED}, wait 1"));
    let number = || id("p");
    let started = NumberEvent::ReleaseStarted { at: host.now, fee: None };
    evolve(&mut host.account, &Event::Number { event: started, number: number() }).unwrap();
    let due = |at: Timestamp, rent: &str| RenewalEvent::CommitmentDue { at, rent: money(rent), tax: None };
    let now = host.now;
    for event in [due(now.plus_millis(1), "4.00 USD"), due(now, "4.01 USD"), due(now, "3.99 USD")] {
        assert!(
            evolve(&mut host.account, &Event::Renewal { event: event.clone(), number: number() }).is_err(),
            "{event:?}"
        );
    }
    let right = Event::Renewal { event: due(now, "4.00 USD"), number: number() };
    assert!(evolve(&mut before.account, &right).is_err(), "the number is held");
    evolve(&mut host.account, &right).unwrap();
    assert!(evolve(&mut host.account, &right).is_err(), "it is due once");
}

#[test]
fn a_policy_of_releases_is_told_its_mistakes() {
    let mistakes = |change: &dyn Fn(&mut ReleaseRules)| {
        let mut data: ringup_core::ShopData = serde_json::from_str(super::kit::ORCHARD).unwrap();
        change(&mut data.policy.release);
        ringup_core::Shop::mistakes(&data).into_iter().map(|mistake| mistake.path).collect::<Vec<_>>()
    };
    for (change, path) in [
        (
            &(|rules: &mut ReleaseRules| rules.time = ReleaseTime::AtInstant) as &dyn Fn(&mut ReleaseRules),
            "/policy/release/time",
        ),
        (&|rules| rules.time = ReleaseTime::CoolDown, "/policy/release/cool_down_s"),
        (&|rules| rules.may_name = vec![ReleaseTime::CoolDown], "/policy/release/cool_down_s"),
        (&|rules| rules.cool_down_s = Some(1), "/policy/release/cool_down_s"),
        (&|rules| (rules.time, rules.cool_down_s) = (ReleaseTime::CoolDown, Some(0)), "/policy/release/cool_down_s"),
        (&|rules| rules.fee = vec![money("1.00 USD")], "/policy/release/fee"),
        (&|rules| rules.early = Some(Charged), "/policy/release/early"),
    ] {
        assert_eq!(mistakes(change), [path]);
    }
    let sound = |rules: &mut ReleaseRules| (rules.time, rules.cool_down_s) = (ReleaseTime::CoolDown, Some(1));
    assert!(mistakes(&sound).is_empty());
    assert!(mistakes(&|rules| rules.early = Some(Refused)).is_empty());
    let mut data: ringup_core::ShopData = serde_json::from_str(super::kit::BAZAAR).unwrap();
    data.policy.release.fee = vec![money("1.00 INR"), money("2.00 INR"), money("-1.00 USD")];
    let paths: Vec<_> = ringup_core::Shop::mistakes(&data).into_iter().map(|mistake| mistake.path).collect();
    assert_eq!(paths, ["/policy/release/fee/1", "/policy/release/fee/2"]);
}

/// The ids of the numbers whose release a quote of the same request once more suggests.
fn suggested(mut host: Host, steps: &str) -> Vec<String> {
    run(&mut host, steps);
    let request = if host.shop.policy().id == "orchard" { super::kit::orchard_request() } else { bazaar_other() };
    let mut offers = host.offers.clone();
    for search in &mut offers.searches {
        (search.seen_at, search.expires_at) = (host.now, Timestamp::MAX);
        search.numbers[0].number = "+919876543211".parse().unwrap();
        search.selector = serde_json::from_str(r#"{"kind":"exact","number":"+919876543211"}"#).unwrap();
    }
    let offers = if host.shop.policy().id == "orchard" { host.offers.clone() } else { offers };
    let quote = super::api::quote(&host.shop, &host.standing(), &offers, &request, host.now);
    let fixes = quote.fixes.iter().map(|fix| serde_json::to_value(&fix.fix).unwrap());
    let numbers = fixes.filter_map(|fix| fix.get("numbers")?.as_array().cloned()).flatten();
    numbers.map(|number| number.as_str().unwrap().to_owned()).collect()
}

fn bazaar_other() -> ringup_core::PurchaseRequest {
    ringup_core::PurchaseRequest { number: Some("+919876543211".into()), ..super::kit::bazaar_request() }
}

#[test]
fn a_quote_suggests_the_releases_that_are_possible_and_paid() {
    let limited = |mut host: Host| {
        let mut policy = host.shop.policy().clone();
        policy.limits.numbers = Some(1);
        let (rate_card, plans) = (host.shop.rate_card().clone(), host.shop.plans().to_vec());
        host.shop = ringup_core::Shop::new(ringup_core::ShopData { policy, rate_card, plans }).unwrap();
        host
    };
    assert_eq!(suggested(limited(invoiced(None)), INVOICED), ["p"]);
    assert_eq!(suggested(limited(invoiced(Some(Charged))), INVOICED), ["p"]);
    let nothing: [&str; 0] = [];
    assert_eq!(suggested(limited(invoiced(Some(Refused))), INVOICED), nothing);
    // The next number costs 101.00 INR, the rest of this one's commitment 2.00 INR.
    assert_eq!(suggested(limited(wallet("204.00 INR", Some(Charged))), WALLET), ["p"]);
    assert_eq!(suggested(limited(wallet("102.99 INR", Some(Charged))), WALLET), nothing);
    let end = |host: &Host| host.standing().releasable[0].refused_until;
    let mut host = limited(wallet("102.00 INR", Some(Refused)));
    run(&mut host, WALLET);
    assert_eq!(end(&host), Some(NOW.plus_millis(ENDS_MS[2])));
    host.now = NOW.plus_millis(ENDS_MS[2] - 1);
    assert_eq!(end(&host), Some(NOW.plus_millis(ENDS_MS[2])));
    host.now = NOW.plus_millis(ENDS_MS[2]);
    assert_eq!(end(&host), None);
}
