//! The core as functions from bytes to bytes: JSON in, compact JSON out. What the module without imports exports, and what
//! a native test compares it with.

use ringup_core::read::read;
use ringup_core::{
    Account, AnyCommand, Event, InputFailure, Misuse, Offers, PurchaseError, PurchaseRequest, Quote, QuoteId,
    ReceivedQuote, Rejection, Shop, ShopData, Standing, Timestamp, decide, evolve, explain, explain_decision, quote,
};
use ringup_derive::Read;
use ringup_numbering::WorldPlan;
use serde::Serialize;

use crate::read::{Answer, checked, verified, within};

/// What [`quote_json`] reads.
#[derive(Read)]
#[serde(deny_unknown_fields)]
struct QuoteInput {
    shop: ShopData,
    standing: Standing,
    #[serde(default)]
    offers: Offers,
    request: PurchaseRequest,
    now: i64,
}

/// What [`verify_quote_json`] reads.
#[derive(Read)]
#[serde(deny_unknown_fields)]
struct VerifyInput {
    quote: ReceivedQuote,
    id: QuoteId,
    now: i64,
}

/// What [`decide_json`] reads.
#[derive(Read)]
#[serde(deny_unknown_fields)]
struct DecideInput {
    shop: ShopData,
    account: Account,
    #[serde(default)]
    offers: Offers,
    command: AnyCommand,
    now: i64,
}

/// What [`evolve_json`] reads.
#[derive(Read)]
#[serde(deny_unknown_fields)]
struct EvolveInput {
    account: Account,
    event: Event,
}

/// How [`evolve_json`] writes an event that cannot have happened.
#[derive(Serialize)]
#[serde(tag = "type", rename = "broken_history")]
struct Broken {
    message: String,
}

/// How [`decide_json`] writes a refusal, which is the customer's.
#[derive(Serialize)]
#[serde(tag = "type", rename = "rejected")]
struct Rejected {
    rejection: Rejection,
}

/// How [`decide_json`] writes a misuse, which is the host's.
#[derive(Serialize)]
#[serde(tag = "type", rename = "misuse")]
struct Misused {
    misuse: Misuse,
    message: String,
}

