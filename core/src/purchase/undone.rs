//! Everything is undone. The decision that did the last step ends the purchase as well, so no stored account rests here.

use super::{Failed, Failure, State};
use crate::event::PurchaseEvent;

/// Everything is undone.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Undone {
    /// Why.
    pub failure: Failure,
    /// Whether money was given back.
    pub refunded: bool,
}

impl Undone {
    pub(super) fn evolve(&self, event: &PurchaseEvent) -> Option<State> {
        if let PurchaseEvent::PurchaseFailed { failure, .. } = event {
            return Some(State::Failed(Failed { failure: failure.clone(), refunded: self.refunded }));
        }
        None
    }
}
