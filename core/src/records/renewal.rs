//! Renewals: the periods of a held number after the first. Each costs a fee, which is due at its begin.
//!
//! A fee is the same effect for as long as it is due, however often it is asked for, so that no period is charged twice. If
//! it is declined, the number works for a while, is suspended, and is released, as the policy says.

use alloc::{string::String, vec::Vec};

use super::HeldNumber;
use super::fee::Fee;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::effect::{Action, Confirmation, Effect, EffectId, EffectKind, Finding, Outcome, Owed};
use crate::event::{Event, RenewalEvent};
use crate::history::{Contradiction, Impossible};
use crate::ledger::Book;
use crate::market::offers::OfferedNumber;
use crate::purchase::Attempts;
use crate::shop::Shop;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// The renewals of a held number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct Renewal {
    /// The periods after the first whose fee was due. Absent: none.
    #[serde(skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub begun: u32,
    /// The end of the paid period, by the policy's time zone. Absent: by whole months of UTC from the activation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub paid_until: Option<Timestamp>,
    /// No period that begins at this instant or later is charged, because the number leaves. Absent: it does not leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub until: Option<Timestamp>,
    /// The fee of the current period. Absent: it is paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unpaid: Option<UnpaidFee>,
}

/// A fee that is due.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct UnpaidFee {
    /// The rent of the period.
    pub rent: Money,
    /// The tax on it. Absent: zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tax: Option<Money>,
    /// The end of its period, by the policy's time zone. Absent: by UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub ends_at: Option<Timestamp>,
    /// Whether it is the rest of a commitment, and not the fee of a period. Absent: no.
    #[serde(default, skip_serializing_if = "is_not")]
    #[ts(optional, as = "Option<_>")]
    pub commitment: bool,
    /// The attempts to take it. Absent: none is planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub attempts: Option<Attempts>,
    /// How often it was declined. Absent: never.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub declines: u32,
    /// When the number is suspended. Absent: not planned, or it is already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub suspends_at: Option<Timestamp>,
    /// Since when the number is suspended. Absent: it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub suspended_at: Option<Timestamp>,
    /// When the suspended number is released. Absent: not planned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub releases_at: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

impl UnpaidFee {
    /// A fee that nobody has asked for yet.
    const fn new(rent: Money, tax: Option<Money>, at: Timestamp) -> Self {
        let (suspends_at, suspended_at, releases_at) = (None, None, None);
        let attempts = Some(Attempts::none(at));
        let (ends_at, commitment) = (None, false);
        Self { rent, tax, ends_at, commitment, attempts, declines: 0, suspends_at, suspended_at, releases_at }
    }

    /// What is due.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.fee().sum()
    }

    const fn fee(&self) -> Fee {
        Fee { rent: self.rent, tax: self.tax }
    }

    /// The attempts to take it; none, if none is planned.
    fn attempts_so_far(&self) -> Attempts {
        self.attempts.unwrap_or_default()
    }

    /// Whether an attempt may be under way, or rests in review: nothing else happens to the number then.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.attempts.is_some_and(|attempts| attempts.in_review || 0 < attempts.unanswered)
    }
}

impl Renewal {
    /// Whether the number is suspended, because the current period is not paid.
    #[must_use]
    pub const fn is_suspended(&self) -> bool {
        match &self.unpaid {
            Some(unpaid) => unpaid.suspended_at.is_some(),
            None => false,
        }
    }
}

impl HeldNumber {
    /// Whether the number does not work, because a period is not paid.
    #[must_use]
    pub const fn is_suspended(&self) -> bool {
        match &self.renewal {
            Some(renewal) => renewal.is_suspended() && !self.is_released(),
            None => false,
        }
    }

    /// When the next fee is due. `None`: it is due already, or the number leaves before, or nothing is charged.
    #[must_use]
    pub fn renews_at(&self) -> Option<Timestamp> {
        let renewal = self.renewal.as_ref().filter(|renewal| renewal.unpaid.is_none())?;
        let at = self.renewed_until(renewal);
        // A period that begins when the number leaves is not its own.
        let is_own = |until: Timestamp| at < until || (at == until && planted!("period_at_the_leaving_owed"));
        renewal.until.is_none_or(|until| is_own(until) || planted!("period_after_the_leaving_owed")).then_some(at)
    }

