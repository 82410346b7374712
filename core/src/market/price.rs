//! The price of a purchase: its lines, the amount due now, the recurring fee and the total over the commitment.
//!
//! A price is made once, for a quote or at the acceptance, and only read afterwards: `due_now` is what is charged, and
//! the lines are what is posted.

use alloc::{string::String, vec::Vec};

use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::base::words::counted;
use crate::terms::release::EarlyRelease;
use ringup_derive::data;

/// What a number costs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// The lines of the amount due now. None is zero; reductions are negative.
    pub lines: Vec<PriceLine>,
    /// The amount due now: the sum of the lines.
    pub due_now: Money,
    /// Taxes that the lines contain. They add nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes_included: Vec<PriceLine>,
    /// The billing period that the first charge is for. Absent: a whole period that begins at the purchase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub first_period: Option<FirstPeriod>,
    /// Fees of the periods after the first for as long as a limited discount lasts, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub introductory: Vec<Introductory>,
    /// The monthly fee after that, with discounts and taxes. Zero for a number that is paid by the year.
    pub monthly_fee: Money,
    /// The yearly fee after that. Absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// The lines of the recurring fee. Empty: the fee alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub recurring_lines: Vec<PriceLine>,
    /// Taxes that the recurring fee contains, in every period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub recurring_taxes_included: Vec<PriceLine>,
    /// The least number of months that must be paid. Zero: the first period only.
    pub minimum_commitment_months: u32,
    /// What a release before the end of the commitment gets. Absent: nothing, or there is no commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub early_release: Option<EarlyRelease>,
    /// The total over the commitment: the amount due now and the later periods. A first period that is cut short is not
    /// counted as one.
    pub commitment_total: Money,
    /// The number of decimals of the amounts: the rate card's own, or those of ISO 4217.
    pub exponent: u8,
}

/// A line of a price.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PriceLine {
    /// What the line is for.
    pub charge: ChargeKind,
    /// The name on the rate card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub label: Option<String>,
    /// The part of the price that a discount or tax is on. Absent for a tax on the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub on: Option<PricePart>,
    /// The amount; negative for a reduction.
    pub amount: Money,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// The setup fee, taken once.
    SetupFee,
    /// A fee taken once and passed on to others.
    OtherFee,
    /// The recurring fee of the first month.
    FirstMonth,
    /// The recurring fee of the first year.
    FirstYear,
    /// The recurring fee of a later period.
    RecurringFee,
    /// A reduction: the part of the first period that has passed.
    Proration,
    /// A reduction: the recurring fee of a number that the plan includes.
    IncludedNumber,
    /// A reduction: a discount of the rate card.
    Discount,
    /// A supplement: what the charge lacks of the rate card's minimum.
    MinimumCharge,
    /// A tax on top of the price.
    Tax,
}

/// A part of a price.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum PricePart {
    /// The setup fee.
    Setup,
    /// The recurring fee.
    Recurring,
    /// The fees that are passed on to others.
    Other,
}

/// Periods after the first with another fee than the permanent one.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Introductory {
    /// The count of consecutive periods.
    pub periods: u32,
    /// The fee of each period: the sum of the lines.
    pub amount: Money,
    /// The lines of one period.
    pub lines: Vec<PriceLine>,
    /// Taxes that the lines contain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub taxes_included: Vec<PriceLine>,
}

/// A price without its lines, as a person reads it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PriceOutline {
    /// The amount due now.
    pub due_now: Money,
    /// Temporary fees of the periods after the first, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub introductory: Vec<IntroductoryFee>,
    /// The monthly fee after that. Zero for a number that is paid by the year.
    pub monthly_fee: Money,
    /// The yearly fee after that. Absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// The least number of months that must be paid. Zero: the first period only.
    pub minimum_commitment_months: u32,
    /// What a release before the end of the commitment gets. Absent: nothing, or there is no commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub early_release: Option<EarlyRelease>,
    /// The total over the commitment.
    pub commitment_total: Money,
}

/// Periods after the first with another fee than the permanent one, without their lines.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct IntroductoryFee {
    /// The count of consecutive periods.
    pub periods: u32,
    /// The fee of each period.
    pub amount: Money,
}

/// The customer's billing period that the first charge is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct FirstPeriod {
    /// The begin of the period, before the purchase.
    pub starts_at: Timestamp,
    /// The end of the period, when the next charge is due.
    pub ends_at: Timestamp,
    /// An instant at which a period begins. The others begin whole months before and after, by the policy's clocks.
    pub anchor: Timestamp,
}

impl Price {
    /// The sum of the lines of this kind.
    #[must_use]
    pub fn charged_for(&self, charge: ChargeKind) -> Money {
        let amounts = self.lines.iter().filter(|line| line.charge == charge).map(|line| line.amount);
        // The lines were summed when the price was made, so a part of them cannot overflow.
        amounts.fold(Money::zero(self.due_now.currency()), |sum, amount| sum.checked_add(amount).unwrap_or(sum))
    }

    /// An amount of the price with its decimals.
    pub fn write(&self, amount: Money) -> impl core::fmt::Display {
        amount.with_decimals(self.exponent)
    }

    /// The price without its lines.
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
            early_release: self.early_release,
            commitment_total: self.commitment_total,
        }
    }

    /// The months of a period that is paid at once: 1 or 12.
    #[must_use]
    pub const fn period_months(&self) -> u32 {
        if self.yearly_fee.is_some() { 12 } else { 1 }
    }
}

impl core::fmt::Display for Price {
    /// Due now, recurring and commitment: `12.00 USD now, 1.00 USD a month for 2 months, then 2.00 USD a month; 34.00
    /// USD over 12 months`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.outline().write(f, |amount| self.write(amount))
    }
}

impl PriceOutline {
    /// The price in words. `amount_in_words` writes the amounts.
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
            0 => return Ok(()),
            months => write!(f, "; {} over {}", amount_in_words(self.commitment_total), counted(months, "month"))?,
        }
        match self.early_release {
            None => Ok(()),
            Some(EarlyRelease::Refused) => f.write_str(", and no earlier release"),
            Some(EarlyRelease::Charged) => f.write_str(", owed in full on an earlier release"),
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
            Self::MinimumCharge => "minimum charge",
            Self::Tax => "tax",
        })
    }
}
