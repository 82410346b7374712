//! Words: what a gate compared, in a line for a person.

use ringup_core::words::span;
use ringup_core::{Evidence, Fact, Pace, Rejection};
use serde::Serialize;

/// The stable name of a value that has one, with spaces.
pub(super) fn name(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

/// What a gate that passed has compared.
pub(super) fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::NotApplicable => "there is no such rule, or nothing for it to look at".into(),
        Evidence::KeyLength { length, length_max } => format!("{length} of at most {length_max} characters"),
        Evidence::KeyIsNew => "no earlier purchase has this key".into(),
        Evidence::Repeats { purchase } => format!("the key is that of the purchase `{purchase}`, which is the answer"),
        Evidence::Joins { purchase } => {
            format!("the number is on its way by the purchase `{purchase}`, which is the answer")
        }
        Evidence::Replaces { purchase, .. } => format!("the checkout of the purchase `{purchase}` has expired"),
        Evidence::KeyOfAnotherHolder => "the key is that of another holder's purchase".into(),
        Evidence::WellFormed => "every field can be read".into(),
        Evidence::MayAct => "the actor may do it".into(),
        Evidence::Selected { selector } => format!("wanted: {selector}"),
        Evidence::Plan { plan, monthly_fee } => format!("the plan `{plan}` costs {monthly_fee} a month"),
        Evidence::Numbers { held, in_flight, limit } => {
            format!("{held} held, {in_flight} on their way and this one, of at most {limit}")
        }
        Evidence::Sold { country } => format!("numbers of {country} are sold"),
        Evidence::InStock { number: Some(number), seen_at: Some(seen_at), .. } => {
            format!("{number} was seen at {}", seen_at)
        }
        Evidence::InStock { .. } => "the system looks when it reserves".into(),
        Evidence::BillingServes { country } => format!("the billing serves {country}"),
        Evidence::Tier { tier, tier_min, approved } => {
            let approved = if *approved { "; it is approved" } else { "" };
            format!("tier {tier}; verified from tier {tier_min} on{approved}")
        }
        Evidence::Window { ends_at: None, .. } => "no purchase before".into(),
        Evidence::Window { ends_at: Some(ends_at), confirmed, .. } => {
            let confirmed = if *confirmed { "; it is confirmed" } else { "" };
            format!("confirmation was needed until {}{confirmed}", ends_at)
        }
        Evidence::Spent { period, spent, price, limit } => {
            format!("{spent} spent and {price} due, of at most {limit} a {}", name(period))
        }
        Evidence::Pace { pace, window_s, count, limit } => {
            format!("{count} {} and this one, of at most {limit}", paced(*pace, *window_s))
        }
        Evidence::MethodOnFile => "there is one, or none is needed".into(),
        Evidence::Funds { available, required } => format!("{available} there, {required} due"),
        Evidence::SamePrice { price } => format!("{price}, as was seen"),
        Evidence::SameQuote { id } => format!("the quote {id} holds"),
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
        Rejection::KycRequired { tier, tier_min, .. } => format!(" (tier {tier}; verified from tier {tier_min} on)"),
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
        | Rejection::QuoteOutdated { .. }
        | Rejection::NumberNotHeld => String::new(),
    }
}
