//! The regulator's records: cases, each of which one purchase waits for, and the documents that were handed in.
//!
//! Of what was submitted a case keeps names of requirements and who the number is for; values and documents themselves are
//! not stored.

use std::collections::BTreeSet;

use ringup_core::{AccountId, Country, NumberType, PurchaseId, PurchaseRequest, Timestamp};
use serde::Serialize;

use super::World;

/// A verification that a purchase waits for.
#[derive(Clone, Debug, Serialize)]
pub struct KycCase {
    /// Its name, which will be the purchase's.
    pub id: PurchaseId,
    /// Whose it is.
    pub account: AccountId,
    /// What is bought once it is approved.
    pub request: PurchaseRequest,
    /// The country whose regulator asks.
    pub country: Country,
    /// The type of number.
    pub number_type: NumberType,
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

/// What was submitted, by name.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CaseFile {
    /// The name under which the same submission finds this case again.
    pub submission: Option<String>,
    /// The requirements that were met.
    pub requirements: BTreeSet<String>,
    /// Who the number is for.
    pub registrant: Option<String>,
    /// The person who shows an identity, where one must: given name and family name.
    pub person: Option<(String, String)>,
    /// Whether a person must still show an identity once the papers are approved.
    pub identity_needed: bool,
}

/// How a case stands.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum CaseStatus {
    /// Somebody is looking at it.
    InReview,
    /// The papers are approved, and a person must show an identity.
    IdentityNeeded {
        /// Where.
        url: String,
    },
    /// Something must be submitted again.
    ActionNeeded {
        /// Why.
        reason: String,
        /// What; empty: everything.
        requirements: BTreeSet<String>,
    },
    /// It is declined.
    Declined {
        /// Why.
        reason: String,
    },
    /// It is approved, and the purchase goes on.
    Approved,
    /// The customer does not want the number any more.
    Withdrawn,
}

/// A document that was handed in. What it says is not kept.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Its name.
    pub id: String,
    /// Whose it is.
    pub account: AccountId,
    /// The file's name.
    pub file_name: String,
    /// Its size.
    pub size_bytes: usize,
    /// When it was handed in.
    pub uploaded_at: Timestamp,
}

impl CaseStatus {
    /// All names.
    pub const NAMES: [&'static str; 6] =
        ["in_review", "identity_needed", "action_needed", "declined", "approved", "withdrawn"];

    /// Its name, as a query names it.
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

    /// Whether a decision is still to come without the customer's doing anything about the papers.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        match self {
            Self::InReview | Self::IdentityNeeded { .. } => true,
            Self::ActionNeeded { .. } | Self::Declined { .. } | Self::Approved | Self::Withdrawn => false,
        }
    }
}

impl World {
    /// Opens a case. One name is one case.
    pub(crate) fn open_case(
        &mut self,
        (id, account): (&PurchaseId, &AccountId),
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
            file,
            opened_at: now,
            changed_at: now,
            status: CaseStatus::InReview,
            place,
        });
    }

    /// A case.
    #[must_use]
    pub fn case(&self, id: &PurchaseId) -> Option<&KycCase> {
        self.cases.get(id)
    }

    /// Changes how a case stands.
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

    /// Takes a document in; its name follows from how many there are.
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

    /// A document that was handed in.
    #[must_use]
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.get(id)
    }
}
