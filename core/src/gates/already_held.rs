//! Already held: a number that the account holds, or that a pending purchase asks for, is not bought again.
//!
//! Only an account knows its numbers, so only a decision can say so.

use alloc::vec::Vec;
use core::fmt;

use super::{DecidingField, Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::base::id::PurchaseId;
use ringup_derive::data;

/// The account has the number, or a pending purchase of it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Held {
    /// The purchase that has the number, or asks for it.
    pub purchase: PurchaseId,
    /// Whether the purchase is pending. Otherwise the number is held.
    pub pending: bool,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<super::Evidence, Held> {
    match &input.held {
        Some(held) => Judgement::Blocked(held.clone()),
        None => Judgement::NotApplicable,
    }
}

// No policy sells a number twice to one account.
pub(super) const fn deciding_field(_: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    None
}

impl Refusal for Held {
    fn family(&self) -> Family {
        Family::Conflict
    }

    fn is_transient(&self) -> bool {
        false
    }

    // Only `decide` knows the numbers, and it gives no advice.
    fn fixes(&self, _: &Input<'_>, _: &mut Vec<Remedy>) {}
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { purchase, pending } = self;
        if *pending {
            write!(f, "a purchase of this number is pending: `{purchase}`")
        } else {
            write!(f, "this account holds the number already, by the purchase `{purchase}`")
        }
    }
}
