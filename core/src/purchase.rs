//! The life of one purchase.
//!
//! ```text
//! opening checkout ─ awaiting payment ─┐
//!                                      ├─ securing ─ charging ─ ordering ─┬─ (billing) ─ active
//!                                      │                          │       │
//!                                      │                          unconfirmed ─ needs review
//!                                      └──── compensating ── undone ── failed
//! ```
//!
//! Each state has its own file, and answers there every kind of outcome. It can be stopped after any decision and resumed
//! elsewhere: what is owed follows from the state.

mod agreement;
mod attempts;
mod awaiting_payment;
mod billing;
mod charging;
mod compensating;
mod context;
mod failed;
mod needs_review;
mod opening_checkout;
mod ordering;
mod securing;
mod unconfirmed;
mod undo;
mod undone;

use alloc::vec::Vec;

pub use agreement::Agreement;
pub use attempts::Attempts;
pub use awaiting_payment::AwaitingPayment;
pub use billing::Billing;
pub use charging::Charging;
pub use compensating::Compensating;
pub(crate) use context::Context;
use context::truncate_reason;
pub use failed::{Failed, Failure};
pub use needs_review::NeedsReview;
pub use opening_checkout::OpeningCheckout;
pub use ordering::Ordering;
pub use securing::Securing;
pub use unconfirmed::Unconfirmed;
pub use undo::{NothingToUndo, UndoStep, UndoSteps};
pub use undone::Undone;

use crate::account::IdempotencyKey;
use crate::effect::Outcome;
use crate::event::{Event, PurchaseEvent};
use crate::shop::{PaymentMethod, Retry};
use crate::{CheckoutId, E164, Effect, Finding, NumberType, OfferedNumber, PurchaseId, Timestamp};

/// One purchase: what was agreed, and how it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Purchase {
    /// Its name.
    pub id: PurchaseId,
    /// What was agreed when it was accepted; never changed after.
    pub agreement: Agreement,
    /// The key under which a repeat finds it, if it has one.
    pub key: Option<IdempotencyKey>,
    /// How it stands.
    pub state: State,
}

/// How a purchase stands. Each state carries only what is true in it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "state", rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum State {
    /// The checkout page is being opened.
    OpeningCheckout(OpeningCheckout),
    /// The customer can pay.
    AwaitingPayment(AwaitingPayment),
    /// A number is being reserved.
    Securing(Securing),
    /// The money is being taken.
    Charging(Charging),
    /// The reserved number is being ordered.
    Ordering(Ordering),
    /// The carrier may or may not have sold us the number.
    Unconfirmed(Unconfirmed),
    /// The number is provisioned, and is being charged only now.
    Billing(Billing),
    /// What was done is being undone.
    Compensating(Compensating),
    /// Everything is undone; the purchase ends with the same decision.
    Undone(Undone),
    /// A person must look; the money stays held.
    NeedsReview(NeedsReview),
    /// The number is bought.
    Active {
        /// The number.
        number: E164,
    },
    /// It has ended without a number.
    Failed(Failed),
}

