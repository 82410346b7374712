//! Spending: the sum of the amounts due at purchases in a calendar period.

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::{each, each_with_place};
use crate::account::standing::PeriodSpend;
use crate::base::INTEGER_MAX;
use crate::base::calendar::CalendarPeriod;
use crate::base::money::{Decimals, Money};
use crate::base::time_zone::BeyondTable;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::gates::field::{DecidingField, set, unset};
use crate::gates::fix::WaitReason;
use crate::gates::{Family, Input, Judgement, Refusal, Remedy, Sentence, Verdict, instants};
use crate::terms::limits::SpendLimit;
use ringup_derive::data;

const DAYS_OF_A_MONTH: u32 = 31;
const MONTHS_OF_A_YEAR: u32 = 12;

/// The amount due exceeds what is left of a spending limit.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Exceeded {
    /// The calendar period of the limit.
    pub period: CalendarPeriod,
    /// The sum of the amounts due in the period.
    pub spent: Money,
    /// The amount due now.
    pub price: Money,
    /// The largest sum.
    pub limit: Money,
    /// The first instant at which it fits. `None` if it never does.
    pub ends_at: Option<Timestamp>,
}

/// The amount spent in the period, the amount due and the limit.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Spent {
    /// The calendar period of the limit.
    pub period: CalendarPeriod,
    /// The sum of the amounts due in the period.
    pub spent: Money,
    /// The amount due now.
    pub price: Money,
    /// The largest sum.
    pub limit: Money,
}

pub(in crate::gates) fn judge(input: &Input<'_>) -> Judgement<Spent, Exceeded> {
    let limits: Vec<SpendLimit> = each(input).flat_map(|limits| limits.spend.iter().copied()).collect();
    if limits.is_empty() {
        return Judgement::NotApplicable;
    }
    let price = match input.priced() {
        Ok(pricing) => pricing.price.due_now,
        Err(fact) => return Judgement::Waiting(fact),
    };
    let limits: Vec<SpendLimit> =
        limits.into_iter().filter(|limit| limit.amount.currency() == price.currency()).collect();
    // Each of these windows contains now.
    let windows: Result<Vec<Window>, BeyondTable> =
        limits.iter().map(|limit| input.period(limit.period, input.now)).collect();
    let windows = match windows {
        Ok(windows) => windows,
        Err(beyond) => return Judgement::Waiting(input.beyond_table(beyond)),
    };
    let spent = |period| spent(input, period, input.now, price).unwrap_or(price);
    let Some(&SpendLimit { period, amount: limit }) =
        limits.iter().find(|limit| !has_room(input, **limit, price, input.now))
    else {
        return limits.last().map_or(Judgement::NotApplicable, |&SpendLimit { period, amount: limit }| {
            Judgement::Passed(Spent { period, spent: spent(period), price, limit })
        });
    };
    // At a later instant every limit must allow the price of that instant.
    let fits = |at| {
        let price = input.due_at(at);
        price.is_some_and(|price| limits.iter().all(|limit| has_room(input, *limit, price, at)))
    };
    let periods = windows.into_iter().map(Window::ends);
    let changes = card_changes(input);
    let days = days_of_proration(input);
    let breaks = changes.iter().copied().chain(billing_periods(input, days.last().copied())).collect();
    let ends_at = instants::first(input, periods.chain(changes).chain(days).collect(), breaks, fits);
    Judgement::Blocked(Exceeded { period, spent: spent(period), price, limit, ends_at })
}

/// When the rate card changes.
fn card_changes(input: &Input<'_>) -> Vec<Timestamp> {
    input.pricing().map_or_else(Vec::new, |pricing| input.card.changes(pricing.country, input.now).collect())
}

/// With proration the price falls from day to day until the end of the billing period. These are the days of the current
/// period and the next.
fn days_of_proration(input: &Input<'_>) -> Vec<Timestamp> {
    let is_yearly = input.pricing().is_some_and(|pricing| pricing.price.yearly_fee.is_some());
    let months: u32 = match (input.is_prorated(), is_yearly) {
        (false, _) => 0,
        (true, false) => 2,
        (true, true) => MONTHS_OF_A_YEAR.saturating_add(1),
    };
    let next = |at: Timestamp| input.period(CalendarPeriod::Day, at).map(Window::ends).ok();
    let days = core::iter::successors(next(input.now), |day| next(*day));
    days.take(usize::try_from(DAYS_OF_A_MONTH.saturating_mul(months)).unwrap_or(0)).collect()
}

