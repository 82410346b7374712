//! Differences: the promised terms of a quote that no longer hold, with both values.

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
use crate::terms::release::EarlyRelease;
use ringup_derive::data;
use ringup_numbering::Country;

/// A value that was promised, and the current one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Changed<T> {
    /// The promised value.
    pub seen: T,
    /// The current value.
    pub now: T,
}

/// A promised term that no longer holds. `null` is the absence of a value.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "field", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuoteDifference {
    /// No quote of this id is stored.
    Id {
        /// The id in the request.
        seen: QuoteId,
        /// Always null.
        now: Option<QuoteId>,
    },
    /// The quote has expired: its expiry, and the instant of the purchase.
    ExpiresAt(Changed<Timestamp>),
    /// The policy has another id.
    Policy(Changed<String>),
    /// The policy has another version.
    PolicyVersion(Changed<String>),
    /// The rate card has another version.
    RateCardVersion(Changed<String>),
    /// The request is for another number.
    Selector(Changed<Option<Selector>>),
    /// The number is of another country.
    Country(Changed<Option<Country>>),
    /// The number is of another type.
    NumberType(Changed<Option<NumberType>>),
    /// The number has other capabilities.
    Capabilities(Changed<Option<Capabilities>>),
    /// The number has another regulatory tier.
    KycTier(Changed<Option<u8>>),
    /// Another payment method applies.
    Payment(Changed<Option<PaymentMethod>>),
    /// The amount due now differs.
    DueNow(Changed<Option<Money>>),
    /// The setup fee differs.
    SetupFee(Changed<Option<Money>>),
    /// The monthly fee differs.
    MonthlyFee(Changed<Option<Money>>),
    /// The yearly fee differs.
    YearlyFee(Changed<Option<Money>>),
    /// The total over the commitment differs.
    CommitmentTotal(Changed<Option<Money>>),
    /// The minimum commitment differs, in months.
    MinimumCommitmentMonths(Changed<u32>),
    /// A release before the end of the commitment gets something else.
    EarlyRelease(Changed<Option<EarlyRelease>>),
    /// The lines of the amount due now differ.
    Lines(Changed<Vec<PriceLine>>),
    /// The contained taxes differ.
    TaxesIncluded(Changed<Vec<PriceLine>>),
    /// The first charge is for another period.
    FirstPeriod(Changed<Option<FirstPeriod>>),
    /// The temporary fees after the first period differ.
    Introductory(Changed<Vec<Introductory>>),
    /// The lines of the recurring fee differ.
    RecurringLines(Changed<Vec<PriceLine>>),
    /// The taxes in the recurring fee differ.
    RecurringTaxesIncluded(Changed<Vec<PriceLine>>),
    /// The decimals of the amounts differ.
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
    /// The sentence, with amounts by ISO 4217.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Decimals::ISO_4217)
    }
}

impl QuoteDifference {
    /// The sentence, with the amounts of a shop.
    pub(crate) fn sentence(&self, decimals: Decimals<'_>) -> impl fmt::Display {
        from_fn(move |f| self.write(f, decimals))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let figure = |f: &mut fmt::Formatter<'_>, changed: &Changed<Option<Money>>, field| {
            let [seen, now] = [changed.seen, changed.now].map(|money| money.map(|money| decimals.write(money)));
            Changed { seen, now }.told(f, field)
        };
        match self {
            Self::Id { seen, .. } => write!(f, "no quote `{seen}` is stored"),
            Self::ExpiresAt(Changed { seen, now }) => write!(f, "it expired at {seen}, and it is {now} now"),
            Self::Policy(changed) => changed.quoted(f, "policy"),
            Self::PolicyVersion(changed) => changed.quoted(f, "policy version"),
            Self::RateCardVersion(changed) => changed.quoted(f, "rate card"),
            Self::Selector(Changed { seen: Some(seen), now: Some(now) }) => {
                write!(f, "it is for {}, and {} is wanted", wanted(seen), wanted(now))
            }
            Self::Selector(Changed { seen: None, now: Some(now) }) => {
                write!(f, "it named no number, and now {} is wanted", wanted(now))
            }
            Self::Selector(Changed { now: None, .. }) => f.write_str("the request names no number"),
            Self::Country(changed) => changed.told(f, "country"),
            Self::NumberType(Changed { seen, now }) => {
                Changed { seen: seen.map(NumberType::title), now: now.map(NumberType::title) }.told(f, "type of number")
            }
            Self::Capabilities(_) => f.write_str("the number has other capabilities"),
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
            Self::EarlyRelease(_) => f.write_str("an earlier release is treated in another way"),
            Self::Lines(_) => f.write_str("the lines of the amount due now differ"),
            Self::TaxesIncluded(_) => f.write_str("it contains other taxes"),
            Self::FirstPeriod(_) => f.write_str("the first charge is for another period"),
            Self::Introductory(_) => f.write_str("the fees of the first periods differ"),
            Self::RecurringLines(_) => f.write_str("the lines of the recurring fee differ"),
            Self::RecurringTaxesIncluded(_) => f.write_str("the recurring fee contains other taxes"),
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