impl Purchase {
    /// The state in which an accepted purchase begins.
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
        Self { id, agreement, key, state }
    }

    /// Whether it has come to its end: active or failed.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        match self.state {
            State::Active { .. } | State::Failed(_) => true,
            State::OpeningCheckout(_)
            | State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::NeedsReview(_) => false,
        }
    }

    /// When its checkout expires, if one is open: an unpaid one counts for no limit or window from then on.
    #[must_use]
    pub const fn checkout_expires_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::OpeningCheckout(opening) => Some(opening.expires_at),
            State::AwaitingPayment(awaiting) => Some(awaiting.expires_at),
            State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. }
            | State::Failed(_) => None,
        }
    }

    /// What the passing of time alone brings about: the end of a checkout that nobody has paid. One that never opened ends
    /// as well, because nobody will see its page.
    pub(crate) fn on_wake_up(&self, retry: &Retry, now: Timestamp) -> Option<Event> {
        self.context(retry, now).expired(self.checkout_expires_at()?).map(|event| self.event(event))
    }

    /// Whether an order of it is out at the carrier, or about to be.
    pub(crate) const fn is_ordering(&self) -> bool {
        match self.state {
            State::Ordering(_) | State::Unconfirmed(_) => true,
            State::OpeningCheckout(_)
            | State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. }
            | State::Failed(_) => false,
        }
    }

    /// Whether what was done for it is being undone.
    #[must_use]
    pub const fn is_compensating(&self) -> bool {
        matches!(self.state, State::Compensating(_) | State::Undone(_))
    }

    /// Whether a person must look at it.
    #[must_use]
    pub const fn needs_review(&self) -> bool {
        matches!(self.state, State::NeedsReview(_))
    }

    /// The number, if it is bought.
    #[must_use]
    pub const fn bought(&self) -> Option<E164> {
        if let State::Active { number } = &self.state { Some(*number) } else { None }
    }

    /// The number, as soon as one is reserved.
    #[must_use]
    pub fn number(&self) -> Option<E164> {
        self.bought().or_else(|| self.offer().map(|offer| offer.number))
    }

    /// The number's type, as soon as it is clear.
    #[must_use]
    pub fn number_type(&self) -> Option<NumberType> {
        let agreed = || self.agreement.number_type.or_else(|| self.agreement.selector.number_type());
        self.offer().map(|offer| offer.number_type).or_else(agreed)
    }

    /// What is being bought, from when a number is reserved until it is bought.
    #[must_use]
    pub const fn offer(&self) -> Option<&OfferedNumber> {
        match &self.state {
            State::Charging(Charging { offer, .. })
            | State::Ordering(Ordering { offer, .. })
            | State::Unconfirmed(Unconfirmed { offer, .. })
            | State::Billing(Billing { offer, .. })
            | State::NeedsReview(NeedsReview { offer }) => Some(offer),
            State::OpeningCheckout(_)
            | State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::Active { .. }
            | State::Failed(_) => None,
        }
    }

    /// What the host must do for it now or later.
    #[must_use]
    pub fn owed(&self) -> Option<Effect> {
        let owed = match &self.state {
            State::OpeningCheckout(state) => state.owed(&self.agreement),
            State::Securing(state) => state.owed(&self.agreement),
            State::Charging(state) => state.owed(&self.agreement),
            State::Ordering(state) => state.owed(&self.agreement),
            State::Unconfirmed(state) => state.owed(&self.id, &self.agreement),
            State::Billing(state) => state.owed(&self.agreement),
            State::Compensating(state) => state.owed(&self.agreement),
            State::AwaitingPayment(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. }
            | State::Failed(_) => return None,
        };
        Some(Effect::new(self.id.clone(), owed))
    }

    /// What follows from the outcome of the effect that is owed.
    pub(crate) fn on_outcome(&self, outcome: &Outcome, retry: &Retry, now: Timestamp) -> Vec<Event> {
        let context = self.context(retry, now);
        let events = match &self.state {
            State::OpeningCheckout(state) => state.on_outcome(outcome, &context),
            State::Securing(state) => state.on_outcome(outcome, &context),
            State::Charging(state) => state.on_outcome(outcome, &context),
            State::Ordering(state) => state.on_outcome(outcome, &context),
            State::Unconfirmed(state) => state.on_outcome(outcome, &context),
            State::Billing(state) => state.on_outcome(outcome, &context),
            State::Compensating(state) => state.on_outcome(outcome, &context),
            State::AwaitingPayment(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. }
            | State::Failed(_) => Vec::new(),
        };
        self.events(events)
    }

    /// What follows from a payment at the checkout. It may be told of before we have heard that the page is open, and when
    /// the purchase has already failed; told a second time, it is harmless.
    pub(crate) fn on_checkout_paid(&self, checkout: &CheckoutId, retry: &Retry, now: Timestamp) -> Vec<Event> {
        let context = self.context(retry, now);
        let events = match &self.state {
            State::OpeningCheckout(state) => context.on_paid(state.expires_at),
            State::AwaitingPayment(state) if state.checkout == *checkout => context.on_paid(state.expires_at),
            State::Failed(state) => state.on_paid(&context),
            State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. } => Vec::new(),
        };
        self.events(events)
    }

    /// What follows from a payment that was declined or given up at the checkout.
    pub(crate) fn on_checkout_declined(&self, checkout: &CheckoutId, retry: &Retry, now: Timestamp) -> Vec<Event> {
        let context = self.context(retry, now);
        let events = match &self.state {
            State::OpeningCheckout(_) => context.on_checkout_declined(),
            State::AwaitingPayment(state) if state.checkout == *checkout => context.on_checkout_declined(),
            State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::NeedsReview(_)
            | State::Active { .. }
            | State::Failed(_) => Vec::new(),
        };
        self.events(events)
    }

    /// What follows from a person's finding.
    pub(crate) fn on_finding(&self, finding: Finding, retry: &Retry, now: Timestamp) -> Vec<Event> {
        let events = match &self.state {
            State::NeedsReview(state) => state.on_finding(finding, &self.context(retry, now)),
            State::OpeningCheckout(_)
            | State::AwaitingPayment(_)
            | State::Securing(_)
            | State::Charging(_)
            | State::Ordering(_)
            | State::Unconfirmed(_)
            | State::Billing(_)
            | State::Compensating(_)
            | State::Undone(_)
            | State::Active { .. }
            | State::Failed(_) => Vec::new(),
        };
        self.events(events)
    }

    fn events(&self, events: Vec<PurchaseEvent>) -> Vec<Event> {
        events.into_iter().map(|event| self.event(event)).collect()
    }

    fn event(&self, event: PurchaseEvent) -> Event {
        Event::Purchase { event, purchase: self.id.clone() }
    }

    pub(crate) fn context<'a>(&'a self, retry: &'a Retry, now: Timestamp) -> Context<'a> {
        Context { agreement: &self.agreement, key: self.key.as_ref(), retry, now }
    }

    /// Applies one event. No rule lives here: the decision was already taken.
    pub(crate) fn evolve(&self, event: &PurchaseEvent) -> Option<State> {
        match &self.state {
            State::OpeningCheckout(state) => state.evolve(event),
            State::AwaitingPayment(state) => state.evolve(event),
            State::Securing(state) => state.evolve(event, &self.agreement),
            State::Charging(state) => state.evolve(event),
            State::Ordering(state) => state.evolve(event, &self.agreement),
            State::Unconfirmed(state) => state.evolve(event, &self.agreement),
            State::Billing(state) => state.evolve(event),
            State::Compensating(state) => state.evolve(event),
            State::Undone(state) => state.evolve(event),
            State::NeedsReview(state) => state.evolve(event, &self.agreement),
            State::Failed(state) => state.evolve(event),
            State::Active { .. } => None,
        }
    }
}
