//! Decides and prices the purchase of phone numbers.
//!
//! A purchase of a phone number is dangerous: it cannot be taken back (carriers do not refund), its item has one owner in
//! the whole world, and the carrier's reply may be lost, so that nobody knows for a while whether it was bought. From these
//! three everything here follows: prices are agreed before anything is ordered, an order is repeated under one name only,
//! and a lost reply is asked about, never guessed. `docs/glossary.md` in the repository has the words.
//!
//! The core is a function: the same shop, account, facts, command and `now` give the same decision, on every machine, for
//! ever. Time, identifiers and prices come in as arguments; searching, charging and ordering go out as effects.
//!
//! - [`quote`] prices a request and judges every [`Gate`] at once, each with its fix.
//! - [`explain`] says why: every rule, what it compared, and the field of the policy that decided.
//! - [`decide`] looks and answers: events to store, or why there are none. It changes nothing. [`explain_decision`] says why,
//!   given the same.
//! - [`evolve`] applies an event. It holds no rule, and on error the account is as before.
//! - [`owed`] lists the effects that the host must run, [`due`] the instant at which it must look again. Both follow from
//!   the account alone, so that a restart needs no other memory.
//!
//! # What the host promises
//!
//! 1. It stores a decision's events together or not at all, and only on the account version that the decision names.
//! 2. It runs every owed effect at least once, hands its [`EffectId`] on as the idempotency key, and reports how it ended
//!    by [`RecordOutcome`]. What it does not know it reports as [`Outcome::Unknown`], never as a refusal.
//! 3. It sends [`WakeUp`] at [`due`]; early, late or repeated is harmless.
//!
//! # Who acts
//!
//! An error is told by who must act on it, and none stands in for another:
//!
//! - a [`Rejection`] is the customer's. Only a gate gives one, so only a purchase gets one.
//! - a [`Misuse`] is the host's: it names a number that is not held, or draws a purchase's name twice.
//! - an [`Outcome::Declined`] is the carrier's or the payment provider's.
//! - a [`BrokenHistory`] is our data's: what was stored could not have happened.
//!
//! # What the core promises in return
//!
//! One effect for one purchase, however often a request, an effect or an outcome is repeated, and wherever the host is
//! stopped. No path refunds or buys again without evidence. The books balance at every event.
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
//! let terms = CustomerTerms {
//!     holders: vec!["MA_1".parse()?],
//!     ..CustomerTerms::new(shop::BillingKind::Prepaid)
//! };
//! let wallet = [Money::new(200_00, "INR".parse()?)?];
//! let mut account = Account::open("account-1".parse()?, terms, &wallet, vec![])?;
//! let actor = Actor::default();
//! let request = PurchaseRequest {
//!     holder: Some("MA_1".into()),
//!     number: Some("+91 98765 43210".into()),
//!     ..PurchaseRequest::default()
//! };
//!
//! // Nobody has looked yet whether the number is for sale: the quote waits for that fact, and so does the decision.
//! let now = Timestamp::from_millis(1_774_432_800_000);
//! let command = MakePurchase { id: "purchase-1".parse()?, actor: actor.clone(), request: request.clone() };
//! let decision = decide(&shop, &WorldPlan, &account, &Offers::default(), &command, now)?;
//! let PurchaseAnswer::SearchFirst { selector } = decision.answer else { unreachable!() };
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
//! let quote = quote(&shop, &WorldPlan, &account.standing(&shop, &actor, now), &offers, &request, now);
//! assert!(quote.acceptable);
//! assert_eq!(quote.price.unwrap().due_now.to_string(), "101.00 INR");
//!
//! for event in decide(&shop, &WorldPlan, &account, &offers, &command, now)?.events {
//!     evolve(&mut account, &event)?;
//! }
//!
//! // The host runs what is owed, until nothing is: here, reserving and then ordering both succeed.
//! while let Some(effect) = owed(&account).into_iter().next() {
//!     let confirmation = match effect.action {
//!         Action::Reserve { .. } => Confirmation::Reserved { offer: offer.clone() },
//!         _ => Confirmation::Done,
//!     };
//!     let outcome = RecordOutcome { effect: effect.id, outcome: Outcome::Confirmed { confirmation } };
//!     for event in decide(&shop, &WorldPlan, &account, &offers, &outcome, now)?.events {
//!         evolve(&mut account, &event)?;
//!     }
//! }
//! let held = account.numbers().next().unwrap();
//! assert_eq!(held.offer.number.to_string(), "+919876543210");
//! # Ok(())
//! # }
//! ```
// The derives of `describe`, which only tools turn on, need std.
#![cfg_attr(not(feature = "describe"), no_std)]
// The templates stand beside the rules whether or not anybody can ask for their sentences.
#![cfg_attr(not(feature = "sentences"), allow(dead_code, reason = "nobody asks for sentences"))]
extern crate alloc;
// What `#[data]` makes names the crate as others do.
extern crate self as ringup_core;

