//! Held counts: updated with every number that is activated or released.

use super::HeldNumber;
use crate::account::standing::{CustomerTerms, HeldCounts};

impl HeldCounts {
    /// The counts of these numbers.
    pub(super) fn of<'a>(numbers: impl Iterator<Item = &'a HeldNumber>, terms: &CustomerTerms) -> Self {
        let mut counts = Self::default();
        for number in numbers.filter(|number| !number.is_released()) {
            counts.add(number, terms);
        }
        counts
    }

    /// Counts an activated number.
    pub(super) fn add(&mut self, number: &HeldNumber, terms: &CustomerTerms) {
        if number.is_subscribed() {
            self.subscribed = self.subscribed.saturating_add(1);
        }
        self.each(number, terms, |count| *count = count.saturating_add(1));
    }

    /// Removes a released number. Its subscription was removed when its charges ended.
    pub(crate) fn remove(&mut self, number: &HeldNumber, terms: &CustomerTerms) {
        self.each(number, terms, |count| *count = count.saturating_sub(1));
        self.by_country.retain(|_, count| 0 < *count);
        self.by_type.retain(|_, count| 0 < *count);
        self.by_holder.retain(|_, count| 0 < *count);
    }

    /// Changes each count that includes the number.
    fn each(&mut self, number: &HeldNumber, terms: &CustomerTerms, change: impl Fn(&mut u32)) {
        if let Some(holder) = &number.holder {
            self.by_holder.change(holder.clone(), &change);
            if terms.uncounted_holders.contains(holder) {
                return;
            }
        }
        change(&mut self.total);
        self.by_country.change(number.country, &change);
        self.by_type.change(number.number_type, &change);
    }
}
