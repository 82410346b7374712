//! The numbers of an account: bought, shown, listed, changed and given back.

use ringup_core::{E164, HeldNumber, HolderId, NumberType, OfferedNumber, PurchaseRequest, Selector};

use super::pattern::Pattern;
use super::settings::{self, ADDRESS_SID, BUNDLE_SID, FRIENDLY_NAME, Form};
use super::translate::{self, API_VERSION, incoming};
use super::visit::Visit;
use super::wire::IncomingPhoneNumber;
use super::{SHOP, addresses, page, sids, status, stock};
use crate::http::{Request, Response};
use crate::kit::exact;
use crate::kit::form::read_form;
use crate::kit::json::to_json;
use crate::kit::routes::Call;
use crate::retailer::{NotDone, NotHeld, Session};

/// The type that a sub-resource is limited to; none for all.
pub(super) type Limited = Option<NumberType>;

/// The form of a request.
pub(super) fn form(request: &Request) -> Result<Form, Response> {
    read_form(&request.body).map_err(|unreadable| status::unreadable(&unreadable))
}

pub(super) fn create(request: &Request, limited: Limited, visit: &Visit, session: &mut Session<'_>) -> Response {
    bought(request, limited, visit, session).unwrap_or_else(|refusal| refusal)
}

fn bought(request: &Request, limited: Limited, visit: &Visit, session: &mut Session<'_>) -> Result<Response, Response> {
    let form = form(request)?;
    let settings = settings::checked(&form)?;
    let given = |name: &str| form.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    let wanted = match (given("PhoneNumber"), given("AreaCode")) {
        (Some(number), None) => {
            let number = read_number(number)?;
            // Buying a number again that the account has is an update of it.
            if let Some(held) = own(visit, session).into_iter().find(|held| held.number == number).cloned() {
                return Ok(changed(&held, settings, visit, session, 201));
            }
            check_offer(number, limited, &settings, visit, session)?;
            translate::exact(&visit.account, &number.to_string())
        }
        (None, Some(_)) if limited.is_some() => return Err(status::no_area_code_here()),
        (None, Some(area_code)) => {
            translate::of_area(&visit.account, area_code).ok_or_else(status::area_code_invalid)?
        }
        _ => return Err(status::bad_request("give either PhoneNumber or AreaCode")),
    };
    buy(&wanted, settings, visit, session)
}

fn buy(
    wanted: &PurchaseRequest,
    settings: Form,
    visit: &Visit,
    session: &mut Session<'_>,
) -> Result<Response, Response> {
    let account = &visit.caller.account;
    let purchased = session.purchase(account, visit.actor(), wanted).map_err(|not_done| match not_done {
        NotDone::Refused(rejection) => status::refused(&rejection),
        NotDone::Failed(failure) => failure.into_response(),
    })?;
    let id = &purchased.purchase.id;
    // Also where the answer is an error: the purchase may still come to a number.
    let settings = settings::changed(session.settings(account, id), settings);
    session.configure(account, id, settings.clone());
    let held = status::purchased(&purchased.purchase, purchased.account.number(id))?;
    Ok(Response::json(201, to_json(incoming(&held.into(), &settings))))
}

/// A number in E.164; the separators that people write are passed over.
fn read_number(text: &str) -> Result<E164, Response> {
    exact::check(Some(text)).ok().and_then(|()| text.parse().ok()).ok_or_else(status::number_invalid)
}

/// What Twilio asks of the number that is named, before the purchase: its type, an address, documents.
fn check_offer(
    number: E164,
    limited: Limited,
    settings: &Form,
    visit: &Visit,
    session: &Session<'_>,
) -> Result<(), Response> {
    let found = session.search(Some(&Selector::Exact { number }));
    // What is not for sale is refused by the purchase.
    let Some(offer) = found.first() else { return Ok(()) };
    if limited.is_some_and(|limited| limited != offer.number_type) {
        return Err(status::another_type());
    }
    check_address(offer, settings.get(ADDRESS_SID), visit, session)?;
    check_bundle(offer, settings.get(BUNDLE_SID), visit)
}

fn check_address(
    offer: &OfferedNumber,
    address: Option<&String>,
    visit: &Visit,
    session: &Session<'_>,
) -> Result<(), Response> {
    let needed = stock::address_requirements(offer.country, offer.number_type);
    let address = address.filter(|sid| !sid.is_empty());
    match (needed, address) {
        ("none", None) => Ok(()),
        (_, None) => Err(status::address_missing()),
        (_, Some(sid)) => {
            let country = addresses::country(sid, visit, session).ok_or_else(status::address_unfit)?;
            let fits = needed != "local" || country == offer.country.to_string();
            if fits { Ok(()) } else { Err(status::address_unfit()) }
        }
    }
}

