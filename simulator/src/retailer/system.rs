//! What the retailer knows of the system that a customer speaks: its rules and its style, and nothing of its wire.

use std::fmt;

use ringup_core::{PurchaseId, Shop};

use crate::webhooks::Webhooks;

/// A system, as a customer's record carries it.
#[derive(Clone, Copy)]
pub struct System {
    /// Its stable name: the policy's id.
    pub id: &'static str,
    /// The path of its API below its name.
    pub base: &'static str,
    /// The shop that its policy, rate card and plans make.
    pub shop: &'static Shop,
    /// A purchase id in its format, made of unique entropy.
    pub purchase_id: fn(u128) -> PurchaseId,
    /// Its webhooks; `None` if it has none.
    pub webhooks: Option<&'static dyn Webhooks>,
}

impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
