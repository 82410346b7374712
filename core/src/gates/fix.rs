//! Fixes: what would open a blocked gate, exactly and no more.

use alloc::{string::String, vec::Vec};
use core::fmt;

use super::limits::LimitScope;
use super::wording::{roles, ways};
use crate::base::billing_kind::BillingKind;
use crate::base::id::{HolderId, InventoryId, PlanId};
use crate::base::kyc::KycSubject;
use crate::base::money::{Currency, Decimals, Money};
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::base::words::{counted, quoted, to_choose_from};
use crate::market::price::PriceOutline;
use crate::market::seen::PriceSeen;
use crate::terms::number_type::NumberType;
use crate::terms::selector_kind::SelectorKind;
use ringup_derive::data;
use ringup_numbering::{Country, E164};

/// One thing to do about a blocked gate, and whose it is to do.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "remedy", rename_all = "snake_case")]
pub enum Remedy {
    /// Use another idempotency key.
    UseFreshKey {
        /// The longest that is taken, in characters.
        length_max: u32,
    },
    /// Type this field again.
    CorrectField {
        /// The field of the request.
        field: String,
        /// What about it.
        correction: Correction,
    },
    /// Name one of these holders.
    ChooseHolder {
        /// The holders that the actor may act for.
        holders: Vec<HolderId>,
    },
    /// Ask somebody who has one of these roles.
    AskRole {
        /// The roles.
        roles: Vec<Role>,
        /// What to ask for.
        task: RoleTask,
    },
    /// Say which number is wanted in one of these ways.
    ChooseSelector {
        /// The ways.
        selectors: Vec<SelectorKind>,
    },
    /// Move to this plan, the cheapest that suffices.
    MoveToPlan {
        /// The plan.
        plan: PlanId,
        /// What a person calls it.
        title: String,
        /// Its monthly price.
        monthly_fee: Money,
    },
    /// Release so many numbers. One number may do for several such fixes: it is one of all numbers, and one of its country.
    ReleaseNumbers {
        /// How many.
        count: u32,
        /// Among which.
        among: LimitScope,
    },
    /// Choose one of these countries.
    ChooseCountry {
        /// The countries.
        countries: Vec<Country>,
        /// Why these.
        because: CountryChoice,
    },
    /// Choose one of these types of number.
    ChooseNumberType {
        /// The types.
        number_types: Vec<NumberType>,
        /// The country in which these are sold; absent: it is the type of the number that was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        sold_in: Option<Country>,
    },
    /// Search for this number first; what is found counts for a while.
    SearchFirst {
        /// The number.
        number: E164,
    },
    /// Choose one of these numbers.
    ChooseNumber {
        /// The numbers, if any are known; otherwise search.
        numbers: Vec<E164>,
    },
    /// Pay in one of these currencies.
    ChooseCurrency {
        /// The currencies.
        currencies: Vec<Currency>,
    },
    /// Move to this kind of billing.
    MoveToBilling {
        /// The billing.
        billing: BillingKind,
    },
    /// Submit the KYC items for this country.
    SubmitKyc {
        /// The country.
        country: Country,
        /// Its tier.
        tier: u8,
        /// Whose verification it is.
        subject: KycSubject,
        /// The roles that submit them for the actor; absent: the actor does.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(optional, as = "Option<_>")]
        submitters: Vec<Role>,
    },
    /// Wait until the verification is decided; it is with the regulator.
    AwaitKyc {
        /// The country.
        country: Country,
        /// Whose verification it is.
        subject: KycSubject,
    },
    /// Wait until this instant.
    WaitUntil {
        /// The instant.
        at: Timestamp,
        /// What for.
        reason: WaitReason,
    },
    /// Confirm that the additional purchase is meant.
    ConfirmAdditional,
    /// Put a payment method on file.
    AddPaymentMethod,
    /// Add exactly this much money to the wallet.
    AddMoney {
        /// The amount.
        money: Money,
    },
    /// Accept the price as it is now.
    AcceptPrice {
        /// The price, as the request must name it.
        price: PriceSeen,
        /// The same, as a person is told it.
        outline: PriceOutline,
    },
    /// Ask for a quote, and follow that one.
    AskForQuote {
        /// What it would cost, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        outline: Option<PriceOutline>,
    },
}

/// What to do about a field.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Correction {
    /// It cannot be read: type it again.
    Retype,
    /// It is empty and must not be.
    Fill,
    /// Nothing is for sale with it: choose another value.
    Replace,
    /// It contradicts the number: leave it out, or name the number's own.
    Match {
        /// The number's own.
        found: InventoryId,
    },
}

/// What somebody in another role is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum RoleTask {
    /// To buy the number.
    Buy,
    /// To submit the identity documents.
    SubmitKyc,
}

/// Why a country is one to choose.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum CountryChoice {
    /// Such numbers of it are sold.
    Sold,
    /// The customer's billing serves it.
    BillingServes,
    /// It is that of the number.
    OfTheNumber,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WaitReason {
    /// Open checkouts end unpaid and count no more.
    CheckoutsEnd {
        /// How many.
        count: u32,
    },
    /// The price fits into what may be spent.
    SpendingFits,
    /// The day's limit allows another purchase.
    NextDay,
    /// The window of the guard against churn has room.
    WindowHasRoom,
    /// An additional purchase needs no confirmation any more.
    NoConfirmation,
}

