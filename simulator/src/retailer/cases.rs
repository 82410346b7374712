//! KYC cases: submitted by a customer, decided by the regulator, with their effects on terms and purchase.
//!
//! The number is ordered when its case is approved, under the case's own name; until then nothing is reserved or charged.

use std::collections::BTreeSet;

use ringup_core::shop::KycSubject;
use ringup_core::{
    AccountId, Actor, Country, EndKycWait, Gate, GateReport, GateStatus, HolderId, InFlight, KycFinding, KycStatus,
    MakePurchase, NumberType, Offers, Purchase, PurchaseId, PurchaseRequest, RecordVerification, Rejection, Selector,
    quote,
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
    /// Rules on a case, and on the others of the same submission that stand as it does.
    ///
    /// # Errors
    /// The case's status, if it does not allow the decision.
    pub fn rule(&mut self, id: &PurchaseId, ruling: &Ruling) -> Result<(), Option<CaseStatus>> {
        let ruled = self.world.case(id).ok_or(None)?.clone();
        self.rule_one(&ruled, ruling)?;
        for other in self.world.siblings(&ruled) {
            let other = self.world.case(&other).filter(|other| other.id != ruled.id && other.status == ruled.status);
            if let Some(other) = other.cloned() {
                self.rule_one(&other, ruling)?;
            }
        }
        Ok(())
    }

    fn rule_one(&mut self, case: &KycCase, ruling: &Ruling) -> Result<(), Option<CaseStatus>> {
        let id = &case.id;
        match (&case.status, ruling) {
            (CaseStatus::InReview, Ruling::Approve) if case.file.identity_needed => {
                let url = self.identity_url(case);
                self.world.change_case(id, CaseStatus::IdentityNeeded { url });
                self.notify(&case.account, &WebhookEvent::IdentityNeeded { case: id.clone() });
            }
            (CaseStatus::InReview, Ruling::Approve) | (CaseStatus::IdentityNeeded { .. }, Ruling::Identify) => {
                self.order_after(case);
            }
            (CaseStatus::InReview | CaseStatus::IdentityNeeded { .. }, Ruling::AskAgain { reason, requirements }) => {
                let (reason, mend) = (reason.clone(), requirements.iter().cloned().collect());
                self.world.change_case(id, CaseStatus::ActionNeeded { reason, requirements: requirements.clone() });
                self.note_end(case, KycFinding::Declined { mend });
                self.notify(&case.account, &WebhookEvent::CaseActionNeeded { case: id.clone() });
            }
            (CaseStatus::InReview | CaseStatus::IdentityNeeded { .. }, Ruling::Decline { reason }) => {
                self.decline(case, reason.clone());
            }
            (status, Ruling::Approve | Ruling::Identify | Ruling::AskAgain { .. } | Ruling::Decline { .. }) => {
                return Err(Some(status.clone()));
            }
        }
        Ok(())
    }

    /// The page of the end user's identity check.
    fn identity_url(&self, case: &KycCase) -> String {
        let system = self.customers.get(&case.account).map(|customer| customer.system);
        let path = system.map(|system| format!("{}{}", system.id, system.base)).unwrap_or_default();
        format!("{}/{path}/identity/{}", self.public_url, case.id)
    }

    /// The purchase that waited for this case ends, and its key is free.
    fn decline(&mut self, case: &KycCase, reason: String) {
        self.world.change_case(&case.id, CaseStatus::Declined { reason });
        self.note_end(case, KycFinding::Declined { mend: Vec::new() });
        self.end_wait(case, true);
        self.notify(&case.account, &WebhookEvent::CaseDeclined { case: case.id.clone() });
    }

    fn end_wait(&mut self, case: &KycCase, declined: bool) {
        // It is never refused.
        let _ = self.submit(&case.account, EndKycWait { purchase: case.id.clone(), declined });
    }

    /// Orders the number: for the purchase that waits for this case, or a new one. A refusal by a gate declines the case; an
    /// outcome of the order belongs to the purchase.
    fn order_after(&mut self, case: &KycCase) {
        self.world.change_case(&case.id, CaseStatus::Approved);
        self.set_kyc(case, KycFinding::Approved { until: None });
        let served = self.waiting_for(case);
        let is_used = |id: &PurchaseId| {
            let customer = self.customers.get(&case.account);
            customer.is_some_and(|customer| customer.account.purchase(id).is_some())
        };
        let request = served.as_ref().map_or_else(|| case.request.clone(), request_again);
        let id = if served.is_none() && is_used(&case.id) { self.fresh_id(case) } else { case.id.clone() };
        let key = served.as_ref().and_then(|served| served.key.as_ref()).map(|key| key.as_str().to_owned());
        let request = PurchaseRequest { idempotency_key: key.or(case.key.clone()), ..request };
        let command = MakePurchase { id, actor: Actor::default(), request };
        match self.buy(&case.account, command) {
            Ok(bought) => self.world.note_purchase(&case.id, bought.purchase),
            Err(NotDone::Refused(rejection)) => self.decline(case, rejection.to_string()),
            // A failure of the retailer is not a refusal: the case stays open.
            Err(NotDone::Failed(_)) => self.world.change_case(&case.id, case.status.clone()),
        }
    }

    /// The waiting purchase that a case serves: the one that it was opened for, else the one under the key of its link, else
    /// the one of its profile that has waited longest and that no other case is for.
    fn waiting_for(&self, case: &KycCase) -> Option<Purchase> {
        let account = &self.customers.get(&case.account)?.account;
        let of_another = |purchase: &Purchase| {
            purchase.id != case.id && self.world.case(&purchase.id).is_some_and(|other| other.status.is_open())
        };
        let may_serve = |purchase: &Purchase| {
            let holder = purchase.agreement.holder().map(HolderId::as_str);
            purchase.agreement.country() == case.country
                && holder == case.request.holder.as_deref()
                && !of_another(purchase)
        };
        let own = account.purchase(&case.id).filter(|own| own.awaiting_kyc().is_some());
        own.or_else(|| account.awaiting_kyc(case.key.as_deref(), may_serve).ok().flatten()).cloned()
    }

    fn fresh_id(&self, case: &KycCase) -> PurchaseId {
        let customer = self.customers.get(&case.account);
        let version = customer.map_or(0, |customer| customer.account.version());
        let entropy = draw(self.world.seed(), &format!("purchase/{}", case.account), version);
        customer.map_or_else(|| case.id.clone(), |customer| (customer.system.purchase_id)(entropy))
    }

    /// Ends a verification, unless another case for the same country is approved or open.
    fn note_end(&mut self, case: &KycCase, finding: KycFinding) {
        let others = self.world.cases().into_iter().any(|other| {
            let is_same = other.account == case.account && other.country == case.country;
            is_same && other.id != case.id && other.status.is_open()
        });
        if !others && self.kyc(&case.account, case.country) != KycStatus::Approved {
            self.set_kyc(case, finding);
        }
    }

    fn kyc(&self, account: &AccountId, country: Country) -> KycStatus {
        let Some(customer) = self.customers.get(account) else { return KycStatus::NotSubmitted };
        let Some(rules) = &customer.system.shop.policy().kyc else { return KycStatus::NotSubmitted };
        let account = &customer.account;
        rules.status(account.terms(), account.verifications(), (country, None, u8::MAX), self.world.now())
    }

    /// Tells the core what is known of the papers: it gets the case's id, and the case has them.
    fn set_kyc(&mut self, case: &KycCase, finding: KycFinding) {
        let Some(customer) = self.customers.get(&case.account) else { return };
        let subject = customer.system.shop.policy().kyc.as_ref().map(|kyc| kyc.subject).unwrap_or_default();
        let country = match subject {
            KycSubject::Account => None,
            KycSubject::Country => Some(case.country),
        };
        let papers = case.id.as_str().parse().ok();
        // What the policy asks for is never refused.
        let _ = self.submit(&case.account, RecordVerification { country, number_type: None, finding, papers });
    }
}

