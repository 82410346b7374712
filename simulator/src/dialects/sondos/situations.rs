//! How Sondos's accounts may stand.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, CustomerTerms, Money, PurchaseRequest};

use super::stock;
use crate::dialect::{Credential, Holding, Opening, Situation};
use crate::kit::ids;

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "A card on file and nothing bought yet." },
    Situation { name: "ready", note: "A card on file, and a number held for ten days." },
    Situation { name: "no_card", note: "No payment method on file." },
    Situation { name: "card_declined", note: "A card on file that the bank declines." },
    Situation {
        name: "documented",
        note: "The account of the documents: its first purchase is their number 123, and nothing is bought yet.",
    },
];

/// The balance for calls that every account begins with, in cents: the documents', without what is below a cent.
const BALANCE: i64 = 10_067;

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let (card, declined, held) = match situation {
        "new" | "documented" => (true, false, Vec::new()),
        "ready" => (true, false, vec![holding(tag)?]),
        "no_card" => (false, false, Vec::new()),
        "card_declined" => (true, true, Vec::new()),
        _ => return None,
    };
    let key = format!("sondos_sim_{tag}");
    let fields = BTreeMap::from([("api_key".to_owned(), key.clone())]);
    Some(Opening {
        holders: Vec::new(),
        terms: CustomerTerms { payment_method_on_file: card, ..CustomerTerms::new(BillingKind::Subscription) },
        wallet: vec![Money::new(BALANCE, "USD".parse().ok()?).ok()?],
        credentials: vec![Credential { lookup: key, fields, actor: Actor::default() }],
        held,
        card_declined: declined,
    })
}

/// Each new account has its own number: `ready-3` the fourth fixture number.
fn holding(tag: &str) -> Option<Holding> {
    let index = ids::place(tag);
    let number = stock::held(index)?.to_string();
    Some(Holding { request: PurchaseRequest { number: Some(number), ..PurchaseRequest::default() }, days_ago: 10 })
}
