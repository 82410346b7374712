//! KYC cases: submitted by a customer, decided by the regulator, with their effects on terms and purchase.
//!
//! The number is ordered when its case is approved, under the case's own name; until then nothing is reserved or charged.

use std::collections::BTreeSet;

use ringup_core::shop::KycSubject;
use ringup_core::{
    AccountId, Actor, ChangeTerms, Country, Gate, GateReport, GateStatus, InFlight, KycStatus, MakePurchase,
    NumberType, Offers, PurchaseId, PurchaseRequest, Rejection, quote,
};
use ringup_numbering::WorldPlan;

use super::{NotDone, Retailer, Session};
use crate::webhooks::WebhookEvent;
use crate::world::chance::draw;
use crate::world::{CaseFile, CaseStatus, Document, KycCase};

/// A decision of the regulator.
#[derive(Clone, Debug)]
pub enum Ruling {
    /// The submission is approved.
    Approve,
    /// The identity check is passed.
    Identify,
    /// Documents must be submitted again.
    AskAgain {
        /// Why.
        reason: String,
        /// What.
        requirements: BTreeSet<String>,
    },
    /// The case is declined.
    Decline {
        /// Why.
        reason: String,
    },
}

/// The gates that a submission skips. They are checked when the number is ordered.
const ASKED_LATER: [Gate; 3] = [Gate::Stock, Gate::Kyc, Gate::Velocity];

impl Retailer {
    /// Rules on a case.
    ///
    /// # Errors
    /// The case's status, if it does not allow the decision.
    pub fn rule(&mut self, id: &PurchaseId, ruling: Ruling) -> Result<(), Option<CaseStatus>> {
        let case = self.world.case(id).ok_or(None)?.clone();
        match (&case.status, ruling) {
            (CaseStatus::InReview, Ruling::Approve) if case.file.identity_needed => {
                let url = format!("{}/_sim/kyc/{id}", self.public_url);
                self.world.change_case(id, CaseStatus::IdentityNeeded { url });
                self.notify(&case.account, &WebhookEvent::IdentityNeeded { case: id.clone() });
            }
            (CaseStatus::InReview, Ruling::Approve) | (CaseStatus::IdentityNeeded { .. }, Ruling::Identify) => {
                self.order_after(&case);
            }
            (CaseStatus::InReview | CaseStatus::IdentityNeeded { .. }, Ruling::AskAgain { reason, requirements }) => {
                self.world.change_case(id, CaseStatus::ActionNeeded { reason, requirements });
                self.note_end(&case, KycStatus::Declined);
                self.notify(&case.account, &WebhookEvent::CaseActionNeeded { case: id.clone() });
            }
            (CaseStatus::InReview | CaseStatus::IdentityNeeded { .. }, Ruling::Decline { reason }) => {
                self.decline(&case, reason);
            }
            (status, Ruling::Approve | Ruling::Identify | Ruling::AskAgain { .. } | Ruling::Decline { .. }) => {
                return Err(Some(status.clone()));
            }
        }
        Ok(())
    }

    fn decline(&mut self, case: &KycCase, reason: String) {
        self.world.change_case(&case.id, CaseStatus::Declined { reason });
        self.note_end(case, KycStatus::Declined);
        self.notify(&case.account, &WebhookEvent::CaseDeclined { case: case.id.clone() });
    }

    /// Orders the number. A refusal by a gate declines the case; an outcome of the order belongs to the purchase.
    fn order_after(&mut self, case: &KycCase) {
        self.world.change_case(&case.id, CaseStatus::Approved);
        self.set_kyc(&case.account, case.country, KycStatus::Approved);
        let command = MakePurchase { id: case.id.clone(), actor: Actor::default(), request: case.request.clone() };
        match self.buy(&case.account, command) {
            Ok(_) => {}
            Err(NotDone::Refused(rejection)) => self.decline(case, rejection.to_string()),
            // A failure of the retailer is not a refusal: the case stays open.
            Err(NotDone::Failed(_)) => self.world.change_case(&case.id, case.status.clone()),
        }
    }

    /// Ends a verification in the terms, unless another case of the same kind is approved or open.
    fn note_end(&mut self, case: &KycCase, status: KycStatus) {
        let others = self
            .world
            .cases()
            .into_iter()
            .any(|other| other.account == case.account && other.country == case.country && other.status.is_open());
        if !others && self.kyc(&case.account, case.country) != KycStatus::Approved {
            self.set_kyc(&case.account, case.country, status);
        }
    }

    fn kyc(&self, account: &AccountId, country: Country) -> KycStatus {
        let Some(customer) = self.customers.get(account) else { return KycStatus::NotSubmitted };
        let subject = customer.system.shop.policy().kyc.as_ref().map(|kyc| kyc.subject);
        customer.account.terms().kyc.status(subject.unwrap_or_default(), country)
    }

