//! Differences: a price against what was seen of it, field by field.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::market::price::{ChargeKind, Price};
use crate::market::seen::PriceSeen;
use ringup_derive::data;

/// A part of a price that is not as it was seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
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
#[data]
#[serde(rename_all = "snake_case")]
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
        PriceSeen {
            due_now: Some(self.due_now),
            setup_fee: Some(self.charged_for(ChargeKind::SetupFee)),
            monthly_fee: Some(self.monthly_fee),
            yearly_fee: self.yearly_fee,
            commitment_total: Some(self.commitment_total),
        }
    }

    /// The parts that are not as they were seen, in the order of [`PriceField`]. What was not seen is not compared.
    #[must_use]
    pub fn differences(&self, seen: &PriceSeen) -> Vec<PriceDifference> {
        // Who has seen a yearly fee of a number that has none now has seen another price.
        let nothing = Money::zero(self.due_now.currency());
        let moved = self.figures_moved(seen).filter_map(|(field, seen, now)| {
            let (seen, now) = (seen?, now.unwrap_or(nothing));
            Some(PriceDifference { field, seen, now })
        });
        moved.filter(|difference| difference.seen != difference.now).collect()
    }

    /// The figures that are not the same, in order: the field, what was seen, and what it is now.
    pub(crate) fn figures_moved(
        &self,
        seen: &PriceSeen,
    ) -> impl Iterator<Item = (PriceField, Option<Money>, Option<Money>)> {
        let both = figures(seen).into_iter().zip(figures(&self.seen()));
        let moved = both.filter(|((_, seen), (_, now))| seen != now);
        moved.map(|((field, seen), (_, now))| (field, seen, now))
    }
}

const fn figures(seen: &PriceSeen) -> [(PriceField, Option<Money>); 5] {
    let PriceSeen { due_now, setup_fee, monthly_fee, yearly_fee, commitment_total } = *seen;
    [
        (PriceField::DueNow, due_now),
        (PriceField::SetupFee, setup_fee),
        (PriceField::MonthlyFee, monthly_fee),
        (PriceField::YearlyFee, yearly_fee),
        (PriceField::CommitmentTotal, commitment_total),
    ]
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
