//! A purchase, in either flow.

use ringup_core::HeldNumber;

use super::record::Record;
use super::status;
use super::translate::{self, Unfit};
use super::visit::Visit;
use super::wire::PurchaseBody;
use crate::http::{Request, Response};
use crate::kit::exact;
use crate::kit::json::{read_object, to_json};
use crate::retailer::{NotDone, Session, Settings};

pub(super) fn answer(request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let body: PurchaseBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let read = translate::request(&body, &visit.organization)
        .and_then(|wanted| translate::settings(&body).map(|settings| (wanted, settings)));
    let (wanted, settings) = match read {
        Ok(read) => read,
        Err(Unfit { member, reason }) => return status::bad_request(Some(member), reason),
    };
    if let Err(error) = exact::check(wanted.number.as_deref()) {
        return status::bad_request(Some("e164"), &error.to_string());
    }
    let account = &visit.caller.account;
    let purchased = match session.purchase(account, &visit.caller.actor, &wanted) {
        Ok(purchased) => purchased,
        Err(NotDone::Refused(rejection)) => return status::refused(&rejection),
        Err(NotDone::Failed(failure)) => return failure.into_response(),
    };
    let id = &purchased.purchase.id;
    if !purchased.repeated {
        session.configure(account, id, settings);
    }
    let settings = session.settings(account, id);
    let success = |held: &HeldNumber| success(held, visit, &settings);
    status::purchased(&purchased, success)
}

fn success(held: &HeldNumber, visit: &Visit, settings: &Settings) -> Response {
    Response::json(201, to_json(Record::held(held).render(&visit.organization, settings)))
}
