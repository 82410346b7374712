//! Idempotency keys: how long they are remembered, what a failure does to them, and what a repeat must have in common.

use ringup_core::shop::{BillingKind, FailedKey, IdempotencyKeys, RequestField};
use ringup_core::{
    Event, IdempotencyKey, MakePurchase, NotApplied, PriceSeen, PurchaseAnswer, PurchaseError, PurchaseRequest,
    QuoteSeen, Rejection, apply, policies,
};

use super::kit::{Host, NOW, money, orchard_request, orchard_with};
use super::lifecycle::{id, run};

const DAY_S: u32 = 86_400;
const DAY_MS: i64 = 86_400_000;

/// A host of Orchard whose key rules are these.
fn with(change: impl Fn(&mut IdempotencyKeys)) -> Host {
    let shop = orchard_with(|data| change(data.policy.idempotency.as_mut().unwrap()));
    Host { shop, ..Host::orchard(BillingKind::Usage) }
}

fn keyed() -> PurchaseRequest {
    PurchaseRequest { idempotency_key: Some("k".into()), confirm_additional: true, ..orchard_request() }
}

/// What the request under the key gets: the id of the purchase, and whether it is a new one.
fn buy(host: &mut Host, purchase: &str) -> String {
    match host.buy(purchase, &keyed()) {
        Ok(PurchaseAnswer::Accepted { purchase }) => format!("new {purchase}"),
        Ok(PurchaseAnswer::AwaitsKyc { .. }) => panic!("no rule here asks for KYC"),
        Ok(PurchaseAnswer::Repeated { purchase }) => format!("old {purchase}"),
        Err(error) => error.to_string(),
    }
}

/// A purchase of Orchard, from its reservation to its number.
const BOUGHT: &str = "reserve ok, charge ok, order ok";

#[test]
fn a_key_is_remembered_for_its_lifetime_and_not_a_millisecond_longer() {
    for (millis, then) in [(0, "old p"), (DAY_MS - 1, "old p"), (DAY_MS, "new q"), (DAY_MS + 1, "new q")] {
        let mut host = with(|keys| keys.lifetime_s = Some(DAY_S));
        assert_eq!(buy(&mut host, "p"), "new p");
        run(&mut host, BOUGHT);
        host.now = NOW.plus_millis(millis);
        assert_eq!(buy(&mut host, "q"), then, "after {millis} ms");
    }
    let mut host = with(|_| {});
    buy(&mut host, "p");
    run(&mut host, BOUGHT);
    host.now = NOW.plus_millis(100 * 365 * DAY_MS);
    assert_eq!(buy(&mut host, "q"), "old p", "without a lifetime a key is remembered as long as the account");
}

/// A slow carrier does not make a second purchase of the first one's repeat.
#[test]
fn a_key_outlives_its_time_while_its_purchase_goes_on() {
    let mut host = with(|keys| keys.lifetime_s = Some(1));
    buy(&mut host, "p");
    run(&mut host, "reserve ok, charge ok, order lost");
    host.now = host.now.plus_millis(DAY_MS);
    assert_eq!(buy(&mut host, "q"), "old p");
    run(&mut host, "query_order found");
    assert_eq!(buy(&mut host, "q"), "new q");
}

/// Each new use of a key has its own lifetime: the second lifetime does not end with the first.
#[test]
fn a_key_that_is_used_again_is_remembered_from_then() {
    let mut host = with(|keys| keys.lifetime_s = Some(DAY_S));
    buy(&mut host, "p");
    run(&mut host, BOUGHT);
    host.now = NOW.plus_millis(DAY_MS);
    assert_eq!(buy(&mut host, "q"), "new q");
    run(&mut host, BOUGHT);
    host.now = NOW.plus_millis(2 * DAY_MS - 1);
    assert_eq!(buy(&mut host, "r"), "old q");
    host.now = NOW.plus_millis(2 * DAY_MS);
    assert_eq!(buy(&mut host, "r"), "new r");
}

/// The history says when a key's time was over, so that it replays; a key whose time is not over cannot have expired.
#[test]
fn a_history_cannot_expire_a_key_early() {
    let mut host = with(|keys| keys.lifetime_s = Some(DAY_S));
    buy(&mut host, "p");
    let key: IdempotencyKey = serde_json::from_value("k".into()).unwrap();
    let expired = |at| Event::from(ringup_core::AccountEvent::KeyExpired { key: key.clone(), at });
    let fits = |host: &Host, at| ringup_core::evolve(&mut host.account.clone(), &expired(at)).is_ok();
    assert!(!fits(&host, NOW.plus_millis(DAY_MS)), "the purchase goes on");
    run(&mut host, BOUGHT);
    assert!(!fits(&host, NOW.plus_millis(DAY_MS - 1)));
    assert!(fits(&host, NOW.plus_millis(DAY_MS)));
    let unknown: IdempotencyKey = serde_json::from_value("other".into()).unwrap();
    let unknown = ringup_core::AccountEvent::KeyExpired { key: unknown, at: NOW.plus_millis(DAY_MS) };
    assert!(ringup_core::evolve(&mut host.account.clone(), &unknown.into()).is_err());
}

/// A decision on an expired key that is stored twice is applied once.
#[test]
fn an_expiry_is_stored_with_the_purchase_that_uses_the_key() {
    let mut host = with(|keys| keys.lifetime_s = Some(DAY_S));
    buy(&mut host, "p");
    run(&mut host, BOUGHT);
    host.now = NOW.plus_millis(DAY_MS);
    let before = host.account.clone();
    let command = MakePurchase { id: id("q"), actor: ringup_core::Actor::default(), request: keyed() };
    let decision = host.tell(&command).unwrap();
    let names: Vec<&str> = decision.events.iter().map(Event::name).collect();
    assert_eq!(names, ["key_expired", "purchase_accepted"]);
    assert!(matches!(apply(&mut host.account, &decision), Err(NotApplied::Stale { .. })));
    let mut replayed = before;
    apply(&mut replayed, &decision).unwrap();
    assert_eq!(replayed, host.account);
}

