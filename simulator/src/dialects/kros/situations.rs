//! How Kros's accounts may stand. An account is an organization.

use std::collections::BTreeMap;

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, CustomerTerms, Kyc, KycStatus, Money, PurchaseRequest, Role};

use super::{stock, token, visit};
use crate::dialect::{Credential, Holding, Opening, Situation};
use crate::kit::ids;
use crate::kit::uuid;

pub(super) const ALL: &[Situation] = &[
    Situation { name: "new", note: "KYC approved, a funded wallet and nothing bought yet." },
    Situation { name: "ready", note: "KYC approved, a well-filled wallet, and a number held for a month." },
    Situation { name: "kyc_not_submitted", note: "A funded wallet, and nothing submitted for KYC." },
    Situation { name: "kyc_initiated", note: "A funded wallet; KYC is submitted and not yet reviewed." },
    Situation { name: "kyc_pending", note: "A funded wallet; KYC is under review." },
    Situation { name: "kyc_declined", note: "A funded wallet; KYC was declined." },
    Situation { name: "no_permission", note: "Like `new`, with the key of a viewer, who may not buy." },
    Situation {
        name: "member_without_kyc",
        note: "The key of a member, who may buy but not submit the organization's KYC; nothing is submitted.",
    },
    Situation { name: "no_balance", note: "KYC approved, and a wallet that holds less than any number costs." },
    Situation {
        name: "second_organization",
        note: "A further organization of the user of `ready`: the same key, and the header x-organization-id.",
    },
    Situation { name: "dashboard", note: "Like `new`, signed in with the JWT of a dashboard session." },
];

/// The situation whose user belongs to a second organization as well.
const FIRST_ORGANIZATION: &str = "ready";

/// What sets one situation apart from another.
struct Standing {
    kyc: KycStatus,
    cents: i64,
    held: bool,
    /// What the bearer of the account's plain key is.
    role: Role,
}

fn standing(situation: &str) -> Option<Standing> {
    let new = Standing { kyc: KycStatus::Approved, cents: 50_000, held: false, role: Role::Owner };
    let none = KycStatus::NotSubmitted;
    Some(match situation {
        "new" | "dashboard" | "second_organization" => new,
        "ready" => Standing { cents: 1_000_000, held: true, ..new },
        "kyc_not_submitted" => Standing { kyc: none, ..new },
        "kyc_initiated" => Standing { kyc: KycStatus::Initiated, ..new },
        "kyc_pending" => Standing { kyc: KycStatus::Pending, ..new },
        "kyc_declined" => Standing { kyc: KycStatus::Declined, ..new },
        "no_permission" => Standing { role: Role::Viewer, ..new },
        "member_without_kyc" => Standing { kyc: none, role: Role::Member, ..new },
        "no_balance" => Standing { cents: 50, ..new },
        _ => return None,
    })
}

pub(super) fn open(situation: &str, tag: &str) -> Option<Opening> {
    let standing = standing(situation)?;
    let organization = uuid::of_text(&format!("organization {tag}"));
    let credentials = match situation {
        "second_organization" => in_organization(&signatures(FIRST_ORGANIZATION, standing.role)?, &organization),
        "dashboard" => {
            let mut all = signatures(tag, standing.role)?;
            all.rotate_right(1);
            everywhere(&all, &organization)
        }
        _ => everywhere(&signatures(tag, standing.role)?, &organization),
    };
    let held = if standing.held { vec![holding(tag, &organization)?] } else { Vec::new() };
    Some(Opening {
        terms: CustomerTerms {
            kyc: Kyc { account: standing.kyc, ..Kyc::default() },
            billing_anchor: None,
            ..CustomerTerms::new(BillingKind::Prepaid)
        },
        holders: vec![organization.parse().ok()?],
        wallet: vec![Money::new(standing.cents, "USD".parse().ok()?).ok()?],
        card_declined: false,
        credentials,
        held,
    })
}

/// Each fresh account of a situation has its own number: `ready-3` the fourth.
fn holding(tag: &str, organization: &str) -> Option<Holding> {
    let index = ids::place(tag);
    let number = Some(stock::held(index)?.to_string());
    let request = PurchaseRequest { holder: Some(organization.to_owned()), number, ..PurchaseRequest::default() };
    Some(Holding { request, days_ago: 30 })
}

/// A way in which a user signs.
struct Signature {
    who: String,
    /// Under which name a client keeps it.
    field: &'static str,
    secret: String,
    role: Role,
}

/// All ways: the plain keys first, then one for each role, the dashboard's session last.
fn signatures(tag: &str, plain: Role) -> Option<Vec<Signature>> {
    let roles =
        [(Role::Owner, "_owner"), (Role::Admin, "_admin"), (Role::Member, "_member"), (Role::Viewer, "_viewer")];
    let named = [(plain, "")].into_iter().chain(roles);
    let keys = named.flat_map(|(role, suffix)| {
        ["test", "live"].map(|mode| {
            let key = format!("kros_{mode}_{tag}{suffix}");
            Signature { who: visit::by_key(&key), field: "api_key", secret: key, role }
        })
    });
    let user = uuid::of_text(&format!("user {tag}"));
    let session = Signature {
        who: visit::by_session(&user),
        field: "access_token",
        secret: token::issue(&user)?,
        role: Role::Owner,
    };
    Some(keys.chain([session]).collect())
}

/// The user's first organization: it need not be named, and may be.
fn everywhere(signatures: &[Signature], organization: &str) -> Vec<Credential> {
    let plain = signatures.iter().map(|signature| credential(signature, None));
    plain.chain(in_organization(signatures, organization)).collect()
}

/// A further organization: it must be named.
fn in_organization(signatures: &[Signature], organization: &str) -> Vec<Credential> {
    signatures.iter().map(|signature| credential(signature, Some(organization))).collect()
}

fn credential(signature: &Signature, organization: Option<&str>) -> Credential {
    let mut fields = BTreeMap::from([(signature.field.to_owned(), signature.secret.clone())]);
    fields.extend(organization.map(|id| ("organization_id".to_owned(), id.to_owned())));
    Credential {
        lookup: visit::lookup(&signature.who, organization),
        fields,
        actor: Actor { only_holder: None, role: signature.role },
    }
}
