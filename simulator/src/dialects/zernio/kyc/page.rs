//! The pages for a person: the form behind `kycUrl`, and the identity check behind `onfidoVerificationUrl`.
//!
//! Both are plain HTML and need no key: the link says whose they are.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::{AccountId, Actor, Country};
use serde_json::{Value, json};

use super::form::{self, Field, Kind};
use super::remediation::resubmitted;
use super::submission::{KycSubmission, submitted};
use super::{Applicant, Regulated, regulated, status, url};
use crate::checkout::page::{escaped, frame};
use crate::http::{Body, Response};
use crate::kit::json::read;
use crate::kit::multipart::{Part, parts};
use crate::kit::routes::Call;
use crate::retailer::{Caller, Session};
use crate::world::{CaseStatus, KycCase};

/// The parts of a postal address, in the order in which people write them.
const ADDRESS: [(&str, &str, bool); 4] = [
    ("street_address", "Street and number", true),
    ("locality", "City", true),
    ("administrative_area", "State or province", false),
    ("postal_code", "Postal code", true),
];

/// Whose page it is, and for which country.
struct Link {
    country: Country,
    caller: Caller,
    profile: String,
    key: Option<String>,
}

impl Link {
    fn read(call: &Call<'_>, session: &Session<'_>) -> Option<Self> {
        let account: AccountId = call.request.query("account")?.parse().ok()?;
        session.account(&account).filter(|_| account.as_str().starts_with("zernio-"))?;
        let country = call.named("country").parse().ok()?;
        let profile = call.request.query("profileId").unwrap_or_default();
        let key = call.request.query("purchaseIntentId").filter(|key| !key.is_empty());
        Some(Self { country, caller: Caller { account, actor: Actor::default() }, profile, key })
    }

    /// The case that came of it last.
    fn case<'a>(&self, session: &'a Session<'_>) -> Option<&'a KycCase> {
        let cases = session.cases(&self.caller.account).into_iter().rev();
        let is_own = |case: &&KycCase| {
            let is_of_profile = case.request.holder.as_deref() == Some(self.profile.as_str());
            case.country == self.country && is_of_profile && case.key == self.key && case.id == case.submission
        };
        cases.filter(|case| case.status != CaseStatus::Withdrawn).find(is_own)
    }

    fn address(&self, session: &Session<'_>) -> String {
        let of = Applicant { account: &self.caller.account, profile: &self.profile, key: self.key.as_deref() };
        url(session.public_url(), self.country, &of)
    }
}

/// What is asked for, or how it stands.
pub(in super::super) fn show(call: &Call<'_>, session: &mut Session<'_>) -> Response {
    match Link::read(call, session) {
        Some(link) => render(&link, session, 200, &Entered::default()),
        None => unknown(),
    }
}

/// What a person has filled in is submitted as the API would submit it.
pub(in super::super) fn send(call: &Call<'_>, session: &mut Session<'_>) -> Response {
    let Some(link) = Link::read(call, session) else { return unknown() };
    let Some(parts) = parts(call.request) else {
        return render(&link, session, 400, &Entered::wrong("The form did not arrive whole. Send it again."));
    };
    let (sent, values) = submission(&link, &parts, session);
    let again = link.case(session).filter(|case| is_open(&case.status)).map(|case| case.id.to_string());
    let done = match again {
        Some(case) => resubmitted(&case, &sent, &link.caller, session),
        None => submitted(sent, &link.caller, session),
    };
    match done {
        Ok(_) => render(&link, session, 200, &Entered::default()),
        Err(refusal) => render(&link, session, refusal.status, &Entered { values, problem: said(&refusal) }),
    }
}

/// What a person has entered, and what is wrong with it.
#[derive(Default)]
struct Entered {
    values: BTreeMap<String, String>,
    problem: String,
}

impl Entered {
    fn wrong(problem: &str) -> Self {
        Self { values: BTreeMap::new(), problem: problem.into() }
    }

    fn value(&self, name: &str) -> String {
        self.values.get(name).map(|value| escaped(value)).unwrap_or_default()
    }
}

