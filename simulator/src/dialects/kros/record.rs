//! The numbers of an organization as Kros keeps them: held, released, or pending.

use ringup_core::shop::RateCard;
use ringup_core::{
    Account, Country, E164, HeldNumber, HeldStatus, NumberType, OfferedNumber, Purchase, PurchaseId, Timestamp,
};

use super::translate::number_type;
use super::wire::{InventoryNumber, PhoneNumber, SipCredentials};
use crate::kit::blocks::{mix, named};
use crate::kit::json::instant;
use crate::retailer::Settings;

/// Where telephones sign in. RFC 2606 keeps the name's end for examples.
const SIP_DOMAIN: &str = "sip.kros.example";

/// A number that an organization holds or held, or a pending purchase that has a number.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) id: &'a PurchaseId,
    pub(super) number: E164,
    pub(super) country: Country,
    pub(super) number_type: NumberType,
    pub(super) standing: Standing,
    pub(super) created_at: Timestamp,
    changed_at: Timestamp,
}

/// How it stands.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Standing {
    Pending,
    Active,
    Inactive,
}

impl Standing {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }
}

impl<'a> Record<'a> {
    /// Everything of an account, the newest first.
    pub(super) fn all(account: &'a Account) -> Vec<Self> {
        let held = account.numbers().map(Self::held);
        let coming = account.purchases().filter(|purchase| account.number(&purchase.id).is_none());
        let mut records: Vec<Self> = held.chain(coming.filter_map(Self::coming)).collect();
        records.sort_by(|one, other| (other.created_at, other.id).cmp(&(one.created_at, one.id)));
        records
    }

    pub(super) const fn held(held: &'a HeldNumber) -> Self {
        let (standing, changed_at) = match held.status {
            HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. } => {
                (Standing::Active, held.activated_at)
            }
            // For the organization it is gone, however long the carrier takes.
            HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => (Standing::Inactive, held.activated_at),
            HeldStatus::Released { at } => (Standing::Inactive, at),
        };
        Self {
            id: &held.purchase,
            number: held.number,
            country: held.country,
            number_type: held.number_type,
            standing,
            created_at: held.accepted_at,
            changed_at,
        }
    }

    fn coming(purchase: &'a Purchase) -> Option<Self> {
        let accepted_at = purchase.agreement.accepted_at();
        let offer = purchase.offer()?;
        Some(Self {
            id: &purchase.id,
            number: offer.number,
            country: offer.country,
            number_type: offer.number_type,
            standing: Standing::Pending,
            created_at: accepted_at,
            changed_at: accepted_at,
        })
    }

    /// As it is shown.
    pub(super) fn render(&self, organization: &str, settings: &Settings) -> PhoneNumber {
        PhoneNumber {
            id: self.id.to_string(),
            e164: self.number.to_string(),
            country: self.country.to_string(),
            number_type: number_type(self.number_type),
            status: self.standing.word(),
            endpoint_id: settings.endpoint.clone(),
            allow_inbound: settings.inbound,
            allow_outbound: settings.outbound,
            sip_uri: format!("sip:{}@{SIP_DOMAIN}", self.number),
            organization_id: organization.to_owned(),
            created_at: instant(self.created_at),
            updated_at: instant(settings.changed_at.map_or(self.changed_at, |at| at.max(self.changed_at))),
            sip_credentials: None,
        }
    }

    /// How a telephone signs in: it follows from the number's id.
    pub(super) fn sip_credentials(&self) -> SipCredentials {
        let seed = named(self.id.as_str());
        SipCredentials {
            username: format!("kros_{}", self.number.digits()),
            password: format!("{:016x}{:016x}", mix(seed), mix(!seed)),
            domain: SIP_DOMAIN,
        }
    }
}

/// A number as the inventory shows it; none if it is not sold.
pub(super) fn offered(offer: &OfferedNumber, card: &RateCard) -> Option<InventoryNumber> {
    let rate = card.rate(offer.country, Some(offer.number_type), Some(offer.number))?;
    Some(InventoryNumber {
        id: offer.inventory_id.to_string(),
        e164: offer.number.to_string(),
        country: offer.country.to_string(),
        number_type: number_type(offer.number_type),
        setup_cost_cents: rate.setup_fee.minor_units(),
        monthly_cost_cents: rate.monthly_fee.minor_units(),
        total_cost_cents: rate.setup_fee.checked_add(rate.monthly_fee).ok()?.minor_units(),
    })
}
