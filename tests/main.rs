//! Tests that need more than one crate; `README.md` is the map.

mod conformance;
mod property;
mod stories;
mod tidy;
