//! Tests that need more than one crate.

mod table;
