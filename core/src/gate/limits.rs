//! The gates of the plan: whether it is a paid one, and what it and the policy limit.

use alloc::{format, vec, vec::Vec};

use super::judge::{NOT_APPLICABLE, fix, judge, wait};
use super::pace;
use super::{Case, Evidence, Fact, Fix, Gate, Judged, LimitScope, Pace, Rejection, Remedy};
use crate::account::MoveKind;
use crate::calendar::period;
use crate::shop::{CalendarPeriod, Limits, NumberType, Plan, ReleaseTime, SpendLimit};
use crate::window::Window;
use crate::words::counted;
use crate::{HolderId, INTEGER_MAX, InFlight, Money, Timestamp};

const DAYS_OF_A_MONTH: u32 = 31;
const MONTHS_OF_A_YEAR: u32 = 12;
const DAY_S: u32 = 24 * 60 * 60;

/// The gates that another plan may open.
const OF_THE_PLAN: [Gate; 7] = [
    Gate::PaidPlan,
    Gate::NumberLimit,
    Gate::CountryLimit,
    Gate::TypeLimit,
    Gate::HolderLimit,
    Gate::SpendLimit,
    Gate::DailyLimit,
];

pub(super) fn paid_plan(case: &Case<'_>) -> Judged {
    let policy = case.shop.policy();
    if !policy.paid_plan_required && !policy.plan_limits {
        return NOT_APPLICABLE;
    }
    // Where plans only limit, a free one will do; who has none has no limit that could be looked at.
    match case.plan.filter(|plan| plan.is_paid() || !policy.paid_plan_required) {
        Some(plan) => Judged::Passed(Evidence::Plan { plan: plan.id.clone(), monthly_fee: plan.monthly_fee }),
        None => {
            let plan = case.standing.terms.plan.clone();
            let title = plan.as_ref().and_then(|id| case.shop.plan(id)).map(|plan| plan.title.clone());
            let rejection = Rejection::PlanNotPaid { plan, title, free_suffices: !policy.paid_plan_required };
            Judged::Blocked(rejection, better(case, Gate::PaidPlan).into_iter().collect())
        }
    }
}

/// Numbers in all.
pub(super) fn numbers(case: &Case<'_>) -> Judged {
    if !case.shop.policy().plan_limits && case.shop.policy().limits.numbers.is_none() {
        return NOT_APPLICABLE;
    }
    if case.shop.policy().plan_limits && case.plan.is_none() {
        return Judged::Waiting(Fact::EarlierGate { gate: Gate::PaidPlan });
    }
    by_count(case, LimitScope::Total, case.standing.held.total, |_| true, total)
}

/// Numbers of the wanted one's country.
pub(super) fn of_country(case: &Case<'_>) -> Judged {
    if !each(case).any(Limits::asks_for_country) {
        return NOT_APPLICABLE;
    }
    let country = match case.priced() {
        Ok(pricing) => pricing.country,
        Err(otherwise) => return otherwise,
    };
    let held = case.standing.held.by_country.get(&country).copied().unwrap_or(0);
    by_count(
        case,
        LimitScope::Country { country },
        held,
        |purchase| purchase.country == Some(country),
        |limits, _| limits.of_country(country),
    )
}

/// Numbers of the wanted one's type. Where nobody knows the type before a number is reserved, it may be any of those that
/// are limited.
pub(super) fn of_type(case: &Case<'_>) -> Judged {
    if !each(case).any(|limits| !limits.by_type.is_empty()) {
        return NOT_APPLICABLE;
    }
    let number_type = match case.priced() {
        Ok(pricing) => pricing.number_type,
        Err(otherwise) => return otherwise,
    };
    if let Some(number_type) = number_type {
        return of_this_type(case, number_type);
    }
    let limited = each(case).flat_map(|limits| limits.by_type.keys().copied());
    // The one that leaves least room speaks.
    let room = |judged: &Judged| match judged {
        Judged::Blocked(..) => None,
        Judged::Passed(Evidence::Numbers { held, in_flight, limit }) => {
            Some(limit.saturating_sub(*held).saturating_sub(*in_flight))
        }
        Judged::Passed(_) | Judged::Waiting(_) => Some(u32::MAX),
    };
    limited.map(|number_type| of_this_type(case, number_type)).min_by_key(room).unwrap_or(NOT_APPLICABLE)
}

fn of_this_type(case: &Case<'_>, number_type: NumberType) -> Judged {
    let held = case.standing.held.by_type.get(&number_type).copied().unwrap_or(0);
    by_count(
        case,
        LimitScope::NumberType { number_type },
        held,
        |purchase| purchase.number_type.is_none_or(|other| other == number_type),
        |limits, _| limits.by_type.get(&number_type).copied(),
    )
}

