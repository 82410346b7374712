//! `GET …/kyc`: what must be submitted, and what was approved before and can be used again.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::translate::number_type;
use super::{Regulated, regulated, status};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::retailer::{Caller, Session};
use crate::world::{CaseStatus, KycCase};

/// The lowest tier at which a person must show an identity.
const IDENTITY_TIER_MIN: u8 = 4;

/// What kind of thing meets a requirement.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Text,
    Date,
    Address,
    File,
    /// Nothing that is submitted: a person shows an identity once the papers are approved.
    Action,
}

/// One requirement.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Field {
    pub(super) requirement_id: String,
    label: &'static str,
    pub(super) kind: Kind,
    description: &'static str,
    example: Option<&'static str>,
    local_to: Option<String>,
}

/// Who the number is for: the one requirement that is shown with the number later.
pub(super) const REGISTRANT: &str = "registrant";

/// All requirements of a country. They are invented: the real ones are the provider's, and change.
pub(super) fn fields(regulated: &Regulated) -> Vec<Field> {
    let country = regulated.country.to_string();
    let field = |name: &str, label, kind, description, example| Field {
        requirement_id: format!("{}_{name}", country.to_lowercase()),
        label,
        kind,
        description,
        example,
        local_to: (kind == Kind::Address).then(|| country.clone()),
    };
    let registrant = "Who the number is registered for.";
    let mut fields = vec![
        field(REGISTRANT, "Name or company", Kind::Text, registrant, Some("Acme GmbH")),
        field("address", "Address", Kind::Address, "A postal address in the country.", None),
        field("identity_document", "ID card or passport", Kind::File, "Both sides in one file.", None),
    ];
    if IDENTITY_TIER_MIN <= regulated.tier {
        let birth = "The end user's date of birth.";
        let identity = "Done by the end user under a link, after the order is placed.";
        fields.push(field("birth_date", "Date of birth", Kind::Date, birth, Some("1990-01-31")));
        fields.push(field("identity_check", "Identity verification", Kind::Action, identity, None));
    }
    fields
}

pub(in super::super) fn form(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let query = |name| request.query(name).unwrap_or_default();
    let regulated = match regulated(&query("country"), session) {
        Ok(regulated) => regulated,
        Err(refusal) => return refusal,
    };
    if let Some(refusal) = profile_problem(&query("profileId"), caller, session) {
        return refusal;
    }
    Response::json(
        200,
        json!({
            "country": regulated.country.to_string(),
            "numberType": number_type(regulated.number_type),
            "fields": to_json(fields(&regulated)),
            "reusable": reusable(&regulated, caller, session),
        }),
    )
}

/// Why a caller may not submit for a profile.
fn profile_problem(profile: &str, caller: &Caller, session: &Session<'_>) -> Option<Response> {
    if profile.is_empty() {
        return Some(status::bad_request("profileId is required", json!({ "field": "profileId" })));
    }
    let account = session.account(&caller.account);
    let holder = profile.parse().ok().and_then(|holder| account?.holder(&holder));
    if !holder.is_some_and(|holder| holder.allowed) {
        let details = json!({ "field": "profileId", "profileId": profile });
        return Some(status::bad_request("Profile not found", details));
    }
    let only = caller.actor.only_holder.as_ref();
    let forbidden = only.is_some_and(|only| only.as_str() != profile);
    forbidden.then(|| status::error(403, "This API key has no access to the profile"))
}

/// The approved verifications whose numbers are held, the newest first.
pub(super) fn approved<'a>(
    regulated: &Regulated,
    caller: &Caller,
    session: &'a Session<'_>,
) -> Vec<(&'a KycCase, String)> {
    let account = session.account(&caller.account);
    let number = |case: &KycCase| Some(account?.number(&case.id)?.number.to_string());
    let cases = session.cases(&caller.account).into_iter().rev();
    let fits = |case: &&KycCase| case.country == regulated.country && case.status == CaseStatus::Approved;
    cases.filter(fits).filter_map(|case| Some((case, number(case)?))).collect()
}

fn reusable(regulated: &Regulated, caller: &Caller, session: &Session<'_>) -> Value {
    let approved = approved(regulated, caller, session);
    let details = |case: &KycCase| {
        let registrant = case.file.registrant.iter();
        registrant.map(|name| json!({ "label": "Name or company", "value": name })).collect::<Vec<_>>()
    };
    let option = |(case, number): &(&KycCase, String)| json!({ "fromPhoneNumber": number, "details": details(case) });
    let Some((newest, number)) = approved.first() else { return Value::Null };
    json!({
        "available": true,
        "fromPhoneNumber": number,
        "details": details(newest),
        "options": approved.iter().map(option).collect::<Vec<_>>(),
    })
}

/// The requirements of these names; all of them, if none is named.
pub(super) fn only(fields: Vec<Field>, names: &BTreeSet<String>) -> Vec<Field> {
    fields.into_iter().filter(|field| names.is_empty() || names.contains(&field.requirement_id)).collect()
}
