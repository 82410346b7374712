//! The bridge between our wire and the core: who sees what, and which state has which name.

use ringup_core::purchase::{Failure, State};
use ringup_core::{
    Account, Capabilities, HeldNumber, HeldStatus, HolderId, OfferedNumber, OfferedPrice, Purchase, PurchaseId,
    PurchaseRequest, QuoteSeen, Shop,
};

use super::SHOP;
use super::problem::Code;
use super::said::SaidQuote;
use super::wire::{
    AvailableNumber, Checkout, NumberAnswer, NumberStatus, PurchaseAnswer, PurchaseFailure, PurchaseStatus,
    QuoteAnswer, RequestBody, WantedCapabilities,
};
use crate::retailer::{Caller, Session, Settings, StoredQuote};

/// What a body asks for, with the quote that it names.
pub(super) fn request(body: RequestBody, idempotency_key: Option<String>, quote: Option<QuoteSeen>) -> PurchaseRequest {
    PurchaseRequest {
        holder: body.holder,
        country: body.country,
        number: body.number,
        inventory_id: body.inventory_id,
        area_code: body.area_code,
        pattern: body.pattern,
        number_type: body.number_type,
        capabilities: body.capabilities.unwrap_or_default().into(),
        region: body.region,
        currency: body.currency,
        idempotency_key,
        confirm_additional: body.confirm_additional.unwrap_or_default(),
        price_seen: body.price_seen,
        quote_seen: quote.map(Box::new),
    }
}

impl From<&PurchaseRequest> for RequestBody {
    fn from(request: &PurchaseRequest) -> Self {
        let typed = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        Self {
            holder: typed(&request.holder),
            country: typed(&request.country),
            number_type: typed(&request.number_type),
            capabilities: Some(request.capabilities).filter(|wanted| !wanted.is_empty()).map(WantedCapabilities::from),
            region: typed(&request.region),
            number: typed(&request.number),
            inventory_id: typed(&request.inventory_id),
            area_code: typed(&request.area_code),
            pattern: typed(&request.pattern),
            currency: typed(&request.currency),
            confirm_additional: request.confirm_additional.then_some(true),
            quote_id: request.quote_seen.as_ref().map(|seen| seen.id.to_string()),
            price_seen: request.price_seen,
        }
    }
}

impl From<WantedCapabilities> for Capabilities {
    fn from(WantedCapabilities { voice, sms, mms, fax }: WantedCapabilities) -> Self {
        Self { voice, sms, mms, fax }
    }
}

impl From<Capabilities> for WantedCapabilities {
    fn from(Capabilities { voice, sms, mms, fax }: Capabilities) -> Self {
        Self { voice, sms, mms, fax }
    }
}

/// Whether the caller may see what this holder has.
pub(super) fn sees(caller: &Caller, holder: Option<&HolderId>) -> bool {
    caller.actor.only_holder.as_ref().is_none_or(|only| holder == Some(only))
}

pub(super) fn quote(kept: StoredQuote) -> QuoteAnswer {
    QuoteAnswer {
        request: RequestBody::from(&kept.request),
        id: kept.id,
        quote: SaidQuote::new(kept.quote, SHOP.decimals()),
    }
}

/// An offered number at the prices that it would be sold at.
pub(super) fn available(offer: &OfferedNumber, shop: &Shop) -> AvailableNumber {
    let rate = shop.rate_card().rate(offer.country, Some(offer.number_type), Some(offer.number));
    let listed = rate.map(|rate| OfferedPrice {
        setup_fee: rate.setup_fee,
        monthly_fee: rate.monthly_fee,
        yearly_fee: rate.yearly_fee,
    });
    AvailableNumber {
        number: offer.number,
        inventory_id: offer.inventory_id.clone(),
        country: offer.country,
        region: offer.region.clone(),
        number_type: offer.number_type,
        capabilities: offer.capabilities,
        prices: if offer.prices.is_empty() { listed.into_iter().collect() } else { offer.prices.clone() },
        minimum_commitment_months: offer.minimum_commitment_months,
        kyc_tier: rate.map_or(0, |rate| rate.kyc_tier),
    }
}

/// A number's name: its purchase's, begun otherwise.
fn number_id(purchase: &PurchaseId) -> String {
    format!("num_{}", purchase.as_str().trim_start_matches("pur_"))
}

/// The purchase that bought the number of this name.
pub(super) fn purchase_of(number_id: &str) -> Option<PurchaseId> {
    format!("pur_{}", number_id.strip_prefix("num_")?).parse().ok()
}

