//! What comes in as JSON, and how wrong data is answered. Nothing is ever thrown for it.

use ringup_core::{
    Diagnostic, DiagnosticCode, QuoteError, QuoteId, QuoteSeen, ReceivedQuote, Shop, ShopData, Timestamp,
};

/// A value, or everything that is wrong with the data.
pub(crate) type Answer<T> = Result<T, Vec<Diagnostic>>;

/// The same answer of data that are part of something larger.
pub(crate) fn within<T>(part: &str, answer: Answer<T>) -> Answer<T> {
    answer.map_err(|mistakes| mistakes.into_iter().map(|mistake| mistake.within(part)).collect())
}

/// The shop, if its parts agree.
pub(crate) fn checked(data: ShopData) -> Answer<Shop> {
    Shop::checked(data)
}

/// The quote as a purchase follows it, if it is the one of this id and has not expired.
pub(crate) fn verified(quote: ReceivedQuote, id: &QuoteId, now: Timestamp) -> Answer<QuoteSeen> {
    quote.verify(id, now).map_err(|error| {
        let (code, path, help) = match error {
            QuoteError::Altered { .. } => (
                DiagnosticCode::QuoteAltered,
                "",
                "give the quote as it was made, whole; if it is, this is the id of another one",
            ),
            QuoteError::Expired { .. } => (DiagnosticCode::QuoteExpired, "/expires_at", "ask for a new quote"),
        };
        vec![Diagnostic::new(code, path, error.to_string(), help)]
    })
}