#[test]
fn a_failure_frees_its_key_or_keeps_it() {
    for (failed, then) in [(FailedKey::Freed, "new q"), (FailedKey::Kept, "old p")] {
        let mut host = with(|keys| keys.failed = failed);
        buy(&mut host, "p");
        run(&mut host, "reserve no");
        assert_eq!(buy(&mut host, "q"), then);
    }
    // A kept key has its lifetime as well.
    let mut host = with(|keys| (keys.failed, keys.lifetime_s) = (FailedKey::Kept, Some(DAY_S)));
    buy(&mut host, "p");
    run(&mut host, "reserve no");
    host.now = NOW.plus_millis(DAY_MS - 1);
    assert_eq!(buy(&mut host, "q"), "old p");
    host.now = NOW.plus_millis(DAY_MS);
    assert_eq!(buy(&mut host, "q"), "new q");
}

/// Nothing was tried under the key of a checkout that nobody paid.
#[test]
fn an_expired_checkout_frees_a_key_that_failures_keep() {
    let shop = orchard_with(|data| data.policy.idempotency.as_mut().unwrap().failed = FailedKey::Kept);
    let begin = || Host { shop: shop.clone(), ..Host::orchard(BillingKind::Subscription) };
    let mut host = begin();
    buy(&mut host, "p");
    run(&mut host, "open_checkout ok");
    host.now = host.now.plus_millis(30 * DAY_MS);
    let mut woken = Host { account: host.account.clone(), ..begin() };
    woken.now = host.now;
    assert_eq!(buy(&mut host, "q"), "new q");
    assert_eq!(run(&mut woken, "wake"), "purchase_failed ->");
    assert_eq!(buy(&mut woken, "q"), "new q", "nor once the end is recorded");
    let mut host = begin();
    buy(&mut host, "p");
    run(&mut host, "open_checkout ok, declined");
    assert_eq!(buy(&mut host, "q"), "old p", "a declined payment is a failure");
}

/// Each field of a request can be a part of what a repeat must have in common: another value there is another request.
#[test]
fn a_repeat_has_the_named_fields_in_common() {
    let seen = || PriceSeen { due_now: Some(money("2.00 USD")), ..PriceSeen::default() };
    let change = |field, request: &mut PurchaseRequest| match field {
        RequestField::Holder => request.holder = Some("other".into()),
        RequestField::Selector | RequestField::NumberType => request.number_type = Some("mobile".into()),
        RequestField::Country => request.country = Some("DE".into()),
        RequestField::Capabilities => request.capabilities.fax = true,
        RequestField::Region => request.region = Some("Ohio".into()),
        RequestField::Currency => request.currency = Some("EUR".into()),
        RequestField::PriceSeen => request.price_seen = Some(seen()),
        RequestField::QuoteSeen => {
            let id = "q_1".parse().unwrap();
            request.quote_seen = Some(Box::new(QuoteSeen { id, terms: None }));
        }
        RequestField::ConfirmAdditional => request.confirm_additional = false,
    };
    for field in [
        RequestField::Holder,
        RequestField::Selector,
        RequestField::NumberType,
        RequestField::Country,
        RequestField::Capabilities,
        RequestField::Region,
        RequestField::Currency,
        RequestField::PriceSeen,
        RequestField::QuoteSeen,
        RequestField::ConfirmAdditional,
    ] {
        for is_named in [true, false] {
            let other = if field == RequestField::Holder { RequestField::Currency } else { RequestField::Holder };
            let mut host = with(|keys| keys.fingerprint = vec![if is_named { field } else { other }]);
            buy(&mut host, "p");
            run(&mut host, BOUGHT);
            let mut request = keyed();
            change(field, &mut request);
            let answer = host.buy("q", &request);
            let is_reused = answer == Err(PurchaseError::Refused(Rejection::KeyReused));
            assert_eq!(is_reused, is_named, "{field:?} {answer:?}");
        }
    }
}

/// The rules of well-known APIs fit a policy, and say of each case what its source says.
#[test]
fn the_rules_of_known_apis_are_data() {
    let table: Vec<String> = policies::IDEMPOTENCY
        .iter()
        .map(|(name, json)| {
            let keys: IdempotencyKeys = serde_json::from_str(json).unwrap();
            let host = with(|own| *own = keys.clone());
            let keys = host.shop.policy().idempotency.as_ref().unwrap();
            let http = keys.http.as_ref().unwrap();
            let unfinished = http.unfinished.unwrap();
            let hours = keys.lifetime_s.unwrap() / 3600;
            let replayed = http.replayed.as_ref().map_or("", |header| header.name.as_str());
            format!(
                "{name}: {} h, missing {:?}, reused {}, unfinished {} {:?}, failed {:?}, {replayed}",
                hours, http.missing, http.reused, unfinished.status, unfinished.retry_after_s, keys.failed
            )
        })
        .collect();
    assert_eq!(
        table,
        [
            "stripe_v1: 24 h, missing None, reused 400, unfinished 409 None, failed Kept, Idempotent-Replayed",
            "stripe_v2: 720 h, missing None, reused 400, unfinished 409 None, failed Freed, Idempotent-Replayed",
            "ietf_draft: 24 h, missing Some(400), reused 422, unfinished 409 None, failed Kept, ",
            "agentic_commerce: 24 h, missing Some(400), reused 422, unfinished 409 Some(1), failed Freed, Idempotent-Replayed",
        ]
    );
}
