//! The regulator's records: KYC cases, one per waiting purchase, and uploaded documents.
//!
//! A case stores the names of the requirements met and who the number is for; it stores no values and no documents.

use std::collections::BTreeSet;

use ringup_core::{AccountId, Country, NumberType, PurchaseId, PurchaseRequest, Timestamp};
use serde::Serialize;

use super::World;

/// A KYC case: a verification that a purchase waits for.
#[derive(Clone, Debug, Serialize)]
pub struct KycCase {
    /// Its id, which becomes the purchase's.
    pub id: PurchaseId,
    /// Whose it is.
    pub account: AccountId,
    /// The purchase request that follows the approval.
    pub request: PurchaseRequest,
    /// The country of the regulator.
    pub country: Country,
    /// The type of number.
    pub number_type: NumberType,
    /// The first case of the same submission: one ruling is for all of them.
    pub submission: PurchaseId,
    /// The purchase that came of it, if it has another id than the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase: Option<PurchaseId>,
    /// The idempotency key that the link of its page carried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What was submitted.
    pub file: CaseFile,
    /// When it was submitted first.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// How it stands.
    #[serde(flatten)]
    pub status: CaseStatus,
    // Its place among all cases.
    #[serde(skip)]
    place: usize,
}

/// What was submitted, without values.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CaseFile {
    /// The submission's id, by which a repeat finds this case.
    pub submission: Option<String>,
    /// The requirements that were met.
    pub requirements: BTreeSet<String>,
    /// Who the number is for.
    pub registrant: Option<String>,
    /// The person of the identity check, if there is one: given name and family name.
    pub person: Option<(String, String)>,
    /// Whether an identity check follows the approval.
    pub identity_needed: bool,
}

/// The status of a case.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CaseStatus {
    /// The regulator is reviewing it.
    InReview,
    /// The submission is approved, and an identity check is pending.
    IdentityNeeded {
        /// The page of the identity check.
        url: String,
    },
    /// Something must be submitted again.
    ActionNeeded {
        /// Why.
        reason: String,
        /// The requirements; empty: all.
        requirements: BTreeSet<String>,
    },
    /// It is declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// It is approved, and the purchase has begun.
    Approved,
    /// The customer has withdrawn it.
    Withdrawn,
}

/// An uploaded document, without its content.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Its name.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// The file's name.
    pub file_name: String,
    /// Its size, in bytes.
    pub size_bytes: usize,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
}

impl KycCase {
    /// The id of its purchase, now or later.
    #[must_use]
    pub fn purchase_id(&self) -> &PurchaseId {
        self.purchase.as_ref().unwrap_or(&self.id)
    }
}

impl CaseStatus {
    /// All names.
    pub const NAMES: [&'static str; 6] =
        ["in_review", "identity_needed", "action_needed", "declined", "approved", "withdrawn"];

    /// Its name, as in queries.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::InReview => "in_review",
            Self::IdentityNeeded { .. } => "identity_needed",
            Self::ActionNeeded { .. } => "action_needed",
            Self::Declined { .. } => "declined",
            Self::Approved => "approved",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether the regulator decides next, without a further submission.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self {
            Self::InReview | Self::IdentityNeeded { .. } => true,
            Self::ActionNeeded { .. } | Self::Declined { .. } | Self::Approved | Self::Withdrawn => false,
        }
    }
}

impl World {
    /// Opens a case. A repeat with the same id changes nothing.
    pub(crate) fn open_case(
        &mut self,
        (id, account): (&PurchaseId, &AccountId),
        (submission, key): (&PurchaseId, Option<String>),
        request: PurchaseRequest,
        (country, number_type): (Country, NumberType),
        file: CaseFile,
    ) {
        let (now, place) = (self.now(), self.cases.len());
        self.cases.entry(id.clone()).or_insert_with(|| KycCase {
            id: id.clone(),
            account: account.clone(),
            request,
            country,
            number_type,
            submission: submission.clone(),
            purchase: None,
            key,
            file,
            opened_at: now,
            changed_at: now,
            status: CaseStatus::InReview,
            place,
        });
    }

    /// A case, by its id or by that of its purchase.
    #[must_use]
    pub fn case(&self, id: &PurchaseId) -> Option<&KycCase> {
        self.cases.get(id).or_else(|| self.cases.values().find(|case| case.purchase.as_ref() == Some(id)))
    }

    /// Notes which purchase came of a case.
    pub(crate) fn note_purchase(&mut self, id: &PurchaseId, purchase: PurchaseId) {
        if let Some(case) = self.cases.get_mut(id) {
            case.purchase = Some(purchase).filter(|purchase| purchase != id);
        }
    }

    /// The cases of the same submission, in the order in which they were opened.
    #[must_use]
    pub fn siblings(&self, case: &KycCase) -> Vec<PurchaseId> {
        let same = self.cases().into_iter().filter(|other| other.submission == case.submission);
        same.map(|other| other.id.clone()).collect()
    }

    /// Changes the status of a case.
    pub(crate) fn change_case(&mut self, id: &PurchaseId, status: CaseStatus) {
        let now = self.now();
        if let Some(case) = self.cases.get_mut(id) {
            case.changed_at = now;
            case.status = status;
        }
    }

    /// Adds to what was submitted.
    pub(crate) fn add_to_case(&mut self, id: &PurchaseId, more: CaseFile) {
        if let Some(case) = self.cases.get_mut(id) {
            case.file.requirements.extend(more.requirements);
            case.file.registrant = more.registrant.or(case.file.registrant.take());
            case.file.person = more.person.or(case.file.person.take());
        }
    }

    /// All cases, in the order in which they were opened.
    #[must_use]
    pub fn cases(&self) -> Vec<&KycCase> {
        let mut all: Vec<&KycCase> = self.cases.values().collect();
        all.sort_by_key(|case| case.place);
        all
    }

    /// Stores a document's record; its id follows from their count.
    pub(crate) fn take_document(&mut self, account: &AccountId, file_name: &str, size_bytes: usize) -> String {
        let count = u64::try_from(self.documents.len()).unwrap_or(u64::MAX);
        let id = format!("doc_{:032x}", super::chance::draw(self.seed, &format!("document/{account}"), count));
        let document = Document {
            id: id.clone(),
            account: account.clone(),
            file_name: file_name.into(),
            size_bytes,
            uploaded_at: self.now(),
        };
        self.documents.insert(id.clone(), document);
        id
    }

    /// An uploaded document.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.get(id)
    }
}
