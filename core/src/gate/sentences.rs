//! Sentences: what a person reads of a refusal. What is wrong, with the figures, and what to do about it.

use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt;

use super::{LimitScope, Mismatch, Pace, Rejection};
use crate::shop::{KycSubject, SelectorKind};
use crate::words::{all_of, are, counted, one_of, quoted, span};
use crate::{Country, Decimals, KycStatus, Money, NumberType, PlanId, PriceDifference, Role, Selector, Timestamp};

impl fmt::Display for Rejection {
    /// One sentence for the customer, its amounts written as ISO 4217 says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Decimals::ISO_4217)
    }
}

impl Rejection {
    /// One sentence for the customer of a shop, which writes its amounts so.
    #[must_use]
    pub fn sentence(&self, decimals: Decimals<'_>) -> String {
        fmt::from_fn(|f| self.write(f, decimals)).to_string()
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let amount = |money: &Money| decimals.write(*money);
        match self {
            Self::KeyMalformed { length, length_max } => f.write_str(&key_malformed(*length, *length_max)),
            Self::KeyReused => f.write_str(
                "this idempotency key belongs to another request; send that one unchanged, or use a fresh key",
            ),
            Self::RequestMalformed { field, problem } => write!(f, "`{field}`: {problem}"),
            Self::RoleNotAllowed { role, allowed } => {
                write!(f, "{} may not buy numbers; {} may", role.title(), roles(allowed))
            }
            Self::HolderUnknown { holder } => write!(f, "this account has no holder `{holder}`"),
            Self::ActorNotAllowed { only_holder } => write!(f, "this credential acts for `{only_holder}` only"),
            Self::SelectorMissing { begun: Some(begun), .. } => {
                write!(f, "{} needs its country: name it", part(*begun))
            }
            Self::SelectorMissing { begun: None, offered } => {
                write!(f, "nothing says which number is wanted: say it {}", ways(offered))
            }
            Self::SelectorAmbiguous { offered } => {
                write!(f, "several fields say which number is wanted; say it in one way: {}", ways(offered))
            }
            Self::SelectorNotOffered { asked, offered } => {
                write!(f, "numbers cannot be asked for {} here, only {}", way(*asked), ways(offered))
            }
            Self::PlanNotPaid { plan, title, free_suffices } => {
                f.write_str(&plan_not_paid(plan.as_ref(), title.as_ref(), *free_suffices))
            }
            Self::NumberLimitReached { scope, held, in_flight, limit, .. } => {
                let own = match scope {
                    LimitScope::Total | LimitScope::Country { .. } | LimitScope::NumberType { .. } => "you hold",
                    LimitScope::Holder { .. } => "it holds",
                };
                let held = if *held == 0 { "none".into() } else { held.to_string() };
                let their = if *in_flight < 2 { "its" } else { "their" };
                write!(f, "{}: {own} {held}, and {} on {their} way", limit_of(scope, *limit), are(*in_flight))
            }
            Self::SpendLimitReached { period, spent, price, limit, ends_at } => {
                let [price, spent, limit] = [price, spent, limit].map(amount);
                write!(f, "this costs {price} now, and you have spent {spent} of the {limit} {}; ", period.title())?;
                match ends_at {
                    Some(ends_at) => write!(f, "from {ends_at} on it fits"),
                    None => f.write_str("no later day leaves room for it"),
                }
            }
            Self::PaceLimitReached { pace, window_s, count, limit, ends_at } => {
                f.write_str(&pace_limit(*pace, *window_s, *count, *limit, *ends_at))
            }
            Self::CountryNotSold { country, number_type, sold } => f.write_str(&not_sold(*country, *number_type, sold)),
            Self::NotSearched { number } => {
                write!(
                    f,
                    "no search of yours that still counts has returned the number `{number}`: search for it first"
                )
            }
            Self::NumberMismatch { number, mismatches, .. } => write!(
                f,
                "the number `{number}` {}; correct the request, or choose another number",
                all_of(mismatches.iter().map(mismatch))
            ),
            Self::OutOfStock { selector } => match noun(selector) {
                Some(noun) => write!(f, "no {noun} is for sale at the moment"),
                None => write!(f, "{} is not for sale", wanted(selector)),
            },
            Self::CurrencyNotOffered { currency, offered } => match offered.as_slice() {
                [] => write!(f, "this number has no price in `{currency}`"),
                _ => write!(f, "this number has no price in `{currency}`, only in {}", all_of(quoted(offered))),
            },
            Self::PriceTooLarge { currency } => {
                write!(f, "what this number costs is more than can be counted in `{currency}`")
            }
            Self::BillingKindRequired { country, billing, required } => {
                write!(f, "numbers of {country} need {}, and you have {}", required.title(), billing.title())
            }
            Self::KycRequired { country, subject, status, may_submit, .. } => {
                write!(f, "{}; {}", verification(*country, *subject), to_verify(*status, *may_submit))
            }
            Self::VelocityExceeded { last_accepted_at, ends_at } => write!(
                f,
                "another purchase was accepted at {last_accepted_at}; confirm that this additional one is meant, \
                 or wait until {ends_at}"
            ),
            Self::PaymentMethodMissing { billing: None } => {
                f.write_str("there is no payment method on file: add one, and ask again")
            }
            Self::PaymentMethodMissing { billing: Some(billing) } => {
                write!(f, "such a number cannot be paid for with {}", billing.title())
            }
            Self::InsufficientBalance { available, required, missing } => {
                let [required, available, missing] = [required, available, missing].map(amount);
                write!(f, "{required} is due, and your balance is {available}: add {missing}")
            }
            Self::PriceChanged { differences } => {
                let moved = |PriceDifference { field, seen, now }: &PriceDifference| {
                    format!("{field} from {} to {}", amount(seen), amount(now))
                };
                write!(
                    f,
                    "the price has moved: {}; accept it as it is now, or do not buy",
                    all_of(differences.iter().map(moved))
                )
            }
            Self::QuoteOutdated { differences, .. } => {
                write!(
                    f,
                    "the quote no longer holds: {}; ask for a new one",
                    all_of(differences.iter().map(|difference| difference.sentence(decimals)))
                )
            }
            Self::NumberNotHeld => f.write_str("this account holds no such number"),
        }
    }
}

