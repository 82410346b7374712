//! The judgement of each gate: what is compared, and what would open it.

mod seen;

use alloc::{format, string::String, vec, vec::Vec};

use super::case::{Case, Wanted};
use super::sentences::{roles, ways};
use super::{Evidence, Fact, Fix, Gate, Mismatch, Rejection, Remedy, limits, pace};
use crate::account::{IdempotencyKey, key_length};
use crate::price::{self, NoPrice};
use crate::request::SelectorProblem;
use crate::shop::{BillingKind, KycSubject, PaymentMethod, SelectorKind};
use crate::words::{counted, quoted, to_choose_from};
use crate::{Country, E164, HolderId, KycStatus, Money, NumberType, Role, Selector, Timestamp};

/// How many numbers a person is given to choose from.
const ALTERNATIVES_MAX: usize = 5;

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
        Gate::PaidPlan => limits::paid_plan(case),
        Gate::NumberLimit => limits::numbers(case),
        Gate::CountryLimit => limits::of_country(case),
        Gate::TypeLimit => limits::of_type(case),
        Gate::HolderLimit => limits::of_holder(case),
        Gate::SpendLimit => limits::spend(case),
        Gate::DailyLimit => limits::daily(case),
        Gate::Country => country(case),
        Gate::Stock => stock(case),
        Gate::Billing => billing(case),
        Gate::Kyc => kyc(case),
        Gate::Velocity => pace::velocity(case),
        Gate::Churn => pace::churn(case),
        Gate::PaymentMethod => payment_method(case),
        Gate::Balance => balance(case),
        Gate::Price => seen::judge(case),
    }
}

pub(super) const NOT_APPLICABLE: Judged = Judged::Passed(Evidence::NotApplicable);

pub(super) fn fix(remedy: Remedy, message: impl Into<String>) -> Fix {
    Fix { remedy, message: message.into() }
}

/// Waiting, and what for.
pub(super) fn wait(at: Timestamp, reason: &str) -> Fix {
    fix(Remedy::WaitUntil { at }, format!("wait until {at}, {reason}"))
}

fn key_form(case: &Case<'_>) -> Judged {
    let (Some(rules), Some(key)) = (&case.shop.policy().idempotency, &case.request.typed.idempotency_key) else {
        return NOT_APPLICABLE;
    };
    let (length, length_max) = (key_length(key), rules.length_max);
    if IdempotencyKey::read(key, rules).is_some() {
        return Judged::Passed(Evidence::KeyLength { length, length_max });
    }
    let fixes = vec![fix(
        Remedy::UseFreshKey,
        format!("use a fresh key of at most {}, none of them a control character", counted(length_max, "character")),
    )];
    Judged::Blocked(Rejection::KeyMalformed { length, length_max }, fixes)
}

fn idempotency(case: &Case<'_>) -> Judged {
    let has_key = case.shop.policy().idempotency.is_some() && case.request.typed.idempotency_key.is_some();
    if has_key { Judged::Waiting(Fact::UsedKeys) } else { NOT_APPLICABLE }
}

fn request(case: &Case<'_>) -> Judged {
    let Some(problem) = &case.request.problem else { return Judged::Passed(Evidence::WellFormed) };
    let rejection = Rejection::RequestMalformed { field: problem.field.into(), problem: problem.problem.clone() };
    // What is missing says itself what to do.
    let what = if problem.is_missing { problem.problem.clone() } else { format!("correct `{}`", problem.field) };
    Judged::Blocked(rejection, vec![correct(problem.field, what)])
}

fn correct(field: &str, what: impl Into<String>) -> Fix {
    fix(Remedy::CorrectField { field: field.into() }, what)
}

fn actor(case: &Case<'_>) -> Judged {
    let standing = case.standing;
    let (role, buyers) = (standing.actor.role, &case.shop.policy().buyers);
    if !buyers.is_empty() && !buyers.contains(&role) {
        let rejection = Rejection::RoleNotAllowed { role, allowed: buyers.clone() };
        return Judged::Blocked(rejection, vec![ask_role(buyers, "buy it")]);
    }
    let Some(holder) = &case.request.holder else {
        // Who may act for one holder only must say so.
        if let Some(only) = &standing.actor.only_holder {
            let rejection = Rejection::ActorNotAllowed { only_holder: only.clone() };
            return Judged::Blocked(rejection, vec![choose_holder(vec![only.clone()])]);
        }
        return if buyers.is_empty() { NOT_APPLICABLE } else { Judged::Passed(Evidence::MayAct) };
    };
    if let Some(only) = &standing.actor.only_holder
        && only != holder
    {
        let rejection = Rejection::ActorNotAllowed { only_holder: only.clone() };
        return Judged::Blocked(rejection, vec![choose_holder(vec![only.clone()])]);
    }
    if standing.terms.holders.contains(holder) {
        Judged::Passed(Evidence::MayAct)
    } else {
        let rejection = Rejection::HolderUnknown { holder: holder.clone() };
        let holders = &standing.terms.holders;
        let fixes = if holders.is_empty() { Vec::new() } else { vec![choose_holder(holders.clone())] };
        Judged::Blocked(rejection, fixes)
    }
}

