//! Verifications: what the regulator says of papers, and the purchases that wait for it.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::earlier::{fingerprint, key};
use super::{Command, Decision, Facts, Misuse, Noted, PurchaseError, Stop};
use crate::account::key::IdempotencyKey;
use crate::account::verification::{KycFinding, Verification};
use crate::base::id::PurchaseId;
use crate::base::kyc::{KycStatus, KycSubject};
use crate::command::{EndKycWait, RecordVerification};
use crate::event::{AccountEvent, Event};
use crate::gates::kyc::Policy;
use crate::gates::{Input, Proof, Unproven};
use crate::market::request::ParsedRequest;
use crate::purchase::{AgreementOutline, AwaitingKyc, Failure, Purchase};
use crate::records::RecordId;
use crate::terms::kyc::KycRequirements;
use ringup_numbering::Country;

impl Command for RecordVerification {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let rules = facts.shop.policy().kyc.as_ref();
        let rules = rules.filter(|rules| self.is_about_what(rules, facts));
        let rules = rules.ok_or(Misuse::VerificationNotNeeded { country: self.country }).map_err(Stop::Error)?;
        let verification = self.verification(rules, facts);
        let known = facts.account.head.verifications.iter().find(|known| known.is_about_the_same_as(&verification));
        let is_withdrawn = verification.status == KycStatus::NotSubmitted;
        if known == Some(&verification) || (known.is_none() && is_withdrawn) {
            return facts.noted(Vec::new());
        }
        facts.noted([AccountEvent::VerificationRecorded { verification: Box::new(verification) }.into()].into())
    }
}

impl RecordVerification {
    /// Whether the policy asks for such a verification. It bounds how many an account has.
    fn is_about_what(&self, rules: &Policy, facts: &Facts<'_>) -> bool {
        match (rules.subject, self.country) {
            (KycSubject::Account, None) => true,
            (KycSubject::Country, Some(country)) => facts.shop.countries().contains(&country),
            (KycSubject::Account, Some(_)) | (KycSubject::Country, None) => false,
        }
    }

    fn verification(&self, rules: &Policy, facts: &Facts<'_>) -> Verification {
        let asked = self.requirements(rules, facts);
        let ends = |figure: Option<u32>| figure.map(|seconds| facts.now.plus_seconds(seconds));
        let plain = Verification {
            country: self.country,
            number_type: self.number_type,
            status: KycStatus::NotSubmitted,
            expires_at: None,
            mend: Vec::new(),
            mend_by: None,
            papers: self.papers.clone(),
        };
        match &self.finding {
            KycFinding::Submitted => Verification { status: KycStatus::Initiated, ..plain },
            KycFinding::UnderReview => Verification { status: KycStatus::Pending, ..plain },
            KycFinding::Approved { until } => {
                let expires_at = until.or_else(|| ends(asked.and_then(|asked| asked.valid_s)));
                Verification { status: KycStatus::Approved, expires_at, ..plain }
            }
            KycFinding::Declined { mend } => {
                let deadline = asked.and_then(|asked| asked.deadline_s).filter(|_| !mend.is_empty());
                Verification { status: KycStatus::Declined, mend: mend.clone(), mend_by: ends(deadline), ..plain }
            }
            KycFinding::Withdrawn => plain,
        }
    }

    fn requirements<'a>(&self, rules: &'a Policy, facts: &Facts<'_>) -> Option<&'a KycRequirements> {
        let tier = |country: Country| facts.shop.rate_card().highest_tier(country, self.number_type, facts.now);
        let tier = self.country.map_or(u8::MAX, tier);
        let holder = facts.account.head.terms.holder_kind;
        KycRequirements::find(&rules.requirements, (self.country, self.number_type), tier, holder)
    }
}

impl Command for EndKycWait {
    type Answer = Noted;
    type Error = Misuse;

    /// A purchase that waits no more is unchanged.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let failure = if self.declined { Failure::KycDeclined } else { Failure::KycWithdrawn };
        let waiting = facts.account.find_purchase(&self.purchase)?.filter(|known| known.awaiting_kyc().is_some());
        facts.noted(waiting.map(|purchase| purchase.kyc_wait_ended(failure)).into_iter().collect())
    }
}