    /// The end of what is paid. While a fee is due, it is the begin of its period.
    pub(super) fn renewed_until(&self, renewal: &Renewal) -> Timestamp {
        let is_unpaid = renewal.unpaid.is_some();
        let next = if is_unpaid { renewal.begun } else { renewal.begun.saturating_add(1) };
        renewal.paid_until.unwrap_or_else(|| self.recurring.begins_at_by_utc(self.activated_at, next))
    }

    /// The rest of a commitment that the number has left, and since when it is due. `None`: nothing is left, or an earlier
    /// fee is due first.
    pub(crate) fn commitment_due(&self) -> Option<(Timestamp, Fee)> {
        let renewal = self.renewal.as_ref().filter(|renewal| self.status.has_left() && renewal.unpaid.is_none())?;
        let (until, None) = (renewal.until?, self.renews_at()) else { return None };
        let rest = self.rest_after(renewal.begun)?;
        Some((until, rest))
    }

    /// The agreed fees of the periods that are committed to, after this renewal. `None`: nothing.
    pub(super) fn rest_after(&self, renewal: u32) -> Option<Fee> {
        let last =
            self.recurring.commitment?.renewals.saturating_sub(u32::from(planted!("commitment_one_period_less")));
        let rest = self.recurring.fees(renewal.saturating_add(1), last);
        (!rest.sum().is_zero()).then_some(rest)
    }

    /// No period that begins at this instant or later is charged.
    pub(super) const fn charge_until(&mut self, until: Option<Timestamp>) {
        if let Some(renewal) = &mut self.renewal {
            renewal.until = until;
        }
    }

    /// The books between which a fee that is due moves: of what has left, nothing is to run.
    fn books_of(&self, unpaid: &UnpaidFee) -> (Book, Book) {
        let from = if self.payment == PaymentMethod::Wallet { Book::Wallet } else { Book::Taken };
        (
            from,
            if (self.is_released() && !planted!("released_rent_to_run")) || unpaid.commitment {
                Book::RentUsed
            } else {
                Book::RentToRun
            },
        )
    }

    /// When the fee of the current period was due: at the activation, or at the begin of the period. `None`: the table of the
    /// shop's time zone does not cover it.
    #[must_use]
    pub fn billed_at(&self, shop: &Shop) -> Option<Timestamp> {
        match self.renewal.as_ref().map_or(0, |renewal| renewal.begun) {
            0 => Some(self.activated_at),
            begun => self.recurring.begins_at(self.activated_at, begun, shop.policy().clocks()).ok(),
        }
    }

    /// The amount that will be due next, as agreed. Once the agreed fee is held no longer, it is the rate card's.
    #[must_use]
    pub fn renewal_amount(&self) -> Option<Money> {
        self.renews_at().and_then(|_| self.next_fee()).map(|fee| fee.sum())
    }

    /// The fee that will be due next, as agreed.
    pub(crate) fn next_fee(&self) -> Option<Fee> {
        let next = self.renewal.as_ref()?.begun.checked_add(1)?;
        Some(self.recurring.agreed(next))
    }

    /// The fee that is due now.
    pub(crate) fn unpaid(&self) -> Option<&UnpaidFee> {
        self.renewal.as_ref()?.unpaid.as_ref()
    }

    /// The number as an inventory would describe it, without a price of its own.
    pub(crate) fn as_offered(&self) -> OfferedNumber {
        OfferedNumber {
            number: self.number,
            inventory_id: self.inventory_id.clone(),
            country: self.country,
            region: self.region.clone(),
            number_type: self.number_type,
            capabilities: self.capabilities,
            prices: Vec::new(),
            minimum_commitment_months: 0,
        }
    }

    /// Whether the fee that is due was declined.
    #[must_use]
    pub fn is_past_due(&self) -> bool {
        self.unpaid().is_some_and(|unpaid| 0 < unpaid.declines)
    }

    /// What a payment provider or a wallet may still give.
    pub(crate) fn fee_asked(&self) -> Option<Money> {
        self.unpaid().map(UnpaidFee::amount)
    }

    /// Whether the fee is taken without an effect: the wallet is the shop's own, and nobody asks for nothing.
    pub(super) fn is_settled_here(&self, unpaid: &UnpaidFee) -> bool {
        self.payment == PaymentMethod::Wallet || unpaid.amount().is_zero()
    }

