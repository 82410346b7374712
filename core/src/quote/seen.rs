//! The quote that a purchase follows: what was promised, against what holds now.

use alloc::{boxed::Box, vec::Vec};

use super::{Changed, Item, Quote, QuoteDifference};
use crate::gate::Case;
use crate::shop::{PaymentMethod, ShopVersion};
use crate::window::Window;
use crate::{Price, PriceSeen, QuoteId, Selector, Timestamp};

/// A quote that a purchase follows. Only what was promised is compared: that it was made is not evidence that it still holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteSeen {
    /// Its name.
    pub id: QuoteId,
    /// What it promised, as whoever made it has kept it; absent: nobody has kept such a quote. Never take this from a
    /// client, for the id does not vouch for it: take it from your own store, or from [`Quote::verify`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub terms: Option<QuoteTerms>,
}

/// What a quote promises. All of it is compared.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteTerms {
    /// The rules and prices that it was made under.
    pub shop: ShopVersion,
    /// From when on it holds no more.
    pub expires_at: Timestamp,
    /// Which number it is for; absent: that was not clear.
    pub selector: Option<Selector>,
    /// What would be bought; absent: it was not known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub item: Option<Item>,
    /// How it would be paid; absent: in no way.
    #[cfg_attr(feature = "serde", serde(default))]
    pub payment: Option<PaymentMethod>,
    /// The price; absent: it was not known.
    pub price: Option<QuotedPrice>,
}

/// The price that a quote promises.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum QuotedPrice {
    /// All of it.
    Whole(Box<Price>),
    /// The figures that were kept of a quote before the whole was. Of such terms only these are compared, without item and
    /// payment; they leave out a yearly fee where there was none, and the commitment's total where it was what was due.
    Figures(PriceSeen),
}

/// What a quote made now would promise.
struct Promised<'a> {
    shop: ShopVersion,
    selector: &'a Selector,
    item: Item,
    payment: Option<PaymentMethod>,
    price: &'a Price,
}

impl Quote {
    /// The quote as a purchase that follows it names it.
    #[must_use]
    #[cfg(feature = "serde")]
    pub fn seen(&self) -> QuoteSeen {
        QuoteSeen { id: self.id(), terms: Some(self.terms()) }
    }

    /// What it promises.
    #[must_use]
    pub fn terms(&self) -> QuoteTerms {
        QuoteTerms {
            shop: self.shop.clone(),
            expires_at: self.expires_at,
            selector: self.selector.clone(),
            item: self.item.clone(),
            payment: self.payment,
            price: self.price.clone().map(|price| QuotedPrice::Whole(Box::new(price))),
        }
    }
}

impl QuoteTerms {
    /// Everything that is not so now, in the order of [`QuoteDifference`]; empty: it holds. None: what is asked for has no
    /// price yet, so that nothing can be compared.
    pub(crate) fn differences(&self, case: &Case<'_>) -> Option<Vec<QuoteDifference>> {
        let (pricing, selector) = (case.pricing()?, case.selector.as_ref()?);
        let promised = Promised {
            shop: case.shop.version(),
            selector,
            item: Item::of(pricing),
            payment: case.payment_method(),
            price: &pricing.price,
        };
        let is_over = Window::until(self.expires_at).is_over(case.now);
        let over = is_over.then_some(QuoteDifference::ExpiresAt(Changed { seen: self.expires_at, now: case.now }));
        Some(over.into_iter().chain(promised.differences(self)).collect())
    }
}

impl Promised<'_> {
    fn differences(&self, seen: &QuoteTerms) -> Vec<QuoteDifference> {
        let mut differences = self.version(&seen.shop);
        differences.extend(changed(&seen.selector, &Some(self.selector.clone()), QuoteDifference::Selector));
        match &seen.price {
            // Whatever was not known then is another price now.
            None => {
                let now = Some(self.price.due_now);
                differences.push(QuoteDifference::DueNow(Changed { seen: None, now }));
            }
            Some(QuotedPrice::Whole(price)) => {
                differences.extend(self.item(seen.item.as_ref()));
                differences.extend(changed(&seen.payment, &self.payment, QuoteDifference::Payment));
                differences.extend(self.figures(&price.seen()));
                differences.extend(self.parts(price));
            }
            Some(QuotedPrice::Figures(figures)) => {
                let commitment_total = figures.commitment_total.or(figures.due_now);
                differences.extend(self.figures(&PriceSeen { commitment_total, ..*figures }));
            }
        }
        differences
    }

    fn version(&self, seen: &ShopVersion) -> Vec<QuoteDifference> {
        let ShopVersion { policy, policy_version, rate_card_version } = &self.shop;
        let all = [
            changed(&seen.policy, policy, QuoteDifference::Policy),
            changed(&seen.policy_version, policy_version, QuoteDifference::PolicyVersion),
            changed(&seen.rate_card_version, rate_card_version, QuoteDifference::RateCardVersion),
        ];
        all.into_iter().flatten().collect()
    }

    fn item(&self, seen: Option<&Item>) -> Vec<QuoteDifference> {
        let Item { country, number_type, capabilities, kyc_tier } = &self.item;
        let all = [
            changed(&seen.map(|item| item.country), &Some(*country), QuoteDifference::Country),
            changed(&seen.and_then(|item| item.number_type), number_type, QuoteDifference::NumberType),
            changed(&seen.map(|item| item.capabilities), &Some(*capabilities), QuoteDifference::Capabilities),
            changed(&seen.map(|item| item.kyc_tier), &Some(*kyc_tier), QuoteDifference::KycTier),
        ];
        all.into_iter().flatten().collect()
    }

    fn figures(&self, seen: &PriceSeen) -> Vec<QuoteDifference> {
        let moved = self.price.figures_moved(seen);
        moved.map(|(field, seen, now)| QuoteDifference::of_figure(field, Changed { seen, now })).collect()
    }

    /// What of the price is no figure.
    fn parts(&self, seen: &Price) -> Vec<QuoteDifference> {
        // Named one by one, so that a new one is not forgotten.
        let Price {
            lines,
            due_now: _,
            taxes_included,
            first_period,
            introductory,
            monthly_fee: _,
            yearly_fee: _,
            recurring_lines,
            recurring_taxes_included,
            minimum_commitment_months,
            commitment_total: _,
            exponent,
        } = self.price;
        let (months, recurring_taxes) = (&seen.minimum_commitment_months, &seen.recurring_taxes_included);
        let all = [
            changed(months, minimum_commitment_months, QuoteDifference::MinimumCommitmentMonths),
            changed(&seen.lines, lines, QuoteDifference::Lines),
            changed(&seen.taxes_included, taxes_included, QuoteDifference::TaxesIncluded),
            changed(&seen.first_period, first_period, QuoteDifference::FirstPeriod),
            changed(&seen.introductory, introductory, QuoteDifference::Introductory),
            changed(&seen.recurring_lines, recurring_lines, QuoteDifference::RecurringLines),
            changed(recurring_taxes, recurring_taxes_included, QuoteDifference::RecurringTaxesIncluded),
            changed(&seen.exponent, exponent, QuoteDifference::Exponent),
        ];
        all.into_iter().flatten().collect()
    }
}

fn changed<T: Clone + PartialEq>(
    seen: &T,
    now: &T,
    difference: impl FnOnce(Changed<T>) -> QuoteDifference,
) -> Option<QuoteDifference> {
    (seen != now).then(|| difference(Changed { seen: seen.clone(), now: now.clone() }))
}
