//! Words for what is done to a purchase, taken one after another: `buy p, reserve ok, order lost`.

use crate::api::wake_up;
use ringup_core::effect::EffectKind;
use ringup_core::ledger::Book;
use ringup_core::shop::ReleaseWhen;
use ringup_core::{
    Actor, AnyCommand, CancelRelease, CheckoutId, Confirmation, Finding, MakePurchase, NumberType, OfferedNumber,
    Outcome, PurchaseId, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ReleaseNumber, ResolvePurchase,
    Timestamp, WakeUp,
};
use serde_json::{Value, json};

use crate::kit::{Host, bazaar_request, money, orchard_request};

/// Runs the steps and compares what the last one did and what is owed after it.
#[track_caller]
pub(crate) fn check(mut host: Host, steps: &str, then: &str) {
    assert_eq!(run(&mut host, steps), then, "after: {steps}");
}

/// Runs the steps and compares the books.
#[track_caller]
pub(crate) fn books(mut host: Host, steps: &str, then: &str) {
    run(&mut host, steps);
    let ledger = host.account.ledger();
    let all = Book::ALL;
    for part in then.split(", ") {
        let (book, amount) = part.split_once(' ').unwrap();
        let named = all.into_iter().find(|one| word(&serde_json::to_value(one).unwrap()) == book).unwrap();
        let amount = money(amount);
        assert_eq!(ledger.balance(named, amount.currency()), amount, "{book} after: {steps}");
    }
    for currency in ledger.currencies() {
        let sum: i64 = all.into_iter().map(|book| ledger.balance(book, currency).minor_units()).sum();
        assert_eq!(sum, 0, "the books balance after: {steps}");
    }
}

/// Takes the steps one after another; says what the last one did.
pub(crate) fn run(host: &mut Host, steps: &str) -> String {
    let mut last = String::new();
    for step in steps.split(", ") {
        let checkout = || -> CheckoutId { "cs_1".parse().unwrap() };
        let command = match step.split(' ').collect::<Vec<_>>()[..] {
            ["buy", purchase] => {
                let keyless = if host.shop.policy().id == "orchard" { orchard_request() } else { bazaar_request() };
                AnyCommand::Purchase(MakePurchase { id: id(purchase), actor: Actor::default(), request: keyless })
            }
            ["wait", millis] => {
                host.now = host.now.plus_millis(millis.parse().unwrap());
                continue;
            }
            ["wake"] => AnyCommand::WakeUp(wake_up(&host.account, host.now)),
            // A host that joins two lists names a record twice.
            ["wake", "twice"] => {
                let records = host.account.due_by(host.now);
                AnyCommand::WakeUp(WakeUp { records: [records.clone(), records].concat() })
            }
            ["release"] => AnyCommand::Release(ReleaseNumber { number: id("p"), actor: Actor::default(), when: None }),
            ["leave", time] => leave(time),
            // So many milliseconds from now.
            ["leave", "in", millis] => leave(&format!("{}", host.now.as_millis() + millis.parse::<i64>().unwrap())),
            ["cancel"] => AnyCommand::CancelRelease(CancelRelease { number: id("p"), actor: Actor::default() }),
            ["paid"] => paid(host, "cs_1", "", "0"),
            // The message may come later than the payment, or tell of another amount.
            ["paid", session] => paid(host, session, "", "0"),
            ["paid", session, "other_amount"] => paid(host, session, "0.01 USD", "0"),
            ["paid", session, "before", millis] => paid(host, session, "", millis),
            ["declined"] => {
                AnyCommand::RecordCheckoutDeclined(RecordCheckoutDeclined { purchase: id("p"), checkout: checkout() })
            }
            ["resolve", effect, found] => AnyCommand::Resolve(resolve(host, effect, found)),
            // Another worker's reply about the same effect.
            ["late", kind, how] => AnyCommand::RecordOutcome(RecordOutcome {
                effect: format!("p/{kind}").parse().unwrap(),
                outcome: outcome(host, kind.split('/').next().unwrap(), how),
            }),
            // A host runs no effect before its instant.
            [kind, how] => {
                let effect = host.account.owed().into_iter().find(|effect| effect.id.kind.name() == kind);
                let effect = effect.unwrap_or_else(|| panic!("`{step}`: no {kind} is owed"));
                host.now = host.now.max(effect.not_before);
                AnyCommand::RecordOutcome(RecordOutcome { effect: effect.id, outcome: outcome(host, kind, how) })
            }
            _ => panic!("no such step: {step}"),
        };
        let decision = host.tell(&command).unwrap_or_else(|rejection| panic!("`{step}`: {rejection}"));
        last = show(&decision.events, host);
    }
    last
}

