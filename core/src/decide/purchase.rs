//! Deciding a purchase: the gates in their order, and idempotency among them, before every rule of business.

use alloc::{boxed::Box, vec::Vec};

use super::{Answer, Decision};
use crate::account::{Account, Fingerprint, IdempotencyKey};
use crate::gate::{Case, Fact, Gate, Judged, Rejection, judge};
use crate::purchase::{Agreement, Purchase};
use crate::request::ParsedRequest;
use crate::shop::{PaymentMethod, Shop};
use crate::{Actor, Event, OfferedNumber, Offers, PurchaseId, PurchaseRequest, Selector, Timestamp};

pub(super) fn decide(
    shop: &Shop,
    account: &Account,
    offers: &Offers,
    (id, actor, request): (&PurchaseId, &Actor, &PurchaseRequest),
    now: Timestamp,
) -> Result<Decision, Rejection> {
    let parsed = request.parse(shop.policy());
    let standing = account.standing(shop, actor, now);
    let case = Case::new(shop, &standing, offers, &parsed, now).without_fixes();
    let answer = |answer, events| Decision { version: account.version, events, answer };
    let mut expired = Vec::new();
    for gate in Gate::ALL {
        if gate == Gate::Idempotency {
            match earlier(shop, account, actor, &parsed, now)? {
                Earlier::None => {}
                Earlier::Purchase(purchase) => {
                    return Ok(answer(Answer::Repeated { purchase: purchase.id.clone() }, Vec::new()));
                }
                Earlier::Expired(event) => expired.push(*event),
            }
            continue;
        }
        match judge(gate, &case) {
            Judged::Passed(_) => {}
            Judged::Blocked(rejection, _) => return Err(rejection),
            Judged::Waiting(Fact::Search { selector }) => {
                return Ok(answer(Answer::SearchFirst { selector }, Vec::new()));
            }
            // Neither can be reached: an earlier gate has returned, and the keys were just looked at.
            Judged::Waiting(Fact::EarlierGate { .. } | Fact::UsedKeys) => {}
        }
    }
    let agreement = agreement(&case, &parsed, now)?;
    if agreement.payment == PaymentMethod::Checkout && offers.find(&agreement.selector, now).is_none() {
        // Nobody pays at a checkout for what is not there.
        return Ok(answer(Answer::SearchFirst { selector: agreement.selector }, Vec::new()));
    }
    if !account.can_take(agreement.price.due_now) {
        return Err(Rejection::RequestMalformed {
            field: "price".into(),
            problem: alloc::format!("the account's books would not hold {} more", agreement.price.due_now),
        });
    }
    let key = key(shop, &parsed);
    if account.purchases.contains_key(id) {
        // The host's entropy has failed; buying under another purchase's name would lose one of the two.
        return Err(Rejection::RequestMalformed {
            field: "id".into(),
            problem: alloc::format!("there is a purchase `{id}` already; draw another name"),
        });
    }
    let accepted = Event::PurchaseAccepted { purchase: id.clone(), agreement: Box::new(agreement), key };
    expired.push(accepted);
    Ok(answer(Answer::Accepted { purchase: id.clone() }, expired))
}

/// What an account knows of earlier attempts at the same thing.
enum Earlier<'a> {
    None,
    /// The request repeats or joins this purchase.
    Purchase(&'a Purchase),
    /// The key's checkout can no longer be paid: it is replaced under the same key.
    Expired(Box<Event>),
}

fn earlier<'a>(
    shop: &Shop,
    account: &'a Account,
    actor: &Actor,
    request: &ParsedRequest<'_>,
    now: Timestamp,
) -> Result<Earlier<'a>, Rejection> {
    if let Some(record) = key(shop, request).and_then(|key| account.keys.get(&key)) {
        // A field that cannot be read is not the one that was read the first time.
        if request.problem.is_some() || record.fingerprint != fingerprint(shop, request) {
            return Err(Rejection::KeyReused);
        }
        if let Some(purchase) = account.purchases.get(&record.purchase) {
            // Another holder's purchase is not this actor's to see.
            if let Some(only_holder) =
                actor.only_holder.as_ref().filter(|only| purchase.agreement.holder.as_ref() != Some(*only))
            {
                return Err(Rejection::ActorNotAllowed { only_holder: only_holder.clone() });
            }
            return Ok(match purchase.on_wake_up(&shop.policy().retry, now) {
                Some(event) => Earlier::Expired(Box::new(event)),
                None => Earlier::Purchase(purchase),
            });
        }
    }
    Ok(on_its_way(account, actor, request).map_or(Earlier::None, Earlier::Purchase))
}

/// The purchase of the same one number for the same holder that has not come to its end: a repeat joins it, with a key or
/// without, because one number cannot be meant twice.
fn on_its_way<'a>(account: &'a Account, actor: &Actor, request: &ParsedRequest<'_>) -> Option<&'a Purchase> {
    let selector = request.selector.as_ref().ok().filter(|selector| names_one(selector))?;
    let other = actor.only_holder.as_ref().is_some_and(|only| request.holder.as_ref() != Some(only));
    if other || request.problem.is_some() {
        return None;
    }
    let in_flight = account.in_flight.iter().filter_map(|id| account.purchases.get(id));
    in_flight.into_iter().find(|purchase| purchase.agreement.holder == request.holder && is_of(purchase, selector))
}

const fn names_one(selector: &Selector) -> bool {
    match selector {
        Selector::Exact { .. } | Selector::Inventory { .. } => true,
        Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => false,
    }
}

/// Whether the purchase was asked to buy this one number. As soon as the number is reserved, both of its names are known.
fn is_of(purchase: &Purchase, selector: &Selector) -> bool {
    let asked = &purchase.agreement.selector;
    let reserved = purchase.offer().filter(|_| names_one(asked));
    let by_another_name = |offer: &OfferedNumber| match selector {
        Selector::Exact { number } => offer.number == *number,
        Selector::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
        Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => false,
    };
    asked == selector || reserved.is_some_and(by_another_name)
}

fn key(shop: &Shop, request: &ParsedRequest<'_>) -> Option<IdempotencyKey> {
    let rules = shop.policy().idempotency.as_ref()?;
    IdempotencyKey::read(request.typed.idempotency_key.as_deref()?, rules)
}

fn fingerprint(shop: &Shop, request: &ParsedRequest<'_>) -> Fingerprint {
    let fields = shop.policy().idempotency.as_ref().map_or(&[][..], |rules| &rules.fingerprint);
    Fingerprint::of(request, fields)
}

fn agreement(case: &Case<'_>, request: &ParsedRequest<'_>, now: Timestamp) -> Result<Agreement, Rejection> {
    let shop = case.shop;
    let offered = || shop.policy().selectors.clone();
    let selector = case.selector.clone().ok_or_else(|| Rejection::SelectorMissing { offered: offered() })?;
    let pricing = case.pricing().ok_or_else(|| Rejection::OutOfStock { selector: selector.clone() })?;
    let rule = case.payment.ok_or(Rejection::PaymentMethodMissing)?;
    let payment = rule.method;
    let lifetime = shop.policy().checkout.as_ref().filter(|_| payment == PaymentMethod::Checkout);
    Ok(Agreement {
        accepted_at: now,
        shop: shop.version(),
        holder: request.holder.clone(),
        selector,
        country: pricing.country,
        payment,
        charged: rule.charged,
        price: pricing.price.clone(),
        fingerprint: fingerprint(shop, request),
        order_evidence: shop.policy().order_evidence,
        checkout_expires_at: lifetime.map(|checkout| now.plus_seconds(checkout.lifetime_s)),
    })
}
