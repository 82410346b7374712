//! Payment: how a purchase is paid, and when.

use crate::base::billing_kind::BillingKind;

/// How a purchase is paid.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum PaymentMethod {
    /// A page of the payment provider, where the customer pays or does not.
    Checkout,
    /// One more on the customer's subscription.
    Subscription,
    /// One more line on the invoice of the card on file.
    UsageInvoice,
    /// The balance that the account keeps with the shop.
    Wallet,
}

/// When a payment method is taken. Absent conditions hold always.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PaymentRule {
    /// The customer's billing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub billing: Option<BillingKind>,
    /// Whether the customer already holds a number that the subscription pays for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub subscribed: Option<bool>,
    /// The lowest regulatory tier of a number that is paid so; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub tier_min: Option<u8>,
    /// What is taken then.
    pub method: PaymentMethod,
    /// Whether the customer must have a payment method on file for it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub on_file_required: bool,
    /// When the money is taken, by a method that charges.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<ChargeTime>"))]
    pub charged: ChargeTime,
}

/// When the money is taken.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum ChargeTime {
    /// Before the number is ordered.
    #[default]
    BeforeOrder,
    /// When the carrier has provisioned the number; if the charge is declined, the number is given back.
    AtProvisioning,
}

/// Checkout sessions.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Checkout {
    /// How long one can be paid, in seconds.
    pub lifetime_s: u32,
}
