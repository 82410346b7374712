//! The records of the world: what the carrier and the payment provider remember.

use ringup_core::{AccountId, CheckoutId, E164, EffectId, HolderId, Money, PurchaseId, Timestamp};
use serde::Serialize;

/// The owner of a number. A number without this record is free.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// The purchase.
    pub purchase: PurchaseId,
    /// Whether it is reserved or sold.
    pub status: OwnerStatus,
}

/// Whether a number is reserved or sold.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerStatus {
    /// Only this purchase can order it.
    Reserved,
    /// It is sold.
    Owned,
}

/// A reservation of a number for a purchase.
#[derive(Clone, Debug, Serialize)]
pub struct Reservation {
    /// The effect that made it.
    pub key: EffectId,
    /// The account.
    pub account: AccountId,
    /// The number.
    pub number: E164,
    /// When it was made.
    pub reserved_at: Timestamp,
    /// Its status.
    pub status: ReservationStatus,
}

/// The status of a reservation.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationStatus {
    /// It holds.
    Held,
    /// The number was ordered.
    Ordered,
    /// It was returned.
    Returned,
}

/// A number that the carrier has sold.
#[derive(Clone, Debug, Serialize)]
pub struct Order {
    /// The effect that placed it.
    pub key: EffectId,
    /// The account.
    pub account: AccountId,
    /// Who holds the number within the account.
    pub holder: Option<HolderId>,
    /// The number.
    pub number: E164,
    /// When it was placed.
    pub ordered_at: Timestamp,
    /// Its status.
    #[serde(flatten)]
    pub status: OrderStatus,
}

/// The status of a sold number.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum OrderStatus {
    /// It is the customer's.
    Active,
    /// It was returned.
    Released {
        /// When.
        released_at: Timestamp,
    },
}

/// A checkout page.
#[derive(Clone, Debug, Serialize)]
pub struct Checkout {
    /// Its name.
    pub id: CheckoutId,
    /// The effect that opened it.
    pub key: EffectId,
    /// The account.
    pub account: AccountId,
    /// What is due.
    pub amount: Money,
    /// When it expires.
    pub expires_at: Timestamp,
    /// When it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_at: Option<Timestamp>,
    /// Its status.
    pub status: CheckoutStatus,
}

/// The status of a checkout.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutStatus {
    /// It can be paid.
    Open,
    /// It was paid.
    Paid,
    /// The payment was declined.
    Declined,
    /// It has expired unpaid.
    Expired,
}

/// Money that a customer paid.
#[derive(Clone, Debug, Serialize)]
pub struct Charge {
    /// The effect that took it, or the name of a deposit.
    pub key: String,
    /// The account.
    pub account: AccountId,
    /// The purchase that it was for.
    pub purchase: Option<PurchaseId>,
    /// How it was paid.
    pub method: ChargeMethod,
    /// How much.
    pub amount: Money,
    /// When.
    pub charged_at: Timestamp,
}

/// How money was paid.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeMethod {
    /// At a checkout, which began or extended the subscription.
    Checkout,
    /// By the subscription, one more on it.
    Subscription,
    /// By one more line on the invoice.
    UsageInvoice,
    /// Into the wallet, or before the world began.
    Deposit,
}

/// A refund.
#[derive(Clone, Debug, Serialize)]
pub struct Refund {
    /// The effect that made it.
    pub key: EffectId,
    /// The account.
    pub account: AccountId,
    /// How much.
    pub amount: Money,
    /// When.
    pub refunded_at: Timestamp,
}
