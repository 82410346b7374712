//! What several packages of tests share. `tests/README.md` says where the tests are.
//!
//! The examples of the README are here, so that they are compiled and run.
#![doc = include_str!("../../README.md")]

pub mod scenario;
