//! The bridge between Vobiz's words and ours.

use ringup_core::{Capabilities, HeldNumber, HeldStatus, HolderId, Money, OfferedNumber, PurchaseRequest};

use super::SHOP;
use super::wire::{CapabilitySet, InventoryNumber, OwnedNumber, PurchaseBody, PurchasedItem};
use crate::kit::json::{amount, instant};

/// When everything was made that the world begins with: the instant of the document's second example.
pub(super) const IN_THE_BEGINNING: &str = "2025-01-15T10:00:00Z";

/// The request of a body that was sent for this holder.
pub(super) fn request(body: PurchaseBody, holder: &str) -> PurchaseRequest {
    PurchaseRequest {
        holder: Some(holder.into()),
        number: body.e164,
        currency: body.currency,
        ..PurchaseRequest::default()
    }
}

impl From<&PurchaseRequest> for PurchaseBody {
    fn from(request: &PurchaseRequest) -> Self {
        let typed = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        Self { e164: typed(&request.number), currency: typed(&request.currency) }
    }
}

/// What Vobiz calls a field of ours.
pub(super) fn field(ours: &str) -> &str {
    match ours {
        "holder" => "auth_id",
        "number" => "e164",
        other => other,
    }
}

const fn capabilities(ours: Capabilities) -> CapabilitySet {
    let Capabilities { voice, sms, mms, fax } = ours;
    CapabilitySet { voice, sms, mms, fax }
}

const fn status(status: &HeldStatus) -> &'static str {
    match status {
        HeldStatus::Active => "active",
        HeldStatus::Scheduled { .. }
        | HeldStatus::CoolingDown { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. } => "pending_release",
        HeldStatus::Released { .. } => "released",
    }
}

pub(super) fn holder(held: &HeldNumber) -> String {
    held.holder.as_ref().map(HolderId::to_string).unwrap_or_default()
}

/// A number as it is shown.
pub(super) fn owned(held: &HeldNumber) -> OwnedNumber {
    let monthly_fee = held.recurring.monthly_fee();
    let since = instant(held.accepted_at);
    OwnedNumber {
        id: held.inventory_id.to_string(),
        account_id: holder(held),
        auth_id: None,
        e164: held.number.to_string(),
        country: held.country.to_string(),
        region: held.region.clone(),
        capabilities: capabilities(held.capabilities),
        status: status(&held.status),
        provider: "",
        setup_fee: amount(held.setup_fee.unwrap_or(Money::zero(monthly_fee.currency()))),
        monthly_fee: amount(monthly_fee),
        currency: monthly_fee.currency().to_string(),
        voice_enabled: held.capabilities.voice,
        tags: [],
        purchased_at: since.clone(),
        is_blocked: false,
        created_at: since.clone(),
        updated_at: since,
        is_trial_number: false,
        minimum_commitment_months: held.recurring.minimum_commitment_months,
        aadhaar_verification_required: false,
        aadhaar_verified: false,
        source: "inventory",
        last_billing_date: None,
        next_billing_date: None,
    }
}

/// The same in a list, with the instants of its last and next fee.
pub(super) fn listed(held: &HeldNumber) -> OwnedNumber {
    OwnedNumber {
        last_billing_date: held.billed_at(&SHOP).map(instant),
        next_billing_date: held.renews_at().map(instant),
        ..owned(held)
    }
}

/// A number as the answer to its purchase shows it.
pub(super) fn bought(held: &HeldNumber) -> (OwnedNumber, PurchasedItem) {
    let number = owned(held);
    let number = OwnedNumber { auth_id: Some(number.account_id.clone()), ..number };
    let shown = number.clone();
    let item = PurchasedItem {
        id: shown.id,
        account_id: shown.account_id,
        e164: shown.e164,
        country: shown.country,
        region: shown.region,
        capabilities: shown.capabilities,
        status: shown.status,
        monthly_fee: shown.monthly_fee,
        currency: shown.currency,
    };
    (number, item)
}

/// A number as the inventory shows it: at its own price.
pub(super) fn offered(offer: &OfferedNumber) -> Option<InventoryNumber> {
    let price = offer.price(None)?;
    Some(InventoryNumber {
        id: offer.inventory_id.to_string(),
        account_id: "",
        e164: offer.number.to_string(),
        country: offer.country.to_string(),
        region: offer.region.clone(),
        capabilities: capabilities(offer.capabilities),
        status: "active",
        provider: "",
        setup_fee: amount(price.setup_fee),
        monthly_fee: amount(price.monthly_fee),
        currency: price.monthly_fee.currency().to_string(),
        voice_enabled: offer.capabilities.voice,
        tags: [],
        is_blocked: false,
        created_at: IN_THE_BEGINNING,
        updated_at: IN_THE_BEGINNING,
        is_trial_number: false,
        minimum_commitment_months: offer.minimum_commitment_months,
        aadhaar_verification_required: false,
        aadhaar_verified: false,
    })
}
