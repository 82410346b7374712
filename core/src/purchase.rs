//! The states of one purchase.
//!
//! ```text
//! (awaiting KYC) ─┐
//!                  │
//! opening checkout ─ awaiting payment ─┐
//!                                      ├─ securing ─ charging ─ ordering ─┬─ (billing) ─ active
//!                                      │                          │       │
//!                                      │                          unconfirmed
//!                                      └──── compensating ── undone ── failed
//! ```
//!
//! An effect that nobody answers in as many attempts as the policy allows is in manual review: the state stays, and nothing
//! is pending. Evidence that still comes is used, and a command says what was found (`review.rs`).
//!
//! Each state has its own file with its facts, the effect it owes, and its answer to every command and every event
//! (`Behaviour`). A purchase can stop after any decision and continue elsewhere: the pending effect follows from the
//! state.

mod active;
mod agreed;
mod agreement;
mod attempts;
mod awaiting_kyc;
mod awaiting_payment;
mod behaviour;
mod billing;
mod charging;
mod compensating;
mod context;
mod failed;
mod late;
mod opening_checkout;
mod ordering;
mod payments;
mod returning;
mod review;
mod securing;
#[cfg(test)]
mod tests;
mod trail;
mod unconfirmed;
mod undo;
mod undone;

use alloc::{boxed::Box, vec::Vec};

pub use active::Active;
pub use agreed::{Agreed, AgreementOutline};
pub use agreement::Agreement;
pub use attempts::Attempts;
pub use awaiting_kyc::AwaitingKyc;
pub use awaiting_payment::AwaitingPayment;
pub(crate) use behaviour::PurchaseCommand;
use behaviour::{Behaviour, Facts, Phase};
pub use billing::Billing;
pub use charging::Charging;
pub use compensating::Compensating;
use context::{Context, truncate_reason};
pub use failed::{Failed, Failure};
pub use opening_checkout::OpeningCheckout;
pub use ordering::Ordering;
pub use payments::{Payment, Payments, Session, SessionStatus};
pub use returning::Returning;
pub(crate) use review::Unresolved;
pub use securing::Securing;
pub use trail::Trail;
pub use unconfirmed::Unconfirmed;
pub use undo::{NotAnUndo, UndoStep, UndoSteps};
pub use undone::Undone;

use crate::account::key::{FailedKey, IdempotencyKey};
use crate::account::standing::InFlight;
use crate::base::id::PurchaseId;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Effect, EffectId, EffectKind, Outcome, Owed};
use crate::event::{Event, EvidenceEvent, PurchaseEvent};
use crate::history::{Contradiction, Impossible};
use crate::market::offers::OfferedNumber;
use crate::shop::Shop;
use crate::terms::fulfilment::OrderEvidence;
use crate::terms::number_type::NumberType;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::E164;