impl Remedy {
    /// Typing a field again.
    pub(super) fn correct(field: &str, correction: Correction) -> Self {
        Self::CorrectField { field: field.into(), correction }
    }

    /// Whether both are amounts of the same thing, so that one of them can stand for both.
    pub(crate) fn is_of_a_kind_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::WaitUntil { .. }, Self::WaitUntil { .. }) => true,
            (Self::ReleaseNumbers { among, .. }, Self::ReleaseNumbers { among: other, .. }) => among == other,
            (Self::AddMoney { money }, Self::AddMoney { money: other }) => money.currency() == other.currency(),
            _ => false,
        }
    }

    /// What it takes to do both, one after the other: what is found to be missing when the first one is done. None if they
    /// are not amounts of the same thing, or are one that is exact at once, as money is.
    pub(crate) fn and(&self, more: Self) -> Option<Self> {
        match (self, &more) {
            (Self::WaitUntil { .. }, Self::WaitUntil { .. }) => Some(more),
            (Self::ReleaseNumbers { count, among }, Self::ReleaseNumbers { count: more, among: other }) => {
                let count = count.saturating_add(*more);
                (among == other).then(|| Self::ReleaseNumbers { count, among: among.clone() })
            }
            _ => None,
        }
    }

    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        match self {
            Self::UseFreshKey { length_max } => {
                let most = counted(*length_max, "character");
                write!(f, "use a fresh key of at most {most}, none of them a control character")
            }
            Self::CorrectField { field, correction } => correction.write(f, field),
            Self::ChooseHolder { holders } => {
                write!(f, "choose a holder that you may act for{}", to_choose_from(&quoted(holders)))
            }
            Self::AskRole { roles: able, task } => write!(f, "ask {} to {task}", roles(able)),
            Self::ChooseSelector { selectors } => write!(f, "say which number you want, {}", ways(selectors)),
            Self::MoveToPlan { title, monthly_fee, .. } => {
                write!(f, "move to the plan {title} at {} a month", decimals.write(*monthly_fee))
            }
            Self::ReleaseNumbers { count, among } => write!(f, "release {count} of {}", among.numbers()),
            Self::ChooseCountry { countries, because } => because.write(f, countries),
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
            Self::ChooseNumber { numbers } if numbers.is_empty() => f.write_str("search for another number"),
            Self::ChooseNumber { numbers } => write!(f, "choose another number{}", to_choose_from(&quoted(numbers))),
            Self::ChooseCurrency { currencies } => {
                write!(f, "pay in a currency that the number has a price in{}", to_choose_from(currencies))
            }
            Self::MoveToBilling { billing } => write!(f, "move to {}", billing.title()),
            Self::SubmitKyc { submitters, .. } if !submitters.is_empty() => {
                write!(f, "ask {} to submit the identity documents", roles(submitters))
            }
            Self::SubmitKyc { country, subject, .. } => match subject {
                KycSubject::Country => write!(f, "submit the identity documents for numbers of {country}"),
                KycSubject::Account => f.write_str("submit the identity documents of the account"),
            },
            Self::AwaitKyc { country, subject } => match subject {
                KycSubject::Country => write!(f, "wait until the verification for numbers of {country} is decided"),
                KycSubject::Account => f.write_str("wait until the verification of the account is decided"),
            },
            Self::WaitUntil { at, reason } => write!(f, "wait until {at}, {reason}"),
            Self::ConfirmAdditional => f.write_str("confirm that this additional purchase is meant"),
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
            (Self::Fill, "holder") => f.write_str("name who is to hold the number"),
            (Self::Fill, "country") => f.write_str("name its country"),
            (Self::Fill, _) => write!(f, "fill in `{field}`"),
            (Self::Replace, _) => write!(f, "choose another {}", field.replace('_', " ")),
            (Self::Match { found }, _) => {
                write!(f, "leave out the inventory id, or name the number's own: `{found}`")
            }
        }
    }
}

impl fmt::Display for RoleTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Buy => "buy it",
            Self::SubmitKyc => "submit the identity documents",
        })
    }
}

impl CountryChoice {
    fn write(self, f: &mut fmt::Formatter<'_>, countries: &[Country]) -> fmt::Result {
        f.write_str(match self {
            Self::Sold => "choose a country that is sold",
            Self::BillingServes => "choose a country that your billing serves",
            Self::OfTheNumber => "choose the country of the number",
        })?;
        f.write_str(&to_choose_from(countries))
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CheckoutsEnd { count } => {
                let have = if *count == 1 { "has" } else { "have" };
                write!(f, "when {} {have} ended unpaid", counted(*count, "open checkout"))
            }
            Self::SpendingFits => f.write_str("when it fits into what may be spent"),
            Self::NextDay => f.write_str("when the next purchase can be made"),
            Self::WindowHasRoom => f.write_str("when there is room again"),
            Self::NoConfirmation => f.write_str("when no confirmation is needed any more"),
        }
    }
}
