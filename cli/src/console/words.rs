//! Words: what a gate compared, in a line for a person.

use ringup_core::words::span;
use ringup_core::{Decimals, Evidence, Fact, Money, Pace, Rejection, gates};
use serde::Serialize;

/// The stable name of a value that has one, with spaces.
pub(super) fn name(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

/// What a gate that passed has compared.
pub(super) fn evidence(evidence: &Evidence, decimals: Decimals<'_>) -> String {
    let amount = |money: &Money| decimals.write(*money);
    match evidence {
        Evidence::NotApplicable => "there is no such rule, or nothing for it to look at".into(),
        Evidence::KeyLength(gates::key_form::Fits { length, length_max }) => {
            format!("{length} of at most {length_max} characters")
        }
        Evidence::KeyIsNew => "no earlier purchase has this key".into(),
        Evidence::Repeats(gates::idempotency::Repeats { purchase }) => {
            format!("the key is that of the purchase `{purchase}`, which is the answer")
        }
        Evidence::Joins(gates::idempotency::Joins { purchase }) => {
            format!("the number is on its way by the purchase `{purchase}`, which is the answer")
        }
        Evidence::Replaces(gates::idempotency::Replaces { purchase, .. }) => {
            format!("the checkout of the purchase `{purchase}` has expired")
        }
        Evidence::KeyOfAnotherHolder => "the key is that of another holder's purchase".into(),
        Evidence::WellFormed => "every field can be read".into(),
        Evidence::MayAct => "the actor may do it".into(),
        Evidence::Selected(gates::selector::Selected { selector }) => format!("wanted: {selector}"),
        Evidence::Plan(gates::paid_plan::Entitled { plan, monthly_fee }) => {
            format!("the plan `{plan}` costs {} a month", amount(monthly_fee))
        }
        Evidence::Numbers(gates::limits::Within { held, in_flight, limit }) => {
            format!("{held} held, {in_flight} on their way and this one, of at most {limit}")
        }
        Evidence::Sold(gates::country::Sold { country }) => format!("numbers of {country} are sold"),
        Evidence::InStock(gates::stock::InStock { number: Some(number), seen_at: Some(seen_at), .. }) => {
            format!("{number} was seen at {}", seen_at)
        }
        Evidence::InStock { .. } => "the system looks when it reserves".into(),
        Evidence::BillingServes(gates::billing::Serves { country }) => format!("the billing serves {country}"),
        Evidence::Tier(gates::kyc::Verified { tier, tier_min, approved }) => {
            let approved = if *approved { "; it is approved" } else { "" };
            format!("tier {tier}; verified from tier {tier_min} on{approved}")
        }
        Evidence::Window(gates::pace::velocity::Clear { ends_at: None, .. }) => "no purchase before".into(),
        Evidence::Window(gates::pace::velocity::Clear { ends_at: Some(ends_at), confirmed, .. }) => {
            let confirmed = if *confirmed { "; it is confirmed" } else { "" };
            format!("confirmation was needed until {}{confirmed}", ends_at)
        }
        Evidence::Spent(gates::limits::spend::Spent { period, spent, price, limit }) => {
            let [spent, price, limit] = [spent, price, limit].map(amount);
            format!("{spent} spent and {price} due, of at most {limit} a {}", name(period))
        }
        Evidence::Pace(gates::pace::Within { pace, window_s, count, limit }) => {
            format!("{count} {} and this one, of at most {limit}", paced(*pace, *window_s))
        }
        Evidence::MethodOnFile => "there is one, or none is needed".into(),
        Evidence::Funds(gates::balance::Funds { available, required }) => {
            format!("{} there, {} due", amount(available), amount(required))
        }
        Evidence::SamePrice(gates::price::SamePrice { price }) => format!("{}, as was seen", amount(price)),
        Evidence::SameQuote(gates::price::SameQuote { id }) => format!("the quote {id} holds"),
    }
}

fn paced(pace: Pace, window_s: Option<u32>) -> String {
    match (pace, window_s) {
        (Pace::Day, _) => "bought today".into(),
        (Pace::Churn, Some(window_s)) => format!("bought and released within {}", span(window_s)),
        (Pace::Churn, None) => "bought and released lately".into(),
    }
}

/// A fact that a gate waits for.
pub(super) fn fact(fact: &Fact) -> String {
    match fact {
        Fact::UsedKeys => "which keys were used is known when it is bought".into(),
        Fact::EarlierGate { gate } => format!("after the gate `{}`", name(gate)),
        Fact::Search { selector } => format!("for a search: {selector}"),
    }
}

/// The figures of a rejection that its sentence does not have.
pub(super) fn figures(rejection: &Rejection) -> String {
    match rejection {
        Rejection::KycRequired(gates::kyc::Required { tier, tier_min, .. }) => {
            format!(" (tier {tier}; verified from tier {tier_min} on)")
        }
        Rejection::SpendLimitReached { .. }
        | Rejection::PaceLimitReached { .. }
        | Rejection::KeyMalformed { .. }
        | Rejection::KeyReused
        | Rejection::RoleNotAllowed { .. }
        | Rejection::BillingKindRequired { .. }
        | Rejection::VelocityExceeded { .. }
        | Rejection::RequestMalformed { .. }
        | Rejection::HolderUnknown { .. }
        | Rejection::ActorNotAllowed { .. }
        | Rejection::SelectorMissing { .. }
        | Rejection::SelectorAmbiguous { .. }
        | Rejection::SelectorNotOffered { .. }
        | Rejection::PlanNotPaid { .. }
        | Rejection::NumberLimitReached { .. }
        | Rejection::CountryNotSold { .. }
        | Rejection::NotSearched { .. }
        | Rejection::NumberMismatch { .. }
        | Rejection::OutOfStock { .. }
        | Rejection::CurrencyNotOffered { .. }
        | Rejection::PriceTooLarge { .. }
        | Rejection::PaymentMethodMissing { .. }
        | Rejection::InsufficientBalance { .. }
        | Rejection::PriceChanged { .. }
        | Rejection::QuoteOutdated { .. } => String::new(),
    }
}
