//! The field that decided: which part of the shop a gate's verdict comes from.

use alloc::{format, string::String};

use super::case::{Case, Wanted};
use super::{Evidence, Gate, Rejection};
use crate::explain::{DecidingField, Verdict};
use crate::price::NoPrice;
use crate::shop::{Limits, Plan, Sought};
use crate::{QuoteDifference, Selector};

/// The field that a verdict comes from; none where no policy could say otherwise.
pub(crate) fn deciding_field(gate: Gate, case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    let policy = case.shop.policy();
    match gate {
        Gate::KeyForm => Some(within(policy.idempotency.is_some(), "/policy/idempotency", "length_max")),
        Gate::Idempotency => Some(within(policy.idempotency.is_some(), "/policy/idempotency", "fingerprint")),
        Gate::Request => {
            let problem = case.request.problem.as_ref();
            let is_about_the_holder = problem.is_none_or(|problem| {
                problem.field == "holder"
                    && case.request.typed.holder.as_deref().is_none_or(|text| text.trim().is_empty())
            });
            is_about_the_holder.then(|| set("/policy/holder_required"))
        }
        Gate::Actor => match verdict {
            Verdict::Blocked { rejection: Rejection::HolderUnknown { .. } | Rejection::ActorNotAllowed { .. } } => None,
            Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
                Some(field("/policy/buyers", !policy.buyers.is_empty()))
            }
        },
        Gate::Selector => Some(set("/policy/selectors")),
        Gate::PaidPlan => {
            Some(match case.plan.filter(|_| policy.paid_plan_required).and_then(|plan| place(case, plan)) {
                Some(index) => set(format!("/plans/{index}/monthly_fee")),
                None => set("/policy/paid_plan_required"),
            })
        }
        Gate::NumberLimit => {
            let of_plan = case.plan.filter(|_| policy.plan_limits);
            let of_plan = of_plan.and_then(|plan| Some((plan.number_limit, place(case, plan)?)));
            match (policy.limits.numbers, of_plan) {
                (Some(own), Some((limit, index))) if limit < own => Some(set(format!("/plans/{index}/number_limit"))),
                (None, Some((_, index))) => Some(set(format!("/plans/{index}/number_limit"))),
                (Some(_), _) => Some(set("/policy/limits/numbers")),
                (None, None) if policy.plan_limits => Some(set("/policy/plan_limits")),
                (None, None) => Some(unset("/policy/limits/numbers")),
            }
        }
        Gate::CountryLimit => {
            let country = case.pricing().map(|pricing| pricing.country);
            let limit = |limits: &Limits| country.map_or(limits.each_country, |country| limits.of_country(country));
            Some(lowest(case, limit, |limits| match country {
                Some(country) if limits.by_country.contains_key(&country) => format!("by_country/{country}"),
                None if limits.each_country.is_none() && !limits.by_country.is_empty() => "by_country".into(),
                _ => "each_country".into(),
            }))
        }
        Gate::TypeLimit => {
            let number_type = case.pricing().and_then(|pricing| pricing.number_type);
            let limit = |limits: &Limits| limits.by_type.get(&number_type?).copied();
            Some(lowest(case, limit, |limits| match number_type {
                Some(number_type) if !limits.by_type.is_empty() => format!("by_type/{}", number_type.name()),
                _ => "by_type".into(),
            }))
        }
        Gate::HolderLimit => Some(lowest(case, |limits| limits.each_holder, |_| "each_holder".into())),
        Gate::SpendLimit => Some(spend(case, verdict)),
        Gate::DailyLimit => Some(lowest(case, |limits| limits.purchases_a_day, |_| "purchases_a_day".into())),
        Gate::Country => {
            let is_not_sold = matches!(case.wanted, Wanted::NoPrice(NoPrice::NotSold(_)));
            if is_not_sold { Some(unset("/rate_card/rates/-")) } else { rate(case) }
        }
        Gate::Stock => matches!(case.wanted, Wanted::NotSearched(_)).then(|| set("/policy/search_required")),
        Gate::Billing => Some(match (&policy.billing, verdict) {
            (None, _) => unset("/policy/billing"),
            (Some(rules), Verdict::Passed { evidence: Evidence::BillingServes { country } }) => {
                match rules.domestic.iter().position(|domestic| domestic == country) {
                    Some(index) => set(format!("/policy/billing/domestic/{index}")),
                    None => set("/policy/billing/international"),
                }
            }
            (Some(_), _) => set("/policy/billing/international"),
        }),
        Gate::Kyc => Some(within(policy.kyc.is_some(), "/policy/kyc", "tier_min")),
        Gate::Velocity => Some(within(policy.velocity.is_some(), "/policy/velocity", "window_s")),
        Gate::Churn => Some(within(policy.churn.is_some(), "/policy/churn", "moves_max")),
        Gate::PaymentMethod => Some(match payment(case) {
            Some((index, on_file)) => field(format!("/policy/payment/{index}/on_file_required"), on_file),
            None => unset("/policy/payment/-"),
        }),
        Gate::Balance => Some(match payment(case) {
            Some((index, _)) => set(format!("/policy/payment/{index}/method")),
            None => unset("/policy/payment/-"),
        }),
        Gate::Price => price(case, verdict),
    }
}

