//! `…/{id}/remediate`: what the reviewer wants again, and submitting it.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::translate::number_type;
use super::form;
use super::submission::{KycSubmission, checked};
use super::{Regulated, regulated, status};
use crate::http::{Body, Response};
use crate::kit::json::{non_null, read_object, to_json};
use crate::kit::routes::Call;
use crate::retailer::{Caller, Session};
use crate::world::{CaseStatus, KycCase};

pub(in super::super) fn flagged(id: &str, caller: &Caller, session: &Session<'_>) -> Response {
    let (case, regulated, names) = match awaiting(id, caller, session) {
        Ok(found) => found,
        Err(refusal) => return refusal,
    };
    let reason = match &case.status {
        CaseStatus::ActionNeeded { reason, .. } | CaseStatus::Declined { reason } => Value::from(reason.as_str()),
        CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Approved | CaseStatus::Withdrawn => {
            Value::Null
        }
    };
    Response::json(
        200,
        json!({
            "country": case.country.to_string(),
            "numberType": number_type(case.number_type),
            "declineReason": reason,
            "fields": to_json(form::only(form::fields(&regulated), &names)),
        }),
    )
}

pub(in super::super) fn remediate(call: &Call<'_>, caller: &Caller, session: &mut Session<'_>) -> Response {
    let sent: KycSubmission = match read_object(&call.request.body) {
        Ok(sent) => sent,
        Err(unreadable) => return status::unreadable(unreadable),
    };
    match resubmitted(call.named("id"), &sent, caller, session) {
        Ok(answer) | Err(answer) => answer,
    }
}

/// Hands papers in again, for the case and for the others of its submission.
pub(super) fn resubmitted(
    id: &str,
    sent: &KycSubmission,
    caller: &Caller,
    session: &mut Session<'_>,
) -> Result<Response, Response> {
    let (case, regulated, names) = awaiting(id, caller, session)?;
    let fields = form::only(form::fields(&regulated), &names);
    // A person is named once: who was named before need not be named again.
    let fields = fields.into_iter().filter(|field| field.kind != form::Kind::Action).collect();
    let (case, file) = (case.id.clone(), checked(sent, fields, &regulated, caller, session)?);
    if !session.resubmit(&case, &file) {
        return Err(not_awaiting());
    }
    let number = json!({ "id": case, "status": "pending_regulatory" });
    Ok(Response::json(200, json!({ "status": "resubmitted", "phoneNumber": number })))
}

/// An answer to the reviewer's questions: with corrections it is handed in again, without any the message alone is noted.
pub(in super::super) fn reply(call: &Call<'_>, caller: &Caller, session: &mut Session<'_>) -> Response {
    let (sent, said): (KycSubmission, Said) = match (read_object(&call.request.body), read_object(&call.request.body)) {
        (Ok(sent), Ok(said)) => (sent, said),
        (Err(unreadable), _) | (_, Err(unreadable)) => return status::unreadable(unreadable),
    };
    let id = call.named("id");
    let message = said.message.filter(|message| !message.trim().is_empty());
    let siblings = match awaiting(id, caller, session) {
        Ok((case, ..)) => session.siblings(&case.id).saturating_sub(1),
        Err(refusal) => return refusal,
    };
    let posted = message.is_some();
    if sent.corrects() {
        return match resubmitted(id, &sent, caller, session) {
            Ok(Response { body: Body::Json(mut body), .. }) => {
                body["posted"] = posted.into();
                body["siblingsResubmitted"] = siblings.into();
                Response::json(200, body)
            }
            Ok(answer) | Err(answer) => answer,
        };
    }
    if !posted {
        return status::bad_request("message is required", json!({ "field": "message" }));
    }
    let number = json!({ "id": id, "status": "regulatory_declined" });
    Response::json(200, json!({ "status": "replied", "posted": true, "phoneNumber": number, "siblingsResubmitted": 0 }))
}

/// What is said to the reviewer. It is not kept.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    #[serde(deserialize_with = "non_null")]
    message: Option<String>,
}

/// A case that waits for being submitted again, and the requirements that are asked for.
fn awaiting<'a>(
    id: &str,
    caller: &Caller,
    session: &'a Session<'_>,
) -> Result<(&'a KycCase, Regulated, BTreeSet<String>), Response> {
    let is_visible = super::super::numbers::visible(caller, session).iter().any(|entry| entry.is(id));
    let case = session.cases(&caller.account).into_iter().find(|case| case.id.as_str() == id);
    let names = match case.map(|case| &case.status) {
        _ if !is_visible => return Err(status::not_found()),
        Some(CaseStatus::ActionNeeded { requirements, .. }) => requirements.clone(),
        Some(CaseStatus::Declined { .. }) => BTreeSet::new(),
        Some(
            CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Approved | CaseStatus::Withdrawn,
        )
        | None => return Err(not_awaiting()),
    };
    let case = case.ok_or_else(status::not_found)?;
    Ok((case, regulated(&case.country.to_string(), session)?, names))
}

fn not_awaiting() -> Response {
    status::error(400, "Phone number is not awaiting remediation")
}
