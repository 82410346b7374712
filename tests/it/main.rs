//! Tests that need more than one crate.

mod conformance;
mod documents;
mod floors;
mod kyc;
mod property;
mod stage;
mod tidy;
mod webhooks;
