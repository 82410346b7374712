//! Pricing: makes a price for a customer at an instant, from the rate card or from the offer's own price.

use alloc::vec::Vec;

use super::basis::PriceBasis;
use super::fees::Fees;
use super::first_period::BillingDay;
use super::schedule::Schedule;
use crate::account::standing::{InFlight, Standing};
use crate::base::id::{HolderId, PlanId};
use crate::base::money::{Currency, MoneyError};
use crate::base::timestamp::Timestamp;
use crate::market::offers::OfferedNumber;
use crate::market::price::Price;
use crate::market::seen::Item;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::plan::Plan;
use crate::terms::rate_card::{RateCard, RateQuery};
use ringup_numbering::Country;

/// What a price depends on, besides the number.
#[derive(Clone, Copy)]
pub(crate) struct PriceContext<'a> {
    pub(crate) card: &'a RateCard,
    pub(crate) standing: &'a Standing,
    /// The id of the customer's plan (or of a hypothetical one), and the plan if the shop has it.
    pub(crate) plan_id: Option<&'a PlanId>,
    pub(crate) plan: Option<&'a Plan>,
    /// The holder that the number is for.
    pub(crate) holder: Option<&'a HolderId>,
    pub(crate) now: Timestamp,
    pub(crate) currency: Option<Currency>,
    /// The currency that a refusal names if the request has none.
    pub(crate) default_currency: Currency,
    /// The offset of the calendar days from UTC, in minutes.
    pub(crate) day_offset_minutes: i16,
}

/// The price of a number, and what the rate card or the offer says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Pricing {
    pub(crate) country: Country,
    pub(crate) number_type: Option<NumberType>,
    pub(crate) capabilities: Capabilities,
    pub(crate) kyc_tier: u8,
    pub(crate) price: Price,
    pub(crate) basis: PriceBasis,
    /// The first instant at which the price may differ; at most the rate card's `quote_lifetime_s` from now.
    pub(crate) holds_until: Timestamp,
}

/// Why there is no price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum NoPrice {
    /// The rate card has no rate for such a number.
    NotSold { country: Country, number_type: Option<NumberType> },
    /// The number has no price in this currency.
    Currency { asked: Currency, offered: Vec<Currency> },
    /// The price in this currency exceeds the largest amount.
    TooLarge { country: Country, currency: Currency },
}

/// The price of any number of a country and type, by the rate card.
pub(crate) fn of_country(
    context: &PriceContext<'_>,
    country: Country,
    number_type: Option<NumberType>,
) -> Result<Pricing, NoPrice> {
    let query = RateQuery { country, number_type, number: None, capabilities: None, at: context.now };
    Ok(from_rate_card(context, &query, None)?.of_whichever(context))
}

/// The price of an offered number: its own, or the rate card's.
pub(crate) fn of_offer(context: &PriceContext<'_>, offer: &OfferedNumber) -> Result<Pricing, NoPrice> {
    let (card, asked) = (context.card, context.currency);
    let query = RateQuery {
        country: offer.country,
        number_type: Some(offer.number_type),
        number: Some(offer.number),
        capabilities: Some(offer.capabilities),
        at: context.now,
    };
    if offer.prices.is_empty() {
        return from_rate_card(context, &query, Some(offer));
    }
    let own = *offer.price(asked).ok_or_else(|| NoPrice::Currency {
        asked: asked.unwrap_or(context.default_currency),
        offered: offer.currencies(),
    })?;
    let rate = card.rate_of(&query);
    let fees = Fees::of_offer(offer, own, rate);
    let (price, holds_until) = context.price(fees, offer.country)?;
    Ok(Pricing {
        country: offer.country,
        number_type: Some(offer.number_type),
        capabilities: offer.capabilities,
        kyc_tier: rate.map_or_else(|| card.highest_tier(offer.country, None, context.now), |rate| rate.kyc_tier),
        price,
        basis: PriceBasis::new(Some(own), Some(offer), rate),
        holds_until,
    })
}

fn from_rate_card(
    context: &PriceContext<'_>,
    query: &RateQuery,
    offer: Option<&OfferedNumber>,
) -> Result<Pricing, NoPrice> {
    let rate = context
        .card
        .rate_of(query)
        .ok_or(NoPrice::NotSold { country: query.country, number_type: query.number_type })?;
    let currency = rate.monthly_fee.currency();
    if let Some(asked) = context.currency.filter(|asked| *asked != currency) {
        return Err(NoPrice::Currency { asked, offered: [currency].into() });
    }
    let fees = Fees::of_rate(rate, context.nth(), offer);
    let (price, holds_until) = context.price(fees, query.country)?;
    Ok(Pricing {
        country: query.country,
        number_type: query.number_type.or(rate.number_type),
        capabilities: rate.capabilities,
        kyc_tier: rate.kyc_tier,
        price,
        basis: PriceBasis::new(None, offer, Some(rate)),
        holds_until,
    })
}