const fn is_open(status: &CaseStatus) -> bool {
    match status {
        CaseStatus::ActionNeeded { .. } | CaseStatus::Declined { .. } => true,
        CaseStatus::InReview | CaseStatus::IdentityNeeded { .. } | CaseStatus::Approved | CaseStatus::Withdrawn => {
            false
        }
    }
}

fn submission(link: &Link, parts: &[Part<'_>], session: &mut Session<'_>) -> (KycSubmission, BTreeMap<String, String>) {
    let mut entered = BTreeMap::new();
    let (mut values, mut address, mut documents) = (serde_json::Map::new(), serde_json::Map::new(), Vec::new());
    let mut body = json!({ "profileId": link.profile, "country": link.country.to_string() });
    for part in parts {
        match (part.name.split_once(':'), &part.file_name) {
            (Some(("document", id)), Some(name)) if !part.content.is_empty() => {
                let document = session.take_document(&link.caller.account, name, part.content.len());
                documents.push(json!({ "requirementId": id, "documentId": document }));
            }
            (_, Some(_)) => {}
            (Some(("value", id)), None) => drop(values.insert(id.into(), part.text().into())),
            (Some(("address", name)), None) => drop(address.insert(name.into(), part.text().into())),
            (_, None) => body[part.name.as_str()] = part.text().into(),
        }
        if part.file_name.is_none() {
            entered.insert(part.name.clone(), part.text());
        }
    }
    if !address.is_empty() {
        body["address"] = Value::Object(address);
    }
    body["values"] = Value::Object(values);
    body["documents"] = Value::Array(documents);
    let mut sent = read::<KycSubmission>(body).unwrap_or_default();
    sent.purchase_intent_id.clone_from(&link.key);
    (sent, entered)
}

/// The words of a refusal, with the fields that it names.
fn said(refusal: &Response) -> String {
    let Body::Json(body) = &refusal.body else { return "It could not be submitted.".into() };
    let details = &body["details"];
    let missing = details["missing"].as_array().map(|missing| missing.iter().filter_map(Value::as_str).collect());
    let named: Vec<&str> = missing.unwrap_or_else(|| details["requirementId"].as_str().into_iter().collect());
    let error = body["error"].as_str().unwrap_or("It could not be submitted");
    if named.is_empty() { format!("{error}.") } else { format!("{error}: {}.", named.join(", ")) }
}

fn render(link: &Link, session: &Session<'_>, code: u16, entered: &Entered) -> Response {
    let Ok(regulated) = regulated(&link.country.to_string(), session) else { return unknown() };
    let case = link.case(session);
    let names = BTreeSet::new();
    let body = match case.map(|case| &case.status) {
        None | Some(CaseStatus::Withdrawn) => asked(link, session, &regulated, &names, entered, ""),
        Some(CaseStatus::ActionNeeded { reason, requirements }) => {
            asked(link, session, &regulated, requirements, entered, reason)
        }
        Some(CaseStatus::Declined { reason }) => asked(link, session, &regulated, &names, entered, reason),
        Some(CaseStatus::InReview) => {
            "<p class=\"status\">Your papers are under review. You can close this page.</p>".into()
        }
        Some(CaseStatus::IdentityNeeded { url }) => format!(
            "<p class=\"status\">Your papers are approved.</p><p><a href=\"{}\">Verify your identity</a> to get the number.</p>",
            escaped(url)
        ),
        Some(CaseStatus::Approved) => {
            let account = session.account(&link.caller.account);
            let held = case.and_then(|case| account?.number(case.purchase_id()));
            let number = held.map(|held| held.number.to_string()).unwrap_or_default();
            format!("<p class=\"status paid\">Your papers are approved.</p><p>{number}</p>")
        }
    };
    let title = format!("KYC for {}", link.country);
    Response::html(code, frame(&title, &format!("<h1>{title}</h1>{body}"), &escaped(&link.profile)))
}

fn asked(
    link: &Link,
    session: &Session<'_>,
    regulated: &Regulated,
    names: &BTreeSet<String>,
    entered: &Entered,
    reason: &str,
) -> String {
    let fields = form::only(form::fields(regulated), names);
    let is_again = !reason.is_empty();
    // A person is named once.
    let fields = fields.iter().filter(|field| !(is_again && field.kind == Kind::Action));
    let inputs: String = fields.map(|field| input(field, entered)).collect();
    let why = if is_again { format!("<p class=\"wrong\">Declined: {}</p>", escaped(reason)) } else { String::new() };
    let problem = match entered.problem.as_str() {
        "" => String::new(),
        problem => format!("<p class=\"wrong\" role=\"alert\">{}</p>", escaped(problem)),
    };
    format!(
        "<p class=\"due\">The regulator wants to know who uses the number.</p>{why}{problem}\
         <form method=\"post\" enctype=\"multipart/form-data\" action=\"{}\">{inputs}<button class=\"pay\">Submit</button></form>",
        escaped(&link.address(session))
    )
}

fn input(field: &Field, entered: &Entered) -> String {
    let (id, label, hint) = (escaped(&field.requirement_id), field.label, field.description);
    let line = |name: &str, kind: &str, label: &str, required: bool| {
        let required = if required { " required" } else { "" };
        let value = entered.value(name);
        format!("<label>{label}<input type=\"{kind}\" name=\"{name}\" value=\"{value}\"{required}></label>")
    };
    match field.kind {
        Kind::Text => line(&format!("value:{id}"), "text", label, true),
        Kind::Date => line(&format!("value:{id}"), "date", label, true),
        Kind::File => {
            format!("<label>{label}<small>{hint}</small><input type=\"file\" name=\"document:{id}\" required></label>")
        }
        Kind::Address => {
            let lines =
                ADDRESS.map(|(name, label, required)| line(&format!("address:{name}"), "text", label, required));
            format!("<fieldset><legend>{label}</legend><small>{hint}</small>{}</fieldset>", lines.concat())
        }
        Kind::Action => {
            let names = [("endUserFirstName", "Given name"), ("endUserLastName", "Family name")];
            let lines = names.map(|(name, label)| line(name, "text", label, true));
            format!("<fieldset><legend>{label}</legend><small>{hint}</small>{}</fieldset>", lines.concat())
        }
    }
}

fn unknown() -> Response {
    let body =
        "<h1>No such page</h1><p class=\"status\">The link is wrong, or the simulation has begun again since.</p>";
    Response::html(404, frame("KYC", body, ""))
}

/// The identity check, before and after.
pub(in super::super) fn identity(call: &Call<'_>, session: &mut Session<'_>) -> Response {
    let Some(case) = call.named("case").parse().ok().and_then(|id| session.case(&id)) else { return unknown() };
    let person = case.file.person.clone().map(|(first, last)| escaped(&format!("{first} {last}"))).unwrap_or_default();
    let body = match &case.status {
        CaseStatus::IdentityNeeded { .. } => "<form method=\"post\"><button class=\"pay\" name=\"outcome\" value=\"pass\">\
             Show my identity document</button><button class=\"decline\" name=\"outcome\" value=\"fail\">Fail the check</button></form>"
            .to_owned(),
        CaseStatus::Approved => "<p class=\"status paid\">Your identity is verified. You can close this page.</p>".into(),
        CaseStatus::InReview | CaseStatus::ActionNeeded { .. } | CaseStatus::Declined { .. } | CaseStatus::Withdrawn => {
            "<p class=\"status\">There is nothing to verify now.</p>".into()
        }
    };
    Response::html(
        200,
        frame("Identity check", &format!("<h1>Identity check</h1><p class=\"due\">{person}</p>{body}"), ""),
    )
}

/// What the person does about it.
pub(in super::super) fn identify(call: &Call<'_>, session: &mut Session<'_>) -> Response {
    let Ok(id) = call.named("case").parse() else { return unknown() };
    let passed = call.request.body.trim_ascii() != b"outcome=fail";
    if session.identify(&id, passed) {
        identity(call, session)
    } else {
        status::error(409, "There is nothing to verify now")
    }
}