fn choose_holder(holders: Vec<HolderId>) -> Fix {
    let message = format!("choose a holder that you may act for{}", to_choose_from(&quoted(&holders)));
    fix(Remedy::ChooseHolder { holders }, message)
}

fn ask_role(allowed: &[Role], to_do: &str) -> Fix {
    fix(Remedy::AskRole { roles: allowed.to_vec() }, format!("ask {} to {to_do}", roles(allowed)))
}

/// The roles, those first that may buy as well.
fn buyers_first(roles: &[Role], buyers: &[Role]) -> Vec<Role> {
    let (mut able, others): (Vec<Role>, Vec<Role>) = roles.iter().partition(|role| buyers.contains(role));
    able.extend(others);
    able
}

fn selector(case: &Case<'_>) -> Judged {
    if case.request.problem.is_some() {
        return Judged::Waiting(Fact::EarlierGate { gate: Gate::Request });
    }
    let offered = case.shop.policy().selectors.clone();
    let rejection = match &case.request.selector {
        Ok(selector) => return Judged::Passed(Evidence::Selected { selector: selector.clone() }),
        Err(SelectorProblem::Missing) => Rejection::SelectorMissing { begun: None, offered: offered.clone() },
        Err(SelectorProblem::CountryMissing(begun)) => {
            let rejection = Rejection::SelectorMissing { begun: Some(*begun), offered };
            return Judged::Blocked(rejection, vec![correct("country", "name its country")]);
        }
        Err(SelectorProblem::Ambiguous) => Rejection::SelectorAmbiguous { offered: offered.clone() },
        Err(SelectorProblem::NotOffered(asked)) => {
            Rejection::SelectorNotOffered { asked: *asked, offered: offered.clone() }
        }
    };
    let message = format!("say which number you want, {}", ways(&offered));
    Judged::Blocked(rejection, vec![fix(Remedy::ChooseSelector { selectors: offered }, message)])
}

fn country(case: &Case<'_>) -> Judged {
    let sold = |country| Judged::Passed(Evidence::Sold { country });
    match &case.wanted {
        Wanted::Priced { pricing, .. } => sold(pricing.country),
        Wanted::NoPrice(NoPrice::NotSold { country, number_type }) => not_sold(case, *country, *number_type),
        // Nothing is known of the number's country where the number itself is unknown: the next gate speaks.
        Wanted::NotSearched(_)
        | Wanted::Mismatched { .. }
        | Wanted::Nothing(_)
        | Wanted::NoPrice(NoPrice::Currency { .. } | NoPrice::TooLarge { .. }) => NOT_APPLICABLE,
        Wanted::Unclear(gate) => Judged::Waiting(Fact::EarlierGate { gate: *gate }),
        Wanted::Unseen(selector) => Judged::Waiting(Fact::Search { selector: selector.clone() }),
    }
}

fn not_sold(case: &Case<'_>, country: Country, number_type: Option<NumberType>) -> Judged {
    let is_sold = |other: &NumberType| case.shop.rate_card().sells(country, Some(*other), case.now);
    let number_types: Vec<NumberType> = NumberType::ALL.into_iter().filter(is_sold).collect();
    let rejection = Rejection::CountryNotSold { country, number_type, sold: number_types.clone() };
    let another_type = (!names_one(case) && !number_types.is_empty()).then(|| {
        let titles: Vec<&str> = number_types.iter().copied().map(NumberType::title).collect();
        let message = format!("choose a type of number that is sold in {country}{}", to_choose_from(&titles));
        fix(Remedy::ChooseNumberType { number_types }, message)
    });
    Judged::Blocked(rejection, another_type.into_iter().chain(elsewhere(case, country)).collect())
}

fn names_one(case: &Case<'_>) -> bool {
    case.selector.as_ref().is_some_and(Selector::names_one)
}

