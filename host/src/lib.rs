//! Hosts `ringup-core`: a backend's work around the core, as machines without I/O.
//!
//! [`Host::submit`] decides a command, in [`RequestStep`]s: load the account, search where the core asks for it, store by
//! expected version (and decide again when another writer was first), answer. [`Host::run_effects`], or what an answer leaves
//! to do, runs the account's pending effects in [`EffectStep`]s: run, store the outcome, and wait for the next wake-up.
//!
//! Each step has the methods for its own results: a `Load` takes an account, a `Run` an outcome. A driver runs the
//! steps. [`drive`](drive()) does so for a blocking [`Store`] and an [`Outside`]; an asynchronous driver is the
//! same loops with `.await`. The guide, with a store on SQLite, is `docs/hosting/README.md`.
//!
//! A process may stop between any two steps. A machine's state follows from the stored account, so
//! [`Host::wake_up`] continues from there.
//!
//! # Who acts
//!
//! - a [`Rejection`](ringup_core::Rejection) is the customer's,
//! - a [`Misuse`](ringup_core::Misuse) is the calling code's,
//! - a [`HostError`] is the host's own: its database is off, its decisions were stale, an account's history is broken.
//!
//! # Example
//!
//! ```
//! use ringup_core::*;
//! use ringup_host::*;
//! use ringup_numbering::WorldPlan;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let shop = Shop::new(serde_json::from_str(policies::VOBIZ)?)?;
//! let (id, now) = ("account-1".parse::<AccountId>()?, Timestamp::from_millis(1_774_432_800_000));
//! let mut memory = Memory::default();
//! memory.open(&Opening::new(id.clone(), CustomerTerms::new(shop::BillingKind::Prepaid)), now)?;
//!
//! // From a command to its answer.
//! let top_up = TopUp { id: "top-up-1".parse()?, actor: Actor::default(), money: Money::new(200_00, "INR".parse()?)? };
//! let mut step = Host::new(&shop, &WorldPlan).submit(id.clone(), top_up);
//! let (answer, rest) = loop {
//!     step = match step {
//!         RequestStep::Load(load) => {
//!             let account = memory.load(load.account(), load.needs())?;
//!             load.loaded(account, now)
//!         }
//!         RequestStep::Search(search) => search.found(vec![], 60, now),
//!         RequestStep::Store(store) => match memory.append(store.append())? {
//!             Appended::Stored => store.stored(),
//!             Appended::Stale => store.stale(),
//!         },
//!         RequestStep::Answer(answer, rest) => break (answer, rest),
//!     };
//! };
//! assert_eq!(answer, Ok(NamedAnswer::Noted));
//!
//! // What it leaves to do: here, nothing.
//! let EffectStep::Load(load) = rest.go_on(now) else { panic!("a top-up has no effects of its own") };
//! let account = memory.load(load.account(), load.needs())?;
//! let EffectStep::Wait(until) = load.loaded(account, now) else { panic!("nothing else is pending") };
//! assert_eq!(until, None);
//! assert_eq!(memory.stored(&id).unwrap().account.version(), 2);
//! # Ok(())
//! # }
//! ```
#![no_std]
extern crate alloc;

mod host;

mod command;
pub mod effects;
pub mod request;

mod append;
mod drive;
mod failure;
mod history;
mod memory;
mod status;

pub use append::Append;
pub use command::{AnyReply, HostedCommand, PurchaseReply};
pub use drive::{Appended, Found, Joined, Lease, Outside, Store, answer, drive, run};
pub use effects::{EffectStep, Rest};
pub use failure::{HostError, Unanswered};
pub use history::{HistoryError, StoredEvent, opening_events, replay};
pub use host::Host;
pub use memory::{Memory, Stored};
pub use request::RequestStep;
pub use status::PurchaseStatus;