fn field(pointer: impl Into<String>, is_set: bool) -> DecidingField {
    DecidingField { pointer: pointer.into(), is_set }
}

fn set(pointer: impl Into<String>) -> DecidingField {
    field(pointer, true)
}

fn unset(pointer: impl Into<String>) -> DecidingField {
    field(pointer, false)
}

/// A figure of a rule; the rule itself where it is switched off.
fn within(is_set: bool, rule: &str, figure: &str) -> DecidingField {
    if is_set { set(format!("{rule}/{figure}")) } else { unset(rule) }
}

fn place(case: &Case<'_>, plan: &Plan) -> Option<usize> {
    case.shop.plans().iter().position(|other| other.id == plan.id)
}

/// The limits of the plan, if they hold, with their place.
fn of_plan<'a>(case: &Case<'a>) -> Option<(&'a Limits, String)> {
    let plan = case.plan.filter(|_| case.shop.policy().plan_limits)?;
    Some((&plan.limits, format!("/plans/{}/limits", place(case, plan)?)))
}

/// The lowest limit of policy and plan; without one, the policy's that is absent.
fn lowest(case: &Case<'_>, limit: impl Fn(&Limits) -> Option<u32>, name: impl Fn(&Limits) -> String) -> DecidingField {
    let own = &case.shop.policy().limits;
    let all = core::iter::once((own, "/policy/limits".into())).chain(of_plan(case));
    let set_ones = all.filter_map(|(limits, place)| Some((limit(limits)?, format!("{place}/{}", name(limits)))));
    match set_ones.min_by_key(|(limit, _)| *limit) {
        Some((_, pointer)) => set(pointer),
        None => {
            // Nobody knows yet which of a list of limits is meant.
            let name = name(own);
            let is_list =
                (name == "by_country" && !own.by_country.is_empty()) || (name == "by_type" && !own.by_type.is_empty());
            field(format!("/policy/limits/{name}"), is_list)
        }
    }
}

/// The limit of spending that was compared.
fn spend(case: &Case<'_>, verdict: &Verdict) -> DecidingField {
    let compared = match verdict {
        Verdict::Passed { evidence: Evidence::Spent { limit, .. } }
        | Verdict::Blocked { rejection: Rejection::SpendLimitReached { limit, .. } } => Some(*limit),
        Verdict::Passed { .. } | Verdict::Blocked { .. } | Verdict::Waiting { .. } => None,
    };
    let all = core::iter::once((&case.shop.policy().limits, "/policy/limits".into())).chain(of_plan(case));
    let mut set_ones = all.filter(|(limits, _)| {
        limits.spend.is_some_and(|spend| compared.is_none_or(|compared| compared == spend.amount))
    });
    set_ones.next().map_or_else(|| unset("/policy/limits/spend"), |(_, place)| set(format!("{place}/spend/amount")))
}

/// The payment rule that holds: its place, and whether it needs a method on file.
fn payment(case: &Case<'_>) -> Option<(usize, bool)> {
    let rule = case.payment?;
    let index = case.shop.policy().payment.iter().position(|other| core::ptr::eq(other, rule))?;
    Some((index, rule.on_file_required))
}

/// The rate card's entry of the wanted number, if its price comes from there.
fn rate(case: &Case<'_>) -> Option<DecidingField> {
    let Wanted::Priced { pricing, seen } = &case.wanted else { return None };
    let sought = match (seen, &case.selector) {
        (Some((offer, ..)), _) if offer.prices.is_empty() => Sought {
            country: offer.country,
            number_type: Some(offer.number_type),
            number: Some(offer.number),
            capabilities: Some(offer.capabilities),
            at: case.now,
        },
        (None, Some(Selector::Any { country, number_type })) => {
            Sought { country: *country, number_type: *number_type, number: None, capabilities: None, at: case.now }
        }
        (Some(_), _) | (None, _) => return None,
    };
    let card = case.shop.rate_card();
    let entry = card.rate_of(&sought).filter(|rate| rate.country == pricing.country)?;
    let index = card.rates.iter().position(|other| core::ptr::eq(other, entry))?;
    Some(set(format!("/rate_card/rates/{index}")))
}

/// What a price or quote that was seen is compared with.
fn price(case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    let Verdict::Blocked { rejection: Rejection::QuoteOutdated { differences, .. } } = verdict else {
        let is_seen = case.request.typed.price_seen.is_some() || case.request.typed.quote_seen.is_some();
        return rate(case).filter(|_| is_seen);
    };
    match differences.first()? {
        QuoteDifference::ExpiresAt { .. } => Some(set("/rate_card/quote_lifetime_s")),
        QuoteDifference::Policy { .. } => Some(set("/policy/id")),
        QuoteDifference::PolicyVersion { .. } => Some(set("/policy/version")),
        QuoteDifference::RateCardVersion { .. } => Some(set("/rate_card/version")),
        QuoteDifference::DueNow { .. }
        | QuoteDifference::SetupFee { .. }
        | QuoteDifference::MonthlyFee { .. }
        | QuoteDifference::YearlyFee { .. }
        | QuoteDifference::CommitmentTotal { .. } => rate(case),
        QuoteDifference::Id { .. } | QuoteDifference::Selector { .. } => None,
    }
}
