//! Decides and prices the purchase of phone numbers.
//!
//! A purchase of a phone number is dangerous. It cannot be undone, because carriers do not refund. Its item has one
//! owner in the world. The carrier's reply may be lost, and then nobody knows whether the number was bought. Everything
//! here follows from these three: prices are agreed before anything is ordered, an order is repeated under one id only,
//! and a lost reply is queried, never guessed. `docs/glossary.md` in the repository has the words.
//!
//! The core is a function: the same shop, account, facts, command and `now` always give the same decision, on every
//! machine. Time, identifiers and prices come in as arguments; searching, charging and ordering go out as effects.
//!
//! - [`quote`] prices a request and judges every [`Gate`] at once, each with its fix.
//! - [`explain`] tells why: every rule, the figures it compared, and the deciding field of the policy.
//! - [`decide`] returns the events to store and the answer. It changes nothing. [`explain_decision`] explains it from
//!   the same arguments.
//! - [`evolve`] applies an event. It has no rule, and on error the account is unchanged.
//! - [`owed`] lists the pending effects, and [`due`] the instant of the next wake-up. Both follow from the account
//!   alone, so a restart needs no other memory.
//!
//! # What the host promises
//!
//! 1. It stores a decision's events together or not at all, and only on the account version that the decision names.
//! 2. It runs every pending effect at least once, passes its [`EffectId`] on as the idempotency key, and reports the
//!    outcome by [`RecordOutcome`]. A lost reply is [`Outcome::Unknown`], never a refusal.
//! 3. It sends [`WakeUp`] at [`due`]; early, late or repeated is harmless.
//!
//! # Who acts
//!
//! There is one type for each party that must act, and none stands in for another:
//!
//! - a [`Rejection`] is for the customer. Only gates give one, so only a purchase gets one.
//! - a [`Misuse`] is for the host: it names a number that is not held, or uses a purchase id twice.
//! - an [`Outcome::Declined`] is from the carrier or the payment provider.
//! - a [`BrokenHistory`] is about stored data that could not have happened.
//!
//! # What the core promises in return
//!
//! One effect per purchase, however often a request, an effect or an outcome is repeated, and wherever the host stops.
//! Nothing is refunded or bought again without evidence. The books balance at every event.
//!
//! # A purchase
//!
//! ```
//! use ringup_core::*;
//! use ringup_numbering::WorldPlan;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The shop: rules, prices and plans, as data.
//! let shop = Shop::new(serde_json::from_str(policies::VOBIZ)?)?;
//! // The customer: a wallet with 200.00 INR.
//! let mut account = Account::open(&Opening {
//!     holders: vec!["MA_1".parse()?],
//!     wallet: vec![Money::new(200_00, "INR".parse()?)?],
//!     ..Opening::new("account-1".parse()?, CustomerTerms::new(shop::BillingKind::Prepaid))
//! })?;
//! let actor = Actor::default();
//! let request = PurchaseRequest {
//!     holder: Some("MA_1".into()),
//!     number: Some("+91 98765 43210".into()),
//!     ..PurchaseRequest::default()
//! };
//!
//! // The facts do not say yet whether the number is for sale: quote and decision both need a search.
//! let now = Timestamp::from_millis(1_774_432_800_000);
//! let command = MakePurchase { id: "purchase-1".parse()?, actor: actor.clone(), request: request.clone() };
//! let decided = decide(&shop, &WorldPlan, &account, &Offers::default(), &command, now)?;
//! let Decided::Search { selector } = decided else { unreachable!() };
//!
//! // The host searches, and asks again.
//! let offer = OfferedNumber {
//!     number: "+919876543210".parse()?,
//!     inventory_id: "inv-1".parse()?,
//!     country: "IN".parse()?,
//!     region: "Karnataka".into(),
//!     number_type: NumberType::Mobile,
//!     capabilities: Capabilities { voice: true, ..Capabilities::default() },
//!     prices: vec![OfferedPrice {
//!         setup_fee: Money::new(100_00, "INR".parse()?)?,
//!         monthly_fee: Money::new(1_00, "INR".parse()?)?,
//!         yearly_fee: None,
//!     }],
//!     minimum_commitment_months: 0,
//! };
//! let found = Search { selector, seen_at: now, expires_at: now.plus_seconds(60), numbers: vec![offer.clone()] };
//! let offers = Offers { searches: vec![found] };
//! let standing = account.standing(&shop, &actor, now).expect("everything is loaded");
//! let quote = quote(&shop, &WorldPlan, &standing, &offers, &request, now);
//! assert!(quote.acceptable);
//! assert_eq!(quote.price.unwrap().due_now.to_string(), "101.00 INR");
//!
//! let decision = decide(&shop, &WorldPlan, &account, &offers, &command, now)?.decision().unwrap();
//! apply(&mut account, &decision)?;
//!
//! // The host runs the pending effects until there are none. Here the reservation and the order succeed.
//! while let Some(effect) = account.owed().into_iter().next() {
//!     let confirmation = match effect.action {
//!         Action::Reserve { .. } => Confirmation::Reserved { offer: offer.clone() },
//!         _ => Confirmation::Done,
//!     };
//!     let outcome = RecordOutcome { effect: effect.id, outcome: Outcome::Confirmed { confirmation } };
//!     let decision = decide(&shop, &WorldPlan, &account, &offers, &outcome, now)?.decision().unwrap();
//!     apply(&mut account, &decision)?;
//! }
//! let held = account.numbers().next().unwrap();
//! assert_eq!(held.number.to_string(), "+919876543210");
//! # Ok(())
//! # }
//! ```
// The derives of `describe`, which only tools turn on, need std.
#![cfg_attr(not(feature = "describe"), no_std)]
// The templates are beside the rules, even in a build that writes no sentences.
#![cfg_attr(not(feature = "sentences"), allow(dead_code, reason = "nobody asks for sentences"))]
extern crate alloc;
// What `#[data]` makes names the crate as others do.
extern crate self as ringup_core;

