//! Webhooks. Events are neutral; the dialect defines their names, bodies, signatures and retry schedule.
//!
//! A customer registers endpoints. An event of the account becomes a delivery for each subscribed endpoint, stored together
//! with the event; the server sends it, and repeats it until the endpoint accepts it or the retries end.

mod destination;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ringup_core::RenewalEvent;
use ringup_core::{Account, AccountEvent, Event, Money, NumberEvent, PurchaseEvent, PurchaseId, Timestamp};
use serde::Serialize;
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

pub use destination::Destination;

use crate::http::{FORM, JSON, encoded};
use crate::world::{EndpointId, KycCase};

/// The reason of a suspension whose period was not paid.
const PAYMENT_FAILED: &str = "payment_failed";

/// The action of a delivery, as faults name it.
pub const ACTION: &str = "webhook";

/// The webhooks of a dialect.
pub trait Webhooks: std::fmt::Debug + Send + Sync {
    /// The events that an endpoint can subscribe to.
    fn events(&self) -> &'static [&'static str];

    /// Whether a subscription to `wanted` includes `event`.
    fn subscribes_to(&self, wanted: &str, event: &str) -> bool {
        wanted == event
    }

    /// The messages for an event: none if the dialect has no name for it, several if it has several.
    fn messages(&self, context: &EventContext<'_>) -> Vec<Message>;

    /// The headers of a message beside its content type, the signature included.
    fn headers(&self, input: &SignatureInput<'_>) -> Vec<(String, String)>;

    /// The webhook retry schedule: how long after each failed attempt the next one follows, in seconds. When the attempt after
    /// the last delay fails too, the message is given up.
    fn delays_s(&self) -> &'static [u32];

    /// The number of consecutive failed messages that disables an endpoint. `None`: it is never disabled.
    fn failures_max(&self) -> Option<u32> {
        None
    }

    /// An endpoint's id in this system's format, made of unique entropy.
    fn endpoint_id(&self, entropy: u128) -> EndpointId {
        EndpointId::from(format!("we_{entropy:032x}"))
    }
}

/// An event with what a dialect needs to write its message.
#[derive(Debug)]
pub struct EventContext<'a> {
    /// Unique entropy, from which the message id is made.
    pub entropy: u128,
    /// When it happened.
    pub at: Timestamp,
    /// The account in its current state.
    pub account: &'a Account,
    /// The KYC case of the event, if it has one.
    pub case: Option<&'a KycCase>,
    /// The event.
    pub event: &'a WebhookEvent,
}

/// An event that customers can subscribe to. A number is named by its purchase.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WebhookEvent {
    /// A test of the endpoint.
    Tested,
    /// A number was bought and is active.
    NumberActivated {
        /// The number.
        number: PurchaseId,
    },
    /// A number was suspended.
    NumberSuspended {
        /// The number.
        number: PurchaseId,
        /// The reason, a word or a sentence.
        reason: String,
    },
    /// A suspension has ended.
    NumberReactivated {
        /// The number.
        number: PurchaseId,
    },
    /// A number's settings were changed.
    NumberUpdated {
        /// The number.
        number: PurchaseId,
    },
    /// A number was released.
    NumberReleased {
        /// The number.
        number: PurchaseId,
    },
    /// A purchase has failed.
    PurchaseFailed {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// A KYC case needs an identity check.
    IdentityNeeded {
        /// The case, by the id of its purchase.
        case: PurchaseId,
    },
    /// A KYC case needs documents again.
    CaseActionNeeded {
        /// The case.
        case: PurchaseId,
    },
    /// A KYC case was declined.
    CaseDeclined {
        /// The case.
        case: PurchaseId,
    },
    /// The customer has withdrawn a KYC case.
    CaseWithdrawn {
        /// The case.
        case: PurchaseId,
    },
    /// Money was added to the wallet.
    WalletToppedUp {
        /// How much.
        money: Money,
    },
}

/// A webhook message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// Its id, the same in every attempt.
    pub id: String,
    /// The event's name, in the dialect's words.
    pub event: String,
    /// The body.
    pub body: Content,
}

/// The body of a message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Content {
    /// `application/json`.
    Json(Value),
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
}

/// What a signature is made of.
#[derive(Clone, Copy, Debug)]
pub struct SignatureInput<'a> {
    /// The message's id.
    pub id: &'a str,
    /// The event's name.
    pub event: &'a str,
    /// The endpoint's URL as registered.
    pub url: &'a str,
    /// The body, as it is sent.
    pub body: &'a str,
    /// The fields of a form body, else empty.
    pub parameters: &'a [(String, String)],
    /// The shared secret.
    pub secret: Option<&'a str>,
    /// When it is sent.
    pub at: Timestamp,
}

impl SignatureInput<'_> {
    /// The body's HMAC-SHA256 under the secret, in lower-case hexadecimal digits; none without a secret.
    #[must_use]
    pub fn signature(&self) -> Option<String> {
        self.secret.map(|secret| signature(secret, self.body))
    }
}

impl Content {
    /// The body's text and its content type.
    #[must_use]
    pub fn encode(&self) -> (String, &'static str) {
        match self {
            Self::Json(value) => (value.to_string(), JSON),
            Self::Form(form) => (encoded(form.iter().map(|(name, value)| (name, value))), FORM),
        }
    }
}

