//! Telephone numbers of the world: parsed once, carried as proof.
//!
//! [`E164`] promises the syntax of ITU-T E.164: `+`, then 7 to 15 digits, the first not zero; common separators are
//! skipped. [`NumberingPlan`] is a numbering plan as an argument, and [`NoNumberingPlan`] is the absence of one.
//!
//! The feature `plan` adds the plan of the world. [`PhoneNumber`] reads what people type and knows every country's
//! numbers: whether such numbers exist, their kind, their country and their formats. [`WorldPlan`] is the same plan as
//! an argument.
//!
#![cfg_attr(feature = "plan", doc = "```")]
#![cfg_attr(not(feature = "plan"), doc = "```ignore")]
//! use ringup_numbering::{NumberFormat, PhoneNumber};
//!
//! let number = PhoneNumber::parse("(404) 410-1672", "US".parse().ok())?;
//! assert!(number.is_valid());
//! assert_eq!(number.format(NumberFormat::E164), "+14044101672");
//! # Ok::<(), ringup_numbering::NumberError>(())
//! ```

// The derives of `describe`, which only tools turn on, need std.
#![cfg_attr(not(feature = "describe"), no_std)]
extern crate alloc;

mod calling_code;
mod country;
mod e164;
mod existence;
mod kind;
mod numbering_plan;
mod pattern;
mod possibility;

mod error;
mod reason;

#[cfg(feature = "plan")]
mod as_you_type;
#[cfg(feature = "plan")]
mod digits;
#[cfg(feature = "plan")]
mod format;
#[cfg(feature = "plan")]
mod parse;
#[cfg(feature = "plan")]
mod phone_number;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "plan")]
mod world_plan;

pub use country::{Country, CountryCodeError, CountryError};
pub use e164::E164;
pub use existence::{Existence, NumberShape};
pub use kind::NumberKind;
pub use numbering_plan::{NoNumberingPlan, NumberingPlan, ReadNumber};
pub use pattern::{NumberPattern, PatternError};
pub use possibility::Possibility;

pub use error::NumberError;
pub use reason::NumberReason;

#[cfg(feature = "plan")]
pub use as_you_type::AsYouType;
#[cfg(feature = "plan")]
pub use format::NumberFormat;
#[cfg(feature = "plan")]
pub use phone_number::PhoneNumber;
#[cfg(feature = "plan")]
pub use plan::{plan_countries, plan_has, plan_version};
#[cfg(feature = "plan")]
pub use world_plan::WorldPlan;

/// The example in the README of the package.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
