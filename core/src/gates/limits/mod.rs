//! Limits: how many numbers may be held or pending, in total or by country, type or holder, and what they may cost.
//!
//! A policy limits every customer, a plan its own; the lower limit applies.

pub(super) mod country;
pub(super) mod holder;
pub(super) mod number_type;
pub(super) mod release;
pub mod spend;
pub(super) mod total;

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::field::{DecidingField, field, plan_place, set};
use super::fix::WaitReason;
use super::{Family, Gate, Input, Judgement, Refusal, Remedy};
use crate::account::standing::InFlight;
use crate::base::id::HolderId;
use crate::base::timestamp::Timestamp;
use crate::terms::limits::Limits;
use crate::terms::number_type::NumberType;
use crate::terms::plan::Plan;
use ringup_derive::data;
use ringup_numbering::Country;

/// The numbers that a limit counts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum LimitScope {
    /// All numbers of the account.
    Total,
    /// The numbers of a country.
    Country {
        /// The country of the numbers.
        country: Country,
    },
    /// The numbers of a type.
    NumberType {
        /// The type of the numbers.
        number_type: NumberType,
    },
    /// The numbers of a holder.
    Holder {
        /// The holder of the numbers.
        holder: HolderId,
    },
}

/// A limit of numbers is reached.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Reached {
    /// The numbers that the limit counts.
    pub scope: LimitScope,
    /// The numbers held.
    pub held: u32,
    /// The pending purchases.
    pub in_flight: u32,
    /// The limit: the lower one of policy and plan.
    pub limit: u32,
    /// The earliest instant at which the limit allows one more by itself, if no open checkout is paid. `None` if only a
    /// release can.
    pub ends_at: Option<Timestamp>,
}

/// The numbers held and pending, and the limit.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = crate::gates::inlined::<Self>())]
pub struct Within {
    /// The numbers held.
    pub held: u32,
    /// The pending purchases.
    pub in_flight: u32,
    /// The limit: the lower one of policy and plan.
    pub limit: u32,
}

/// The first limit that does not allow a number more to the holder of the request. Of a number that counts already, the
/// account does not get one more.
pub(crate) fn reached_by(input: &Input<'_>, counts_already: bool) -> Option<Reached> {
    let of_holder = holder::judge(input);
    let of_account = [total::judge(input), country::judge(input), number_type::judge(input)];
    let of_account = of_account.into_iter().filter(|_| !counts_already);
    of_account.chain([of_holder]).find_map(|judged| match judged {
        Judgement::Blocked(reached) => Some(reached),
        Judgement::Passed(_) | Judgement::NotApplicable | Judgement::Waiting(_) => None,
    })
}

/// Compares the numbers held and pending, plus one, with the lower limit of policy and plan.
fn judge(
    input: &Input<'_>,
    scope: LimitScope,
    limit: impl Fn(&Limits, Option<&Plan>) -> Option<u32>,
) -> Judgement<Within, Reached> {
    if !scope.counts(input, input.request.holder.as_ref()) {
        return Judgement::NotApplicable;
    }
    let of_plan = of_plan(input).and_then(|plan| limit(&plan.limits, Some(plan)));
    let Some(limit) = limit(&input.policy.limits, None).into_iter().chain(of_plan).min() else {
        return Judgement::NotApplicable;
    };
    let held = scope.held(input);
    let in_flight = scope.pending(input);
    let count = excess(held, in_flight, limit);
    if count == 0 || (count == 1 && planted!("limit_allows_one_more")) {
        return Judgement::Passed(Within { held, in_flight, limit });
    }
    let ends_at = nth(&scope.ends(input), count);
    Judgement::Blocked(Reached { scope, held, in_flight, limit, ends_at })
}

/// How many numbers must be released before one more is allowed.
const fn excess(held: u32, in_flight: u32, limit: u32) -> u32 {
    held.saturating_add(in_flight).saturating_add(1).saturating_sub(limit)
}

/// The n-th instant, from 1.
fn nth(instants: &[Timestamp], nth: u32) -> Option<Timestamp> {
    instants.get(usize::try_from(nth).ok()?.checked_sub(1)?).copied()
}

/// The customer's plan, if its limits apply.
fn of_plan<'a>(input: &Input<'a>) -> Option<&'a Plan> {
    input.plan.filter(|_| input.policy.plan_limits)
}

/// The limits that apply to the customer: the policy's and the plan's.
pub(super) fn each<'a>(input: &Input<'a>) -> impl Iterator<Item = &'a Limits> {
    core::iter::once(&input.policy.limits).chain(of_plan(input).map(|plan| &plan.limits))
}

/// The same limits with the pointers to them.
fn each_with_place<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Limits, String)> {
    let of_plan =
        of_plan(input).and_then(|plan| Some((&plan.limits, format!("/plans/{}/limits", plan_place(input, plan)?))));
    core::iter::once((&input.policy.limits, "/policy/limits".into())).chain(of_plan)
}

/// The field of the lower limit of policy and plan, or the policy's absent one.
pub(super) fn lowest_field(
    input: &Input<'_>,
    limit: impl Fn(&Limits) -> Option<u32>,
    name: impl Fn(&Limits) -> String,
) -> DecidingField {
    let set_ones = each_with_place(input)
        .filter_map(|(limits, place)| Some((limit(limits)?, format!("{place}/{}", name(limits)))));
    match set_ones.min_by_key(|(limit, _)| *limit) {
        Some((_, pointer)) => set(pointer),
        None => {
            // It is unknown which limit of a list would apply.
            let own = &input.policy.limits;
            let name = name(own);
            let is_list =
                (name == "by_country" && !own.by_country.is_empty()) || (name == "by_type" && !own.by_type.is_empty());
            field(format!("/policy/limits/{name}"), is_list)
        }
    }
}