/// Numbers of the holder.
pub(super) fn of_holder(case: &Case<'_>) -> Judged {
    let Some(holder) = &case.request.holder else { return NOT_APPLICABLE };
    let held = case.standing.held.by_holder.get(holder).copied().unwrap_or(0);
    by_count(
        case,
        LimitScope::Holder { holder: holder.clone() },
        held,
        |purchase| purchase.holder.as_ref() == Some(holder),
        |limits, _| limits.each_holder,
    )
}

/// What purchases may cost in a period.
pub(super) fn spend(case: &Case<'_>) -> Judged {
    let limits: Vec<SpendLimit> = each(case).flat_map(|limits| limits.spend.iter().copied()).collect();
    if limits.is_empty() {
        return NOT_APPLICABLE;
    }
    let price = match case.priced() {
        Ok(pricing) => pricing.price.due_now,
        Err(otherwise) => return otherwise,
    };
    let limits: Vec<SpendLimit> =
        limits.into_iter().filter(|limit| limit.amount.currency() == price.currency()).collect();
    let spent = |period| spent(case, period, case.now, price);
    let Some(&SpendLimit { period, amount: limit }) =
        limits.iter().find(|limit| !has_room(case, **limit, price, case.now))
    else {
        return limits.last().map_or(NOT_APPLICABLE, |&SpendLimit { period, amount: limit }| {
            Judged::Passed(Evidence::Spent { period, spent: spent(period), price, limit })
        });
    };
    // Later, all of them must leave room for the price that it has then.
    let fits = |at| {
        let price = case.due_at(at);
        price.is_some_and(|price| limits.iter().all(|limit| has_room(case, *limit, price, at)))
    };
    let periods = limits.iter().map(|limit| next(case, limit.period));
    let ends_at = pace::first(case, periods.chain(repriced(case)).collect(), fits);
    let wait = ends_at.map(|at| wait(at, "when it fits into what may be spent"));
    let fixes = better(case, Gate::SpendLimit).into_iter().chain(wait).collect();
    let spent = spent(period);
    Judged::Blocked(Rejection::SpendLimitReached { period, spent, price, limit, ends_at }, fixes)
}

/// When the price may be another: at the changes of the rate card, and, where what is left of a period is charged, from day
/// to day until the end of the billing period in which a month of spending begins.
fn repriced(case: &Case<'_>) -> impl Iterator<Item = Timestamp> {
    let changes = case.pricing().map(|pricing| case.shop.rate_card().changes(pricing.country, case.now));
    let is_yearly = case.pricing().is_some_and(|pricing| pricing.price.yearly_fee.is_some());
    let months: u32 = match (case.is_prorated(), is_yearly) {
        (false, _) => 0,
        (true, false) => 2,
        (true, true) => MONTHS_OF_A_YEAR.saturating_add(1),
    };
    let tomorrow = next(case, CalendarPeriod::Day);
    let days = 0..DAYS_OF_A_MONTH.saturating_mul(months);
    let days = days.map(move |day| tomorrow.plus_seconds(DAY_S.saturating_mul(day)));
    changes.into_iter().flatten().chain(days)
}

/// Purchases in a calendar day.
pub(super) fn daily(case: &Case<'_>) -> Judged {
    let Some(limit) = each(case).filter_map(|limits| limits.purchases_a_day).min() else { return NOT_APPLICABLE };
    let claims = |at| {
        let claims = case
            .standing
            .moves(period_of(case, CalendarPeriod::Day, at), at)
            .into_iter()
            .filter(|done| done.kind == MoveKind::Claim);
        u32::try_from(claims.count()).unwrap_or(u32::MAX)
    };
    let count = claims(case.now);
    if count < limit {
        return Judged::Passed(Evidence::Pace { pace: Pace::Day, window_s: None, count, limit });
    }
    let ends_at = pace::earliest(case, vec![next(case, CalendarPeriod::Day)], |at| claims(at) < limit);
    let wait = ends_at.map(|at| wait(at, "when the next purchase can be made"));
    let fixes = better(case, Gate::DailyLimit).into_iter().chain(wait).collect();
    Judged::Blocked(Rejection::PaceLimitReached { pace: Pace::Day, window_s: None, count, limit, ends_at }, fixes)
}

/// The period in which an instant lies.
fn period_of(case: &Case<'_>, kind: CalendarPeriod, at: Timestamp) -> Window {
    period(kind, at, case.shop.policy().day_offset_minutes)
}

/// When the next period begins.
fn next(case: &Case<'_>, kind: CalendarPeriod) -> Timestamp {
    period_of(case, kind, case.now).ends()
}