impl core::error::Error for Rejection {}

fn key_malformed(length: u32, length_max: u32) -> String {
    if length == 0 {
        format!("the idempotency key is empty; it needs at least 1 character and at most {length_max}")
    } else if length_max < length {
        format!("the idempotency key has {}; at most {} taken", counted(length, "character"), are(length_max))
    } else {
        "the idempotency key has a control character in it, such as a line break; leave it out".into()
    }
}

fn plan_not_paid(plan: Option<&PlanId>, title: Option<&String>, free_suffices: bool) -> String {
    let need = if free_suffices { "a plan" } else { "a paid plan" };
    match (plan, title) {
        (_, Some(title)) => format!("your plan {title} is not a paid one; numbers need {need}"),
        (Some(plan), None) => format!("there is no plan `{plan}`; numbers need {need}"),
        (None, None) => format!("you have no plan; numbers need {need}"),
    }
}

fn not_sold(country: Country, number_type: Option<NumberType>, sold: &[NumberType]) -> String {
    let sold = one_of(sold.iter().copied().map(NumberType::title));
    match (number_type, sold.as_str()) {
        (None, "") => format!("numbers of {country} are not sold here"),
        (Some(number_type), "") => format!("{} numbers of {country} are not sold here", number_type.title()),
        (None, sold) => format!("numbers of {country} are sold by their type only: {sold}"),
        (Some(number_type), sold) => {
            format!("{} numbers of {country} are not sold here, only {sold} ones", number_type.title())
        }
    }
}

fn mismatch(mismatch: &Mismatch) -> String {
    match mismatch {
        Mismatch::Country { asked, found } => format!("is of {found}, not of {asked}"),
        Mismatch::NumberType { asked, found } => format!("is {}, not {}", found.title(), asked.title()),
        Mismatch::InventoryId { asked, found } => format!("has the inventory id `{found}`, not `{asked}`"),
    }
}

fn limit_of(scope: &LimitScope, limit: u32) -> String {
    match scope {
        LimitScope::Holder { holder } => format!("the limit of `{holder}` is {}", counted(limit, "number")),
        LimitScope::Total => format!("your limit is {}", counted(limit, "number")),
        LimitScope::Country { country } => format!("your limit is {} of {country}", counted(limit, "number")),
        LimitScope::NumberType { number_type } => {
            format!("your limit is {}", counted(limit, &format!("{} number", number_type.title())))
        }
    }
}

