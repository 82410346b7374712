//! Zernio's webhooks: what it calls what happens to a number, how it signs, and how often it tries.

mod logs;
mod settings;

use ringup_core::purchase::{Failed, Failure, State};
use ringup_core::{Account, PurchaseId};
use serde_json::{Map, Value, json};

pub(super) use logs::logs;
pub(super) use settings::{create, list, remove, test, update};

use super::translate::paid_in_vain;
use crate::kit::json::instant;
use crate::kit::{ids, uuid};
use crate::webhooks::{Content, EventContext, Message, SignatureInput, WebhookEvent, Webhooks};
use crate::world::{CaseStatus, EndpointId};

/// Why there is no number although its verification was approved.
pub(super) fn no_number(account: &Account, id: &PurchaseId) -> &'static str {
    let declined = account.purchase(id).is_some_and(|purchase| {
        matches!(&purchase.state, State::Failed(Failed { failure: Failure::PaymentDeclined { .. }, .. }))
    });
    if declined { "The payment was declined." } else { "The carrier could not provide a phone number." }
}

/// Zernio's side of webhooks.
#[derive(Debug)]
pub(super) struct Words;

pub(super) const ACTIVATED: &str = "whatsapp.number.activated";
const SUSPENDED: &str = "whatsapp.number.suspended";
const REACTIVATED: &str = "whatsapp.number.reactivated";
const DECLINED: &str = "whatsapp.number.declined";
const ACTION_REQUIRED: &str = "whatsapp.number.action_required";
const VERIFICATION_REQUIRED: &str = "whatsapp.number.verification_required";
const RELEASED: &str = "whatsapp.number.released";
const TEST: &str = "webhook.test";

/// The events about numbers.
const EVENTS: &[&str] =
    &[ACTIVATED, DECLINED, ACTION_REQUIRED, VERIFICATION_REQUIRED, SUSPENDED, REACTIVATED, RELEASED];

impl Webhooks for Words {
    fn events(&self) -> &'static [&'static str] {
        EVENTS
    }

    fn messages(&self, context: &EventContext<'_>) -> Vec<Message> {
        let words = match context.event {
            WebhookEvent::Tested => Some((TEST, vec![("message", "This is a test webhook from Zernio".into())])),
            WebhookEvent::NumberActivated { number } => about(context, ACTIVATED, number, None),
            WebhookEvent::NumberSuspended { number, reason } => about(context, SUSPENDED, number, Some(reason)),
            WebhookEvent::NumberReactivated { number } => about(context, REACTIVATED, number, None),
            WebhookEvent::NumberReleased { number } => {
                about(context, RELEASED, number, Some(why_released(context, number)))
            }
            WebhookEvent::IdentityNeeded { .. } => waiting(context, VERIFICATION_REQUIRED),
            WebhookEvent::CaseActionNeeded { .. } => waiting(context, ACTION_REQUIRED),
            // A number that was to be ordered once it was approved, and could not be.
            WebhookEvent::CaseDeclined { .. } => waiting(context, DECLINED),
            WebhookEvent::PurchaseFailed { purchase } => {
                waiting(context, DECLINED).or_else(|| in_vain(context, DECLINED, purchase))
            }
            WebhookEvent::CaseWithdrawn { .. } => waiting(context, RELEASED),
            WebhookEvent::NumberUpdated { .. } | WebhookEvent::WalletToppedUp { .. } => None,
        };
        words.into_iter().map(|(event, members)| message(context, event, members)).collect()
    }

    fn headers(&self, input: &SignatureInput<'_>) -> Vec<(String, String)> {
        let mut headers = vec![("User-Agent".to_owned(), "Zernio-Webhooks/1.0".to_owned())];
        // The name that the company had before is still sent beside the new one.
        for vendor in ["Zernio", "Late"] {
            headers.push((format!("X-{vendor}-Event"), input.event.to_owned()));
            headers.push((format!("X-{vendor}-Event-Id"), input.id.to_owned()));
            headers.extend(input.signature().map(|signature| (format!("X-{vendor}-Signature"), signature)));
        }
        headers
    }

    /// 10 s, 100 s, 1000 s, 10000 s, 24 h and 24 h: README, [N].
    fn delays_s(&self) -> &'static [u32] {
        &[10, 100, 1_000, 10_000, 86_400, 86_400]
    }

    fn failures_max(&self) -> Option<u32> {
        Some(10)
    }

    fn endpoint_id(&self, entropy: u128) -> EndpointId {
        EndpointId::from(ids::hex_24(entropy))
    }
}

/// An event's name and the members that are its own.
type Said = (&'static str, Vec<(&'static str, Value)>);

fn about(context: &EventContext<'_>, event: &'static str, number: &PurchaseId, reason: Option<&str>) -> Option<Said> {
    let held = context.account.number(number)?;
    let number = json!({
        "id": held.purchase,
        "phoneNumber": held.number.to_string(),
        "country": held.country.to_string(),
        "profileId": held.holder,
    });
    let reason = reason.map(|reason| ("reason", reason.into()));
    Some((event, [("number", number)].into_iter().chain(reason).collect()))
}

/// The customer has released the number, or nobody has paid for it.
fn why_released(context: &EventContext<'_>, number: &PurchaseId) -> &'static str {
    let unpaid = context.account.number(number).and_then(|held| held.renewal.as_ref()?.unpaid.as_ref());
    let is_over = unpaid.and_then(|unpaid| unpaid.releases_at).is_some_and(|at| at <= context.at);
    if is_over { "cleanup_suspended" } else { "user_requested" }
}

/// About a number that waits for its verification, and has none yet.
fn waiting(context: &EventContext<'_>, event: &'static str) -> Option<Said> {
    let case = context.case?;
    let number = json!({
        "id": case.id,
        "phoneNumber": "",
        "country": case.country.to_string(),
        "profileId": case.request.holder,
    });
    let own = match &case.status {
        CaseStatus::IdentityNeeded { url } => Some(("verificationUrl", Value::from(url.as_str()))),
        CaseStatus::ActionNeeded { reason, .. } | CaseStatus::Declined { reason } => {
            Some(("reason", Value::from(reason.as_str())))
        }
        CaseStatus::Withdrawn => Some(("reason", "user_requested".into())),
        CaseStatus::Approved => Some(("reason", no_number(context.account, &case.id).into())),
        CaseStatus::InReview => None,
    };
    Some((event, [("number", number)].into_iter().chain(own).collect()))
}

/// About a checkout that was paid, and whose number could not be had.
fn in_vain(context: &EventContext<'_>, event: &'static str, id: &PurchaseId) -> Option<Said> {
    let purchase = context.account.purchase(id)?;
    let reason = paid_in_vain(purchase)?;
    let number = json!({
        "id": purchase.id,
        "phoneNumber": "",
        "country": purchase.agreement.country().to_string(),
        "profileId": purchase.agreement.holder(),
    });
    Some((event, vec![("number", number), ("reason", reason.into())]))
}

fn message(context: &EventContext<'_>, event: &str, members: Vec<(&'static str, Value)>) -> Message {
    let id = uuid::of_entropy(context.entropy);
    let mut body = Map::new();
    body.insert("id".into(), id.as_str().into());
    body.insert("event".into(), event.into());
    body.extend(members.into_iter().map(|(name, value)| (name.to_owned(), value)));
    body.insert("timestamp".into(), instant(context.at).into());
    Message { id, event: event.into(), body: Content::Json(Value::Object(body)) }
}
