//! What was done is being undone: the reservation first, so that others can buy the number, then the money.

use alloc::vec::Vec;

use super::{Agreement, Attempts, Context, Failed, Failure, Owed, State};
use crate::effect::{Action, Confirmation, EffectKind, Outcome};
use crate::shop::PaymentMethod;
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
    /// The money that is still to be given back, to where it came from.
    pub refund: Option<Money>,
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
        let refund = match agreement.payment {
            PaymentMethod::Wallet => None,
            PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice => {
                Some(agreement.price.due_now)
            }
        };
        Self { failure: failure.clone(), unreserve: Some(offer.number), refund, attempts }
    }

    pub(super) fn owed(&self, agreement: &Agreement) -> Owed {
        let not_before = self.attempts.not_before;
        match (self.unreserve, self.refund) {
            (Some(number), _) => (EffectKind::Unreserve, 0, not_before, Action::Unreserve { number }),
            (None, refund) => {
                let amount = refund.unwrap_or(Money::zero(agreement.price.due_now.currency()));
                let action = Action::Refund { method: agreement.payment, amount };
                (EffectKind::Refund, 0, not_before, action)
            }
        }
    }

    pub(super) fn on_outcome(&self, outcome: &Outcome, context: &Context<'_>) -> Vec<Event> {
        match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => self.on_step_done(context),
            Outcome::Confirmed { confirmation } => context.misplaced(confirmation, self.attempts),
            // An undoing that is refused is asked again: nobody but us can give back what is not ours.
            Outcome::Declined { .. } | Outcome::Unknown => context.unknown(self.attempts),
        }
    }

    fn on_step_done(&self, context: &Context<'_>) -> Vec<Event> {
        let purchase = context.id.clone();
        let failed = context.failed(self.failure.clone());
        match (self.unreserve, self.refund) {
            (Some(_), Some(_)) => [Event::ReservationReturned { purchase }].into(),
            (Some(_), None) => Vec::from([Event::ReservationReturned { purchase }, failed]),
            (None, Some(amount)) => Vec::from([Event::PaymentRefunded { purchase, amount }, failed]),
            (None, None) => [failed].into(),
        }
    }

    pub(super) fn evolve(&self, event: &Event) -> Option<State> {
        let attempts = Attempts { unanswered: 0, ..self.attempts };
        if let Event::ReservationReturned { .. } = event {
            return Some(State::Compensating(Self { unreserve: None, attempts, ..self.clone() }));
        }
        if let Event::PaymentRefunded { .. } = event {
            return Some(State::Compensating(Self { refund: None, attempts, ..self.clone() }));
        }
        if let Event::OutcomeUnknown { not_before, .. } = event {
            let attempts = self.attempts.and_one(*not_before);
            return Some(State::Compensating(Self { attempts, ..self.clone() }));
        }
        if let Event::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: true }));
        }
        None
    }
}
