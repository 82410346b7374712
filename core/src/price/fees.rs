//! Fees: what the rate or the offer asks for a number, before reductions and taxes.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::market::offers::{OfferedNumber, OfferedPrice};
use crate::terms::rate_card::{OtherFee, Rate, Tier};

/// The fees of a number before reductions and taxes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fees {
    pub(super) setup_fee: Money,
    pub(super) other_fees: Vec<OtherFee>,
    /// The recurring fee of a whole period.
    pub(super) recurring_fee: Money,
    pub(super) is_yearly: bool,
    pub(super) minimum_commitment_months: u32,
    /// Whether the fee depends on how many numbers the customer has.
    pub(super) has_tiers: bool,
}

impl Fees {
    /// The fees of a rate for the n-th number. An offer may have a longer commitment.
    pub(super) fn of_rate(rate: &Rate, nth: u32, offer: Option<&OfferedNumber>) -> Self {
        let offered_months = offer.map_or(0, |offer| offer.minimum_commitment_months);
        let own = rate.yearly_fee.unwrap_or(rate.monthly_fee);
        Self {
            setup_fee: rate.setup_fee,
            other_fees: rate.other_fees.clone(),
            recurring_fee: Tier::fee_of(&rate.tiers, nth).unwrap_or(own),
            is_yearly: rate.yearly_fee.is_some(),
            minimum_commitment_months: rate.minimum_commitment_months.max(offered_months),
            has_tiers: !rate.tiers.is_empty(),
        }
    }

    /// The fees of an offer with its own price. The rate's fees that are passed on still apply, because a regulator
    /// charges them in any case.
    pub(super) fn of_offer(offer: &OfferedNumber, own: OfferedPrice, rate: Option<&Rate>) -> Self {
        let currency = own.monthly_fee.currency();
        let other_fees = rate.into_iter().flat_map(|rate| &rate.other_fees);
        Self {
            setup_fee: own.setup_fee,
            other_fees: other_fees.filter(|other| other.fee.currency() == currency).cloned().collect(),
            recurring_fee: own.yearly_fee.unwrap_or(own.monthly_fee),
            is_yearly: own.yearly_fee.is_some(),
            minimum_commitment_months: offer.minimum_commitment_months,
            has_tiers: false,
        }
    }

    /// The months of a period: 1 or 12.
    pub(super) const fn period_months(&self) -> u32 {
        if self.is_yearly { 12 } else { 1 }
    }
}
