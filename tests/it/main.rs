//! Tests that need more than one crate.

mod conformance;
mod golden;
mod table;
mod tidy;
