//! Stored quotes, so that a purchase can follow one.

use std::collections::VecDeque;

use ringup_core::{AccountId, Actor, Offers, PurchaseRequest, Quote, QuoteId, QuoteSeen, quote};
use ringup_numbering::WorldPlan;

use super::Session;

/// The most stored quotes per customer; the oldest are dropped.
const STORED_MAX: usize = 1000;

/// The most numbers in a search for a quote.
const OFFERS_MAX: usize = 50;

/// The stored quotes of one customer, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Quotes(VecDeque<StoredQuote>);

/// A quote with its request.
#[derive(Clone, Debug)]
pub struct StoredQuote {
    /// Its id.
    pub id: QuoteId,
    /// The request.
    pub request: PurchaseRequest,
    /// The quote.
    pub quote: Quote,
}

impl Quotes {
    /// The quote with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&StoredQuote> {
        self.0.iter().find(|stored| stored.id.as_str() == id)
    }

    fn store(&mut self, stored: StoredQuote) {
        // The same content at the same instant is the same quote.
        self.0.retain(|earlier| earlier.id != stored.id);
        self.0.push_back(stored);
        while STORED_MAX < self.0.len() {
            self.0.pop_front();
        }
    }
}

impl Session<'_> {
    /// Quotes a request: searches as [`Session::purchase`] would, and buys nothing.
    #[must_use]
    pub fn quote(&self, account: &AccountId, actor: &Actor, request: &PurchaseRequest) -> Option<Quote> {
        let customer = self.retailer.customers.get(account)?;
        let standing = customer.standing(actor, self.now())?;
        let asked = |offers: &Offers| quote(self.system.shop, &WorldPlan, &standing, offers, request, self.now());
        let mut offers = Offers { searches: customer.side.searches.clone() };
        let first = asked(&offers);
        let Some(selector) = first.selector.clone() else { return Some(first) };
        offers.searches.push(self.retailer.search(self.system.id, selector, OFFERS_MAX));
        Some(asked(&offers))
    }

    /// Quotes a request, and stores the quote under its id.
    pub fn store_quote(
        &mut self,
        account: &AccountId,
        actor: &Actor,
        request: &PurchaseRequest,
    ) -> Option<StoredQuote> {
        let quote = self.quote(account, actor, request)?;
        let stored = StoredQuote { id: quote.id(), request: request.clone(), quote };
        self.retailer.customers.get_mut(account)?.side.quotes.store(stored.clone());
        Some(stored)
    }

    /// The account's stored quote with this id.
    #[must_use]
    pub fn stored_quote(&self, account: &AccountId, id: &str) -> Option<&StoredQuote> {
        self.retailer.customers.get(account)?.side.quotes.find(id)
    }

    /// The `quote_seen` of a purchase that follows this quote. `None` if the id is malformed.
    #[must_use]
    pub fn quote_seen(&self, account: &AccountId, id: &str) -> Option<QuoteSeen> {
        let terms = self.stored_quote(account, id).map(|stored| stored.quote.terms());
        Some(QuoteSeen { id: id.parse().ok()?, terms })
    }
}