    /// The effect that takes the fee, even if it rests in review. A wallet is the shop's own.
    pub(super) fn renewing(&self) -> Option<(Effect, Attempts)> {
        let unpaid = self.unpaid().filter(|unpaid| !self.is_settled_here(unpaid))?;
        let attempts = unpaid.attempts?;
        // A checkout began the subscription that goes on.
        let method = match self.payment {
            PaymentMethod::Checkout => PaymentMethod::Subscription,
            method @ (PaymentMethod::Subscription | PaymentMethod::UsageInvoice | PaymentMethod::Wallet) => method,
        };
        let action = Action::Renew { method, amount: unpaid.amount() };
        let mut effect = Effect::new(self.purchase.clone(), Owed { action, attempts });
        let attempt = if planted!("another_id_for_each_renewal_attempt") { attempts.asking() } else { 0 };
        effect.id.asking = self.renewal.as_ref()?.begun.saturating_add(attempt);
        Some((effect, attempts))
    }

    /// The fee is due at the begin of the next period.
    pub(crate) fn fall_due(
        &self,
        (at, until): (Timestamp, Option<Timestamp>),
        fee: Fee,
        rate_card_version: Option<String>,
    ) -> Event {
        let Fee { rent, tax } = fee;
        self.renewal(RenewalEvent::RenewalDue { at, until, used: self.rent_to_run, rent, tax, rate_card_version })
    }

    /// The rest of the commitment is due.
    pub(crate) fn commitment_falls_due(&self, at: Timestamp, fee: Fee) -> Event {
        self.renewal(RenewalEvent::CommitmentDue { at, rent: fee.rent, tax: fee.tax })
    }

    /// The customer's means of payment have changed: a declined fee is asked for at once.
    pub(crate) fn on_new_means(&self, now: Timestamp) -> Option<Event> {
        let unpaid = self.unpaid().filter(|unpaid| 0 < unpaid.declines && !unpaid.is_in_doubt())?;
        let is_asked = unpaid.attempts.is_some_and(|attempts| attempts.not_before <= now);
        (!is_asked).then(|| self.renewal(RenewalEvent::RenewalAskedAgain { at: now }))
    }

    /// Whether the effect takes the fee that is due.
    pub(crate) fn is_asked_for(&self, effect: &EffectId) -> bool {
        let begun = self.renewal.as_ref().filter(|renewal| renewal.unpaid.is_some()).map(|renewal| renewal.begun);
        effect.kind == EffectKind::Renew && begun == Some(effect.asking)
    }

    /// The events that an outcome of a renewal causes. `None`: this number has no such effect.
    pub(crate) fn on_renewal(
        &self,
        effect: &EffectId,
        outcome: &Outcome,
        shop: &Shop,
        now: Timestamp,
    ) -> Option<Vec<Event>> {
        let renewal = self.renewal.as_ref().filter(|_| effect.kind == EffectKind::Renew)?;
        let has_begun = (1..=renewal.begun).contains(&effect.asking) && self.payment != PaymentMethod::Wallet;
        let unpaid = renewal.unpaid.as_ref().filter(|_| effect.asking == renewal.begun);
        let (Some(unpaid), true) = (unpaid, has_begun) else {
            // The fee was paid: this is the same payment once more.
            return has_begun.then(Vec::new);
        };
        Some(match outcome {
            // Whatever has happened since: the money was taken, for a period that had begun.
            Outcome::Confirmed { confirmation: Confirmation::Done } => self.renewed(now),
            Outcome::Confirmed { .. } => Vec::new(),
            Outcome::Unknown
                if unpaid.attempts.is_none_or(|attempts| now < attempts.not_before)
                    && planted!("doubt_after_a_decline_dropped") =>
            {
                Vec::new()
            }
            Outcome::Unknown => self.in_doubt(unpaid, shop, now),
            // A refusal of an attempt that was recorded before is not another one.
            Outcome::Declined { .. } => {
                let is_awaited = |attempts: &Attempts| !attempts.is_over(now) && attempts.not_before <= now;
                if unpaid.attempts.as_ref().is_some_and(is_awaited) { self.declined(shop, now) } else { Vec::new() }
            }
        })
    }

