//! Payments: the checkout sessions of a purchase, with what each took and gave back, and the payments that fit none.
//!
//! Two workers may open two sessions, and a customer may pay both, or pay after the end. A payment is judged by its
//! session: the first in time pays the purchase, any other is refunded. One of a session that the purchase did not
//! open, or of another amount, is no evidence: it rests in review, and the purchase goes on.

use alloc::{boxed::Box, vec::Vec};

use super::{Attempts, Failure, Purchase, PurchaseCommand, State};
use crate::base::id::CheckoutId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::effect::{Action, Confirmation, EffectId, EffectKind, Finding, Outcome, Owed};
use crate::event::{Event, PaymentEvent, PurchaseEvent};
use crate::history::{Contradiction, Impossible};
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// The payments of a purchase.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Payments {
    /// The sessions that were opened for the purchase, in the order in which that was told.
    pub sessions: Vec<Session>,
    /// Payments of other sessions or amounts. While a session is being opened it may be theirs; after that they are in
    /// review.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub unmatched: Vec<Payment>,
    /// Those of which a review has found that they are not the purchase's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub dismissed: Vec<Payment>,
    /// The attempts of the pending refund. Absent: none.
    #[serde(default, skip_serializing_if = "Attempts::is_unscheduled")]
    #[ts(optional, as = "Option<_>")]
    pub attempts: Attempts,
}

/// A checkout session of a purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// The id at the payment provider.
    pub checkout: CheckoutId,
    /// What it took and gave back.
    pub status: SessionStatus,
}

/// What a session took and gave back. It takes the amount due, and takes it once.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum SessionStatus {
    /// Nothing was taken.
    Open,
    /// It paid the purchase.
    Paid,
    /// It was paid although the purchase was paid or had ended. The money goes back.
    Surplus,
    /// The money went back.
    Refunded,
}

/// A payment at a checkout, as the payment provider tells it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The session that was paid.
    pub checkout: CheckoutId,
    /// The amount that it took.
    pub amount: Money,
    /// The instant of the payment, by the provider's clock.
    pub paid_at: Timestamp,
}

impl Payments {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn status(&self, checkout: &CheckoutId) -> Option<SessionStatus> {
        self.sessions.iter().find(|session| session.checkout == *checkout).map(|session| session.status)
    }

    /// The session that paid the purchase.
    pub(super) fn paid(&self) -> Option<&CheckoutId> {
        self.sessions.iter().find(|session| session.status == SessionStatus::Paid).map(|session| &session.checkout)
    }

    /// The first session whose money goes back, and which one it is, from 1.
    fn surplus(&self) -> Option<(u32, &CheckoutId)> {
        let mut numbered = (1_u32..).zip(&self.sessions);
        let (nth, session) = numbered.find(|(_, session)| session.status == SessionStatus::Surplus)?;
        Some((nth, &session.checkout))
    }

    /// Whether it is the refund of a surplus payment, now or earlier.
    pub(super) fn has_begun(&self, effect: &EffectId) -> bool {
        let nth = effect.asking.checked_sub(1).and_then(|nth| usize::try_from(nth).ok());
        let session = nth.and_then(|nth| self.sessions.get(nth));
        effect.kind == EffectKind::Refund
            && session.is_some_and(|it| matches!(it.status, SessionStatus::Surplus | SessionStatus::Refunded))
    }

    /// The refund of a surplus payment.
    pub(super) fn owed(&self, amount: Money) -> Option<(u32, Owed)> {
        let (nth, checkout) = self.surplus()?;
        let action = Action::Refund { method: PaymentMethod::Checkout, amount, checkout: Some(checkout.clone()) };
        Some((nth, Owed { action, attempts: self.attempts }))
    }

    /// The payments after an event of the purchase's state.
    pub(super) fn after(&self, event: &PurchaseEvent) -> Result<Self, Impossible> {
        if let PurchaseEvent::CheckoutOpened { checkout, .. } = event {
            return self.opened(checkout);
        }
        let mut next = self.clone();
        if let PurchaseEvent::PaymentTaken { checkout: Some(checkout), amount } = event {
            if next.paid().is_some() {
                return Err(Impossible);
            }
            next.change(checkout, SessionStatus::Open, SessionStatus::Paid)?;
            next.match_up(checkout, *amount);
        }
        if let (PurchaseEvent::PaymentRefunded { .. }, Some(paid)) = (event, self.paid()) {
            next.change(paid, SessionStatus::Paid, SessionStatus::Refunded)?;
        }
        Ok(next)
    }

