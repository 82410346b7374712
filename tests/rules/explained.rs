//! Is every decision on a purchase explained by the rules that made it?
//!
//! Random customers with accounts ask, are accepted, ask again with the same key and with others, and meanwhile the carrier
//! and the payment provider answer or do not. Each decision is held against its explanation.

mod fields;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::bool::weighted;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use proptest::{prop_assert, prop_assert_eq};
use ringup_core::shop::{FailedKey, IdempotencyKeys, Limits, RequestField};
use ringup_core::{
    Action, Actor, Confirmation, Decision, Evidence, ExplainedRule, Explanation, Fact, Gate, MakePurchase, Outcome,
    PurchaseAnswer, PurchaseError, PurchaseRequest, RecordOutcome, Selector, Shop, ShopData, Verdict, apply, evolve,
    gates,
};

use super::advice::{Deciding, cases, deciding};
use crate::api::{self, decide, decide_or_search, explain, explain_decision};

/// What happens after a request, before the next one.
#[derive(Clone, Copy, Debug)]
struct Then {
    /// How the effects at hand end: confirmed, declined, or without an answer.
    outcome: u8,
    /// How long it takes.
    wait_ms: i64,
    /// What is otherwise in the next request.
    otherwise: u8,
}

#[test]
fn an_explanation_refuses_what_is_refused_and_by_the_same_gate() {
    let then = (0..3_u8, select(&[0, 1000, 86_400_000][..]), 0..9_u8);
    let then = then.prop_map(|(outcome, wait_ms, otherwise)| Then { outcome, wait_ms, otherwise });
    let customers =
        (deciding(), weighted(0.6)).prop_map(|(customer, lax)| if lax { welcome(customer) } else { customer });
    let stories = (customers, any::<bool>(), vec(then, 1..6));
    let seen = RefCell::new(BTreeMap::new());
    // Each is a story of several requests: half as many.
    let runs = cases().div_ceil(2);
    let mut runner = TestRunner::new(Config { cases: runs, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&stories, |(customer, keyed, then)| {
        let ends = story(customer, keyed, &then)?;
        for end in ends {
            *seen.borrow_mut().entry(end).or_insert(0_u32) += 1;
        }
        Ok(())
    });
    outcome.unwrap();
    let seen = seen.into_inner();
    let ends = ["accepted", "joins", "repeats", "search_first", "key_reused", "actor_not_allowed", "request_malformed"];
    // A few cases need not have seen everything.
    for end in ends.into_iter().filter(|_| 1000 <= runs) {
        assert!(seen.contains_key(end), "never seen: {end} among {seen:?}");
    }
}

/// Asks, lets things happen, and asks again; how each asking ended.
fn story(mut customer: Deciding, keyed: bool, then: &[Then]) -> Result<Vec<String>, TestCaseError> {
    if keyed {
        customer.request.idempotency_key = Some("k".into());
    }
    let mut ends = Vec::new();
    let first = (customer.actor.clone(), customer.request.clone());
    let mut asks = vec![("p0".to_owned(), first.0.clone(), first.1.clone())];
    for (index, then) in then.iter().enumerate() {
        let (actor, request) = otherwise(then.otherwise, &first);
        let id = if then.otherwise == 8 { "p0".into() } else { format!("p{}", index + 1) };
        asks.push((id, actor, request));
    }
    for (index, (id, actor, request)) in asks.into_iter().enumerate() {
        let command = MakePurchase { id: id.parse().unwrap(), actor: actor.clone(), request: request.clone() };
        let mut decision = None;
        let Deciding { shop, account, offers, now, .. } = &customer;
        for offers in offers {
            let decided = decide_or_search(shop, account, offers, &command, *now);
            let explained = explain_decision(shop, account, offers, &command, *now);
            ends.push(check(&explained, &decided)?);
            let standing = api::standing(account, shop, &actor, *now);
            check_standing(&explained, &explain(shop, &standing, offers, &request, *now))?;
            decision = decided.ok().and_then(Result::ok);
        }
        for event in decision.into_iter().flat_map(|decision| decision.events) {
            evolve(&mut customer.account, &event).unwrap();
        }
        if let Some(then) = then.get(index) {
            happens(&mut customer, *then);
        }
    }
    Ok(ends)
}

/// The explanation ends as the decision does; how that is.
fn check(
    explanation: &Explanation,
    decided: &Result<Result<Decision<PurchaseAnswer>, Selector>, PurchaseError>,
) -> Result<String, TestCaseError> {
    let refused_by = match decided {
        Err(PurchaseError::Refused(rejection)) => Some(rejection.gate()),
        Ok(_) | Err(PurchaseError::Misuse(_)) => None,
    };
    prop_assert_eq!(explanation.refused_by, refused_by);
    let (last, earlier) = explanation.rules.split_last().unwrap();
    for rule in earlier {
        prop_assert!(is_passed(rule), "{:?} before {:?}", rule, last);
    }
    prop_assert!(earlier.is_sorted_by(|one, next| one.gate < next.gate), "{:?}", earlier);
    let replaces = earlier.iter().any(|rule| compared(rule) == "replaces");
    match (decided, &last.verdict) {
        (Err(PurchaseError::Refused(rejection)), Verdict::Blocked { rejection: explained }) => {
            prop_assert_eq!(rejection, explained);
            Ok(rejection.code().into())
        }
        // No gate stands in the way of what only the host got wrong.
        (Err(PurchaseError::Misuse(misuse)), Verdict::Passed { .. }) => {
            prop_assert!(explanation.rules.iter().map(|rule| rule.gate).eq(Gate::ALL));
            Ok(misuse.code().into())
        }
        (Ok(Ok(Decision { answer: PurchaseAnswer::Accepted { .. }, .. })), Verdict::Passed { .. }) => {
            prop_assert!(explanation.rules.iter().map(|rule| rule.gate).eq(Gate::ALL));
            let passed = |rule: &ExplainedRule| matches!(rule.verdict, Verdict::Passed { .. });
            prop_assert!(explanation.rules.iter().all(passed), "{:?}", explanation.rules);
            Ok(if replaces { "replaces".into() } else { "accepted".into() })
        }
        (
            Ok(Ok(Decision { answer: PurchaseAnswer::Repeated { purchase }, .. })),
            Verdict::Passed {
                evidence:
                    Evidence::Repeats(gates::idempotency::Repeats { purchase: named })
                    | Evidence::Joins(gates::idempotency::Joins { purchase: named }),
            },
        ) => {
            prop_assert_eq!(purchase, named);
            prop_assert_eq!(last.gate, Gate::Idempotency);
            Ok(compared(last))
        }
        (Ok(Err(selector)), Verdict::Waiting { fact: Fact::Search { selector: named } }) => {
            prop_assert_eq!(selector, named);
            Ok("search_first".into())
        }
        _ => Err(TestCaseError::fail(format!("{decided:?} is explained by {last:?}"))),
    }
}

/// The same customer where little stands in the way of a purchase, so that something comes of it.
fn welcome(mut customer: Deciding) -> Deciding {
    let (mut policy, rate_card) = (customer.shop.policy().clone(), customer.shop.rate_card().clone());
    policy.buyers.clear();
    policy.limits = Limits::default();
    (policy.paid_plan_required, policy.plan_limits, policy.search_required) = (false, false, false);
    (policy.billing, policy.kyc, policy.velocity, policy.churn) = (None, None, None, None);
    let keys = IdempotencyKeys {
        length_max: 100,
        lifetime_s: None,
        fingerprint: vec![RequestField::Selector],
        failed: FailedKey::Freed,
        http: None,
    };
    policy.idempotency = Some(policy.idempotency.unwrap_or(keys));
    policy.payment.iter_mut().for_each(|rule| rule.on_file_required = false);
    customer.shop = Shop::new(ShopData { policy, rate_card, plans: customer.shop.plans().to_vec() }).unwrap();
    customer.actor = Actor::default();
    let request = &mut customer.request;
    request.holder = Some("h1".into());
    (request.price_seen, request.quote_seen, request.currency, request.idempotency_key) = (None, None, None, None);
    customer
}

/// What the standing alone tells is the same, as long as no earlier purchase answers.
fn check_standing(decided: &Explanation, known: &Explanation) -> Result<(), TestCaseError> {
    prop_assert!(known.rules.iter().map(|rule| rule.gate).eq(Gate::ALL));
    for (known, rule) in known.rules.iter().zip(&decided.rules).take_while(|(known, rule)| known.gate == rule.gate) {
        // Only an account knows its keys and its numbers.
        let is_its_own = matches!(rule.gate, Gate::Idempotency | Gate::AlreadyHeld);
        prop_assert!(is_its_own || known == rule, "{:?} and {:?}", known, rule);
    }
    Ok(())
}

fn is_passed(rule: &ExplainedRule) -> bool {
    match rule.verdict {
        Verdict::Passed { .. } | Verdict::Waiting { fact: Fact::EarlierGate { .. } } => true,
        Verdict::Blocked { .. } | Verdict::Waiting { .. } => false,
    }
}

fn compared(rule: &ExplainedRule) -> String {
    let rule = serde_json::to_value(rule).unwrap();
    rule["evidence"]["compared"].as_str().unwrap_or_default().into()
}

/// The same request again, or one that differs from it in one thing.
fn otherwise(kind: u8, (actor, request): &(Actor, PurchaseRequest)) -> (Actor, PurchaseRequest) {
    let (mut actor, mut request) = (actor.clone(), request.clone());
    match kind {
        0 | 1 => {}
        2 => request.holder = Some("h2".into()),
        3 => request.currency = Some("dollars".into()),
        4 => actor.only_holder = Some("h2".parse().unwrap()),
        5 => request.idempotency_key = None,
        6 => request.idempotency_key = Some("another".into()),
        7 => request.country = Some("CA".into()),
        _ => {
            request.idempotency_key = Some("fresh".into());
            request.confirm_additional = true;
        }
    }
    (actor, request)
}

/// The world answers, and time passes.
fn happens(customer: &mut Deciding, then: Then) {
    let offer = customer.offers.iter().flat_map(|offers| &offers.searches).find_map(|search| search.numbers.first());
    let offer = offer.cloned();
    for effect in customer.account.owed() {
        let confirmation = match (&effect.action, &offer) {
            (Action::OpenCheckout { .. }, _) => {
                Confirmation::CheckoutOpen { checkout: "c".parse().unwrap(), url: "u".into() }
            }
            (Action::Reserve { .. }, Some(offer)) => Confirmation::Reserved { offer: offer.clone() },
            (Action::Reserve { .. }, None) => continue,
            _ => Confirmation::Done,
        };
        let outcome = match then.outcome {
            0 => Outcome::Confirmed { confirmation },
            1 => Outcome::Declined { reason: "no".into() },
            _ => Outcome::Unknown,
        };
        let command = RecordOutcome { effect: effect.id, outcome };
        let decided = decide(&customer.shop, &customer.account, &customer.offers[1], &command, customer.now);
        // An inventory that gives a number twice is refused.
        if let Ok(decision) = decided {
            apply(&mut customer.account, &decision).unwrap();
        }
    }
    customer.now = customer.now.plus_millis(then.wait_ms);
    // What was found is found again.
    for search in &mut customer.offers[1].searches {
        (search.seen_at, search.expires_at) = (customer.now, customer.now.plus_seconds(1800));
    }
}
