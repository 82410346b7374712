//! A part of an account and the whole account: the same decisions, the same records after them.
//!
//! `PROPTEST_CASES=100000 cargo test -p ringup-host --release --test parts` runs as many as you like.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test may panic, that is how it fails"
)]

mod histories;
#[path = "../examples/pretend/mod.rs"]
mod pretend;

use std::collections::BTreeSet;

use histories::{History, any_history};
use proptest::proptest;
use ringup_core::{
    Account, AccountId, AnyAnswer, AnyCommand, Decided, Decision, Effect, List, Need, NotApplied, Offers, Outcome,
    PurchaseError, RecordId, Search, Selector, Shop, Timestamp, apply, decide,
};
use ringup_host::{
    AnyReply, Found, Host, HostError, HostedCommand, Joined, Memory, Outside, Unanswered, answer, replay,
};
use ringup_numbering::WorldPlan;

/// What comes of a command.
type Answer = Result<Decision<AnyAnswer>, PurchaseError>;

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_part_decides_as_the_whole_does(history in any_history()) {
        let mut account = Account::open(&histories::opening()).unwrap();
        let mut now = pretend::Pretend::new().now;
        for next in &history.moves {
            let Some(command) = next.command(&account, &mut now) else { continue };
            let (expected, whole) = decided(&history.shop, &account, &[], &command, now, |_, _| account.clone());
            let more = [List::Due, List::Held, List::OpenCheckouts].map(|list| Need::First { list, most: 1 });
            for beginning in [&[][..], &more] {
                let load = |account: &Account, needs: &[Need]| account.extract(needs);
                let (found, part) = decided(&history.shop, &account, beginning, &command, now, load);
                assert_eq!(found, expected, "{command:?}");
                if let Ok(decision) = &expected {
                    all_or_none(&whole, decision);
                    all_or_none(&part, decision);
                    after(&account, whole.clone(), part, decision);
                }
            }
            if let Ok(decision) = &expected {
                apply(&mut account, decision).unwrap();
            }
        }
    }

    #[test]
    fn what_is_stored_is_what_the_events_make(history in any_history()) {
        let (opening, now) = (histories::opening(), pretend::Pretend::new().now);
        let id = opening.account.clone();
        let mut backend = Joined { store: Memory::default(), outside: Stock(now) };
        backend.store.open(&opening, now).unwrap();
        for next in &history.moves {
            let whole = backend.store.stored(&id).unwrap().account.clone();
            let Some(command) = next.command(&whole, &mut backend.outside.0) else { continue };
            let reply = submitted(&history.shop, &mut backend, &id, command);
            let stored = backend.store.stored(&id).unwrap();
            assert_eq!(replay(&stored.events).as_ref(), Ok(&stored.account));
            if reply.is_err() {
                assert_eq!(stored.account, whole);
            }
            let due: Vec<_> = backend.store.due(Timestamp::MAX).collect();
            assert_eq!(due, stored.account.due().map(|_| &id).into_iter().collect::<Vec<_>>());
        }
    }
}

/// The decision on what `load` gives, and what was given last.
fn decided(
    shop: &Shop,
    stored: &Account,
    beginning: &[Need],
    command: &AnyCommand,
    now: Timestamp,
    load: impl Fn(&Account, &[Need]) -> Account,
) -> (Answer, Account) {
    let (mut command, mut offers, mut needs) = (command.clone(), Offers::default(), beginning.to_vec());
    for _ in 0..24 {
        let account = load(stored, &needs);
        let more = match command.prepare(&account, now) {
            Err(need) => vec![need],
            Ok(()) => match decide(shop, &WorldPlan, &account, &offers, &command, now) {
                Err(error) => return (Err(error), account),
                Ok(Decided::Decision(decision)) => return (Ok(decision), account),
                Ok(Decided::Search { selector }) => {
                    let numbers = histories::search(&selector);
                    let expires_at = now.plus_seconds(60);
                    offers.searches.push(Search { selector, seen_at: now, expires_at, numbers });
                    continue;
                }
                Ok(Decided::Load { needs }) => needs,
            },
        };
        for need in more {
            if let Need::First { list, most: _ } = &need {
                needs.retain(|known| !matches!(known, Need::First { list: other, most: _ } if other == list));
            }
            assert!(!needs.contains(&need), "{need:?} is loaded already");
            needs.push(need);
        }
    }
    panic!("too many loads: {needs:?}");
}