/// Another country, or, where one number was wanted, another number.
fn elsewhere(case: &Case<'_>, country: Country) -> Vec<Fix> {
    if names_one(case) {
        return vec![another_number(case)];
    }
    let number_type = case.selector.as_ref().and_then(Selector::number_type);
    let countries: Vec<Country> = case.countries(number_type).filter(|other| *other != country).collect();
    match countries.is_empty() {
        true => Vec::new(),
        false => vec![choose_country(countries, "that is sold")],
    }
}

fn choose_country(countries: Vec<Country>, such: &str) -> Fix {
    let message = format!("choose a country {such}{}", to_choose_from(&countries));
    fix(Remedy::ChooseCountry { countries }, message)
}

fn another_number(case: &Case<'_>) -> Fix {
    let numbers = alternatives(case);
    let message = match numbers.is_empty() {
        true => "search for another number".into(),
        false => format!("choose another number{}", to_choose_from(&quoted(&numbers))),
    };
    fix(Remedy::ChooseNumber { numbers }, message)
}

fn stock(case: &Case<'_>) -> Judged {
    match &case.wanted {
        Wanted::Priced { seen: None, .. } if let Some(selector) = case.unseen_at_a_checkout() => {
            Judged::Waiting(Fact::Search { selector: selector.clone() })
        }
        Wanted::Priced { pricing, seen } => Judged::Passed(Evidence::InStock {
            number: seen.map(|(offer, _, _)| offer.number),
            number_type: pricing.number_type,
            seen_at: seen.map(|(_, seen_at, _)| seen_at),
        }),
        Wanted::NotSearched(number) => {
            let fixes =
                vec![fix(Remedy::SearchFirst { number: *number }, format!("search for the number `{number}` first"))];
            Judged::Blocked(Rejection::NotSearched { number: *number }, fixes)
        }
        Wanted::Mismatched { selector, number, mismatches } => {
            let (selector, mismatches) = (selector.clone(), mismatches.clone());
            let fixes = mismatches.first().map(agree).into_iter().chain([another_number(case)]).collect();
            Judged::Blocked(Rejection::NumberMismatch { selector, number: *number, mismatches }, fixes)
        }
        Wanted::Nothing(selector) => {
            let fixes = match selector {
                Selector::Exact { .. } | Selector::Inventory { .. } => vec![another_number(case)],
                Selector::Any { country, .. } => elsewhere(case, *country),
                Selector::AreaCode { .. } => vec![correct("area_code", "choose another area code")],
                Selector::Pattern { .. } => vec![correct("pattern", "choose another pattern")],
            };
            Judged::Blocked(Rejection::OutOfStock { selector: selector.clone() }, fixes)
        }
        Wanted::NoPrice(NoPrice::Currency { asked, offered }) => {
            let rejection = Rejection::CurrencyNotOffered { currency: *asked, offered: offered.clone() };
            if offered.is_empty() {
                return Judged::Blocked(rejection, vec![another_number(case)]);
            }
            let remedy = Remedy::ChooseCurrency { currencies: offered.clone() };
            let message = format!("pay in a currency that the number has a price in{}", to_choose_from(offered));
            Judged::Blocked(rejection, vec![fix(remedy, message)])
        }
        Wanted::NoPrice(NoPrice::TooLarge { country, currency }) => {
            Judged::Blocked(Rejection::PriceTooLarge { currency: *currency }, elsewhere(case, *country))
        }
        Wanted::NoPrice(NoPrice::NotSold { .. }) => Judged::Waiting(Fact::EarlierGate { gate: Gate::Country }),
        Wanted::Unclear(gate) => Judged::Waiting(Fact::EarlierGate { gate: *gate }),
        Wanted::Unseen(selector) => Judged::Waiting(Fact::Search { selector: selector.clone() }),
    }
}

/// Makes the request say what the number is.
fn agree(mismatch: &Mismatch) -> Fix {
    match mismatch {
        Mismatch::Country { found, .. } => {
            let remedy = Remedy::ChooseCountry { countries: vec![*found] };
            fix(remedy, format!("choose the country of the number: {found}"))
        }
        Mismatch::NumberType { found, .. } => {
            let remedy = Remedy::ChooseNumberType { number_types: vec![*found] };
            fix(remedy, format!("choose the type of the number: {}", found.title()))
        }
        Mismatch::InventoryId { found, .. } => {
            correct("inventory_id", format!("leave out the inventory id, or name the number's own: `{found}`"))
        }
    }
}

