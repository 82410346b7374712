//! What an account knows of earlier attempts at the same thing: by the key, and by the number that is on its way.

use alloc::{boxed::Box, vec::Vec};

use crate::account::{Account, Fingerprint, IdempotencyKey};
use crate::gate::{Evidence, Judged, Rejection};
use crate::purchase::Purchase;
use crate::request::ParsedRequest;
use crate::shop::Shop;
use crate::{Actor, Event, HolderId, OfferedNumber, Selector, Timestamp};

/// An earlier attempt at the same thing, if there is one.
pub(super) enum Earlier<'a> {
    /// The request has no key, and nothing that it could join is on its way.
    Nothing,
    /// No earlier purchase has the key.
    KeyIsNew,
    /// The key belongs to this purchase, which is the answer.
    Repeated(&'a Purchase),
    /// The same one number is on its way to the same holder by this purchase, which is the answer.
    Joined(&'a Purchase),
    /// The checkout of the key, or of the number, can no longer be paid: it is replaced.
    Expired {
        /// The purchase.
        purchase: &'a Purchase,
        /// Whether it was found by its key.
        by_key: bool,
        /// That it has ended.
        event: Box<Event>,
    },
    /// The key belongs to a purchase with another body.
    KeyReused,
    /// The key belongs to a purchase of a holder that the actor may not act for.
    OfAnotherHolder {
        /// The holder that the actor may act for.
        only_holder: HolderId,
    },
}

impl<'a> Earlier<'a> {
    pub(super) fn find(
        shop: &Shop,
        account: &'a Account,
        actor: &Actor,
        request: &ParsedRequest<'_>,
        now: Timestamp,
    ) -> Self {
        let key = key(shop, request);
        if let Some(record) = key.as_ref().and_then(|key| account.keys.get(key)) {
            // A field that cannot be read is not the one that was read the first time.
            if request.problem.is_some() || record.fingerprint != fingerprint(shop, request) {
                return Self::KeyReused;
            }
            if let Some(purchase) = account.purchases.get(&record.purchase) {
                // Another holder's purchase is not this actor's to see.
                if let Some(only_holder) = &actor.only_holder
                    && purchase.agreement.holder.as_ref() != Some(only_holder)
                {
                    return Self::OfAnotherHolder { only_holder: only_holder.clone() };
                }
                return match purchase.on_wake_up(&shop.policy().retry, now) {
                    Some(event) => Self::Expired { purchase, by_key: true, event: Box::new(event) },
                    None => Self::Repeated(purchase),
                };
            }
        }
        let otherwise = if key.is_some() { Self::KeyIsNew } else { Self::Nothing };
        let Some(purchase) = on_its_way(account, actor, request) else { return otherwise };
        match purchase.on_wake_up(&shop.policy().retry, now) {
            Some(event) => Self::Expired { purchase, by_key: false, event: Box::new(event) },
            None => Self::Joined(purchase),
        }
    }

    /// What the gate says to it.
    pub(super) fn judged(&self) -> Judged {
        let repeats = |purchase: &Purchase| Evidence::Repeats { purchase: purchase.id.clone() };
        Judged::Passed(match self {
            Self::Nothing => Evidence::NotApplicable,
            Self::KeyIsNew => Evidence::KeyIsNew,
            Self::Repeated(purchase) => repeats(purchase),
            Self::Joined(purchase) => Evidence::Joins { purchase: purchase.id.clone() },
            Self::Expired { purchase, by_key, .. } => {
                Evidence::Replaces { purchase: purchase.id.clone(), by_key: *by_key }
            }
            Self::KeyReused => return Judged::Blocked(Rejection::KeyReused, Vec::new()),
            Self::OfAnotherHolder { .. } => Evidence::KeyOfAnotherHolder,
        })
    }
}

/// The purchase of the same one number for the same holder that has not come to its end: a repeat joins it, with a key or
/// without, because one number cannot be meant twice.
fn on_its_way<'a>(account: &'a Account, actor: &Actor, request: &ParsedRequest<'_>) -> Option<&'a Purchase> {
    let selector = request.selector.as_ref().ok().filter(|selector| selector.names_one())?;
    let other = actor.only_holder.as_ref().is_some_and(|only| request.holder.as_ref() != Some(only));
    if other || request.problem.is_some() {
        return None;
    }
    let in_flight = account.in_flight.iter().filter_map(|id| account.purchases.get(id));
    in_flight.into_iter().find(|purchase| purchase.agreement.holder == request.holder && is_of(purchase, selector))
}

/// Whether the purchase was asked to buy this one number. As soon as the number is reserved, both of its names are known.
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
    IdempotencyKey::read(request.typed.idempotency_key.as_deref()?, rules)
}

pub(super) fn fingerprint(shop: &Shop, request: &ParsedRequest<'_>) -> Fingerprint {
    let fields = shop.policy().idempotency.as_ref().map_or(&[][..], |rules| &rules.fingerprint);
    Fingerprint::of(request, fields)
}
