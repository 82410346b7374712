//! Proof: what the passed gates prove together: the number, its price and the payment method.

use super::input::{Found, NumberLookup, Unclear};
use super::{Input, Rejection, country, payment_method, request, selector, stock};
use crate::market::selector::Selector;
use crate::price::pricing::Pricing;
use crate::terms::payment::PaymentRule;

/// What a purchase that passed every gate agrees on.
pub(crate) struct Proof<'a> {
    pub(crate) selector: &'a Selector,
    pub(crate) pricing: &'a Pricing,
    pub(crate) rule: &'a PaymentRule,
}

/// Why there is no proof.
pub(crate) enum Unproven {
    /// A gate refuses.
    Refused(Rejection),
    /// A numbering plan is needed to read the number with.
    NoPlan,
    /// A longer table of the time zone is needed.
    BeyondTable,
    /// A search is needed first.
    Unseen(Selector),
}

impl Input<'_> {
    /// The proof of the passed gates. If a part is missing, the gate that should have proved it refuses.
    pub(crate) fn proof(&self) -> Result<Proof<'_>, Unproven> {
        let (selector, found) = match &self.wanted {
            NumberLookup::Known { selector, found } => (selector, found),
            NumberLookup::Unclear(Unclear::Field(problem)) => return Err(request::refusal(problem).into()),
            NumberLookup::Unclear(Unclear::NoPlan) => return Err(Unproven::NoPlan),
            NumberLookup::Unclear(Unclear::Selector(problem)) => return Err(selector::refusal(self, problem).into()),
        };
        let pricing = match found {
            Found::Priced { pricing, .. } => pricing,
            Found::Unseen => return Err(Unproven::Unseen(selector.clone())),
            Found::BeyondTable => return Err(Unproven::BeyondTable),
            Found::NotSold { country, number_type } => {
                return Err(country::refusal(self, *country, *number_type).into());
            }
            Found::Unavailable(unavailable) => return Err(stock::refusal(selector, unavailable).into()),
        };
        let rule = self.payment.ok_or_else(|| payment_method::unpayable(self))?;
        Ok(Proof { selector, pricing, rule })
    }
}

impl<R: Into<Rejection>> From<R> for Unproven {
    fn from(refused: R) -> Self {
        Self::Refused(refused.into())
    }
}
