//! `POST …/kyc` and `…/kyc/upload-document`: papers handed in, checked for being complete, and sent to the regulator.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ringup_core::{KycStatus, NumberType, PurchaseId, PurchaseRequest};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::translate::number_type;
use super::address::{self, Address};
use super::form::{self, Field, Kind, REGISTRANT};
use super::{Applicant, Regulated, regulated, status};
use crate::http::{Request, Response};
use crate::kit::json::{non_null, read_object};
use crate::retailer::{Caller, Session};
use crate::world::{CaseFile, KycCase};

/// How many numbers one submission may make.
const QUANTITY: std::ops::RangeInclusive<usize> = 1..=5;

/// The largest document, in bytes.
pub(in super::super) const DOCUMENT_BYTES_MAX: usize = 20 * 1024 * 1024;

/// Papers. Fields that are not named here are passed over.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct KycSubmission {
    #[serde(deserialize_with = "non_null")]
    profile_id: Option<String>,
    #[serde(deserialize_with = "non_null")]
    country: Option<String>,
    /// Which number: the newer document's.
    #[serde(deserialize_with = "non_null")]
    phone_number: Option<String>,
    #[serde(deserialize_with = "non_null")]
    area_code: Option<String>,
    #[serde(deserialize_with = "non_null")]
    number_type: Option<String>,
    #[serde(deserialize_with = "non_null")]
    submission_id: Option<String>,
    /// How many numbers it makes: the newer document's.
    #[serde(deserialize_with = "non_null")]
    quantity: Option<u32>,
    /// The key that the link of the page carried. Ours: the API has no such field.
    #[serde(skip)]
    pub(super) purchase_intent_id: Option<String>,
    #[serde(deserialize_with = "non_null")]
    reuse: Option<bool>,
    #[serde(deserialize_with = "non_null")]
    reuse_from: Option<String>,
    #[serde(deserialize_with = "non_null")]
    end_user_first_name: Option<String>,
    #[serde(deserialize_with = "non_null")]
    end_user_last_name: Option<String>,
    values: BTreeMap<String, String>,
    documents: Vec<SubmittedDocument>,
    #[serde(deserialize_with = "non_null")]
    address: Option<AddressOf>,
}

impl KycSubmission {
    /// The field that asks for another number than the one which the system picks.
    fn chooses(&self, usual: NumberType) -> Option<&'static str> {
        let another_type = self.number_type.as_deref().is_some_and(|wanted| wanted != number_type(usual));
        let chosen = [
            ("phoneNumber", self.phone_number.is_some()),
            ("areaCode", self.area_code.is_some()),
            ("numberType", another_type),
        ];
        chosen.into_iter().find(|(_, is_chosen)| *is_chosen).map(|(field, _)| field)
    }

    /// Whether it has anything to submit.
    pub(super) fn corrects(&self) -> bool {
        !self.values.is_empty() || !self.documents.is_empty() || self.address.is_some()
    }
}

/// A document: with its content, or by the name that it got when it was uploaded.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct SubmittedDocument {
    #[serde(deserialize_with = "non_null")]
    requirement_id: Option<String>,
    #[serde(deserialize_with = "non_null")]
    filename: Option<String>,
    #[serde(deserialize_with = "non_null")]
    base64: Option<String>,
    #[serde(deserialize_with = "non_null")]
    document_id: Option<String>,
}

/// An address, and the requirement that it meets; it may be left out where there is only one.
#[derive(Deserialize)]
struct AddressOf {
    #[serde(rename = "requirementId", default, deserialize_with = "non_null")]
    requirement_id: Option<String>,
    #[serde(flatten)]
    address: Address,
}

