//! The price of a purchase: its lines, what is due now, what recurs, and the total over the commitment.

use alloc::vec::Vec;

use crate::shop::{Capabilities, NumberType, Shop};
use crate::{Country, Currency, E164, Money, MoneyError, OfferedNumber, OfferedPrice, PriceSeen};

/// What a number costs.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Price {
    /// The lines that make up what is due now, each above nought.
    pub lines: Vec<PriceLine>,
    /// What is due now: the sum of the lines.
    pub due_now: Money,
    /// What recurs every month, from the second month on.
    pub monthly_fee: Money,
    /// How many months must be paid at the least; nought: none beyond the first.
    pub minimum_commitment_months: u32,
    /// What is due over the commitment, the first month included.
    pub commitment_total: Money,
    /// How many decimals the currency has.
    pub exponent: u8,
}

/// One line of a price.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PriceLine {
    /// What the line is for.
    pub charge: ChargeKind,
    /// The amount.
    pub amount: Money,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum ChargeKind {
    /// The non-recurring charge.
    SetupFee,
    /// The recurring charge of the first month.
    FirstMonth,
}

/// Everything that the rate card or the offer says of the number, and its price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Pricing {
    pub(crate) country: Country,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) capabilities: Capabilities,
    pub(crate) kyc_tier: u8,
    pub(crate) price: Price,
}

/// Why there is no price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum NoPrice {
    /// The rate card has no such country.
    NotSold(Country),
    /// The number has no price in this currency.
    Currency { asked: Currency, offered: Vec<Currency> },
}

/// The price of any number of a country and type, from the rate card.
pub(crate) fn of_country(
    shop: &Shop,
    country: Country,
    number_type: Option<NumberType>,
    asked: Option<Currency>,
) -> Result<Pricing, NoPrice> {
    from_rate_card(shop, country, number_type, None, asked)
}

/// The price of an offered number: its own, or else the rate card's.
pub(crate) fn of_offer(shop: &Shop, offer: &OfferedNumber, asked: Option<Currency>) -> Result<Pricing, NoPrice> {
    if offer.prices.is_empty() {
        return from_rate_card(shop, offer.country, Some(offer.number_type), Some(offer.number), asked);
    }
    let offered = || offer.prices.iter().map(|price| price.monthly_fee.currency()).collect();
    let own = *offer.price(asked).ok_or_else(|| NoPrice::Currency {
        asked: asked.unwrap_or(shop.policy().default_currency),
        offered: offered(),
    })?;
    let rate = shop.rate_card().rate(offer.country, Some(offer.number_type), Some(offer.number));
    let price = build(own, offer.minimum_commitment_months)
        .map_err(|_| NoPrice::Currency { asked: own.monthly_fee.currency(), offered: offered() })?;
    Ok(Pricing {
        country: offer.country,
        number_type: Some(offer.number_type),
        capabilities: offer.capabilities,
        kyc_tier: rate.map_or(0, |rate| rate.kyc_tier),
        price,
    })
}

fn from_rate_card(
    shop: &Shop,
    country: Country,
    number_type: Option<NumberType>,
    number: Option<E164>,
    asked: Option<Currency>,
) -> Result<Pricing, NoPrice> {
    let rate = shop.rate_card().rate(country, number_type, number).ok_or(NoPrice::NotSold(country))?;
    let currency = rate.monthly_fee.currency();
    let other = || NoPrice::Currency { asked: asked.unwrap_or(currency), offered: [currency].into() };
    if asked.is_some_and(|asked| asked != currency) {
        return Err(other());
    }
    let own = OfferedPrice { setup_fee: rate.setup_fee, monthly_fee: rate.monthly_fee };
    let price = build(own, rate.minimum_commitment_months).map_err(|_| other())?;
    Ok(Pricing {
        country,
        number_type: number_type.or(rate.number_type),
        capabilities: rate.capabilities,
        kyc_tier: rate.kyc_tier,
        price,
    })
}

fn build(fees: OfferedPrice, minimum_commitment_months: u32) -> Result<Price, MoneyError> {
    let OfferedPrice { setup_fee, monthly_fee } = fees;
    let all = [(ChargeKind::SetupFee, setup_fee), (ChargeKind::FirstMonth, monthly_fee)];
    let lines: Vec<PriceLine> = all
        .into_iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(charge, amount)| PriceLine { charge, amount })
        .collect();
    let due_now = setup_fee.checked_add(monthly_fee)?;
    let commitment_total = setup_fee.checked_add(monthly_fee.checked_mul(minimum_commitment_months.max(1))?)?;
    let exponent = due_now.currency().exponent();
    Ok(Price { lines, due_now, monthly_fee, minimum_commitment_months, commitment_total, exponent })
}

/// A part of a price that is not as it was seen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PriceDifference {
    /// Which part.
    pub field: PriceField,
    /// What was seen.
    pub seen: Money,
    /// What it is now.
    pub now: Money,
}

/// The parts of a price that are compared with what was seen.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum PriceField {
    /// What is due now.
    DueNow,
    /// The non-recurring charge.
    SetupFee,
    /// The recurring charge, a month.
    MonthlyFee,
}

impl Price {
    /// What a person who looks at this price has seen.
    #[must_use]
    pub fn seen(&self) -> PriceSeen {
        let setup_fee = Some(self.charged_for(ChargeKind::SetupFee));
        PriceSeen { due_now: Some(self.due_now), setup_fee, monthly_fee: Some(self.monthly_fee) }
    }

    /// The parts that are not as they were seen, in the order of [`PriceField`].
    #[must_use]
    pub fn differences(&self, seen: &PriceSeen) -> Vec<PriceDifference> {
        let now = self.seen();
        let compared = [
            (PriceField::DueNow, seen.due_now, now.due_now),
            (PriceField::SetupFee, seen.setup_fee, now.setup_fee),
            (PriceField::MonthlyFee, seen.monthly_fee, now.monthly_fee),
        ];
        let both = compared.into_iter().filter_map(|(field, seen, now)| Some((field, seen?, now?)));
        both.filter(|(_, seen, now)| seen != now)
            .map(|(field, seen, now)| PriceDifference { field, seen, now })
            .collect()
    }

    /// The amount of all lines of this kind.
    #[must_use]
    pub fn charged_for(&self, charge: ChargeKind) -> Money {
        let amounts = self.lines.iter().filter(|line| line.charge == charge).map(|line| line.amount);
        // The lines were summed once when the price was made, so no part of them can overflow.
        amounts.fold(Money::zero(self.due_now.currency()), |sum, amount| sum.checked_add(amount).unwrap_or(sum))
    }
}

impl core::fmt::Display for PriceField {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::DueNow => "due now",
            Self::SetupFee => "setup fee",
            Self::MonthlyFee => "monthly fee",
        })
    }
}

impl core::fmt::Display for ChargeKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::SetupFee => "setup fee",
            Self::FirstMonth => "first month",
        })
    }
}
