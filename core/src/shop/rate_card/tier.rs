//! Volume tiers: the fee of the n-th number that a customer holds.

use alloc::format;

use crate::shop::ShopError;
use crate::{Currency, Money};

/// What recurs for a number from the n-th one on, in place of the entry's own fee.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Tier {
    /// The first number that it holds for, counting all numbers that the customer holds and that are on their way: 11 is the
    /// number bought by who has ten.
    pub from_number: u32,
    /// The recurring charge, as often as the entry's own.
    pub fee: Money,
}

impl Tier {
    /// The fee of the n-th number, if a tier has begun by then.
    pub(crate) fn fee_of(tiers: &[Self], nth: u32) -> Option<Money> {
        tiers.iter().rev().find(|tier| tier.from_number <= nth).map(|tier| tier.fee)
    }

    pub(super) fn check(tiers: &[Self], currency: Currency, place: &str) -> Result<(), ShopError> {
        // The entry's own fee is the first number's.
        let mut previous = 1;
        for (index, tier) in tiers.iter().enumerate() {
            if tier.from_number <= previous {
                return Err(ShopError::new(
                    format!("{place}/tiers/{index}/from_number"),
                    "tiers begin with the second number or later, each later than the one before it",
                ));
            }
            if tier.fee.minor_units() < 0 || tier.fee.currency() != currency {
                return Err(ShopError::new(
                    format!("{place}/tiers/{index}/fee"),
                    "a tier's fee is in the entry's currency and not negative",
                ));
            }
            previous = tier.from_number;
        }
        Ok(())
    }
}
