//! The field that decided: which part of the shop a gate's verdict comes from.

use alloc::{format, string::String, vec::Vec};

use super::case::{Case, Wanted};
use super::limits::has_room;
use super::{Evidence, Gate, LimitScope, Rejection};
use crate::explain::{DecidingField, Verdict};
use crate::price::NoPrice;
use crate::shop::{KycSubject, Limits, Plan, Sought, SpendLimit};
use crate::{QuoteDifference, Selector};

/// The field that a verdict comes from; none where no policy could say otherwise.
pub(crate) fn deciding_field(gate: Gate, case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    let policy = case.shop.policy();
    match gate {
        Gate::KeyForm => key_form(case, verdict),
        Gate::Idempotency => idempotency(case, verdict),
        Gate::Request => request(case, verdict),
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
                // Whoever has none gets one first where plans limit.
                None if !policy.paid_plan_required && matches!(verdict, Verdict::Blocked { .. }) => {
                    set("/policy/plan_limits")
                }
                None => set("/policy/paid_plan_required"),
            })
        }
        Gate::NumberLimit => is_counted(case).then(|| number_limit(case, verdict)),
        Gate::CountryLimit => is_counted(case).then(|| country_limit(case)),
        Gate::TypeLimit => is_counted(case).then(|| type_limit(case, verdict)),
        Gate::HolderLimit => {
            let holder = case.request.holder.as_ref();
            holder.map(|_| lowest(case, |limits| limits.each_holder, |_| "each_holder".into()))
        }
        Gate::SpendLimit => Some(spend(case)),
        Gate::DailyLimit => Some(lowest(case, |limits| limits.purchases_a_day, |_| "purchases_a_day".into())),
        Gate::Country => {
            let is_not_sold = matches!(case.wanted, Wanted::NoPrice(NoPrice::NotSold { .. }));
            if is_not_sold { Some(unset("/rate_card/rates/-")) } else { rate(case) }
        }
        Gate::Stock => stock(case, verdict),
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
        Gate::Kyc => Some(match (&policy.kyc, verdict) {
            (Some(rules), Verdict::Passed { evidence: Evidence::Tier { tier, tier_min, approved: true } })
                if tier_min <= tier =>
            {
                field("/policy/kyc/subject", rules.subject != KycSubject::default())
            }
            (rules, _) => within(rules.is_some(), "/policy/kyc", "tier_min"),
        }),
        Gate::Velocity => Some(within(policy.velocity.is_some(), "/policy/velocity", "window_s")),
        Gate::Churn => Some(within(policy.churn.is_some(), "/policy/churn", "moves_max")),
        Gate::PaymentMethod => Some(match payment(case) {
            Some((index, on_file)) => field(format!("/policy/payment/{index}/on_file_required"), on_file),
            None => unset("/policy/payment/-"),
        }),
        Gate::Balance => Some(method(case)),
        Gate::Price => price(case, verdict),
    }
}

fn key_form(case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    case.request.typed.idempotency_key.as_ref()?;
    Some(match verdict {
        // Not its length is wrong with it.
        Verdict::Blocked { rejection: Rejection::KeyMalformed { length, length_max } } if length <= length_max => {
            set("/policy/idempotency")
        }
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
            within(case.shop.policy().idempotency.is_some(), "/policy/idempotency", "length_max")
        }
    })
}

fn idempotency(case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    case.request.typed.idempotency_key.as_ref()?;
    let rules = "/policy/idempotency";
    match verdict {
        Verdict::Passed {
            evidence: Evidence::KeyIsNew | Evidence::Joins { .. } | Evidence::Replaces { by_key: false, .. },
        } => None,
        // The key's own purchase was found, and the fields that both must have in common were compared.
        Verdict::Passed {
            evidence: Evidence::Repeats { .. } | Evidence::Replaces { by_key: true, .. } | Evidence::KeyOfAnotherHolder,
        } => Some(set(format!("{rules}/fingerprint"))),
        Verdict::Blocked { .. } if case.request.problem.is_none() => Some(set(format!("{rules}/fingerprint"))),
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
            Some(field(rules, case.shop.policy().idempotency.is_some()))
        }
    }
}

/// Only whether there must be a holder is the policy's to say.
fn request(case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    let is_named = case.request.typed.holder.as_deref().is_some_and(|text| !text.trim().is_empty());
    let is_of_holder = match verdict {
        Verdict::Blocked { rejection: Rejection::RequestMalformed { field, .. } } => field == "holder",
        Verdict::Blocked { .. } => false,
        Verdict::Passed { .. } | Verdict::Waiting { .. } => true,
    };
    (is_of_holder && !is_named).then(|| set("/policy/holder_required"))
}

fn number_limit(case: &Case<'_>, verdict: &Verdict) -> DecidingField {
    let policy = case.shop.policy();
    if matches!(verdict, Verdict::Waiting { .. }) {
        return set("/policy/plan_limits");
    }
    let of_plan = case.plan.filter(|_| policy.plan_limits);
    let of_plan = of_plan.and_then(|plan| Some((plan.number_limit, place(case, plan)?)));
    match (policy.limits.numbers, of_plan) {
        (Some(own), Some((limit, index))) if limit < own => set(format!("/plans/{index}/number_limit")),
        (None, Some((_, index))) => set(format!("/plans/{index}/number_limit")),
        (own, _) => field("/policy/limits/numbers", own.is_some()),
    }
}

