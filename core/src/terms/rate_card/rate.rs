//! One entry of the rate card: what it matches, then what that costs.

use alloc::{format, string::String, vec::Vec};

use super::{Sought, Tier, dates_mistake};
use crate::base::diagnostic::Diagnostic;
use crate::base::money::{Currency, Money};
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use crate::terms::capabilities::Capabilities;
use crate::terms::country;
use crate::terms::number_type::NumberType;
use ringup_derive::data;
use ringup_numbering::Country;

/// One entry: what it matches, then what that costs.
///
/// Of several entries that match a number, the one with the longest prefix counts; of equally long ones, one that names a
/// type; of these, the one that asks for the most capabilities. Two entries of which neither comes first are refused.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Numbers of this country.
    pub country: Country,
    /// Only numbers of this type; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub number_type: Option<NumberType>,
    /// Only numbers that begin so, such as `+1415`; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub prefix: Option<String>,
    /// Only numbers that can do all of this; absent: any.
    #[serde(default, skip_serializing_if = "Capabilities::is_empty")]
    #[ts(optional, as = "Option<Capabilities>")]
    pub able_to: Capabilities,
    /// From this instant on; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_from: Option<Timestamp>,
    /// Before this instant; absent: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub effective_until: Option<Timestamp>,
    /// The non-recurring charge.
    pub setup_fee: Money,
    /// The recurring charge, a month; nought for a number that is paid by the year.
    pub monthly_fee: Money,
    /// The recurring charge, a year; absent: the number is paid by the month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// What recurs from the n-th number on instead, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub tiers: Vec<Tier>,
    /// What is charged once beside the setup fee and passed on to others, such as a regulator's fee. No discount touches it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<_>")]
    pub other_fees: Vec<OtherFee>,
    /// How many months must be paid at the least.
    #[serde(default)]
    #[ts(optional, as = "Option<_>")]
    pub minimum_commitment_months: u32,
    /// The regulatory tier: the higher, the more the holder must prove.
    pub kyc_tier: u8,
    /// What the number can do.
    pub capabilities: Capabilities,
}

/// What is charged once beside the setup fee.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct OtherFee {
    /// What a person calls it.
    pub label: String,
    /// How much it is.
    pub fee: Money,
}

impl Rate {
    pub(crate) fn effective(&self) -> Window {
        Window::new(self.effective_from, self.effective_until)
    }

    /// Whether it is an entry for what is known of a number, whose digits are given as text.
    pub(super) fn matches(&self, sought: &Sought, number: Option<&str>) -> bool {
        self.country == sought.country
            && (self.number_type.is_none() || self.number_type == sought.number_type)
            && self.prefix.as_ref().is_none_or(|prefix| number.is_some_and(|number| number.starts_with(prefix)))
            && sought.capabilities.unwrap_or_default().include(self.able_to)
            && self.effective().contains(sought.at)
    }

    /// How much an entry asks for. Prefix, type and capability, in this order.
    pub(super) fn specificity(&self) -> (usize, bool, usize) {
        (self.prefix.as_ref().map_or(0, String::len), self.number_type.is_some(), self.able_to.count())
    }

    /// Whether some number matches both at some instant, and neither is the more specific one. Two sets of as many
    /// capabilities are both those of a number that can do everything.
    fn is_ambiguous_with(&self, other: &Self) -> bool {
        (self.country, self.number_type, &self.prefix) == (other.country, other.number_type, &other.prefix)
            && self.able_to.count() == other.able_to.count()
            && self.effective().overlaps(other.effective())
    }
}

/// The mistakes of the entries.
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
            let message = format!("a number is paid by the month or by the year, and {} a month too", rate.monthly_fee);
            mistakes.push(Diagnostic::parts(place, message, "remove it, or set the monthly fee to 0"));
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
        let message = format!("`/rate_card/rates/{earlier}` matches the same numbers of {}", rate.country);
        let help = "remove one, or tell them apart by `number_type`, `prefix`, `able_to` or effective dates";
        mistakes.push(Diagnostic::parts(format!("{place}/country"), message, help));
    }
    mistakes
}

/// A prefix of another country's numbers; a part of the calling code may be anybody's.
fn foreign_prefix(place: &str, rate: &Rate) -> Option<Diagnostic> {
    let begins = format!("+{}", country::calling_code(rate.country)?);
    let prefix = rate.prefix.as_deref().filter(|prefix| is_prefix(prefix))?;
    if prefix.starts_with(&begins) || begins.starts_with(prefix) {
        return None;
    }
    let message = format!("no number of {} begins with `{prefix}`", rate.country);
    Some(Diagnostic::parts(format!("{place}/prefix"), message, format!("write a prefix that begins with `{begins}`")))
}

/// A `+` and digits.
fn is_prefix(prefix: &str) -> bool {
    let digits = prefix.strip_prefix('+').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The mistakes of a fee in an entry whose monthly fee is in this currency.
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
