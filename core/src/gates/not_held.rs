//! A number that is not held: the one refusal of a command that is no purchase.

use alloc::vec::Vec;
use core::fmt;

use super::{Input, Refusal, Remedy};

/// The account holds no such number, or holds it no more.
pub(super) struct NotHeld;

impl Refusal for NotHeld {
    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, _: &Input<'_>, _: &mut Vec<Remedy>) {}
}

impl fmt::Display for NotHeld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this account holds no such number")
    }
}
