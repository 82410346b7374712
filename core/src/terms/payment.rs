//! Payment: which method pays for a purchase, and when the money is taken.

use crate::base::billing_kind::BillingKind;
use ringup_derive::data;

/// How a purchase is paid.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// A page of the payment provider, where the customer pays before it expires.
    Checkout,
    /// One more unit on the customer's subscription.
    Subscription,
    /// A line on the usage invoice, charged to the card on file.
    UsageInvoice,
    /// The balance that the account keeps with the shop.
    Wallet,
}

/// A payment method and the conditions under which it is used. An absent condition always holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct PaymentRule {
    /// The customer is billed this way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub billing: Option<BillingKind>,
    /// Whether the customer holds a number that a subscription pays for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub subscribed: Option<bool>,
    /// The number's regulatory tier is at least this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tier_min: Option<u8>,
    /// The method that pays if all conditions hold.
    pub method: PaymentMethod,
    /// Whether the method needs a payment method on file.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub on_file_required: bool,
    /// When a method that charges takes the money.
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
    /// When the carrier has provisioned the number. If the charge is declined, the number is released.
    AtProvisioning,
}

/// The checkout sessions of the payment provider.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Checkout {
    /// How long a session can be paid, in seconds.
    pub lifetime_s: u32,
    /// How long after its end a payment made before it may be told, in seconds. The purchase counts no longer then, but
    /// it is recorded as ended only after that.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub grace_s: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}
