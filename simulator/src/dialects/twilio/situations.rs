//! How Twilio's accounts may stand.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, CustomerTerms, HolderId, Kyc, KycStatus, Money, PurchaseRequest};

use super::visit::lookup;
use super::{sids, stock};
use crate::dialect::{Credential, Holding, Opening, Situation};
use crate::kit::ids;

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "A funded account with nothing bought yet." },
    Situation { name: "ready", note: "A well-funded account with a number held for a month." },
    Situation { name: "no_balance", note: "A balance below the price of any number." },
    Situation { name: "trial", note: "A trial account, which may have one number, and has it." },
    Situation { name: "subaccount", note: "The credentials of a subaccount: it holds the numbers, its parent pays." },
    Situation {
        name: "with_bundles",
        note: "A funded account with approved bundles for Australia, Germany and the United Kingdom.",
    },
];

/// The plan of a trial account.
pub(super) const TRIAL: &str = "trial";

const FULL: &str = "full";

/// The countries of the bundles that an account may have, each with its name among the credentials.
const BUNDLES: [(&str, &str); 3] = [("AU", "bundle_sid_au"), ("DE", "bundle_sid_de"), ("GB", "bundle_sid_gb")];

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let (cents, plan, held) = match situation {
        "new" | "subaccount" | "with_bundles" => (50_000, FULL, false),
        "ready" => (1_000_000, FULL, true),
        "no_balance" => (50, FULL, false),
        TRIAL => (1_550, TRIAL, true),
        _ => return None,
    };
    let parent = sids::account_of(&format!("twilio-{tag}"));
    let child = sids::subaccount(&parent, 1);
    let has_child = situation == "subaccount";
    let only = |sid: &str| Some(Actor { only_holder: Some(sid.parse().ok()?), ..Actor::default() });
    let test = sids::test(&parent);
    let mut own = credential(&parent, Actor::default());
    own.fields.extend([named("test_account_sid", &test), named("test_auth_token", &sids::token(&test))]);
    let mut kyc = Kyc::default();
    if situation == "with_bundles" {
        for (country, name) in BUNDLES {
            kyc.countries.insert(country.parse().ok()?, KycStatus::Approved);
            own.fields.extend([named(name, &sids::bundle(&parent, country))]);
        }
    }
    let mut credentials = vec![own, credential(&test, only(&test)?)];
    if has_child {
        credentials.insert(0, credential(&child, only(&child)?));
    }
    let holders = [Some(&parent), has_child.then_some(&child)];
    let holders: Option<Vec<HolderId>> = holders.into_iter().flatten().map(|sid| sid.parse().ok()).collect();
    Some(Opening {
        terms: CustomerTerms { plan: Some(plan.parse().ok()?), kyc, ..CustomerTerms::new(BillingKind::Prepaid) },
        holders: holders?,
        wallet: vec![Money::new(cents, "USD".parse().ok()?).ok()?],
        card_declined: false,
        credentials,
        held: if held { vec![holding(situation, tag, &parent)?] } else { Vec::new() },
    })
}

/// The credentials of a SID: itself and its token.
pub(super) fn credential(sid: &str, actor: Actor) -> Credential {
    let token = sids::token(sid);
    let fields = BTreeMap::from([named("account_sid", sid), named("auth_token", &token)]);
    Credential { lookup: lookup(sid, &token), fields, actor }
}

fn named(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// Each fresh account has its own number: those of `ready` stand before those of `trial`.
fn holding(situation: &str, tag: &str, holder: &str) -> Option<Holding> {
    let index = ids::place(tag).checked_mul(2)?.checked_add(usize::from(situation == TRIAL))?;
    let number = stock::held(index)?.to_string();
    let request = PurchaseRequest { holder: Some(holder.into()), number: Some(number), ..PurchaseRequest::default() };
    Some(Holding { request, days_ago: 30 })
}
