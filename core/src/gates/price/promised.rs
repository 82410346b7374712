//! Promised: the terms of a quote against those of a quote made now.

use alloc::vec::Vec;

use super::difference::{Changed, QuoteDifference};
use crate::base::window::Window;
use crate::gates::{Fact, Input};
use crate::market::price::Price;
use crate::market::seen::{Item, PriceSeen, QuoteTerms};
use crate::market::selector::Selector;
use crate::terms::payment::PaymentMethod;
use crate::terms::version::ShopVersion;

/// The terms that a quote made now would promise.
struct Promised<'a> {
    shop: ShopVersion,
    selector: Option<&'a Selector>,
    item: Item,
    payment: Option<PaymentMethod>,
    price: &'a Price,
}

/// The terms that no longer hold, in the order of [`QuoteDifference`]; empty if the quote holds. Nothing can be
/// compared while the price is unknown.
pub(super) fn differences(input: &Input<'_>, seen: &QuoteTerms) -> Result<Vec<QuoteDifference>, Fact> {
    let (pricing, selector) = (input.priced()?, input.selector());
    let promised = Promised {
        shop: input.policy.version(input.card),
        selector,
        item: pricing.item(),
        payment: input.payment_method(),
        price: &pricing.price,
    };
    let is_over = Window::until(seen.expires_at).is_over(input.now);
    let over = is_over.then_some(QuoteDifference::ExpiresAt(Changed { seen: seen.expires_at, now: input.now }));
    Ok(over.into_iter().chain(promised.differences(seen)).collect())
}

impl Promised<'_> {
    fn differences(&self, seen: &QuoteTerms) -> Vec<QuoteDifference> {
        let mut differences = self.version(&seen.shop);
        differences.extend(changed(&seen.selector, &self.selector.cloned(), QuoteDifference::Selector));
        match &seen.price {
            // A price that was unknown then is another price now.
            None => {
                let now = Some(self.price.due_now);
                differences.push(QuoteDifference::DueNow(Changed { seen: None, now }));
            }
            Some(price) => {
                differences.extend(self.item(seen.item.as_ref()));
                differences.extend(changed(&seen.payment, &self.payment, QuoteDifference::Payment));
                differences.extend(self.figures(&price.seen()));
                differences.extend(self.parts(price));
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

    /// The differences of the price besides its figures.
    fn parts(&self, seen: &Price) -> Vec<QuoteDifference> {
        // Every field is named, so that a new one is not forgotten.
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
            early_release,
            commitment_total: _,
            exponent,
        } = self.price;
        let (months, recurring_taxes) = (&seen.minimum_commitment_months, &seen.recurring_taxes_included);
        let all = [
            changed(months, minimum_commitment_months, QuoteDifference::MinimumCommitmentMonths),
            changed(&seen.early_release, early_release, QuoteDifference::EarlyRelease),
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
