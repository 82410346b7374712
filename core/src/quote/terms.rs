//! Terms: what a quote promises to the purchase that follows it.

use alloc::boxed::Box;

use super::Quote;
use crate::market::seen::{QuoteSeen, QuoteTerms};

impl Quote {
    /// The quote as a purchase that follows it names it.
    #[must_use]
    pub fn seen(&self) -> QuoteSeen {
        QuoteSeen { id: self.id(), terms: Some(self.terms()) }
    }

    /// The terms that the quote promises.
    #[must_use]
    pub fn terms(&self) -> QuoteTerms {
        QuoteTerms {
            shop: self.shop.clone(),
            expires_at: self.expires_at,
            selector: self.selector.clone(),
            item: self.item.clone(),
            payment: self.payment,
            price: self.price.clone().map(Box::new),
        }
    }
}