    /// Nobody knows whether the fee was taken: another attempt, of this or of another worker, may have been refused before.
    fn in_doubt(&self, unpaid: &UnpaidFee, shop: &Shop, now: Timestamp) -> Vec<Event> {
        let (attempts, retry) = (unpaid.attempts_so_far(), &shop.policy().retry);
        let event = match attempts {
            // It is in doubt already, and is asked for again.
            attempts if attempts.is_over(now) => return Vec::new(),
            attempts if attempts.is_last(retry) && !planted!("renewal_never_reviewed") => {
                RenewalEvent::RenewalReviewNeeded
            }
            attempts => RenewalEvent::RenewalDelayed { not_before: attempts.retry_at(retry, now) },
        };
        [self.renewal(event)].into()
    }

    /// What the finding of a manual review causes.
    pub(super) fn resolve_renewal(&self, finding: &Finding, shop: &Shop, now: Timestamp) -> Vec<Event> {
        match finding {
            Finding::Done { .. } => self.renewed(now),
            Finding::NotDone => self.declined(shop, now),
            Finding::AskAgain => [self.renewal(RenewalEvent::RenewalAskedAgain { at: now })].into(),
        }
    }

    /// The fee is taken.
    pub(crate) fn renewed(&self, at: Timestamp) -> Vec<Event> {
        let Some(unpaid) = self.unpaid() else { return Vec::new() };
        let (from, to) = self.books_of(unpaid);
        let (rent, tax) = (unpaid.rent, unpaid.tax);
        let renewed = self.renewal(RenewalEvent::NumberRenewed { at, rent, tax, from, to });
        let works_again = self.is_suspended() && self.status.works() && !planted!("reactivation_not_told");
        let reactivated = works_again.then(|| self.renewal(RenewalEvent::NumberReactivated { at }));
        [renewed].into_iter().chain(reactivated).collect()
    }

    /// The fee is declined.
    pub(super) fn declined(&self, shop: &Shop, at: Timestamp) -> Vec<Event> {
        let Some(unpaid) = self.unpaid() else { return Vec::new() };
        let renewals = shop.policy().renewals.as_ref();
        let declines = unpaid.declines.saturating_add(1);
        let retry_at = renewals.and_then(|renewals| renewals.retry_at(declines, at));
        let grace_s =
            renewals.and_then(|renewals| renewals.grace_s).filter(|_| unpaid.declines == 0 && self.status.works());
        let grace_from = if planted!("grace_from_the_begin") { self.billed_at(shop).unwrap_or(at) } else { at };
        let suspends_at = grace_s.map(|seconds| grace_from.plus_seconds(seconds));
        [self.renewal(RenewalEvent::RenewalDeclined { at, retry_at, suspends_at })].into()
    }

    pub(super) fn renewal(&self, event: RenewalEvent) -> Event {
        Event::Renewal { event, number: self.purchase.clone() }
    }

