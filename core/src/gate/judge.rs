//! The judgement of each gate: what is compared, and what would open it.

mod seen;

use alloc::{format, string::String, vec, vec::Vec};

use super::case::{Case, Wanted};
use super::{Evidence, Fact, Fix, Gate, Rejection, Remedy};
use crate::account::{IdempotencyKey, key_length};
use crate::price::NoPrice;
use crate::request::SelectorProblem;
use crate::shop::{BillingKind, KycSubject, PaymentMethod, Plan};
use crate::{Country, E164, KycStatus, Money, Role, Timestamp};

/// How a gate stands.
pub(crate) enum Judged {
    Passed(Evidence),
    Blocked(Rejection, Vec<Fix>),
    Waiting(Fact),
}

/// Judges one gate.
pub(crate) fn judge(gate: Gate, case: &Case<'_>) -> Judged {
    match gate {
        Gate::KeyForm => key_form(case),
        Gate::Idempotency => idempotency(case),
        Gate::Request => request(case),
        Gate::Actor => actor(case),
        Gate::Selector => selector(case),
        Gate::PaidPlan => paid_plan(case),
        Gate::NumberLimit => number_limit(case),
        Gate::Country => country(case),
        Gate::Stock => stock(case),
        Gate::Billing => billing(case),
        Gate::Kyc => kyc(case),
        Gate::Velocity => velocity(case),
        Gate::PaymentMethod => payment_method(case),
        Gate::Balance => balance(case),
        Gate::Price => seen::judge(case),
    }
}

const NOT_APPLICABLE: Judged = Judged::Passed(Evidence::NotApplicable);

fn fix(remedy: Remedy, message: impl Into<String>) -> Fix {
    Fix { remedy, message: message.into() }
}

fn key_form(case: &Case<'_>) -> Judged {
    let (Some(rules), Some(key)) = (&case.shop.policy().idempotency, &case.request.typed.idempotency_key) else {
        return NOT_APPLICABLE;
    };
    let (length, length_max) = (key_length(key), rules.length_max);
    if IdempotencyKey::read(key, rules).is_some() {
        return Judged::Passed(Evidence::KeyLength { length, length_max });
    }
    let fixes = vec![fix(Remedy::UseFreshKey, format!("use a fresh key of 1 to {length_max} characters"))];
    Judged::Blocked(Rejection::KeyMalformed { length, length_max }, fixes)
}

fn idempotency(case: &Case<'_>) -> Judged {
    let has_key = case.shop.policy().idempotency.is_some() && case.request.typed.idempotency_key.is_some();
    if has_key { Judged::Waiting(Fact::UsedKeys) } else { NOT_APPLICABLE }
}

fn request(case: &Case<'_>) -> Judged {
    let Some(problem) = &case.request.problem else { return Judged::Passed(Evidence::WellFormed) };
    let field = String::from(problem.field);
    let fixes = vec![fix(Remedy::CorrectField { field: field.clone() }, format!("correct `{field}`"))];
    Judged::Blocked(Rejection::RequestMalformed { field, problem: problem.problem.clone() }, fixes)
}

fn actor(case: &Case<'_>) -> Judged {
    let standing = case.standing;
    let (role, buyers) = (standing.actor.role, &case.shop.policy().buyers);
    if !buyers.is_empty() && !buyers.contains(&role) {
        let rejection = Rejection::RoleNotAllowed { role, allowed: buyers.clone() };
        return Judged::Blocked(rejection, vec![ask_role(buyers)]);
    }
    let Some(holder) = &case.request.holder else {
        return if buyers.is_empty() { NOT_APPLICABLE } else { Judged::Passed(Evidence::MayAct) };
    };
    let choose = |holders| vec![fix(Remedy::ChooseHolder { holders }, "choose a holder that you may act for")];
    if let Some(only) = &standing.actor.only_holder
        && only != holder
    {
        return Judged::Blocked(Rejection::ActorNotAllowed { only_holder: only.clone() }, choose(vec![only.clone()]));
    }
    if standing.terms.holders.contains(holder) {
        Judged::Passed(Evidence::MayAct)
    } else {
        let rejection = Rejection::HolderUnknown { holder: holder.clone() };
        Judged::Blocked(rejection, choose(standing.terms.holders.clone()))
    }
}

