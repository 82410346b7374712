//! Decimals: how many decimals an amount is written with.

use crate::base::map::Map;
use core::fmt;

use super::{Currency, Money};

/// The decimals that amounts are written with: those of ISO 4217, unless the rate card has its own.
#[derive(Clone, Copy, Debug)]
pub struct Decimals<'a> {
    own: Option<&'a Map<Currency, u8>>,
}

impl<'a> Decimals<'a> {
    /// Those of ISO 4217 for every currency.
    pub const ISO_4217: Self = Self { own: None };

    /// Those of a rate card, which may have its own for some currencies.
    pub(crate) const fn of_card(own: &'a Map<Currency, u8>) -> Self {
        Self { own: Some(own) }
    }

    /// The number of decimals of an amount in this currency.
    #[must_use]
    pub fn of(self, currency: Currency) -> u8 {
        let own = self.own.and_then(|own| own.get(&currency)).copied();
        own.unwrap_or_else(|| currency.exponent())
    }

    /// The amount with these decimals: `1.0075 USD`.
    pub fn write(self, money: Money) -> impl fmt::Display {
        money.with_decimals(self.of(money.currency()))
    }
}
