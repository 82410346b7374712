//! A purchase after an event.

use super::draft::Draft;
use crate::base::id::PurchaseId;
use crate::event::{EvidenceEvent, PaymentEvent, PurchaseEvent};
use crate::history::Contradiction;
use crate::market::offers::OfferedNumber;
use crate::purchase::{Purchase, UndoStep};
use crate::records::{HeldNumber, Record, RecordId};
use crate::terms::payment::PaymentMethod;

pub(super) fn change(draft: &mut Draft<'_>, id: &PurchaseId, event: &PurchaseEvent) -> Result<(), Contradiction> {
    let purchase = draft.purchase(id)?.ok_or(Contradiction::PurchaseMissing)?;
    let next = purchase.evolve(event)?;
    check(purchase, event)?;
    match event {
        PurchaseEvent::NumberReserved { offer } => {
            if !is_about(purchase, offer) {
                return Err(Contradiction::OtherNumber);
            }
            draft.take(offer.number, id)?;
            draft.name(&offer.inventory_id, offer.number);
        }
        PurchaseEvent::ReservationRejected { offer } => draft.take(offer.number, id)?,
        PurchaseEvent::NumberActivated { at, paid_until, rent, .. } => {
            let reserved = purchase.agreement.whole().zip(purchase.offer());
            let (agreement, offer) = reserved.ok_or(Contradiction::NothingReserved)?;
            if !agreement.is_about(offer) {
                return Err(Contradiction::OtherNumber);
            }
            let number = HeldNumber::activated(id, offer, agreement, (*at, *paid_until), *rent);
            draft.hold(&number)?;
            // One that was given up may have come after all.
            draft.name(&number.inventory_id, number.number);
            draft.write(Record::Number(number));
        }
        PurchaseEvent::ReservationReturned | PurchaseEvent::ProvisioningReturned => {
            if let Some(number) = purchase.number_to_return() {
                draft.give_back(number, id)?;
            }
        }
        PurchaseEvent::PurchaseFailed { key, .. } => {
            if let Some(key) = key
                && draft.key(key)?.is_some_and(|record| record.purchase == *id)
            {
                draft.remove(RecordId::Key(key.clone()));
            }
            purchase.offer().into_iter().for_each(|offer| draft.forget_name(&offer.inventory_id));
        }
        PurchaseEvent::CompensationStarted { .. } => {
            purchase.offer().into_iter().for_each(|offer| draft.forget_name(&offer.inventory_id));
        }
        PurchaseEvent::CheckoutOpened { .. }
        | PurchaseEvent::PaymentTaken { .. }
        | PurchaseEvent::OutcomeUnknown { .. }
        | PurchaseEvent::OrderDeclineDoubted { .. }
        | PurchaseEvent::OrderAbsent { .. }
        | PurchaseEvent::NumberProvisioned { .. }
        | PurchaseEvent::PaymentRefunded { .. }
        | PurchaseEvent::ReviewNeeded
        | PurchaseEvent::AskedAgain { .. } => {}
    }
    draft.put_purchase(Some(purchase), next)
}

/// Late evidence: what came to light is the purchase's to undo.
pub(super) fn evidence(draft: &mut Draft<'_>, id: &PurchaseId, event: &EvidenceEvent) -> Result<(), Contradiction> {
    let purchase = draft.purchase(id)?.ok_or(Contradiction::PurchaseMissing)?;
    let next = purchase.after_evidence(event)?;
    match event {
        EvidenceEvent::EvidenceCameLate { step, review } => match step {
            UndoStep::ReturnReservation { number } | UndoStep::ReturnNumber { number } => {
                if !review {
                    draft.take(*number, id)?;
                }
            }
            UndoStep::Refund { amount }
                if *amount == purchase.agreement.due_now() || planted!("late_charge_not_compared") => {}
            UndoStep::Refund { .. } => return Err(Contradiction::OtherAmount),
        },
        EvidenceEvent::EvidenceUndone {
            step: UndoStep::ReturnReservation { number } | UndoStep::ReturnNumber { number },
        } => draft.give_back(*number, id)?,
        EvidenceEvent::EvidenceUndone { step: UndoStep::Refund { .. } }
        | EvidenceEvent::EvidenceDelayed { .. }
        | EvidenceEvent::EvidenceReviewNeeded
        | EvidenceEvent::EvidenceAskedAgain { .. }
        | EvidenceEvent::EffectDoubted { .. }
        | EvidenceEvent::DoubtEnded { .. } => {}
    }
    draft.put_purchase(Some(purchase), next)
}

