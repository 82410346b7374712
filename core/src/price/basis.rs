//! Basis: what an agreed price was made of. A reserved number must have the same, so that it costs what was agreed.

use alloc::{string::String, vec::Vec};

use crate::base::money::Currency;
use crate::base::timestamp::Timestamp;
use crate::market::offers::{OfferedNumber, OfferedPrice};
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::rate_card::{OtherFee, Rate, RateCard, RateQuery};
use ringup_derive::data;

/// What an agreed price was made of: the number's own price, or an entry of the rate card.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct PriceBasis {
    /// The number's own price. Absent: the price is the rate card's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub own_price: Option<OfferedPrice>,
    /// The commitment that the number itself asks for, in months.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<_>")]
    pub minimum_commitment_months: u32,
    /// The entry of the rate card. Absent: it has none for such a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub rate: Option<RateConditions>,
}

/// The conditions of an entry of the rate card, besides its country and dates.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct RateConditions {
    /// The type of the numbers. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// The first digits of the numbers. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub prefix: Option<String>,
    /// The region of the numbers. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub region: Option<String>,
    /// Capabilities that the numbers have. Absent: any.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    #[ts(optional, as = "Option<Capabilities>")]
    pub able_to: Capabilities,
}

impl PriceBasis {
    pub(super) fn new(own_price: Option<OfferedPrice>, offer: Option<&OfferedNumber>, rate: Option<&Rate>) -> Self {
        let minimum_commitment_months = offer.map_or(0, |offer| offer.minimum_commitment_months);
        Self { own_price, minimum_commitment_months, rate: rate.map(RateConditions::of) }
    }

    /// Whether the number's own price is the agreed one, if the price was a number's own.
    pub(crate) fn is_of(&self, offer: &OfferedNumber) -> bool {
        self.own_price.is_none_or(|own| {
            offer.price(Some(own.monthly_fee.currency())) == Some(&own)
                && offer.minimum_commitment_months == self.minimum_commitment_months
        })
    }

    /// Whether the number costs what another one of this basis costs, by the card as it is now. Discounts and taxes
    /// depend on the country alone.
    pub(crate) fn costs_the_same(&self, card: &RateCard, offer: &OfferedNumber, accepted_at: Timestamp) -> bool {
        let (country, at) = (offer.country, accepted_at);
        let agreed = card.rates.iter().find(|rate| {
            rate.country == country && rate.effective().contains(at) && self.rate == Some(RateConditions::of(rate))
        });
        let number = card.rate_of(&rate_query(offer, at));
        let is_same = match (self.own_price, agreed, number) {
            (Some(own), _, _) => {
                let currency = own.monthly_fee.currency();
                passed_on(agreed, currency) == passed_on(number, currency)
            }
            // The number has its own price, which may be the card's.
            (None, Some(agreed), number) if !offer.prices.is_empty() => {
                let currency = agreed.monthly_fee.currency();
                let own = OfferedPrice {
                    setup_fee: agreed.setup_fee,
                    monthly_fee: agreed.monthly_fee,
                    yearly_fee: agreed.yearly_fee,
                };
                let months = agreed.minimum_commitment_months.max(self.minimum_commitment_months);
                offer.price(Some(currency)) == Some(&own)
                    && offer.minimum_commitment_months == months
                    && agreed.tiers.is_empty()
                    && passed_on(Some(agreed), currency) == passed_on(number, currency)
            }
            (None, Some(agreed), Some(number)) => {
                let fees = |rate: &Rate| (rate.setup_fee, rate.monthly_fee, rate.yearly_fee);
                let months = |rate: &Rate, own: u32| rate.minimum_commitment_months.max(own);
                fees(agreed) == fees(number)
                    && (&agreed.tiers, &agreed.other_fees) == (&number.tiers, &number.other_fees)
                    && months(agreed, self.minimum_commitment_months) == months(number, offer.minimum_commitment_months)
            }
            // The card has no such entry any more: nobody can say that it costs the same.
            (None, None, _) | (None, _, None) => false,
        };
        is_same && self.is_of(offer)
    }
}

/// What the rate card is asked about an offered number.
pub(crate) fn rate_query(offer: &OfferedNumber, at: Timestamp) -> RateQuery<'_> {
    RateQuery {
        country: offer.country,
        number_type: Some(offer.number_type),
        number: Some(offer.number),
        capabilities: offer.capabilities,
        region: Some(&offer.region),
        at,
    }
}

/// The fees of an entry that are passed on with a price in this currency.
fn passed_on(rate: Option<&Rate>, currency: Currency) -> Vec<&OtherFee> {
    let fees = rate.into_iter().flat_map(|rate| &rate.other_fees);
    fees.filter(|other| other.fee.currency() == currency).collect()
}

impl RateConditions {
    fn of(rate: &Rate) -> Self {
        let Rate { number_type, prefix, region, able_to, .. } = rate;
        Self { number_type: *number_type, prefix: prefix.clone(), region: region.clone(), able_to: *able_to }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(months: &u32) -> bool {
    *months == 0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Every held number stores its basis.
    #[test]
    fn what_a_number_does_not_ask_for_is_not_stored() {
        assert_eq!(serde_json::to_value(PriceBasis::default()).unwrap(), json!({}));
        let committed = PriceBasis { minimum_commitment_months: 12, ..PriceBasis::default() };
        assert_eq!(serde_json::to_value(committed).unwrap(), json!({ "minimum_commitment_months": 12 }));
    }
}
