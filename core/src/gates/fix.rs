//! Fixes: what opens a blocked gate, exactly and no more.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::limits::LimitScope;
use super::wording::{roles, ways};
use crate::base::billing_kind::BillingKind;
use crate::base::id::{HolderId, InventoryId, PlanId, PurchaseId};
use crate::base::kyc::KycSubject;
use crate::base::money::{Currency, Decimals, Money};
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::base::words::{all_of, counted, quoted, to_choose_from};
use crate::market::price::PriceOutline;
use crate::market::seen::PriceSeen;
use crate::terms::kyc::KycItem;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// One thing that helps to open a blocked gate. A quote calls it a fix.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "remedy", rename_all = "snake_case")]
pub enum Remedy {
    /// Use another idempotency key.
    UseFreshKey {
        /// The longest key, in characters.
        length_max: u32,
    },
    /// Correct a field of the request.
    CorrectField {
        /// The name of the field.
        field: String,
        /// How to correct it.
        correction: Correction,
    },
    /// Name one of these holders.
    ChooseHolder {
        /// The holders that the actor may act for; at most 20.
        holders: Vec<HolderId>,
        /// How many more there are beyond those that were tried.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<_>")]
        more: u32,
    },
    /// Ask somebody who has one of these roles.
    AskRole {
        /// The roles that may do it.
        roles: Vec<Role>,
        /// What the other person does.
        task: RoleTask,
    },
    /// Use one of these selectors.
    ChooseSelector {
        /// The selectors that the policy offers.
        selectors: Vec<SelectorKind>,
    },
    /// Move to this plan, the cheapest that suffices.
    MoveToPlan {
        /// The id of the plan.
        plan: PlanId,
        /// The name that customers read.
        title: String,
        /// The plan's price per month.
        monthly_fee: Money,
    },
    /// Release any `count` of these numbers.
    ReleaseNumbers {
        /// How many to release.
        count: u32,
        /// The numbers that the limit counts.
        among: LimitScope,
        /// The numbers to choose from, by the purchases that bought them; at most 20. Empty: any that the limit counts.
        /// One released number may then count for several such fixes, such as the total and its country.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        numbers: Vec<PurchaseId>,
    },
    /// Choose one of these countries, and leave out the region of the request.
    ChooseCountry {
        /// The countries to choose from; at most 20.
        countries: Vec<Country>,
        /// How many more there are beyond those that were tried.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<_>")]
        more: u32,
        /// Why these countries help.
        because: CountryChoice,
    },
    /// Choose one of these number types.
    ChooseNumberType {
        /// The number types to choose from.
        number_types: Vec<NumberType>,
        /// The country in which they are sold. Absent: it is the type of the exact number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        sold_in: Option<Country>,
    },
    /// Search for this number first. The result counts until it expires.
    SearchFirst {
        /// The number to search for.
        number: E164,
    },
    /// Choose one of these numbers.
    ChooseNumber {
        /// The numbers that searches found; at most 20. Empty: search for one.
        numbers: Vec<E164>,
        /// How many more there are beyond those that were tried.
        #[serde(default, skip_serializing_if = "is_zero")]
        #[ts(optional, as = "Option<_>")]
        more: u32,
    },
    /// Pay in one of these currencies.
    ChooseCurrency {
        /// The currencies of the number's prices.
        currencies: Vec<Currency>,
    },
    /// Move to this kind of billing.
    MoveToBilling {
        /// The kind of billing that is required.
        billing: BillingKind,
    },
    /// Submit the KYC documents for this country.
    SubmitKyc {
        /// The country of the number.
        country: Country,
        /// The tier of the number.
        tier: u8,
        /// What the verification is about.
        subject: KycSubject,
        /// The roles that may submit instead of the actor. Empty: the actor may.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        submitters: Vec<Role>,
        /// What is to be submitted, or mended. Empty: the policy does not say.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        items: Vec<KycItem>,
        /// The first instant at which it is too late to mend these items only. Absent: never.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
    },
    /// Wait for the decision about a submitted verification.
    AwaitKyc {
        /// The country of the number.
        country: Country,
        /// What the verification is about.
        subject: KycSubject,
    },
    /// Wait until this instant.
    WaitUntil {
        /// The first instant at which the gate opens.
        at: Timestamp,
        /// What happens at that instant.
        reason: WaitReason,
    },
    /// Confirm the additional purchase.
    ConfirmAdditional,
    /// Put a payment method on file.
    AddPaymentMethod,
    /// Add exactly this amount to the wallet.
    AddMoney {
        /// The amount to add.
        money: Money,
    },
    /// Accept the current price.
    AcceptPrice {
        /// The price, as the request must name it.
        price: PriceSeen,
        /// The price, as a person reads it.
        outline: PriceOutline,
    },
    /// Ask for a new quote and follow that one.
    AskForQuote {
        /// The price that it would have, if known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        outline: Option<PriceOutline>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// How to correct a field.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Correction {
    /// It cannot be parsed: write it again.
    Retype,
    /// It is missing and required.
    Fill,
    /// No number with this value is for sale: choose another value.
    Replace,
    /// It contradicts the number: leave it out, or use the number's own.
    Match {
        /// The inventory id of the number.
        found: InventoryId,
    },
    /// It is written otherwise: write this.
    Write {
        /// The text of the field.
        text: String,
    },
}

/// What an actor of another role is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum RoleTask {
    /// Buy the number.
    Buy,
    /// Submit the identity documents.
    SubmitKyc,
    /// Release numbers.
    Release,
    /// Add money to the wallet.
    TopUp,
}