// The floors, from the ground up: a file imports from its own floor and from those below it.
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

pub use account::key::{Fingerprint, IdempotencyKey, KeyRecord};
pub use account::standing::{Actor, CustomerTerms, HeldCounts, InFlight, Move, MoveKind, Standing};
pub use base::diagnostic::{Diagnostic, DiagnosticCode, InputFailure};
pub use base::id::{AccountId, CheckoutId, HolderId, IdentifierError, InventoryId, PlanId, PurchaseId, QuoteId};
pub use base::kyc::{Kyc, KycStatus};
pub use base::money::{Currency, Decimals, Money, MoneyError, Rounding, UnknownCurrency};
pub use base::read;
pub use base::role::Role;
pub use base::timestamp::Timestamp;
pub use base::{pointer, words};
pub use command::{
    AnyCommand, ChangeTerms, Finding, MakePurchase, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome,
    ReleaseNumber, ResolvePurchase, TopUp, WakeUp,
};
pub use decide::{AnyAnswer, Command, Decision, Misuse, Noted, PurchaseAnswer, PurchaseError, decide, due, owed};
pub use effect::{Action, Confirmation, Effect, EffectId, Outcome};
pub use event::{AccountEvent, EVENT_FORMAT, Event, NumberEvent, PurchaseEvent, RecordId};
pub use evolve::evolve;
pub use explain::{ExplainedRule, Explanation, Verdict, explain, explain_decision};
pub use gates::limits::LimitScope;
pub use gates::pace::Pace;
pub use gates::price::difference::{Changed, QuoteDifference};
pub use gates::stock::Mismatch;
pub use gates::{
    Correction, CountryChoice, DecidingField, Evidence, Fact, Family, Gate, Rejection, Remedy, RoleTask, WaitReason,
};
pub use history::{BrokenHistory, Contradiction};
pub use market::field_problem::FieldProblem;
pub use market::offers::{OfferedNumber, OfferedPrice, Offers, Search};
pub use market::price::{
    ChargeKind, FirstPeriod, Introductory, IntroductoryFee, Price, PriceLine, PriceOutline, PricePart,
};
pub use market::request::PurchaseRequest;
pub use market::seen::{Item, PriceSeen, QuoteSeen, QuoteTerms, QuotedPrice};
pub use market::selector::Selector;
pub use price::difference::{PriceDifference, PriceField};
pub use purchase::Purchase;
pub use quote::QuoteError;
pub use quote::{GateFix, GateReport, GateStatus, Quote, quote};
pub use records::{ACCOUNT_FORMAT, Account, HeldNumber, HeldStatus};
pub use ringup_numbering::{
    Country, CountryError, E164, NoNumberingPlan, NumberError, NumberKind, NumberPattern, NumberReason, NumberingPlan,
    PatternError, Possibility, ReadNumber,
};
pub use shop::{Shop, ShopData};
pub use terms::capabilities::Capabilities;
pub use terms::number_type::NumberType;
pub use terms::version::ShopVersion;
