//! Proration: the price of the first period up to the customer's billing day.

use crate::base::money::Rounding;
use ringup_derive::data;

/// How the first period is charged if the customer has a billing day.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Proration {
    /// The unit in which the remaining part of the period is measured.
    pub basis: ProrationBasis,
    /// How a fraction of a minor unit is rounded.
    #[serde(default)]
    #[ts(optional, as = "Option<Rounding>")]
    pub rounding: Rounding,
}

/// The unit in which the remaining part of a period is measured. A day is the policy's calendar day
/// (`time_zone`). A period begins at midnight of the billing day. A day that has begun counts whole.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ProrationBasis {
    /// Not measured: a shorter first period costs a whole one.
    None,
    /// Seconds. A period begins at the second of the anchor. A second that has begun counts whole.
    Second,
    /// Calendar days of the period.
    Day,
    /// Days of 30-day months and 360-day years (30E/360). The 31st counts as the 30th. In a period that ends on 1
    /// March, 28 February counts as three days: itself and the two that the month lacks.
    #[serde(rename = "30_360")]
    Thirty360,
    /// Equal months up to the anniversary of the billing day, and days of the month that has begun.
    Anniversary,
}
