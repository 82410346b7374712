//! Kinds of billing: how a customer pays for what recurs.

/// How the customer is billed.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
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
