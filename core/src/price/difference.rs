//! Differences: a price against what was seen of it, field by field.

use alloc::vec::Vec;

use super::{ChargeKind, Price};
use crate::{Money, PriceSeen};

/// A part of a price that is not as it was seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PriceDifference {
    /// Which part.
    pub field: PriceField,
    /// What was seen.
    pub seen: Money,
    /// What it is now.
    pub now: Money,
}

/// The parts of a price that are compared with what was seen.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum PriceField {
    /// What is due now.
    DueNow,
    /// The non-recurring charge.
    SetupFee,
    /// What recurs, a month.
    MonthlyFee,
    /// What recurs, a year.
    YearlyFee,
    /// What the commitment comes to.
    CommitmentTotal,
}

impl Price {
    /// What a person who looks at this price has seen.
    #[must_use]
    pub fn seen(&self) -> PriceSeen {
        let setup_fee = Some(self.charged_for(ChargeKind::SetupFee));
        PriceSeen {
            due_now: Some(self.due_now),
            setup_fee,
            monthly_fee: Some(self.monthly_fee),
            yearly_fee: self.yearly_fee,
            // Without a commitment it says nothing that is not said already.
            commitment_total: Some(self.commitment_total).filter(|total| *total != self.due_now),
        }
    }

    /// The parts that are not as they were seen, in the order of [`PriceField`].
    #[must_use]
    pub fn differences(&self, seen: &PriceSeen) -> Vec<PriceDifference> {
        let now = self.seen();
        // Who has seen a yearly fee of a number that has none now has seen another price.
        let nothing = Some(Money::zero(self.due_now.currency()));
        let compared = [
            (PriceField::DueNow, seen.due_now, now.due_now),
            (PriceField::SetupFee, seen.setup_fee, now.setup_fee),
            (PriceField::MonthlyFee, seen.monthly_fee, now.monthly_fee),
            (PriceField::YearlyFee, seen.yearly_fee, now.yearly_fee.or(nothing)),
            (PriceField::CommitmentTotal, seen.commitment_total, Some(self.commitment_total)),
        ];
        let both = compared.into_iter().filter_map(|(field, seen, now)| Some((field, seen?, now?)));
        both.filter(|(_, seen, now)| seen != now)
            .map(|(field, seen, now)| PriceDifference { field, seen: seen.written_like(now), now })
            .collect()
    }
}

impl core::fmt::Display for PriceField {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::DueNow => "due now",
            Self::SetupFee => "setup fee",
            Self::MonthlyFee => "monthly fee",
            Self::YearlyFee => "yearly fee",
            Self::CommitmentTotal => "total over the commitment",
        })
    }
}
