//! Renewals: the fee of a period falls due, a wallet pays it, and new means of payment are tried.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::misuse::beyond_table;
use super::{Facts, Misuse, Stop};
use crate::account::standing::Actor;
use crate::base::calendar::months_later;
use crate::base::money::Money;
use crate::base::time_zone::BeyondTable;
use crate::base::timestamp::Timestamp;
use crate::effect::{EffectId, Outcome};
use crate::event::Event;
use crate::ledger::{Book, Ledger, Posting};
use crate::price::pricing::{self, NoPrice, PriceContext};
use crate::records::standing::HoldersSeen;
use crate::records::{ByTime, Fee, HeldNumber, List, RecurringCharge};
use crate::terms::payment::PaymentMethod;

/// The most numbers with a declined fee that new means of payment are tried for at once. The same command again asks for
/// the next ones; without it they follow their schedule.
const RETRIED_MAX: u32 = 20;

impl Facts<'_> {
    /// What time alone does to a held number, in the order of its instants and one period at a time. What the wallet pays is
    /// taken from `books`.
    pub(super) fn wake_number(&self, number: &HeldNumber, books: &mut Ledger) -> Result<Vec<Event>, Stop<Misuse>> {
        Ok(self.by_now(number, books, true)?.0)
    }

    /// The same, and the number after it. A number that leaves now does not begin another period now.
    pub(super) fn by_now<'n>(
        &self,
        number: &'n HeldNumber,
        books: &mut Ledger,
        stays: bool,
    ) -> Result<(Vec<Event>, Cow<'n, HeldNumber>), Stop<Misuse>> {
        let (mut events, mut number, mut has_begun) = (Vec::new(), Cow::Borrowed(number), false);
        while let Some((at, what)) = number.next_by_time().filter(|(at, _)| *at <= self.now) {
            let next: Vec<Event> = match what {
                ByTime::Period | ByTime::Commitment if has_begun || (!stays && at == self.now) => break,
                ByTime::Period | ByTime::Commitment => {
                    has_begun = true;
                    self.fee_due(&number, at)?.into_iter().collect()
                }
                ByTime::Leave => number.leave().map(|event| number.event(event)).into_iter().collect(),
                ByTime::Deadline => number.pass_deadline(self.shop).into_iter().collect(),
                ByTime::Attempt => {
                    let mut pays = |amount: Money| {
                        let paid = books.after(&[Posting { from: Book::Wallet, to: Book::RentToRun, money: amount }]);
                        paid.map(|after| *books = after).is_ok()
                    };
                    number.attempt(self.shop, &mut pays, self.now)
                }
            };
            if next.is_empty() {
                break;
            }
            for event in next {
                if let Some(after) = number.after_own(&event) {
                    number = Cow::Owned(after);
                }
                events.push(event);
            }
        }
        Ok((events, number))
    }

    /// The fee of the period that begins at `at`, or the rest of a commitment, is due. `None`: what the books cannot take is
    /// never asked for.
    fn fee_due(&self, number: &HeldNumber, at: Timestamp) -> Result<Option<Event>, Stop<Misuse>> {
        let (amount, due) = if number.renews_at() == Some(at) {
            let (fee, version) = self.fee(number, at)?;
            (fee.sum(), number.fall_due((at, self.renewed_until(number)?), fee, version))
        } else if let Some((at, rest)) = number.commitment_due() {
            (rest.sum(), number.commitment_falls_due(at, rest))
        } else {
            return Ok(None);
        };
        Ok(self.account.head.can_take(amount).then_some(due))
    }

    /// The events of new means of payment: the declined fees that they may pay are asked for at once.
    pub(super) fn retry_declined(&self, pays: impl Fn(PaymentMethod) -> bool) -> Result<Vec<Event>, Stop<Misuse>> {
        if self.account.head.declined == 0 || planted!("new_means_not_used") {
            return Ok(Vec::new());
        }
        let declined = self.account.first_numbers(List::Declined, RETRIED_MAX).map_err(Stop::Load)?;
        let payable = declined.into_iter().filter(|number| pays(number.payment));
        Ok(payable.flat_map(|number| self.retry(number)).collect())
    }

    /// A declined fee is asked for at once. A release or a deadline that has passed unseen comes first.
    fn retry(&self, number: &HeldNumber) -> Vec<Event> {
        let (mut events, mut number) = (Vec::new(), Cow::Borrowed(number));
        while let Some((_, what)) = number.next_by_time().filter(|(at, _)| *at <= self.now) {
            let event = match what {
                ByTime::Leave => number.leave().map(|event| number.event(event)),
                ByTime::Deadline => number.pass_deadline(self.shop),
                ByTime::Attempt | ByTime::Period | ByTime::Commitment => None,
            };
            let Some((after, event)) = event.and_then(|event| Some((number.after_own(&event)?, event))) else { break };
            number = Cow::Owned(after);
            events.push(event);
        }
        events.extend(number.on_new_means(self.now));
        events
    }

    /// The events that an outcome of a renewal causes. A deadline that has passed before its attempt comes first. `None`: the
    /// number has no such effect.
    pub(super) fn on_renewal(
        &self,
        number: &HeldNumber,
        effect: &EffectId,
        outcome: &Outcome,
    ) -> Result<Option<Vec<Event>>, Stop<Misuse>> {
        let is_current = number.is_asked_for(effect);
        let mut books = self.account.head.ledger.clone();
        let (mut events, number) = if is_current && !planted!("outcome_before_a_deadline") {
            self.by_now(number, &mut books, true)?
        } else {
            (Vec::new(), Cow::Borrowed(number))
        };
        let more = number.on_renewal(effect, outcome, self.shop, self.now);
        Ok(more.map(|more| {
            events.extend(more);
            events
        }))
    }

    /// The end of the next period by the clocks of a time zone. `None`: by UTC.
    fn renewed_until(&self, number: &HeldNumber) -> Result<Option<Timestamp>, Stop<Misuse>> {
        let (clocks, begun) = (self.shop.policy().clocks(), number.renewal.as_ref().map_or(0, |renewal| renewal.begun));
        let end = || number.recurring.begins_at(number.activated_at, begun.saturating_add(2), clocks);
        clocks.zone().map(|_| end().map_err(|beyond| self.beyond_table(beyond))).transpose()
    }

    fn beyond_table(&self, BeyondTable: BeyondTable) -> Stop<Misuse> {
        Stop::Error(beyond_table(self.shop))
    }

    /// What the period that begins at `at` costs, and the version of the rate card if it is not the agreed fee.
    fn fee(&self, number: &HeldNumber, at: Timestamp) -> Result<(Fee, Option<String>), Stop<Misuse>> {
        let agreed = (number.next_fee(), None);
        let held_months = self.shop.policy().renewals.as_ref().and_then(|renewals| renewals.price_held_months);
        let held_until =
            held_months.map(|months| months_later(number.activated_at, i64::from(months), self.shop.policy().clocks()));
        let held_until = held_until.transpose().map_err(|beyond| self.beyond_table(beyond))?;
        let is_held = held_until.is_none_or(|until| at < until);
        let current = if is_held { None } else { self.current_fee(number, at)? };
        let (fee, version) = current.map_or(agreed, |fee| (Some(fee), Some(self.shop.rate_card().version.clone())));
        let nothing = Fee::of(Money::zero(number.recurring.fee.currency()), None);
        Ok((fee.unwrap_or(nothing), version))
    }

    /// What the number costs by the rate card as it is at `at`. `None`: the card does not sell it, or not by such periods.
    fn current_fee(&self, number: &HeldNumber, at: Timestamp) -> Result<Option<Fee>, Stop<Misuse>> {
        if number.recurring.rate_card.is_none() {
            return Ok(None);
        }
        let (shop, policy, holder) = (self.shop, self.shop.policy(), number.holder.as_ref());
        let seen = HoldersSeen::Named(&[None, holder]);
        let mut standing = self.account.view(shop, &Actor::default(), &seen, at).map_err(Stop::Load)?;
        // The number itself is not one more.
        standing.held.total = standing.held.total.saturating_sub(1);
        if let Some(count) = holder.and_then(|holder| standing.held.by_holder.get_mut(holder)) {
            *count = count.saturating_sub(1);
        }
        let plan_id = standing.terms.plan.clone();
        let context = PriceContext {
            card: shop.rate_card(),
            standing: &standing,
            plan_id: plan_id.as_ref(),
            plan: plan_id.as_ref().and_then(|id| shop.plan(id)),
            holder,
            now: at,
            currency: Some(number.recurring.fee.currency()),
            default_currency: policy.default_currency,
            clocks: policy.clocks(),
            early_release: policy.release.early,
        };
        let price = match pricing::of_offer(&context, &number.as_offered()) {
            Ok(pricing) => Some(pricing.price),
            Err(NoPrice::BeyondTable) => return Err(self.beyond_table(BeyondTable)),
            Err(NoPrice::NotSold { .. } | NoPrice::Currency { .. } | NoPrice::TooLarge { .. }) => None,
        };
        let price = price.filter(|price| price.yearly_fee.is_some() == number.recurring.yearly);
        Ok(price.map(|price| RecurringCharge::fee_of(&price)))
    }
}