    /// The number after an event of its renewals.
    pub(crate) fn after_renewal(&self, event: &RenewalEvent) -> Result<Self, Contradiction> {
        let mut next = self.clone();
        let Some(renewal) = next.renewal.as_mut() else { return Err(self.unexpected()) };
        if let RenewalEvent::RenewalDue { at, until, used, rent, tax, rate_card_version } = event {
            let is_next = self.renews_at() == Some(*at) && until.is_none_or(|until| *at < until);
            let is_agreed = self.next_fee() == Some(Fee { rent: *rent, tax: *tax });
            if !is_next {
                return Err(self.unexpected());
            }
            if *used != self.rent_to_run || (rate_card_version.is_none() && !is_agreed) {
                return Err(Contradiction::OtherAmount);
            }
            renewal.begun = renewal.begun.saturating_add(1);
            // The period before may have ended by UTC.
            renewal.paid_until = renewal.paid_until.or(until.map(|_| *at));
            renewal.unpaid = Some(UnpaidFee { ends_at: *until, ..UnpaidFee::new(*rent, *tax, *at) });
            next.rent_to_run = Money::zero(self.rent_to_run.currency());
            return Ok(next);
        }
        if let RenewalEvent::CommitmentDue { at, rent, tax } = event {
            let (since, rest) = self.commitment_due().ok_or_else(|| self.unexpected())?;
            if (since, rest) != (*at, Fee { rent: *rent, tax: *tax }) {
                return Err(Contradiction::OtherAmount);
            }
            // All that is committed to is due.
            renewal.begun = self.recurring.commitment.map_or(renewal.begun, |commitment| commitment.renewals);
            renewal.unpaid = Some(UnpaidFee { commitment: true, ..UnpaidFee::new(*rent, *tax, *at) });
            return Ok(next);
        }
        if let RenewalEvent::NumberReactivated { .. } = event {
            // It follows the payment.
            return if renewal.unpaid.is_none() { Ok(next) } else { Err(self.unexpected()) };
        }
        let Some(unpaid) = renewal.unpaid.as_mut() else { return Err(self.unexpected()) };
        match event {
            RenewalEvent::NumberRenewed { at: _, rent, tax, from, to } => {
                if (*rent, *tax, (*from, *to)) != (unpaid.rent, unpaid.tax, self.books_of(unpaid)) {
                    return Err(Contradiction::OtherAmount);
                }
                if !unpaid.commitment {
                    renewal.paid_until = unpaid.ends_at;
                }
                renewal.unpaid = None;
                if *to == Book::RentToRun {
                    let rent_to_run = self.rent_to_run.checked_add(*rent);
                    next.rent_to_run = rent_to_run.map_err(|error| Contradiction::Books(error.into()))?;
                }
                return Ok(next);
            }
            RenewalEvent::RenewalDeclined { at: _, retry_at, suspends_at } if unpaid.attempts.is_some() => {
                unpaid.attempts = retry_at.map(Attempts::none);
                unpaid.declines = unpaid.declines.saturating_add(1);
                unpaid.suspends_at = unpaid.suspends_at.or(*suspends_at);
            }
            RenewalEvent::RenewalDelayed { not_before } => {
                let attempts = unpaid.attempts_so_far().delayed(*not_before);
                unpaid.attempts = Some(attempts.map_err(|Impossible| self.unexpected())?);
            }
            RenewalEvent::RenewalReviewNeeded => {
                let attempts = unpaid.attempts_so_far().rest();
                unpaid.attempts = Some(attempts.map_err(|Impossible| self.unexpected())?);
            }
            RenewalEvent::RenewalAskedAgain { at } => {
                // An attempt without an answer is not forgotten: only its review asks once more.
                let next = match unpaid.attempts {
                    Some(attempts) if unpaid.is_in_doubt() => attempts.again(*at),
                    Some(_) | None => Ok(Attempts::none(*at)),
                };
                unpaid.attempts = Some(next.map_err(|Impossible| self.unexpected())?);
            }
            RenewalEvent::NumberSuspended { at, releases_at }
                if self.status.works() && unpaid.suspends_at == Some(*at) =>
            {
                unpaid.suspends_at = None;
                unpaid.suspended_at = Some(*at);
                unpaid.releases_at = *releases_at;
            }
            RenewalEvent::RenewalDue { .. }
            | RenewalEvent::CommitmentDue { .. }
            | RenewalEvent::NumberReactivated { .. }
            | RenewalEvent::RenewalDeclined { .. }
            | RenewalEvent::NumberSuspended { .. } => return Err(self.unexpected()),
        }
        Ok(next)
    }

    /// The event cannot happen to the renewals as they are.
    fn unexpected(&self) -> Contradiction {
        let (state, expected): (&'static str, &'static [&'static str]) = match &self.renewal {
            None => ("not renewed", &[]),
            Some(Renewal { unpaid: None, .. }) if self.status.has_left() => {
                ("leaving", &["renewal_due", "commitment_due"])
            }
            Some(Renewal { unpaid: None, .. }) => ("paid", &["renewal_due"]),
            Some(Renewal { unpaid: Some(_), .. }) if !self.status.works() => {
                ("leaving unpaid", &["number_renewed", "renewal_declined", "renewal_delayed", "renewal_asked_again"])
            }
            Some(Renewal { unpaid: Some(unpaid), .. }) if unpaid.suspended_at.is_some() => {
                ("suspended", &["number_renewed", "renewal_declined", "renewal_delayed", "renewal_asked_again"])
            }
            Some(_) => (
                "unpaid",
                &["number_renewed", "renewal_declined", "renewal_delayed", "renewal_asked_again", "number_suspended"],
            ),
        };
        Contradiction::Unexpected { state, expected }
    }
}
