//! Tests that need more than one crate.

mod golden;
mod table;
mod tidy;
