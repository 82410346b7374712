//! KYC: numbers of the tier `tier_min` and above require an approved verification.

use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

use super::field::{DecidingField, field, within};
use super::fix::RoleTask;
use super::{Evidence, Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::account::standing::{CustomerTerms, Standing};
use crate::account::verification::Verification;
use crate::base::kyc::{KycStatus, KycSubject};
use crate::base::role::Role;
use crate::base::timestamp::Timestamp;
use crate::base::words::{all_of, quoted};
use crate::terms::kyc::{HolderKind, KycItem, KycRequirements};
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// The tiers that require KYC before an order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
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
    /// Whether a purchase with an idempotency key waits for the approval instead of being refused.
    #[serde(default, skip_serializing_if = "is_false")]
    #[ts(optional, as = "Option<_>")]
    pub keyed_purchases_wait: bool,
    /// What must be submitted, by country, type and holder. Empty, or no entry fits: the policy does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub requirements: Vec<KycRequirements>,
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
    /// What is to be submitted, or mended after a decline. Empty: the policy does not say, or it is submitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub items: Vec<KycItem>,
    /// The first instant at which it is too late to mend these items only. Absent: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub mend_by: Option<Timestamp>,
    /// The instant at which the approval expired. Absent: none has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expired_at: Option<Timestamp>,
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
    /// The first instant at which the approval does not hold. Absent: it holds until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expires_at: Option<Timestamp>,
}

/// How the verification that a number needs stands.
struct Stands<'a> {
    status: KycStatus,
    /// The verification that says so, if one with details does.
    verification: Option<&'a Verification>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// The first instant at which the approval that the number needs does not hold. `None`: none, or it needs none.
