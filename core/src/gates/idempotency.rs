//! Idempotency: a key, and a number with a pending purchase, belong to one purchase. A repeat gets that purchase as its
//! answer.

use alloc::{format, vec::Vec};
use core::fmt;

use super::field::{DecidingField, field, set};
use super::{Evidence, Fact, Family, Input, Judgement, Refusal, Rejection, Remedy, Verdict};
use crate::account::key::{FailedKey, RequestField};
use crate::base::id::{HolderId, PurchaseId};
use crate::terms::key_http::KeyHttp;
use ringup_derive::data;

/// The rules for idempotency keys.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(rename = "IdempotencyKeys")]
#[ts(rename = "IdempotencyKeys")]
pub struct Policy {
    /// The longest key, in characters.
    pub length_max: u32,
    /// How long a key is remembered, in seconds from the first answer under it. Absent: as long as the account. While the
    /// purchase has not ended, its key is remembered whatever its age: nothing is bought twice because a carrier is slow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub lifetime_s: Option<u32>,
    /// The fields that a repeat must have in common with the first request. The same key with other fields is refused.
    pub fingerprint: Vec<RequestField>,
    /// What becomes of a key if its purchase fails.
    #[serde(default)]
    #[ts(optional, as = "Option<FailedKey>")]
    pub failed: FailedKey,
    /// How a key travels over HTTP, and what a repeat is answered there. Absent: the host knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub http: Option<KeyHttp>,
}

/// What the account knows of earlier attempts.
#[derive(Clone, Copy)]
pub(crate) enum Earlier<'a> {
    /// The request has no key, and no pending purchase to join.
    Nothing,
    /// No earlier purchase has the key.
    KeyIsNew,
    /// The key belongs to this purchase, which is the answer.
    Repeated(&'a PurchaseId),
    /// The key belongs to this purchase, which waited for KYC. The verification is approved: the request goes on as it.
    Resumed(&'a PurchaseId),
    /// The same number is pending for the same holder by this purchase, which is the answer.
    Joined(&'a PurchaseId),
    /// The checkout of the earlier purchase has expired. A new purchase replaces it.
    Expired {
        /// The purchase to replace.
        purchase: &'a PurchaseId,
        /// Whether it was found by its key.
        by_key: bool,
    },
    /// The key belongs to a purchase with another fingerprint.
    KeyReused,
    /// The key belongs to a purchase of a holder that the actor may not act for.
    OfAnotherHolder {
        /// The one holder that the actor may act for.
        only_holder: &'a HolderId,
    },
}

/// The key belongs to a purchase with another fingerprint.
pub(super) struct Reused;

/// The key belongs to an earlier purchase with the same fingerprint. That purchase is the answer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Repeats {
    /// The earlier purchase.
    pub purchase: PurchaseId,
}

/// The same number is pending for the same holder. That purchase is the answer.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Joins {
    /// The pending purchase.
    pub purchase: PurchaseId,
}

/// The key, or the number, belongs to a purchase whose checkout has expired. This purchase replaces it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Replaces {
    /// The purchase to replace.
    pub purchase: PurchaseId,
    /// Whether it was found by its key.
    pub by_key: bool,
}

/// The key belongs to a purchase that waited for KYC, which is approved. The request goes on as that purchase.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Resumes {
    /// The purchase that waited.
    pub purchase: PurchaseId,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement {
    let Some(earlier) = input.earlier else {
        let has_key = input.policy.idempotency.is_some() && input.request.typed.idempotency_key.is_some();
        return if has_key { Judgement::Waiting(Fact::UsedKeys) } else { Judgement::NotApplicable };
    };
    // A repeat can be compared only once the number is known.
    if input.request.awaits_plan {
        return Judgement::Waiting(Fact::NumberingPlan);
    }
    Judgement::Passed(match earlier {
        Earlier::Nothing => return Judgement::NotApplicable,
        Earlier::KeyReused => return Judgement::Blocked(Rejection::KeyReused),
        Earlier::KeyIsNew => Evidence::KeyIsNew,
        Earlier::Repeated(purchase) => Repeats { purchase: purchase.clone() }.into(),
        Earlier::Resumed(purchase) => Resumes { purchase: purchase.clone() }.into(),
        Earlier::Joined(purchase) => Joins { purchase: purchase.clone() }.into(),
        Earlier::Expired { purchase, by_key } => Replaces { purchase: purchase.clone(), by_key }.into(),
        Earlier::OfAnotherHolder { .. } => Evidence::KeyOfAnotherHolder,
    })
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    input.request.typed.idempotency_key.as_ref()?;
    let rules = "/policy/idempotency";
    match judged {
        Verdict::Passed {
            evidence: Evidence::KeyIsNew | Evidence::Joins(_) | Evidence::Replaces(Replaces { by_key: false, .. }),
        } => None,
        // The purchase of the key was found, and its fingerprint compared.
        Verdict::Passed {
            evidence:
                Evidence::Repeats(_)
                | Evidence::Resumes(_)
                | Evidence::Replaces(Replaces { by_key: true, .. })
                | Evidence::KeyOfAnotherHolder,
        } => Some(set(format!("{rules}/fingerprint"))),
        Verdict::Blocked { .. } if input.request.problem.is_none() => Some(set(format!("{rules}/fingerprint"))),
        Verdict::Blocked { .. } | Verdict::Passed { .. } | Verdict::Waiting { .. } => {
            Some(field(rules, input.policy.idempotency.is_some()))
        }
    }
}

impl Refusal for Reused {
    fn family(&self) -> Family {
        Family::Conflict
    }

    fn is_transient(&self) -> bool {
        false
    }

    // Only `decide` knows the keys, and it gives no advice.
    fn fixes(&self, _: &Input<'_>, _: &mut Vec<Remedy>) {}
}

impl fmt::Display for Reused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this idempotency key belongs to another request; send that one unchanged, or use a fresh key")
    }
}

impl fmt::Display for Repeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the key is that of the purchase `{}`, which is the answer", self.purchase)
    }
}

impl fmt::Display for Resumes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the purchase `{}` of this key waited for the verification, which is approved", self.purchase)
    }
}

impl fmt::Display for Joins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the purchase `{}` of this number is pending, which is the answer", self.purchase)
    }
}

impl fmt::Display for Replaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the checkout of the purchase `{}` has expired", self.purchase)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn a_form_does_not_know_the_used_keys() {
        let rules = json!({ "idempotency": { "length_max": 3, "fingerprint": [] } });
        let scene = Scene::of(Gate::Idempotency).request(json!({ "idempotency_key": "k" }));
        check(&scene, "passed not_applicable");
        check(&scene.policy(rules), "waiting used_keys");
    }
}
