//! Kros's webhooks: what it calls what happens to a number, how it signs, and how often it tries.

use ringup_core::PurchaseId;
use serde_json::{Value, json};

use super::record::Record;
use super::translate::number_type;
use super::visit::organization;
use crate::kit::json::instant;
use crate::webhooks::{Content, EventContext, Message, SignatureInput, WebhookEvent, Webhooks};

/// Kros's side of webhooks.
#[derive(Debug)]
pub(super) struct Words;

const PROVISIONED: &str = "number.provisioned";
const RELEASED: &str = "number.released";

/// The events of the reference; only those of numbers happen here.
const EVENTS: &[&str] = &[
    PROVISIONED,
    RELEASED,
    "call.started",
    "call.completed",
    "call.failed",
    "call.recording.ready",
    "transcription.completed",
];

impl Webhooks for Words {
    fn events(&self) -> &'static [&'static str] {
        EVENTS
    }

    fn messages(&self, context: &EventContext<'_>) -> Vec<Message> {
        let said = match context.event {
            WebhookEvent::NumberActivated { number } => about(context, PROVISIONED, number),
            WebhookEvent::NumberReleased { number } => about(context, RELEASED, number),
            // The documents name no other event that happens here.
            WebhookEvent::Tested
            | WebhookEvent::NumberSuspended { .. }
            | WebhookEvent::NumberReactivated { .. }
            | WebhookEvent::NumberUpdated { .. }
            | WebhookEvent::PurchaseFailed { .. }
            | WebhookEvent::IdentityNeeded { .. }
            | WebhookEvent::CaseActionNeeded { .. }
            | WebhookEvent::CaseDeclined { .. }
            | WebhookEvent::CaseWithdrawn { .. }
            | WebhookEvent::WalletToppedUp { .. } => None,
        };
        said.into_iter().collect()
    }

    fn headers(&self, input: &SignatureInput<'_>) -> Vec<(String, String)> {
        let signature = input.signature().map(|digits| format!("sha256={digits}"));
        signature.map(|signature| ("X-Webhook-Signature".to_owned(), signature)).into_iter().collect()
    }

    /// 1 minute, 5 minutes, 30 minutes and 2 hours after an attempt that failed: README, [KO].
    fn delays_s(&self) -> &'static [u32] {
        &[60, 300, 1_800, 7_200]
    }
}

fn about(context: &EventContext<'_>, event: &str, number: &PurchaseId) -> Option<Message> {
    let record = Record::held(context.account.number(number)?);
    let data = json!({
        "id": record.id,
        "e164": record.number.to_string(),
        "country": record.country.to_string(),
        "type": number_type(record.number_type),
        "status": record.standing.word(),
        "organization_id": organization(context.account),
    });
    Some(message(context, event, data))
}

fn message(context: &EventContext<'_>, event: &str, data: Value) -> Message {
    let id = format!("evt_{:032x}", context.entropy);
    let body = json!({ "event": event, "id": id, "timestamp": instant(context.at), "data": data });
    Message { id, event: event.into(), body: Content::Json(body) }
}

#[cfg(test)]
mod tests {
    use ringup_core::Timestamp;

    use super::*;

    #[test]
    fn a_message_is_signed_as_the_documents_say() {
        let input = |secret| {
            let at = Timestamp::from_millis(0);
            let body = "what do ya want for nothing?";
            Words.headers(&SignatureInput { id: "evt_1", event: RELEASED, url: "", body, parameters: &[], secret, at })
        };
        // RFC 4231, test case 2.
        let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let expected = ("X-Webhook-Signature".to_owned(), format!("sha256={digits}"));
        assert_eq!((input(Some("Jefe")), input(None)), (vec![expected], Vec::new()));
    }
}
