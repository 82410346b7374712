//! Telephone numbers of the world: parsed once, carried as proof.
//!
//! [`E164`] promises the syntax of ITU-T E.164 (a `+`, then 7 to 15 digits, the first not zero; separators that people
//! type are passed over). [`PhoneNumber`] reads more of what people type and knows every country's numbering plan:
//! whether there are such numbers, what for, whose they are and how they are written.
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

/// The example of the page that the registry shows.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
