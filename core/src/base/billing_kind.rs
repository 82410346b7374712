//! Kinds of billing: how a customer pays recurring fees.

use ringup_derive::data;

/// How a customer pays recurring fees.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum BillingKind {
    /// From a balance that was paid in before.
    Prepaid,
    /// By a subscription whose quantity is the count of numbers held.
    Subscription,
    /// By an invoice after each period.
    Usage,
}

impl BillingKind {
    /// The name in a sentence: `usage-based billing`.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Prepaid => "prepaid billing",
            Self::Subscription => "billing by subscription",
            Self::Usage => "usage-based billing",
        }
    }
}
