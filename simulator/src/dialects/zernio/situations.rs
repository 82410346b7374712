//! How Zernio's accounts may stand.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind::{self, Subscription, Usage};
use ringup_core::{Actor, Country, CustomerTerms, HolderId, Kyc, KycStatus, Map, PurchaseRequest};

use super::translate::DEFAULT_PROFILE;
use crate::dialect::{Credential, Holding, Opening, Situation};
use crate::kit::ids;

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "A paid plan and nothing bought yet: the first purchase opens a checkout." },
    Situation {
        name: "ready",
        note: "Usage-based billing with a card on file, and two numbers held for a month: the next purchase goes through at once.",
    },
    Situation { name: "free_plan", note: "The free plan, which sells no numbers." },
    Situation { name: "plan_full", note: "As many numbers as the plan allows." },
    Situation {
        name: "legacy_billing",
        note: "Billing by subscription with one number: US numbers go inline, international ones need usage-based billing.",
    },
    Situation { name: "no_card", note: "Usage-based billing without a card on file." },
    Situation { name: "kyc_approved", note: "Like `ready`, with KYC approved for Germany and the United Kingdom." },
    Situation { name: "restricted_key", note: "Like `ready`, with a key that may act for the second profile only." },
];

/// What sets one situation apart from another.
struct Standing {
    plan: &'static str,
    billing: BillingKind,
    card: bool,
    kyc_approved: &'static [&'static str],
    /// How long ago each number was bought, in days.
    held: &'static [u32],
}

fn standing(situation: &str) -> Option<Standing> {
    let ready = Standing { plan: "accelerate", billing: Usage, card: true, kyc_approved: &[], held: &[30, 45] };
    Some(match situation {
        "new" => Standing { plan: "build", billing: Subscription, card: false, held: &[], ..ready },
        "ready" | "restricted_key" => ready,
        "free_plan" => Standing { plan: "free", billing: Subscription, card: false, held: &[], ..ready },
        "plan_full" => Standing { plan: "build", held: &[30, 45, 60], ..ready },
        "legacy_billing" => Standing { billing: Subscription, held: &[90], ..ready },
        "no_card" => Standing { card: false, held: &[], ..ready },
        "kyc_approved" => Standing { kyc_approved: &["DE", "GB"], ..ready },
        _ => return None,
    })
}

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let standing = standing(situation)?;
    let default: HolderId = DEFAULT_PROFILE.parse().ok()?;
    let second: HolderId = ids::hex_24_of(tag).parse().ok()?;
    let approved = standing.kyc_approved.iter().map(|country| Some((country.parse().ok()?, KycStatus::Approved)));
    let countries: Map<Country, KycStatus> = approved.collect::<Option<_>>()?;
    let terms = CustomerTerms {
        plan: Some(standing.plan.parse().ok()?),
        payment_method_on_file: standing.card,
        kyc: Kyc { countries, ..Kyc::default() },
        billing_anchor: None,
        ..CustomerTerms::new(standing.billing)
    };
    let holders = vec![default, second.clone()];
    let restricted = situation == "restricted_key";
    let key = format!("{}_sim_{tag}", if restricted { "zrk" } else { "sk" });
    let actor = Actor { only_holder: restricted.then_some(second), ..Actor::default() };
    let credential = Credential { lookup: key.clone(), fields: BTreeMap::from([("api_key".to_owned(), key)]), actor };
    let held = standing.held.iter().map(|days_ago| Holding { request: us_number(), days_ago: *days_ago }).collect();
    Some(Opening { terms, holders, wallet: Vec::new(), card_declined: false, credentials: vec![credential], held })
}

/// The request by which the numbers that an account begins with were bought.
fn us_number() -> PurchaseRequest {
    PurchaseRequest { holder: Some(DEFAULT_PROFILE.into()), country: Some("US".into()), ..PurchaseRequest::default() }
}
