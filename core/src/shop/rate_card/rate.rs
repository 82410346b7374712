//! One entry of the rate card: what it matches, then what that costs.

use alloc::{format, string::String, vec::Vec};

use super::{Capabilities, Effective, NumberType, Sought, Tier};
use crate::shop::ShopError;
use crate::{Country, Currency, Money, Timestamp};

/// One entry: what it matches, then what that costs.
///
/// Of several entries that match a number, the one with the longest prefix counts; of equally long ones, one that names a
/// type; of these, the one that asks for the most capabilities. Two entries of which neither comes first are refused.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Rate {
    /// Numbers of this country.
    pub country: Country,
    /// Only numbers of this type; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub number_type: Option<NumberType>,
    /// Only numbers that begin so, such as `+1415`; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub prefix: Option<String>,
    /// Only numbers that can do all of this; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Capabilities::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Capabilities>"))]
    pub able_to: Capabilities,
    /// From this instant on; absent: always.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub effective_from: Option<Timestamp>,
    /// Before this instant; absent: for ever.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub effective_until: Option<Timestamp>,
    /// The non-recurring charge.
    pub setup_fee: Money,
    /// The recurring charge, a month; nought for a number that is paid by the year.
    pub monthly_fee: Money,
    /// The recurring charge, a year; absent: the number is paid by the month.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub yearly_fee: Option<Money>,
    /// What recurs from the n-th number on instead, in order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub tiers: Vec<Tier>,
    /// What is charged once beside the setup fee and passed on to others, such as a regulator's fee. No discount touches it.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub other_fees: Vec<OtherFee>,
    /// How many months must be paid at the least.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub minimum_commitment_months: u32,
    /// The regulatory tier: the higher, the more the holder must prove.
    pub kyc_tier: u8,
    /// What the number can do.
    pub capabilities: Capabilities,
}

/// What is charged once beside the setup fee.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct OtherFee {
    /// What a person calls it.
    pub label: String,
    /// How much it is.
    pub fee: Money,
}

impl Rate {
    pub(crate) const fn effective(&self) -> Effective {
        Effective { from: self.effective_from, until: self.effective_until }
    }

    /// Whether it is an entry for what is known of a number, whose digits are given as text.
    pub(super) fn matches(&self, sought: &Sought, number: Option<&str>) -> bool {
        self.country == sought.country
            && (self.number_type.is_none() || self.number_type == sought.number_type)
            && self.prefix.as_ref().is_none_or(|prefix| number.is_some_and(|number| number.starts_with(prefix)))
            && sought.capabilities.unwrap_or_default().include(self.able_to)
            && self.effective().holds_at(sought.at)
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

    pub(super) fn with_exponents(&mut self, own: &dyn Fn(Currency) -> u8) {
        let tiers = self.tiers.iter_mut().map(|tier| &mut tier.fee);
        let others = self.other_fees.iter_mut().map(|other| &mut other.fee);
        let fees = [&mut self.setup_fee, &mut self.monthly_fee].into_iter().chain(&mut self.yearly_fee);
        fees.chain(tiers).chain(others).for_each(|fee| *fee = fee.with_exponent(own(fee.currency())));
    }
}

/// The first mistake of each entry.
pub(super) fn mistakes(rates: &[Rate]) -> impl Iterator<Item = ShopError> {
    rates.iter().enumerate().filter_map(|(index, rate)| check(index, rate, rates).err())
}

fn check(index: usize, rate: &Rate, rates: &[Rate]) -> Result<(), ShopError> {
    let place = format!("/rate_card/rates/{index}");
    let error = |name: &str, message: &str| Err(ShopError::new(format!("{place}/{name}"), message));
    let currency = rate.monthly_fee.currency();
    if rate.setup_fee.minor_units() < 0 || rate.monthly_fee.minor_units() < 0 {
        return error("monthly_fee", "a fee must not be negative");
    }
    if rate.setup_fee.currency() != currency {
        return error("setup_fee", "the setup fee and the monthly fee must share a currency");
    }
    if let Some(yearly) = rate.yearly_fee {
        if yearly.minor_units() < 0 || yearly.currency() != currency {
            return error("yearly_fee", "the yearly fee is in the entry's currency and not negative");
        }
        if !rate.monthly_fee.is_zero() {
            return error("yearly_fee", "a number is paid by the month or by the year; set the monthly fee to nought");
        }
    }
    if rate.other_fees.iter().any(|other| other.fee.minor_units() < 0 || other.fee.currency() != currency) {
        return error("other_fees", "other fees are in the entry's currency and not negative");
    }
    if rate.prefix.as_ref().is_some_and(|prefix| !prefix.starts_with('+')) {
        return error("prefix", "a prefix begins with `+` and the country calling code");
    }
    rate.effective().check(&place)?;
    Tier::check(&rate.tiers, currency, &place)?;
    if rates.iter().take(index).any(|earlier| rate.is_ambiguous_with(earlier)) {
        return error("country", "an earlier entry matches the same numbers; remove one");
    }
    Ok(())
}
