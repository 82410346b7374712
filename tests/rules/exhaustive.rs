//! Every sequence of outcomes up to a length: a small space is enumerated, not sampled.
//!
//! After each step, whatever it was, the books balance, an effect's name always means the same deed, and a purchase at its
//! end leaves nothing held.

use crate::api::wake_up;
use std::collections::BTreeMap;

use ringup_core::ledger::Book;
use ringup_core::shop::{BillingKind, ChargeTime, ReleaseTime};
use ringup_core::{
    Action, Actor, AnyCommand, Confirmation, Effect, EffectId, Outcome, PurchaseId, RecordCheckoutDeclined,
    RecordCheckoutPaid, RecordOutcome, ReleaseNumber,
};

use super::kit::{Host, bazaar_request, orchard_request, orchard_with};

const DAY_MS: i64 = 86_400_000;

#[test]
fn whatever_happens_the_books_balance_and_nothing_is_done_twice() {
    let mut visited = 0_u32;
    let late = orchard_with(|shop| {
        shop.policy.payment[1].charged = ChargeTime::AtProvisioning;
        shop.policy.release.time = ReleaseTime::PeriodEnd;
    });
    let hosts = [
        Host::orchard(BillingKind::Usage),
        Host::orchard(BillingKind::Subscription),
        Host::bazaar("101.00 INR"),
        Host { shop: late, ..Host::orchard(BillingKind::Usage) },
    ];
    for mut host in hosts {
        let request = if host.shop.policy().id == "bazaar" { bazaar_request() } else { orchard_request() };
        host.buy("p", &request).unwrap();
        explore(&Walk { host, last: None, deeds: BTreeMap::new() }, 9, &mut visited);
    }
    assert!(10_000 < visited, "the space has become too small to mean anything: {visited}");
}

struct Walk {
    host: Host,
    /// The outcome that came last, to be told a second time.
    last: Option<AnyCommand>,
    /// What each effect's name has meant so far.
    deeds: BTreeMap<EffectId, Action>,
}

fn explore(walk: &Walk, depth: u32, visited: &mut u32) {
    *visited += 1;
    let walk = &inspected(walk);
    if depth == 0 {
        return;
    }
    for step in steps(walk) {
        let mut host = copy(&walk.host);
        if matches!(step, AnyCommand::WakeUp(_)) {
            host.now = host.now.plus_millis(DAY_MS);
        }
        if let AnyCommand::RecordOutcome(RecordOutcome { effect, .. }) = &step {
            // An attempt before its instant does not count.
            let owed = host.account.owed().into_iter().find(|owed| owed.id == *effect);
            host.now = host.now.max(owed.map_or(host.now, |owed| owed.not_before));
        }
        // Every event of a decision evolves: `tell` fails otherwise.
        if host.tell(&step).is_ok() && host.account != walk.host.account {
            explore(&Walk { host, last: Some(step), deeds: walk.deeds.clone() }, depth - 1, visited);
        }
    }
}

/// What may come next. A day passes before a wake-up.
fn steps(walk: &Walk) -> Vec<AnyCommand> {
    let purchase: PurchaseId = "p".parse().unwrap();
    let checkout = || "cs_1".parse().unwrap();
    let mut steps = vec![
        AnyCommand::WakeUp(wake_up(&walk.host.account, walk.host.now.plus_millis(DAY_MS))),
        AnyCommand::RecordCheckoutPaid(RecordCheckoutPaid {
            purchase: purchase.clone(),
            checkout: checkout(),
            amount: crate::kit::money("2.00 USD"),
            paid_at: walk.host.now,
        }),
        AnyCommand::RecordCheckoutDeclined(RecordCheckoutDeclined { purchase: purchase.clone(), checkout: checkout() }),
        AnyCommand::Release(ReleaseNumber { number: purchase, actor: Actor::default(), when: None }),
    ];
    steps.extend(walk.last.clone());
    for effect in walk.host.account.owed() {
        for outcome in outcomes(&effect, &walk.host) {
            steps.push(AnyCommand::RecordOutcome(RecordOutcome { effect: effect.id.clone(), outcome }));
        }
    }
    steps
}

fn outcomes(effect: &Effect, host: &Host) -> Vec<Outcome> {
    let confirmed = |confirmation| Outcome::Confirmed { confirmation };
    let mut outcomes = vec![Outcome::Unknown, Outcome::Declined { reason: "no".into() }];
    outcomes.extend(match &effect.action {
        Action::OpenCheckout { .. } => {
            vec![confirmed(Confirmation::CheckoutOpen { checkout: "cs_1".parse().unwrap(), url: "u".into() })]
        }
        Action::Reserve { .. } => vec![confirmed(Confirmation::Reserved { offer: host.offer() })],
        Action::QueryOrder { .. } => vec![confirmed(Confirmation::OrderFound), confirmed(Confirmation::OrderAbsent)],
        Action::Charge { .. }
        | Action::Order { .. }
        | Action::Unreserve { .. }
        | Action::Refund { .. }
        | Action::EndCharges { .. }
        | Action::Renew { .. }
        | Action::Release { .. } => vec![confirmed(Confirmation::Done)],
    });
    outcomes
}

fn inspected(walk: &Walk) -> Walk {
    let account = &walk.host.account;
    let books = Book::ALL;
    for currency in account.ledger().currencies() {
        let balance = |book| account.ledger().balance(book, currency).minor_units();
        assert_eq!(books.into_iter().map(balance).sum::<i64>(), 0, "the books balance");
        assert!(books.into_iter().skip(1).all(|book| 0 <= balance(book)), "no book owes money");
        if account.purchases().all(|purchase| purchase.is_settled() && purchase.owed().is_none()) {
            assert_eq!(balance(Book::Holds), 0, "nothing is held for a purchase at its end");
        }
        if account.numbers().next().is_none() {
            assert_eq!(balance(Book::SetupFees) + balance(Book::RentToRun) + balance(Book::RentUsed), 0);
        }
    }
    assert!(account.numbers().count() <= 1, "one purchase buys one number");
    let mut deeds = walk.deeds.clone();
    for effect in account.owed() {
        let earlier = deeds.insert(effect.id.clone(), effect.action.clone());
        assert!(earlier.is_none_or(|earlier| earlier == effect.action), "{} has come to mean another deed", effect.id);
    }
    Walk { host: copy(&walk.host), last: walk.last.clone(), deeds }
}

fn copy(host: &Host) -> Host {
    let Host { shop, account, offers, now } = host;
    Host { shop: shop.clone(), account: account.clone(), offers: offers.clone(), now: *now }
}