/// `{"shop", "standing", "offers"?, "request", "now"}` becomes the quote, or `{"type": "failure", "errors": […]}`.
#[must_use]
pub fn quote_json(input: &[u8]) -> Vec<u8> {
    match quoted(input) {
        Ok(quote) => written(&quote),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

/// The same becomes the quote's id, as a JSON text.
#[must_use]
pub fn quote_id_json(input: &[u8]) -> Vec<u8> {
    match quoted(input) {
        Ok(quote) => written(&quote.id()),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

/// The same becomes the explanation: every rule, what it compared, and the field of the shop that decided.
#[must_use]
pub fn explain_json(input: &[u8]) -> Vec<u8> {
    let explained = read::<QuoteInput>(input).and_then(|QuoteInput { shop, standing, offers, request, now }| {
        Ok(explain(&shop_of(shop)?, &WorldPlan, &standing, &offers, &request, Timestamp::from_millis(now)))
    });
    match explained {
        Ok(explanation) => written(&explanation),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

fn quoted(input: &[u8]) -> Answer<Quote> {
    let QuoteInput { shop, standing, offers, request, now } = read(input)?;
    Ok(quote(&shop_of(shop)?, &WorldPlan, &standing, &offers, &request, Timestamp::from_millis(now)))
}

/// `{"quote", "id", "now"}` becomes what a purchase that follows the quote names, or `{"type": "failure", "errors": […]}`.
#[must_use]
pub fn verify_quote_json(input: &[u8]) -> Vec<u8> {
    let verified = read(input)
        .and_then(|VerifyInput { quote, id, now }| within("/quote", verified(quote, &id, Timestamp::from_millis(now))));
    match verified {
        Ok(seen) => written(&seen),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

/// `{"shop", "account", "offers"?, "command", "now"}` becomes the decision (`{"decided": "decision", "version", "events",
/// "answer"}`), what to search for first (`{"decided": "search", "selector"}`), or what is wrong, by who must act: the customer
/// (`{"type": "rejected", "rejection"}`), the host (`{"type": "misuse", "misuse", "message"}`), or the author of the input
/// (`{"type": "failure", "errors": […]}`).
#[must_use]
pub fn decide_json(input: &[u8]) -> Vec<u8> {
    let decided = read::<DecideInput>(input).and_then(|DecideInput { shop, account, offers, command, now }| {
        Ok(decide(&shop_of(shop)?, &WorldPlan, &account, &offers, &command, Timestamp::from_millis(now)))
    });
    match decided {
        Ok(Ok(decision)) => written(&decision),
        Ok(Err(PurchaseError::Refused(rejection))) => written(&Rejected { rejection }),
        Ok(Err(PurchaseError::Misuse(misuse))) => written(&Misused { message: misuse.to_string(), misuse }),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

/// The same becomes the explanation of the decision: the rules up to the one that decided; or `null` where the command is no
/// purchase.
#[must_use]
pub fn explain_decision_json(input: &[u8]) -> Vec<u8> {
    let explained = read::<DecideInput>(input).and_then(|DecideInput { shop, account, offers, command, now }| {
        let AnyCommand::Purchase(purchase) = command else { return Ok(None) };
        let now = Timestamp::from_millis(now);
        // An account in JSON is whole, so that nothing is to be loaded first.
        Ok(explain_decision(&shop_of(shop)?, &WorldPlan, &account, &offers, &purchase, now).ok())
    });
    match explained {
        Ok(explanation) => written(&explanation),
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

/// `{"account", "event"}` becomes the account after the event, `{"type": "broken_history", "message"}`, or
/// `{"type": "failure", "errors": […]}`.
#[must_use]
pub fn evolve_json(input: &[u8]) -> Vec<u8> {
    match read::<EvolveInput>(input) {
        Ok(EvolveInput { mut account, event }) => match evolve(&mut account, &event) {
            Ok(_) => written(&account),
            Err(broken) => written(&Broken { message: broken.to_string() }),
        },
        Err(errors) => written(&InputFailure::Failure { errors }),
    }
}

fn shop_of(data: ShopData) -> Answer<Shop> {
    within("/shop", checked(data))
}

/// Every map of these types has text as its keys, so nothing can fail.
fn written(answer: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(answer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringup_core::{Opening, policies};
    use serde_json::{Value, json};

    fn input(request: Value) -> Vec<u8> {
        let shop: Value = serde_json::from_str(policies::ZERNIO).unwrap();
        let standing = json!({"terms": {"plan": "build", "billing": "subscription"}, "holders": ["me"],
            "held": {"subscribed": 1}});
        json!({"shop": shop, "standing": standing, "request": request, "now": 0}).to_string().into_bytes()
    }

    fn quoted(input: &[u8]) -> Value {
        serde_json::from_slice(&quote_json(input)).unwrap()
    }

    #[test]
    fn a_quote_comes_out() {
        let quote = quoted(&input(json!({"holder": "me"})));
        assert_eq!(quote["acceptable"], json!(true), "{quote}");
        assert_eq!(quote["price"]["due_now"], json!({"minor_units": 200, "currency": "USD"}));
    }

    #[test]
    fn a_mistake_comes_out_as_a_failure() {
        let failure = quoted(&input(json!({"holder": 1})));
        assert_eq!(failure["type"], json!("failure"));
        assert_eq!(failure["errors"][0]["path"], json!("/request/holder"));
        assert_eq!(quoted(b"\xff")["errors"][0]["code"], json!("not_json"));
    }

    #[test]
    fn a_decision_and_a_refusal_come_out() {
        let shop: Value = serde_json::from_str(policies::VOBIZ).unwrap();
        let terms = json!({"billing": "prepaid"});
        let opening = Opening::new("a".parse().unwrap(), serde_json::from_value(terms).unwrap());
        let account = serde_json::to_value(Account::open(&opening).unwrap()).unwrap();
        let decided = |command: Value| -> Value {
            let input = json!({"shop": shop, "account": account, "command": command, "now": 0}).to_string();
            serde_json::from_slice(&decide_json(input.as_bytes())).unwrap()
        };
        let top_up = decided(
            json!({"command": "top_up", "id": "t", "actor": {}, "money": {"minor_units": 5, "currency": "INR"}}),
        );
        assert_eq!(top_up["events"][0]["event"], json!("wallet_topped_up"));
        let wake_up =
            json!({"shop": shop, "account": account, "command": {"command": "wake_up", "records": []}, "now": 0})
                .to_string();
        assert_eq!(explain_decision_json(wake_up.as_bytes()), b"null");
        let release = decided(json!({"command": "release", "number": "p", "actor": {}}));
        assert_eq!(
            release,
            json!({"type": "misuse", "misuse": {"code": "number_not_held", "number": "p"},
                "message": "this account holds no such number"})
        );
        let purchase = decided(json!({"command": "purchase", "id": "p", "actor": {}, "request": {}}));
        assert_eq!(
            (&purchase["type"], &purchase["rejection"]["code"]),
            (&json!("rejected"), &json!("request_malformed"))
        );
    }
}
