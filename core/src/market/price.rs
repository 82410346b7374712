//! The price of a purchase: its lines, what is due now, what recurs, and the total over the commitment.
//!
//! A price is made once, when it is quoted or accepted, and then only read: what is charged is its `due_now`, and what
//! enters the books are its lines.

use alloc::{string::String, vec::Vec};

use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::base::words::counted;
use ringup_derive::data;

/// What a number costs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The lines that make up what is due now, none of them nought. What is taken off is negative.
    pub lines: Vec<PriceLine>,
    /// What is due now: the sum of the lines.
    pub due_now: Money,
    /// Taxes that the lines contain already. They add nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes_included: Vec<PriceLine>,
    /// The period of the customer's that the first charge is for; absent: a whole one that begins with the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub first_period: Option<FirstPeriod>,
    /// What the periods after the first cost as long as a discount for the first periods lasts, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub introductory: Vec<Introductory>,
    /// What recurs every month after that, all discounts and taxes included; nought for a number that is paid by the year.
    pub monthly_fee: Money,
    /// What recurs every year after that; absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// The lines that make up what recurs; empty: it is the fee and nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub recurring_lines: Vec<PriceLine>,
    /// Taxes that what recurs contains already, in every period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub recurring_taxes_included: Vec<PriceLine>,
    /// How many months must be paid at the least; nought: none beyond the first period.
    pub minimum_commitment_months: u32,
    /// What is due over the commitment: now, and for the periods that it has, a first period cut short not counting as one.
    pub commitment_total: Money,
    /// How many decimals the amounts are written with: the currency's, unless the rate card has its own.
    pub exponent: u8,
}

/// One line of a price.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PriceLine {
    /// What the line is for.
    pub charge: ChargeKind,
    /// What the rate card calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<String>,
    /// On which part of the price a discount or a tax is; absent of a tax that is on the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub on: Option<PricePart>,
    /// The amount.
    pub amount: Money,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// The non-recurring charge.
    SetupFee,
    /// What is charged once and passed on to others.
    OtherFee,
    /// The recurring charge of the first month.
    FirstMonth,
    /// The recurring charge of the first year.
    FirstYear,
    /// The recurring charge of a later period.
    RecurringFee,
    /// What of the first period is over already, taken off.
    Proration,
    /// The recurring charge of a number that the plan includes, taken off.
    IncludedNumber,
    /// A discount, taken off.
    Discount,
    /// A tax.
    Tax,
}

/// The parts of a price.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum PricePart {
    /// The non-recurring charge.
    Setup,
    /// The recurring charge.
    Recurring,
    /// What is passed on to others.
    Other,
}

/// Periods after the first that cost something else than what recurs for good.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Introductory {
    /// How many periods in a row.
    pub periods: u32,
    /// What each of them costs: the sum of the lines.
    pub amount: Money,
    /// What that is made of.
    pub lines: Vec<PriceLine>,
    /// Taxes that the lines contain already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes_included: Vec<PriceLine>,
}

/// What a price comes to, as a person is told it: without its lines.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PriceOutline {
    /// The total due now.
    pub due_now: Money,
    /// What periods after the first cost for a while.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub introductory: Vec<IntroductoryFee>,
    /// What recurs every month after that; nought for a number that is paid by the year.
    pub monthly_fee: Money,
    /// What recurs every year after that; absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// How many months must be paid at the least; nought: none beyond the first period.
    pub minimum_commitment_months: u32,
    /// What is due over the commitment.
    pub commitment_total: Money,
}

/// Periods after the first that cost something else for a while, without their lines.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct IntroductoryFee {
    /// How many periods in a row.
    pub periods: u32,
    /// What each of them costs.
    pub amount: Money,
}

/// The customer's billing period that a first charge is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct FirstPeriod {
    /// When it began; before the purchase.
    pub starts_at: Timestamp,
    /// When it ends and the next charge is due.
    pub ends_at: Timestamp,
    /// An instant at which some period begins: all others begin whole months before or after.
    pub anchor: Timestamp,
    /// How far the calendar in which these months are counted is ahead of UTC, in minutes.
    #[serde(default, skip_serializing_if = "is_utc")]
    #[ts(optional, as = "Option<_>")]
    pub day_offset_minutes: i16,
}

impl Price {
    /// The amount of all lines of this kind.
    #[must_use]
    pub fn charged_for(&self, charge: ChargeKind) -> Money {
        let amounts = self.lines.iter().filter(|line| line.charge == charge).map(|line| line.amount);
        // The lines were summed once when the price was made, so no part of them can overflow.
        amounts.fold(Money::zero(self.due_now.currency()), |sum, amount| sum.checked_add(amount).unwrap_or(sum))
    }

    /// One of its amounts, as it is written with its decimals.
    pub fn write(&self, amount: Money) -> impl core::fmt::Display {
        amount.with_decimals(self.exponent)
    }

    /// What it comes to, without its lines.
    #[must_use]
    pub fn outline(&self) -> PriceOutline {
        let introductory = self.introductory.iter();
        let introductory = introductory
            .map(|Introductory { periods, amount, .. }| IntroductoryFee { periods: *periods, amount: *amount });
        PriceOutline {
            due_now: self.due_now,
            introductory: introductory.collect(),
            monthly_fee: self.monthly_fee,
            yearly_fee: self.yearly_fee,
            minimum_commitment_months: self.minimum_commitment_months,
            commitment_total: self.commitment_total,
        }
    }

    /// How many months a period has that is paid at once.
    #[must_use]
    pub const fn period_months(&self) -> u32 {
        if self.yearly_fee.is_some() { 12 } else { 1 }
    }
}

impl core::fmt::Display for Price {
    /// What is due, what recurs, and for how long at the least:
    /// `12.00 USD now, 1.00 USD a month for 2 months, then 2.00 USD a month; 34.00 USD over 12 months`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.outline().write(f, |amount| self.write(amount))
    }
}

impl PriceOutline {
    /// In words, its amounts written so.
    pub(crate) fn write<M: core::fmt::Display>(
        &self,
        f: &mut core::fmt::Formatter<'_>,
        amount_in_words: impl Fn(Money) -> M,
    ) -> core::fmt::Result {
        let (fee, period) = match self.yearly_fee {
            None => (self.monthly_fee, "month"),
            Some(yearly_fee) => (yearly_fee, "year"),
        };
        write!(f, "{} now", amount_in_words(self.due_now))?;
        for IntroductoryFee { periods, amount } in &self.introductory {
            write!(f, ", {} a {period} for {}", amount_in_words(*amount), counted(*periods, period))?;
        }
        let then = if self.introductory.is_empty() { " and" } else { ", then" };
        write!(f, "{then} {} a {period}", amount_in_words(fee))?;
        match self.minimum_commitment_months {
            0 => Ok(()),
            months => write!(f, "; {} over {}", amount_in_words(self.commitment_total), counted(months, "month")),
        }
    }
}

impl core::fmt::Display for ChargeKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::SetupFee => "setup fee",
            Self::OtherFee => "other fee",
            Self::FirstMonth => "first month",
            Self::FirstYear => "first year",
            Self::RecurringFee => "recurring fee",
            Self::Proration => "proration",
            Self::IncludedNumber => "included number",
            Self::Discount => "discount",
            Self::Tax => "tax",
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_utc(offset: &i16) -> bool {
    *offset == 0
}
