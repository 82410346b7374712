//! Test credentials: they buy nothing, and the numbers and area codes that are sent say what the answer is.

use ringup_core::{Capabilities, E164, NumberType};

use super::incoming::form;
use super::settings::{self, Form};
use super::translate::{Number, incoming};
use super::visit::Visit;
use super::{sids, status};
use crate::http::{Request, Response};
use crate::kit::exact;
use crate::kit::json::to_json;
use crate::retailer::{Session, Settings};

/// Never available.
const UNAVAILABLE: &str = "+15005550000";

/// Never valid.
const INVALID: &str = "+15005550001";

/// Always available.
const AVAILABLE: &str = "+15005550006";

/// The area code that always has a number.
const AREA_WITH_NUMBERS: &str = "500";

/// Answers a purchase by test credentials. Nothing is stored.
pub(super) fn create(request: &Request, visit: &Visit, session: &Session<'_>) -> Response {
    tried(request, visit, session).unwrap_or_else(|refusal| refusal)
}

fn tried(request: &Request, visit: &Visit, session: &Session<'_>) -> Result<Response, Response> {
    let form = form(request)?;
    let settings = settings::checked(&form)?;
    let number = number(&form)?;
    let shown = Number {
        account_sid: visit.account.clone(),
        sid: sids::tested(&visit.account, &number.to_string()),
        number,
        number_type: NumberType::Local,
        address_requirements: "none",
        capabilities: Capabilities { voice: true, sms: true, mms: true, fax: false },
        created_at: session.now(),
    };
    Ok(Response::json(201, to_json(incoming(&shown, &settings::changed(Settings::default(), settings)))))
}

fn number(form: &Form) -> Result<E164, Response> {
    let given = |name: &str| form.get(name).map(|text| text.trim()).filter(|text| !text.is_empty());
    match (given("PhoneNumber"), given("AreaCode")) {
        (Some(INVALID), None) => Err(status::number_invalid()),
        (Some(AVAILABLE), None) | (None, Some(AREA_WITH_NUMBERS)) => {
            AVAILABLE.parse().map_err(|_| status::number_invalid())
        }
        (Some(number), None) if number == UNAVAILABLE || exact::check(Some(number)).is_ok() => {
            Err(status::not_available())
        }
        (Some(_), None) => Err(status::number_invalid()),
        (None, Some(code)) if code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(status::none_in_area_code())
        }
        (None, Some(_)) => Err(status::area_code_invalid()),
        (Some(_), Some(_)) | (None, None) => Err(status::bad_request("give either PhoneNumber or AreaCode")),
    }
}