    fn after_payment(&self, event: &PaymentEvent) -> Result<Self, Impossible> {
        let mut next = self.clone();
        match event {
            PaymentEvent::SessionOpened { checkout } => return self.opened(checkout),
            PaymentEvent::PaymentUnmatched { payment } => {
                if self.has_heard(payment) {
                    return Err(Impossible);
                }
                next.unmatched.push(payment.clone());
            }
            PaymentEvent::PaymentDismissed { payment } => {
                let nth = next.unmatched.iter().position(|other| other == payment).ok_or(Impossible)?;
                let dismissed = next.unmatched.remove(nth);
                next.dismissed.push(dismissed);
            }
            PaymentEvent::SurplusTaken { checkout, amount } => {
                next.change(checkout, SessionStatus::Open, SessionStatus::Surplus)?;
                next.match_up(checkout, *amount);
            }
            PaymentEvent::SurplusRefunded { checkout, .. } => {
                next.change(checkout, SessionStatus::Surplus, SessionStatus::Refunded)?;
                next.attempts = self.attempts.answered();
            }
            PaymentEvent::SurplusRefundDelayed { not_before } => {
                if self.surplus().is_none() {
                    return Err(Impossible);
                }
                next.attempts = self.attempts.delayed(*not_before)?;
            }
            PaymentEvent::SurplusReviewNeeded => {
                if self.surplus().is_none() {
                    return Err(Impossible);
                }
                next.attempts = self.attempts.rest()?;
            }
            PaymentEvent::SurplusAskedAgain { at } => next.attempts = self.attempts.again(*at)?,
        }
        Ok(next)
    }

    fn opened(&self, checkout: &CheckoutId) -> Result<Self, Impossible> {
        if self.status(checkout).is_some() {
            return Err(Impossible);
        }
        let mut next = self.clone();
        next.sessions.push(Session { checkout: checkout.clone(), status: SessionStatus::Open });
        Ok(next)
    }

    fn change(&mut self, checkout: &CheckoutId, from: SessionStatus, to: SessionStatus) -> Result<(), Impossible> {
        let session = self.sessions.iter_mut().find(|session| session.checkout == *checkout).ok_or(Impossible)?;
        if session.status != from {
            return Err(Impossible);
        }
        session.status = to;
        Ok(())
    }

    fn match_up(&mut self, checkout: &CheckoutId, amount: Money) {
        self.unmatched.retain(|payment| (&payment.checkout, payment.amount) != (checkout, amount));
    }

    /// Whether a message about the payment came before. A session is paid once.
    fn has_heard(&self, payment: &Payment) -> bool {
        let is_paid = self.status(&payment.checkout).is_some_and(|status| status != SessionStatus::Open);
        is_paid || self.unmatched.contains(payment)
    }
}

impl Purchase {
    /// The events that a message about a payment causes.
    pub(crate) fn on_payment(&self, payment: &Payment, shop: &Shop, now: Timestamp) -> Vec<Event> {
        if self.payments.has_heard(payment) {
            return Vec::new();
        }
        let is_own = self.payments.status(&payment.checkout).is_some() || planted!("payment_of_any_session");
        if is_own && payment.amount == self.agreement.due_now() {
            return self.judge(payment, shop, now);
        }
        if self.payments.dismissed.contains(payment) {
            return Vec::new();
        }
        [self.payment_event(PaymentEvent::PaymentUnmatched { payment: payment.clone() })].into()
    }

    /// The payment of a session that is known: it pays the purchase, or goes back.
    fn judge(&self, payment: &Payment, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let end = self.checkout_expires_at().zip(self.checkout_ends_at());
        let is_in_time = end.is_some_and(|(expires_at, ends_at)| {
            !Window::until(expires_at).is_over(payment.paid_at) && !Window::until(ends_at).is_over(now)
        });
        if is_in_time {
            let taken = self.on(&PurchaseCommand::RecordCheckoutPaid(&payment.checkout), shop, now);
            if !taken.is_empty() {
                return taken;
            }
        }
        if planted!("late_payment_swallowed") {
            return Vec::new();
        }
        let context = end.and_then(|_| self.context(shop, now));
        let ended = context.map(|context| self.event(context.failed(Failure::CheckoutExpired)));
        let (checkout, amount) = (payment.checkout.clone(), payment.amount);
        ended.into_iter().chain([self.payment_event(PaymentEvent::SurplusTaken { checkout, amount })]).collect()
    }

