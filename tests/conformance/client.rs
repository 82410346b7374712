//! What a client of each dialect knows: `golden/client.json` in the dialect's folder.

use std::collections::BTreeMap;

use ringup_core::PurchaseRequest;
use ringup_simulator::dialect::{Dialect, PurchaseReply};
use ringup_simulator::{Simulation, dialects};
use ringup_tests::scenario::file;
use serde::Deserialize;
use serde_json::Value;

/// What a client of a dialect knows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Client {
    /// The headers without which a purchase request is not taken for the customer's.
    pub(crate) signed_by: Vec<String>,
    /// The statuses of its mistakes.
    pub(crate) statuses: Statuses,
    /// The members that every error body has, each a text that says something.
    pub(crate) error_members: Vec<String>,
    /// What the first purchase of each situation comes to, from the form's seed; in the order of the situations.
    pub(crate) first_purchases: Vec<(String, String)>,
    /// What other purchases come to.
    #[serde(rename = "purchases")]
    pub(crate) others: Vec<Purchase>,
    /// The members of the purchase request and their types.
    pub(crate) members: BTreeMap<String, Kind>,
    /// Texts that cannot be read in a member.
    pub(crate) unreadable: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statuses {
    /// For a body that is no JSON object.
    pub(crate) no_object: u16,
    /// For a member of the wrong type.
    pub(crate) wrong_type: u16,
    /// For a text that cannot be read.
    pub(crate) unreadable: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Purchase {
    pub(crate) situation: String,
    /// What is not as in the form's seed.
    pub(crate) request: serde_json::Map<String, Value>,
    pub(crate) answer: String,
}

#[derive(Clone, Copy, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    String,
    Boolean,
    Integer,
}

/// Every dialect with its client.
pub(crate) fn clients() -> impl Iterator<Item = (&'static Dialect, Client)> {
    dialects::ALL.iter().map(|dialect| (*dialect, of(dialect)))
}

pub(crate) fn of(dialect: &Dialect) -> Client {
    serde_json::from_str(&file(dialect.id(), "golden/client.json")).unwrap()
}

impl Purchase {
    /// The form's seed with the changes.
    pub(crate) fn request(&self, dialect: &Dialect) -> PurchaseRequest {
        let mut request = serde_json::to_value(dialect.form().seed).unwrap();
        request.as_object_mut().unwrap().extend(self.request.clone());
        serde_json::from_value(request).unwrap()
    }
}

/// Buys as a client does: whatever must be sent before, then the request.
pub(crate) fn buy(
    simulation: &mut Simulation,
    dialect: &Dialect,
    (situation, tag): (&str, &str),
    request: &PurchaseRequest,
) -> PurchaseReply {
    let credentials = dialect.open(situation, tag).unwrap().credentials[0].fields.clone();
    for before in dialect.preparation(&credentials, request) {
        simulation.handle(&before);
    }
    dialect.purchase_reply(&simulation.handle(&dialect.purchase_request(&credentials, request)))
}

/// An answer in a few words.
pub(crate) fn said(reply: &PurchaseReply) -> String {
    match reply {
        PurchaseReply::Bought { number } => {
            assert!(number.starts_with('+'), "{number}");
            "bought".into()
        }
        PurchaseReply::Checkout { url } => {
            assert!(url.starts_with("http://"), "{url}");
            "checkout".into()
        }
        PurchaseReply::KycRequired => "kyc required".into(),
        PurchaseReply::Refused { code } => format!("refused: {code}"),
        PurchaseReply::Unclear => "unclear".into(),
    }
}
