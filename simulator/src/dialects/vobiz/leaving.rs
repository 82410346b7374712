//! Release with its cool-down, and the move to a sub-account and back.

use percent_encoding::utf8_percent_encode;
use ringup_core::shop::ReleaseWhen;
use ringup_core::{E164, HeldNumber, HeldStatus, HolderId, Misuse, Money, PurchaseId};
use serde_json::Number;

use super::numbers::in_sight;
use super::wire::{AssignBody, Cancelled, CoolOff, Released};
use super::{IN_A_SEGMENT, SHOP, Visit, status, translate};
use crate::http::{Request, Response};
use crate::kit::json::{amount, instant, read_object, to_json};
use crate::retailer::{NotDone, Session};

/// Releases a number: after the cool-down, or at once with `?immediate=true`.
pub(super) fn release(number: &str, request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let held = match find(number, visit, session) {
        Ok(held) => held,
        Err(refusal) => return refusal,
    };
    let when = is_set(request, "immediate").then_some(ReleaseWhen::AtOnce);
    let released = session.release_when(&visit.caller.account, &visit.caller.actor, &held, when);
    let held = match released {
        Ok(held) => held,
        Err(NotDone::Refused(misuse)) => return refused(&misuse),
        Err(NotDone::Failed(failure)) => return failure.into_response(),
    };
    let fee = SHOP.policy().release.fee.iter().find(|fee| fee.currency() == held.recurring.fee.currency());
    let release_fee = fee.copied().map_or(Number::from(0), amount);
    let answer = match held.status {
        HeldStatus::CoolingDown { ends_at, .. } => {
            let holder = utf8_percent_encode(&visit.holder, IN_A_SEGMENT);
            let number = String::from(held.number);
            let number = utf8_percent_encode(&number, IN_A_SEGMENT);
            let base = session.public_url();
            Released {
                cancel_url: format!("{base}/vobiz/api/v1/account/{holder}/numbers/{number}/cancel-release"),
                cooldown_ends_at: instant(ends_at),
                message: "number release scheduled",
                release_fee,
                status: "pending_release",
            }
        }
        HeldStatus::Released { at } => Released {
            cancel_url: String::new(),
            cooldown_ends_at: instant(at),
            message: "number returned to inventory",
            release_fee,
            status: "released",
        },
        HeldStatus::Active
        | HeldStatus::Scheduled { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. } => return status::release_unconfirmed(),
    };
    Response::json(200, to_json(answer))
}

/// Takes back a release whose cool-down is not over.
pub(super) fn cancel(number: &str, visit: &Visit, session: &mut Session<'_>) -> Response {
    let id = match find(number, visit, session) {
        Ok(id) => id,
        Err(refusal) => return refusal,
    };
    let held = session.account(&visit.caller.account).and_then(|account| account.number(&id));
    let Some(HeldStatus::CoolingDown { fee, .. }) = held.map(|held| held.status.clone()) else {
        return status::bad_request("number is not pending release");
    };
    match session.cancel_release(&visit.caller.account, &visit.caller.actor, &id) {
        Ok(_) => {}
        Err(NotDone::Refused(misuse)) => return refused(&misuse),
        Err(NotDone::Failed(failure)) => return failure.into_response(),
    }
    let answer = Cancelled {
        message: "number release cancelled",
        status: "active",
        currency: fee.map(|fee: Money| fee.currency().to_string()),
        refund_amount: fee.map(amount),
        refund_status: fee.map(|_| "success"),
    };
    Response::json(200, to_json(answer))
}

