//! The numbering plan for JavaScript: it carries texts in and answers out, and has no rules.
//!
//! One buffer for texts and one integer for everything short: `npm/src/phone-number.ts` is the other side. Nothing outlives a
//! call.

#![cfg_attr(all(feature = "alone", target_arch = "wasm32"), no_std)]

extern crate alloc;

mod answer;
mod texts;

#[cfg(target_arch = "wasm32")]
pub mod abi;
#[cfg(all(feature = "alone", target_arch = "wasm32"))]
mod alone;

pub use answer::answer;
pub use texts::{can_match, example, facts, read, shown};
