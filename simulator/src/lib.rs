//! A carrier simulator: one neutral world, many dialects.
//!
//! [`Simulation`] is the whole of it as one value: a request goes in, a response comes out. [`Worlds`] are several of them side
//! by side. The program `ringup` (`cli/`) puts them behind HTTP.

pub mod checkout;
pub mod control;
pub mod dialect;
pub mod dialects;
pub mod fault;
pub mod http;
pub mod journal;
pub mod kit;
pub mod nearest;
pub mod place;
mod problem;
pub mod reader;
pub mod retailer;
pub mod router;
pub mod simulation;
pub mod unreadable;
pub mod webhooks;
pub mod wire;
pub mod world;
pub mod worlds;

pub use simulation::{Config, Simulation};
pub use worlds::{WorldName, Worlds};

/// The README's example, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