/// A limit of a count: the numbers held and on their way, one more included, against the lowest limit of policy and plan.
fn by_count(
    case: &Case<'_>,
    scope: LimitScope,
    held: u32,
    is_meant: impl Fn(&InFlight) -> bool,
    limit: impl Fn(&Limits, Option<&Plan>) -> Option<u32>,
) -> Judged {
    let counts =
        |holder: Option<&HolderId>| matches!(scope, LimitScope::Holder { .. }) || case.standing.is_counted(holder);
    if !counts(case.request.holder.as_ref()) {
        return NOT_APPLICABLE;
    }
    let of_plan = case.plan.filter(|_| case.shop.policy().plan_limits);
    let of_plan = of_plan.and_then(|plan| limit(&plan.limits, Some(plan)));
    let Some(most) = limit(&case.shop.policy().limits, None).into_iter().chain(of_plan).min() else {
        return NOT_APPLICABLE;
    };
    let on_their_way = case.standing.counting(case.now);
    let on_their_way = on_their_way.filter(|purchase| is_meant(purchase) && counts(purchase.holder.as_ref()));
    let ends: Vec<Option<Timestamp>> = on_their_way.map(|purchase| purchase.counts_until).collect();
    let in_flight = u32::try_from(ends.len()).unwrap_or(u32::MAX);
    let wanted = held.saturating_add(in_flight).saturating_add(1);
    if wanted <= most {
        return Judged::Passed(Evidence::Numbers { held, in_flight, limit: most });
    }
    let mut fixes: Vec<Fix> = better(case, scope.gate()).into_iter().collect();
    let count = wanted.saturating_sub(most);
    let at_once = case.shop.policy().release == ReleaseTime::AtOnce;
    let releasable = if at_once && pace::allows_releases(case, count.min(held)) { held } else { 0 };
    if count <= releasable {
        fixes.push(Fix::release_numbers(count, scope.clone()));
    }
    let mut ends: Vec<Timestamp> = ends.into_iter().flatten().collect();
    ends.sort_unstable();
    // Waiting alone, or, where neither is enough alone, as long as must be before the rest can be released.
    let ending = if fixes.is_empty() { count.saturating_sub(releasable) } else { count };
    let end_of = |ending| ends.get(usize::try_from(ending).ok()?.checked_sub(1)?).copied();
    let ended = if ending == 1 { "has ended" } else { "have ended" };
    let reason = format!("when {} {ended} unpaid", counted(ending, "open checkout"));
    fixes.extend(end_of(ending).map(|at| wait(at, &reason)));
    let ends_at = end_of(count);
    Judged::Blocked(Rejection::NumberLimitReached { scope, held, in_flight, limit: most, ends_at }, fixes)
}

fn total(limits: &Limits, plan: Option<&Plan>) -> Option<u32> {
    plan.map(|plan| plan.number_limit).or(limits.numbers)
}

/// The limits that hold for this customer: the policy's, and the plan's.
fn each<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Limits> {
    let plan = case.plan.filter(|_| case.shop.policy().plan_limits).map(|plan| &plan.limits);
    core::iter::once(&case.shop.policy().limits).chain(plan)
}

/// The cheapest plan that opens a gate, of equally cheap ones the first by id; if there is one, one that opens all gates of
/// the plan at once.
fn better(case: &Case<'_>, gate: Gate) -> Option<Fix> {
    let policy = case.shop.policy();
    if !case.wants_fixes || !(policy.plan_limits || policy.paid_plan_required) {
        return None;
    }
    let opens = |on: &Case<'_>, gate: &Gate| !matches!(judge(*gate, on), Judged::Blocked(..));
    let sufficient = case.shop.plans().iter().filter_map(|plan| {
        let on = case.on(plan);
        let suffices = opens(&on, &gate) && opens(&on, &Gate::PaidPlan);
        suffices.then(|| (!OF_THE_PLAN.iter().all(|gate| opens(&on, gate)), plan))
    });
    let (_, plan) = sufficient.min_by_key(|(leaves_others, plan)| (*leaves_others, plan.monthly_fee, &plan.id))?;
    let message =
        format!("move to the plan {} at {} a month", plan.title, case.shop.decimals().write(plan.monthly_fee));
    Some(fix(Remedy::MoveToPlan { plan: plan.id.clone(), monthly_fee: plan.monthly_fee }, message))
}

/// Whether a limit of spending leaves room for the price.
pub(super) fn has_room(case: &Case<'_>, limit: SpendLimit, price: Money, at: Timestamp) -> bool {
    spent(case, limit.period, at, price).checked_add(price).is_ok_and(|sum| sum <= limit.amount)
}

/// What was due in the price's currency for everything that was bought in the period.
fn spent(case: &Case<'_>, kind: CalendarPeriod, at: Timestamp, price: Money) -> Money {
    let all = case.standing.moves(period_of(case, kind, at), at).into_iter().filter_map(|done| done.spent);
    let same = all.filter(|spent| spent.currency() == price.currency());
    // A sum that is too large is above every limit.
    let most = Money::new(INTEGER_MAX, price.currency()).unwrap_or(price);
    same.fold(Money::zero(price.currency()), |sum, more| sum.checked_add(more).unwrap_or(most))
}
