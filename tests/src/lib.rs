//! The tests are in `it/`. Here stand the examples of the README, so that they are compiled and run as well.
#![doc = include_str!("../../README.md")]
