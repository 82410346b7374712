//! The words of our own wire. The OpenAPI document is made of these types, and they are the ones that serve it.
//!
//! What the core says is said in the core's words: a quote's price and gates are the same here as in the npm package.

use ringup_core::shop::{PaymentMethod, Plan};
use ringup_core::{
    AccountId, Capabilities, Country, E164, HolderId, InventoryId, Money, NumberType, OfferedPrice, Price, PriceSeen,
    QuoteDifference, QuoteId, Selector, ShopVersion, Standing, Timestamp,
};
use serde::{Deserialize, Deserializer, Serialize};

use super::problem::Code;
use super::said::SaidQuote;
use crate::kit::json::non_null;

/// Which number is wanted, and on what terms. A field that is not named here is refused: one that is misspelt must not be
/// passed over in silence.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Request"))]
pub(super) struct RequestBody {
    /// Who is to hold the number: one of the account's holders.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) holder: Option<String>,
    /// The country, by its two letters. Alone, it asks for any number there.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) country: Option<String>,
    /// The type of number; it narrows the others.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) number_type: Option<String>,
    /// The capabilities that the number must have; it narrows the others.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "WantedCapabilities"))]
    pub(super) capabilities: Option<WantedCapabilities>,
    /// The region, as the numbers on sale name it; it narrows the others.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) region: Option<String>,
    /// An exact number, in E.164.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) number: Option<String>,
    /// An exact number, by its name in the inventory.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) inventory_id: Option<String>,
    /// An area code within the country, digits only.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) area_code: Option<String>,
    /// A pattern such as `+1617555****`, within the country; each `*` stands for one digit.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) pattern: Option<String>,
    /// The currency to pay in, where the number has prices in several.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) currency: Option<String>,
    /// That a further purchase within the account's window is meant.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "bool"))]
    pub(super) confirm_additional: Option<bool>,
    /// The quote that the purchase follows: refused with the differences if it no longer holds.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) quote_id: Option<String>,
    /// The price that was seen: refused with the differences if it is another one now.
    #[serde(deserialize_with = "non_null", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "PriceSeen"))]
    pub(super) price_seen: Option<PriceSeen>,
}

/// The capabilities that a number must have.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct WantedCapabilities {
    /// Voice calls.
    #[serde(skip_serializing_if = "is_not")]
    pub(super) voice: bool,
    /// Text messages.
    #[serde(skip_serializing_if = "is_not")]
    pub(super) sms: bool,
    /// Multimedia messages.
    #[serde(skip_serializing_if = "is_not")]
    pub(super) mms: bool,
    /// Faxes.
    #[serde(skip_serializing_if = "is_not")]
    pub(super) fax: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

/// Some of a list.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "{T}Page"))]
pub(super) struct Page<T> {
    /// What is on this page.
    pub(super) data: Vec<T>,
    /// What to send as `cursor` for the next page; null: this is the last one.
    pub(super) next_cursor: Option<String>,
}

/// A number that can be bought.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct AvailableNumber {
    /// The number.
    pub(super) number: E164,
    /// Its name in the inventory.
    pub(super) inventory_id: InventoryId,
    /// Its country.
    pub(super) country: Country,
    /// Its region; empty: it belongs to none.
    pub(super) region: String,
    /// Its type.
    pub(super) number_type: NumberType,
    /// What it can do.
    pub(super) capabilities: Capabilities,
    /// Its prices, one for each currency that it can be paid in; the first one holds where a request names none.
    pub(super) prices: Vec<OfferedPrice>,
    /// The least number of months to pay; zero: none beyond the first.
    pub(super) minimum_commitment_months: u32,
    /// The regulatory tier: the higher, the more the holder must prove.
    pub(super) kyc_tier: u8,
}

/// What a request would cost, and every gate, in order: passed, blocked with its fixes, or waiting for a fact.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Quote"))]
pub(super) struct QuoteAnswer {
    /// Its name: SHA-256, in hexadecimal, over the rest of this object without `request` and without any `message`, as
    /// RFC 8785 writes it.
    pub(super) id: QuoteId,
    /// What was asked.
    pub(super) request: RequestBody,
    #[serde(flatten)]
    pub(super) quote: SaidQuote,
}

/// A purchase in its current state.
#[derive(Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Purchase"))]
pub(super) struct PurchaseAnswer {
    /// Its name.
    pub(super) id: String,
    /// How it stands.
    pub(super) status: PurchaseStatus,
    /// When it was accepted.
    pub(super) accepted_at: Timestamp,
    /// Who is to hold the number.
    pub(super) holder: Option<HolderId>,
    /// Which number is wanted.
    pub(super) selector: Selector,
    /// The number's country.
    pub(super) country: Country,
    /// How it is paid.
    pub(super) payment: PaymentMethod,
    /// What it costs.
    pub(super) price: Price,
    /// The key under which a repeat finds it.
    pub(super) idempotency_key: Option<String>,
    /// Where the customer pays, while that is awaited.
    pub(super) checkout: Option<Checkout>,
    /// Why it does not go through, when that is known.
    pub(super) failure: Option<PurchaseFailure>,
    /// The number, when it is bought.
    pub(super) number: Option<NumberAnswer>,
}

/// How a purchase stands. `bought` and `failed` are its two ends.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) enum PurchaseStatus {
    /// A verification must be approved first.
    AwaitingKyc,
    /// The customer must pay at the checkout.
    AwaitingPayment,
    /// It goes on by itself.
    InProgress,
    /// It is not known yet whether the carrier has sold the number; the carrier is asked again.
    Unconfirmed,
    /// In manual review: it is unclear whether the carrier has sold the number. The money stays held.
    NeedsReview,
    /// It will not be bought, and what was done is being undone.
    Compensating,
    /// The number is bought.
    Bought,
    /// It has ended without a number, and nothing was charged that was not given back.
    Failed,
}

