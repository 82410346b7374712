//! The bridge between Zernio's words and ours.

use ringup_core::purchase::State;
use ringup_core::shop::PaymentMethod;
use ringup_core::{Capabilities, HeldNumber, HeldStatus, NumberType, Purchase, PurchaseRequest};

use super::wire::{BoughtNumber, PurchaseBody, ReleasedNumber};
use crate::kit::blocks::{mix, named};
use crate::kit::json::instant;
use crate::retailer::Session;

/// The default profile, known in every account: the one that the document's example names.
pub(super) const DEFAULT_PROFILE: &str = "profile_abc123";

impl From<PurchaseBody> for PurchaseRequest {
    fn from(body: PurchaseBody) -> Self {
        Self {
            holder: body.profile_id,
            country: body.country,
            number: body.phone_number,
            area_code: body.area_code,
            number_type: body.number_type,
            capabilities: Capabilities { sms: body.wants_sms.unwrap_or_default(), ..Capabilities::default() },
            idempotency_key: body.purchase_intent_id,
            confirm_additional: body.allow_multiple.unwrap_or_default(),
            ..Self::default()
        }
    }
}

impl From<&PurchaseRequest> for PurchaseBody {
    fn from(request: &PurchaseRequest) -> Self {
        let typed = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        Self {
            profile_id: typed(&request.holder),
            country: typed(&request.country),
            phone_number: typed(&request.number),
            area_code: typed(&request.area_code),
            number_type: typed(&request.number_type),
            wants_sms: request.capabilities.sms.then_some(true),
            purchase_intent_id: typed(&request.idempotency_key),
            allow_multiple: request.confirm_additional.then_some(true),
        }
    }
}

/// What Zernio calls a field of ours.
pub(super) fn field(ours: &str) -> &str {
    match ours {
        "holder" => "profileId",
        "idempotency_key" => "purchaseIntentId",
        "number" => "phoneNumber",
        "area_code" => "areaCode",
        "number_type" => "numberType",
        "capabilities" => "wantsSms",
        other => other,
    }
}

/// How a number or a purchase stands, in Zernio's words; none: there is nothing to show.
pub(super) const fn status(purchase: &State) -> Option<&'static str> {
    match purchase {
        State::OpeningCheckout(_) | State::AwaitingPayment(_) => Some("pending_payment"),
        // What waits for papers is no number yet; its case is shown once they are submitted.
        State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_) => Some("provisioning"),
        State::Active { .. } => Some("active"),
        State::AwaitingKyc(_) | State::Compensating(_) | State::Undone(_) | State::Failed(_) => None,
    }
}

pub(super) const fn held_status(status: &HeldStatus) -> &'static str {
    match status {
        HeldStatus::Active => "active",
        HeldStatus::Scheduled { .. }
        | HeldStatus::CoolingDown { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. } => "releasing",
        HeldStatus::Released { .. } => "released",
    }
}

pub(super) const fn number_type(number_type: NumberType) -> &'static str {
    match number_type {
        NumberType::Local => "local",
        NumberType::Mobile => "mobile",
        NumberType::National => "national",
        NumberType::TollFree => "toll_free",
    }
}

/// Meta's name for a number: digits that follow from the number's id.
pub(super) fn meta_preverified_id(id: &str) -> String {
    format!("{:015}", mix(named(id)).checked_rem(1_000_000_000_000_000).unwrap_or_default())
}

/// How Meta's verification stands: a number of the United States is verified a while after it is bought, every other one
/// before.
pub(super) fn verification(held: &HeldNumber, session: &Session<'_>) -> &'static str {
    let takes_time = held.country.to_string() == "US";
    if takes_time && !session.is_preverified(held) { "pending" } else { "verified" }
}

/// What became of the money of a checkout that was paid, and whose number could not be had. `None`: nothing of the kind.
pub(super) fn paid_in_vain(purchase: &Purchase) -> Option<&'static str> {
    let is_over = match &purchase.state {
        State::Compensating(undoing) if undoing.steps.refund().is_some() => false,
        State::Undone(undone) if undone.refunded => false,
        State::Failed(failed) if failed.refunded => true,
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_)
        | State::Compensating(_)
        | State::Undone(_)
        | State::Active(_)
        | State::Failed(_) => return None,
    };
    (purchase.agreement.payment() == PaymentMethod::Checkout).then_some(match is_over {
        true => "The carrier could not provide a phone number. Your payment was refunded.",
        false => "The carrier could not provide a phone number. Your payment is being refunded.",
    })
}

pub(super) fn bought(held: &HeldNumber, session: &Session<'_>) -> BoughtNumber {
    BoughtNumber {
        id: held.purchase.to_string(),
        phone_number: held.number.to_string(),
        status: held_status(&held.status).into(),
        country: held.country.to_string(),
        provisioned_at: instant(held.activated_at),
        meta_preverified_id: meta_preverified_id(held.purchase.as_str()),
        meta_verification_status: verification(held, session).into(),
    }
}

pub(super) fn released(held: &HeldNumber) -> ReleasedNumber {
    let released_at = match held.status {
        HeldStatus::Released { at } => Some(instant(at)),
        HeldStatus::Active
        | HeldStatus::Scheduled { .. }
        | HeldStatus::CoolingDown { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. } => None,
    };
    ReleasedNumber {
        id: held.purchase.to_string(),
        phone_number: held.number.to_string(),
        status: held_status(&held.status),
        released_at,
    }
}
