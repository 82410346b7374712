//! Numbers that work no more, for now: the carrier has blocked them, or the customer has not paid.

use ringup_core::{PurchaseId, Timestamp};
use serde::Serialize;

use super::World;

/// A number that works no more, for now.
#[derive(Clone, Debug, Serialize)]
pub struct Suspension {
    /// The number, by the purchase that bought it.
    pub number: PurchaseId,
    /// Why, in a word or a sentence.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

impl World {
    /// Suspends a number; whether it was not suspended before.
    pub(crate) fn suspend(&mut self, number: &PurchaseId, reason: &str) -> bool {
        let suspension = Suspension { number: number.clone(), reason: reason.into(), since: self.now() };
        let is_new = !self.suspensions.contains_key(number);
        self.suspensions.entry(number.clone()).or_insert(suspension);
        is_new
    }

    /// Ends a suspension; whether there was one.
    pub(crate) fn reactivate(&mut self, number: &PurchaseId) -> bool {
        self.suspensions.remove(number).is_some()
    }

    /// How a number is suspended, if it is.
    #[must_use]
    pub fn suspension(&self, number: &PurchaseId) -> Option<&Suspension> {
        self.suspensions.get(number)
    }
}