/// Where a customer pays.
#[derive(Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct Checkout {
    /// The page.
    pub(super) url: String,
    /// When it expires.
    pub(super) expires_at: Timestamp,
}

/// Why a purchase that was accepted does not go through.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct PurchaseFailure {
    /// The problem's code.
    pub(super) code: Code,
    /// The reason, in the words of the carrier or the payment provider.
    pub(super) detail: String,
}

/// A number that is or was held.
#[derive(Debug, Deserialize, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Number"))]
pub(super) struct NumberAnswer {
    /// Its name.
    pub(super) id: String,
    /// The purchase that bought it; null: it was held when the account was opened.
    pub(super) purchase_id: Option<String>,
    /// The number.
    pub(super) number: E164,
    /// How it stands.
    pub(super) status: NumberStatus,
    /// Its country.
    pub(super) country: Country,
    /// Its region; empty: it belongs to none.
    pub(super) region: String,
    /// Its type.
    pub(super) number_type: NumberType,
    /// What it can do.
    pub(super) capabilities: Capabilities,
    /// Who holds it.
    pub(super) holder: Option<HolderId>,
    /// What it costs a month.
    pub(super) monthly_fee: Money,
    /// When it became active.
    pub(super) activated_at: Timestamp,
    /// When it will be released by itself.
    pub(super) releases_at: Option<Timestamp>,
    /// When it was released.
    pub(super) released_at: Option<Timestamp>,
    /// What the customer calls it.
    pub(super) label: Option<String>,
    /// Where its calls go.
    pub(super) endpoint: Option<String>,
    /// Whether it may be called.
    pub(super) inbound: bool,
    /// Whether it may call.
    pub(super) outbound: bool,
}

/// How a number stands.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) enum NumberStatus {
    /// It is held.
    Active,
    /// It is held until the end of the month that it is paid for.
    Scheduled,
    /// It is being given back.
    Releasing,
    /// It is given back.
    Released,
}

/// What to change of a number. What is absent stays as it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "NumberSettings"))]
pub(super) struct SettingsBody {
    /// What the customer calls it: 1 to 64 characters; null takes it away.
    #[serde(deserialize_with = "present")]
    #[cfg_attr(feature = "describe", schemars(with = "Option<String>", length(min = 1, max = 64)))]
    pub(super) label: Option<Option<String>>,
    /// Where its calls go: a URI that begins with `sip:`, `sips:`, `https:` or `wss:`; null takes it away.
    #[serde(deserialize_with = "present")]
    #[cfg_attr(feature = "describe", schemars(with = "Option<String>"))]
    pub(super) endpoint: Option<Option<String>>,
    /// Whether it may be called.
    #[serde(deserialize_with = "non_null")]
    #[cfg_attr(feature = "describe", schemars(with = "bool"))]
    pub(super) inbound: Option<bool>,
    /// Whether it may call.
    #[serde(deserialize_with = "non_null")]
    #[cfg_attr(feature = "describe", schemars(with = "bool"))]
    pub(super) outbound: Option<bool>,
}

/// A field that may be null, and is not the same when it is absent.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// How an account stands.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema), schemars(rename = "Account"))]
pub(super) struct AccountAnswer {
    /// Its name.
    pub(super) id: AccountId,
    /// The rules and prices that hold.
    pub(super) shop: ShopVersion,
    /// The plan.
    pub(super) plan: Option<Plan>,
    /// What is allowed at the most.
    pub(super) limits: Limits,
    /// What a quote is made of: balances, counts, verifications, and who acts with this key. The npm package's
    /// `parseStanding` reads it.
    pub(super) standing: Standing,
}

/// What is allowed at the most.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct Limits {
    /// How many numbers the plan allows; null: the plan is none that sells numbers.
    pub(super) numbers: Option<u32>,
    /// How many are held.
    pub(super) numbers_held: u32,
    /// The number of pending purchases.
    pub(super) numbers_in_flight: u32,
    /// Until this instant the next purchase must be confirmed; null: no confirmation is needed.
    pub(super) confirm_until: Option<Timestamp>,
    /// The longest idempotency key, in characters; null: there are none.
    pub(super) idempotency_key_length: Option<u32>,
    /// How long a quote holds, in seconds.
    pub(super) quote_lifetime_s: u32,
}

/// What went wrong, as RFC 9457 writes it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema))]
pub(super) struct Problem {
    /// `urn:ringup:problem:CODE`
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// The same words for each code.
    pub(super) title: &'static str,
    /// The status.
    pub(super) status: u16,
    /// What happened this time.
    pub(super) detail: String,
    /// Its stable name.
    pub(super) code: Code,
    /// The field, header or parameter that is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "String"))]
    pub(super) field: Option<String>,
    /// What to do.
    pub(super) help: String,
    /// Whether the same request, unchanged, could be accepted later.
    pub(super) transient: bool,
    /// What was seen that is not so now: each with its `field`, `seen` and `now`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) differences: Vec<QuoteDifference>,
    /// Where a gate has refused: what the request would cost now, with every gate and its fixes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "QuoteAnswer"))]
    pub(super) quote: Option<Box<QuoteAnswer>>,
    /// Where an accepted purchase has failed: the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "describe", schemars(with = "PurchaseAnswer"))]
    pub(super) purchase: Option<Box<PurchaseAnswer>>,
}

/// What a client reads of a problem.
#[derive(Debug, Deserialize)]
pub(super) struct ReadProblem {
    pub(super) code: String,
}