impl Facts<'_> {
    /// Whether the verification that a waiting purchase needs is approved by now, or no longer needed.
    pub(super) fn is_verified(&self, purchase: &Purchase, awaiting: &AwaitingKyc) -> bool {
        let Some(rules) = &self.shop.policy().kyc else { return true };
        let (head, number) = (&self.account.head, awaiting.number(purchase.agreement.country()));
        awaiting.tier < rules.tier_min || rules.is_approved(&head.terms, &head.verifications, number, self.now)
    }

    /// Whether a waiting purchase has ended by now, because no papers came.
    pub(super) fn is_kyc_overdue(&self, purchase: &Purchase) -> bool {
        matches!(self.on_kyc_deadline(purchase), Some(Event::Account(AccountEvent::KycWaitEnded { .. })))
    }

    /// The end of the purchase that has this key and waited too long for papers.
    pub(super) fn overdue(&self, key: Option<&IdempotencyKey>) -> Result<Option<Event>, RecordId> {
        let record = key.map(|key| self.account.key(key)).transpose()?.flatten();
        let waiting = record.map(|record| self.account.find_purchase(&record.purchase)).transpose()?.flatten();
        Ok(waiting.filter(|purchase| self.is_kyc_overdue(purchase)).and_then(|it| self.on_kyc_deadline(it)))
    }

    /// What time alone does to a waiting purchase at its deadline: it ends, unless its papers are with the regulator.
    pub(super) fn on_kyc_deadline(&self, purchase: &Purchase) -> Option<Event> {
        let awaiting = purchase.awaiting_kyc()?;
        let until = awaiting.until.filter(|until| *until <= self.now)?;
        let (head, number) = (&self.account.head, awaiting.number(purchase.agreement.country()));
        let rules = self.shop.policy().kyc.as_ref();
        let status = rules.map(|rules| rules.status(&head.terms, &head.verifications, number, self.now));
        let purchase_id = purchase.id.clone();
        if status.is_some_and(KycStatus::is_open) {
            return Some(purchase.kyc_wait_ended(Failure::KycOverdue));
        }
        let asked = rules.and_then(|rules| rules.requirements(number, head.terms.holder_kind));
        let next = asked.and_then(|asked| asked.deadline_s).map(|seconds| self.now.plus_seconds(seconds));
        let is_later = next.is_none_or(|next| until < next);
        is_later.then(|| AccountEvent::KycWaitExtended { purchase: purchase_id, until: next }.into())
    }

    /// The purchase under a key that waits instead of being refused. `None`: it is refused.
    pub(super) fn kyc_wait(
        &self,
        id: &PurchaseId,
        input: &Input<'_>,
        request: &ParsedRequest<'_>,
    ) -> Result<Option<Event>, Stop<PurchaseError>> {
        let (shop, now) = (self.shop, self.now);
        let rules = shop.policy().kyc.as_ref().filter(|rules| rules.keyed_purchases_wait);
        let (Some(rules), Some(key)) = (rules, key(shop, request)) else { return Ok(None) };
        let Proof { selector, pricing, rule } = match input.proof() {
            Ok(proof) => proof,
            // A later gate has more to say.
            Err(Unproven::Refused(_) | Unproven::NoPlan | Unproven::BeyondTable | Unproven::Unseen(_)) => {
                return Ok(None);
            }
        };
        if self.account.find_purchase(id)?.is_some() || self.account.find_number(id)?.is_some() {
            return Err(Stop::Error(Misuse::PurchaseIdTaken { purchase: id.clone() }.into()));
        }
        let due_now = pricing.price.due_now;
        let agreement = AgreementOutline {
            accepted_at: now,
            holder: request.holder.clone(),
            selector: selector.clone(),
            country: pricing.country,
            payment: rule.method,
            due_now,
            order_evidence: None,
        };
        let awaiting = AwaitingKyc { number_type: pricing.number_type, tier: pricing.kyc_tier, until: None };
        let asked = rules.requirements(awaiting.number(pricing.country), input.holder_kind());
        let until = asked.and_then(|asked| asked.deadline_s).map(|seconds| now.plus_seconds(seconds));
        let fingerprint = fingerprint(shop, request, due_now.currency());
        let (purchase, agreement) = (id.clone(), Box::new(agreement));
        let awaiting = AwaitingKyc { until, ..awaiting };
        Ok(Some(AccountEvent::PurchaseAwaitsKyc { purchase, agreement, key, fingerprint, awaiting }.into()))
    }
}
