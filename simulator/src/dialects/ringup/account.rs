//! How an account stands: all that a form needs to quote by itself, and what the gates make of it.

use ringup_core::{Evidence, Gate, GateStatus, PurchaseRequest, Rejection, gates};

use super::wire::{AccountAnswer, Limits};
use super::{SHOP, status};
use crate::http::Response;
use crate::kit::json::to_json;
use crate::retailer::{Caller, Failure, Session};

pub(super) fn get(caller: &Caller, session: &Session<'_>) -> Response {
    let Some(account) = session.account(&caller.account) else { return status::unauthorized() };
    let standing = account.standing(&SHOP, &caller.actor, session.now());
    let Ok(standing) = standing else { return Failure::RecordMissing.into_response() };
    let answer = AccountAnswer {
        id: account.id().clone(),
        shop: SHOP.version(),
        plan: standing.terms.plan.as_ref().and_then(|plan| SHOP.plan(plan)).cloned(),
        limits: limits(caller, session),
        standing,
    };
    Response::json(200, to_json(answer))
}

/// What the gates say of a request that asks for nothing yet.
fn limits(caller: &Caller, session: &Session<'_>) -> Limits {
    let mut limits = Limits {
        idempotency_key_length: SHOP.policy().idempotency.as_ref().map(|rules| rules.length_max),
        quote_lifetime_s: SHOP.rate_card().quote_lifetime_s,
        ..Limits::default()
    };
    let nothing = PurchaseRequest::default();
    let quote = session.quote(&caller.account, &caller.actor, &nothing);
    for report in quote.iter().flat_map(|quote| &quote.gates) {
        if let GateStatus::Passed { evidence: Evidence::Numbers(gates::limits::Within { held, in_flight, limit }) }
        | GateStatus::Blocked {
            rejection: Rejection::NumberLimitReached(gates::limits::Reached { held, in_flight, limit, .. }),
            ..
        } = &report.status
            && report.gate == Gate::NumberLimit
        {
            limits.numbers = Some(*limit);
            limits.numbers_held = *held;
            limits.numbers_in_flight = *in_flight;
        }
        if let GateStatus::Blocked {
            rejection: Rejection::VelocityExceeded(gates::pace::velocity::Exceeded { ends_at, .. }),
            ..
        } = &report.status
        {
            limits.confirm_until = Some(*ends_at);
        }
    }
    limits
}
