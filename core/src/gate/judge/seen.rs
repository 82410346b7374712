//! What the person saw: a quote, a price, or both. The purchase is refused where it is not so now.

use alloc::{format, vec};

use super::{Case, Judged, NOT_APPLICABLE, fix};
use crate::gate::{Evidence, Rejection, Remedy};
use crate::{PriceSeen, QuoteDifference, QuoteSeen};

pub(super) fn judge(case: &Case<'_>) -> Judged {
    let by_quote = case.request.typed.quote_seen.as_ref().map(|seen| by_quote(case, seen));
    match (by_quote, case.request.typed.price_seen) {
        (Some(Judged::Passed(_)) | None, Some(seen)) => by_price(case, seen),
        (Some(judged), _) => judged,
        (None, None) => NOT_APPLICABLE,
    }
}

fn by_quote(case: &Case<'_>, seen: &QuoteSeen) -> Judged {
    let id = seen.id.clone();
    let refused = |differences| {
        let price = case.pricing().map(|pricing| format!(" at {}", pricing.price)).unwrap_or_default();
        let message = format!("ask for a new quote{price}, and follow that one if its differences are acceptable");
        let fixes = vec![fix(Remedy::AskForQuote, message)];
        Judged::Blocked(Rejection::QuoteOutdated { id: id.clone(), differences }, fixes)
    };
    let Some(terms) = &seen.terms else {
        return refused(vec![QuoteDifference::Id { seen: id.clone(), now: None }]);
    };
    let differences = match (terms.differences(case), case.priced()) {
        (Some(differences), _) => differences,
        (None, Err(otherwise)) => return otherwise,
        // What has a price is selected.
        (None, Ok(_)) => return NOT_APPLICABLE,
    };
    if differences.is_empty() { Judged::Passed(Evidence::SameQuote { id }) } else { refused(differences) }
}

fn by_price(case: &Case<'_>, seen: PriceSeen) -> Judged {
    let price = match case.priced() {
        Ok(pricing) => &pricing.price,
        Err(otherwise) => return otherwise,
    };
    let differences = price.differences(&seen);
    if differences.is_empty() {
        return Judged::Passed(Evidence::SamePrice { price: price.due_now });
    }
    let message = format!("accept the price of {price}");
    let fixes = vec![fix(Remedy::AcceptPrice { price: price.seen() }, message)];
    Judged::Blocked(Rejection::PriceChanged { differences }, fixes)
}
