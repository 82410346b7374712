//! The bridge between Kros's words and ours: requests, and what they are called there.

use ringup_core::{Country, Money, NumberType, PriceField, PriceSeen, PurchaseRequest};
use ringup_numbering::{NumberKind, PhoneNumber as Planned};

use super::wire::{PurchaseBody, UpdateBody};
use crate::kit::uuid::is_uuid;
use crate::retailer::Settings;

/// What Kros calls the costs.
const TOTAL: &str = "totalCostCents";
const SETUP: &str = "setupCostCents";
const MONTHLY: &str = "monthlyCostCents";

/// A member of a body that cannot be what it says.
pub(super) struct Unfit {
    pub(super) member: &'static str,
    pub(super) reason: &'static str,
}

/// The request of a body that was sent for this organization. Of the dashboard's flow, less than all of it names no number.
pub(super) fn request(body: &PurchaseBody, organization: &str) -> Result<PurchaseRequest, Unfit> {
    let by_dashboard = [&body.e164, &body.country, &body.number_type].into_iter().all(|field| typed(field).is_some());
    let seen = PriceSeen {
        due_now: cents(TOTAL, body.total_cost_cents)?,
        setup_fee: cents(SETUP, body.setup_cost_cents)?,
        monthly_fee: cents(MONTHLY, body.monthly_cost_cents)?,
        ..PriceSeen::default()
    };
    Ok(PurchaseRequest {
        holder: Some(organization.into()),
        country: typed(&body.country),
        number: typed(&body.e164).filter(|_| by_dashboard),
        inventory_id: typed(&body.inventory_id),
        number_type: typed(&body.number_type),
        price_seen: Some(seen).filter(|seen| *seen != PriceSeen::default()),
        ..PurchaseRequest::default()
    })
}

fn typed(field: &Option<String>) -> Option<String> {
    field.clone().filter(|text| !text.trim().is_empty())
}

fn cents(member: &'static str, cents: Option<i64>) -> Result<Option<Money>, Unfit> {
    let Some(cents) = cents else { return Ok(None) };
    let money = Money::new(cents, super::SHOP.policy().default_currency);
    money.map(Some).map_err(|_| Unfit { member, reason: "the amount is too large" })
}

/// How the number is to be routed from the beginning.
pub(super) fn settings(body: &PurchaseBody) -> Result<Settings, Unfit> {
    let update = UpdateBody {
        endpoint: body.endpoint.clone().map(Some),
        allow_inbound: body.allow_inbound,
        allow_outbound: body.allow_outbound,
    };
    updated(Settings::default(), update)
}

/// The settings with what an update says of them.
pub(super) fn updated(settings: Settings, update: UpdateBody) -> Result<Settings, Unfit> {
    let UpdateBody { endpoint, allow_inbound, allow_outbound } = update;
    if endpoint.iter().flatten().any(|id| !is_uuid(id)) {
        return Err(Unfit { member: "endpointId", reason: "an endpoint is named by a UUID" });
    }
    Ok(Settings {
        endpoint: endpoint.unwrap_or_else(|| settings.endpoint.clone()),
        inbound: allow_inbound.unwrap_or(settings.inbound),
        outbound: allow_outbound.unwrap_or(settings.outbound),
        ..settings
    })
}

impl From<&PurchaseRequest> for PurchaseBody {
    /// What a client sends. Its person may have typed the number alone: country and type then follow from the number.
    fn from(request: &PurchaseRequest) -> Self {
        let e164 = typed(&request.number);
        let planned = e164.as_deref().and_then(of_the_plan);
        let country = || planned.map(|(country, _)| country.to_string());
        let kind = || planned.map(|(_, kind)| number_type(kind).to_owned());
        let seen = request.price_seen.unwrap_or_default();
        let cents = |money: Option<Money>| money.map(Money::minor_units);
        Self {
            inventory_id: typed(&request.inventory_id),
            country: typed(&request.country).or_else(country),
            number_type: typed(&request.number_type).or_else(kind),
            e164,
            total_cost_cents: cents(seen.due_now),
            setup_cost_cents: cents(seen.setup_fee),
            monthly_cost_cents: cents(seen.monthly_fee),
            ..Self::default()
        }
    }
}

/// Country and type of a number, as the numbering plan has them.
pub(super) fn of_the_plan(number: &str) -> Option<(Country, NumberType)> {
    let planned = Planned::parse(number, None).ok()?;
    let kind = match planned.kind()? {
        NumberKind::Mobile => NumberType::Mobile,
        NumberKind::TollFree => NumberType::TollFree,
        NumberKind::FixedLine
        | NumberKind::FixedLineOrMobile
        | NumberKind::PremiumRate
        | NumberKind::SharedCost
        | NumberKind::Voip
        | NumberKind::PersonalNumber
        | NumberKind::Pager
        | NumberKind::Uan
        | NumberKind::Voicemail => NumberType::Local,
    };
    Some((planned.country()?, kind))
}

/// What Kros calls a field of ours.
pub(super) fn field(ours: &str) -> &str {
    match ours {
        "number" => "e164",
        "number_type" => "type",
        "holder" => "x-organization-id",
        other => other,
    }
}

/// What Kros calls a part of the price.
pub(super) const fn member_of(field: PriceField) -> &'static str {
    match field {
        PriceField::DueNow | PriceField::CommitmentTotal => TOTAL,
        PriceField::SetupFee => SETUP,
        // Kros has no numbers by the year.
        PriceField::MonthlyFee | PriceField::YearlyFee => MONTHLY,
    }
}

pub(super) const fn number_type(number_type: NumberType) -> &'static str {
    match number_type {
        // Kros knows no numbers that belong to a country only.
        NumberType::Local | NumberType::National => "local",
        NumberType::Mobile => "mobile",
        NumberType::TollFree => "toll_free",
    }
}
