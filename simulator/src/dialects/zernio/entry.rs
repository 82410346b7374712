//! The entries of the list: held numbers, pending purchases, and numbers that wait for a KYC case.

use std::collections::BTreeMap;

use ringup_core::{Account, HeldNumber, HeldStatus, HolderId, Purchase, PurchaseId, Timestamp};
use serde_json::Value;

use super::translate::{held_status, meta_preverified_id, paid_in_vain, status, verification};
use super::webhooks::no_number;
use super::wire::{ListedNumber, ProfileReference, ReleasedNumber, SingleNumber};
use super::{SHOP, profiles};
use crate::kit::json::instant;
use crate::retailer::Session;
use crate::world::{CaseStatus, KycCase};

/// A held or released number, a pending purchase, or the KYC case of one.
pub(super) struct Entry<'a> {
    pub(super) status: &'static str,
    pub(super) holder: Option<&'a str>,
    holder_name: String,
    /// Why there is no number, if there is none although its verification was approved.
    no_number: &'static str,
    subject: Subject<'a>,
    case: Option<&'a KycCase>,
    /// How the pre-verification of a held number stands.
    verification: Option<&'static str>,
}

#[derive(Clone, Copy)]
enum Subject<'a> {
    Held(&'a HeldNumber),
    Coming(&'a Purchase),
    Waiting(&'a KycCase),
}

impl<'a> Entry<'a> {
    /// Everything of an account that can be shown, the newest first.
    pub(super) fn all(account: &'a Account, session: &'a Session<'_>) -> Vec<Self> {
        let cases: BTreeMap<&PurchaseId, &KycCase> =
            session.cases(account.id()).into_iter().map(|case| (case.purchase_id(), case)).collect();
        let case = |id| cases.get(id).copied();
        let held = account.numbers().map(|number| {
            let suspended = session.is_suspended(number);
            let held = Self::held(number, suspended, case(&number.purchase));
            Self { verification: Some(verification(number, session)), ..held }
        });
        let coming = account.purchases().filter(|purchase| account.number(&purchase.id).is_none());
        let coming = coming.filter_map(|purchase| Self::coming(purchase, case(&purchase.id)));
        let mut entries: Vec<Self> = held.chain(coming).collect();
        for case in cases.values() {
            if !entries.iter().any(|entry| entry.id() == case.purchase_id().as_str()) {
                entries.push(Self { no_number: no_number(account, case.purchase_id()), ..Self::waiting(case) });
            }
        }
        for entry in &mut entries {
            entry.holder_name = profiles::name(entry.holder.unwrap_or_default(), account.id(), session);
        }
        entries.sort_by(|one, other| (other.created_at(), other.id()).cmp(&(one.created_at(), one.id())));
        entries
    }

    fn held(held: &'a HeldNumber, is_suspended: bool, case: Option<&'a KycCase>) -> Self {
        let holder = held.holder.as_ref().map(HolderId::as_str);
        let works = matches!(held.status, HeldStatus::Active);
        let status = if works && is_suspended { "suspended" } else { held_status(&held.status) };
        Self {
            status,
            holder,
            holder_name: String::new(),
            no_number: "",
            subject: Subject::Held(held),
            case,
            verification: None,
        }
    }

    fn coming(purchase: &'a Purchase, case: Option<&'a KycCase>) -> Option<Self> {
        let holder = purchase.agreement.holder().map(HolderId::as_str);
        let status = status(&purchase.state).or(paid_in_vain(purchase).map(|_| "regulatory_declined"))?;
        Some(Self {
            status,
            holder,
            holder_name: String::new(),
            no_number: "",
            subject: Subject::Coming(purchase),
            case,
            verification: None,
        })
    }

    fn waiting(case: &'a KycCase) -> Self {
        let status = match case.status {
            CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } => "pending_regulatory",
            CaseStatus::ActionNeeded { .. } | CaseStatus::Declined { .. } => "regulatory_declined",
            CaseStatus::Withdrawn => "released",
            // A purchase that went on or through is shown instead: this one came to nothing.
            CaseStatus::Approved => "regulatory_declined",
        };
        let holder = case.request.holder.as_deref();
        Self {
            status,
            holder,
            holder_name: String::new(),
            no_number: "",
            subject: Subject::Waiting(case),
            case: Some(case),
            verification: None,
        }
    }

    pub(super) fn id(&self) -> &'a str {
        match self.subject {
            Subject::Held(held) => held.purchase.as_str(),
            Subject::Coming(purchase) => purchase.id.as_str(),
            Subject::Waiting(case) => case.id.as_str(),
        }
    }

    /// Whether a client means it by this id: its own, or that of the case that it came of.
    pub(super) fn is(&self, id: &str) -> bool {
        self.id() == id || self.case.is_some_and(|case| case.id.as_str() == id)
    }

    /// The number, if it is held.
    pub(super) const fn held_number(&self) -> Option<&'a HeldNumber> {
        match self.subject {
            Subject::Held(held) => Some(held),
            Subject::Coming(_) | Subject::Waiting(_) => None,
        }
    }

    /// The case that it waits for, if it does.
    pub(super) const fn waiting_case(&self) -> Option<&'a KycCase> {
        match self.subject {
            Subject::Waiting(case) => Some(case),
            Subject::Held(_) | Subject::Coming(_) => None,
        }
    }

    /// Since when it stands as it does; of what waits for a regulator only.
    pub(super) fn changed_at(&self) -> Option<Timestamp> {
        self.waiting_case().map(|case| case.changed_at)
    }

    pub(super) fn created_at(&self) -> Timestamp {
        let accepted = match self.subject {
            Subject::Held(held) => Some(held.accepted_at),
            Subject::Coming(purchase) => Some(purchase.agreement.accepted_at()),
            Subject::Waiting(_) => None,
        };
        self.case.map(|case| case.opened_at).or(accepted).unwrap_or(Timestamp::from_millis(0))
    }

    fn phone_number(&self) -> String {
        let number = match self.subject {
            Subject::Held(held) => Some(held.number),
            Subject::Coming(purchase) => purchase.number(),
            Subject::Waiting(_) => None,
        };
        number.map(|number| number.to_string()).unwrap_or_default()
    }

    fn country(&self) -> String {
        let agreed = match self.subject {
            Subject::Held(held) => Some(held.country),
            Subject::Coming(purchase) => Some(purchase.agreement.country()),
            Subject::Waiting(_) => None,
        };
        agreed.or(self.case.map(|case| case.country)).map(|country| country.to_string()).unwrap_or_default()
    }

    /// What it costs a month, or will.
    fn monthly_cents(&self) -> i64 {
        let agreed = match self.subject {
            Subject::Held(held) => Some(held.recurring.monthly_fee()),
            Subject::Coming(purchase) => purchase.agreement.whole().map(|agreement| agreement.price.monthly_fee),
            Subject::Waiting(_) => None,
        };
        let listed = self.case.and_then(|case| SHOP.rate_card().rate(case.country, None, None));
        agreed.or(listed.map(|rate| rate.monthly_fee)).map_or(0, |fee| fee.minor_units())
    }

    fn person(&self) -> (Option<String>, Option<String>) {
        self.case.and_then(|case| case.file.person.clone()).unzip()
    }

    fn verification_url(&self) -> Option<String> {
        match &self.waiting_case()?.status {
            CaseStatus::IdentityNeeded { url } => Some(url.clone()),
            CaseStatus::InReview
            | CaseStatus::ActionNeeded { .. }
            | CaseStatus::Declined { .. }
            | CaseStatus::Approved
            | CaseStatus::Withdrawn => None,
        }
    }

    /// Whether its checkout was paid, and its number could not be had.
    pub(super) fn is_paid_in_vain(&self) -> bool {
        matches!(self.subject, Subject::Coming(purchase) if paid_in_vain(purchase).is_some())
    }

    fn decline_reason(&self) -> Option<String> {
        if let Subject::Coming(purchase) = self.subject {
            return paid_in_vain(purchase).map(str::to_owned);
        }
        match &self.waiting_case()?.status {
            CaseStatus::ActionNeeded { reason, .. } | CaseStatus::Declined { reason } => Some(reason.clone()),
            CaseStatus::Approved => Some(self.no_number.into()),
            CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Withdrawn => None,
        }
    }

    pub(super) fn listed(&self) -> ListedNumber {
        let held = self.held_number();
        let (first, last) = self.person();
        ListedNumber {
            id: self.id().into(),
            phone_number: self.phone_number(),
            country: self.country(),
            status: self.status,
            registrant_name: self.case.and_then(|case| case.file.registrant.clone()),
            telnyx_order_id: Value::Null,
            monthly_cents: self.monthly_cents(),
            profile_id: ProfileReference { id: self.holder.unwrap_or_default().into(), name: self.holder_name.clone() },
            provisioned_at: held.map(|held| instant(held.activated_at)),
            meta_preverified_id: held.map(|held| meta_preverified_id(held.purchase.as_str())),
            meta_verification_status: self.verification,
            onfido_verification_url: self.verification_url(),
            end_user_first_name: first,
            end_user_last_name: last,
            regulatory_decline_reason: self.decline_reason(),
            created_at: instant(self.created_at()),
        }
    }

    pub(super) fn single(&self) -> SingleNumber {
        let held = self.held_number();
        let (first, last) = self.person();
        SingleNumber {
            id: self.id().into(),
            phone_number: self.phone_number(),
            status: self.status,
            country: self.country(),
            meta_preverified_id: held.map(|held| meta_preverified_id(held.purchase.as_str())),
            meta_verification_status: self.verification,
            onfido_verification_url: self.verification_url(),
            end_user_first_name: first,
            end_user_last_name: last,
            regulatory_decline_reason: self.decline_reason(),
            provisioned_at: held.map(|held| instant(held.activated_at)),
        }
    }
}

/// A number that was given up while it waited.
pub(super) fn withdrawn(case: &KycCase, at: Timestamp) -> ReleasedNumber {
    ReleasedNumber {
        id: case.id.to_string(),
        phone_number: String::new(),
        status: "released",
        released_at: Some(instant(at)),
    }
}
