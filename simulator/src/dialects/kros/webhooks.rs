//! Kros's webhooks: what it calls what happens to a number, how it signs, and how often it tries.

use ringup_core::PurchaseId;
use serde_json::{Value, json};

use super::record::Record;
use super::translate::number_type;
use super::visit::organization;
use crate::kit::json::instant;
use crate::webhooks::{Content, Happening, Letter, Message, Notice, Webhooks};

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

    fn messages(&self, notice: &Notice<'_>) -> Vec<Message> {
        let said = match notice.happening {
            Happening::NumberActivated { number } => about(notice, PROVISIONED, number),
            Happening::NumberReleased { number } => about(notice, RELEASED, number),
            // The documents name no other event that happens here.
            Happening::Tested
            | Happening::NumberSuspended { .. }
            | Happening::NumberReactivated { .. }
            | Happening::NumberUpdated { .. }
            | Happening::PurchaseFailed { .. }
            | Happening::IdentityNeeded { .. }
            | Happening::CaseActionNeeded { .. }
            | Happening::CaseDeclined { .. }
            | Happening::CaseWithdrawn { .. }
            | Happening::WalletToppedUp { .. } => None,
        };
        said.into_iter().collect()
    }

    fn headers(&self, letter: &Letter<'_>) -> Vec<(String, String)> {
        let signature = letter.signature().map(|digits| format!("sha256={digits}"));
        signature.map(|signature| ("X-Webhook-Signature".to_owned(), signature)).into_iter().collect()
    }

    /// 1 minute, 5 minutes, 30 minutes and 2 hours after an attempt that failed: README, [KO].
    fn delays_s(&self) -> &'static [u32] {
        &[60, 300, 1_800, 7_200]
    }
}

fn about(notice: &Notice<'_>, event: &str, number: &PurchaseId) -> Option<Message> {
    let record = Record::held(notice.account.number(number)?);
    let data = json!({
        "id": record.id,
        "e164": record.offer.number.to_string(),
        "country": record.offer.country.to_string(),
        "type": number_type(record.offer.number_type),
        "status": record.standing.word(),
        "organization_id": organization(notice.account),
    });
    Some(message(notice, event, data))
}

fn message(notice: &Notice<'_>, event: &str, data: Value) -> Message {
    let id = format!("evt_{:032x}", notice.entropy);
    let body = json!({ "event": event, "id": id, "timestamp": instant(notice.at), "data": data });
    Message { id, event: event.into(), body: Content::Json(body) }
}

#[cfg(test)]
mod tests {
    use ringup_core::Timestamp;

    use super::*;

    #[test]
    fn a_message_is_signed_as_the_documents_say() {
        let letter = |secret| {
            let at = Timestamp::from_millis(0);
            let body = "what do ya want for nothing?";
            Words.headers(&Letter { id: "evt_1", event: RELEASED, url: "", body, parameters: &[], secret, at })
        };
        // RFC 4231, test case 2.
        let digits = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let expected = ("X-Webhook-Signature".to_owned(), format!("sha256={digits}"));
        assert_eq!((letter(Some("Jefe")), letter(None)), (vec![expected], Vec::new()));
    }
}