fn ask_role(roles: &[Role]) -> Fix {
    fix(Remedy::AskRole { roles: roles.to_vec() }, "ask somebody who may do it")
}

fn selector(case: &Case<'_>) -> Judged {
    if case.request.problem.is_some() {
        return Judged::Waiting(Fact::EarlierGate { gate: Gate::Request });
    }
    let offered = case.shop.policy().selectors.clone();
    let rejection = match &case.request.selector {
        Ok(selector) => return Judged::Passed(Evidence::Selected { selector: selector.clone() }),
        Err(SelectorProblem::Missing) => Rejection::SelectorMissing { offered: offered.clone() },
        Err(SelectorProblem::Ambiguous) => Rejection::SelectorAmbiguous { offered: offered.clone() },
        Err(SelectorProblem::NotOffered(asked)) => {
            Rejection::SelectorNotOffered { asked: *asked, offered: offered.clone() }
        }
    };
    Judged::Blocked(rejection, vec![fix(Remedy::ChooseSelector { selectors: offered }, "say which number you want")])
}

fn plan<'a>(case: &Case<'a>) -> Option<&'a Plan> {
    case.standing.terms.plan.as_ref().and_then(|id| case.shop.plan(id))
}

/// The cheapest paid plan that allows so many numbers; of equally cheap ones the first by id.
fn sufficient_plan<'a>(case: &Case<'a>, numbers: u32) -> Option<&'a Plan> {
    let limited = case.shop.policy().plan_limits;
    let paid = case.shop.plans().iter().filter(|plan| plan.is_paid());
    paid.filter(|plan| !limited || numbers <= plan.number_limit).min_by_key(|plan| (plan.monthly_fee, plan.id.clone()))
}

fn move_to(plan: &Plan) -> Fix {
    let message = format!("move to the plan {} at {} a month", plan.title, plan.monthly_fee);
    fix(Remedy::MoveToPlan { plan: plan.id.clone(), monthly_fee: plan.monthly_fee }, message)
}

/// The numbers that count against the plan's limit: held, and on their way.
fn numbers(case: &Case<'_>) -> (u32, u32) {
    let in_flight = u32::try_from(case.standing.counting(case.now).count()).unwrap_or(u32::MAX);
    (case.standing.held.total, in_flight)
}

fn paid_plan(case: &Case<'_>) -> Judged {
    if !case.shop.policy().paid_plan_required {
        return NOT_APPLICABLE;
    }
    if let Some(plan) = plan(case).filter(|plan| plan.is_paid()) {
        return Judged::Passed(Evidence::Plan { plan: plan.id.clone(), monthly_fee: plan.monthly_fee });
    }
    let (held, in_flight) = numbers(case);
    let wanted = held.saturating_add(in_flight).saturating_add(1);
    let better = sufficient_plan(case, wanted).or_else(|| sufficient_plan(case, 0));
    Judged::Blocked(
        Rejection::PlanNotPaid { plan: case.standing.terms.plan.clone() },
        better.map(move_to).into_iter().collect(),
    )
}

fn number_limit(case: &Case<'_>) -> Judged {
    if !case.shop.policy().plan_limits {
        return NOT_APPLICABLE;
    }
    let Some(plan) = plan(case) else { return Judged::Waiting(Fact::EarlierGate { gate: Gate::PaidPlan }) };
    let (held, in_flight) = numbers(case);
    let limit = plan.number_limit;
    let wanted = held.saturating_add(in_flight).saturating_add(1);
    if wanted <= limit {
        return Judged::Passed(Evidence::Numbers { held, in_flight, limit });
    }
    let mut fixes: Vec<Fix> = sufficient_plan(case, wanted).map(move_to).into_iter().collect();
    let count = wanted.saturating_sub(limit);
    if count <= held {
        fixes.push(fix(Remedy::ReleaseNumbers { count }, format!("release {count} of your numbers")));
    }
    let mut ends: Vec<Timestamp> =
        case.standing.counting(case.now).filter_map(|purchase| purchase.counts_until).collect();
    ends.sort_unstable();
    if let Some(at) = usize::try_from(count.saturating_sub(1)).ok().and_then(|last| ends.get(last)) {
        fixes.push(fix(Remedy::WaitUntil { at: *at }, "wait until an open checkout has ended"));
    }
    Judged::Blocked(Rejection::NumberLimitReached { held, in_flight, limit }, fixes)
}

