//! The world behind the retailer: a carrier's inventory, a payment provider and a clock, as small records with names.
//!
//! A step reads and writes named records; there is no other state. From them an auditor without the core and the retailer can
//! check that no number was sold twice, that every effect was done once, and that the money adds up.

mod carrier;
mod case;
pub mod chance;
mod clock;
mod delivery;
mod payment;
mod record;
mod stock;
mod suspension;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ringup_core::effect::EffectKind;
use ringup_core::{AccountId, CheckoutId, E164, EffectId, PurchaseId, Timestamp};
use serde::Serialize;

pub use carrier::Found;
pub use case::{CaseFile, CaseStatus, Document, KycCase};
pub use clock::{Clock, ClockMode, END};
pub use delivery::{
    Attempt, AttemptOutcome, Delivery, DeliveryId, DeliveryStatus, Endpoint, EndpointId, EndpointSettings, Secret,
};
pub use record::{
    Charge, ChargeMethod, Checkout, CheckoutStatus, Order, OrderStatus, Owner, OwnerStatus, Refund, Reservation,
    ReservationStatus,
};
pub use stock::{NotOffered, Stock, StockNumber};
pub use suspension::Suspension;

/// An answer of the carrier or the payment provider: done, or the reason of the refusal.
pub type Reply<T> = Result<T, String>;

/// How long the pre-verification of a number takes, in seconds. `PUT /_sim/verification` changes it.
const VERIFICATION_S: u32 = 30;

/// All records, by kind and name.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    seed: u64,
    pub(crate) clock: Clock,
    // What can be sold at all. Who owns a number is a record of its own.
    #[serde(skip)]
    stock: Arc<Stock>,
    owners: BTreeMap<E164, Owner>,
    reservations: BTreeMap<EffectId, Reservation>,
    orders: BTreeMap<EffectId, Order>,
    checkouts: BTreeMap<CheckoutId, Checkout>,
    // Sessions that were paid or declined, and of which the shop has not yet acknowledged to have heard.
    unacknowledged: BTreeSet<CheckoutId>,
    charges: BTreeMap<String, Charge>,
    refunds: BTreeMap<EffectId, Refund>,
    // Each a set of purchases: its quantity is its size, never a counter that is read, changed and written.
    subscriptions: BTreeMap<AccountId, Vec<PurchaseId>>,
    invoices: BTreeMap<AccountId, Vec<PurchaseId>>,
    // The customers whose card the payment provider declines.
    declined_cards: BTreeSet<AccountId>,
    suspensions: BTreeMap<PurchaseId, Suspension>,
    // How long the pre-verification of a number takes.
    verification_s: u32,
    cases: BTreeMap<PurchaseId, KycCase>,
    documents: BTreeMap<String, Document>,
    endpoints: BTreeMap<EndpointId, Endpoint>,
    deliveries: BTreeMap<DeliveryId, Delivery>,
}

impl World {
    /// A new world without purchases.
    #[must_use]
    pub fn new(seed: u64, clock: Clock, stock: Arc<Stock>) -> Self {
        Self {
            seed,
            clock,
            stock,
            owners: BTreeMap::new(),
            reservations: BTreeMap::new(),
            orders: BTreeMap::new(),
            checkouts: BTreeMap::new(),
            unacknowledged: BTreeSet::new(),
            charges: BTreeMap::new(),
            refunds: BTreeMap::new(),
            subscriptions: BTreeMap::new(),
            invoices: BTreeMap::new(),
            declined_cards: BTreeSet::new(),
            suspensions: BTreeMap::new(),
            verification_s: VERIFICATION_S,
            cases: BTreeMap::new(),
            documents: BTreeMap::new(),
            endpoints: BTreeMap::new(),
            deliveries: BTreeMap::new(),
        }
    }

    /// The seed of its random values.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// How long the pre-verification of a number takes, in seconds. Zero: it succeeds at once.
    #[must_use]
    pub const fn verification_s(&self) -> u32 {
        self.verification_s
    }

    pub(crate) const fn set_verification_s(&mut self, seconds: u32) {
        self.verification_s = seconds;
    }

    /// Its instant.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether this effect has been done.
    #[must_use]
    pub fn has_done(&self, key: &EffectId) -> bool {
        self.reservations.contains_key(key)
            || self.orders.contains_key(key)
            || self.charges.contains_key(&key.to_string())
            || self.refunds.contains_key(key)
            || self.checkouts.values().any(|checkout| checkout.key == *key)
    }

    /// The owners of numbers that are not free.
    pub fn owners(&self) -> impl Iterator<Item = (&E164, &Owner)> {
        self.owners.iter()
    }

    /// Every reservation that was ever made, by the effect that made it.
    pub fn reservations(&self) -> impl Iterator<Item = &Reservation> {
        self.reservations.values()
    }

    /// Every order that the carrier ever took, by the effect that placed it.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values()
    }

    /// Every checkout session.
    pub fn checkouts(&self) -> impl Iterator<Item = &Checkout> {
        self.checkouts.values()
    }

    /// All payments.
    pub fn charges(&self) -> impl Iterator<Item = &Charge> {
        self.charges.values()
    }

    /// All refunds.
    pub fn refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.values()
    }

    /// The purchases that a customer's subscription pays for: its quantity is their number.
    #[must_use]
    pub fn subscription(&self, account: &AccountId) -> &[PurchaseId] {
        self.subscriptions.get(account).map_or(&[], Vec::as_slice)
    }

    /// The purchases on a customer's open invoice.
    #[must_use]
    pub fn invoice(&self, account: &AccountId) -> &[PurchaseId] {
        self.invoices.get(account).map_or(&[], Vec::as_slice)
    }
}

/// The name of the one effect of this kind that a purchase has.
pub(crate) fn effect(purchase: &PurchaseId, kind: EffectKind) -> EffectId {
    EffectId { purchase: purchase.clone(), kind, asking: 0 }
}
