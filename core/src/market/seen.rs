//! What a person saw before: a price, or a quote and what it promised.

use alloc::boxed::Box;

use crate::base::id::QuoteId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::market::price::Price;
use crate::market::selector::Selector;
use crate::terms::capabilities::Capabilities;
use crate::terms::number_type::NumberType;
use crate::terms::payment::PaymentMethod;
use crate::terms::version::ShopVersion;
use ringup_derive::data;
use ringup_numbering::Country;

/// A quote that a purchase follows. Only what was promised is compared: that it was made is not evidence that it still holds.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct QuoteSeen {
    /// Its name.
    pub id: QuoteId,
    /// What it promised, as whoever made it has kept it; absent: nobody has kept such a quote. Never take this from a
    /// client, for the id does not vouch for it: take it from your own store, or from [`Quote::verify`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub terms: Option<QuoteTerms>,
}

/// What a quote promises. All of it is compared.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct QuoteTerms {
    /// The rules and prices that it was made under.
    pub shop: ShopVersion,
    /// From when on it holds no more.
    pub expires_at: Timestamp,
    /// Which number it is for; absent: that was not clear.
    pub selector: Option<Selector>,
    /// What would be bought; absent: it was not known.
    #[serde(default)]
    pub item: Option<Item>,
    /// How it would be paid; absent: in no way.
    #[serde(default)]
    pub payment: Option<PaymentMethod>,
    /// The price; absent: it was not known.
    pub price: Option<QuotedPrice>,
}

/// The price that a quote promises.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(untagged)]
pub enum QuotedPrice {
    /// All of it.
    Whole(Box<Price>),
    /// The figures that were kept of a quote before the whole was. Of such terms only these are compared, without item and
    /// payment; they leave out a yearly fee where there was none, and the commitment's total where it was what was due.
    Figures(PriceSeen),
}

/// What would be bought.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The country.
    pub country: Country,
    /// The type, if it is known.
    pub number_type: Option<NumberType>,
    /// What the number can do.
    pub capabilities: Capabilities,
    /// The regulatory tier.
    pub kyc_tier: u8,
}

/// What a person saw of a price; what is absent is not compared.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct PriceSeen {
    /// The total due now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_now: Option<Money>,
    /// The non-recurring charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub setup_fee: Option<Money>,
    /// What recurs, a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub monthly_fee: Option<Money>,
    /// What recurs, a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// What the commitment comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub commitment_total: Option<Money>,
}