impl Pricing {
    /// The item that would be bought.
    pub(crate) const fn item(&self) -> Item {
        let Self { country, number_type, capabilities, kyc_tier, .. } = *self;
        Item { country, number_type, capabilities, kyc_tier }
    }

    /// The same if the shop chooses the number. The highest regulatory tier applies, because another rate may match the
    /// chosen number.
    pub(crate) fn of_whichever(self, context: &PriceContext<'_>) -> Self {
        let highest = context.card.highest_tier(self.country, self.number_type, context.now);
        Self { kyc_tier: self.kyc_tier.max(highest), ..self }
    }
}

impl<'a> PriceContext<'a> {
    /// The price of these fees, and until when it holds.
    fn price(&self, fees: Fees, country: Country) -> Result<(Price, Timestamp), NoPrice> {
        let currency = fees.recurring_fee.currency();
        // The fees have one currency and none is negative, so only their size can fail.
        self.priced(fees, country).map_err(|_| NoPrice::TooLarge { country, currency })
    }

    fn priced(&self, fees: Fees, country: Country) -> Result<(Price, Timestamp), MoneyError> {
        let (card, now) = (self.card, self.now);
        let currency = fees.recurring_fee.currency();
        let discounts = card.discounts.iter().filter(|discount| discount.applies(self.plan_id, country, currency, now));
        let includes = self.plan.filter(|_| self.uncounted_holder().is_none()).map_or(0, |plan| plan.included_numbers);
        let billing_day = self.billing_day(&fees);
        // Every instant at which the price may change.
        let fewer_at = (fees.has_tiers || 0 < includes).then(|| self.checkout_end()).flatten();
        let changes = [card.next_change(country, now), fewer_at].into_iter().flatten();
        let limit = changes.fold(now.plus_seconds(card.quote_lifetime_s), Timestamp::min);
        let holds_until = match &billing_day {
            Some(billing_day) => billing_day.holds_until(fees.recurring_fee, now, limit)?,
            None => limit,
        };
        let schedule = Schedule {
            first: billing_day.map(|billing_day| (billing_day, billing_day.measure(now))),
            is_included: self.nth() <= includes,
            discounts: discounts.collect(),
            exponent: card.decimals().of(currency),
            taxes: card.taxes.iter().filter(|tax| tax.applies(country, now)).collect(),
            fees,
        };
        Ok((schedule.price()?, holds_until))
    }

    fn billing_day(&self, fees: &Fees) -> Option<BillingDay> {
        let rule = self.card.proration?;
        let anchor = self.standing.terms.billing_anchor?;
        Some(BillingDay {
            rule,
            anchor,
            day_offset_minutes: self.day_offset_minutes,
            period_months: fees.period_months(),
        })
    }

    /// Which number it would be, among the numbers held and pending: the customer's counted ones, or those of an
    /// uncounted holder alone.
    fn nth(&self) -> u32 {
        let held = &self.standing.held;
        let held = match self.uncounted_holder() {
            None => held.total,
            Some(holder) => held.by_holder.get(holder).copied().unwrap_or(0),
        };
        let pending = &self.standing.pending;
        let pending = match self.uncounted_holder() {
            None => pending.total,
            Some(holder) => pending.by_holder.get(holder).copied().unwrap_or(0),
        };
        let on_their_way = u32::try_from(self.on_their_way().count()).unwrap_or(u32::MAX);
        held.saturating_add(pending).saturating_add(on_their_way).saturating_add(1)
    }

    /// When the next open checkout expires, and its purchase no longer counts.
    fn checkout_end(&self) -> Option<Timestamp> {
        self.on_their_way().filter_map(|purchase| purchase.checkout_expires_at).min()
    }

    fn on_their_way(&self) -> impl Iterator<Item = &InFlight> {
        let counts = |purchase: &&InFlight| match self.uncounted_holder() {
            None => self.standing.is_counted(purchase.holder.as_ref()),
            Some(holder) => purchase.holder.as_ref() == Some(holder),
        };
        self.standing.counting(self.now).filter(counts)
    }

    fn uncounted_holder(&self) -> Option<&'a HolderId> {
        self.holder.filter(|holder| !self.standing.is_counted(Some(*holder)))
    }
}
