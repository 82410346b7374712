//! A rate: which numbers it matches, and what they cost.

use alloc::{format, string::String, vec::Vec};

use super::{RateQuery, Tier, dates_mistake};
use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Money};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::capabilities::Capabilities;
use crate::terms::country;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// A rate: which numbers it matches, and what they cost.
///
/// If several rates match, the longest prefix wins, then a rate with a type, then a rate with a region, then the rate with
/// the most capabilities.
/// A card with two rates that this order cannot separate is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The country of the numbers.
    pub country: Country,
    /// The type of the numbers. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// The first digits of the numbers, such as `+1415`. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub prefix: Option<String>,
    /// The region of the numbers, as the carrier names it; the case of letters does not count. Absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub region: Option<String>,
    /// Capabilities that the numbers have. Absent: any.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    #[ts(optional, as = "Option<Capabilities>")]
    pub able_to: Capabilities,
    /// The first instant at which the rate applies. Absent: no begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_from: Option<Timestamp>,
    /// The end: the rate does not apply at this instant or later. Absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_until: Option<Timestamp>,
    /// The charge taken once.
    pub setup_fee: Money,
    /// The recurring charge per month. Zero for a number that is paid by the year.
    pub monthly_fee: Money,
    /// The recurring charge per year. Absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// Recurring fees from the n-th number on, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub tiers: Vec<Tier>,
    /// Charges taken once and passed on to others, such as a regulator's fee. Discounts do not reduce them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub other_fees: Vec<OtherFee>,
    /// The least number of months that must be paid.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub minimum_commitment_months: u32,
    /// The regulatory tier. A larger one needs more verification.
    pub kyc_tier: u8,
    /// The capabilities of the numbers.
    pub capabilities: Capabilities,
}

/// A charge that is taken once beside the setup fee and passed on to others.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OtherFee {
    /// The name on the price, as customers read it.
    pub label: String,
    /// The amount, in the currency of the monthly fee.
    pub fee: Money,
}

impl Rate {
    pub(crate) fn effective(&self) -> Window {
        Window::new(self.effective_from, self.effective_until)
    }

    /// Whether the rate matches what is known of a number. `number` is its E.164 form.
    pub(super) fn matches(&self, query: &RateQuery<'_>, number: Option<&str>) -> bool {
        let is_of_region = |region: &String| query.region.is_some_and(|of| of.to_lowercase() == region.to_lowercase());

        self.country == query.country
            && (self.number_type.is_none() || self.number_type == query.number_type)
            && self.prefix.as_ref().is_none_or(|prefix| number.is_some_and(|number| number.starts_with(prefix)))
            && self.region.as_ref().is_none_or(is_of_region)
            && query.capabilities.include(self.able_to)
            && self.effective().contains(query.at)
    }

    /// How specific the rate is: prefix length, type, region, count of capabilities. The larger one wins.
    pub(super) fn specificity(&self) -> (usize, bool, bool, usize) {
        let prefix = self.prefix.as_ref().map_or(0, String::len);
        (prefix, self.number_type.is_some(), self.region.is_some(), self.able_to.count())
    }

    /// Whether a number may match both at one instant and neither is more specific. Two sets of capabilities of the
    /// same size both match a number that has all of them.
    fn is_ambiguous_with(&self, other: &Self) -> bool {
        let region = |rate: &Self| rate.region.as_ref().map(|region| region.to_lowercase());
        (self.country, self.number_type, &self.prefix) == (other.country, other.number_type, &other.prefix)
            && region(self) == region(other)
            && self.able_to.count() == other.able_to.count()
            && self.effective().overlaps(other.effective())
    }
}

/// The mistakes in the rates. Each points into `/rate_card/rates`.
pub(super) fn mistakes(rates: &[Rate]) -> impl Iterator<Item = Diagnostic> {
    rates.iter().enumerate().flat_map(|(index, rate)| check(index, rate, rates))
}

fn check(index: usize, rate: &Rate, rates: &[Rate]) -> Vec<Diagnostic> {
    let place = format!("/rate_card/rates/{index}");
    let currency = rate.monthly_fee.currency();
    let mut mistakes = Vec::new();
    mistakes.extend(fee_mistakes(&format!("{place}/monthly_fee"), rate.monthly_fee, currency));
    mistakes.extend(fee_mistakes(&format!("{place}/setup_fee"), rate.setup_fee, currency));
    if let Some(yearly) = rate.yearly_fee {
        let place = format!("{place}/yearly_fee");
        mistakes.extend(fee_mistakes(&place, yearly, currency));
        if !rate.monthly_fee.is_zero() {
            let message = format!("a yearly fee excludes a monthly fee: {}", rate.monthly_fee);
            mistakes.push(Diagnostic::parts(place, message, "remove `yearly_fee`, or set `monthly_fee` to 0"));
        }
    }
    for (nth, other) in rate.other_fees.iter().enumerate() {
        mistakes.extend(fee_mistakes(&format!("{place}/other_fees/{nth}/fee"), other.fee, currency));
    }
    mistakes.extend(country::mistake(&format!("{place}/country"), rate.country));
    if let Some(prefix) = rate.prefix.as_ref().filter(|prefix| !is_prefix(prefix)) {
        let message = format!("no number begins with `{prefix}`");
        let help = "write `+`, the country calling code and digits: `+1415`";
        mistakes.push(Diagnostic::value(format!("{place}/prefix"), message, help));
    }
    mistakes.extend(foreign_prefix(&place, rate));
    mistakes.extend(dates_mistake(rate.effective(), &place));
    mistakes.extend(Tier::mistakes(&rate.tiers, currency, &place));
    if let Some(earlier) = rates.iter().take(index).position(|earlier| rate.is_ambiguous_with(earlier)) {
        let message = format!("`/rate_card/rates/{earlier}` matches the same numbers in {}", rate.country);
        let help = "remove one, or separate them by `number_type`, `prefix`, `region`, `able_to` or effective dates";
        mistakes.push(Diagnostic::parts(format!("{place}/country"), message, help));
    }
    mistakes
}

/// A prefix of another country's numbers. A part of a calling code may be any country's.
fn foreign_prefix(place: &str, rate: &Rate) -> Option<Diagnostic> {
    let begins = format!("+{}", country::calling_code(rate.country)?);
    let prefix = rate.prefix.as_deref().filter(|prefix| is_prefix(prefix))?;
    if prefix.starts_with(&begins) || begins.starts_with(prefix) {
        return None;
    }
    let message = format!("no number in {} begins with `{prefix}`", rate.country);
    Some(Diagnostic::parts(format!("{place}/prefix"), message, format!("write a prefix that begins with `{begins}`")))
}

/// Whether it is a `+` and digits.
fn is_prefix(prefix: &str) -> bool {
    let digits = prefix.strip_prefix('+').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The mistakes of a fee: it is negative, or not in the currency of the monthly fee.
pub(super) fn fee_mistakes(place: &str, fee: Money, currency: Currency) -> impl Iterator<Item = Diagnostic> {
    let negative = (fee.minor_units() < 0).then(|| {
        let message = format!("a fee must not be negative: {fee}");
        Diagnostic::value(place, message, "write 0 or more minor units")
    });
    let foreign = (fee.currency() != currency).then(|| {
        let message = format!("{fee} is not in {currency}, the currency of the entry's monthly fee");
        Diagnostic::parts(place, message, format!("write the amount in {currency}"))
    });
    negative.into_iter().chain(foreign)
}
