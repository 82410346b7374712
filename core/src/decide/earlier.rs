//! Earlier attempts: by the key, and by the number of a pending purchase.

use crate::account::key::{Fingerprint, IdempotencyKey};
use crate::account::standing::Actor;
use crate::base::id::HolderId;
use crate::base::money::Currency;
use crate::base::timestamp::Timestamp;
use crate::command::MakePurchase;
use crate::decide::Facts;
use crate::event::{AccountEvent, Event};
use crate::gates::already_held::Held;
use crate::gates::idempotency::Earlier;
use crate::market::request::ParsedRequest;
use crate::market::selector::Selector;
use crate::purchase::Purchase;
use crate::records::{Account, NumberName, RecordId};
use crate::shop::Shop;

/// What the account knows of an earlier attempt.
pub(super) fn find<'a>(
    facts: &Facts<'a>,
    MakePurchase { id, actor, .. }: &'a MakePurchase,
    request: &ParsedRequest<'_>,
) -> Result<Earlier<'a>, RecordId> {
    let Facts { shop, account, now, .. } = *facts;
    let known = |purchase: &'a Purchase, by_key| {
        let purchase_id = &purchase.id;
        if let Some(awaiting) = purchase.awaiting_kyc() {
            let is_verified = facts.is_verified(purchase, awaiting);
            return if is_verified { Earlier::Resumed(purchase_id) } else { Earlier::Repeated(purchase_id) };
        }
        match purchase.on_expiry(shop, now) {
            Some(_) if !planted!("expired_key_kept") => Earlier::Expired { purchase: purchase_id, by_key },
            _ if by_key => Earlier::Repeated(purchase_id),
            _ => Earlier::Joined(purchase_id),
        }
    };
    if request.awaits_plan {
        return Ok(Earlier::Nothing);
    }
    if let Some(earlier) = account.find_purchase(id)?
        && is_repeated(earlier, request)
        && !planted!("own_id_is_no_key")
    {
        // The command came a second time: its own id is a key, too.
        return Ok(match earlier.awaiting_kyc() {
            Some(_) => known(earlier, true),
            None => Earlier::Repeated(&earlier.id),
        });
    }
    let key = key(shop, request);
    if let Some(key) = &key
        && let Some(record) = account.key(key)?
    {
        let failed_key = shop.policy().idempotency.as_ref().map(|rules| rules.failed).unwrap_or_default();
        let is_free = |purchase: &Purchase| {
            purchase.has_freed_its_keys(failed_key) || (record.is_over(now) && purchase.is_settled())
        };
        let purchase = account.find_purchase(&record.purchase)?.filter(|purchase| !is_free(purchase));
        // At its deadline a waiting purchase gives its key back, whether or not anybody has looked at the clock since.
        let purchase = purchase.filter(|purchase| !facts.is_kyc_overdue(purchase));
        // At its expiry a checkout gives its key back, whether or not anybody has looked at the clock since.
        let expired = purchase.filter(|purchase| purchase.on_expiry(shop, now).is_some());
        if let Some(purchase) = expired {
            // As if somebody had looked: the key is free, and joins the pending purchase.
            let other = on_its_way(account, actor, request)?.filter(|other| is_as_agreed(other, request));
            let other = other.filter(|other| other.on_expiry(shop, now).is_none());
            return Ok(other.map_or_else(|| known(purchase, true), |other| known(other, false)));
        }
        if let Some(purchase) = purchase {
            // A field that cannot be parsed differs from the one of the first request.
            let is_same = || record.fingerprint == fingerprint(shop, request, purchase.agreement.due_now().currency());
            if !planted!("key_without_fingerprint") && (request.problem.is_some() || !is_same()) {
                return Ok(Earlier::KeyReused);
            }
            // An actor may not see the purchase of another holder.
            if let Some(only_holder) = &actor.only_holder
                && purchase.agreement.holder() != Some(only_holder)
            {
                return Ok(Earlier::OfAnotherHolder { only_holder });
            }
            return Ok(known(purchase, true));
        }
    }
    Ok(match on_its_way(account, actor, request)?.filter(|purchase| is_as_agreed(purchase, request)) {
        Some(purchase) => known(purchase, false),
        None if key.is_some() => Earlier::KeyIsNew,
        None => Earlier::Nothing,
    })
}

/// Whether the request is the one that made this purchase.
fn is_repeated(earlier: &Purchase, request: &ParsedRequest<'_>) -> bool {
    let Purchase { agreement, .. } = earlier;
    let is_same =
        request.holder.as_ref() == agreement.holder() && request.selector.as_ref() == Ok(agreement.selector());
    is_same && request.problem.is_none()
}