/// The request of a waiting purchase. Its papers say that it is meant.
fn request_again(waiting: &Purchase) -> PurchaseRequest {
    let holder = waiting.agreement.holder().map(ToString::to_string);
    let selector = waiting.agreement.selector();
    let asked = PurchaseRequest {
        holder,
        country: selector.country().map(|country| country.to_string()),
        number_type: selector.number_type().map(|number_type| number_type.name().to_owned()),
        capabilities: selector.capabilities(),
        region: selector.region().map(str::to_owned),
        confirm_additional: true,
        ..PurchaseRequest::default()
    };
    match selector {
        Selector::Any { .. } => asked,
        Selector::Exact { number } => PurchaseRequest { number: Some(number.to_string()), ..asked },
        Selector::Inventory { inventory_id } => {
            PurchaseRequest { inventory_id: Some(inventory_id.to_string()), ..asked }
        }
        Selector::AreaCode { area_code, .. } => PurchaseRequest { area_code: Some(area_code.clone()), ..asked },
        Selector::Pattern { pattern, .. } => PurchaseRequest { pattern: Some(String::from(pattern.clone())), ..asked },
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

    /// Opens the cases of one submission, one for each number. The first is for the purchase that waits under this key, or
    /// else for the one that has waited longest; the others are for those after it, as far as there are any.
    pub fn open_cases(
        &mut self,
        account: &AccountId,
        request: &PurchaseRequest,
        kind: (Country, NumberType),
        file: &CaseFile,
        (quantity, key): (usize, Option<String>),
    ) -> Vec<PurchaseId> {
        let mut opened: Vec<PurchaseId> = Vec::new();
        for nth in 0..quantity.max(1) {
            let key = key.clone().filter(|_| nth == 0);
            let waiting = self.waiting(account, request, (kind.0, key.as_deref()));
            let count = u64::try_from(self.cases(account).len()).unwrap_or(u64::MAX);
            let drawn = draw(self.retailer.world.seed(), &format!("case/{account}"), count);
            let id = waiting.unwrap_or_else(|| (self.system.purchase_id)(drawn));
            let submission = opened.first().unwrap_or(&id).clone();
            let world = &mut self.retailer.world;
            world.open_case((&id, account), (&submission, key), request.clone(), kind, file.clone());
            opened.push(id);
        }
        let first = opened.first().and_then(|first| self.retailer.world.case(first)).cloned();
        if let Some(first) = first
            && self.retailer.kyc(account, kind.0) != KycStatus::Approved
        {
            self.retailer.set_kyc(&first, KycFinding::UnderReview);
        }
        opened
    }

    /// The waiting purchase that the next case is for: no other case is.
    fn waiting(
        &self,
        account: &AccountId,
        request: &PurchaseRequest,
        (country, key): (Country, Option<&str>),
    ) -> Option<PurchaseId> {
        let account = &self.retailer.customers.get(account)?.account;
        let may_serve = |purchase: &Purchase| {
            let holder = purchase.agreement.holder().map(HolderId::as_str);
            purchase.agreement.country() == country
                && holder == request.holder.as_deref()
                && self.retailer.world.case(&purchase.id).is_none()
        };
        Some(account.awaiting_kyc(key, may_serve).ok()??.id.clone())
    }

    /// Orders the number of a case at once: its verification was approved before.
    pub fn approve_again(&mut self, id: &PurchaseId) {
        if let Some(case) = self.retailer.world.case(id).cloned() {
            self.retailer.order_after(&case);
        }
    }

    /// Submits documents again. `false` if the case does not wait for any.
    pub fn resubmit(&mut self, id: &PurchaseId, more: &CaseFile) -> bool {
        let Some(case) = self.retailer.world.case(id).cloned() else { return false };
        match case.status {
            CaseStatus::ActionNeeded { .. } | CaseStatus::Declined { .. } => {}
            CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Approved | CaseStatus::Withdrawn => {
                return false;
            }
        }
        for sibling in self.retailer.world.siblings(&case) {
            let stands = self.retailer.world.case(&sibling).map(|sibling| &sibling.status);
            if stands == Some(&case.status) {
                self.retailer.world.add_to_case(&sibling, more.clone());
                self.retailer.world.change_case(&sibling, CaseStatus::InReview);
            }
        }
        if self.retailer.kyc(&case.account, case.country) != KycStatus::Approved {
            self.retailer.set_kyc(&case, KycFinding::UnderReview);
        }
        true
    }

    /// Withdraws a case.
    pub fn withdraw(&mut self, id: &PurchaseId) {
        let Some(case) = self.retailer.world.case(id).cloned() else { return };
        self.retailer.world.change_case(id, CaseStatus::Withdrawn);
        self.retailer.note_end(&case, KycFinding::Withdrawn);
        self.retailer.end_wait(&case, false);
        self.retailer.notify(&case.account, &WebhookEvent::CaseWithdrawn { case: id.clone() });
    }

    /// The account's cases, in the order in which they were opened.
    #[must_use]
    pub fn cases(&self, account: &AccountId) -> Vec<&KycCase> {
        self.retailer.world.cases().into_iter().filter(|case| case.account == *account).collect()
    }

    /// A case of this system.
    #[must_use]
    pub fn case(&self, id: &PurchaseId) -> Option<&KycCase> {
        let case = self.retailer.world.case(id)?;
        let customer = self.retailer.customers.get(&case.account)?;
        (customer.system.id == self.system.id).then_some(case)
    }

    /// How many numbers the submission of a case is for.
    #[must_use]
    pub fn siblings(&self, id: &PurchaseId) -> usize {
        let world = &self.retailer.world;
        world.case(id).map_or(0, |case| world.siblings(case).len())
    }

    /// Tells how an identity check ended. `false` if the case does not wait for one.
    pub fn identify(&mut self, id: &PurchaseId, passed: bool) -> bool {
        let awaits = |case: &KycCase| matches!(case.status, CaseStatus::IdentityNeeded { .. });
        let ruling = if passed {
            Ruling::Identify
        } else {
            Ruling::Decline { reason: "the identity check was not passed".into() }
        };
        self.case(id).is_some_and(awaits) && self.retailer.rule(id, &ruling).is_ok()
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
