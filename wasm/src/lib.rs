//! `ringup-core` for other languages: it carries data in and the answer out, and holds no rule.
//!
//! With the feature `package` it is the module of the npm package `ringup`; with `bare` it is a module that speaks JSON.
//! Both import nothing, so that anyone can read off the binary that they see no clock, no network and no random number.

#[cfg(all(feature = "bare", target_arch = "wasm32"))]
pub mod abi;
#[cfg(feature = "bare")]
pub mod bytes;
#[cfg(feature = "package")]
pub mod package;

mod read;

/// The numbering plan, whose exports become this module's too.
#[cfg(feature = "package")]
pub use ringup_number_wasm as number;
