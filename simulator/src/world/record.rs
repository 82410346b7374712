//! The records of the world: what the carrier and the payment provider remember.

use ringup_core::{AccountId, CheckoutId, E164, EffectId, HolderId, Money, PurchaseId, Timestamp};
use serde::Serialize;

/// Who has a number. A number without this record is free.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// The purchase.
    pub purchase: PurchaseId,
    /// How firmly.
    pub status: OwnerStatus,
}

/// How firmly somebody has a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerStatus {
    /// Nobody else can order it.
    Reserved,
    /// It is sold.
    Owned,
}

/// A number that was won for a purchase.
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
    /// What became of it.
    pub status: ReservationStatus,
}

/// What became of a reservation.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReservationStatus {
    /// It holds.
    Held,
    /// The number was ordered.
    Ordered,
    /// It was given back.
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
    /// How it stands.
    #[serde(flatten)]
    pub status: OrderStatus,
}

/// How a sold number stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum OrderStatus {
    /// It is the customer's.
    Active,
    /// It was given back.
    Released {
        /// When.
        released_at: Timestamp,
    },
}

/// A page where a customer can pay.
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
    /// How it stands.
    pub status: CheckoutStatus,
}

/// How a checkout stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutStatus {
    /// It can be paid.
    Open,
    /// It was paid.
    Paid,
    /// It was given up, or the payment was declined.
    Declined,
    /// Its time has run out.
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
    /// By one more on the subscription.
    Subscription,
    /// By one more line on the invoice.
    UsageInvoice,
    /// Into the wallet, or before the world began.
    Deposit,
}

/// Money that was given back.
#[derive(Clone, Debug, Serialize)]
pub struct Refund {
    /// The effect that gave it back.
    pub key: EffectId,
    /// The account.
    pub account: AccountId,
    /// How much.
    pub amount: Money,
    /// When.
    pub refunded_at: Timestamp,
}
