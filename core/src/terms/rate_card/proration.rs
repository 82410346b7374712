//! Proration: what the first period costs up to the customer's billing day.

use crate::base::money::Rounding;
use ringup_derive::data;

/// How the first period is charged, for a customer who has a billing day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Proration {
    /// By what the part of the period that is left is measured.
    pub basis: ProrationBasis,
    /// Which way a fraction of a minor unit goes.
    #[serde(default)]
    #[ts(optional, as = "Option<Rounding>")]
    pub rounding: Rounding,
}

/// By what the part of a period that is left is measured. Days are the policy's calendar
/// days (`day_offset_minutes`): a period begins at midnight of the billing
/// day, and the day that has begun counts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ProrationBasis {
    /// By nothing: the shorter first period costs as much as a whole one.
    None,
    /// By seconds, and a period begins at the very second of the anchor; the second that has begun counts.
    Second,
    /// By days: those that are left of those that the period has.
    Day,
    /// By days of months that have 30 and years that have 360 (30E/360): the 31st is the 30th, and of a period to the 1st of
    /// March, the 28th of February counts as three days, for itself and the two that the month lacks.
    #[serde(rename = "30_360")]
    Thirty360,
    /// By months to the anniversary of the billing day, each worth the same, and by the days of the month that has begun.
    Anniversary,
}
