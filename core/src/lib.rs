//! Decides and prices the purchase of phone numbers.
// The derives of `describe`, which only tools turn on, need std.
#![cfg_attr(not(feature = "describe"), no_std)]
extern crate alloc;

mod account;
mod command;
mod decide;
pub mod effect;
mod event;
mod evolve;
pub mod gate;
mod id;
pub mod ledger;
mod money;
mod number;
mod offers;
pub mod policies;
mod price;
pub mod purchase;
mod quote;
mod request;
pub mod shop;
mod timestamp;

pub use account::{
    ACCOUNT_FORMAT, Account, Actor, CustomerTerms, Fingerprint, HeldCounts, HeldNumber, HeldStatus, IdempotencyKey,
    InFlight, KeyRecord, Standing,
};
pub use command::{Command, Finding};
pub use decide::{Answer, Decision, decide, due, owed};
pub use effect::{Action, Confirmation, Effect, EffectId, Outcome};
pub use event::{EVENT_FORMAT, Event, RecordId};
pub use evolve::{BrokenHistory, evolve};
pub use gate::{Evidence, Fact, Fix, Gate, GateReport, GateStatus, Rejection, Remedy};
pub use id::{AccountId, CheckoutId, HolderId, IdentifierError, InventoryId, PlanId, PurchaseId};
pub use money::{Currency, Money, MoneyError, UnknownCurrency};
pub use number::{Country, CountryError, E164, NumberError, NumberPattern, PatternError};
pub use offers::{OfferedNumber, OfferedPrice, Offers, Search};
pub use price::{ChargeKind, Price, PriceLine};
pub use purchase::Purchase;
pub use quote::{Item, Quote, quote};
pub use request::{PurchaseRequest, Selector};
pub use shop::{Capabilities, NumberType, Shop, ShopData, ShopError, ShopVersion};
pub use timestamp::Timestamp;

/// The largest integer that is the same number in JSON and JavaScript: 2⁵³ − 1.
pub(crate) const INTEGER_MAX: i64 = 9_007_199_254_740_991;