/// A payment that does not pay the purchase.
pub(super) fn payment(draft: &mut Draft<'_>, id: &PurchaseId, event: &PaymentEvent) -> Result<(), Contradiction> {
    let purchase = draft.purchase(id)?.ok_or(Contradiction::PurchaseMissing)?;
    let next = purchase.after_payment(event)?;
    match event {
        PaymentEvent::SurplusTaken { amount, .. } | PaymentEvent::SurplusRefunded { amount, .. } => {
            if *amount != purchase.agreement.due_now() {
                return Err(Contradiction::OtherAmount);
            }
        }
        PaymentEvent::SessionOpened { .. }
        | PaymentEvent::PaymentUnmatched { .. }
        | PaymentEvent::PaymentDismissed { .. }
        | PaymentEvent::SurplusRefundDelayed { .. }
        | PaymentEvent::SurplusReviewNeeded
        | PaymentEvent::SurplusAskedAgain { .. } => {}
    }
    draft.put_purchase(Some(purchase), next)
}

fn is_about(purchase: &Purchase, offer: &OfferedNumber) -> bool {
    purchase.agreement.whole().is_some_and(|agreement| agreement.is_about(offer))
}

/// The figures of an event are those that were agreed.
fn check(purchase: &Purchase, event: &PurchaseEvent) -> Result<(), Contradiction> {
    // `Purchase::evolve` has refused the events of one that has ended.
    let Some(agreement) = purchase.agreement.whole() else { return Ok(()) };
    let due = agreement.price.due_now;
    let is_right = match event {
        PurchaseEvent::PaymentTaken { amount, checkout } => {
            (*amount == due || planted!("payment_not_compared")) && checkout.is_some() == agreement.is_by_checkout()
        }
        PurchaseEvent::NumberActivated { at, paid_until, .. } => {
            let is_later = paid_until.is_none_or(|until| *at < until && agreement.renews);
            let is_agreed = PurchaseEvent::activated(agreement, *at, *paid_until) == *event;
            is_later && (is_agreed || planted!("parts_not_compared"))
        }
        PurchaseEvent::PurchaseFailed { freed, key, failure } => {
            let hold = (agreement.payment == PaymentMethod::Wallet).then_some(due);
            let is_freed = failure.frees_key(agreement.failed_key);
            if key.as_ref() != purchase.key.as_ref().filter(|_| is_freed) {
                return Err(Contradiction::KeyTaken);
            }
            *freed == hold || planted!("freed_hold_not_compared")
        }
        // What is reserved was compared above.
        PurchaseEvent::NumberReserved { .. }
        | PurchaseEvent::ReservationRejected { .. }
        // The state compares the refund with its step.
        | PurchaseEvent::PaymentRefunded { .. }
        | PurchaseEvent::CheckoutOpened { .. }
        | PurchaseEvent::OutcomeUnknown { .. }
        | PurchaseEvent::OrderDeclineDoubted { .. }
        | PurchaseEvent::OrderAbsent { .. }
        | PurchaseEvent::NumberProvisioned { .. }
        | PurchaseEvent::CompensationStarted { .. }
        | PurchaseEvent::ReservationReturned
        | PurchaseEvent::ProvisioningReturned
        | PurchaseEvent::ReviewNeeded
        | PurchaseEvent::AskedAgain { .. } => true,
    };
    if is_right { Ok(()) } else { Err(Contradiction::OtherAmount) }
}
