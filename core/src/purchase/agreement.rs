//! The agreement: what was agreed when a purchase was accepted.

use crate::account::key::{FailedKey, Fingerprint};
use crate::base::id::HolderId;
use crate::base::timestamp::Timestamp;
use crate::market::offers::OfferedNumber;
use crate::market::price::Price;
use crate::market::request::PurchaseRequest;
use crate::market::selector::Selector;
use crate::price::basis::PriceBasis;
use crate::quote::Quote;
use crate::shop::Shop;
use crate::terms::fulfilment::OrderEvidence;
use crate::terms::number_type::NumberType;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use crate::terms::version::ShopVersion;
use ringup_derive::data;
use ringup_numbering::{Country, NumberingPlan};

/// What was agreed when a purchase was accepted.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
pub struct Agreement {
    /// The instant of the acceptance.
    pub accepted_at: Timestamp,
    /// The versions of the policy and the rate card.
    pub shop: ShopVersion,
    /// The holder that the number is for.
    pub holder: Option<HolderId>,
    /// The selector of the request.
    pub selector: Selector,
    /// The country of the number.
    pub country: Country,
    /// The number type, if the request or the offer had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// The payment method that the policy chose.
    pub payment: PaymentMethod,
    /// The agreed price.
    pub price: Price,
    /// What the price was made of. A reserved number must have the same.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(optional, as = "Option<_>")]
    pub basis: PriceBasis,
    /// The fingerprint that a repeat must have.
    pub fingerprint: Fingerprint,
    /// What becomes of the key if the purchase fails.
    #[serde(default, skip_serializing_if = "is_default")]
    #[ts(optional, as = "Option<_>")]
    pub failed_key: FailedKey,
    /// How the carrier clears up an order whose reply was lost.
    pub order_evidence: OrderEvidence,
    /// When the money is taken.
    pub charged: ChargeTime,
    /// Whether the periods after the first are charged.
    #[serde(default, skip_serializing_if = "is_not")]
    #[ts(optional, as = "Option<_>")]
    pub renews: bool,
    /// When the checkout expires. Present for payment by checkout only.
    pub checkout_expires_at: Option<Timestamp>,
    /// How long after that a payment made in time may be told, in seconds.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub checkout_grace_s: u32,
}

impl Agreement {
    /// The agreement of accepting this quote, for a number that was bought elsewhere. `None` if the quote has no price.
    /// For a purchase made here, `decide` makes the agreement.
    #[must_use]
    pub fn of_quote(
        shop: &Shop,
        numbering: &dyn NumberingPlan,
        request: &PurchaseRequest,
        quote: &Quote,
        accepted_at: Timestamp,
    ) -> Option<Self> {
        let parsed = request.parse(shop.policy().reading(numbering));
        let keys = shop.policy().idempotency.as_ref();
        let fields = keys.map_or(&[][..], |rules| &rules.fingerprint);
        let price = quote.price.clone()?;
        Some(Self {
            accepted_at,
            shop: quote.shop.clone(),
            holder: parsed.holder.clone(),
            selector: quote.selector.clone()?,
            country: quote.item.as_ref()?.country,
            number_type: quote.item.as_ref()?.number_type,
            payment: quote.payment?,
            charged: ChargeTime::default(),
            basis: PriceBasis::default(),
            fingerprint: Fingerprint::of(&parsed, fields, price.due_now.currency()),
            failed_key: keys.map(|rules| rules.failed).unwrap_or_default(),
            price,
            order_evidence: shop.policy().order_evidence,
            renews: shop.policy().renewals.is_some(),
            checkout_expires_at: None,
            checkout_grace_s: 0,
        })
    }

    /// Whether the customer pays at a checkout. Nobody opens one for nothing.
    pub(crate) fn is_by_checkout(&self) -> bool {
        self.payment == PaymentMethod::Checkout && !self.price.due_now.is_zero()
    }

    /// The selector for the inventory: the selector of the request with the agreed type, even if the request had none.
    pub(crate) fn wanted(&self) -> Selector {
        self.number_type.map_or_else(|| self.selector.clone(), |number_type| self.selector.of_type(number_type))
    }

    /// Whether a number is what was agreed, and costs it by the shop's rate card. A host reserves such a number only.
    #[must_use]
    pub fn accepts(&self, shop: &Shop, offer: &OfferedNumber) -> bool {
        self.is_about(offer) && self.basis.costs_the_same(shop.rate_card(), offer, self.accepted_at)
    }

    /// Whether a number is what was agreed, as far as that needs no rate card.
    pub(crate) fn is_about(&self, offer: &OfferedNumber) -> bool {
        let is_of_type = self.number_type.is_none_or(|number_type| number_type == offer.number_type);
        (self.selector.fits(offer) || planted!("reserved_number_of_another_kind"))
            && self.country == offer.country
            && is_of_type
            && self.basis.is_of(offer)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(seconds: &u32) -> bool {
    *seconds == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
impl Agreement {
    /// 2.00 USD by subscription, for any US number.
    pub(crate) fn sample() -> Self {
        let usd = |minor_units: i64| serde_json::json!({ "minor_units": minor_units, "currency": "USD" });
        let agreement = serde_json::json!({
            "accepted_at": 0,
            "shop": { "policy": "own", "policy_version": "1", "rate_card_version": "1" },
            "holder": null,
            "selector": { "kind": "any", "country": "US" },
            "country": "US",
            "payment": "subscription",
            "price": {
                "lines": [{ "charge": "first_month", "amount": usd(200) }],
                "due_now": usd(200), "monthly_fee": usd(200), "minimum_commitment_months": 0,
                "commitment_total": usd(200), "exponent": 2
            },
            "fingerprint": "",
            "order_evidence": "query_by_key",
            "charged": "before_order",
            "checkout_expires_at": null
        });
        serde_json::from_value(agreement).unwrap()
    }
}
