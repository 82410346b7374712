//! What the retailer knows of the system that a customer speaks: its rules and its style, and nothing of its wire.

use std::fmt;

use ringup_core::{PurchaseId, Shop};

use crate::webhooks::Webhooks;

/// A system, as a customer's record carries it.
#[derive(Clone, Copy)]
pub struct System {
    /// Its stable name: the policy's id.
    pub id: &'static str,
    /// The shop that its policy, rate card and plans make.
    pub shop: &'static Shop,
    /// A purchase's name in its style, made of entropy that never repeats.
    pub purchase_id: fn(u128) -> PurchaseId,
    /// What it sends to those who listen; none, where nobody can.
    pub webhooks: Option<&'static dyn Webhooks>,
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
