//! Payment: how a purchase is paid, and when.

use crate::base::billing_kind::BillingKind;
use ringup_derive::data;

/// How a purchase is paid.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
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
#[data]
#[serde(deny_unknown_fields)]
pub struct PaymentRule {
    /// The customer's billing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub billing: Option<BillingKind>,
    /// Whether the customer already holds a number that the subscription pays for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subscribed: Option<bool>,
    /// The lowest regulatory tier of a number that is paid so; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tier_min: Option<u8>,
    /// What is taken then.
    pub method: PaymentMethod,
    /// Whether the customer must have a payment method on file for it.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub on_file_required: bool,
    /// When the money is taken, by a method that charges.
    #[serde(default)]
    #[ts(optional, as = "Option<ChargeTime>")]
    pub charged: ChargeTime,
}

/// When the money is taken.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum ChargeTime {
    /// Before the number is ordered.
    #[default]
    BeforeOrder,
    /// When the carrier has provisioned the number; if the charge is declined, the number is given back.
    AtProvisioning,
}

/// Checkout sessions.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Checkout {
    /// How long one can be paid, in seconds.
    pub lifetime_s: u32,
}