/// Why a country is a choice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum CountryChoice {
    /// Such numbers are sold there.
    Sold,
    /// The customer's kind of billing may buy there.
    BillingServes,
    /// It is the country of the exact number.
    OfTheNumber,
}

/// What happens at the instant that is waited for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WaitReason {
    /// Open checkouts expire unpaid and no longer count.
    CheckoutsEnd {
        /// How many checkouts expire.
        count: u32,
    },
    /// Numbers leave whose release is scheduled.
    NumbersLeave {
        /// How many numbers leave.
        count: u32,
    },
    /// The amount due fits into the spending limit.
    SpendingFits,
    /// The day's limit allows another purchase.
    NextDay,
    /// The churn window allows another move.
    WindowHasRoom,
    /// An additional purchase needs no confirmation.
    NoConfirmation,
}

impl Remedy {
    /// The fix that corrects a field.
    pub(super) fn correct(field: &str, correction: Correction) -> Self {
        Self::CorrectField { field: field.into(), correction }
    }

    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        match self {
            Self::UseFreshKey { length_max } => {
                let most = counted(*length_max, "character");
                write!(f, "use a fresh key of at most {most} of ASCII")
            }
            Self::CorrectField { field, correction } => correction.write(f, field),
            Self::ChooseHolder { holders, more } => {
                write!(f, "choose a holder that you may act for{}", listed(&quoted(holders), *more))
            }
            Self::AskRole { roles: able, task } => write!(f, "ask {} to {task}", roles(able)),
            Self::ChooseSelector { selectors } => write!(f, "say which number you want, {}", ways(selectors)),
            Self::MoveToPlan { title, monthly_fee, .. } => {
                write!(f, "move to the plan {title} at {} a month", decimals.write(*monthly_fee))
            }
            Self::ReleaseNumbers { count, among, numbers } => {
                write!(f, "release {count} of {}{}", among.numbers(), to_choose_from(&quoted(numbers)))
            }
            Self::ChooseCountry { countries, because, more } => because.write(f, countries, *more),
            Self::ChooseNumberType { number_types, sold_in } => {
                f.write_str("choose ")?;
                match sold_in {
                    Some(country) => write!(f, "a type of number that is sold in {country}")?,
                    None => f.write_str("the type of the number")?,
                }
                let titles: Vec<&str> = number_types.iter().copied().map(NumberType::title).collect();
                f.write_str(&to_choose_from(&titles))
            }
            Self::SearchFirst { number } => write!(f, "search for the number `{number}` first"),
            Self::ChooseNumber { numbers, .. } if numbers.is_empty() => f.write_str("search for another number"),
            Self::ChooseNumber { numbers, more } => {
                write!(f, "choose another number{}", listed(&quoted(numbers), *more))
            }
            Self::ChooseCurrency { currencies } => {
                write!(f, "pay in a currency that the number has a price in{}", to_choose_from(currencies))
            }
            Self::MoveToBilling { billing } => write!(f, "move to {}", billing.title()),
            Self::SubmitKyc { submitters, .. } if !submitters.is_empty() => {
                write!(f, "ask {} to submit the identity documents", roles(submitters))
            }
            Self::SubmitKyc { country, subject, items, until, .. } => {
                let what = if items.is_empty() { "the identity documents".into() } else { all_of(quoted(items)) };
                match subject {
                    KycSubject::Country => write!(f, "submit {what} for {country} numbers")?,
                    KycSubject::Account => write!(f, "submit {what} of the account")?,
                }
                until.map_or(Ok(()), |until| write!(f, ", before {until}"))
            }
            Self::AwaitKyc { country, subject } => match subject {
                KycSubject::Country => write!(f, "wait for the decision on the verification for {country} numbers"),
                KycSubject::Account => f.write_str("wait for the decision on the verification of the account"),
            },
            Self::WaitUntil { at, reason } => write!(f, "wait until {at}, {reason}"),
            Self::ConfirmAdditional => f.write_str("confirm this additional purchase"),
            Self::AddPaymentMethod => f.write_str("put a payment method on file"),
            Self::AddMoney { money } => write!(f, "add {} to your balance", decimals.write(*money)),
            Self::AcceptPrice { outline, .. } => {
                f.write_str("accept the price of ")?;
                outline.write(f, |amount| decimals.write(amount))
            }
            Self::AskForQuote { outline } => {
                f.write_str("ask for a new quote")?;
                if let Some(outline) = outline {
                    f.write_str(" at ")?;
                    outline.write(f, |amount| decimals.write(amount))?;
                }
                f.write_str(", and follow that one if its differences are acceptable")
            }
        }
    }
}