pub(in super::super) fn submit(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: KycSubmission = match read_object(&request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    match submitted(sent, caller, session) {
        Ok(answer) | Err(answer) => answer,
    }
}

pub(super) fn submitted(sent: KycSubmission, caller: &Caller, session: &mut Session<'_>) -> Result<Response, Response> {
    let profile = sent.profile_id.clone().unwrap_or_default();
    let regulated = regulated(sent.country.as_deref().unwrap_or_default(), session)?;
    let request = PurchaseRequest {
        holder: Some(profile.clone()),
        country: Some(regulated.country.to_string()),
        confirm_additional: true,
        ..PurchaseRequest::default()
    };
    if let Some(earlier) = earlier(&sent, caller, session) {
        return Ok(answer("kyc_already_submitted", &earlier, caller, session));
    }
    if let Some(rejection) = session.obstacle(&caller.account, &caller.actor, &request) {
        let applicant = Applicant { account: &caller.account, profile: &profile, key: None };
        return Err(status::refused(&rejection, session.public_url(), &applicant));
    }
    let Some(quantity) =
        sent.quantity.map_or(Some(1), |quantity| usize::try_from(quantity).ok().filter(|it| QUANTITY.contains(it)))
    else {
        return Err(status::bad_request("Invalid quantity", json!({ "field": "quantity", "reason": "1 to 5" })));
    };
    if let Some(field) = sent.chooses(regulated.number_type) {
        let reason = "the number of a submission cannot be chosen";
        return Err(status::bad_request(format!("Invalid {field}"), json!({ "field": field, "reason": reason })));
    }
    let many = (quantity, sent.purchase_intent_id.clone());
    let kind = (regulated.country, regulated.number_type);
    if sent.reuse == Some(true) {
        let file = reused(&sent, &regulated, caller, session)?;
        let opened = session.open_cases(&caller.account, &request, kind, &file, many);
        opened.iter().for_each(|id| session.approve_again(id));
        return Ok(answer("kyc_reused", &opened, caller, session));
    }
    let mut file = checked(&sent, form::fields(&regulated), &regulated, caller, session)?;
    file.submission = sent.submission_id;
    let opened = session.open_cases(&caller.account, &request, kind, &file, many);
    Ok(answer("kyc_submitted", &opened, caller, session))
}

/// The cases that the same submission has opened before.
fn earlier(sent: &KycSubmission, caller: &Caller, session: &Session<'_>) -> Option<Vec<PurchaseId>> {
    let submission = sent.submission_id.as_ref().filter(|id| !id.is_empty())?;
    let cases = session.cases(&caller.account).into_iter();
    let same = cases.filter(|case| case.file.submission.as_ref() == Some(submission));
    Some(same.map(|case| case.id.clone()).collect()).filter(|all: &Vec<PurchaseId>| !all.is_empty())
}

/// The papers of an earlier verification; the answer if none was approved, or not for the number that is named.
fn reused(
    sent: &KycSubmission,
    regulated: &Regulated,
    caller: &Caller,
    session: &Session<'_>,
) -> Result<CaseFile, Response> {
    let approved = form::approved(regulated, caller, session);
    let wanted = sent.reuse_from.as_ref();
    let found = approved.iter().find(|(_, number)| wanted.is_none_or(|wanted| wanted == number));
    let submission = sent.submission_id.clone();
    match found {
        Some((case, _)) => Ok(CaseFile { submission, identity_needed: false, ..case.file.clone() }),
        None if wanted.is_none() && session.kyc(&caller.account, regulated.country) == KycStatus::Approved => {
            Ok(CaseFile { submission, ..CaseFile::default() })
        }
        None => Err(status::error(409, "There is no approved verification to reuse for this country")),
    }
}

/// What the papers say by name; the answer if something is missing or wrong. All of `fields` must be met.
pub(super) fn checked(
    sent: &KycSubmission,
    fields: Vec<Field>,
    regulated: &Regulated,
    caller: &Caller,
    session: &Session<'_>,
) -> Result<CaseFile, Response> {
    let mut met: BTreeSet<String> = BTreeSet::new();
    for (id, value) in &sent.values {
        let kind = kind_of(&fields, id)?;
        let is_met = match kind {
            Kind::Text => !value.trim().is_empty(),
            Kind::Date => value.parse::<jiff::civil::Date>().is_ok(),
            Kind::Address | Kind::File | Kind::Action => false,
        };
        if !is_met {
            return Err(wrong(id, "Invalid value"));
        }
        met.insert(id.clone());
    }
    for document in &sent.documents {
        let id = document.requirement_id.clone().unwrap_or_default();
        if kind_of(&fields, &id)? != Kind::File || !is_document(document, caller, session) {
            return Err(wrong(&id, "Invalid document"));
        }
        met.insert(id);
    }
    if let Some(sent) = &sent.address {
        let named = fields.iter().find(|field| field.kind == Kind::Address);
        let id = sent.requirement_id.clone().or_else(|| named.map(|field| field.requirement_id.clone()));
        let id = id.unwrap_or_default();
        if kind_of(&fields, &id)? != Kind::Address {
            return Err(wrong(&id, "Invalid address"));
        }
        check_address(&sent.address, regulated)?;
        met.insert(id);
    }
    let identity_needed = fields.iter().any(|field| field.kind == Kind::Action);
    let person = sent.end_user_first_name.clone().zip(sent.end_user_last_name.clone());
    let person = person.filter(|(first, last)| !first.trim().is_empty() && !last.trim().is_empty());
    let mut missing: Vec<&str> = fields
        .iter()
        .filter(|field| field.kind != Kind::Action && !met.contains(&field.requirement_id))
        .map(|field| field.requirement_id.as_str())
        .collect();
    if identity_needed && person.is_none() {
        missing.extend(["endUserFirstName", "endUserLastName"]);
    }
    if !missing.is_empty() {
        return Err(status::bad_request("Missing required fields", json!({ "missing": missing })));
    }
    let named = fields.iter().find(|field| field.requirement_id.ends_with(REGISTRANT));
    let named = named.and_then(|field| sent.values.get(&field.requirement_id)).cloned();
    let addressee = sent.address.as_ref().and_then(|sent| sent.address.addressee());
    Ok(CaseFile { submission: None, requirements: met, registrant: named.or(addressee), person, identity_needed })
}

fn kind_of(fields: &[Field], id: &str) -> Result<Kind, Response> {
    let found = fields.iter().find(|field| field.requirement_id == id);
    found.map(|field| field.kind).ok_or_else(|| wrong(id, "Unknown requirement"))
}

fn wrong(id: &str, error: &str) -> Response {
    status::bad_request(error, json!({ "requirementId": id }))
}

fn check_address(address: &Address, regulated: &Regulated) -> Result<(), Response> {
    if let Some(field) = address::missing(address) {
        return Err(status::bad_request(
            format!("{field} is required"),
            json!({ "field": format!("address.{field}") }),
        ));
    }
    let country = regulated.country.to_string();
    if address.in_country().is_some_and(|code| code != country) {
        let details = json!({ "field": "address.country_code", "localTo": country });
        return Err(status::bad_request("The address must be in the country of the number", details));
    }
    address::undeliverable(address, &regulated.areas).map_or(Ok(()), Err)
}

/// Whether a document is there: handed in with the submission, or before by the same user.
fn is_document(document: &SubmittedDocument, caller: &Caller, session: &Session<'_>) -> bool {
    match (&document.document_id, &document.filename, &document.base64) {
        (Some(id), None, None) => session.document(&caller.account, id).is_some(),
        (None, Some(name), Some(content)) => !name.is_empty() && is_base64(content),
        (_, _, _) => false,
    }
}

/// Whether a text is something in the Base64 of RFC 4648, with its padding.
fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty())
}