/// The HMAC-SHA256 of a text, in lower-case hexadecimal digits.
#[must_use]
pub fn signature(secret: &str, body: &str) -> String {
    // RFC 2104: a key may have any length.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.chain_update(body).finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The HMAC-SHA1 of a text, in Base64.
#[must_use]
pub fn signature_sha1(secret: &str, text: &str) -> String {
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else { return String::new() };
    STANDARD.encode(mac.chain_update(text).finalize().into_bytes())
}

impl WebhookEvent {
    /// The id of its KYC case. A failed purchase has one only if it waited for KYC.
    #[must_use]
    pub const fn case(&self) -> Option<&PurchaseId> {
        match self {
            Self::IdentityNeeded { case }
            | Self::CaseActionNeeded { case }
            | Self::CaseDeclined { case }
            | Self::CaseWithdrawn { case }
            | Self::PurchaseFailed { purchase: case } => Some(case),
            Self::Tested
            | Self::NumberActivated { .. }
            | Self::NumberSuspended { .. }
            | Self::NumberReactivated { .. }
            | Self::NumberUpdated { .. }
            | Self::NumberReleased { .. }
            | Self::WalletToppedUp { .. } => None,
        }
    }

    /// The webhook event for a stored event. Most have none.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Purchase { event, purchase } => Self::of_purchase(event, purchase),
            Event::Evidence { .. } | Event::Payment { .. } => None,
            Event::Renewal { event, number } => match event {
                RenewalEvent::NumberSuspended { .. } => {
                    Some(Self::NumberSuspended { number: number.clone(), reason: PAYMENT_FAILED.into() })
                }
                RenewalEvent::NumberReactivated { .. } => Some(Self::NumberReactivated { number: number.clone() }),
                RenewalEvent::RenewalDue { .. }
                | RenewalEvent::CommitmentDue { .. }
                | RenewalEvent::NumberRenewed { .. }
                | RenewalEvent::RenewalDeclined { .. }
                | RenewalEvent::RenewalDelayed { .. }
                | RenewalEvent::RenewalReviewNeeded
                | RenewalEvent::RenewalAskedAgain { .. } => None,
            },
            Event::Number { event, number } => match event {
                NumberEvent::NumberReleased { .. } => Some(Self::NumberReleased { number: number.clone() }),
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::CoolDownStarted { .. }
                | NumberEvent::ReleaseCancelled { .. }
                | NumberEvent::NumberTransferred { .. }
                | NumberEvent::NumberUsed { .. }
                | NumberEvent::ReleaseStarted { .. }
                | NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. }
                | NumberEvent::ReleaseReviewNeeded
                | NumberEvent::ReleaseAskedAgain { .. } => None,
            },
            Event::Account(event) => match event {
                AccountEvent::WalletToppedUp { money, .. } => Some(Self::WalletToppedUp { money: *money }),
                AccountEvent::AccountOpened { .. }
                | AccountEvent::HolderSet { .. }
                | AccountEvent::NumberImported { .. }
                | AccountEvent::PurchaseAccepted { .. }
                | AccountEvent::PurchaseAwaitsKyc { .. }
                | AccountEvent::KycWaitExtended { .. }
                | AccountEvent::KycWaitEnded { .. }
                | AccountEvent::VerificationRecorded { .. }
                | AccountEvent::KeyExpired { .. }
                | AccountEvent::KeyJoined { .. }
                | AccountEvent::TermsChanged { .. } => None,
            },
        }
    }

    fn of_purchase(event: &PurchaseEvent, purchase: &PurchaseId) -> Option<Self> {
        match event {
            PurchaseEvent::NumberActivated { .. } => Some(Self::NumberActivated { number: purchase.clone() }),
            PurchaseEvent::PurchaseFailed { .. } => Some(Self::PurchaseFailed { purchase: purchase.clone() }),
            PurchaseEvent::CheckoutOpened { .. }
            | PurchaseEvent::PaymentTaken { .. }
            | PurchaseEvent::NumberReserved { .. }
            | PurchaseEvent::ReservationRejected { .. }
            | PurchaseEvent::OutcomeUnknown { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::ReviewNeeded
            | PurchaseEvent::AskedAgain { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231() {
        // Test cases 2 and 6 (a key longer than a block).
        let short = signature("Jefe", "what do ya want for nothing?");
        assert_eq!(short, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let long: String = std::iter::repeat_n('\u{7f}', 131).collect();
        assert_eq!(signature(&long, "").len(), 64);
        assert_ne!(signature(&long, ""), signature("", ""));
        // RFC 2202, test case 2 of SHA-1.
        assert_eq!(signature_sha1("Jefe", "what do ya want for nothing?"), "7/zfauXrL6LSdBbV8YTfnCWafHk=");
    }

    #[test]
    fn a_form_is_written_as_one() {
        let form = Content::Form(vec![("To".into(), "+1 415".into()), ("ä".into(), "&".into())]);
        assert_eq!(form.encode(), ("To=%2B1+415&%C3%A4=%26".into(), FORM));
    }
}
