//! Verification: whether a returned quote matches its id and has not expired, without a store of quotes.

use alloc::string::String;
use core::fmt;

use super::Quote;
use crate::base::canonical::encoded;
use crate::base::id::QuoteId;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::market::seen::QuoteSeen;

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

impl Quote {
    /// The quote as a purchase follows it, if it matches the id and has not expired.
    ///
    /// Anybody can compute the id of a text, so the id must be one that you stored or signed. An id that a client sends
    /// with the quote proves nothing. For JSON, call [`Quote::is_all_of`] first.
    ///
    /// # Errors
    /// The quote was altered or has expired.
    pub fn verify(&self, id: &QuoteId, now: Timestamp) -> Result<QuoteSeen, QuoteError> {
        let of_content = self.id();
        if of_content != *id {
            return Err(QuoteError::Altered { id: id.clone(), of_content });
        }
        if Window::until(self.expires_at).is_over(now) {
            return Err(QuoteError::Expired { expires_at: self.expires_at, now });
        }
        Ok(QuoteSeen { id: of_content, terms: Some(self.terms()) })
    }

    /// Whether the JSON that was read as this quote has exactly its members. Reading JSON accepts some additional or
    /// missing members, which the id does not cover.
    #[must_use]
    pub fn is_all_of(&self, received: &impl serde::Serialize) -> bool {
        let canonical = |written: Result<String, _>| written.ok();
        canonical(encoded(received)).is_some_and(|received| Some(received) == canonical(encoded(self)))
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
