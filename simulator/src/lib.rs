//! A carrier simulator: one neutral world, many dialects.

pub mod dialect;
pub mod http;
pub mod retailer;
