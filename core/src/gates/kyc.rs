//! KYC: numbers of the tier `tier_min` and above require an approved verification.

use alloc::vec::Vec;
use core::fmt;

use super::field::{DecidingField, field, within};
use super::fix::RoleTask;
use super::{Evidence, Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::base::kyc::{KycStatus, KycSubject};
use crate::base::role::Role;
use ringup_derive::data;
use ringup_numbering::Country;

/// The tiers that require KYC before an order.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(rename = "KycRules")]
#[ts(rename = "KycRules")]
pub struct Policy {
    /// The lowest tier that requires it.
    pub tier_min: u8,
    /// What the verification is about.
    #[serde(default)]
    #[ts(optional, as = "Option<KycSubject>")]
    pub subject: KycSubject,
    /// The roles that may submit documents. Empty: every role that may buy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub submitters: Vec<Role>,
}

/// A verification must be approved first.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Required {
    /// The country of the number.
    pub country: Country,
    /// What the verification is about.
    pub subject: KycSubject,
    /// The tier of the number.
    pub tier: u8,
    /// The lowest tier that requires KYC.
    pub tier_min: u8,
    /// The state of the verification.
    pub status: KycStatus,
    /// Whether the actor may submit the documents.
    pub may_submit: bool,
}

/// The number's tier and the lowest tier that requires KYC.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Verified {
    /// The tier of the number.
    pub tier: u8,
    /// The lowest tier that requires KYC.
    pub tier_min: u8,
    /// Whether the verification is approved.
    pub approved: bool,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Verified, Required> {
    let Some(rules) = &input.policy.kyc else { return Judgement::NotApplicable };
    let (country, tier) = match input.priced() {
        Ok(pricing) => (pricing.country, pricing.kyc_tier),
        Err(fact) => return Judgement::Waiting(fact),
    };
    let Policy { tier_min, subject, .. } = *rules;
    let status = input.standing.terms.kyc.status(subject, country);
    let approved = status == KycStatus::Approved;
    if approved || tier < tier_min {
        return Judgement::Passed(Verified { tier, tier_min, approved });
    }
    let may_submit = rules.may_submit(input.standing.actor.role);
    Judgement::Blocked(Required { country, subject, tier, tier_min, status, may_submit })
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    Some(match (&input.policy.kyc, judged) {
        (Some(rules), Verdict::Passed { evidence: Evidence::Tier(Verified { tier, tier_min, approved: true }) })
            if tier_min <= tier =>
        {
            field("/policy/kyc/subject", rules.subject != KycSubject::default())
        }
        (rules, _) => within(rules.is_some(), "/policy/kyc", "tier_min"),
    })
}

impl Policy {
    /// Whether this role may submit the documents.
    fn may_submit(&self, role: Role) -> bool {
        self.submitters.is_empty() || self.submitters.contains(&role)
    }

    /// Whether this role may submit, or may buy what another role submits for because no role does both.
    pub(crate) fn may_have_submitted(&self, role: Role, buyers: &[Role]) -> bool {
        let buys = |role: &Role| buyers.is_empty() || buyers.contains(role);
        let nobody_does_both = !self.submitters.iter().any(buys);
        self.may_submit(role) || (nobody_does_both && buys(&role))
    }
}

/// The roles, with those that may also buy first.
fn buyers_first(roles: &[Role], buyers: &[Role]) -> Vec<Role> {
    let (mut able, others): (Vec<Role>, Vec<Role>) = roles.iter().partition(|role| buyers.contains(role));
    able.extend(others);
    able
}

impl Refusal for Required {
    fn family(&self) -> Family {
        Family::Unverified
    }

    fn is_transient(&self) -> bool {
        self.status.is_with_the_regulator()
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        let Self { country, subject, tier, .. } = *self;
        let Some(rules) = &input.policy.kyc else { return };
        let buyers = &input.policy.buyers;
        let submit = |submitters| Remedy::SubmitKyc { country, tier, subject, submitters };
        fixes.push(match (self.status.is_open(), self.may_submit) {
            (false, _) => Remedy::AwaitKyc { country, subject },
            (true, true) => submit(Vec::new()),
            // No role both submits and buys: another role submits for the buyer.
            (true, false) if rules.may_have_submitted(input.standing.actor.role, buyers) => {
                submit(rules.submitters.clone())
            }
            (true, false) => {
                Remedy::AskRole { roles: buyers_first(&rules.submitters, buyers), task: RoleTask::SubmitKyc }
            }
        });
    }
}

impl fmt::Display for Required {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { country, subject, status, may_submit, .. } = *self;
        match subject {
            KycSubject::Country => {
                write!(f, "{country} numbers need your identity verified for that country first; ")?;
            }
            KycSubject::Account => {
                write!(f, "{country} numbers need your account's identity verified first; ")?;
            }
        }
        f.write_str(match (status, may_submit) {
            (KycStatus::NotSubmitted, true) => "nothing is submitted yet: submit the identity documents",
            (KycStatus::NotSubmitted, false) => "nothing is submitted yet: ask somebody who may submit the documents",
            (KycStatus::Initiated, _) => "the documents are not under review yet: wait for the decision",
            (KycStatus::Pending, _) => "the documents are under review: wait for the decision",
            (KycStatus::Declined, true) => "the verification was declined: submit the identity documents again",
            (KycStatus::Declined, false) => {
                "the verification was declined: ask somebody who may submit the documents again"
            }
            (KycStatus::Approved, _) => "the verification is approved",
        })
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tier, tier_min, approved } = *self;
        let approved = if approved { "; it is approved" } else { "" };
        write!(f, "tier {tier}; verified from tier {tier_min} on{approved}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn the_lowest_tier_that_needs_it_needs_it() {
        let of = |tier_min: u8| Scene::of(Gate::Kyc).policy(json!({ "kyc": { "tier_min": tier_min } }));
        check(&of(2), "passed tier");
        check(
            &of(1),
            "US numbers need your identity verified for that country first; nothing is submitted yet: \
             submit the identity documents > submit the identity documents for US numbers",
        );
        let approved = json!({ "terms": { "billing": "prepaid", "kyc": { "countries": { "US": "approved" } } } });
        check(&of(1).standing(approved), "passed tier");
    }
}
