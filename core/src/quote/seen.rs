//! The quote that a purchase follows: what was promised, against what holds now.

use alloc::boxed::Box;

use super::{Item, Quote};
use crate::shop::{PaymentMethod, ShopVersion};
use crate::{Price, PriceSeen, QuoteId, Selector, Timestamp};

/// A quote that a purchase follows. Only what was promised is compared: that it was made is not evidence that it still holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteSeen {
    /// Its name.
    pub id: QuoteId,
    /// What it promised, as whoever made it has kept it; absent: nobody has kept such a quote. Never take this from a
    /// client, for the id does not vouch for it: take it from your own store, or from [`Quote::verify`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub terms: Option<QuoteTerms>,
}

/// What a quote promises. All of it is compared.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct QuoteTerms {
    /// The rules and prices that it was made under.
    pub shop: ShopVersion,
    /// From when on it holds no more.
    pub expires_at: Timestamp,
    /// Which number it is for; absent: that was not clear.
    pub selector: Option<Selector>,
    /// What would be bought; absent: it was not known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub item: Option<Item>,
    /// How it would be paid; absent: in no way.
    #[cfg_attr(feature = "serde", serde(default))]
    pub payment: Option<PaymentMethod>,
    /// The price; absent: it was not known.
    pub price: Option<QuotedPrice>,
}

/// The price that a quote promises.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum QuotedPrice {
    /// All of it.
    Whole(Box<Price>),
    /// The figures that were kept of a quote before the whole was. Of such terms only these are compared, without item and
    /// payment; they leave out a yearly fee where there was none, and the commitment's total where it was what was due.
    Figures(PriceSeen),
}

impl Quote {
    /// The quote as a purchase that follows it names it.
    #[must_use]
    #[cfg(feature = "serde")]
    pub fn seen(&self) -> QuoteSeen {
        QuoteSeen { id: self.id(), terms: Some(self.terms()) }
    }

    /// What it promises.
    #[must_use]
    pub fn terms(&self) -> QuoteTerms {
        QuoteTerms {
            shop: self.shop.clone(),
            expires_at: self.expires_at,
            selector: self.selector.clone(),
            item: self.item.clone(),
            payment: self.payment,
            price: self.price.clone().map(|price| QuotedPrice::Whole(Box::new(price))),
        }
    }
}