/// The number of each case; the first one by itself as well.
fn answer(said: &str, opened: &[PurchaseId], caller: &Caller, session: &Session<'_>) -> Response {
    let visible = super::super::numbers::visible(caller, session);
    let number = |id: &PurchaseId| {
        let entry = visible.iter().find(|entry| entry.is(id.as_str()));
        let case = session.cases(&caller.account).into_iter().find(|case: &&KycCase| case.id == *id);
        json!({
            "id": id,
            "status": entry.map_or("regulatory_declined", |entry| entry.status),
            "country": case.map(|case| case.country.to_string()),
        })
    };
    let numbers: Vec<Value> = opened.iter().map(number).collect();
    let first = numbers.first().cloned().unwrap_or_default();
    // The older document has no list.
    Response::json(
        200,
        match numbers.len() {
            0 | 1 => json!({ "status": said, "phoneNumber": first }),
            _ => json!({ "status": said, "phoneNumber": first, "numbers": numbers }),
        },
    )
}

/// Takes one document in; what it says is not looked at and not kept.
pub(in super::super) fn upload(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent = request.header("x-filename").unwrap_or_default();
    let name = percent_encoding::percent_decode_str(sent).decode_utf8_lossy().into_owned();
    if name.trim().is_empty() {
        return status::bad_request("X-Filename is required", json!({ "field": "X-Filename" }));
    }
    if request.body.is_empty() {
        return status::bad_request("The document is empty", Value::Object(serde_json::Map::new()));
    }
    let id = session.take_document(&caller.account, &name, request.body.len());
    Response::json(200, json!({ "documentId": id }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_told_from_other_texts() {
        assert!(["YQ==", "YWI=", "YWJj", "+/+/"].into_iter().all(is_base64));
        assert!(!["", "=", "====", "YQ=", "YQ", "Y=Q=", "Y Q=", "-_-_"].into_iter().any(is_base64));
    }
}
