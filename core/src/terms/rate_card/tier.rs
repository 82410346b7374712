//! Volume tiers: the recurring fee of the n-th number that a customer holds.

use alloc::{format, vec::Vec};
use ringup_derive::data;

use super::rate::fee_mistakes;
use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Money};

/// The recurring fee from the n-th number on. It replaces the rate's own fee.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The first number that the tier is for, among the numbers held and pending: 11 is bought by a customer with ten.
    /// For an uncounted holder only its own numbers are counted.
    pub from_number: u32,
    /// The recurring charge, in the rate's own period.
    pub fee: Money,
}

impl Tier {
    /// The fee of the n-th number. `None` if no tier has begun.
    pub(crate) fn fee_of(tiers: &[Self], nth: u32) -> Option<Money> {
        tiers.iter().rev().find(|tier| tier.from_number <= nth).map(|tier| tier.fee)
    }

    /// The mistakes in the tiers of a rate. `place` is the pointer to them.
    pub(super) fn mistakes(tiers: &[Self], currency: Currency, place: &str) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        // Number 1 has the rate's own fee.
        let mut previous = 1_u32;
        for (index, tier) in tiers.iter().enumerate() {
            let place = format!("{place}/tiers/{index}");
            if tier.from_number <= previous {
                let message = match index {
                    0 => {
                        format!(
                            "the first tier begins with number {}, which has the fee of the rate itself",
                            tier.from_number
                        )
                    }
                    _ => format!("a tier begins after the one before it: {} is not above {previous}", tier.from_number),
                };
                let least = previous.saturating_add(1);
                let help = format!("write {least} or more; tiers are listed in order");
                mistakes.push(Diagnostic::parts(format!("{place}/from_number"), message, help));
            }
            mistakes.extend(fee_mistakes(&format!("{place}/fee"), tier.fee, currency));
            previous = tier.from_number.max(previous);
        }
        mistakes
    }
}
