//! Kinds of billing: how a customer pays for what recurs.

use ringup_derive::data;

/// How the customer is billed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum BillingKind {
    /// From money paid in before.
    Prepaid,
    /// By a subscription whose quantity is the number of numbers.
    Subscription,
    /// By an invoice for what was used.
    Usage,
}

impl BillingKind {
    /// What a person calls it: `usage-based billing`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid billing",
            Self::Subscription => "billing by subscription",
            Self::Usage => "usage-based billing",
        }
    }
}
