//! The bill of one period: its lines, and what is left of each part of the price.

use alloc::{string::String, vec::Vec};

use crate::base::money::{Currency, Money, MoneyError};
use crate::market::price::{ChargeKind, PriceLine, PricePart};

/// The lines of one period, and what they leave of each part.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    pub(super) lines: Vec<PriceLine>,
    /// Taxes that the lines contain.
    pub(super) taxes_included: Vec<PriceLine>,
    /// The sum of the lines.
    pub(super) total: Money,
    /// Each part after the reductions so far, without taxes on top; never negative.
    setup: Money,
    recurring: Money,
    other: Money,
}

impl Bill {
    pub(super) const fn new(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { lines: Vec::new(), taxes_included: Vec::new(), total: zero, setup: zero, recurring: zero, other: zero }
    }

    /// What is left of a part after the reductions so far.
    pub(super) const fn left(&self, part: PricePart) -> Money {
        match part {
            PricePart::Setup => self.setup,
            PricePart::Recurring => self.recurring,
            PricePart::Other => self.other,
        }
    }

    /// Adds a charge to a part.
    pub(super) fn add(&mut self, charge: ChargeKind, part: PricePart, line: Amount<'_>) -> Result<(), MoneyError> {
        let sum = self.left(part).checked_add(line.amount)?;
        *self.part(part) = sum;
        self.push(PriceLine { charge, label: line.label.map(String::from), on: None, amount: line.amount })
    }

    /// Reduces a part, by at most what is left of it.
    pub(super) fn take(&mut self, charge: ChargeKind, part: PricePart, line: Amount<'_>) -> Result<(), MoneyError> {
        let rest = self.left(part).checked_sub(line.amount)?;
        if rest.minor_units() < 0 {
            return Err(MoneyError::Overflow);
        }
        *self.part(part) = rest;
        let amount = Money::zero(rest.currency()).checked_sub(line.amount)?;
        let on = (charge == ChargeKind::Discount).then_some(part);
        self.push(PriceLine { charge, label: line.label.map(String::from), on, amount })
    }

    /// Adds a tax on top of a part, or of all parts if `None`.
    pub(super) fn add_tax(&mut self, on: Option<PricePart>, line: Amount<'_>) -> Result<(), MoneyError> {
        let label = line.label.map(String::from);
        self.push(PriceLine { charge: ChargeKind::Tax, label, on, amount: line.amount })
    }

    /// Records a tax that a part contains, or all parts if `None`.
    pub(super) fn note_tax(&mut self, on: Option<PricePart>, line: Amount<'_>) {
        if !line.amount.is_zero() {
            let label = line.label.map(String::from);
            self.taxes_included.push(PriceLine { charge: ChargeKind::Tax, label, on, amount: line.amount });
        }
    }

    const fn part(&mut self, part: PricePart) -> &mut Money {
        match part {
            PricePart::Setup => &mut self.setup,
            PricePart::Recurring => &mut self.recurring,
            PricePart::Other => &mut self.other,
        }
    }

    fn push(&mut self, line: PriceLine) -> Result<(), MoneyError> {
        self.total = self.total.checked_add(line.amount)?;
        if !line.amount.is_zero() {
            self.lines.push(line);
        }
        Ok(())
    }
}

/// An amount with its name on the rate card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Amount<'a> {
    pub(super) label: Option<&'a str>,
    pub(super) amount: Money,
}

impl From<Money> for Amount<'_> {
    fn from(amount: Money) -> Self {
        Self { label: None, amount }
    }
}
