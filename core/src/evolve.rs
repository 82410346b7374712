//! Evolve: applies one event to an account. It has no rule. It checks everything before it changes anything.

use alloc::boxed::Box;

use crate::account::key::KeyRecord;
use crate::account::standing::MoveKind;
use crate::base::id::PurchaseId;
use crate::base::money::Money;
use crate::event::{AccountEvent, Event, NumberEvent, PurchaseEvent};
use crate::history::{BrokenHistory, Contradiction};
use crate::price::parts::Parts;
use crate::purchase::Purchase;
use crate::records::{Account, HeldNumber};

/// Applies an event to the account.
///
/// # Errors
/// [`BrokenHistory`] if the event cannot have happened. The account is unchanged.
pub fn evolve(account: &mut Account, event: &Event) -> Result<(), BrokenHistory> {
    let broken = |contradiction| BrokenHistory { event: Box::new(event.clone()), contradiction };
    let ledger = account.ledger.after(&event.postings()).map_err(|error| broken(Contradiction::Books(error)))?;
    let version = account.version.checked_add(1).ok_or_else(|| broken(Contradiction::TooManyEvents))?;
    match event {
        Event::Account(AccountEvent::PurchaseAccepted { purchase, agreement, key }) => {
            if account.purchases.contains_key(purchase) {
                return Err(broken(Contradiction::PurchaseExists));
            }
            if !Parts::add_up(&agreement.price) {
                return Err(broken(Contradiction::PriceUnbalanced));
            }
            if let Some(key) = key {
                let record = KeyRecord { purchase: purchase.clone(), fingerprint: agreement.fingerprint.clone() };
                account.keys.insert(key.clone(), record);
            }
            let begun = Purchase::begin(purchase.clone(), (**agreement).clone(), key.clone());
            account.in_flight.insert(purchase.clone());
            account.purchases.insert(purchase.clone(), begun);
        }
        Event::Account(AccountEvent::WalletToppedUp { .. }) => {}
        Event::Account(AccountEvent::TermsChanged { terms }) => account.set_terms(terms),
        Event::Purchase { event, purchase } => evolve_purchase(account, purchase, event).map_err(broken)?,
        Event::Number { event, number } => evolve_number(account, number, event).map_err(broken)?,
    }
    account.ledger = ledger;
    account.version = version;
    Ok(())
}

fn evolve_purchase(account: &mut Account, id: &PurchaseId, event: &PurchaseEvent) -> Result<(), Contradiction> {
    let purchase = account.purchases.get(id).ok_or(Contradiction::PurchaseMissing)?;
    let state = purchase.evolve(event)?;
    // What the event does to other records than the purchase's.
    let (bought, freed_key) = match event {
        PurchaseEvent::NumberActivated { at, rent, .. } => {
            let offer = purchase.offer().ok_or(Contradiction::NothingReserved)?.clone();
            (Some(HeldNumber::activated(purchase, offer, *at, *rent)), None)
        }
        PurchaseEvent::PurchaseFailed { key, .. } => (None, key.as_ref()),
        PurchaseEvent::CheckoutOpened { .. }
        | PurchaseEvent::PaymentTaken { .. }
        | PurchaseEvent::NumberReserved { .. }
        | PurchaseEvent::OutcomeUnknown { .. }
        | PurchaseEvent::OrderDeclineDoubted { .. }
        | PurchaseEvent::OrderAbsent { .. }
        | PurchaseEvent::NumberProvisioned { .. }
        | PurchaseEvent::CompensationStarted { .. }
        | PurchaseEvent::ReservationReturned
        | PurchaseEvent::ProvisioningReturned
        | PurchaseEvent::PaymentRefunded { .. }
        | PurchaseEvent::ReviewNeeded => (None, None),
    };
    let next = Purchase { state, ..purchase.clone() };
    // Nothing can fail from here on.
    if let Some(key) = freed_key
        && account.keys.get(key).is_some_and(|record| record.purchase == *id)
    {
        account.keys.remove(key);
    }
    if next.is_settled() {
        account.in_flight.remove(id);
    } else {
        account.in_flight.insert(id.clone());
    }
    account.purchases.insert(id.clone(), next);
    if let Some(number) = bought {
        account.count(&number);
        account.numbers.insert(id.clone(), number);
    }
    Ok(())
}

fn evolve_number(account: &mut Account, id: &PurchaseId, event: &NumberEvent) -> Result<(), Contradiction> {
    let number = account.numbers.get(id).ok_or(Contradiction::NumberMissing)?;
    let status = number.evolve(event)?;
    let mut next = HeldNumber { status, ..number.clone() };
    if next.is_released() {
        next.rent_to_run = Money::zero(next.rent_to_run.currency());
    }
    match event {
        NumberEvent::ReleaseStarted { at } => {
            account.moves.insert((*at, id.clone(), MoveKind::Release), None);
        }
        NumberEvent::ReleaseScheduled { .. }
        | NumberEvent::ChargesEnded
        | NumberEvent::ReleaseDelayed { .. }
        | NumberEvent::NumberReleased { .. } => {}
    }
    if number.is_subscribed() && !next.is_subscribed() {
        account.held.subscribed = account.held.subscribed.saturating_sub(1);
    }
    if next.is_released() {
        account.held.remove(&next, &account.terms);
        account.releasing.remove(id);
    } else {
        account.releasing.insert(id.clone());
    }
    account.numbers.insert(id.clone(), next);
    Ok(())
}