/// Other numbers that searches have found and that have a price here, as many as a person can choose from; none where
/// numbers cannot be asked for by themselves.
fn alternatives(case: &Case<'_>) -> Vec<E164> {
    let mut numbers = Vec::new();
    if !case.shop.policy().selectors.contains(&SelectorKind::Exact) {
        return numbers;
    }
    let current = case.offers.searches.iter().filter(|search| search.counts().contains(case.now));
    for offer in current.flat_map(|search| &search.numbers) {
        if numbers.len() == ALTERNATIVES_MAX {
            break;
        }
        let is_another = !names_one(case) || case.selector.as_ref().is_none_or(|selector| !selector.fits(offer));
        if is_another && !numbers.contains(&offer.number) && price::of_offer(&case.asking, offer).is_ok() {
            numbers.push(offer.number);
        }
    }
    numbers
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
    let mut fixes = vec![move_to(required)];
    let number_type = case.selector.as_ref().and_then(Selector::number_type);
    let domestic: Vec<Country> =
        case.countries(number_type).filter(|country| rules.domestic.contains(country)).collect();
    // Where one number was wanted, another country is another number.
    if !names_one(case) && !domestic.is_empty() {
        fixes.push(choose_country(domestic, "that your billing serves"));
    }
    Judged::Blocked(Rejection::BillingKindRequired { country, billing: has, required }, fixes)
}

fn move_to(billing: BillingKind) -> Fix {
    fix(Remedy::MoveToBilling { billing }, format!("move to {}", billing.title()))
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
    let may_submit = case.shop.policy().may_submit_kyc(case.standing.actor.role);
    let remedy = match (status.is_open(), may_submit, rules.subject) {
        (false, _, subject) => {
            let message = match subject {
                KycSubject::Country => format!("wait until the verification for numbers of {country} is decided"),
                KycSubject::Account => "wait until the verification of the account is decided".into(),
            };
            fix(Remedy::AwaitKyc { country, subject }, message)
        }
        // Whoever submits does not buy: the documents are submitted for the one who does.
        (true, false, subject) if case.shop.policy().may_have_kyc_submitted(case.standing.actor.role) => {
            let message = format!("ask {} to submit the identity documents", roles(&rules.submitters));
            fix(Remedy::SubmitKyc { country, tier, subject }, message)
        }
        (true, false, _) => {
            ask_role(&buyers_first(&rules.submitters, &case.shop.policy().buyers), "submit the identity documents")
        }
        (true, true, KycSubject::Country) => {
            let message = format!("submit the identity documents for numbers of {country}");
            fix(Remedy::SubmitKyc { country, tier, subject: KycSubject::Country }, message)
        }
        (true, true, KycSubject::Account) => {
            let remedy = Remedy::SubmitKyc { country, tier, subject: KycSubject::Account };
            fix(remedy, "submit the identity documents of the account")
        }
    };
    let subject = rules.subject;
    Judged::Blocked(Rejection::KycRequired { country, subject, tier, tier_min, status, may_submit }, vec![remedy])
}

fn payment_method(case: &Case<'_>) -> Judged {
    match case.payment {
        Some(rule) if !rule.on_file_required || case.standing.terms.payment_method_on_file => {
            Judged::Passed(Evidence::MethodOnFile)
        }
        Some(_) => {
            let fixes = vec![fix(Remedy::AddPaymentMethod, "put a payment method on file")];
            Judged::Blocked(Rejection::PaymentMethodMissing { billing: None }, fixes)
        }
        None => {
            // Which rule holds may depend on the tier of the number.
            if let Err(otherwise) = case.priced() {
                return otherwise;
            }
            let payable = |billing: &BillingKind| case.payment_of(*billing).is_some();
            let billing = case.shop.policy().payment.iter().filter_map(|rule| rule.billing).find(payable);
            let rejection = Rejection::PaymentMethodMissing { billing: Some(case.standing.terms.billing) };
            Judged::Blocked(rejection, billing.map(move_to).into_iter().collect())
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
            let fixes = vec![add_money(case, missing)];
            Judged::Blocked(Rejection::InsufficientBalance { available, required, missing }, fixes)
        }
        Ok(_) => Judged::Passed(Evidence::Funds { available, required }),
        // The sum of both is beyond what can be named; so is any amount that would help.
        Err(_) => {
            Judged::Blocked(Rejection::InsufficientBalance { available, required, missing: required }, Vec::new())
        }
    }
}

fn add_money(case: &Case<'_>, money: Money) -> Fix {
    let message = format!("add {} to your balance", case.shop.decimals().write(money));
    fix(Remedy::AddMoney { money }, message)
}

fn available(case: &Case<'_>, required: Money) -> Money {
    let same = case.standing.balances.iter().find(|balance| balance.currency() == required.currency());
    same.copied().unwrap_or(Money::zero(required.currency()))
}