fn country(case: &Case<'_>) -> Judged {
    let sold = |country| Judged::Passed(Evidence::Sold { country });
    match &case.wanted {
        Wanted::Priced { pricing, .. } => sold(pricing.country),
        Wanted::NoPrice(NoPrice::NotSold(country)) => {
            let countries = case.shop.countries();
            let fixes = if countries.is_empty() {
                Vec::new()
            } else {
                vec![fix(Remedy::ChooseCountry { countries }, "choose a country that is sold")]
            };
            Judged::Blocked(Rejection::CountryNotSold { country: *country }, fixes)
        }
        // Nothing is known of the number's country where the number itself is unknown: the next gate speaks.
        Wanted::NotSearched(_) | Wanted::Nothing(_) | Wanted::NoPrice(NoPrice::Currency { .. }) => NOT_APPLICABLE,
        Wanted::Unclear(gate) => Judged::Waiting(Fact::EarlierGate { gate: *gate }),
        Wanted::Unseen(selector) => Judged::Waiting(Fact::Search { selector: selector.clone() }),
    }
}

fn stock(case: &Case<'_>) -> Judged {
    match &case.wanted {
        Wanted::Priced { pricing, seen } => Judged::Passed(Evidence::InStock {
            number: seen.map(|(offer, _, _)| offer.number),
            number_type: pricing.number_type,
            seen_at: seen.map(|(_, seen_at, _)| seen_at),
        }),
        Wanted::NotSearched(number) => {
            let fixes = vec![fix(Remedy::SearchFirst { number: *number }, "search for the number first")];
            Judged::Blocked(Rejection::NotSearched { number: *number }, fixes)
        }
        Wanted::Nothing(selector) => {
            let numbers = alternatives(case);
            let message = if numbers.is_empty() { "search for another number" } else { "choose one of these numbers" };
            let fixes = vec![fix(Remedy::ChooseNumber { numbers }, message)];
            Judged::Blocked(Rejection::OutOfStock { selector: selector.clone() }, fixes)
        }
        Wanted::NoPrice(NoPrice::Currency { asked, offered }) => {
            let rejection = Rejection::CurrencyNotOffered { currency: *asked, offered: offered.clone() };
            let remedy = Remedy::ChooseCurrency { currencies: offered.clone() };
            Judged::Blocked(rejection, vec![fix(remedy, "pay in a currency that the number has a price in")])
        }
        Wanted::NoPrice(NoPrice::NotSold(_)) => Judged::Waiting(Fact::EarlierGate { gate: Gate::Country }),
        Wanted::Unclear(gate) => Judged::Waiting(Fact::EarlierGate { gate: *gate }),
        Wanted::Unseen(selector) => Judged::Waiting(Fact::Search { selector: selector.clone() }),
    }
}

/// Numbers that other searches have found, as many as a person can choose from.
fn alternatives(case: &Case<'_>) -> Vec<E164> {
    let current = case.offers.searches.iter().filter(|search| case.now < search.expires_at);
    current.flat_map(|search| &search.numbers).map(|offer| offer.number).take(5).collect()
}

fn billing(case: &Case<'_>) -> Judged {
    let Some(rules) = &case.shop.policy().billing else { return NOT_APPLICABLE };
    let country = match case.priced() {
        Ok(pricing) => pricing.country,
        Err(otherwise) => return otherwise,
    };
    let has = case.standing.terms.billing;
    if rules.domestic.contains(&country) || has == rules.international {
        return Judged::Passed(Evidence::BillingServes { country });
    }
    let required = rules.international;
    let mut fixes = vec![fix(Remedy::MoveToBilling { billing: required }, billing_sentence(required))];
    let domestic: Vec<Country> =
        case.shop.countries().into_iter().filter(|country| rules.domestic.contains(country)).collect();
    if !domestic.is_empty() {
        let message = "choose a country that your billing serves";
        fixes.push(fix(Remedy::ChooseCountry { countries: domestic }, message));
    }
    Judged::Blocked(Rejection::BillingKindRequired { country, billing: has, required }, fixes)
}

const fn billing_sentence(billing: BillingKind) -> &'static str {
    match billing {
        BillingKind::Prepaid => "move to prepaid billing",
        BillingKind::Subscription => "move to billing by subscription",
        BillingKind::Usage => "move to usage-based billing",
    }
}

