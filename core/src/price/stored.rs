//! A price as JSON: its amounts say no decimals, so that reading it gives them those that the price says.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Introductory, Price, PriceLine};
use crate::Money;

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut price = Self::deserialize(deserializer)?;
        let exponent = price.exponent;
        price.amounts().for_each(|amount| *amount = amount.with_exponent(exponent));
        Ok(price)
    }
}

impl Price {
    /// Every amount. Named one by one, so that a new one is not forgotten.
    fn amounts(&mut self) -> impl Iterator<Item = &mut Money> {
        let Self {
            lines,
            due_now,
            taxes_included,
            first_period: _,
            introductory,
            monthly_fee,
            yearly_fee,
            recurring_lines,
            recurring_taxes_included,
            minimum_commitment_months: _,
            commitment_total,
            exponent: _,
        } = self;
        let figures = [due_now, monthly_fee, commitment_total].into_iter().chain(yearly_fee);
        let of_phases = introductory.iter_mut().flat_map(|phase| {
            let Introductory { periods: _, amount, lines, taxes_included } = phase;
            core::iter::once(amount).chain(of_lines(lines)).chain(of_lines(taxes_included))
        });
        let of_this = [lines, taxes_included, recurring_lines, recurring_taxes_included]
            .into_iter()
            .flat_map(|lines| of_lines(lines));
        figures.chain(of_phases).chain(of_this)
    }
}

fn of_lines(lines: &mut [PriceLine]) -> impl Iterator<Item = &mut Money> {
    lines.iter_mut().map(|line| &mut line.amount)
}