/// The ends of the billing months until an instant. A billing period, after which the whole fee is due again, ends at one
/// of them.
fn billing_periods(input: &Input<'_>, until: Option<Timestamp>) -> impl Iterator<Item = Timestamp> {
    let period = input.pricing().and_then(|pricing| pricing.price.first_period);
    let clocks = input.policy.clocks();
    let next = move |at: Timestamp| period?.period_end(1, at, clocks).ok();
    core::iter::successors(next(input.now), move |end| next(*end)).take_while(move |end| Some(*end) <= until)
}

/// Whether a limit allows the price.
fn has_room(input: &Input<'_>, limit: SpendLimit, price: Money, at: Timestamp) -> bool {
    let spent = spent(input, limit.period, at, price).ok();
    spent.and_then(|spent| spent.checked_add(price).ok()).is_some_and(|sum| sum <= limit.amount)
}

/// The sum of the amounts due in the period, in the currency of the price.
fn spent(input: &Input<'_>, period: CalendarPeriod, at: Timestamp, price: Money) -> Result<Money, BeyondTable> {
    let window = input.period(period, at)?;
    let listed = input.standing.moves(window, at).into_iter().filter_map(|done| done.spent);
    // A clock that went back does not open an earlier period again.
    let is_meant = |sum: &&PeriodSpend| sum.period == period && window.begins() <= sum.begins_at;
    let all = input.standing.spent.iter().filter(is_meant).map(|sum| sum.amount).chain(listed);
    let same = all.filter(|spent| spent.currency() == price.currency());
    // A sum that overflows exceeds every limit.
    let most = Money::new(INTEGER_MAX, price.currency()).unwrap_or(price);
    Ok(same.fold(Money::zero(price.currency()), |sum, more| sum.checked_add(more).unwrap_or(most)))
}

/// The first limit that refuses, or the last limit.
pub(in crate::gates) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    let price = input.pricing().map(|pricing| pricing.price.due_now);
    let all = each_with_place(input).flat_map(|(limits, place)| {
        let places = (0..limits.spend.len()).map(move |index| format!("{place}/spend/{index}/amount"));
        limits.spend.iter().copied().zip(places)
    });
    let all: Vec<(SpendLimit, String)> = all.collect();
    let compared = |limit: &SpendLimit| price.is_some_and(|price| limit.amount.currency() == price.currency());
    let full = |limit: &SpendLimit| price.is_some_and(|price| !has_room(input, *limit, price, input.now));
    let mut last = all.iter().rfind(|(limit, _)| compared(limit)).or(all.first());
    if let Some(first) = all.iter().find(|(limit, _)| compared(limit) && full(limit)) {
        last = Some(first);
    }
    Some(last.map_or_else(|| unset("/policy/limits/spend/-"), |(_, pointer)| set(pointer.clone())))
}

impl Refusal for Exceeded {
    fn family(&self) -> Family {
        Family::NotEntitled
    }

    fn is_transient(&self) -> bool {
        self.ends_at.is_some()
    }

    fn fixes(&self, _: &Input<'_>, fixes: &mut Vec<Remedy>) {
        fixes.extend(self.ends_at.map(|at| Remedy::WaitUntil { at, reason: WaitReason::SpendingFits }));
    }
}

impl Sentence for Exceeded {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let [price, spent, limit] = [self.price, self.spent, self.limit].map(|amount| decimals.write(amount));
        let period = self.period.title();
        write!(f, "spending limit reached: {spent} spent + {price} due now of {limit} {period}; ")?;
        match self.ends_at {
            Some(ends_at) => write!(f, "wait until {ends_at}"),
            None => f.write_str("no later day allows it"),
        }
    }
}

impl Sentence for Spent {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let [spent, price, limit] = [self.spent, self.price, self.limit].map(|amount| decimals.write(amount));
        write!(f, "{spent} spent + {price} due of {limit} {}", self.period.title())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::gates::Gate;
    use crate::gates::scene::{Scene, check};

    #[test]
    fn the_price_itself_may_be_spent() {
        let of = |most: u32| {
            let limit = json!({ "amount": { "minor_units": most, "currency": "USD" }, "period": "day" });
            Scene::of(Gate::SpendLimit).policy(json!({ "limits": { "spend": [limit] } }))
        };
        check(&of(300), "passed spent");
        check(
            &of(299),
            "spending limit reached: 0.00 USD spent + 3.00 USD due now of 2.99 USD a day; no later day allows it",
        );
    }
}
