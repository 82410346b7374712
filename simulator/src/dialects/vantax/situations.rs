//! How Vantax's accounts may stand. An account is a sub-account: it holds the numbers and pays for them.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, CustomerTerms, PurchaseRequest};

use super::agency_lookup;
use super::stock::KEPT_AREA_CODE;
use crate::dialect::{Credential, Holding, Opening, Situation};

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "A card on file and nothing bought yet." },
    Situation { name: "ready", note: "A card on file, and two numbers held for a month." },
    Situation {
        name: "documented",
        note: "The sub-account of the documents, sub_8a1f4c2e, with the key and the agent that they print; nothing is bought yet.",
    },
    Situation { name: "agency_key", note: "The key of the agency above the sub-account: it reaches no numbers." },
    Situation {
        name: "card_declined",
        note: "The card on file is declined when the number is provisioned, and the number is given back.",
    },
    Situation { name: "no_card", note: "No card on file." },
];

/// The sub-account that the documents print.
pub(super) const DOCUMENTED: &str = "sub_8a1f4c2e";

/// The beginning of its key. The dots are what they print for the rest, so that their requests work as they stand.
const DOCUMENTED_KEYS: [&str; 3] = ["vx_live_3fa9c2", "vx_live_3fa9c2...", "vx_live_3fa9c2…"];

/// How long ago the numbers of an established customer were bought, in days.
const HELD_SINCE: [u32; 2] = [30, 45];

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    ALL.iter().find(|known| known.name == situation)?;
    let suffix = tag.replace('-', "_");
    let (sub_account, keys) = match tag {
        "documented" => (DOCUMENTED.to_owned(), DOCUMENTED_KEYS.map(str::to_owned).to_vec()),
        _ => (format!("sub_{suffix}"), vec![format!("vx_live_{suffix}")]),
    };
    let mut credentials: Vec<Credential> = keys.iter().map(|key| credential(key, key.clone(), &sub_account)).collect();
    if situation == "agency_key" {
        let key = format!("vx_live_{suffix}_agency");
        credentials.insert(0, credential(&key, agency_lookup(&key), &sub_account));
    }
    let held = HELD_SINCE.iter().filter(|_| situation == "ready");
    Some(Opening {
        terms: CustomerTerms {
            payment_method_on_file: situation != "no_card",
            ..CustomerTerms::new(BillingKind::Usage)
        },
        holders: vec![sub_account.parse().ok()?],
        wallet: Vec::new(),
        card_declined: situation == "card_declined",
        credentials,
        held: held.map(|days_ago| Holding { request: kept(&sub_account), days_ago: *days_ago }).collect(),
    })
}

fn credential(key: &str, lookup: String, sub_account: &str) -> Credential {
    let fields = [("api_key", key), ("sub_account_id", sub_account)];
    let fields: BTreeMap<String, String> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Credential { lookup, fields, actor: Actor::default() }
}

/// The request by which the numbers that an account begins with were bought.
fn kept(sub_account: &str) -> PurchaseRequest {
    PurchaseRequest {
        holder: Some(sub_account.into()),
        country: Some("US".into()),
        area_code: Some(KEPT_AREA_CODE.into()),
        ..PurchaseRequest::default()
    }
}
