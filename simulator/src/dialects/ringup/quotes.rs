//! Quotes: made and kept, and found again.

use super::{read_request, status, translate};
use crate::http::{Request, Response};
use crate::kit::json::to_json;
use crate::retailer::{Caller, Session};

pub(super) fn make(request: &Request, caller: &Caller, session: &mut Session<'_>) -> Response {
    let wanted = match read_request(request, None, caller, session) {
        Ok(wanted) => wanted,
        Err(refusal) => return refusal,
    };
    let Some(kept) = session.store_quote(&caller.account, &caller.actor, &wanted) else {
        return status::unauthorized();
    };
    let location = format!("/ringup/v1/quotes/{}", kept.id);
    Response::json(201, to_json(translate::quote(kept))).with("location", location)
}

pub(super) fn get(id: &str, caller: &Caller, session: &Session<'_>) -> Response {
    let kept = session.stored_quote(&caller.account, id).filter(|kept| {
        // A key that acts for one holder sees that holder's quotes.
        let only = caller.actor.only_holder.as_ref();
        only.is_none_or(|only| kept.request.holder.as_deref() == Some(only.as_str()))
    });
    let Some(kept) = kept else { return status::quote_not_found() };
    Response::json(200, to_json(translate::quote(kept.clone())))
}