fn country_limit(case: &Case<'_>) -> DecidingField {
    let country = case.pricing().map(|pricing| pricing.country);
    let limit = |limits: &Limits| country.map_or(limits.each_country, |country| limits.of_country(country));
    lowest(case, limit, |limits| match country {
        Some(country) if limits.by_country.contains_key(&country) => format!("by_country/{country}"),
        None if limits.each_country.is_none() && !limits.by_country.is_empty() => "by_country".into(),
        _ => "each_country".into(),
    })
}

/// Where nobody knows the type before a number is reserved, the one that is full decides, or all of them.
fn type_limit(case: &Case<'_>, verdict: &Verdict) -> DecidingField {
    let full = match verdict {
        Verdict::Blocked {
            rejection: Rejection::NumberLimitReached { scope: LimitScope::NumberType { number_type }, .. },
        } => Some(*number_type),
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => None,
    };
    let number_type = full.or_else(|| case.pricing().and_then(|pricing| pricing.number_type));
    let limit = |limits: &Limits| limits.by_type.get(&number_type?).copied();
    lowest(case, limit, |limits| match number_type {
        Some(number_type) if !limits.by_type.is_empty() => format!("by_type/{}", number_type.name()),
        _ => "by_type".into(),
    })
}

fn stock(case: &Case<'_>, verdict: &Verdict) -> Option<DecidingField> {
    match (&case.wanted, verdict) {
        (Wanted::NotSearched(_), _) => Some(set("/policy/search_required")),
        (Wanted::NoPrice(NoPrice::Currency { .. }), _) => rate(case),
        // A checkout waits for somebody to see a number; other ways to pay do not.
        (Wanted::Priced { .. }, Verdict::Waiting { .. }) => Some(method(case)),
        _ => None,
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

/// Whether the wanted number would count against limits of numbers at all.
fn is_counted(case: &Case<'_>) -> bool {
    case.standing.is_counted(case.request.holder.as_ref())
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

/// The limit of spending that was compared last: the first that has no room, or the last of all.
fn spend(case: &Case<'_>) -> DecidingField {
    let price = case.pricing().map(|pricing| pricing.price.due_now);
    let all = core::iter::once((&case.shop.policy().limits, "/policy/limits".into())).chain(of_plan(case));
    let all = all.flat_map(|(limits, place): (&Limits, String)| {
        let places = (0..limits.spend.len()).map(move |index| format!("{place}/spend/{index}/amount"));
        limits.spend.iter().copied().zip(places)
    });
    let all: Vec<(SpendLimit, String)> = all.collect();
    let compared = |limit: &SpendLimit| price.is_some_and(|price| limit.amount.currency() == price.currency());
    let full = |limit: &SpendLimit| price.is_some_and(|price| !has_room(case, *limit, price, case.now));
    let mut last = all.iter().rfind(|(limit, _)| compared(limit)).or(all.first());
    if let Some(first) = all.iter().find(|(limit, _)| compared(limit) && full(limit)) {
        last = Some(first);
    }
    last.map_or_else(|| unset("/policy/limits/spend/-"), |(_, pointer)| set(pointer.clone()))
}

/// The payment rule that holds: its place, and whether it needs a method on file.
fn payment(case: &Case<'_>) -> Option<(usize, bool)> {
    let rule = case.payment?;
    let index = case.shop.policy().payment.iter().position(|other| core::ptr::eq(other, rule))?;
    Some((index, rule.on_file_required))
}

/// How it is paid.
fn method(case: &Case<'_>) -> DecidingField {
    match payment(case) {
        Some((index, _)) => set(format!("/policy/payment/{index}/method")),
        None => unset("/policy/payment/-"),
    }
}

/// The rate card's entry of the wanted number, if its price comes from there.
fn rate(case: &Case<'_>) -> Option<DecidingField> {
    let sought = match (&case.wanted, &case.selector) {
        (Wanted::Priced { seen: Some((offer, ..)), .. }, _) if offer.prices.is_empty() => Sought {
            country: offer.country,
            number_type: Some(offer.number_type),
            number: Some(offer.number),
            capabilities: Some(offer.capabilities),
            at: case.now,
        },
        (
            Wanted::Priced { seen: None, .. } | Wanted::NoPrice(NoPrice::Currency { .. }),
            Some(Selector::Any { country, number_type }),
        ) => Sought { country: *country, number_type: *number_type, number: None, capabilities: None, at: case.now },
        _ => return None,
    };
    let card = case.shop.rate_card();
    let entry = card.rate_of(&sought)?;
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
        QuoteDifference::Policy(_) => Some(set("/policy/id")),
        QuoteDifference::PolicyVersion(_) => Some(set("/policy/version")),
        QuoteDifference::RateCardVersion(_) => Some(set("/rate_card/version")),
        QuoteDifference::Payment(_) => Some(method(case)),
        QuoteDifference::Country(_)
        | QuoteDifference::NumberType(_)
        | QuoteDifference::Capabilities(_)
        | QuoteDifference::KycTier(_)
        | QuoteDifference::DueNow(_)
        | QuoteDifference::SetupFee(_)
        | QuoteDifference::MonthlyFee(_)
        | QuoteDifference::YearlyFee(_)
        | QuoteDifference::CommitmentTotal(_)
        | QuoteDifference::MinimumCommitmentMonths(_)
        | QuoteDifference::Lines(_)
        | QuoteDifference::TaxesIncluded(_)
        | QuoteDifference::FirstPeriod(_)
        | QuoteDifference::Introductory(_)
        | QuoteDifference::RecurringLines(_)
        | QuoteDifference::RecurringTaxesIncluded(_)
        | QuoteDifference::Exponent(_) => rate(case),
        // How long it holds was said when it was made.
        QuoteDifference::Id { .. } | QuoteDifference::Selector(_) | QuoteDifference::ExpiresAt(_) => None,
    }
}
