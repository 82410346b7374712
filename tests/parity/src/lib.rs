//! The test is in `tests/parity.rs`.
