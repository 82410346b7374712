//! Held numbers: active, being released, or released.

use alloc::{string::String, vec::Vec};

use super::held_status::HeldStatus;
use super::recurring::{RecurringCharge, setup_fee};
use super::renewal::Renewal;
use crate::base::id::{HolderId, InventoryId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, Effect, EffectId, EffectKind, Finding, Outcome, Owed};
use crate::event::{Event, NumberEvent};
use crate::market::offers::OfferedNumber;
use crate::purchase::{Agreement, Attempts};
use crate::shop::Shop;
use crate::terms::capabilities::Capabilities;
use crate::terms::fulfilment::Retry;
use crate::terms::number_type::NumberType;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// A number that was bought, with what life after the purchase needs. The history has the whole agreement.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct HeldNumber {
    /// The purchase that bought it. It is the number's id in the account.
    pub purchase: PurchaseId,
    /// The number in E.164.
    pub number: E164,
    /// The id of the number in the inventory.
    pub inventory_id: InventoryId,
    /// The country of the number.
    pub country: Country,
    /// The region, as the carrier names it. Absent: it names none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub region: String,
    /// The number type.
    pub number_type: NumberType,
    /// The capabilities of the number. Absent: none.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    #[ts(optional, as = "Option<Capabilities>")]
    pub capabilities: Capabilities,
    /// The holder that the number is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub holder: Option<HolderId>,
    /// The instant of the acceptance.
    pub accepted_at: Timestamp,
    /// The payment method that was agreed.
    pub payment: PaymentMethod,
    /// The setup fee that was agreed. Absent: zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub setup_fee: Option<Money>,
    /// What was agreed about the periods after the first.
    pub recurring: RecurringCharge,
    /// The activation: the paid periods are counted from here.
    pub activated_at: Timestamp,
    /// The paid rent whose period has not passed, as the ledger has it.
    pub rent_to_run: Money,
    /// The renewals. Absent: nothing is charged after the first period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub renewal: Option<Renewal>,
    /// When it was used last. Absent: never, or nobody has told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub last_used_at: Option<Timestamp>,
    /// The current status.
    pub status: HeldStatus,
}

/// A number that was bought and paid before the account was opened here.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct ImportedNumber {
    /// The purchase that bought it. It is the number's id in the account.
    pub purchase: PurchaseId,
    /// The number, as the inventory described it.
    pub offer: OfferedNumber,
    /// What was agreed at the acceptance.
    pub agreement: Agreement,
    /// The activation: the paid periods are counted from here.
    pub activated_at: Timestamp,
    /// The paid rent whose period has not passed, as the ledger has it.
    pub rent_to_run: Money,
    /// The periods after the first that were paid elsewhere. Absent: none.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub renewals: u32,
    /// The end of what was paid, by the policy's time zone. Absent: by UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub paid_until: Option<Timestamp>,
    /// The current status.
    pub status: HeldStatus,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl ImportedNumber {
    /// A number that is held. Its rent is in no book of the account.
    #[must_use]
    pub const fn new(
        purchase: PurchaseId,
        offer: OfferedNumber,
        agreement: Agreement,
        activated_at: Timestamp,
    ) -> Self {
        let rent_to_run = Money::zero(agreement.price.due_now.currency());
        let (renewals, paid_until) = (0, None);
        Self { purchase, offer, agreement, activated_at, rent_to_run, renewals, paid_until, status: HeldStatus::Active }
    }

    /// The same, with every period that had begun by `now` paid elsewhere, by the clocks of the shop. `None`: the table of
    /// its time zone does not cover one of them.
    #[must_use]
    pub fn paid_until(mut self, shop: &Shop, now: Timestamp) -> Option<Self> {
        let (recurring, clocks) = (RecurringCharge::of(&self.agreement), shop.policy().clocks());
        let next = |renewals: u32| recurring.begins_at(self.activated_at, renewals.saturating_add(1), clocks).ok();
        let mut renewals = 0;
        while next(renewals)? <= now && renewals < u32::MAX {
            renewals = renewals.saturating_add(1);
        }
        self.renewals = renewals;
        self.paid_until = clocks.zone().and_then(|_| next(renewals));
        Some(self)
    }
}