/// Whether the number would count against the limits of numbers.
fn is_counted(input: &Input<'_>) -> bool {
    input.standing.is_counted(input.request.holder.as_ref())
}

impl LimitScope {
    /// The gate of the limit.
    const fn gate(&self) -> Gate {
        match self {
            Self::Total => Gate::NumberLimit,
            Self::Country { .. } => Gate::CountryLimit,
            Self::NumberType { .. } => Gate::TypeLimit,
            Self::Holder { .. } => Gate::HolderLimit,
        }
    }

    /// Whether the numbers of this holder count.
    fn counts(&self, input: &Input<'_>, holder: Option<&HolderId>) -> bool {
        matches!(self, Self::Holder { .. }) || input.standing.is_counted(holder)
    }

    /// The count of numbers held.
    fn held(&self, input: &Input<'_>) -> u32 {
        let held = &input.standing.held;
        match self {
            Self::Total => Some(&held.total),
            Self::Country { country } => held.by_country.get(country),
            Self::NumberType { number_type } => held.by_type.get(number_type),
            Self::Holder { holder } => held.by_holder.get(holder),
        }
        .copied()
        .unwrap_or(0)
    }

    /// The count of pending purchases. One of unknown type counts for every type.
    fn pending(&self, input: &Input<'_>) -> u32 {
        let pending = &input.standing.pending;
        let counted = match self {
            Self::Total => pending.total,
            Self::Country { country } => pending.by_country.get(country).copied().unwrap_or(0),
            Self::NumberType { number_type } => {
                pending.by_type.get(number_type).copied().unwrap_or(0).saturating_add(pending.untyped)
            }
            Self::Holder { holder } => pending.by_holder.get(holder).copied().unwrap_or(0),
        };
        counted.saturating_add(u32::try_from(self.on_their_way(input).count()).unwrap_or(u32::MAX))
    }

    /// The listed pending purchases that count.
    fn on_their_way<'a>(&self, input: &Input<'a>) -> impl Iterator<Item = &'a InFlight> {
        let is_meant = move |purchase: &InFlight| match self {
            Self::Total => true,
            Self::Country { country } => purchase.country == Some(*country),
            Self::NumberType { number_type } => purchase.number_type.is_none_or(|other| other == *number_type),
            Self::Holder { holder } => purchase.holder.as_ref() == Some(holder),
        };
        let all = input.standing.counting(input.now);
        all.filter(move |purchase| is_meant(purchase) && self.counts(input, purchase.holder.as_ref()))
    }

    /// The expiries of their open checkouts, in order.
    fn ends(&self, input: &Input<'_>) -> Vec<Timestamp> {
        let mut ends: Vec<Timestamp> =
            self.on_their_way(input).filter_map(|purchase| purchase.checkout_expires_at).collect();
        ends.sort_unstable();
        ends
    }

    /// The numbers in a sentence: `your US numbers`.
    pub(super) fn numbers(&self) -> String {
        match self {
            Self::Total => "your numbers".into(),
            Self::Country { country } => format!("your {country} numbers"),
            Self::NumberType { number_type } => format!("your {} numbers", number_type.title()),
            Self::Holder { holder } => format!("the numbers of `{holder}`"),
        }
    }
}

impl Refusal for Reached {
    fn gate(&self, _: Gate) -> Gate {
        self.scope.gate()
    }

    fn family(&self) -> Family {
        Family::NotEntitled
    }

    fn is_transient(&self) -> bool {
        self.ends_at.is_some()
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let count = excess(self.held, self.in_flight, self.limit);
        // Each is as much as it can be. Together they may suffice where neither does alone.
        fixes.extend(release::fix(input, self));
        let mut ends = self.scope.departures(input);
        ends.extend(self.scope.ends(input));
        ends.sort_unstable();
        let ending = count.min(u32::try_from(ends.len()).unwrap_or(u32::MAX));
        fixes.extend(nth(&ends, ending).map(|at| {
            let leaving = self.scope.departures(input).into_iter().filter(|leaves_at| *leaves_at <= at).count();
            let leaving = u32::try_from(leaving).unwrap_or(u32::MAX);
            let reason = match leaving {
                0 => WaitReason::CheckoutsEnd { count: ending },
                count => WaitReason::NumbersLeave { count },
            };
            Remedy::WaitUntil { at, reason }
        }));
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scope, held, in_flight, limit, .. } = self;
        match scope {
            LimitScope::Total => f.write_str("limit reached: ")?,
            LimitScope::Country { country } => write!(f, "{country} number limit reached: ")?,
            LimitScope::NumberType { number_type } => write!(f, "{} number limit reached: ", number_type.title())?,
            LimitScope::Holder { holder } => write!(f, "number limit of `{holder}` reached: ")?,
        }
        write!(f, "{held} held + {in_flight} pending of {limit}")
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { held, in_flight, limit } = self;
        write!(f, "{held} held + {in_flight} pending + this one of {limit}")
    }
}