pub(super) fn number(held: &HeldNumber, account: &Account, settings: Settings) -> NumberAnswer {
    let (status, releases_at, released_at) = match held.status {
        HeldStatus::Active => (NumberStatus::Active, None, None),
        HeldStatus::Scheduled { at, .. } | HeldStatus::CoolingDown { ends_at: at, .. } => {
            (NumberStatus::Scheduled, Some(at), None)
        }
        HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => (NumberStatus::Releasing, None, None),
        HeldStatus::Released { at } => (NumberStatus::Released, None, Some(at)),
    };
    let Settings { label, endpoint, inbound, outbound, .. } = settings;
    NumberAnswer {
        id: number_id(&held.purchase),
        purchase_id: account.purchase(&held.purchase).map(|purchase| purchase.id.to_string()),
        number: held.number,
        status,
        country: held.country,
        region: held.region.clone(),
        number_type: held.number_type,
        capabilities: held.capabilities,
        holder: held.holder.clone(),
        monthly_fee: held.recurring.monthly_fee(),
        activated_at: held.activated_at,
        releases_at,
        released_at,
        label,
        endpoint,
        inbound,
        outbound,
    }
}

pub(super) fn purchase(purchase: &Purchase, account: &Account, session: &Session<'_>) -> Option<PurchaseAnswer> {
    let agreement = session.agreement(account.id(), &purchase.id)?;
    let held = account.number(&purchase.id);
    let settings = || session.settings(account.id(), &purchase.id);
    Some(PurchaseAnswer {
        id: purchase.id.to_string(),
        status: status(purchase),
        accepted_at: agreement.accepted_at,
        holder: agreement.holder.clone(),
        selector: agreement.selector.clone(),
        country: agreement.country,
        payment: agreement.payment,
        price: agreement.price.clone(),
        idempotency_key: purchase.key.as_ref().map(|key| key.as_str().to_owned()),
        checkout: checkout(&purchase.state, session.public_url()),
        failure: failed(&purchase.state).map(failure),
        number: held.map(|held| number(held, account, settings())),
    })
}

fn status(purchase: &Purchase) -> PurchaseStatus {
    use ringup_host::PurchaseStatus as Hosted;
    match Hosted::of(purchase) {
        Hosted::AwaitingKyc => PurchaseStatus::AwaitingKyc,
        Hosted::AwaitingPayment => PurchaseStatus::AwaitingPayment,
        Hosted::InProgress => PurchaseStatus::InProgress,
        Hosted::Unconfirmed => PurchaseStatus::Unconfirmed,
        Hosted::NeedsReview => PurchaseStatus::NeedsReview,
        Hosted::Compensating => PurchaseStatus::Compensating,
        Hosted::Bought => PurchaseStatus::Bought,
        Hosted::Failed => PurchaseStatus::Failed,
    }
}

fn checkout(state: &State, public_url: &str) -> Option<Checkout> {
    let State::AwaitingPayment(awaiting) = state else { return None };
    let url =
        if awaiting.url.starts_with('/') { format!("{public_url}{}", awaiting.url) } else { awaiting.url.clone() };
    Some(Checkout { url, expires_at: awaiting.expires_at })
}

/// Why it does not go through, when that is known.
const fn failed(state: &State) -> Option<&Failure> {
    match state {
        State::Compensating(state) => Some(&state.failure),
        State::Undone(state) => Some(&state.failure),
        State::Failed(state) => Some(&state.failure),
        State::AwaitingKyc(_)
        | State::OpeningCheckout(_)
        | State::AwaitingPayment(_)
        | State::Securing(_)
        | State::Returning(_)
        | State::Charging(_)
        | State::Ordering(_)
        | State::Billing(_)
        | State::Unconfirmed(_)
        | State::Active { .. } => None,
    }
}

fn failure(failure: &Failure) -> PurchaseFailure {
    let (code, detail) = match failure {
        Failure::CheckoutDeclined => (Code::CheckoutDeclined, "the payment was declined or given up"),
        Failure::CheckoutExpired => (Code::CheckoutExpired, "nobody has paid in time"),
        Failure::PaymentDeclined { reason } => (Code::PaymentDeclined, reason.as_str()),
        Failure::OutOfStock { reason } => (Code::SoldMeanwhile, reason.as_str()),
        Failure::CarrierDeclined { reason } => (Code::CarrierDeclined, reason.as_str()),
        Failure::KycDeclined => (Code::KycRequired, "the papers were declined"),
        Failure::KycWithdrawn => (Code::KycRequired, "the papers were withdrawn"),
        Failure::KycOverdue => (Code::KycRequired, "no papers were submitted in time"),
        Failure::FoundNotBought => (Code::CarrierDeclined, "the carrier has not sold the number"),
    };
    PurchaseFailure { code, detail: detail.into() }
}