/// Moves a number of the parent pool to a sub-account.
pub(super) fn assign(number: &str, request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let body: AssignBody = match read_object(&request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let Some(to) = body.sub_account_id.filter(|id| !id.is_empty()) else {
        return status::bad_request("sub_account_id is required");
    };
    let held = match pool(number, visit, session) {
        Ok(held) => held,
        Err(refusal) => return refusal,
    };
    if translate::holder(&held) != visit.holder {
        return status::not_in_pool();
    }
    let to = to.parse().ok().filter(|to: &HolderId| to.as_str().starts_with("SA_"));
    let Some(to) = to else { return status::no_sub_account() };
    moved(&held.purchase, &to, false, visit, session)
}

/// Moves a number of a sub-account back to the parent pool.
pub(super) fn unassign(number: &str, request: &Request, visit: &Visit, session: &mut Session<'_>) -> Response {
    let held = match pool(number, visit, session) {
        Ok(held) => held,
        Err(refusal) => return refusal,
    };
    let Ok(to) = visit.holder.parse() else { return status::foreign_account() };
    if translate::holder(&held) == visit.holder {
        return status::not_assigned();
    }
    moved(&held.purchase, &to, is_set(request, "force"), visit, session)
}

fn moved(id: &PurchaseId, to: &HolderId, force: bool, visit: &Visit, session: &mut Session<'_>) -> Response {
    match session.transfer(&visit.caller.account, &visit.caller.actor, id, to, force) {
        Ok(_) => Response::empty(204),
        Err(NotDone::Refused(Misuse::CoolOff { until, .. })) => {
            let left = until.as_millis().saturating_sub(session.now().as_millis());
            Response::json(
                409,
                to_json(CoolOff {
                    error: "did_cool_off_in_effect",
                    cool_off_until: instant(until),
                    cool_off_remaining_seconds: left.saturating_add(999).div_euclid(1000),
                }),
            )
        }
        Err(NotDone::Refused(misuse)) => refused(&misuse),
        Err(NotDone::Failed(failure)) => failure.into_response(),
    }
}

/// The number that the account in the path holds, or its sub-accounts, if it is a parent that may move it.
fn pool(number: &str, visit: &Visit, session: &Session<'_>) -> Result<HeldNumber, Response> {
    let id = find(number, visit, session).map_err(|_| status::number_unknown())?;
    if !visit.is_master {
        return Err(status::parent_needed());
    }
    let held = session.account(&visit.caller.account).and_then(|account| account.number(&id)).cloned();
    held.ok_or_else(status::number_unknown)
}

/// The number in the path.
fn find(number: &str, visit: &Visit, session: &Session<'_>) -> Result<PurchaseId, Response> {
    let Ok(number) = number.parse::<E164>() else { return Err(status::bad_request("invalid phone number")) };
    // A number can be bought again while its first release still goes on: the one that is held is meant.
    let same = in_sight(visit, session).into_iter().filter(|held| held.number == number);
    let held = same.max_by_key(|held| (held.status == HeldStatus::Active, held.accepted_at));
    held.map(|held| held.purchase.clone()).ok_or_else(status::foreign_number)
}

fn is_set(request: &Request, name: &str) -> bool {
    request.query(name).is_some_and(|text| matches!(text.as_str(), "true" | "1"))
}

/// A release or a move that is not possible.
fn refused(misuse: &Misuse) -> Response {
    match misuse {
        Misuse::NumberNotHeld { .. } => status::foreign_number(),
        Misuse::HolderUnknown { .. } => status::no_sub_account(),
        Misuse::TransferNotAllowed { .. } => status::admin_needed(),
        Misuse::BalanceTooLow { needed, balance } => {
            status::insufficient_balance(format!("required {needed}, available {balance}"))
        }
        Misuse::AccountUnknown { .. }
        | Misuse::NumberingPlanMissing
        | Misuse::TimeZoneUnknown { .. }
        | Misuse::PurchaseIdTaken { .. }
        | Misuse::CommandIdTaken { .. }
        | Misuse::NumberTaken { .. }
        | Misuse::BooksFull { .. }
        | Misuse::AmountNotPositive { .. }
        | Misuse::ReleaseNotAllowed { .. }
        | Misuse::ReleaseTimeNotAllowed { .. }
        | Misuse::Committed { .. }
        | Misuse::ReleaseBegun { .. }
        | Misuse::CoolOff { .. }
        | Misuse::LimitReached { .. }
        | Misuse::TopUpNotAllowed { .. }
        | Misuse::EffectUnknown { .. }
        | Misuse::ConfirmationUnfit { .. }
        | Misuse::ReviewNotAllowed { .. }
        | Misuse::NotInReview { .. }
        | Misuse::FindingImpossible { .. }
        | Misuse::VerificationNotNeeded { .. } => status::bad_request(misuse.to_string()),
    }
}
