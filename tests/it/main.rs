//! Tests that need more than one crate.

mod conformance;
mod golden;
mod property;
mod table;
mod tidy;
mod webhooks;
