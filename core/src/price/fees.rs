//! Fees: what the rate card's entry or the offer itself asks for a number, before anything is taken off or added.

use alloc::vec::Vec;

use crate::base::money::Money;
use crate::market::offers::{OfferedNumber, OfferedPrice};
use crate::terms::rate_card::{OtherFee, Rate, Tier};

/// What a number costs before anything is taken off or added.
#[derive(Clone, Debug)]
pub(super) struct Fees {
    pub(super) setup_fee: Money,
    pub(super) other_fees: Vec<OtherFee>,
    /// The recurring charge of a whole period.
    pub(super) recurring_fee: Money,
    pub(super) is_yearly: bool,
    pub(super) minimum_commitment_months: u32,
    /// Whether how many numbers the customer has makes a difference.
    pub(super) has_tiers: bool,
}

impl Fees {
    /// What an entry asks for the n-th number; where that is a certain one, it may have the longer commitment.
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

    /// What an offered number asks itself, and what is passed on by the entry that it would have otherwise: a regulator does
    /// not ask who has set the price.
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

    /// How many months a period has.
    pub(super) const fn period_months(&self) -> u32 {
        if self.is_yearly { 12 } else { 1 }
    }
}
