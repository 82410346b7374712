//! `ringup-core` for other languages: it carries data in and the answer out, and holds no rule.
//!
//! With the feature `bindgen` it is the npm package `ringup`; with `bare` it is a module that imports nothing, so that
//! anyone can read off the binary that it sees no clock, no network and no random number.

#[cfg(all(feature = "bare", target_arch = "wasm32"))]
pub mod abi;
#[cfg(feature = "bindgen")]
pub mod handles;
#[cfg(feature = "bindgen")]
mod javascript;

#[cfg(feature = "bare")]
pub mod bytes;
mod failure;
mod read;
mod verify;

/// The numbering plan, whose exports become this module's too.
#[cfg(feature = "bindgen")]
pub use ringup_number_wasm as number;

pub use failure::{InputError, InputFailure};
