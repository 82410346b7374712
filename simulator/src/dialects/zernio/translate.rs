//! The bridge between Zernio's words and ours.

use ringup_core::purchase::State;
use ringup_core::{Account, HeldNumber, HeldStatus, HolderId, NumberType, Purchase, PurchaseId, PurchaseRequest};
use serde_json::Value;

use super::wire::{BoughtNumber, ListedNumber, ProfileReference, PurchaseBody, ReleasedNumber, SingleNumber};
use crate::dialects::generated::{mix, named};
use crate::dialects::json::instant;

/// The default profile, known in every account: the one that the document's example names.
pub(super) const DEFAULT_PROFILE: &str = "profile_abc123";

impl From<PurchaseBody> for PurchaseRequest {
    fn from(body: PurchaseBody) -> Self {
        Self {
            holder: body.profile_id,
            country: body.country,
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
        other => other,
    }
}

/// How a number or a purchase stands, in Zernio's words; none: there is nothing to show.
pub(super) const fn status(purchase: &State) -> Option<&'static str> {
    match purchase {
        State::OpeningCheckout(_) | State::AwaitingPayment(_) => Some("pending_payment"),
        State::Securing(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Unconfirmed(_)
        | State::Billing(_)
        | State::NeedsReview(_) => Some("provisioning"),
        State::Active { .. } => Some("active"),
        State::Compensating(_) | State::Failed(_) => None,
    }
}

pub(super) const fn held_status(status: &HeldStatus) -> &'static str {
    match status {
        HeldStatus::Active => "active",
        HeldStatus::Scheduled { .. } | HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => "releasing",
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

/// A profile's name as a person reads it.
pub(super) fn profile_name(id: &str) -> String {
    if id == DEFAULT_PROFILE { "Default".into() } else { format!("Profile {}", id.get(..6).unwrap_or(id)) }
}

fn profile(holder: Option<&HolderId>) -> ProfileReference {
    let id = holder.map(HolderId::to_string).unwrap_or_default();
    ProfileReference { name: profile_name(&id), id }
}

/// Meta's name for a number: digits that follow from the number's id.
fn meta_preverified_id(id: &str) -> String {
    format!("{:015}", mix(named(id)).checked_rem(1_000_000_000_000_000).unwrap_or_default())
}

const VERIFIED: &str = "verified";

pub(super) fn bought(held: &HeldNumber) -> BoughtNumber {
    BoughtNumber {
        id: held.purchase.to_string(),
        phone_number: held.offer.number.to_string(),
        status: held_status(&held.status).into(),
        country: held.offer.country.to_string(),
        provisioned_at: instant(held.activated_at),
        meta_preverified_id: meta_preverified_id(held.purchase.as_str()),
        meta_verification_status: VERIFIED.into(),
    }
}

pub(super) fn released(held: &HeldNumber) -> ReleasedNumber {
    let released_at = match held.status {
        HeldStatus::Released { at } => Some(instant(at)),
        HeldStatus::Active
        | HeldStatus::Scheduled { .. }
        | HeldStatus::EndingCharges { .. }
        | HeldStatus::Releasing { .. } => None,
    };
    ReleasedNumber {
        id: held.purchase.to_string(),
        phone_number: held.offer.number.to_string(),
        status: held_status(&held.status),
        released_at,
    }
}

/// A number that is or was held, or a purchase on its way to one.
pub(super) struct Entry<'a> {
    pub(super) status: &'static str,
    pub(super) holder: Option<&'a HolderId>,
    thing: Thing<'a>,
}

enum Thing<'a> {
    Held(&'a HeldNumber),
    Coming(&'a Purchase),
}

impl<'a> Entry<'a> {
    /// Everything of an account that can be shown, the newest first.
    pub(super) fn all(account: &'a Account, is_suspended: &dyn Fn(&PurchaseId) -> bool) -> Vec<Self> {
        let held = account.numbers().map(|number| Self::held(number, is_suspended(&number.purchase)));
        let coming = account.purchases().filter(|purchase| account.number(&purchase.id).is_none());
        let mut entries: Vec<Self> = held.chain(coming.filter_map(Self::coming)).collect();
        entries.sort_by(|one, other| (other.accepted_at(), other.id()).cmp(&(one.accepted_at(), one.id())));
        entries
    }

    const fn held(held: &'a HeldNumber, is_suspended: bool) -> Self {
        let holder = held.agreement.holder.as_ref();
        let works = matches!(held.status, HeldStatus::Active);
        let status = if works && is_suspended { "suspended" } else { held_status(&held.status) };
        Self { status, holder, thing: Thing::Held(held) }
    }

    fn coming(purchase: &'a Purchase) -> Option<Self> {
        let holder = purchase.agreement.holder.as_ref();
        Some(Self { status: status(&purchase.state)?, holder, thing: Thing::Coming(purchase) })
    }

    pub(super) fn id(&self) -> &'a str {
        match self.thing {
            Thing::Held(held) => held.purchase.as_str(),
            Thing::Coming(purchase) => purchase.id.as_str(),
        }
    }

    /// The number, if it is held.
    pub(super) const fn held_number(&self) -> Option<&'a HeldNumber> {
        match self.thing {
            Thing::Held(held) => Some(held),
            Thing::Coming(_) => None,
        }
    }

    const fn agreement(&self) -> &'a ringup_core::purchase::Agreement {
        match self.thing {
            Thing::Held(held) => &held.agreement,
            Thing::Coming(purchase) => &purchase.agreement,
        }
    }

    const fn accepted_at(&self) -> ringup_core::Timestamp {
        self.agreement().accepted_at
    }

    fn phone_number(&self) -> String {
        let number = match self.thing {
            Thing::Held(held) => Some(held.offer.number),
            Thing::Coming(purchase) => purchase.number(),
        };
        number.map(|number| number.to_string()).unwrap_or_default()
    }

    pub(super) fn listed(&self) -> ListedNumber {
        let held = self.held_number();
        let agreement = self.agreement();
        ListedNumber {
            id: self.id().into(),
            phone_number: self.phone_number(),
            country: agreement.country.to_string(),
            status: self.status,
            registrant_name: Value::Null,
            telnyx_order_id: Value::Null,
            monthly_cents: agreement.price.monthly_fee.minor_units(),
            profile_id: profile(self.holder),
            provisioned_at: held.map(|held| instant(held.activated_at)),
            meta_preverified_id: held.map(|held| meta_preverified_id(held.purchase.as_str())),
            meta_verification_status: held.map(|_| VERIFIED),
            onfido_verification_url: Value::Null,
            end_user_first_name: Value::Null,
            end_user_last_name: Value::Null,
            regulatory_decline_reason: Value::Null,
            created_at: instant(agreement.accepted_at),
        }
    }

    pub(super) fn single(&self) -> SingleNumber {
        let held = self.held_number();
        SingleNumber {
            id: self.id().into(),
            phone_number: self.phone_number(),
            status: self.status,
            country: self.agreement().country.to_string(),
            meta_preverified_id: held.map(|held| meta_preverified_id(held.purchase.as_str())),
            meta_verification_status: held.map(|_| VERIFIED),
            onfido_verification_url: Value::Null,
            end_user_first_name: Value::Null,
            end_user_last_name: Value::Null,
            regulatory_decline_reason: Value::Null,
            provisioned_at: held.map(|held| instant(held.activated_at)),
        }
    }
}