impl HeldNumber {
    /// A number that was bought elsewhere.
    #[must_use]
    pub fn imported(number: &ImportedNumber) -> Self {
        let ImportedNumber { purchase, offer, agreement, activated_at, rent_to_run, renewals, paid_until, status } =
            number;
        let held = Self::activated(purchase, offer, agreement, (*activated_at, *paid_until), *rent_to_run);
        // What is leaving, or has left, is charged no more.
        let renewal = held.renewal.clone().filter(|_| !status.has_left());
        let until = match status {
            HeldStatus::Scheduled { at, .. } => Some(*at),
            HeldStatus::CoolingDown { .. } => Some(*activated_at),
            HeldStatus::Active
            | HeldStatus::EndingCharges { .. }
            | HeldStatus::Releasing { .. }
            | HeldStatus::Released { .. } => None,
        };
        let renewal = renewal.map(|renewal| Renewal { begun: *renewals, until, ..renewal });
        Self { renewal, status: status.clone(), ..held }
    }

    /// A number that a purchase has activated.
    pub(crate) fn activated(
        purchase: &PurchaseId,
        offer: &OfferedNumber,
        agreement: &Agreement,
        (at, paid_until): (Timestamp, Option<Timestamp>),
        rent: Money,
    ) -> Self {
        Self {
            purchase: purchase.clone(),
            number: offer.number,
            inventory_id: offer.inventory_id.clone(),
            country: offer.country,
            region: offer.region.clone(),
            number_type: offer.number_type,
            capabilities: offer.capabilities,
            holder: agreement.holder.clone(),
            accepted_at: agreement.accepted_at,
            payment: agreement.payment,
            setup_fee: setup_fee(&agreement.price),
            recurring: RecurringCharge::of(agreement),
            activated_at: at,
            rent_to_run: rent,
            renewal: agreement.renews.then(|| Renewal { paid_until, ..Renewal::default() }),
            last_used_at: None,
            status: HeldStatus::Active,
        }
    }

    /// The end of the paid period: the customer's billing period, or the period from the activation.
    ///
    /// The agreed amount is charged however long the carrier takes. If a number is activated after its first period has
    /// ended, nothing is paid for the current period, so the paid period ends in the past until the next one begins.
    /// `None`: the table of the shop's time zone does not cover it.
    #[must_use]
    pub fn paid_until(&self, shop: &Shop, now: Timestamp) -> Option<Timestamp> {
        match &self.renewal {
            Some(renewal) => Some(self.renewed_until(renewal)),
            None => self.recurring.paid_until(self.activated_at, now, shop.policy().clocks()).ok(),
        }
    }

    /// Whether the carrier has it again.
    #[must_use]
    pub const fn is_released(&self) -> bool {
        match self.status {
            HeldStatus::Released { .. } => true,
            HeldStatus::Active
            | HeldStatus::Scheduled { .. }
            | HeldStatus::CoolingDown { .. }
            | HeldStatus::EndingCharges { .. }
            | HeldStatus::Releasing { .. } => false,
        }
    }

    /// Whether the customer's subscription pays for it.
    #[must_use]
    pub(crate) const fn is_subscribed(&self) -> bool {
        let still_charged = match self.status {
            HeldStatus::Active
            | HeldStatus::Scheduled { .. }
            | HeldStatus::CoolingDown { .. }
            | HeldStatus::EndingCharges { .. } => true,
            HeldStatus::Releasing { .. } | HeldStatus::Released { .. } => false,
        };
        let by_subscription = match self.payment {
            PaymentMethod::Checkout | PaymentMethod::Subscription => true,
            PaymentMethod::UsageInvoice | PaymentMethod::Wallet => false,
        };
        still_charged && by_subscription
    }

