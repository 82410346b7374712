//! Pricing: makes a price for a customer at an instant, from the rate card or from the offer's own price.

use alloc::vec::Vec;

use super::basis::{PriceBasis, rate_query};
use super::fees::Fees;
use super::first_period::BillingDay;
use super::schedule::Schedule;
use crate::account::standing::{InFlight, Standing};
use crate::base::calendar::months_later;
use crate::base::id::{HolderId, PlanId};
use crate::base::money::{Currency, Money, MoneyError};
use crate::base::time_zone::{BeyondTable, Clocks};
use crate::base::timestamp::Timestamp;
use crate::market::offers::OfferedNumber;
use crate::market::price::Price;
use crate::market::seen::Item;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::plan::Plan;
use crate::terms::rate_card::{RateCard, RateQuery};
use crate::terms::release::EarlyRelease;
use ringup_numbering::Country;

/// How long a purchase may take until its number is activated, as far as the time zone's table must reach.
const ACTIVATED_WITHIN_MONTHS: u32 = 1;

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
    /// The clocks of the days and periods.
    pub(crate) clocks: Clocks<'a>,
    /// What a release before the end of a commitment gets.
    pub(crate) early_release: Option<EarlyRelease>,
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
    fees: Fees,
}

/// What the rate card or the offer says about a number, before it is priced.
struct Rated {
    country: Country,
    number_type: Option<NumberType>,
    capabilities: Capabilities,
    kyc_tier: u8,
    basis: PriceBasis,
    fees: Fees,
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
    /// The time zone's table does not cover the first period.
    BeyondTable,
}

impl From<BeyondTable> for NoPrice {
    fn from(BeyondTable: BeyondTable) -> Self {
        Self::BeyondTable
    }
}

/// The price of whichever number fits, by the rate card.
pub(crate) fn of_any(context: &PriceContext<'_>, any: &RateQuery<'_>) -> Result<Pricing, NoPrice> {
    Ok(rated_by_card(context, any, None)?.priced(context)?.of_whichever(context))
}

/// The price of an offered number: its own, or the rate card's.
pub(crate) fn of_offer(context: &PriceContext<'_>, offer: &OfferedNumber) -> Result<Pricing, NoPrice> {
    rated_by_offer(context, offer)?.priced(context)
}

/// The amount due now for whichever number fits.
pub(crate) fn due_now_of_any(context: &PriceContext<'_>, any: &RateQuery<'_>) -> Result<Money, NoPrice> {
    rated_by_card(context, any, None)?.due_now(context)
}

/// The amount due now for an offered number.
pub(crate) fn due_now_of_offer(context: &PriceContext<'_>, offer: &OfferedNumber) -> Result<Money, NoPrice> {
    rated_by_offer(context, offer)?.due_now(context)
}

fn rated_by_offer(context: &PriceContext<'_>, offer: &OfferedNumber) -> Result<Rated, NoPrice> {
    let (card, asked) = (context.card, context.currency);
    let query = rate_query(offer, context.now);
    if offer.prices.is_empty() {
        return rated_by_card(context, &query, Some(offer));
    }
    let own = *offer.price(asked).ok_or_else(|| NoPrice::Currency {
        asked: asked.unwrap_or(context.default_currency),
        offered: offer.currencies(),
    })?;
    let rate = card.rate_of(&query);
    Ok(Rated {
        country: offer.country,
        number_type: Some(offer.number_type),
        capabilities: offer.capabilities,
        kyc_tier: rate.map_or_else(|| card.highest_tier(offer.country, None, context.now), |rate| rate.kyc_tier),
        basis: PriceBasis::new(Some(own), Some(offer), rate),
        fees: Fees::of_offer(offer, own, rate),
    })
}