#[macro_use]
mod planted;

// The floors, from the ground up: a file imports from its own floor and from lower ones.
mod base;
pub mod policies;

mod terms;

mod market;

mod account;
pub mod ledger;

mod price;

pub mod gates;

pub mod shop;

mod quote;

mod command;
pub mod effect;
mod event;
mod history;
pub mod purchase;
mod records;

mod decide;
mod evolve;
mod explain;

#[cfg(test)]
#[path = "../../tests/exhaustive/mod.rs"]
mod exhaustive;

pub use account::counts::Counts;
pub use account::key::{Fingerprint, IdempotencyKey, KeyRecord};
pub use account::standing::{
    Actor, CustomerTerms, HeldCounts, InFlight, Move, MoveKind, PendingCounts, PeriodSpend, ReleasableNumber, Standing,
};
pub use account::verification::{KycFinding, Verification};
pub use account::windows::WindowRules;
pub use base::diagnostic::{Diagnostic, DiagnosticCode, InputFailure};
pub use base::id::{
    AccountId, CheckoutId, CommandId, HolderId, IdentifierError, InventoryId, PapersId, PlanId, PurchaseId, QuoteId,
};
pub use base::kyc::{Kyc, KycStatus};
pub use base::map::Map;
pub use base::money::{Currency, Decimals, Money, MoneyError, Rounding, UnknownCurrency};
pub use base::percent::{NotAPercentage, Percent};
pub use base::read;
pub use base::role::Role;
pub use base::time_zone::{TimeZone, Transition};
pub use base::timestamp::Timestamp;
pub use base::write;
pub use base::{pointer, words};
pub use command::{
    AnyCommand, CancelRelease, ChangeTerms, EndKycWait, MakePurchase, RecordCheckoutDeclined, RecordCheckoutPaid,
    RecordOutcome, RecordUse, RecordVerification, ReleaseNumber, ResolvePurchase, SetHolder, TopUp, TransferNumber,
    WakeUp,
};
pub use decide::{
    AnyAnswer, Command, Decided, Decision, Misuse, NamedAnswer, Noted, PurchaseAnswer, PurchaseError, decide,
};
pub use effect::{Action, Confirmation, Effect, EffectId, Finding, Outcome};
pub use event::{
    AccountEvent, EVENT_FORMAT, Event, EvidenceEvent, NumberEvent, PaymentEvent, PurchaseEvent, RenewalEvent,
};
pub use evolve::{NotApplied, Opening, apply, evolve};
pub use explain::{ExplainedRule, Explanation, explain, explain_decision};
pub use gates::limits::LimitScope;
pub use gates::pace::Pace;
pub use gates::price::difference::{Changed, QuoteDifference};
pub use gates::stock::Mismatch;
pub use gates::stock::existence::Nonexistence;
pub use gates::{
    Correction, CountryChoice, DecidingField, Evidence, Fact, Family, Gate, Rejection, Remedy, RoleTask, Verdict,
    WaitReason,
};
pub use history::{BrokenHistory, Contradiction};
pub use market::field_problem::FieldProblem;
pub use market::offers::{OfferedNumber, OfferedPrice, Offers, Search};
pub use market::price::{
    ChargeKind, FirstPeriod, Introductory, IntroductoryFee, Price, PriceLine, PriceOutline, PricePart,
};
pub use market::request::PurchaseRequest;
pub use market::seen::{Item, PriceSeen, QuoteSeen, QuoteTerms};
pub use market::selector::Selector;
#[cfg(planted)]
pub use planted::{FAULTS, plant};
pub use price::basis::{PriceBasis, RateConditions};
pub use price::difference::{PriceDifference, PriceField};
pub use purchase::Purchase;
pub use quote::{GateFix, GateReport, GateStatus, Quote, QuoteError, ReceivedQuote, quote};
pub use records::{
    ACCOUNT_FORMAT, Account, Asked, Commitment, Head, HeldNumber, HeldStatus, Holder, ImportedNumber,
    IntroductoryCharge, InventoryNumber, List, NamedCommand, Need, NumberName, Owner, Record, RecordId,
    RecurringCharge, Renewal, UnknownRecord, UnpaidFee, due, owed,
};
pub use ringup_numbering::{
    Country, CountryCodeError, CountryError, E164, Existence, NoNumberingPlan, NumberError, NumberKind, NumberPattern,
    NumberReason, NumberShape, NumberingPlan, PatternError, Possibility, ReadNumber,
};
pub use shop::{Shop, ShopData};
pub use terms::capabilities::Capabilities;
pub use terms::number_type::NumberType;
pub use terms::version::ShopVersion;