fn pace_limit(pace: Pace, window_s: Option<u32>, count: u32, limit: u32, ends_at: Option<Timestamp>) -> String {
    let is = if limit == 1 { "is" } else { "are" };
    let were = if count == 1 { "was" } else { "were" };
    let counts = match (pace, window_s) {
        (Pace::Day, _) => {
            format!("{} a day {is} allowed, and {count} {were} made today", counted(limit, "purchase"))
        }
        (Pace::Churn, window_s) => {
            let moves =
                if limit == 1 { "1 purchase or release".into() } else { format!("{limit} purchases and releases") };
            let within = window_s.map_or_else(String::new, |window_s| format!(" within {}", span(window_s)));
            format!("{moves}{within} {is} allowed, and {count} {were} made")
        }
    };
    match (pace, ends_at) {
        (Pace::Day, Some(ends_at)) => format!("{counts}; the next can be made from {ends_at} on"),
        (Pace::Churn, Some(ends_at)) => format!("{counts}; from {ends_at} on there is room"),
        (Pace::Day | Pace::Churn, None) => format!("{counts}; there is never room for one more"),
    }
}

fn verification(country: Country, subject: KycSubject) -> String {
    match subject {
        KycSubject::Country => format!("numbers of {country} need your identity to be verified for that country first"),
        KycSubject::Account => format!("numbers of {country} need your account's identity to be verified first"),
    }
}

const fn to_verify(status: KycStatus, may_submit: bool) -> &'static str {
    match (status, may_submit) {
        (KycStatus::NotSubmitted, true) => "nothing has been submitted yet: submit the identity documents",
        (KycStatus::NotSubmitted, false) => "nothing has been submitted yet: ask somebody who may submit the documents",
        (KycStatus::Initiated, _) => "what was submitted has not been looked at yet: wait for the decision",
        (KycStatus::Pending, _) => "the verification is under way: wait for the decision",
        (KycStatus::Declined, true) => "the verification was declined: submit the identity documents again",
        (KycStatus::Declined, false) => {
            "the verification was declined: ask somebody who may submit the documents again"
        }
        (KycStatus::Approved, _) => "the verification is approved",
    }
}

/// The roles, one of which will do: `an owner or an administrator`.
pub(super) fn roles(roles: &[Role]) -> String {
    one_of(roles.iter().map(|role| role.title()))
}

/// The ways of saying which number is wanted: `by country or by exact number`.
pub(super) fn ways(offered: &[SelectorKind]) -> String {
    one_of(offered.iter().copied().map(way))
}

const fn way(kind: SelectorKind) -> &'static str {
    match kind {
        SelectorKind::Any => "by country",
        SelectorKind::Exact => "by exact number",
        SelectorKind::Inventory => "by inventory id",
        SelectorKind::AreaCode => "by country and area code",
        SelectorKind::Pattern => "by country and pattern",
    }
}

/// What a request names of a way whose country it leaves out.
const fn part(kind: SelectorKind) -> &'static str {
    match kind {
        SelectorKind::Any | SelectorKind::Exact | SelectorKind::Inventory => "the number",
        SelectorKind::AreaCode => "an area code",
        SelectorKind::Pattern => "a pattern",
    }
}

/// The numbers of a limit: `your numbers of US`.
pub(super) fn numbers(scope: &LimitScope) -> String {
    match scope {
        LimitScope::Total => "your numbers".into(),
        LimitScope::Country { country } => format!("your numbers of {country}"),
        LimitScope::NumberType { number_type } => format!("your {} numbers", number_type.title()),
        LimitScope::Holder { holder } => format!("the numbers of `{holder}`"),
    }
}

/// What is wanted: `any number of US`.
pub(crate) fn wanted(selector: &Selector) -> String {
    match selector {
        Selector::Exact { number } => format!("the number `{number}`"),
        Selector::Inventory { inventory_id } => format!("the number `{inventory_id}`"),
        Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => {
            format!("any {}", noun(selector).unwrap_or_default())
        }
    }
}

/// The kind of number that is wanted, where it is not one number: `toll-free number of US`.
fn noun(selector: &Selector) -> Option<String> {
    let number_type = selector.number_type().map_or_else(String::new, |kind| format!("{} ", kind.title()));
    match selector {
        Selector::Exact { .. } | Selector::Inventory { .. } => None,
        Selector::Any { country, .. } => Some(format!("{number_type}number of {country}")),
        Selector::AreaCode { country, area_code, .. } => {
            Some(format!("{number_type}number of {country} with the area code {area_code}"))
        }
        Selector::Pattern { country, pattern, .. } => {
            Some(format!("{number_type}number of {country} like `{}`", String::from(pattern.clone())))
        }
    }
}
