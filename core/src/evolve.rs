//! `evolve`: applies one event to an account. It contains no rule, and checks before it changes.

use crate::account::{Account, HeldNumber, HeldStatus, KeyRecord, MoveKind};
use crate::history::BrokenHistory;
use crate::price::Parts;
use crate::purchase::Purchase;
use crate::{Event, Money, PurchaseId};

/// Applies what has happened.
///
/// # Errors
/// [`BrokenHistory`] if the event cannot have happened; the account is then as before.
pub fn evolve(account: &mut Account, event: &Event) -> Result<(), BrokenHistory> {
    let ledger = account
        .ledger
        .after(&event.postings())
        .map_err(|error| BrokenHistory::new(event, alloc::format!("the books do not allow it: {error}")))?;
    let version = account.version.checked_add(1).ok_or_else(|| BrokenHistory::new(event, "too many events"))?;
    match event {
        Event::PurchaseAccepted { purchase, agreement, key } => {
            if account.purchases.contains_key(purchase) {
                return Err(BrokenHistory::new(event, "there is such a purchase already"));
            }
            if !Parts::add_up(&agreement.price) {
                return Err(BrokenHistory::new(event, "the lines of the price do not add up to what is due"));
            }
            if let Some(key) = key {
                let record = KeyRecord { purchase: purchase.clone(), fingerprint: agreement.fingerprint.clone() };
                account.keys.insert(key.clone(), record);
            }
            let begun = Purchase::begin(purchase.clone(), (**agreement).clone(), key.clone());
            account.in_flight.insert(purchase.clone());
            account.purchases.insert(purchase.clone(), begun);
        }
        Event::CheckoutOpened { purchase, .. }
        | Event::PaymentTaken { purchase, .. }
        | Event::NumberReserved { purchase, .. }
        | Event::OutcomeUnknown { purchase, .. }
        | Event::OrderDeclineDoubted { purchase, .. }
        | Event::OrderAbsent { purchase, .. }
        | Event::NumberProvisioned { purchase, .. }
        | Event::NumberActivated { purchase, .. }
        | Event::ProvisioningReturned { purchase }
        | Event::CompensationStarted { purchase, .. }
        | Event::ReservationReturned { purchase }
        | Event::PaymentRefunded { purchase, .. }
        | Event::PurchaseFailed { purchase, .. }
        | Event::ReviewNeeded { purchase } => evolve_purchase(account, purchase, event)?,
        Event::ReleaseScheduled { number, .. }
        | Event::ReleaseStarted { number, .. }
        | Event::ChargesEnded { number }
        | Event::ReleaseDelayed { number, .. }
        | Event::NumberReleased { number, .. } => evolve_number(account, number, event)?,
        Event::WalletToppedUp { .. } => {}
        Event::TermsChanged { terms } => account.arrange(terms),
    }
    account.ledger = ledger;
    account.version = version;
    Ok(())
}

fn evolve_purchase(account: &mut Account, id: &PurchaseId, event: &Event) -> Result<(), BrokenHistory> {
    let purchase = account.purchases.get(id).ok_or_else(|| BrokenHistory::new(event, "there is no such purchase"))?;
    let state = purchase.evolve(event)?;
    let mut bought = None;
    if let Event::NumberActivated { at, rent, .. } = event {
        let offer = purchase.offer().ok_or_else(|| BrokenHistory::new(event, "no number was reserved"))?;
        bought = Some(HeldNumber {
            purchase: id.clone(),
            offer: offer.clone(),
            agreement: purchase.agreement.clone(),
            activated_at: *at,
            rent_to_run: *rent,
            status: HeldStatus::Active,
        });
    }
    let next = Purchase { state, ..purchase.clone() };
    // From here on nothing can fail.
    if let Event::PurchaseFailed { key: Some(key), .. } = event
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

fn evolve_number(account: &mut Account, id: &PurchaseId, event: &Event) -> Result<(), BrokenHistory> {
    let number = account.numbers.get(id).ok_or_else(|| BrokenHistory::new(event, "there is no such number"))?;
    let mut next = HeldNumber { status: number.evolve(event)?, ..number.clone() };
    if next.is_released() {
        next.rent_to_run = Money::zero(next.rent_to_run.currency());
    }
    if let Event::ReleaseStarted { at, .. } = event {
        account.moves.insert((*at, id.clone(), MoveKind::Release), None);
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