    /// When the host wakes it up: when its effect may run, or its scheduled release begins.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let by_time = self.next_by_time().map(|(at, _)| at);
        self.owed().map(|effect| effect.not_before).into_iter().chain(by_time).min()
    }

    /// The pending effect, to be run now or later. None, if it rests in manual review.
    #[must_use]
    pub fn owed(&self) -> Option<Effect> {
        let (effect, attempts) = self.step()?;
        (!attempts.in_review).then_some(effect)
    }

    /// The effect of the release in manual review, if there is any.
    #[must_use]
    pub fn in_review(&self) -> Option<EffectKind> {
        let (effect, attempts) = self.step()?;
        attempts.in_review.then_some(effect.id.kind)
    }

    /// The current step of the release, or the fee that is asked for, even if it rests in review.
    fn step(&self) -> Option<(Effect, Attempts)> {
        let (action, attempts) = match self.status {
            HeldStatus::EndingCharges { attempts } => (Action::EndCharges { method: self.payment }, attempts),
            HeldStatus::Releasing { attempts } => (Action::Release { number: self.number }, attempts),
            HeldStatus::Active
            | HeldStatus::Scheduled { .. }
            | HeldStatus::CoolingDown { .. }
            | HeldStatus::Released { .. } => return self.renewing(),
        };
        Some((Effect::new(self.purchase.clone(), Owed { action, attempts }), attempts))
    }

    /// Whether an outcome of this effect is of the current step of the release.
    pub(crate) fn awaits(&self, effect: &EffectId) -> bool {
        self.step().is_some_and(|(step, _)| step.id == *effect)
    }

    /// Whether the effect was pending at any time, so that its outcome may come late or twice.
    pub(crate) fn has_begun(&self, kind: EffectKind) -> bool {
        match (kind, &self.status) {
            (EffectKind::EndCharges, HeldStatus::EndingCharges { .. })
            | (EffectKind::Release, HeldStatus::Releasing { .. } | HeldStatus::Released { .. }) => true,
            (EffectKind::EndCharges, HeldStatus::Releasing { .. } | HeldStatus::Released { .. }) => {
                self.payment != PaymentMethod::Wallet
            }
            (_, _) => false,
        }
    }

    /// What the finding of a manual review causes. A step that is found not done must be done still: it is asked for again.
    pub(crate) fn resolve(&self, finding: &Finding, shop: &Shop, now: Timestamp) -> Vec<Event> {
        if !matches!(self.status, HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. }) {
            return self.resolve_renewal(finding, shop, now);
        }
        let retry = &shop.policy().retry;
        match finding {
            Finding::Done { confirmation } => {
                let confirmation = confirmation.clone();
                self.on_outcome(&Outcome::Confirmed { confirmation }, retry, now)
            }
            Finding::NotDone | Finding::AskAgain => [self.event(NumberEvent::ReleaseAskedAgain { at: now })].into(),
        }
    }

    /// The events that an outcome of the pending effect causes. A declined release is tried again, because the number
    /// costs rent until it succeeds.
    pub(crate) fn on_outcome(&self, outcome: &Outcome, retry: &Retry, now: Timestamp) -> Vec<Event> {
        let done = match outcome {
            Outcome::Confirmed { confirmation: Confirmation::Done } => true,
            Outcome::Confirmed {
                confirmation:
                    Confirmation::CheckoutOpen { .. }
                    | Confirmation::Reserved { .. }
                    | Confirmation::OrderFound
                    | Confirmation::OrderAbsent,
            }
            | Outcome::Declined { .. }
            | Outcome::Unknown => false,
        };
        let event = match self.status {
            HeldStatus::EndingCharges { .. } if done => NumberEvent::ChargesEnded,
            HeldStatus::Releasing { .. } if done => {
                NumberEvent::NumberReleased { at: now, forfeited: self.rent_to_run }
            }
            HeldStatus::EndingCharges { attempts } | HeldStatus::Releasing { attempts } => {
                // A reply of an attempt that was recorded before is not another one.
                if attempts.is_over(now) {
                    return Vec::new();
                }
                if attempts.is_last(retry) {
                    NumberEvent::ReleaseReviewNeeded
                } else {
                    NumberEvent::ReleaseDelayed { not_before: attempts.retry_at(retry, now) }
                }
            }
            HeldStatus::Active
            | HeldStatus::Scheduled { .. }
            | HeldStatus::CoolingDown { .. }
            | HeldStatus::Released { .. } => return Vec::new(),
        };
        [self.event(event)].into()
    }

    pub(crate) fn event(&self, event: NumberEvent) -> Event {
        Event::Number { event, number: self.purchase.clone() }
    }
}