/// A regulated number needs the bundle of its country; whether that is approved, the purchase sees.
fn check_bundle(offer: &OfferedNumber, bundle: Option<&String>, visit: &Visit) -> Result<(), Response> {
    let rate = SHOP.rate_card().rate(offer.country, Some(offer.number_type), Some(offer.number));
    let tier_min = SHOP.policy().kyc.as_ref().map_or(u8::MAX, |kyc| kyc.tier_min);
    let is_regulated = rate.is_some_and(|rate| tier_min <= rate.kyc_tier);
    let country = offer.country.to_string();
    let fits = bundle.is_some_and(|sid| *sid == sids::bundle(&visit.parent, &country));
    if is_regulated && !fits { Err(status::bundle_missing()) } else { Ok(()) }
}

pub(super) fn list(request: &Request, limited: Limited, visit: &Visit, session: &Session<'_>) -> Response {
    let typed = |name: &str| request.query(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let (name, number, origin) = (typed(FRIENDLY_NAME), typed("PhoneNumber"), typed("Origin"));
    // What is no pattern fits no number.
    let pattern = number.as_deref().map(|text| Pattern::parse(text, 0));
    let mut held = own(visit, session);
    held.retain(|held| limited.is_none_or(|limited| limited == held.number_type));
    held.sort_by_key(|held| (held.activated_at, held.number));
    held.reverse();
    let shown =
        held.into_iter().map(|held| incoming(&held.into(), &session.settings(&visit.caller.account, &held.purchase)));
    let fits = |shown: &IncomingPhoneNumber| {
        name.as_ref().is_none_or(|name| *name == shown.friendly_name)
            && pattern.as_ref().is_none_or(|it| it.as_ref().is_some_and(|it| it.fits(&shown.phone_number)))
            && origin.as_ref().is_none_or(|origin| origin == shown.origin)
    };
    let below = limited.map_or(String::new(), |limited| format!("/{}", super::available::resource(limited)));
    let path = format!("/{API_VERSION}/Accounts/{}/IncomingPhoneNumbers{below}.json", visit.account);
    page::answer(request, &path, "incoming_phone_numbers", shown.filter(fits).collect())
}

pub(super) fn fetch(call: &Call<'_>, visit: &Visit, session: &Session<'_>) -> Response {
    let Some(held) = find(call.named("sid"), visit, session) else { return status::not_found(&call.request.path) };
    Response::json(200, to_json(incoming(&(&held).into(), &session.settings(&visit.caller.account, &held.purchase))))
}

pub(super) fn update(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let Some(held) = find(call.named("sid"), visit, session) else { return status::not_found(&call.request.path) };
    let form = match form(call.request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let settings = match settings::checked(&form) {
        Ok(settings) => settings,
        Err(refusal) => return refusal,
    };
    let to = form.get("AccountSid").map(|sid| sid.trim()).filter(|sid| !sid.is_empty() && *sid != visit.account);
    let held = match to.map(|to| moved(&held, to, visit, session)) {
        Some(Err(refusal)) => return refusal,
        Some(Ok(held)) => held,
        None => held,
    };
    changed(&held, settings, visit, session, 200)
}

/// Moves a number to another account of the same parent.
fn moved(held: &HeldNumber, to: &str, visit: &Visit, session: &mut Session<'_>) -> Result<HeldNumber, Response> {
    if !visit.by_parent {
        return Err(status::parent_needed());
    }
    let to: HolderId = to.parse().map_err(|_| status::account_sid_invalid())?;
    let moved = session.transfer(&visit.caller.account, visit.actor(), &held.purchase, &to, false);
    moved.map_err(|not_done| match not_done {
        NotDone::Refused(_) => status::not_related(),
        NotDone::Failed(failure) => failure.into_response(),
    })
}

fn changed(held: &HeldNumber, changes: Form, visit: &Visit, session: &mut Session<'_>, success: u16) -> Response {
    let account = &visit.caller.account;
    let settings = settings::changed(session.settings(account, &held.purchase), changes);
    session.configure(account, &held.purchase, settings);
    Response::json(success, to_json(incoming(&held.into(), &session.settings(account, &held.purchase))))
}

pub(super) fn delete(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let Some(held) = find(call.named("sid"), visit, session) else { return status::not_found(&call.request.path) };
    match session.release(&visit.caller.account, visit.actor(), &held.purchase) {
        Ok(held) if held.is_released() => Response::empty(204),
        // The carrier has not said that it is gone.
        Ok(_) => status::server_error(),
        Err(NotDone::Refused(NotHeld)) => status::not_found(&call.request.path),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

fn find(sid: &str, visit: &Visit, session: &Session<'_>) -> Option<HeldNumber> {
    own(visit, session).into_iter().find(|held| held.purchase.as_str() == sid).cloned()
}

/// The numbers of the account in the path.
pub(super) fn own<'a>(visit: &Visit, session: &'a Session<'_>) -> Vec<&'a HeldNumber> {
    let Some(account) = session.account(&visit.caller.account) else { return Vec::new() };
    let held = account.numbers().filter(|held| !held.is_released());
    held.filter(|held| translate::holder(held) == visit.account).collect()
}
