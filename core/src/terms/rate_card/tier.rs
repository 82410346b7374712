//! Volume tiers: the fee of the n-th number that a customer holds.

use alloc::{format, vec::Vec};
use ringup_derive::data;

use super::rate::fee_mistakes;
use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Money};

/// What recurs for a number from the n-th one on, in place of the entry's own fee.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The first number that it holds for, counting all numbers that the customer holds and that are on their way: 11 is the
    /// number bought by who has ten. The numbers of a holder that does not count against the account's limits are counted
    /// by themselves: its eleventh is the one bought when it has ten of its own.
    pub from_number: u32,
    /// The recurring charge, as often as the entry's own.
    pub fee: Money,
}

impl Tier {
    /// The fee of the n-th number, if a tier has begun by then.
    pub(crate) fn fee_of(tiers: &[Self], nth: u32) -> Option<Money> {
        tiers.iter().rev().find(|tier| tier.from_number <= nth).map(|tier| tier.fee)
    }

    /// The mistakes of an entry's tiers.
    pub(super) fn mistakes(tiers: &[Self], currency: Currency, place: &str) -> Vec<Diagnostic> {
        let mut mistakes = Vec::new();
        // The entry's own fee is the first number's.
        let mut previous = 1_u32;
        for (index, tier) in tiers.iter().enumerate() {
            let place = format!("{place}/tiers/{index}");
            if tier.from_number <= previous {
                let message = match index {
                    0 => {
                        format!("the first tier begins with number {}, whose fee is the entry's own", tier.from_number)
                    }
                    _ => format!("it begins with number {}, and the one before it with {previous}", tier.from_number),
                };
                let least = previous.saturating_add(1);
                let help = format!("write {least} or more; tiers stand in the order in which they begin");
                mistakes.push(Diagnostic::parts(format!("{place}/from_number"), message, help));
            }
            mistakes.extend(fee_mistakes(&format!("{place}/fee"), tier.fee, currency));
            previous = tier.from_number.max(previous);
        }
        mistakes
    }
}
