//! Webhooks: what a customer is told without having asked. What happens is neutral; its name, its text, its signature and
//! how often it is repeated are the dialect's.
//!
//! A customer registers endpoints. Whatever happens to the account becomes a delivery to each endpoint that wants to hear of
//! it, stored together with what happened; the server sends it, and repeats it until it is taken or given up.

mod destination;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ringup_core::{Account, AccountEvent, Event, Money, NumberEvent, PurchaseEvent, PurchaseId, Timestamp};
use serde::Serialize;
use serde_json::Value;
use sha1::Sha1;
use sha2::Sha256;

pub use destination::Destination;

use crate::http::{FORM, JSON, encoded};
use crate::world::{EndpointId, KycCase};

/// What faults call the sending of a message.
pub const ACTION: &str = "webhook";

/// What a dialect has to say about webhooks.
pub trait Webhooks: std::fmt::Debug + Send + Sync {
    /// The events that an endpoint can ask for.
    fn events(&self) -> &'static [&'static str];

    /// Whether an endpoint that asks for `wanted` hears of `event`.
    fn subscribes_to(&self, wanted: &str, event: &str) -> bool {
        wanted == event
    }

    /// What a customer is told of something that happened: nothing, or a message; several where it has several names.
    fn messages(&self, context: &EventContext<'_>) -> Vec<Message>;

    /// The headers that go with a message beside its content type, the signature among them.
    fn headers(&self, input: &SignatureInput<'_>) -> Vec<(String, String)>;

    /// The webhook retry schedule: how long after each failed attempt the next one follows, in seconds. When the attempt after
    /// the last delay fails too, the message is given up.
    fn delays_s(&self) -> &'static [u32];

    /// After how many messages in a row that were given up an endpoint is switched off.
    fn failures_max(&self) -> Option<u32> {
        None
    }

    /// An endpoint's name in this system's style, made of entropy that never repeats.
    fn endpoint_id(&self, entropy: u128) -> EndpointId {
        EndpointId::from(format!("we_{entropy:032x}"))
    }
}

/// Something that happened, as a dialect is asked for its words.
#[derive(Debug)]
pub struct EventContext<'a> {
    /// Entropy that no other context has: its name is made of it.
    pub entropy: u128,
    /// When it happened.
    pub at: Timestamp,
    /// The account, as it stands now.
    pub account: &'a Account,
    /// The case that it is about, if it is about one.
    pub case: Option<&'a KycCase>,
    /// What.
    pub event: &'a WebhookEvent,
}

/// What can happen that a customer may want to hear of. Numbers go by the purchases that bought them.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WebhookEvent {
    /// Nothing: the customer wants to see whether the endpoint works.
    Tested,
    /// A number was bought, and works.
    NumberActivated {
        /// The number.
        number: PurchaseId,
    },
    /// A number works no more, for now.
    NumberSuspended {
        /// The number.
        number: PurchaseId,
        /// Why, in a word or a sentence.
        reason: String,
    },
    /// A suspended number works again.
    NumberReactivated {
        /// The number.
        number: PurchaseId,
    },
    /// A number's settings were changed.
    NumberUpdated {
        /// The number.
        number: PurchaseId,
    },
    /// A number is given back.
    NumberReleased {
        /// The number.
        number: PurchaseId,
    },
    /// A purchase has ended without a number.
    PurchaseFailed {
        /// The purchase.
        purchase: PurchaseId,
    },
    /// A verification needs somebody to show an identity.
    IdentityNeeded {
        /// The case, by the purchase that waits for it.
        case: PurchaseId,
    },
    /// Of a verification something must be submitted again.
    CaseActionNeeded {
        /// The case.
        case: PurchaseId,
    },
    /// A verification was declined.
    CaseDeclined {
        /// The case.
        case: PurchaseId,
    },
    /// The customer has given up what waited for a verification.
    CaseWithdrawn {
        /// The case.
        case: PurchaseId,
    },
    /// Money has come into the wallet.
    WalletToppedUp {
        /// How much.
        money: Money,
    },
}

/// What a customer is told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// Its name: the same in every attempt.
    pub id: String,
    /// The event's name, in the dialect's words.
    pub event: String,
    /// The body.
    pub body: Content,
}

/// What a message's body is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Content {
    /// `application/json`.
    Json(Value),
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
}

/// A message about to be sent: what a signature is made of.
#[derive(Clone, Copy, Debug)]
pub struct SignatureInput<'a> {
    /// The message's name.
    pub id: &'a str,
    /// The event's name.
    pub event: &'a str,
    /// The endpoint's address, as the customer has written it.
    pub url: &'a str,
    /// The body, as it is sent.
    pub body: &'a str,
    /// The names and values of a body that is a form.
    pub parameters: &'a [(String, String)],
    /// What the endpoint and we have agreed on, if anything.
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
    pub fn written(&self) -> (String, &'static str) {
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
    /// The case that it is about, or may be about: a purchase has a case only if it waited for one.
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

    /// What a stored event means to those who listen; most mean nothing to them.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Purchase { event, purchase } => Self::of_purchase(event, purchase),
            Event::Number { event, number } => match event {
                NumberEvent::NumberReleased { .. } => Some(Self::NumberReleased { number: number.clone() }),
                NumberEvent::ReleaseScheduled { .. }
                | NumberEvent::ReleaseStarted { .. }
                | NumberEvent::ChargesEnded
                | NumberEvent::ReleaseDelayed { .. } => None,
            },
            Event::Account(event) => match event {
                AccountEvent::WalletToppedUp { money } => Some(Self::WalletToppedUp { money: *money }),
                AccountEvent::PurchaseAccepted { .. } | AccountEvent::TermsChanged { .. } => None,
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
            | PurchaseEvent::OutcomeUnknown { .. }
            | PurchaseEvent::OrderDeclineDoubted { .. }
            | PurchaseEvent::OrderAbsent { .. }
            | PurchaseEvent::NumberProvisioned { .. }
            | PurchaseEvent::CompensationStarted { .. }
            | PurchaseEvent::ReservationReturned
            | PurchaseEvent::ProvisioningReturned
            | PurchaseEvent::PaymentRefunded { .. }
            | PurchaseEvent::ReviewNeeded => None,
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
        assert_eq!(form.written(), ("To=%2B1+415&%C3%A4=%26".into(), FORM));
    }
}
