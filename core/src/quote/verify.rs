//! Verification: whether a quote that comes back is the one of a name, and still holds, without a store of quotes.

use alloc::string::String;
use core::fmt;

use super::Quote;
use crate::base::canonical::encoded;
use crate::base::id::QuoteId;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::market::seen::QuoteSeen;

/// Why a quote is not to be followed under a name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum QuoteError {
    /// It does not say what the quote of this name says.
    Altered {
        /// The name that was given.
        id: QuoteId,
        /// The name of what it says.
        of_content: QuoteId,
    },
    /// Its time is over.
    Expired {
        /// When it was.
        expires_at: Timestamp,
        /// The instant of the question.
        now: Timestamp,
    },
}

impl Quote {
    /// The quote as a purchase follows it, if it is the one of this name and its time is not over.
    ///
    /// Anybody can name what they have written, so the name must be one that you have kept or signed: from a client that
    /// sends quote and name together this proves nothing. Of JSON, ask [`Quote::is_all_of`] first.
    ///
    /// # Errors
    /// It was altered, or has expired.
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

    /// Whether JSON that was read as this quote says all of it and nothing besides. Not every member that is too much, or
    /// left out, is refused when JSON is read; but it is not in the id.
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
