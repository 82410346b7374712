//! The states of one purchase.
//!
//! ```text
//! opening checkout ─ awaiting payment ─┐
//!                                      ├─ securing ─ charging ─ ordering ─┬─ (billing) ─ active
//!                                      │                          │       │
//!                                      │                          unconfirmed ─ needs review
//!                                      └──── compensating ── undone ── failed
//! ```
//!
//! Each state has its own file with its facts, the effect it owes, and its answer to every command and every event
//! (`Behaviour`). A purchase can stop after any decision and continue elsewhere: the pending effect follows from the
//! state.

mod active;
mod agreement;
mod attempts;
mod awaiting_payment;
mod behaviour;
mod billing;
mod charging;
mod compensating;
mod context;
mod failed;
mod needs_review;
mod opening_checkout;
mod ordering;
mod payments;
mod returning;
mod securing;
#[cfg(test)]
mod tests;
mod trail;
mod unconfirmed;
mod undo;
mod undone;

use alloc::{boxed::Box, vec::Vec};

pub use active::Active;
pub use agreement::Agreement;
pub use attempts::Attempts;
pub use awaiting_payment::AwaitingPayment;
pub(crate) use behaviour::PurchaseCommand;
use behaviour::{Behaviour, Facts, Phase};
pub use billing::Billing;
pub use charging::Charging;
pub use compensating::Compensating;
use context::{Context, truncate_reason};
pub use failed::{Failed, Failure};
pub use needs_review::NeedsReview;
pub use opening_checkout::OpeningCheckout;
pub use ordering::Ordering;
pub use payments::{Payment, Payments, Session, SessionStatus};
pub use returning::Returning;
pub use securing::Securing;
use trail::Late;
pub use trail::Trail;
pub use unconfirmed::Unconfirmed;
pub use undo::{NotAnUndo, UndoStep, UndoSteps};
pub use undone::Undone;

use crate::account::key::IdempotencyKey;
use crate::account::standing::InFlight;
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, Effect, EffectId, EffectKind, Outcome};
use crate::event::{Event, EvidenceEvent, PurchaseEvent};
use crate::history::{Contradiction, Impossible};
use crate::market::offers::OfferedNumber;
use crate::shop::Shop;
use crate::terms::number_type::NumberType;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// A purchase: what was agreed, and its state.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Purchase {
    /// The id, drawn by the host.
    pub id: PurchaseId,
    /// What was agreed at the acceptance. It never changes.
    pub agreement: Agreement,
    /// The idempotency key by which a repeat finds it.
    pub key: Option<IdempotencyKey>,
    /// What is remembered of its effects.
    pub trail: Trail,
    /// Its checkout sessions and payments.
    #[serde(default, skip_serializing_if = "is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub payments: Box<Payments>,
    /// The current state.
    pub state: State,
}

/// The state of a purchase. Each state holds only what is true in it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum State {
    /// The checkout page is being opened.
    OpeningCheckout(OpeningCheckout),
    /// The customer can pay at the checkout.
    AwaitingPayment(AwaitingPayment),
    /// A number is being reserved.
    Securing(Securing),
    /// A reserved number that is not what was agreed goes back.
    Returning(Returning),
    /// The money is being taken.
    Charging(Charging),
    /// The reserved number is being ordered.
    Ordering(Ordering),
    /// The order's reply was lost: the carrier may have sold the number.
    Unconfirmed(Unconfirmed),
    /// The number is provisioned, and the money is being taken.
    Billing(Billing),
    /// What was done is being undone.
    Compensating(Compensating),
    /// Everything is undone. The same decision ends the purchase.
    Undone(Undone),
    /// Manual review. The money stays held.
    NeedsReview(NeedsReview),
    /// The number is bought.
    Active(Active),
    /// The purchase has ended without a number.
    Failed(Failed),
}

impl Purchase {
    /// The first state of an accepted purchase.
    pub(crate) fn begin(id: PurchaseId, agreement: Agreement, key: Option<IdempotencyKey>) -> Self {
        let attempts = Attempts::none(agreement.accepted_at);
        let state = match (agreement.payment, agreement.checkout_expires_at) {
            (PaymentMethod::Checkout, Some(expires_at)) => {
                State::OpeningCheckout(OpeningCheckout { expires_at, attempts })
            }
            (
                PaymentMethod::Checkout
                | PaymentMethod::Subscription
                | PaymentMethod::UsageInvoice
                | PaymentMethod::Wallet,
                _,
            ) => State::Securing(Securing { attempts }),
        };
        let begun = Self { id, agreement, key, trail: Trail::new(), payments: Box::default(), state };
        let trail = Trail::new().beginning(begun.pending());
        Self { trail, ..begun }
    }

