//! Differences: the fields of a price that are not as they were seen.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::market::price::{ChargeKind, Price};
use crate::market::seen::PriceSeen;
use ringup_derive::data;

/// A field of a price that is not as it was seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PriceDifference {
    /// The field that differs.
    pub field: PriceField,
    /// The amount that was seen.
    pub seen: Money,
    /// The amount now.
    pub now: Money,
}

/// The fields of a price that are compared with what was seen.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum PriceField {
    /// The amount due now.
    DueNow,
    /// The setup fee.
    SetupFee,
    /// The monthly fee.
    MonthlyFee,
    /// The yearly fee.
    YearlyFee,
    /// The total over the commitment.
    CommitmentTotal,
}

impl Price {
    /// The figures of this price, as a person sees them.
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

    /// The fields that differ, in the order of [`PriceField`]. A field that was not seen is not compared.
    #[must_use]
    pub fn differences(&self, seen: &PriceSeen) -> Vec<PriceDifference> {
        // A yearly fee that was seen and is gone is a difference: it is compared with zero.
        let nothing = Money::zero(self.due_now.currency());
        let moved = self.figures_moved(seen).filter_map(|(field, seen, now)| {
            let (seen, now) = (seen?, now.unwrap_or(nothing));
            Some(PriceDifference { field, seen, now })
        });
        moved.filter(|difference| difference.seen != difference.now).collect()
    }

    /// The figures that differ, in order: the field, the amount seen and the amount now.
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
