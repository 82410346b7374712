//! Securing: a number is being reserved by one conditional write in the inventory.

use alloc::vec::Vec;

use super::{
    Agreement, Attempts, Behaviour, Charging, Compensating, Context, Facts, Failed, Ordering, Phase, PurchaseCommand,
    Returning, State, UndoStep,
};
use crate::base::id::PurchaseId;
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use ringup_derive::data;

/// A number is being reserved.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Securing {
    /// The reservation's attempts.
    pub attempts: Attempts,
}

impl Behaviour for Securing {
    fn facts(&self) -> Facts<'_> {
        Facts {
            name: "securing",
            expects: &[
                "number_reserved",
                "reservation_rejected",
                "outcome_unknown",
                "compensation_started",
                "purchase_failed",
            ],
            phase: Phase::UnderWay,
            checkout_expires_at: None,
            offer: None,
        }
    }

    fn owed(&self, _: &PurchaseId, agreement: &Agreement) -> Option<Owed> {
        let own_price = agreement.basis.own_price;
        // The purchase adds what it has rejected.
        let action = Action::Reserve { selector: agreement.wanted(), own_price, except: Vec::new() };
        Some(Owed { action, attempts: self.attempts })
    }

    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match command {
            PurchaseCommand::RecordOutcome(outcome) => self.on_outcome(outcome, context),
            PurchaseCommand::RecordCheckoutPaid(_) | PurchaseCommand::RecordCheckoutDeclined(_) => Vec::new(),
        }
    }

    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Result<State, Impossible> {
        match event {
            PurchaseEvent::NumberReserved { offer } => Ok(after_reserving(offer, agreement, self.attempts.answered())),
            PurchaseEvent::ReservationRejected { offer } => {
                let attempts = self.attempts.answered();
                Ok(State::Returning(Returning { number: offer.number, attempts }))
            }
            PurchaseEvent::OutcomeUnknown { not_before } => {
                let attempts = self.attempts.record_failure(*not_before);
                Ok(State::Securing(Self { attempts }))
            }
            PurchaseEvent::CompensationStarted { failure } => {
                let refund = UndoStep::Refund { amount: agreement.price.due_now };
                Ok(State::Compensating(Compensating::of_one(failure, refund, self.attempts.answered())))
            }
            // What was paid at a checkout is refunded first.
            PurchaseEvent::PurchaseFailed { failure, .. }
                if !agreement.is_by_checkout() || planted!("paid_purchase_ends_unrefunded") =>
            {
                Ok(State::Failed(Failed { failure: failure.clone(), refunded: false }))
            }
            PurchaseEvent::PurchaseFailed { .. }
            | PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::NumberActivated { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => Err(Impossible),
        }
    }
}

impl Securing {
    fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<PurchaseEvent> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } } => {
                let offer = offer.clone();
                if context.agreement.accepts(context.shop, &offer) || planted!("reserved_price_not_compared") {
                    [PurchaseEvent::NumberReserved { offer }].into()
                } else {
                    [PurchaseEvent::ReservationRejected { offer }].into()
                }
            }
            Outcome::Declined { reason } => context.out_of_stock(reason),
            // A confirmation of another kind says nothing about this effect.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent
                    | Confirmation::Done,
            }
            | Outcome::Unknown => self.on_unknown(context),
        }
    }

    /// After the last attempt the purchase fails: nothing is ordered, so its money does not wait for an inventory that does
    /// not answer. The trail keeps the reservation in doubt, and it goes back.
    fn on_unknown(&self, context: &Context<'_>) -> Vec<PurchaseEvent> {
        if self.attempts.is_last(context.retry) {
            context.out_of_stock("the inventory does not answer")
        } else {
            context.unclear(self.attempts)
        }
    }
}

/// The state after the reservation: charge before the order, unless it is paid or charged at the provisioning.
fn after_reserving(offer: &OfferedNumber, agreement: &Agreement, attempts: Attempts) -> State {
    let offer = offer.clone();
    if agreement.price.due_now.is_zero() && !planted!("charge_of_zero") {
        return State::Ordering(Ordering { offer, attempts });
    }
    match (agreement.charged, agreement.payment) {
        (ChargeTime::BeforeOrder, PaymentMethod::Subscription | PaymentMethod::UsageInvoice) => {
            State::Charging(Charging { offer, attempts })
        }
        (ChargeTime::AtProvisioning, _)
        | (ChargeTime::BeforeOrder, PaymentMethod::Checkout | PaymentMethod::Wallet) => {
            State::Ordering(Ordering { offer, attempts })
        }
    }
}
