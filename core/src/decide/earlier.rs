//! Earlier attempts: by the key, and by the number of a pending purchase.

use crate::account::key::{Fingerprint, IdempotencyKey};
use crate::account::standing::Actor;
use crate::base::timestamp::Timestamp;
use crate::event::Event;
use crate::gates::idempotency::Earlier;
use crate::market::offers::OfferedNumber;
use crate::market::request::ParsedRequest;
use crate::market::selector::Selector;
use crate::purchase::Purchase;
use crate::records::Account;
use crate::shop::Shop;

/// What the account knows of an earlier attempt, and the event that expires its checkout if that is due.
pub(super) fn find<'a>(
    shop: &Shop,
    account: &'a Account,
    actor: &'a Actor,
    request: &ParsedRequest<'_>,
    now: Timestamp,
) -> (Earlier<'a>, Option<Event>) {
    let known = |purchase: &'a Purchase, by_key| {
        let purchase_id = &purchase.id;
        match purchase.on_wake_up(&shop.policy().retry, now) {
            Some(event) => (Earlier::Expired { purchase: purchase_id, by_key }, Some(event)),
            None if by_key => (Earlier::Repeated(purchase_id), None),
            None => (Earlier::Joined(purchase_id), None),
        }
    };
    if request.awaits_plan {
        return (Earlier::Nothing, None);
    }
    let key = key(shop, request);
    if let Some(record) = key.as_ref().and_then(|key| account.keys.get(key)) {
        // A field that cannot be parsed differs from the one of the first request.
        if request.problem.is_some() || record.fingerprint != fingerprint(shop, request) {
            return (Earlier::KeyReused, None);
        }
        if let Some(purchase) = account.purchases.get(&record.purchase) {
            // An actor may not see the purchase of another holder.
            if let Some(only_holder) = &actor.only_holder
                && purchase.agreement.holder.as_ref() != Some(only_holder)
            {
                return (Earlier::OfAnotherHolder { only_holder }, None);
            }
            return known(purchase, true);
        }
    }
    match on_its_way(account, actor, request) {
        Some(purchase) => known(purchase, false),
        None if key.is_some() => (Earlier::KeyIsNew, None),
        None => (Earlier::Nothing, None),
    }
}

/// The pending purchase of the same number for the same holder. A repeat joins it with or without a key, because one
/// number cannot be bought twice.
fn on_its_way<'a>(account: &'a Account, actor: &Actor, request: &ParsedRequest<'_>) -> Option<&'a Purchase> {
    let selector = request.selector.as_ref().ok().filter(|selector| selector.names_one())?;
    let other = actor.only_holder.as_ref().is_some_and(|only| request.holder.as_ref() != Some(only));
    if other || request.problem.is_some() {
        return None;
    }
    let in_flight = account.in_flight.iter().filter_map(|id| account.purchases.get(id));
    in_flight.into_iter().find(|purchase| purchase.agreement.holder == request.holder && is_of(purchase, selector))
}

/// Whether the purchase is for this number. A reserved number is known by its E.164 form and its inventory id.
fn is_of(purchase: &Purchase, selector: &Selector) -> bool {
    let asked = &purchase.agreement.selector;
    let reserved = purchase.offer().filter(|_| asked.names_one());
    let by_another_name = |offer: &OfferedNumber| match selector {
        Selector::Exact { number } => offer.number == *number,
        Selector::Inventory { inventory_id } => offer.inventory_id == *inventory_id,
        Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => false,
    };
    asked == selector || reserved.is_some_and(by_another_name)
}

pub(super) fn key(shop: &Shop, request: &ParsedRequest<'_>) -> Option<IdempotencyKey> {
    let rules = shop.policy().idempotency.as_ref()?;
    IdempotencyKey::read(request.typed.idempotency_key.as_deref()?, rules.length_max)
}

pub(super) fn fingerprint(shop: &Shop, request: &ParsedRequest<'_>) -> Fingerprint {
    let fields = shop.policy().idempotency.as_ref().map_or(&[][..], |rules| &rules.fingerprint);
    Fingerprint::of(request, fields)
}
