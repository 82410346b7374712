//! Seen: the price or the quote that a request says it was made after.

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

/// The quote that a purchase follows. Only the promised terms are compared; the quote itself is no evidence that they
/// still hold.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct QuoteSeen {
    /// The id of the quote.
    pub id: QuoteId,
    /// The promised terms, as the maker of the quote stored them. Absent: no such quote was stored. Never take them
    /// from a client, because the id does not prove them: take them from your own store, or from [`Quote::verify`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub terms: Option<QuoteTerms>,
}

/// What a quote promises. Every field is compared.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct QuoteTerms {
    /// The versions of the policy and the rate card.
    pub shop: ShopVersion,
    /// The first instant at which the promise no longer holds.
    pub expires_at: Timestamp,
    /// The number that it is for. Absent: the request did not tell.
    pub selector: Option<Selector>,
    /// The item that would be bought. Absent: it was unknown.
    pub item: Option<Item>,
    /// The payment method. Absent: there was none.
    pub payment: Option<PaymentMethod>,
    /// The price. Absent: there was none.
    pub price: Option<Box<Price>>,
}

/// What would be bought.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The country of the number.
    pub country: Country,
    /// The number type, if it is known.
    pub number_type: Option<NumberType>,
    /// The capabilities of the number.
    pub capabilities: Capabilities,
    /// The regulatory tier of the number.
    pub kyc_tier: u8,
}

/// The figures of a price that a person saw. An absent one is not compared.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(default, deny_unknown_fields)]
pub struct PriceSeen {
    /// The amount due now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due_now: Option<Money>,
    /// The setup fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub setup_fee: Option<Money>,
    /// The monthly fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub monthly_fee: Option<Money>,
    /// The yearly fee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub yearly_fee: Option<Money>,
    /// The total over the commitment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub commitment_total: Option<Money>,
}
