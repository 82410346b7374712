//! Tests that need more than one crate.

mod advice;
mod conformance;
mod golden;
mod kyc;
mod price;
mod property;
mod stage;
mod table;
mod tidy;
mod webhooks;