fn kyc(case: &Case<'_>) -> Judged {
    let Some(rules) = &case.shop.policy().kyc else { return NOT_APPLICABLE };
    let (country, tier) = match case.priced() {
        Ok(pricing) => (pricing.country, pricing.kyc_tier),
        Err(otherwise) => return otherwise,
    };
    let tier_min = rules.tier_min;
    let status = case.standing.terms.kyc.status(rules.subject, country);
    let approved = status == KycStatus::Approved;
    if approved || tier < tier_min {
        return Judged::Passed(Evidence::Tier { tier, tier_min, approved });
    }
    let may_submit = rules.submitters.is_empty() || rules.submitters.contains(&case.standing.actor.role);
    let remedy = match (status.is_open(), may_submit, rules.subject) {
        (false, _, subject) => fix(Remedy::AwaitKyc { country, subject }, "wait until the verification is decided"),
        (true, false, _) => ask_role(&rules.submitters),
        (true, true, KycSubject::Country) => {
            let message = format!("submit the identity documents for numbers of {country}");
            fix(Remedy::SubmitKyc { country, tier, subject: KycSubject::Country }, message)
        }
        (true, true, KycSubject::Account) => {
            let remedy = Remedy::SubmitKyc { country, tier, subject: KycSubject::Account };
            fix(remedy, "submit the identity documents of the account")
        }
    };
    Judged::Blocked(Rejection::KycRequired { country, tier, tier_min, status, may_submit }, vec![remedy])
}

fn velocity(case: &Case<'_>) -> Judged {
    let Some(rules) = &case.shop.policy().velocity else { return NOT_APPLICABLE };
    let last = case.standing.last_accepted_at(case.now);
    let ends_at = last.map(|last| last.plus_seconds(rules.window_s));
    let confirmed = case.request.typed.confirm_additional;
    match (last, ends_at) {
        (Some(last_accepted_at), Some(ends_at)) if case.now < ends_at && !confirmed => Judged::Blocked(
            Rejection::VelocityExceeded { last_accepted_at, ends_at },
            vec![
                fix(Remedy::ConfirmAdditional, "confirm that this additional purchase is meant"),
                fix(Remedy::WaitUntil { at: ends_at }, "wait until the window has ended"),
            ],
        ),
        _ => Judged::Passed(Evidence::Window { last_accepted_at: last, ends_at, confirmed }),
    }
}

fn payment_method(case: &Case<'_>) -> Judged {
    match case.payment {
        Some(rule) if !rule.on_file_required || case.standing.terms.payment_method_on_file => {
            Judged::Passed(Evidence::MethodOnFile)
        }
        Some(_) => {
            let fixes = vec![fix(Remedy::AddPaymentMethod, "put a payment method on file")];
            Judged::Blocked(Rejection::PaymentMethodMissing, fixes)
        }
        None => {
            let billing = case.shop.policy().payment.iter().find_map(|rule| rule.billing);
            let fixes = billing.map(|billing| fix(Remedy::MoveToBilling { billing }, billing_sentence(billing)));
            Judged::Blocked(Rejection::PaymentMethodMissing, fixes.into_iter().collect())
        }
    }
}

fn balance(case: &Case<'_>) -> Judged {
    if case.payment.is_none_or(|rule| rule.method != PaymentMethod::Wallet) {
        return NOT_APPLICABLE;
    }
    let required = match case.priced() {
        Ok(pricing) => pricing.price.due_now,
        Err(otherwise) => return otherwise,
    };
    let available = available(case, required);
    match required.checked_sub(available) {
        Ok(missing) if 0 < missing.minor_units() => {
            let fixes = vec![fix(Remedy::AddMoney { money: missing }, format!("add {missing} to your balance"))];
            Judged::Blocked(Rejection::InsufficientBalance { available, required, missing }, fixes)
        }
        Ok(_) => Judged::Passed(Evidence::Funds { available, required }),
        // The sum of both is beyond what can be named; so is any amount that would help.
        Err(_) => {
            Judged::Blocked(Rejection::InsufficientBalance { available, required, missing: required }, Vec::new())
        }
    }
}

fn available(case: &Case<'_>, required: Money) -> Money {
    let same = case.standing.balances.iter().find(|balance| balance.currency() == required.currency());
    same.map_or(Money::zero(required.currency()), |balance| balance.written_like(required))
}