/// A purchase: what was agreed, and its state.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// The id, drawn by the host.
    pub id: PurchaseId,
    /// What was agreed at the acceptance. It never changes.
    pub agreement: Agreed,
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
    /// The verification that the number needs is not approved. Nothing is agreed yet.
    AwaitingKyc(AwaitingKyc),
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
        let agreement = Agreed::Whole(Box::new(agreement));
        Self { id, agreement, key, trail: Trail::new(), payments: Box::default(), state }.begun()
    }

    /// Remembers the pending effect.
    fn begun(self) -> Self {
        let pending = self.owed().map(|effect| effect.id);
        Self { trail: self.trail.clone().beginning(pending.as_ref()), ..self }
    }

    /// Drops what nothing needs once the purchase has ended.
    fn shortened(self) -> Self {
        let is_bought = self.bought().is_some();
        if !is_bought && !self.has_failed() {
            return self;
        }
        // The state has the number that was bought.
        let number = self.trail.number.filter(|_| !is_bought);
        Self { agreement: self.agreement.ended(is_bought), trail: Trail { number, ..self.trail }, ..self }
    }

    /// Whether it has ended: active or failed.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.facts().phase == Phase::Settled && !self.trail.is_pending()
    }

    /// Whether it was accepted and has not ended: it may still take money.
    pub(crate) fn is_out(&self) -> bool {
        !self.is_settled() && self.facts().phase != Phase::Waiting
    }

    /// Whether it has ended without a number.
    pub(crate) const fn has_failed(&self) -> bool {
        matches!(self.state, State::Failed(_))
    }

    /// Whether it has ended without a number, and its keys are free again.
    pub(crate) fn has_freed_its_keys(&self, rule: FailedKey) -> bool {
        matches!(&self.state, State::Failed(failed) if failed.failure.frees_key(rule))
    }

    /// When its open checkout expires. From this instant an unpaid purchase counts for no limit and no window.
    #[must_use]
    pub fn checkout_expires_at(&self) -> Option<Timestamp> {
        self.facts().checkout_expires_at
    }

    /// Whether it is being undone.
    #[must_use]
    pub fn is_compensating(&self) -> bool {
        self.facts().phase == Phase::Undoing || self.trail.is_pending()
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
        self.undoing()?.number()
    }

    /// The type of the number: as agreed, or of the reserved number.
    #[must_use]
    pub fn number_type(&self) -> Option<NumberType> {
        let agreement = &self.agreement;
        let agreed = || agreement.whole().and_then(|it| it.number_type).or_else(|| agreement.selector().number_type());
        self.offer().map(|offer| offer.number_type).or_else(agreed)
    }

    /// The reserved number, until it is bought or undone.
    #[must_use]
    pub fn offer(&self) -> Option<&OfferedNumber> {
        self.facts().offer
    }

    /// The pending effect, to be run now or later. None, if what is left rests in manual review.
    #[must_use]
    pub fn owed(&self) -> Option<Effect> {
        let waits = |found: Option<(Effect, Attempts)>| {
            found.filter(|(_, attempts)| !attempts.in_review).map(|(effect, _)| effect)
        };
        let (own, late) = (waits(self.own()), waits(self.late()));
        match own {
            // A number that was sold after all goes back before its money does.
            Some(own) if own.id.kind == EffectKind::Refund => late.or(Some(own)),
            own => own.or(late).or_else(|| waits(self.surplus())),
        }
    }

    /// The effect that the state waits for, even if it rests in review.
    fn own(&self) -> Option<(Effect, Attempts)> {
        Some(self.effect(self.state.behaviour().owed(&self.id, self.agreement.whole()?)?))
    }

    /// What is asked for because of late evidence or a doubt.
    fn late(&self) -> Option<(Effect, Attempts)> {
        Some(self.effect(self.trail.owed(&self.id, &self.agreement)?))
    }

    /// The refund of a surplus payment.
    fn surplus(&self) -> Option<(Effect, Attempts)> {
        let (nth, owed) = self.payments.owed(self.agreement.due_now())?;
        let (mut effect, attempts) = (Effect::new(self.id.clone(), owed), self.payments.attempts);
        effect.id.asking = nth;
        Some((effect, attempts))
    }

    fn effect(&self, owed: Owed) -> (Effect, Attempts) {
        let (attempts, rejected) = (owed.attempts, &self.trail.rejected);
        let mut effect = Effect::new(self.id.clone(), owed);
        // Each reservation is an effect of its own, and so is the return of each number.
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        match &mut effect.action {
            Action::Reserve { except, .. } => {
                effect.id.asking = count(rejected.len());
                except.clone_from(rejected);
            }
            Action::Unreserve { number } => {
                let is_kept = self.trail.number == Some(*number);
                let place = rejected.iter().rposition(|rejected| rejected == number && !is_kept);
                effect.id.asking = count(place.unwrap_or(rejected.len()));
            }
            Action::Refund { checkout, .. } => *checkout = self.payments.paid().cloned(),
            Action::OpenCheckout { .. }
            | Action::Charge { .. }
            | Action::Order { .. }
            | Action::QueryOrder { .. }
            | Action::EndCharges { .. }
            | Action::Renew { .. }
            | Action::Release { .. } => {}
        }
        (effect, attempts)
    }

    /// Whether an outcome of this effect is waited for.
    pub(crate) fn awaits(&self, effect: &EffectId) -> bool {
        self.own().into_iter().chain(self.late()).chain(self.surplus()).any(|(awaited, _)| awaited.id == *effect)
    }

    /// Whether the effect was pending at any time, so that its outcome may come late or twice.
    pub(crate) fn has_begun(&self, effect: &EffectId) -> bool {
        self.trail.has_begun(effect) || self.payments.has_begun(effect)
    }

    /// The events that an outcome of an awaited effect causes. A refusal or a lost reply of an attempt whose outcome was
    /// recorded as unknown already is not another attempt: the next one has not begun.
    pub(crate) fn on_outcome(&self, effect: &EffectId, outcome: &Outcome, shop: &Shop, now: Timestamp) -> Vec<Event> {
        if self.surplus().is_some_and(|(surplus, _)| surplus.id == *effect) {
            return self.on_refund(outcome, shop, now);
        }
        let Some((_, attempts)) = self.own().filter(|(own, _)| own.id == *effect) else {
            return self.on_late_outcome(effect, outcome, shop, now);
        };
        let is_over = attempts.is_over(now);
        let outcome = match outcome {
            Outcome::Declined { .. } if is_over => &Outcome::Unknown,
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown => outcome,
        };
        // A second order must not go out before the first is cleared up.
        let is_ordering = matches!(self.state, State::Ordering(_));
        if is_over && *outcome == Outcome::Unknown && !is_ordering {
            return Vec::new();
        }
        let mut events = self.on(&PurchaseCommand::RecordOutcome(outcome), shop, now);
        if let Some(Event::Purchase { event: PurchaseEvent::CheckoutOpened { checkout, .. }, .. }) = events.first() {
            let checkout = checkout.clone();
            events = self.after_opening(events.swap_remove(0), &checkout, shop, now);
        }
        let gives_up = events.iter().any(|event| {
            matches!(
                event,
                Event::Purchase {
                    event: PurchaseEvent::PurchaseFailed { .. } | PurchaseEvent::CompensationStarted { .. },
                    ..
                }
            )
        });
        if gives_up && *outcome == Outcome::Unknown && self.trail.must_doubt(effect.kind, &self.agreement) {
            events.push(self.evidence(EvidenceEvent::EffectDoubted { effect: effect.kind }));
        }
        events
    }

    /// Whether a refusal of this effect leaves it in doubt: a carrier that does not know our keys refuses an order because an
    /// earlier one went through.
    pub(crate) fn doubts_refusals_of(&self, kind: EffectKind) -> bool {
        kind == EffectKind::Order && self.agreement.order_evidence() == Some(OrderEvidence::ListOnly)
    }

    /// When the host wakes it up: when its effect may run, its checkout expires, or it is too late for its papers.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let deadline = self.awaiting_kyc().and_then(|awaiting| awaiting.until);
        let effect = self.owed().map(|effect| effect.not_before);
        effect.into_iter().chain(self.checkout_ends_at()).chain(deadline).min()
    }

    /// The purchase as it counts against limits and windows. `None` if it has ended or is being undone.
    pub(crate) fn in_flight(&self) -> Option<InFlight> {
        let counts = self.is_out() && !self.is_compensating();
        counts.then(|| InFlight {
            accepted_at: self.agreement.accepted_at(),
            checkout_expires_at: self.checkout_expires_at(),
            country: Some(self.agreement.country()),
            number_type: self.number_type(),
            holder: self.agreement.holder().cloned(),
            due_now: Some(self.agreement.due_now()),
        })
    }

    /// The events that a command causes.
    pub(crate) fn on(&self, command: &PurchaseCommand<'_>, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let context = self.context(shop, now);
        let events = context.map(|context| self.state.behaviour().on(command, &context));
        events.into_iter().flatten().map(|event| self.event(event)).collect()
    }

    /// The event that time alone causes: an unpaid checkout expires, even if its page never opened.
    pub(crate) fn on_wake_up(&self, shop: &Shop, now: Timestamp) -> Option<Event> {
        self.context(shop, now)?.expired(self.checkout_ends_at()?).map(|event| self.event(event))
    }

    /// The same for a decision that counts the checkout as ended from its expiry on: what was counted is recorded.
    pub(crate) fn on_expiry(&self, shop: &Shop, now: Timestamp) -> Option<Event> {
        self.context(shop, now)?.expired(self.checkout_expires_at()?).map(|event| self.event(event))
    }

    fn evidence(&self, event: EvidenceEvent) -> Event {
        Event::Evidence { event, purchase: self.id.clone() }
    }

    fn event(&self, event: PurchaseEvent) -> Event {
        Event::Purchase { event, purchase: self.id.clone() }
    }

    /// What a state answers by. `None`: the purchase has ended.
    fn context<'a>(&'a self, shop: &'a Shop, now: Timestamp) -> Option<Context<'a>> {
        let (retry, rejected) = (&shop.policy().retry, self.trail.rejected.as_slice());
        let agreement = self.agreement.whole()?;
        Some(Context { agreement, key: self.key.as_ref(), shop, retry, rejected, now })
    }

    /// The undo step that the state takes now.
    fn undoing(&self) -> Option<UndoStep> {
        match &self.state {
            State::Returning(Returning { number, .. }) => Some(UndoStep::ReturnReservation { number: *number }),
            State::Compensating(Compensating { steps, .. }) => Some(steps.next()),
            State::AwaitingKyc(_)
            | State::OpeningCheckout(_)
            | State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Undone(_)
            | State::Active(_)
            | State::Failed(_) => None,
        }
    }

    fn facts(&self) -> Facts<'_> {
        self.state.behaviour().facts()
    }

    /// The purchase after an event.
    pub(crate) fn evolve(&self, event: &PurchaseEvent) -> Result<Self, Contradiction> {
        let Facts { name: state, expects: expected, .. } = self.facts();
        let agreement = self.agreement.whole().ok_or(Contradiction::Unexpected { state, expected })?;
        let next = self.state.behaviour().evolve(event, agreement);
        let state = next.map_err(|Impossible| Contradiction::Unexpected { state, expected })?;
        let payments = self.payments.after(event);
        let payments =
            payments.map_err(|Impossible| Contradiction::Unexpected { state: self.facts().name, expected: &[] })?;
        let (trail, payments) = (self.trail.after(event, self.undoing()), Box::new(payments));
        Ok(Self { state, trail, payments, ..self.clone() }.shortened().begun())
    }

    /// The purchase after late evidence.
    pub(crate) fn after_evidence(&self, event: &EvidenceEvent) -> Result<Self, Contradiction> {
        let Facts { name: state, .. } = self.facts();
        // What comes to light while the purchase can use it is an event of its state.
        let is_late = self.has_given_up() || planted!("late_evidence_in_time");
        let trail = if is_late { self.trail.after_evidence(event, &self.agreement) } else { Err(Impossible) };
        let trail = trail.map_err(|Impossible| Contradiction::Unexpected { state, expected: &[] })?;
        Ok(Self { trail, ..self.clone() }.begun())
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
            Self::AwaitingKyc(state) => state,
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
            Self::Active(state) => state,
            Self::Failed(state) => state,
        }
    }
}
