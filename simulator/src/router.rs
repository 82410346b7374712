//! The router: a request goes in, a response comes out; no socket, no thread, no waiting.

use ringup_core::AccountId;
use serde_json::json;

use crate::dialect::{BODY_BYTES_MAX, Dialect};
use crate::http::{Request, Response};
use crate::problem::Problem;
use crate::retailer::Session;
use crate::simulation::Simulation;
use crate::wire::Verdict;
use crate::worlds::path_within;
use crate::{checkout, control, dialects};

impl Simulation {
    /// Answers a request; its path begins at the server's root.
    ///
    /// HEAD answers like GET without the body.
    pub fn handle(&mut self, request: &Request) -> Response {
        self.answer(request, None)
    }

    /// The same under a [`Self::verdict`]: nothing is done if the verdict spares the work, and the response is what the client
    /// gets of it. When it is sent, and how much of it, is up to the server.
    pub fn answer(&mut self, request: &Request, verdict: Option<Verdict>) -> Response {
        self.tick();
        match request.method.as_str() {
            "HEAD" => self.route(&Request { method: "GET".into(), ..request.clone() }, verdict).without_body(),
            _ => self.route(request, verdict),
        }
    }

    /// What becomes of a request to a system, and of its answer, by the rules on the client's side. A rule is used up by it: this
    /// is asked once, before [`Self::answer`], by the server that carries it out. The body is not looked at.
    pub fn verdict(&mut self, request: &Request) -> Option<Verdict> {
        if self.client_faults.is_empty() {
            return None;
        }
        self.tick();
        let (dialect, _) = dialect_of(&request.path)?;
        let (seed, now) = (self.retailer.world.seed(), self.retailer.world.now());
        let customers = &self.retailer.customers;
        let is_signed_by = |account: &AccountId| {
            customers.get(account).is_some_and(|it| it.system.id == dialect.id() && it.has_signed(request))
        };
        self.client_faults.judge((seed, now), dialect.id(), request, is_signed_by)
    }

    fn route(&mut self, request: &Request, verdict: Option<Verdict>) -> Response {
        let path = request.path.split('?').next().unwrap_or_default();
        if path.starts_with("/_sim/checkout/") {
            return checkout::answer(self, request);
        }
        if path == "/_sim" || path.starts_with("/_sim/") {
            return control::answer(self, request);
        }
        let Some((dialect, rest)) = dialect_of(&request.path) else { return nowhere(path) };
        let inner = Request { path: rest.into(), ..request.clone() };
        let response = match verdict {
            Some(verdict) if verdict.spares_the_work() => None,
            _ => Some(self.served(dialect, &inner).unwrap_or_else(no_power)),
        };
        let now = self.retailer.world.now();
        self.journal.note(now, dialect.id(), request, response.as_ref(), verdict);
        let response = response.unwrap_or_else(|| Response::empty(204));
        verdict.map_or_else(|| response.clone(), |verdict| verdict.answer(response.clone(), now))
    }

    /// The dialect's answer; `None` if the retailer has lost its power.
    fn served(&mut self, dialect: &Dialect, request: &Request) -> Option<Response> {
        if self.retailer.is_off() {
            return None;
        }
        let response = dialect.answer(request, &mut Session::new(&mut self.retailer, dialect.system()));
        (!self.retailer.is_off()).then_some(response)
    }
}

/// Whether a path is of the control plane, which only its operator uses. The payment provider's pages are not: the payer opens
/// them.
#[must_use]
pub fn is_control_plane(path: &str) -> bool {
    let path = path_within(path);
    (path == "/_sim" || path.starts_with("/_sim/")) && !path.starts_with("/_sim/checkout/")
}

/// Who answers at a path, for who counts requests: a system's id, `control_plane`, or `none`.
#[must_use]
pub fn answers_at(path: &str) -> &'static str {
    let within = path_within(path);
    match dialect_of(within) {
        Some((dialect, _)) => dialect.id(),
        None if within == "/_sim" || within.starts_with("/_sim/") => "control_plane",
        None => "none",
    }
}

/// The size limit of a body at a path.
#[must_use]
pub fn body_bytes_max(path: &str) -> usize {
    dialect_of(path_within(path)).map_or(BODY_BYTES_MAX, |(dialect, rest)| dialect.body_bytes_max(rest))
}

/// Answers a request whose body exceeds the size limit, in the form of its dialect.
#[must_use]
pub fn too_large(path: &str) -> Response {
    let message = format!("a body has at most {} bytes", body_bytes_max(path));
    match dialect_of(path_within(path)) {
        Some((dialect, _)) => dialect.too_large(&message),
        None => Problem::new(413, "body_too_large", message).into_response(),
    }
}

/// Answers a request whose body broke off, in the form of its dialect. Nothing was done.
#[must_use]
pub fn broken_off(path: &str) -> Response {
    let message = "the body broke off before its end, or its chunks cannot be decoded";
    match dialect_of(path_within(path)) {
        Some((dialect, _)) => dialect.broken_off(message),
        None => Problem::new(400, "body_broken_off", message).into_response(),
    }
}

/// The dialect of a path, and the path after its base.
fn dialect_of(path: &str) -> Option<(&'static Dialect, &str)> {
    dialects::ALL.iter().find_map(|dialect| {
        let rest = path.strip_prefix('/')?.strip_prefix(dialect.id())?.strip_prefix(dialect.base())?;
        (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((*dialect, rest))
    })
}

/// The answer of a proxy whose server is down.
fn no_power() -> Response {
    let message = "the retailer's power was cut, and it does not answer";
    Problem::new(503, "no_power", message).help("POST /_sim/restart starts it again").into_response()
}

fn nowhere(path: &str) -> Response {
    let bases: Vec<String> = dialects::ALL.iter().map(|it| format!("/{}{}/", it.id(), it.base())).collect();
    let help = format!("the systems answer below {}; the control plane below /_sim/", bases.join(", "));
    Response::json(
        404,
        json!({ "error": { "code": "not_found", "message": format!("nothing answers at `{path}`"), "help": help } }),
    )
}

#[cfg(test)]
mod tests;
