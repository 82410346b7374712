//! `GET …/kyc`: what must be submitted, and what was approved before and can be used again.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};

use super::super::SHOP;
use super::super::translate::number_type;
use super::{Regulated, regulated, status};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::retailer::{Caller, Session};
use crate::world::{CaseStatus, KycCase};
use ringup_core::shop::{HolderKind, KycItem, KycItemKind};

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
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    pub(super) description: &'static str,
    example: Option<&'static str>,
    local_to: Option<String>,
}

/// Who the number is for: the one requirement that is shown with the number later.
pub(super) const REGISTRANT: &str = "registrant";

/// All requirements of a country, as the policy has them, in the words of the form.
pub(super) fn fields(regulated: &Regulated) -> Vec<Field> {
    let country = regulated.country.to_string();
    let number = (regulated.country, Some(regulated.number_type), regulated.tier);
    let rules = SHOP.policy().kyc.as_ref();
    let asked = rules.and_then(|rules| rules.requirements(number, HolderKind::default()));
    let items = asked.map(|asked| asked.items.as_slice()).unwrap_or_default();
    let field = |item: &KycItem| {
        let (label, description, example) = words(&item.name);
        let kind = match item.kind {
            KycItemKind::Text => Kind::Text,
            KycItemKind::Date => Kind::Date,
            KycItemKind::Address => Kind::Address,
            KycItemKind::Document => Kind::File,
            KycItemKind::Action => Kind::Action,
        };
        let requirement_id = format!("{}_{}", country.to_lowercase(), item.name);
        let local_to = item.within.map(|_| country.clone());
        Field { requirement_id, label, kind, description, example, local_to }
    };
    items.iter().map(field).collect()
}

/// What a person reads of a requirement: its label, what is meant, an example.
fn words(name: &str) -> (&'static str, &'static str, Option<&'static str>) {
    match name {
        REGISTRANT => ("Name or company", "Who the number is registered for.", Some("Acme GmbH")),
        "address" => ("Address", "A postal address in the country.", None),
        "identity_document" => ("ID card or passport", "Both sides in one file.", None),
        "birth_date" => ("Date of birth", "The end user's date of birth.", Some("1990-01-31")),
        "identity_check" => {
            ("Identity verification", "Done by the end user under a link, after the order is placed.", None)
        }
        _ => ("Further information", "", None),
    }
}

pub(in super::super) fn form(request: &Request, caller: &Caller, session: &Session<'_>) -> Response {
    let query = |name| request.query(name).unwrap_or_default();
    let regulated = match regulated(&query("country"), session) {
        Ok(regulated) => regulated,
        Err(refusal) => return refusal,
    };
    // The newer path answers without a profile.
    let (profile, is_newer) = (query("profileId"), !request.path.contains("/whatsapp/"));
    if let Some(refusal) = profile_problem(&profile, caller, session).filter(|_| !(is_newer && profile.is_empty())) {
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