pub(super) fn approved_until(input: &Input<'_>) -> Option<Timestamp> {
    match judge(input) {
        Judgement::Passed(Verified { tier, tier_min, expires_at, .. }) if tier_min <= tier => expires_at,
        Judgement::Passed(_) | Judgement::Blocked(_) | Judgement::Waiting(_) | Judgement::NotApplicable => None,
    }
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Verified, Required> {
    let Some(rules) = &input.policy.kyc else { return Judgement::NotApplicable };
    let (country, number_type, tier) = match input.priced() {
        Ok(pricing) => (pricing.country, pricing.number_type, pricing.kyc_tier),
        Err(fact) => return Judgement::Waiting(fact),
    };
    let Policy { tier_min, subject, .. } = *rules;
    let Standing { terms, verifications, actor, .. } = input.standing;
    let number = (country, number_type, tier);
    let Stands { status, verification } = rules.stands(terms, verifications, number, input.now);
    let approved = status == KycStatus::Approved;
    let expires_at = verification.and_then(|verification| verification.expires_at);
    if approved || tier < tier_min {
        return Judgement::Passed(Verified { tier, tier_min, approved, expires_at: expires_at.filter(|_| approved) });
    }
    let may_submit = rules.may_submit(actor.role);
    let asked = rules.requirements(number, terms.holder_kind).filter(|_| status.is_open());
    let mend = verification.map(|verification| verification.to_mend(input.now)).unwrap_or_default();
    let items = asked.map(|asked| asked.named(mend)).unwrap_or_default();
    let mend_by = verification.and_then(|verification| verification.mend_by).filter(|_| !mend.is_empty());
    let expired_at = expires_at.filter(|_| status == KycStatus::Expired);
    Judgement::Blocked(Required { country, subject, tier, tier_min, status, may_submit, items, mend_by, expired_at })
}

pub(super) fn deciding_field(input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
    Some(match (&input.policy.kyc, judged) {
        (
            Some(rules),
            Verdict::Passed { evidence: Evidence::Tier(Verified { tier, tier_min, approved: true, .. }) },
        ) if tier_min <= tier => field("/policy/kyc/subject", rules.subject != KycSubject::default()),
        (rules, _) => within(rules.is_some(), "/policy/kyc", "tier_min"),
    })
}

impl Policy {
    /// How the verification that a number needs stands at `now`: of those that are about it, the one nearest to an
    /// approval.
    fn stands<'a>(
        &self,
        terms: &CustomerTerms,
        verifications: &'a [Verification],
        (country, number_type, tier): (Country, Option<NumberType>, u8),
        now: Timestamp,
    ) -> Stands<'a> {
        let opens = |verification: &Verification| {
            let Some(of) = verification.number_type else { return true };
            let asked = self.requirements((country, Some(of), tier), terms.holder_kind);
            number_type.is_some_and(|wanted| wanted == of || asked.is_some_and(|asked| asked.opens.contains(&wanted)))
        };
        let told = verifications.iter().filter(|it| it.is_about(self.subject, country) && opens(it));
        let told = told.map(|it| Stands { status: it.status_at(now), verification: Some(it) });
        let plain = Stands { status: terms.kyc.status(self.subject, country), verification: None };
        // Of two approvals the one that holds longer, and of two others the one with details.
        let holds_until = |it: &Stands<'_>| it.verification.and_then(|it| it.expires_at).unwrap_or(Timestamp::MAX);
        told.fold(plain, |best, other| {
            let better = match other.status.rank().cmp(&best.status.rank()) {
                Ordering::Equal => other.status != KycStatus::Approved || holds_until(&best) < holds_until(&other),
                Ordering::Greater => true,
                Ordering::Less => false,
            };
            if better { other } else { best }
        })
    }

    /// The status of the verification for a number, by its country, type and tier, at `now`.
    #[must_use]
    pub fn status(
        &self,
        terms: &CustomerTerms,
        verifications: &[Verification],
        number: (Country, Option<NumberType>, u8),
        now: Timestamp,
    ) -> KycStatus {
        self.stands(terms, verifications, number, now).status
    }

    /// Whether the verification for a number is approved at `now`.
    pub(crate) fn is_approved(
        &self,
        terms: &CustomerTerms,
        verifications: &[Verification],
        number: (Country, Option<NumberType>, u8),
        now: Timestamp,
    ) -> bool {
        self.status(terms, verifications, number, now) == KycStatus::Approved
    }

    /// What must be submitted for a number. `None`: the policy does not say.
    #[must_use]
    pub fn requirements(
        &self,
        (country, number_type, tier): (Country, Option<NumberType>, u8),
        holder: HolderKind,
    ) -> Option<&KycRequirements> {
        KycRequirements::find(&self.requirements, (Some(country), number_type), tier, holder)
    }

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
        let Self { country, subject, tier, ref items, mend_by: until, .. } = *self;
        let Some(rules) = &input.policy.kyc else { return };
        let buyers = &input.policy.buyers;
        let submit = |submitters| Remedy::SubmitKyc { country, tier, subject, submitters, items: items.clone(), until };
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
        let Self { country, subject, status, may_submit, ref items, mend_by, expired_at, .. } = *self;
        match subject {
            KycSubject::Country => {
                write!(f, "{country} numbers need your identity verified for that country first; ")?;
            }
            KycSubject::Account => {
                write!(f, "{country} numbers need your account's identity verified first; ")?;
            }
        }
        match status {
            KycStatus::NotSubmitted => f.write_str("nothing is submitted yet")?,
            KycStatus::Initiated => {
                return f.write_str("the documents are not under review yet: wait for the decision");
            }
            KycStatus::Pending => return f.write_str("the documents are under review: wait for the decision"),
            KycStatus::Declined => f.write_str("the verification was declined")?,
            KycStatus::Expired => match expired_at {
                Some(at) => write!(f, "the approval expired at {at}")?,
                None => f.write_str("the approval has expired")?,
            },
            KycStatus::Approved => return f.write_str("the verification is approved"),
        }
        let what = if items.is_empty() { "the identity documents".into() } else { all_of(quoted(items)) };
        let again = if status == KycStatus::NotSubmitted { "" } else { " again" };
        match (may_submit, items.is_empty()) {
            (true, _) => write!(f, ": submit {what}{again}")?,
            (false, true) => write!(f, ": ask somebody who may submit the documents{again}")?,
            (false, false) => write!(f, ": ask somebody who may submit {what}{again}")?,
        }
        mend_by.map_or(Ok(()), |until| write!(f, ", before {until}"))
    }
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tier, tier_min, approved, expires_at } = *self;
        let approved = if approved { "; it is approved" } else { "" };
        write!(f, "tier {tier}; verified from tier {tier_min} on{approved}")?;
        expires_at.map_or(Ok(()), |until| write!(f, " until {until}"))
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
