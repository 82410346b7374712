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
use crate::event::Event;
use crate::ledger::{Book, Ledger, Posting};
use crate::price::pricing::{self, NoPrice, PriceContext};
use crate::records::standing::HoldersSeen;
use crate::records::{Fee, HeldNumber, List, RecurringCharge};
use crate::terms::payment::PaymentMethod;

/// The most numbers with a declined fee that new means of payment are tried for at once. The others follow their schedule.
const RETRIED_MAX: u32 = 20;

impl Facts<'_> {
    /// What time alone does to a held number, one period at a time. What the wallet pays is taken from `books`.
    pub(super) fn wake_number(&self, number: &HeldNumber, books: &mut Ledger) -> Result<Vec<Event>, Stop<Misuse>> {
        let mut events = Vec::new();
        let mut number = Cow::Borrowed(number);
        if let Some(event) = number.on_wake_up(self.now) {
            events.push(number.event(event.clone()));
            if let Ok(next) = number.after(&event) {
                number = Cow::Owned(next);
            }
        }
        let due = if let Some(at) = number.renews_at().filter(|at| *at <= self.now) {
            let (fee, version) = self.fee(&number, at)?;
            let until = self.renewed_until(&number)?;
            Some((fee.sum(), number.fall_due((at, until), fee, version)))
        } else {
            let rest = number.commitment_due();
            rest.map(|(at, rest)| (rest.sum(), number.commitment_falls_due(at, rest)))
        };
        if let Some((amount, due)) = due {
            // What the books cannot take is never asked for.
            if !self.account.head.can_take(amount) {
                return Ok(events);
            }
            if let Event::Renewal { event, .. } = &due
                && let Ok(next) = number.after_renewal(event)
            {
                number = Cow::Owned(next);
            }
            events.push(due);
        }
        let mut pays = |amount: Money| {
            let paid = books.after(&[Posting { from: Book::Wallet, to: Book::RentToRun, money: amount }]);
            paid.map(|after| *books = after).is_ok()
        };
        events.extend(number.on_unpaid(self.shop, &mut pays, self.now));
        Ok(events)
    }

    /// The events of new means of payment: the declined fees that they may pay are asked for at once.
    pub(super) fn retry_declined(&self, pays: impl Fn(PaymentMethod) -> bool) -> Result<Vec<Event>, Stop<Misuse>> {
        if self.account.head.declined == 0 {
            return Ok(Vec::new());
        }
        let declined = self.account.first_numbers(List::Declined, RETRIED_MAX).map_err(Stop::Load)?;
        let payable = declined.into_iter().filter(|number| pays(number.payment));
        Ok(payable.filter_map(|number| number.on_new_means(self.now)).collect())
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