/// The pending purchase of the same number for the same holder. A repeat joins it with or without a key, because one
/// number cannot be bought twice.
fn on_its_way<'a>(
    account: &'a Account,
    actor: &Actor,
    request: &ParsedRequest<'_>,
) -> Result<Option<&'a Purchase>, RecordId> {
    let other = actor.only_holder.as_ref().is_some_and(|only| request.holder.as_ref() != Some(only));
    let name = request.selector.as_ref().ok().and_then(NumberName::of);
    let Some(name) = name.filter(|_| !other && request.problem.is_none()) else { return Ok(None) };
    match account.asked(request.holder.as_ref(), name)? {
        Some(asked) => account.find_purchase(&asked.purchase),
        None => Ok(None),
    }
}

/// Whether the request would have agreed to the purchase: the same currency, and no other price seen.
fn is_as_agreed(purchase: &Purchase, request: &ParsedRequest<'_>) -> bool {
    let due = purchase.agreement.due_now();
    let seen = request.typed.price_seen.and_then(|seen| seen.due_now);
    request.currency.is_none_or(|currency| currency == due.currency())
        && (seen.is_none_or(|seen| seen == due) || planted!("join_ignores_the_price"))
}

/// The purchase of the account that has the number already, or asks for it on other terms.
pub(super) fn held(facts: &Facts<'_>, actor: &Actor, request: &ParsedRequest<'_>) -> Result<Option<Held>, RecordId> {
    let Facts { shop, account, offers, now, .. } = *facts;
    let number = match request.selector.as_ref().ok().filter(|_| request.problem.is_none()) {
        Some(Selector::Exact { number }) => Some(*number),
        Some(selector @ Selector::Inventory { inventory_id }) => {
            let found = offers.find(selector, now);
            let offer = found.and_then(|search| search.numbers.iter().find(|offer| selector.fits(offer)));
            match offer {
                Some(offer) => Some(offer.number),
                // No search lists a number that is sold.
                None => account.inventory_number(inventory_id)?,
            }
        }
        Some(Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. }) | None => return Ok(None),
    };
    // An actor may not learn what another holder has.
    let may_know = |holder: Option<&HolderId>| actor.only_holder.is_none() || holder == actor.only_holder.as_ref();
    if let Some(number) = number.filter(|_| !planted!("held_number_not_asked"))
        && let Some(owner) = account.keeper(number)?
    {
        let held = account.find_number(owner)?.map(|number| (false, number.holder.as_ref()));
        let pending = account.find_purchase(owner)?.map(|purchase| (true, purchase.agreement.holder()));
        let known = held.or(pending).filter(|(_, holder)| may_know(*holder));
        return Ok(known.map(|(pending, _)| Held { purchase: owner.clone(), pending }));
    }
    let asked = on_its_way(account, actor, request)?;
    let is_open = |purchase: &&Purchase| purchase.on_expiry(shop, now).is_none();
    Ok(asked.filter(is_open).map(|purchase| Held { purchase: purchase.id.clone(), pending: true }))
}

pub(super) fn key(shop: &Shop, request: &ParsedRequest<'_>) -> Option<IdempotencyKey> {
    let rules = shop.policy().idempotency.as_ref()?;
    IdempotencyKey::read(request.typed.idempotency_key.as_deref()?, rules.length_max)
}

/// The time of the request's key is over, and its purchase has ended.
pub(super) fn key_expired(
    Facts { account, now, .. }: &Facts<'_>,
    key: &IdempotencyKey,
) -> Result<Option<Event>, RecordId> {
    let record = account.key(key)?.filter(|record| record.is_over(*now));
    let owner = record.map(|record| account.find_purchase(&record.purchase)).transpose()?.flatten();
    let expired = owner.filter(|owner| owner.is_settled());
    Ok(expired.map(|_| AccountEvent::KeyExpired { key: key.clone(), at: *now }.into()))
}

/// Until when a key that is used now is remembered.
pub(super) fn key_until(shop: &Shop, now: Timestamp) -> Option<Timestamp> {
    let lifetime_s = shop.policy().idempotency.as_ref().and_then(|rules| rules.lifetime_s);
    lifetime_s.map(|seconds| now.plus_seconds(seconds))
}

pub(super) fn fingerprint(shop: &Shop, request: &ParsedRequest<'_>, agreed: Currency) -> Fingerprint {
    let fields = shop.policy().idempotency.as_ref().map_or(&[][..], |rules| &rules.fingerprint);
    Fingerprint::of(request, fields, agreed)
}
