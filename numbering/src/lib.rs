//! Telephone numbers of the world: parsed once, carried as proof.
//!
//! [`E164`] promises the syntax of ITU-T E.164: `+`, then 7 to 15 digits, the first not zero; common separators are
//! skipped. [`PhoneNumber`] reads what people type and knows every country's numbering plan: whether such numbers
//! exist, their kind, their country and their formats.
//!
//! ```
//! use ringup_numbering::{NumberFormat, PhoneNumber};
//!
//! let number = PhoneNumber::parse("(404) 410-1672", "US".parse().ok())?;
//! assert!(number.is_valid());
//! assert_eq!(number.format(NumberFormat::E164), "+14044101672");
//! # Ok::<(), ringup_numbering::PhoneNumberError>(())
//! ```

// The derives of `describe`, which only tools turn on, need std.
#![cfg_attr(not(feature = "describe"), no_std)]
extern crate alloc;

mod e164;

mod calling_code;
mod country;
mod pattern;

mod kind;
mod phone_number;
mod reason;

mod as_you_type;
mod format;
mod parse;

mod digits;
mod plan;

pub use e164::{E164, NumberError};

pub use country::{Country, CountryError};
pub use pattern::{NumberPattern, PatternError};

pub use as_you_type::AsYouType;
pub use format::NumberFormat;
pub use kind::NumberKind;
pub use phone_number::{PhoneNumber, PhoneNumberError, Possibility};
pub use plan::{plan_countries, plan_has, plan_version};
pub use reason::NumberReason;

/// The example in the README of the package.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
