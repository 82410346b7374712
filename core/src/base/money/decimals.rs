//! Decimals: how a shop or a price writes amounts.

use alloc::collections::BTreeMap;
use core::fmt;

use super::{Currency, Money};

/// How many decimals amounts are written with: as many as ISO 4217 says, unless a rate card has its own.
#[derive(Clone, Copy, Debug)]
pub struct Decimals<'a> {
    own: Option<&'a BTreeMap<Currency, u8>>,
}

impl<'a> Decimals<'a> {
    /// Those of ISO 4217, whatever the currency.
    pub const ISO_4217: Self = Self { own: None };

    /// Those of a rate card that has its own for some currencies.
    pub(crate) const fn of_card(own: &'a BTreeMap<Currency, u8>) -> Self {
        Self { own: Some(own) }
    }

    /// How many decimals an amount in this currency has.
    #[must_use]
    pub fn of(self, currency: Currency) -> u8 {
        let own = self.own.and_then(|own| own.get(&currency)).copied();
        own.unwrap_or_else(|| currency.exponent())
    }

    /// An amount as it is written with them: `1.0075 USD`.
    pub fn write(self, money: Money) -> impl fmt::Display {
        money.with_decimals(self.of(money.currency()))
    }
}