    /// Whether it has ended: active or failed.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.facts().phase == Phase::Settled && self.trail.late.is_empty()
    }

    /// Whether it has ended without a number. Its keys are free again.
    pub(crate) const fn has_failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    /// When its open checkout expires. From this instant an unpaid purchase counts for no limit and no window.
    #[must_use]
    pub fn checkout_expires_at(&self) -> Option<Timestamp> {
        self.facts().checkout_expires_at
    }

    /// Whether it is being undone.
    #[must_use]
    pub fn is_compensating(&self) -> bool {
        self.facts().phase == Phase::Undoing || !self.trail.late.is_empty()
    }

    /// Whether it is in manual review.
    #[must_use]
    pub fn needs_review(&self) -> bool {
        self.facts().phase == Phase::InReview || !self.trail.review.is_empty()
    }

    /// The number, once it is bought.
    #[must_use]
    pub const fn bought(&self) -> Option<E164> {
        if let State::Active(Active { number }) = &self.state { Some(*number) } else { None }
    }

    /// The number, from its reservation.
    #[must_use]
    pub fn number(&self) -> Option<E164> {
        self.bought().or_else(|| self.offer().map(|offer| offer.number))
    }

    /// The number that goes back by the pending effect.
    pub(crate) fn number_to_return(&self) -> Option<E164> {
        if let State::Returning(Returning { number, .. }) = &self.state {
            return Some(*number);
        }
        let State::Compensating(Compensating { steps, .. }) = &self.state else { return None };
        steps.next().number()
    }

    /// The type of the number: as agreed, or of the reserved number.
    #[must_use]
    pub fn number_type(&self) -> Option<NumberType> {
        let agreed = || self.agreement.number_type.or_else(|| self.agreement.selector.number_type());
        self.offer().map(|offer| offer.number_type).or_else(agreed)
    }

    /// The reserved number, until it is bought or undone.
    #[must_use]
    pub fn offer(&self) -> Option<&OfferedNumber> {
        self.facts().offer
    }

    /// The pending effect, to be run now or later.
    #[must_use]
    pub fn owed(&self) -> Option<Effect> {
        let own = self.state.behaviour().owed(&self.id, &self.agreement);
        let Some(owed) = own.or_else(|| self.trail.owed(self.agreement.payment)) else {
            let (nth, refund) = self.payments.owed(self.agreement.price.due_now)?;
            let mut effect = Effect::new(self.id.clone(), refund);
            effect.id.asking = nth;
            return Some(effect);
        };
        let mut effect = Effect::new(self.id.clone(), owed);
        let rejected = &self.trail.rejected;
        let count = u32::try_from(rejected.len()).unwrap_or(u32::MAX);
        match (&mut effect.action, &self.state) {
            // Each reservation is an effect of its own, and so is each return.
            (Action::Reserve { except, .. }, _) => {
                effect.id.asking = count;
                except.clone_from(rejected);
            }
            (Action::Unreserve { .. }, State::Returning(_)) => effect.id.asking = count.saturating_sub(1),
            (Action::Unreserve { .. }, _) => effect.id.asking = count,
            (Action::Refund { checkout, .. }, _) => *checkout = self.payments.paid().cloned(),
            _ => {}
        }
        Some(effect)
    }

    /// The kind of the pending effect.
    fn pending(&self) -> Option<EffectKind> {
        self.state.behaviour().owed(&self.id, &self.agreement).map(|owed| owed.action.kind())
    }

    /// The events that an outcome of the pending effect causes.
    pub(crate) fn on_outcome(&self, outcome: &Outcome, shop: &Shop, now: Timestamp) -> Vec<Event> {
        if self.pending().is_some() {
            let mut events = self.on(&PurchaseCommand::RecordOutcome(outcome), shop, now);
            if let Some(Event::Purchase { event: PurchaseEvent::CheckoutOpened { checkout, .. }, .. }) = events.first()
            {
                let checkout = checkout.clone();
                events = self.after_opening(events.swap_remove(0), &checkout, shop, now);
            }
            return events;
        }
        let Some(step) = self.trail.late.first() else { return self.on_refund(outcome, shop, now) };
        let event = match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => EvidenceEvent::EvidenceUndone { step: *step },
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown => {
                EvidenceEvent::EvidenceDelayed { not_before: self.trail.attempts.retry_at(&shop.policy().retry, now) }
            }
        };
        [Event::Evidence { event, purchase: self.id.clone() }].into()
    }

    /// What a confirmation causes that nobody waits for. Positive evidence is never dropped: the purchase uses it, or
    /// undoes it. `None`: the purchase never began such an effect.
    pub(crate) fn on_late(
        &self,
        effect: &EffectId,
        confirmation: &Confirmation,
        shop: &Shop,
        now: Timestamp,
    ) -> Option<Vec<Event>> {
        let is_rejected = u32::try_from(self.trail.rejected.len()).is_ok_and(|count| effect.asking < count);
        if effect.kind == EffectKind::Reserve && is_rejected {
            // That number went back already.
            return Some(Vec::new());
        }
        if effect.kind == EffectKind::OpenCheckout && self.trail.begun.contains(&effect.kind) {
            return Some(self.on_other_session(confirmation, shop, now));
        }
        let has_failed = self.has_given_up();
        Some(match self.trail.late(effect.kind, confirmation, has_failed, self.agreement.price.due_now)? {
            Late::Nothing => Vec::new(),
            Late::Bought => self.context(shop, now).provisioned().into_iter().map(|event| self.event(event)).collect(),
            Late::Undo(step) => {
                let event = EvidenceEvent::EvidenceCameLate { step, review: false };
                [Event::Evidence { event, purchase: self.id.clone() }].into()
            }
        })
    }

    /// When the host wakes it up: when its effect may run, or its checkout expires.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.owed().map(|effect| effect.not_before).into_iter().chain(self.checkout_ends_at()).min()
    }

    /// The purchase as it counts against limits and windows. `None` if it has ended or is being undone.
    pub(crate) fn in_flight(&self) -> Option<InFlight> {
        let counts = !self.is_settled() && !self.is_compensating();
        counts.then(|| InFlight {
            accepted_at: self.agreement.accepted_at,
            checkout_expires_at: self.checkout_expires_at(),
            country: Some(self.agreement.country),
            number_type: self.number_type(),
            holder: self.agreement.holder.clone(),
            due_now: Some(self.agreement.price.due_now),
        })
    }

    /// The events that a command causes.
    pub(crate) fn on(&self, command: &PurchaseCommand<'_>, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let events = self.state.behaviour().on(command, &self.context(shop, now));
        events.into_iter().map(|event| self.event(event)).collect()
    }

    /// The event that time alone causes: an unpaid checkout expires, even if its page never opened.
    pub(crate) fn on_wake_up(&self, shop: &Shop, now: Timestamp) -> Option<Event> {
        self.context(shop, now).expired(self.checkout_ends_at()?).map(|event| self.event(event))
    }

    /// The same for a decision that counts the checkout as ended from its expiry on: what was counted is recorded.
    pub(crate) fn on_expiry(&self, shop: &Shop, now: Timestamp) -> Option<Event> {
        self.context(shop, now).expired(self.checkout_expires_at()?).map(|event| self.event(event))
    }

    fn event(&self, event: PurchaseEvent) -> Event {
        Event::Purchase { event, purchase: self.id.clone() }
    }

    fn context<'a>(&'a self, shop: &'a Shop, now: Timestamp) -> Context<'a> {
        let (retry, rejected) = (&shop.policy().retry, self.trail.rejected.as_slice());
        Context { agreement: &self.agreement, key: self.key.as_ref(), shop, retry, rejected, now }
    }

    fn facts(&self) -> Facts<'_> {
        self.state.behaviour().facts()
    }

    /// The purchase after an event.
    pub(crate) fn evolve(&self, event: &PurchaseEvent) -> Result<Self, Contradiction> {
        let Facts { name: state, expects: expected, .. } = self.facts();
        let next = self.state.behaviour().evolve(event, &self.agreement);
        let state = next.map_err(|Impossible| Contradiction::Unexpected { state, expected })?;
        let payments = self.payments.after(event);
        let payments =
            payments.map_err(|Impossible| Contradiction::Unexpected { state: self.facts().name, expected: &[] })?;
        let next = Self { state, trail: self.trail.after(event), payments: Box::new(payments), ..self.clone() };
        let trail = next.trail.clone().beginning(next.pending());
        Ok(Self { trail, ..next })
    }

    /// Whether it has failed, or is being undone.
    fn has_given_up(&self) -> bool {
        self.bought().is_none() && matches!(self.facts().phase, Phase::Undoing | Phase::Settled)
    }

    /// The purchase after late evidence.
    pub(crate) fn after_evidence(&self, event: &EvidenceEvent) -> Result<Self, Contradiction> {
        let Facts { name: state, .. } = self.facts();
        // What comes to light while the purchase can use it is an event of its state.
        let is_late = self.has_given_up() || planted!("late_evidence_in_time");
        let may_be = !matches!(event, EvidenceEvent::EvidenceCameLate { .. }) || is_late;
        let trail = if may_be { self.trail.after_evidence(event) } else { Err(Impossible) };
        let trail = trail.map_err(|Impossible| Contradiction::Unexpected { state, expected: &[] })?;
        Ok(Self { trail, ..self.clone() })
    }
}

#[expect(clippy::borrowed_box, reason = "serde asks so")]
fn is_empty(payments: &Box<Payments>) -> bool {
    payments.is_empty()
}

impl State {
    /// The behaviour in the state's own file.
    fn behaviour(&self) -> &dyn Behaviour {
        match self {
            Self::OpeningCheckout(state) => state,
            Self::AwaitingPayment(state) => state,
            Self::Securing(state) => state,
            Self::Returning(state) => state,
            Self::Charging(state) => state,
            Self::Ordering(state) => state,
            Self::Unconfirmed(state) => state,
            Self::Billing(state) => state,
            Self::Compensating(state) => state,
            Self::Undone(state) => state,
            Self::NeedsReview(state) => state,
            Self::Active(state) => state,
            Self::Failed(state) => state,
        }
    }
}
