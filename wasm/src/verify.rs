//! Verification of a quote that comes back as JSON: it is read, and it must say what it was read as and nothing besides.

use ringup_core::{Quote, QuoteError, QuoteId, QuoteSeen, Timestamp};
use serde_json::Value;

use crate::failure::{ErrorCode, InputError};
use crate::read::{malformed, read};

/// The quote as a purchase follows it, if it is the one of this name and its time is not over.
pub(crate) fn verified(quote: &[u8], id: &QuoteId, now: Timestamp) -> Result<QuoteSeen, InputError> {
    let received: Value = read("Quote", quote)?;
    let quote: Quote = read("Quote", quote)?;
    if !quote.is_all_of(&received) {
        let place = serde_json::to_value(&quote).ok().and_then(|read| first_difference(&received, &read, ""));
        return Err(malformed("Quote", place.unwrap_or_default(), &"no quote says it like that"));
    }
    quote.verify(id, now).map_err(InputError::from)
}

impl From<QuoteError> for InputError {
    fn from(error: QuoteError) -> Self {
        let message = error.to_string();
        let (code, field, help) = match error {
            QuoteError::Altered { .. } => (
                ErrorCode::QuoteAltered,
                "",
                "give the quote as it was made, whole; if it is, this is the id of another one",
            ),
            QuoteError::Expired { .. } => (ErrorCode::QuoteExpired, "/expires_at", "ask for a new quote"),
        };
        Self { code, message, field: field.into(), help: help.into() }
    }
}

/// Where two values part, as a JSON pointer.
fn first_difference(one: &Value, other: &Value, at: &str) -> Option<String> {
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let names = members.keys().chain(others.keys().filter(|name| !members.contains_key(*name)));
            names.into_iter().find_map(|name| {
                let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                match (members.get(name), others.get(name)) {
                    (Some(one), Some(other)) => first_difference(one, other, &at),
                    (Some(_), None) | (None, Some(_)) => Some(at),
                    (None, None) => None,
                }
            })
        }
        (Value::Array(values), Value::Array(others)) if values.len() == others.len() => values
            .iter()
            .zip(others)
            .enumerate()
            .find_map(|(index, (one, other))| first_difference(one, other, &format!("{at}/{index}"))),
        _ => (one != other).then(|| at.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringup_core::{Offers, PurchaseRequest, Shop, policies, quote};
    use ringup_numbering::WorldPlan;
    use serde_json::json;

    fn made() -> Quote {
        let shop = Shop::new(serde_json::from_str(policies::ZERNIO).unwrap()).unwrap();
        let standing = json!({ "terms": { "plan": "build", "billing": "subscription", "holders": ["me"] } });
        let standing = serde_json::from_value(standing).unwrap();
        let request = PurchaseRequest { holder: Some("me".into()), ..PurchaseRequest::default() };
        quote(&shop, &WorldPlan, &standing, &Offers::default(), &request, Timestamp::from_millis(0))
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut Value), now: i64, expected: Result<(), (ErrorCode, &str)>) {
        let quote = made();
        let mut received = serde_json::to_value(&quote).unwrap();
        change(&mut received);
        let now = Timestamp::from_millis(now);
        let verified = verified(received.to_string().as_bytes(), &quote.id(), now);
        match (verified, expected) {
            (Ok(seen), Ok(())) => assert_eq!(seen, quote.seen()),
            (Err(error), Err((code, field))) => assert_eq!((error.code, error.field.as_str()), (code, field)),
            (verified, expected) => panic!("{verified:?}, not {expected:?}"),
        }
    }

    #[test]
    fn a_quote_is_verified_as_it_was_made_and_as_long_as_it_holds() {
        check(|_| {}, 0, Ok(()));
        check(|_| {}, 899_999, Ok(()));
        check(|_| {}, 900_000, Err((ErrorCode::QuoteExpired, "/expires_at")));
        check(|quote| quote["expires_at"] = json!(900_001), 900_000, Err((ErrorCode::QuoteAltered, "")));
        check(|quote| quote["price"]["due_now"]["minor_units"] = json!(1), 0, Err((ErrorCode::QuoteAltered, "")));
    }

    #[test]
    fn what_no_quote_says_is_told_with_its_place() {
        let malformed = |field| Err((ErrorCode::Malformed, field));
        check(|quote| quote["refundable"] = json!(true), 0, malformed("/refundable"));
        check(|quote| quote["gates"][2]["evidence"]["a/b"] = json!(1), 0, malformed("/gates/2/evidence/a~1b"));
        check(
            |quote| quote["item"]["capabilities"] = json!({ "fax": false, "mms": false, "sms": false }),
            0,
            malformed("/item/capabilities/voice"),
        );
        check(
            |quote| quote["price"]["due_now"]["minor_units"] = json!(200.0),
            0,
            malformed("/price/due_now/minor_units"),
        );
        check(|quote| *quote = json!([]), 0, malformed(""));
    }
}
