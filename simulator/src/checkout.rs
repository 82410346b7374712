//! The payment provider's page: what is bought, what is due, and the two things that a customer can do about it.

pub(crate) mod page;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ringup_core::{CheckoutId, Purchase};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::http::{Request, Response};
use crate::kit::routes::{Found, Routes};
use crate::problem::{Problem, body, other_methods};
use crate::simulation::Simulation;
use crate::world::{Checkout, CheckoutStatus};

/// What a customer does.
pub(crate) enum Act {
    Look,
    Pay,
    Decline,
}

pub(crate) static ROUTES: Routes<Act> = Routes::new(&[
    ("GET", "/_sim/checkout/{id}", Act::Look),
    ("POST", "/_sim/checkout/{id}/pay", Act::Pay),
    ("POST", "/_sim/checkout/{id}/decline", Act::Decline),
]);

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payment {
    /// Whether the bank confirms after the session has ended.
    #[serde(default)]
    late: bool,
}

/// The content security policy of the pages that the simulator writes: their one style sheet, and forms that come back here.
#[must_use]
pub fn page_policy() -> String {
    let style = STANDARD.encode(Sha256::digest(page::STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Answers a request below `/_sim/checkout/`.
pub(crate) fn answer(simulation: &mut Simulation, request: &Request) -> Response {
    let (act, call) = match ROUTES.find(request) {
        Found::Here(act, call) => (act, call),
        Found::OtherMethods(allow) => return other_methods(request, allow),
        Found::Nowhere => return unknown(request),
    };
    let Ok(id) = call.named("id").parse::<CheckoutId>() else { return unknown(request) };
    let Some(checkout) = simulation.retailer.world.checkout(&id) else { return unknown(request) };
    match act {
        Act::Look => render(simulation, request, &checkout, 200),
        Act::Pay => pay(simulation, request, &id),
        Act::Decline => {
            let declined = simulation.retailer.world.decline_checkout(&id);
            simulation.retailer.poll_checkouts();
            done(simulation, request, &id, declined)
        }
    }
}

fn pay(simulation: &mut Simulation, request: &Request, id: &CheckoutId) -> Response {
    // The page's form sends nothing that could be read.
    let is_json = request.body.trim_ascii_start().starts_with(b"{");
    let payment = if is_json { body::<Payment>(request) } else { Ok(Payment::default()) };
    let late = match payment {
        Ok(payment) => payment.late,
        Err(problem) => return problem.into_response(),
    };
    let paid = simulation.retailer.world.pay_checkout(id, late);
    simulation.retailer.poll_checkouts();
    done(simulation, request, id, paid)
}

fn done(
    simulation: &Simulation,
    request: &Request,
    id: &CheckoutId,
    outcome: Result<Checkout, Option<CheckoutStatus>>,
) -> Response {
    let status = match outcome {
        Ok(_) => 200,
        Err(Some(CheckoutStatus::Expired)) => 410,
        Err(Some(_)) => 409,
        Err(None) => 404,
    };
    match simulation.retailer.world.checkout(id) {
        Some(checkout) => render(simulation, request, &checkout, status),
        None => unknown(request),
    }
}

fn render(simulation: &Simulation, request: &Request, checkout: &Checkout, status: u16) -> Response {
    let customer = simulation.retailer.customers.get(&checkout.account);
    let purchase = customer.and_then(|customer| customer.account.purchase(&checkout.key.purchase));
    if !wants_page(request) {
        let (id, stands) = (&checkout.id, checkout.status);
        let body = match status {
            200 => json!({ "checkout": id, "status": stands }),
            _ => json!({
                "checkout": id,
                "status": stands,
                "error": { "code": code(stands), "message": page::sentence(stands) },
            }),
        };
        return Response::json(status, body);
    }
    let agreement = customer.and_then(|customer| customer.agreement(&checkout.key.purchase));
    let seller = customer.map_or("", |customer| customer.system.shop.policy().title.as_str());
    let bought = purchase.and_then(Purchase::bought).map(|number| number.to_string());
    let base = simulation.config().path();
    Response::html(status, page::checkout(&base, checkout, agreement, bought.as_deref(), seller))
}

fn unknown(request: &Request) -> Response {
    if wants_page(request) {
        return Response::html(404, page::unknown());
    }
    Problem::new(404, "unknown_checkout", "there is no such checkout").into_response()
}

const fn code(status: CheckoutStatus) -> &'static str {
    match status {
        CheckoutStatus::Open => "checkout_open",
        CheckoutStatus::Paid => "checkout_paid",
        CheckoutStatus::Declined => "checkout_declined",
        CheckoutStatus::Expired => "checkout_expired",
    }
}

fn wants_page(request: &Request) -> bool {
    request.header("accept").is_some_and(|accept| accept.contains("text/html"))
}