/// Both become the same, and the changed records are all that a store needs.
fn after(stored: &Account, mut whole: Account, mut part: Account, decision: &Decision<AnyAnswer>) {
    let changed = apply(&mut whole, decision).unwrap();
    assert_eq!(apply(&mut part, decision).as_ref(), Ok(&changed));
    let mut kept = stored.clone();
    kept.store(part.head().clone(), changed.iter().map(|id| (id.clone(), part.record(id))));
    assert_eq!(kept, whole);
    // Nothing else has changed.
    let changed: BTreeSet<&RecordId> = changed.iter().collect();
    for record in whole.records().filter(|record| !changed.contains(&record.id())) {
        assert_eq!(stored.record(&record.id()), Some(record));
    }
}

/// With its events twice, a decision does not fit, or fits wholly: nothing is applied by half.
fn all_or_none(account: &Account, decision: &Decision<AnyAnswer>) {
    let mut twice = decision.clone();
    twice.events.extend_from_slice(&decision.events);
    let mut after = account.clone();
    if apply(&mut after, &twice).is_err() {
        assert_eq!(after.head(), account.head());
        assert_eq!(after.records().collect::<Vec<_>>(), account.records().collect::<Vec<_>>());
        assert_eq!(after.owed(), account.owed());
    } else {
        let events = u64::try_from(twice.events.len()).unwrap();
        assert_eq!(after.version(), account.version() + events);
    }
    twice.version += 1;
    let stale = NotApplied::Stale { decided_on: twice.version, version: account.version() };
    after = account.clone();
    assert_eq!(apply(&mut after, &twice), Err(stale));
    assert_eq!(after, *account);
}

fn submitted(
    shop: &Shop,
    backend: &mut Joined<Memory, Stock>,
    id: &AccountId,
    command: AnyCommand,
) -> Result<AnyReply, Unanswered<PurchaseError>> {
    answer(Host::new(shop, &WorldPlan).submit(id.clone(), command), backend).map(|(reply, _)| reply)
}

/// An inventory from which nothing is gone.
struct Stock(Timestamp);

impl Outside for Stock {
    fn now(&mut self) -> Timestamp {
        self.0
    }
    fn search(&mut self, _: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        Ok(Found { numbers: histories::search(selector), lifetime_s: 60 })
    }
    fn run(&mut self, _: &Account, _: &Effect) -> Result<Outcome, HostError> {
        Ok(Outcome::Unknown)
    }
}

/// Guards the histories: they reach what the decisions are about.
#[test]
fn the_histories_reach_every_kind_of_event() {
    use proptest::strategy::{Strategy, ValueTree};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..400 {
        let History { shop, moves } = any_history().new_tree(&mut runner).unwrap().current();
        let mut account = Account::open(&histories::opening()).unwrap();
        let mut now = pretend::Pretend::new().now;
        for next in &moves {
            let Some(command) = next.command(&account, &mut now) else { continue };
            let (answer, _) = decided(&shop, &account, &[], &command, now, |_, _| account.clone());
            match answer {
                Ok(decision) => {
                    seen.extend(decision.events.iter().map(|event| event.name().to_string()));
                    apply(&mut account, &decision).unwrap();
                }
                Err(PurchaseError::Misuse(misuse)) => drop(seen.insert(misuse.code().to_string())),
                Err(PurchaseError::Refused(rejection)) => drop(seen.insert(rejection.code().to_string())),
            }
        }
    }
    let expected = "checkout_opened compensation_started holder_set number_activated number_provisioned \
        number_released number_reserved order_decline_doubted outcome_unknown payment_refunded payment_taken \
        provisioning_returned purchase_accepted purchase_failed release_delayed release_scheduled release_started \
        reservation_returned review_needed terms_changed wallet_topped_up charges_ended \
        actor_not_allowed holder_unknown key_reused number_not_held number_taken purchase_id_taken";
    let missing: Vec<_> = expected.split_whitespace().filter(|name| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