    /// The events once a session is known: a payment of it that came before is judged now.
    pub(super) fn after_opening(
        &self,
        opened: Event,
        checkout: &CheckoutId,
        shop: &Shop,
        now: Timestamp,
    ) -> Vec<Event> {
        let next = match &opened {
            Event::Purchase { event, .. } => self.evolve(event),
            Event::Payment { event, .. } => self.after_payment(event),
            Event::Evidence { .. } | Event::Number { .. } | Event::Renewal { .. } | Event::Account(_) => {
                return [opened].into();
            }
        };
        let due = self.agreement.due_now();
        let earlier = self.payments.unmatched.iter().find(|payment| {
            payment.checkout == *checkout && payment.amount == due && !planted!("early_payment_forgotten")
        });
        let judged = next.ok().zip(earlier).map(|(next, payment)| next.judge(payment, shop, now));
        [opened].into_iter().chain(judged.into_iter().flatten()).collect()
    }

    /// A session that another worker opened, too.
    pub(super) fn on_other_session(&self, confirmation: &Confirmation, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let Confirmation::CheckoutOpen { checkout, .. } = confirmation else { return Vec::new() };
        if self.payments.status(checkout).is_some() {
            return Vec::new();
        }
        let opened = self.payment_event(PaymentEvent::SessionOpened { checkout: checkout.clone() });
        self.after_opening(opened, checkout, shop, now)
    }

    /// The events that an outcome of a surplus payment's refund causes.
    pub(super) fn on_refund(&self, outcome: &Outcome, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let Some((_, checkout)) = self.payments.surplus() else { return Vec::new() };
        let event = match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => {
                let (checkout, amount) = (checkout.clone(), self.agreement.due_now());
                PaymentEvent::SurplusRefunded { checkout, amount }
            }
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown
                if self.payments.attempts.is_over(now) =>
            {
                return Vec::new();
            }
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown
                if self.payments.attempts.is_last(&shop.policy().retry) =>
            {
                PaymentEvent::SurplusReviewNeeded
            }
            // A refused refund is retried: no other party can do it.
            Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown => {
                let not_before = self.payments.attempts.retry_at(&shop.policy().retry, now);
                PaymentEvent::SurplusRefundDelayed { not_before }
            }
        };
        [self.payment_event(event)].into()
    }

    /// Whether a refund of a surplus payment rests in review.
    pub(super) fn rests_surplus(&self) -> bool {
        self.payments.attempts.in_review
    }

    /// What the review of that refund found. It must be done in any case.
    pub(super) fn resolve_surplus(&self, finding: &Finding, now: Timestamp) -> Vec<Event> {
        let Some((_, checkout)) = self.payments.surplus() else { return Vec::new() };
        let event = match finding {
            Finding::Done { .. } => {
                let (checkout, amount) = (checkout.clone(), self.agreement.due_now());
                PaymentEvent::SurplusRefunded { checkout, amount }
            }
            Finding::NotDone | Finding::AskAgain => PaymentEvent::SurplusAskedAgain { at: now },
        };
        [self.payment_event(event)].into()
    }

    /// What the review of payments found: a session that the purchase did not know is its own, so that a payment of it is
    /// judged; or no session of those payments is.
    pub(super) fn resolve_payments(&self, finding: &Finding, shop: &Shop, now: Timestamp) -> Option<Vec<Event>> {
        match finding {
            Finding::Done { confirmation: Confirmation::CheckoutOpen { checkout, .. } }
                if self.payments.status(checkout).is_some() =>
            {
                None
            }
            Finding::Done { confirmation } => Some(self.on_other_session(confirmation, shop, now)),
            Finding::NotDone => {
                let none = self.payments_in_review().iter();
                let none = none.map(|payment| PaymentEvent::PaymentDismissed { payment: payment.clone() });
                Some(none.map(|event| self.payment_event(event)).collect())
            }
            // Nobody answers for a payment but the provider, and it has told.
            Finding::AskAgain => None,
        }
    }

    /// The payments in manual review: none of them is the purchase's, as far as it knows.
    #[must_use]
    pub fn payments_in_review(&self) -> &[Payment] {
        if matches!(self.state, State::OpeningCheckout(_)) { &[] } else { &self.payments.unmatched }
    }

    /// When the open checkout is recorded as ended: a payment made in time may be told until then.
    pub(crate) fn checkout_ends_at(&self) -> Option<Timestamp> {
        Some(self.checkout_expires_at()?.plus_seconds(self.agreement.whole()?.checkout_grace_s))
    }

    /// The purchase after an event of a payment.
    pub(crate) fn after_payment(&self, event: &PaymentEvent) -> Result<Self, Contradiction> {
        let state = self.facts().name;
        let payments = self.payments.after_payment(event);
        let payments = payments.map_err(|Impossible| Contradiction::Unexpected { state, expected: &[] })?;
        Ok(Self { payments: Box::new(payments), ..self.clone() })
    }

    fn payment_event(&self, event: PaymentEvent) -> Event {
        Event::Payment { event, purchase: self.id.clone() }
    }
}