impl Correction {
    fn write(&self, f: &mut fmt::Formatter<'_>, field: &str) -> fmt::Result {
        match (self, field) {
            (Self::Retype, _) => write!(f, "correct `{field}`"),
            (Self::Fill, "holder") => f.write_str("name the holder of the number"),
            (Self::Fill, "country") => f.write_str("name the country"),
            (Self::Fill, _) => write!(f, "fill in `{field}`"),
            (Self::Replace, "capabilities") => f.write_str("ask for fewer capabilities"),
            (Self::Replace, _) => write!(f, "choose another {}", field.replace('_', " ")),
            (Self::Match { found }, _) => {
                write!(f, "leave out the inventory id, or name the number's own: `{found}`")
            }
            (Self::Write { text }, _) => write!(f, "write the {} `{text}`", field.replace('_', " ")),
        }
    }
}

impl fmt::Display for RoleTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Buy => "buy it",
            Self::SubmitKyc => "submit the identity documents",
            Self::Release => "release numbers",
            Self::TopUp => "add money to the wallet",
        })
    }
}

impl CountryChoice {
    fn write(self, f: &mut fmt::Formatter<'_>, countries: &[Country], more: u32) -> fmt::Result {
        f.write_str(match self {
            Self::Sold => "choose a country that is sold",
            Self::BillingServes => "choose a country that your billing serves",
            Self::OfTheNumber => "choose the country of the number",
        })?;
        f.write_str(&listed(countries, more))
    }
}

/// The choices, if they are few and there are no more.
fn listed(choices: &[impl fmt::Display], more: u32) -> String {
    if more == 0 { to_choose_from(choices) } else { String::new() }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CheckoutsEnd { count } => {
                let have = if *count == 1 { "has" } else { "have" };
                write!(f, "when {} {have} ended unpaid", counted(*count, "open checkout"))
            }
            Self::NumbersLeave { count } => {
                let have = if *count == 1 { "has" } else { "have" };
                write!(f, "when {} {have} been released as scheduled", counted(*count, "number"))
            }
            Self::SpendingFits => f.write_str("when the spending limit allows it"),
            Self::NextDay => f.write_str("when the next purchase can be made"),
            Self::WindowHasRoom => f.write_str("when the limit allows it"),
            Self::NoConfirmation => f.write_str("when no confirmation is needed any more"),
        }
    }
}
