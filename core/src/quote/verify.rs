//! Verification: whether a returned quote matches its id and has not expired, without a store of quotes.

use alloc::boxed::Box;
use core::fmt;

use ringup_derive::Read;

use super::Quote;
use crate::base::id::QuoteId;
use crate::base::read::{Place, Read, Reader, Unread};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::market::price::Price;
use crate::market::seen::{Item, QuoteSeen, QuoteTerms};
use crate::market::selector::Selector;
use crate::terms::payment::PaymentMethod;
use crate::terms::version::ShopVersion;

/// A quote that came back as JSON: the id of all its members, and the terms that it promises. The reports and the fixes are
/// covered by the id, and not read.
///
/// # Example
///
/// ```
/// use ringup_core::{QuoteId, ReceivedQuote, Timestamp, read::read};
///
/// let json = br#"{
///     "shop": { "policy": "harbour", "policy_version": "1", "rate_card_version": "2026-01" },
///     "quoted_at": 0, "expires_at": 900000, "acceptable": true, "selector": null, "item": null, "payment": null,
///     "price": null, "fixes": [], "fixes_suffice": true, "gates": []
/// }"#;
/// let received: ReceivedQuote = read(json).expect("it is a quote");
/// let stored: QuoteId = "4638771e265ddca65dfcab31e469c81a08eda5d5ffbe06bc3438b689d3da8c10".parse()?;
/// assert!(received.verify(&stored, Timestamp::from_millis(899_999)).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReceivedQuote {
    id: QuoteId,
    terms: QuoteTerms,
}

/// The members of a quote, as far as they are read.
#[derive(Read)]
#[expect(dead_code, reason = "the id covers what is not read")]
#[serde(deny_unknown_fields)]
struct Members {
    shop: ShopVersion,
    quoted_at: Unread,
    expires_at: Timestamp,
    acceptable: Unread,
    selector: Option<Selector>,
    item: Option<Item>,
    payment: Option<PaymentMethod>,
    price: Option<Box<Price>>,
    fixes: Unread,
    fixes_suffice: Unread,
    fixes_cut_short: Option<Unread>,
    gates: Unread,
}

/// A member that is added to a quote is added above.
const _: fn(Quote) = |Quote {
                          shop: _,
                          quoted_at: _,
                          expires_at: _,
                          acceptable: _,
                          selector: _,
                          item: _,
                          payment: _,
                          price: _,
                          fixes: _,
                          fixes_suffice: _,
                          fixes_cut_short: _,
                          gates: _,
                      }| {};

impl Read for ReceivedQuote {
    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        let Members { shop, expires_at, selector, item, payment, price, .. } = Read::value(reader, place);
        let terms = QuoteTerms { shop, expires_at, selector, item, payment, price };
        Self { id: QuoteId::of_canonical(reader.canonical(place).as_bytes()), terms }
    }
}

/// Why a quote does not verify.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum QuoteError {
    /// The content does not match the id.
    Altered {
        /// The id that was given.
        id: QuoteId,
        /// The id of the content.
        of_content: QuoteId,
    },
    /// The quote has expired.
    Expired {
        /// The expiry of the quote.
        expires_at: Timestamp,
        /// The instant of the check.
        now: Timestamp,
    },
}

impl ReceivedQuote {
    /// The quote as a purchase follows it, if it matches the id and has not expired.
    ///
    /// Anybody can compute the id of a text, so the id must be one that you stored or signed. An id that a client sends
    /// with the quote proves nothing.
    ///
    /// # Errors
    /// The quote was altered or has expired.
    pub fn verify(self, id: &QuoteId, now: Timestamp) -> Result<QuoteSeen, QuoteError> {
        let Self { id: of_content, terms } = self;
        if of_content != *id {
            return Err(QuoteError::Altered { id: id.clone(), of_content });
        }
        if Window::until(terms.expires_at).is_over(now) {
            return Err(QuoteError::Expired { expires_at: terms.expires_at, now });
        }
        Ok(QuoteSeen { id: of_content, terms: Some(terms) })
    }
}

impl Quote {
    /// The same of a quote that was not JSON in between.
    ///
    /// # Errors
    /// The quote was altered or has expired.
    pub fn verify(&self, id: &QuoteId, now: Timestamp) -> Result<QuoteSeen, QuoteError> {
        ReceivedQuote { id: self.id(), terms: self.terms() }.verify(id, now)
    }
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered { id, .. } => write!(f, "this is not what the quote `{id}` says"),
            Self::Expired { .. } => f.write_str("the quote's time is over"),
        }
    }
}

impl core::error::Error for QuoteError {}
