//! What was done is being undone: the reservation first, so that others can buy the number, then the money.

use alloc::vec::Vec;

use super::{Agreement, Attempts, Context, Failed, Failure, State};
use crate::effect::{Action, Confirmation, Outcome, Owed};
use crate::shop::{ChargeTime, PaymentMethod};
use crate::{E164, Event, Money, OfferedNumber};

/// What was done is being undone.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Compensating {
    /// Why.
    pub failure: Failure,
    /// The reservation that is still to be given back.
    pub unreserve: Option<E164>,
    /// The provisioned number that is still to be given back to the carrier.
    #[cfg_attr(feature = "serde", serde(default))]
    pub release: Option<E164>,
    /// The money that is still to be given back, to where it came from.
    pub refund: Option<Money>,
    /// Whether money was given back already.
    #[cfg_attr(feature = "serde", serde(default))]
    pub refunded: bool,
    /// How often the step at hand got no answer.
    pub attempts: Attempts,
}

impl Compensating {
    /// Undoes an order that did not come about: its number is reserved, and whatever is not in the wallet was taken.
    pub(super) fn of_order(
        failure: &Failure,
        offer: &OfferedNumber,
        agreement: &Agreement,
        attempts: Attempts,
    ) -> Self {
        let refund = match (agreement.charged, agreement.payment) {
            (ChargeTime::AtProvisioning, _) | (ChargeTime::BeforeOrder, PaymentMethod::Wallet) => None,
            (
                ChargeTime::BeforeOrder,
                PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice,
            ) => Some(agreement.price.due_now),
        };
        Self {
            failure: failure.clone(),
            unreserve: Some(offer.number),
            release: None,
            refund,
            refunded: false,
            attempts,
        }
    }

    /// Undoes a number that was provisioned and that nobody has paid.
    pub(super) fn of_provisioned(failure: &Failure, offer: &OfferedNumber, attempts: Attempts) -> Self {
        let release = Some(offer.number);
        Self { failure: failure.clone(), unreserve: None, release, refund: None, refunded: false, attempts }
    }

    pub(super) fn owed(&self, agreement: &Agreement) -> Owed {
        let action = match (self.unreserve, self.release, self.refund) {
            (Some(number), _, _) => Action::Unreserve { number },
            (None, Some(number), _) => Action::Release { number },
            (None, None, refund) => {
                let amount = refund.unwrap_or(Money::zero(agreement.price.due_now.currency()));
                Action::Refund { method: agreement.payment, amount }
            }
        };
        Owed { action, attempts: self.attempts }
    }

    pub(super) fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<Event> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => self.on_step_done(context),
            // A refused undo is retried: no other party can undo it. A confirmation of something else says nothing.
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Declined { .. }
            | Outcome::Unknown => context.unknown(self.attempts),
        }
    }

    fn on_step_done(&self, context: &Context<'_>) -> Vec<Event> {
        let purchase = context.id.clone();
        let failed = context.failed(self.failure.clone());
        let is_last = [self.unreserve.is_some(), self.release.is_some(), self.refund.is_some()]
            .into_iter()
            .filter(|step| *step)
            .count()
            <= 1;
        let done = match (self.unreserve, self.release, self.refund) {
            (Some(_), _, _) => Some(Event::ReservationReturned { purchase }),
            (None, Some(_), _) => Some(Event::ProvisioningReturned { purchase }),
            (None, None, Some(amount)) => Some(Event::PaymentRefunded { purchase, amount }),
            (None, None, None) => None,
        };
        done.into_iter().chain(is_last.then_some(failed)).collect()
    }

    pub(super) fn evolve(&self, event: &Event) -> Option<State> {
        let attempts = self.attempts.answered();
        if let Event::ReservationReturned { .. } = event {
            return Some(State::Compensating(Self { unreserve: None, attempts, ..self.clone() }));
        }
        if let Event::ProvisioningReturned { .. } = event {
            return Some(State::Compensating(Self { release: None, attempts, ..self.clone() }));
        }
        if let Event::PaymentRefunded { .. } = event {
            return Some(State::Compensating(Self { refund: None, refunded: true, attempts, ..self.clone() }));
        }
        if let Event::OutcomeUnknown { not_before, .. } = event {
            let attempts = self.attempts.record_failure(*not_before);
            return Some(State::Compensating(Self { attempts, ..self.clone() }));
        }
        if let Event::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: self.refunded }));
        }
        None
    }
}
