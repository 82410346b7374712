//! What several packages of tests share; the tests are in `it/` and in the packages beside it. Here stand the examples of the
//! README, so that they are compiled and run as well.
#![doc = include_str!("../../README.md")]

pub mod scenario;
