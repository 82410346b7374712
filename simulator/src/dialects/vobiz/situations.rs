//! How Vobiz's accounts may stand.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, CustomerTerms, HolderId, Money, PurchaseRequest, Role};

use super::{lookup, stock};
use crate::dialect::{Credential, Holding, Opening, Situation};
use crate::kit::ids;

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "A funded wallet and nothing bought yet." },
    Situation { name: "ready", note: "A well-filled wallet in INR and USD, and a number held for a month." },
    Situation { name: "no_balance", note: "A wallet that holds less than any number costs." },
    Situation { name: "sub_account", note: "The credentials of a sub-account: it holds the numbers, its master pays." },
    Situation {
        name: "documented",
        note: "The account of the documents: MA_XXXXXXXX and MA_XXXXXX both name it, and nothing is bought yet.",
    },
];

/// The ids that the documents print.
const DOCUMENTED: [&str; 2] = ["MA_XXXXXXXX", "MA_XXXXXX"];

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let (paise, cents, held) = match situation {
        "new" | "sub_account" | "documented" => (500_000, 50_000, false),
        "ready" => (10_000_000, 1_000_000, true),
        "no_balance" => (50, 50, false),
        _ => return None,
    };
    let suffix = tag.to_ascii_uppercase().replace('-', "_");
    let masters: Vec<String> = match tag {
        "documented" => DOCUMENTED.map(str::to_owned).into(),
        _ => vec![format!("MA_{suffix}")],
    };
    let sub = format!("SA_{suffix}");
    let ids = masters.iter().chain([&sub]).map(|id| id.parse());
    let holders: Vec<HolderId> = ids.collect::<Result<_, _>>().ok()?;
    let mut credentials: Vec<Credential> = masters.iter().map(|master| credential(master, Actor::default())).collect();
    let as_admin = |master: &String| {
        let admin = Actor { role: Role::Admin, ..Actor::default() };
        signed_by(master, format!("token_{}_admin", master.to_ascii_lowercase()), admin)
    };
    let as_sub = credential(&sub, Actor { only_holder: Some(sub.parse().ok()?), ..Actor::default() });
    if situation == "sub_account" {
        credentials.insert(0, as_sub);
    } else {
        credentials.push(as_sub);
    }
    credentials.extend(masters.iter().map(as_admin));
    // Each fresh account of a situation has its own number: `ready-3` the fourth.
    let index = ids::place(tag);
    let number = stock::held(index)?.to_string();
    let holding = Holding {
        request: PurchaseRequest {
            holder: masters.first().cloned(),
            number: Some(number),
            ..PurchaseRequest::default()
        },
        days_ago: 30,
    };
    Some(Opening {
        terms: CustomerTerms::new(BillingKind::Prepaid),
        holders,
        wallet: vec![money(paise, "INR")?, money(cents, "USD")?],
        card_declined: false,
        credentials,
        held: if held { vec![holding] } else { Vec::new() },
    })
}

fn credential(auth_id: &str, actor: Actor) -> Credential {
    signed_by(auth_id, format!("token_{}", auth_id.to_ascii_lowercase()), actor)
}

fn signed_by(auth_id: &str, auth_token: String, actor: Actor) -> Credential {
    let lookup = lookup(auth_id, &auth_token);
    let fields = [("auth_id", auth_id.to_owned()), ("auth_token", auth_token)];
    let fields: BTreeMap<String, String> = fields.map(|(name, value)| (name.to_owned(), value)).into();
    Credential { lookup, fields, actor }
}

fn money(minor_units: i64, currency: &str) -> Option<Money> {
    Money::new(minor_units, currency.parse().ok()?).ok()
}
