//! Misuse: what the calling code got wrong. The customer can do nothing about it, and is told nothing of it.

use core::fmt;

use crate::base::id::{AccountId, PurchaseId};
use crate::base::money::Money;

/// What the host got wrong in a command. Nothing has changed.
///
/// The host's developer or its operator acts, never the customer: what a customer can be refused for is a
/// [`Rejection`](crate::Rejection).
#[derive(Clone, Debug, Eq, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Misuse {
    /// The host keeps no account of this name: it answers so itself, before it can ask [`decide`](crate::decide). Its
    /// developer opens the account, or stops routing requests to one that is gone.
    AccountUnknown {
        /// The name that was given.
        account: AccountId,
    },
    /// The request names a number as people write it, and [`decide`](crate::decide) was given no numbering plan to read it
    /// with. The host's developer hands one over; the customer's request may be a good one.
    NumberingPlanMissing,
    /// The account has a purchase of this name already, with another request. The host draws a fresh name and decides again; if
    /// that happens twice, its source of names repeats itself and must be repaired.
    PurchaseIdTaken {
        /// The name that was drawn.
        purchase: PurchaseId,
    },
    /// The account's books cannot hold this much more. The operator looks at where the amount comes from: no real account gets
    /// there.
    BooksFull {
        /// What was to be added.
        money: Money,
    },
    /// An amount to add must be above zero. The host's developer checks amounts where they come in.
    AmountNotPositive {
        /// What was to be added.
        money: Money,
    },
    /// The account holds no such number for this actor, or holds it no more. The host lists the numbers that are held and
    /// releases one of those; where a client named the number, the host tells it that there is none.
    NumberNotHeld {
        /// The purchase that was said to have bought it.
        number: PurchaseId,
    },
}

impl Misuse {
    /// The stable name of this answer, the same in Rust and JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AccountUnknown { .. } => "account_unknown",
            Self::NumberingPlanMissing => "numbering_plan_missing",
            Self::PurchaseIdTaken { .. } => "purchase_id_taken",
            Self::BooksFull { .. } => "books_full",
            Self::AmountNotPositive { .. } => "amount_not_positive",
            Self::NumberNotHeld { .. } => "number_not_held",
        }
    }
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccountUnknown { account } => write!(f, "there is no account `{account}`"),
            Self::NumberingPlanMissing => {
                f.write_str("there is no numbering plan to read the number with; hand one over")
            }
            Self::PurchaseIdTaken { purchase } => {
                write!(f, "there is a purchase `{purchase}` already; draw another name")
            }
            Self::BooksFull { money } => write!(f, "the account's books cannot hold {money} more"),
            Self::AmountNotPositive { money } => write!(f, "`{money}` cannot be added; the amount must be above zero"),
            Self::NumberNotHeld { .. } => f.write_str("this account holds no such number"),
        }
    }
}

impl core::error::Error for Misuse {}
