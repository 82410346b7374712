//! Decides and prices the purchase of phone numbers.
#![no_std]
extern crate alloc;