/// A release at a time of this name, or at this instant.
pub(crate) fn leave(time: &str) -> AnyCommand {
    let when = match time {
        "at_once" => ReleaseWhen::AtOnce,
        "cool_down" => ReleaseWhen::CoolDown,
        "period_end" => ReleaseWhen::PeriodEnd,
        at => ReleaseWhen::AtInstant { at: Timestamp::from_millis(at.parse().unwrap()) },
    };
    AnyCommand::Release(ReleaseNumber { number: id("p"), actor: Actor::default(), when: Some(when) })
}

/// The finding of a manual review: `done`, `undone` or `again`.
pub(crate) fn resolve(host: &Host, effect: &str, found: &str) -> ResolvePurchase {
    let finding = match found {
        "done" => Finding::Done { confirmation: confirmation(host, effect, "ok") },
        "undone" => Finding::NotDone,
        "again" => Finding::AskAgain,
        _ => panic!("no such finding: {found}"),
    };
    let effect = EffectKind::ALL.into_iter().find(|kind| kind.name() == effect).unwrap();
    ResolvePurchase { purchase: id("p"), actor: Actor::default(), effect, finding }
}

pub(super) fn outcome(host: &Host, kind: &str, how: &str) -> Outcome {
    match how {
        "no" => Outcome::Declined { reason: "no".into() },
        "lost" => Outcome::Unknown,
        _ => Outcome::Confirmed { confirmation: confirmation(host, kind, how) },
    }
}

fn confirmation(host: &Host, kind: &str, how: &str) -> Confirmation {
    match (kind, how) {
        ("reserve", "ok") => Confirmation::Reserved { offer: host.offer() },
        ("reserve", other) => Confirmation::Reserved { offer: another(host, other) },
        ("open_checkout", session) if session.starts_with("cs_") => {
            Confirmation::CheckoutOpen { checkout: session.parse().unwrap(), url: "u".into() }
        }
        ("open_checkout", "ok") => Confirmation::CheckoutOpen { checkout: "cs_1".parse().unwrap(), url: "u".into() },
        ("query_order", "found") => Confirmation::OrderFound,
        ("query_order", "absent") => Confirmation::OrderAbsent,
        (_, "ok") => Confirmation::Done,
        _ => panic!("no such outcome: {kind} {how}"),
    }
}

/// A message about a payment made so many milliseconds before.
fn paid(host: &Host, session: &str, amount: &str, before: &str) -> AnyCommand {
    let purchase = host.account.purchase(&id("p")).unwrap();
    let amount = if amount.is_empty() { purchase.agreement.due_now() } else { money(amount) };
    let paid_at = host.now.plus_millis(-before.parse::<i64>().unwrap());
    let checkout = session.parse().unwrap();
    AnyCommand::RecordCheckoutPaid(RecordCheckoutPaid { purchase: id("p"), checkout, amount, paid_at })
}

/// An offer that differs from the agreed one.
fn another(host: &Host, how: &str) -> OfferedNumber {
    let mut offer = host.offer();
    match how {
        "own_price" => {
            let fee = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
            let price = json!({ "setup_fee": fee(0), "monthly_fee": fee(900) });
            offer.prices = vec![serde_json::from_value(price).unwrap()];
        }
        "toll_free" => offer.number_type = NumberType::TollFree,
        number => {
            offer.minimum_commitment_months = if number.ends_with("_12_months") { 12 } else { 0 };
            offer.number = number.split('_').next().unwrap().parse().unwrap();
        }
    }
    offer
}

pub(super) fn done() -> Outcome {
    Outcome::Confirmed { confirmation: Confirmation::Done }
}

pub(crate) fn id(text: &str) -> PurchaseId {
    text.parse().unwrap()
}

pub(crate) fn show(events: &[ringup_core::Event], host: &Host) -> String {
    let names = events.iter().map(|event| word(&serde_json::to_value(event).unwrap()["event"]));
    names.chain(["->".into()]).chain(effects(host)).collect::<Vec<_>>().join(" ")
}

/// The effects that are owed, with the time until each may be run.
pub(crate) fn effects(host: &Host) -> Vec<String> {
    let show = |effect: ringup_core::Effect| match effect.not_before.as_millis() - host.now.as_millis() {
        ..=0 => effect.id.to_string(),
        wait => format!("{} in {wait}", effect.id),
    };
    host.account.owed().into_iter().map(show).collect()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap().into()
}