    fn set_kyc(&mut self, account: &AccountId, country: Country, status: KycStatus) {
        let Some(customer) = self.customers.get(account) else { return };
        let subject = customer.system.shop.policy().kyc.as_ref().map(|kyc| kyc.subject);
        let mut terms = customer.account.terms().clone();
        match subject.unwrap_or_default() {
            KycSubject::Account => terms.kyc.account = status,
            KycSubject::Country => {
                terms.kyc.countries.insert(country, status);
            }
        }
        // A change of terms is never refused.
        let _ = self.submit(account, ChangeTerms { terms });
    }
}

impl Session<'_> {
    /// The refusal that the purchase would get once its case is approved.
    #[must_use]
    pub fn obstacle(&self, account: &AccountId, actor: &Actor, request: &PurchaseRequest) -> Option<Rejection> {
        let (shop, now) = (self.system.shop, self.now());
        let mut standing = self.retailer.customers.get(account)?.standing(actor, now)?;
        let waiting = self.cases(account).into_iter().filter(|case| case.status.is_open());
        standing.in_flight.extend(waiting.map(|case| InFlight::since(case.opened_at)));
        let selector = quote(shop, &WorldPlan, &standing, &Offers::default(), request, now).selector;
        let searches = selector.map(|selector| self.retailer.search(self.system.id, selector, 1)).into_iter().collect();
        let report = quote(shop, &WorldPlan, &standing, &Offers { searches }, request, now);
        report.gates.into_iter().find_map(|GateReport { gate, status }| match status {
            GateStatus::Blocked { rejection, .. } if !ASKED_LATER.contains(&gate) => Some(rejection),
            GateStatus::Blocked { .. } | GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        })
    }

    /// The status of the verification that numbers of this country need.
    #[must_use]
    pub fn kyc(&self, account: &AccountId, country: Country) -> KycStatus {
        self.retailer.kyc(account, country)
    }

    /// Opens a case for a purchase that waits for its approval.
    pub fn open_case(
        &mut self,
        account: &AccountId,
        request: PurchaseRequest,
        kind: (Country, NumberType),
        file: CaseFile,
    ) -> PurchaseId {
        let count = u64::try_from(self.cases(account).len()).unwrap_or(u64::MAX);
        let id = (self.system.purchase_id)(draw(self.retailer.world.seed(), &format!("case/{account}"), count));
        self.retailer.world.open_case((&id, account), request, kind, file);
        if self.retailer.kyc(account, kind.0) != KycStatus::Approved {
            self.retailer.set_kyc(account, kind.0, KycStatus::Pending);
        }
        id
    }

    /// Orders the number of a case at once: its verification was approved before.
    pub fn approve_again(&mut self, id: &PurchaseId) {
        if let Some(case) = self.retailer.world.case(id).cloned() {
            self.retailer.order_after(&case);
        }
    }

    /// Submits documents again. `false` if the case does not wait for any.
    pub fn resubmit(&mut self, id: &PurchaseId, more: CaseFile) -> bool {
        let Some(case) = self.retailer.world.case(id).cloned() else { return false };
        match case.status {
            CaseStatus::ActionNeeded { .. } | CaseStatus::Declined { .. } => {}
            CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Approved | CaseStatus::Withdrawn => {
                return false;
            }
        }
        self.retailer.world.add_to_case(id, more);
        self.retailer.world.change_case(id, CaseStatus::InReview);
        if self.retailer.kyc(&case.account, case.country) != KycStatus::Approved {
            self.retailer.set_kyc(&case.account, case.country, KycStatus::Pending);
        }
        true
    }

    /// Withdraws a case.
    pub fn withdraw(&mut self, id: &PurchaseId) {
        let Some(case) = self.retailer.world.case(id).cloned() else { return };
        self.retailer.world.change_case(id, CaseStatus::Withdrawn);
        self.retailer.note_end(&case, KycStatus::NotSubmitted);
        self.retailer.notify(&case.account, &WebhookEvent::CaseWithdrawn { case: id.clone() });
    }

    /// The account's cases, in the order in which they were opened.
    #[must_use]
    pub fn cases(&self, account: &AccountId) -> Vec<&KycCase> {
        self.retailer.world.cases().into_iter().filter(|case| case.account == *account).collect()
    }

    /// Stores a document's record and returns its id.
    pub fn take_document(&mut self, account: &AccountId, file_name: &str, size_bytes: usize) -> String {
        self.retailer.world.take_document(account, file_name, size_bytes)
    }

    /// A document of the account.
    #[must_use]
    pub fn document(&self, account: &AccountId, id: &str) -> Option<&Document> {
        self.retailer.world.document(id).filter(|document| document.account == *account)
    }
}