fn rated_by_card(
    context: &PriceContext<'_>,
    query: &RateQuery<'_>,
    offer: Option<&OfferedNumber>,
) -> Result<Rated, NoPrice> {
    let rate = context
        .card
        .rate_of(query)
        .ok_or(NoPrice::NotSold { country: query.country, number_type: query.number_type })?;
    let currency = rate.monthly_fee.currency();
    if let Some(asked) = context.currency.filter(|asked| *asked != currency) {
        return Err(NoPrice::Currency { asked, offered: [currency].into() });
    }
    Ok(Rated {
        country: query.country,
        number_type: query.number_type.or(rate.number_type),
        // Of whichever number fits, what it must have is known too.
        capabilities: if offer.is_some() { rate.capabilities } else { rate.capabilities.and(query.capabilities) },
        kyc_tier: rate.kyc_tier,
        basis: PriceBasis::new(None, offer, Some(rate)),
        fees: Fees::of_rate(rate, context.nth(), offer),
    })
}

impl Rated {
    fn priced(self, context: &PriceContext<'_>) -> Result<Pricing, NoPrice> {
        let price = self.or_too_large(context.schedule(&self.fees, self.country)?.price())?;
        let Self { country, number_type, capabilities, kyc_tier, basis, fees } = self;
        Ok(Pricing { country, number_type, capabilities, kyc_tier, price, basis, fees })
    }

    fn due_now(&self, context: &PriceContext<'_>) -> Result<Money, NoPrice> {
        self.or_too_large(context.schedule(&self.fees, self.country)?.due_now())
    }

    /// The fees have one currency and none is negative, so only their size can fail.
    fn or_too_large<T>(&self, amount: Result<T, MoneyError>) -> Result<T, NoPrice> {
        let currency = self.fees.recurring_fee.currency();
        amount.map_err(|_| NoPrice::TooLarge { country: self.country, currency })
    }
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

    /// The first instant at which the price may differ; at most the rate card's `quote_lifetime_s` from now.
    pub(crate) fn holds_until(&self, context: &PriceContext<'_>) -> Timestamp {
        let (card, now) = (context.card, context.now);
        let counts_numbers = self.fees.has_tiers || 0 < context.included_numbers();
        let fewer_at = counts_numbers.then(|| context.checkout_end()).flatten();
        let changes = [card.next_change(self.country, now), fewer_at].into_iter().flatten();
        let limit = changes.fold(now.plus_seconds(card.quote_lifetime_s), Timestamp::min);
        let of_billing_day = |billing_day: BillingDay<'_>| billing_day.holds_until(self.fees.recurring_fee, now, limit);
        // What has a price at this instant has one until then.
        context.billing_day(&self.fees).map_or(Some(limit), of_billing_day).unwrap_or(now)
    }
}

impl<'a> PriceContext<'a> {
    fn schedule<'f>(&'f self, fees: &'f Fees, country: Country) -> Result<Schedule<'f>, NoPrice> {
        let (card, now) = (self.card, self.now);
        // The number is activated within a month, say, and then the end of its period must be known.
        let months = fees.period_months().saturating_add(ACTIVATED_WITHIN_MONTHS);
        months_later(now, i64::from(months), self.clocks)?;
        let currency = fees.recurring_fee.currency();
        let discounts = card.discounts.iter().filter(|discount| discount.applies(self.plan_id, country, currency, now));
        let measured = |billing_day: BillingDay<'a>| billing_day.measure(now).map(|measure| (billing_day, measure));
        let first = self.billing_day(fees).map(measured);
        Ok(Schedule {
            first: first.transpose()?,
            is_included: self.nth() <= self.included_numbers(),
            discounts: discounts.collect(),
            early_release: self.early_release,
            minimum: card.minimum_charges.iter().copied().find(|minimum| minimum.currency() == currency),
            exponent: card.decimals().of(currency),
            taxes: card.taxes.iter().filter(|tax| tax.applies(country, now)).collect(),
            fees,
        })
    }

    /// How many numbers the plan includes.
    fn included_numbers(&self) -> u32 {
        self.plan.filter(|_| self.uncounted_holder().is_none()).map_or(0, |plan| plan.included_numbers)
    }

    fn billing_day(&self, fees: &Fees) -> Option<BillingDay<'a>> {
        let rule = self.card.proration?;
        let anchor = self.standing.terms.billing_anchor?;
        Some(BillingDay { rule, anchor, clocks: self.clocks, period_months: fees.period_months() })
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
