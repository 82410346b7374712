//! Differences: a part of what a quote promised that is not so now, with both values.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::base::display::from_fn;
use crate::base::id::QuoteId;
use crate::base::money::{Decimals, Money};
use crate::base::timestamp::Timestamp;
use crate::gates::wording::wanted;
use crate::market::price::{FirstPeriod, Introductory, PriceLine};
use crate::market::selector::Selector;
use crate::price::difference::{PriceDifference, PriceField};
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;
use ringup_numbering::Country;

/// What something was, and what it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Changed<T> {
    /// What the quote promised.
    pub seen: T,
    /// What it is now.
    pub now: T,
}

/// A part of what a quote promised that is not so now. Null is what there was not, or is not.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuoteDifference {
    /// Nobody has kept a quote of this name.
    Id {
        /// The name.
        seen: QuoteId,
        /// Always null: there is none.
        now: Option<QuoteId>,
    },
    /// Its time is over: when it was, and the instant of the purchase.
    ExpiresAt(Changed<Timestamp>),
    /// It was made under another policy.
    Policy(Changed<String>),
    /// The rules have another version.
    PolicyVersion(Changed<String>),
    /// The rate card has another version.
    RateCardVersion(Changed<String>),
    /// It is for another number.
    Selector(Changed<Option<Selector>>),
    /// The number is of another country.
    Country(Changed<Option<Country>>),
    /// It is of another type.
    NumberType(Changed<Option<NumberType>>),
    /// It can do other things.
    Capabilities(Changed<Option<Capabilities>>),
    /// Its regulatory tier is another one.
    KycTier(Changed<Option<u8>>),
    /// It would be paid in another way.
    Payment(Changed<Option<PaymentMethod>>),
    /// What is due now.
    DueNow(Changed<Option<Money>>),
    /// The non-recurring charge.
    SetupFee(Changed<Option<Money>>),
    /// What recurs every month.
    MonthlyFee(Changed<Option<Money>>),
    /// What recurs every year.
    YearlyFee(Changed<Option<Money>>),
    /// What the commitment comes to.
    CommitmentTotal(Changed<Option<Money>>),
    /// How many months must be paid at the least.
    MinimumCommitmentMonths(Changed<u32>),
    /// The lines that make up what is due now.
    Lines(Changed<Vec<PriceLine>>),
    /// The taxes that the lines contain.
    TaxesIncluded(Changed<Vec<PriceLine>>),
    /// The period that the first charge is for.
    FirstPeriod(Changed<Option<FirstPeriod>>),
    /// What the periods after the first cost for a while.
    Introductory(Changed<Vec<Introductory>>),
    /// The lines that make up what recurs.
    RecurringLines(Changed<Vec<PriceLine>>),
    /// The taxes that what recurs contains.
    RecurringTaxesIncluded(Changed<Vec<PriceLine>>),
    /// How many decimals the currency has.
    Exponent(Changed<u8>),
}

impl QuoteDifference {
    pub(super) const fn of_figure(field: PriceField, changed: Changed<Option<Money>>) -> Self {
        match field {
            PriceField::DueNow => Self::DueNow(changed),
            PriceField::SetupFee => Self::SetupFee(changed),
            PriceField::MonthlyFee => Self::MonthlyFee(changed),
            PriceField::YearlyFee => Self::YearlyFee(changed),
            PriceField::CommitmentTotal => Self::CommitmentTotal(changed),
        }
    }
}

impl From<PriceDifference> for QuoteDifference {
    fn from(PriceDifference { field, seen, now }: PriceDifference) -> Self {
        Self::of_figure(field, Changed { seen: Some(seen), now: Some(now) })
    }
}

impl fmt::Display for QuoteDifference {
    /// In words, its amounts written as ISO 4217 says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Decimals::ISO_4217)
    }
}

impl QuoteDifference {
    /// In the words of a shop that writes its amounts so.
    pub(crate) fn sentence(&self, decimals: Decimals<'_>) -> impl fmt::Display {
        from_fn(move |f| self.write(f, decimals))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let figure = |f: &mut fmt::Formatter<'_>, changed: &Changed<Option<Money>>, field| {
            let [seen, now] = [changed.seen, changed.now].map(|money| money.map(|money| decimals.write(money)));
            Changed { seen, now }.told(f, field)
        };
        match self {
            Self::Id { seen, .. } => write!(f, "no quote `{seen}` is kept"),
            Self::ExpiresAt(Changed { seen, now }) => write!(f, "it held until {seen}, and it is {now} now"),
            Self::Policy(changed) => changed.quoted(f, "policy"),
            Self::PolicyVersion(changed) => changed.quoted(f, "policy version"),
            Self::RateCardVersion(changed) => changed.quoted(f, "rate card"),
            Self::Selector(Changed { seen: Some(seen), now: Some(now) }) => {
                write!(f, "it is for {}, and {} is wanted", wanted(seen), wanted(now))
            }
            Self::Selector(Changed { seen: None, now: Some(now) }) => {
                write!(f, "it was made before it was said that {} is wanted", wanted(now))
            }
            Self::Selector(Changed { now: None, .. }) => f.write_str("nothing says which number is wanted"),
            Self::Country(changed) => changed.told(f, "country"),
            Self::NumberType(Changed { seen, now }) => {
                Changed { seen: seen.map(NumberType::title), now: now.map(NumberType::title) }.told(f, "type of number")
            }
            Self::Capabilities(_) => f.write_str("the number can do other things"),
            Self::KycTier(changed) => changed.told(f, "regulatory tier"),
            Self::Payment(_) => f.write_str("it is paid in another way"),
            Self::DueNow(changed) => figure(f, changed, PriceField::DueNow),
            Self::SetupFee(changed) => figure(f, changed, PriceField::SetupFee),
            Self::MonthlyFee(changed) => figure(f, changed, PriceField::MonthlyFee),
            Self::YearlyFee(changed) => figure(f, changed, PriceField::YearlyFee),
            Self::CommitmentTotal(changed) => figure(f, changed, PriceField::CommitmentTotal),
            Self::MinimumCommitmentMonths(Changed { seen, now }) => {
                write!(f, "minimum commitment from {seen} to {now} months")
            }
            Self::Lines(_) => f.write_str("what is due now is made up of other lines"),
            Self::TaxesIncluded(_) => f.write_str("it contains other taxes"),
            Self::FirstPeriod(_) => f.write_str("the first charge is for another period"),
            Self::Introductory(_) => f.write_str("the first periods cost something else"),
            Self::RecurringLines(_) => f.write_str("what recurs is made up of other lines"),
            Self::RecurringTaxesIncluded(_) => f.write_str("what recurs contains other taxes"),
            Self::Exponent(Changed { seen, now }) => write!(f, "decimals of its amounts from {seen} to {now}"),
        }
    }
}

impl Changed<String> {
    fn quoted(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        write!(f, "{what} from `{}` to `{}`", self.seen, self.now)
    }
}

impl<T: fmt::Display> Changed<Option<T>> {
    fn told(&self, f: &mut fmt::Formatter<'_>, what: impl fmt::Display) -> fmt::Result {
        let either = |f: &mut fmt::Formatter<'_>, value: &Option<T>| match value {
            Some(value) => write!(f, "{value}"),
            None => f.write_str("none"),
        };
        write!(f, "{what} from ")?;
        either(f, &self.seen)?;
        f.write_str(" to ")?;
        either(f, &self.now)
    }
}
