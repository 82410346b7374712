//! The policy: which rules a system has, as data. The engine knows no vendor; it knows these fields.

use alloc::{format, string::String, vec::Vec};

use super::{Limits, ShopError};
use crate::billing_kind::BillingKind;
use crate::gates::pace::{churn, velocity};
use crate::gates::{billing, kyc};
use crate::role::Role;
use crate::{Country, Currency};

/// The format of policies that this version reads.
const FORMAT: u32 = 1;

/// The minutes of a day.
const DAY_MINUTES: u16 = 1440;

/// The rules of one system. A field that is absent switches its gate off.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Policy {
    /// The format of this document: 1.
    pub format: u32,
    /// The system's stable name.
    pub id: String,
    /// The version of these rules.
    pub version: String,
    /// What a person calls the system.
    pub title: String,
    /// Whether a purchase must name its holder.
    pub holder_required: bool,
    /// Who may buy; empty: everybody who acts for the account.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub buyers: Vec<Role>,
    /// The ways in which a request may say which number it wants.
    pub selectors: Vec<SelectorKind>,
    /// Whether an exact number can only be bought while a search of the customer's own counts that has returned it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub search_required: bool,
    /// The country of a request that names none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub default_country: Option<Country>,
    /// The currency of a request that names none, where a number has several prices and none is its own.
    pub default_currency: Currency,
    /// Idempotency keys; absent: the system has none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub idempotency: Option<IdempotencyKeys>,
    /// Whether only customers of a paid plan may buy.
    pub paid_plan_required: bool,
    /// Whether the plan's number limit holds.
    pub plan_limits: bool,
    /// The limits that hold for everybody, whatever the plan.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Limits::is_empty"))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<Limits>"))]
    pub limits: Limits,
    /// How far the calendar days of the limits are ahead of UTC, in minutes.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub day_offset_minutes: i16,
    /// Which billing a purchase needs; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub billing: Option<billing::Policy>,
    /// Which tiers need KYC; absent: none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub kyc: Option<kyc::Policy>,
    /// The guard against accidental second purchases; absent: none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub velocity: Option<velocity::Policy>,
    /// The guard against buying and releasing in turns; absent: none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub churn: Option<churn::Policy>,
    /// How a purchase is paid: the first rule that fits.
    pub payment: Vec<PaymentRule>,
    /// How long a checkout session can be paid; needed where a payment rule opens one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub checkout: Option<Checkout>,
    /// When a number that the customer releases is given back.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<ReleaseTime>"))]
    pub release: ReleaseTime,
    /// What the carrier can tell about an order whose reply was lost.
    pub order_evidence: OrderEvidence,
    /// How effects without an answer are asked again.
    pub retry: Retry,
}

/// The ways in which a request may say which number it wants.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum SelectorKind {
    /// Any number of a country: the system picks.
    Any,
    /// One number, in E.164.
    Exact,
    /// One number, by its name in the inventory.
    Inventory,
    /// Any number of an area code.
    AreaCode,
    /// Any number that matches a pattern.
    Pattern,
}

/// Idempotency keys as data.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct IdempotencyKeys {
    /// The longest key, in characters.
    pub length_max: u32,
    /// Which fields a repeat must have in common with the first request; another body under the key is refused.
    pub fingerprint: Vec<RequestField>,
}

/// The fields of a request that a fingerprint may name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum RequestField {
    /// Who holds the number.
    Holder,
    /// Which number is wanted.
    Selector,
    /// The currency.
    Currency,
}

/// How a purchase is paid.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum PaymentMethod {
    /// A page of the payment provider, where the customer pays or does not.
    Checkout,
    /// One more on the customer's subscription.
    Subscription,
    /// One more line on the invoice of the card on file.
    UsageInvoice,
    /// The balance that the account keeps with the shop.
    Wallet,
}

/// When a payment method is taken. Absent conditions hold always.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct PaymentRule {
    /// The customer's billing.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub billing: Option<BillingKind>,
    /// Whether the customer already holds a number that the subscription pays for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub subscribed: Option<bool>,
    /// The lowest regulatory tier of a number that is paid so; absent: any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "describe", ts(optional))]
    pub tier_min: Option<u8>,
    /// What is taken then.
    pub method: PaymentMethod,
    /// Whether the customer must have a payment method on file for it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<_>"))]
    pub on_file_required: bool,
    /// When the money is taken, by a method that charges.
    #[cfg_attr(feature = "serde", serde(default))]
    #[cfg_attr(feature = "describe", ts(optional, as = "Option<ChargeTime>"))]
    pub charged: ChargeTime,
}

/// When the money is taken.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum ChargeTime {
    /// Before the number is ordered.
    #[default]
    BeforeOrder,
    /// When the carrier has provisioned the number; if the charge is declined, the number is given back.
    AtProvisioning,
}

/// When a number that the customer releases is given back.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum ReleaseTime {
    /// At once.
    #[default]
    AtOnce,
    /// At the end of the month that it is paid for, counted from its activation.
    PeriodEnd,
}

/// Checkout sessions.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Checkout {
    /// How long one can be paid, in seconds.
    pub lifetime_s: u32,
}

/// What the carrier can tell about an order whose reply was lost.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub enum OrderEvidence {
    /// It looks an order up by our key.
    QueryByKey,
    /// It answers the same order again for the same key, and takes it only once.
    KeyedRepeat,
    /// It only lists the numbers that are ours. One order per holder is out at a time.
    ListOnly,
}

/// How effects without an answer are asked again: after the first delay, then after twice as long each time.
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[cfg_attr(feature = "describe", derive(schemars::JsonSchema, ts_rs::TS))]
pub struct Retry {
    /// The first delay.
    pub first_delay_ms: u32,
    /// The longest delay.
    pub delay_ms_max: u32,
    /// How often an effect is asked before a person must look.
    pub attempts_max: u32,
}

impl Policy {
    /// Whether a customer so billed, who holds a subscribed number or not, pays by this rule.
    pub(crate) fn payment_rule(
        &self,
        billing: BillingKind,
        subscribed: bool,
        tier: Option<u8>,
    ) -> Option<&PaymentRule> {
        self.payment.iter().find(|rule| {
            rule.billing.is_none_or(|wanted| wanted == billing)
                && rule.subscribed.is_none_or(|wanted| wanted == subscribed)
                && rule.tier_min.is_none_or(|min| tier.is_some_and(|tier| min <= tier))
        })
    }
}

impl Retry {
    /// How long to wait after so many attempts.
    pub(crate) fn delay_ms(&self, attempts: u32) -> i64 {
        let doublings = attempts.saturating_sub(1).min(31);
        let delay = i64::from(self.first_delay_ms).saturating_mul(1_i64.checked_shl(doublings).unwrap_or(i64::MAX));
        delay.min(i64::from(self.delay_ms_max))
    }
}

/// The mistakes of the rules.
pub(super) fn mistakes(policy: &Policy) -> Vec<ShopError> {
    let mut mistakes = Vec::new();
    let mut mistake = |field: &str, message: String, help: &str| mistakes.push(ShopError::new(field, message, help));
    if policy.format != FORMAT {
        let message = format!("format {} is not known; this version reads format {FORMAT}", policy.format);
        mistake("/policy/format", message, "write `\"format\": 1`");
    }
    if policy.id.is_empty() {
        mistake("/policy/id", "the policy has no name".into(), "give it one: a short word for the system");
    }
    if policy.day_offset_minutes.unsigned_abs() > DAY_MINUTES {
        let message = format!("{} minutes are more than a day", policy.day_offset_minutes);
        mistake("/policy/day_offset_minutes", message, "write -1440 to 1440 minutes: 60 is an hour ahead of UTC");
    }
    if policy.selectors.is_empty() {
        let help = "name at least one: `any`, `exact`, `inventory`, `area_code` or `pattern`";
        mistake("/policy/selectors", "there is no way to ask for a number".into(), help);
    }
    if policy.idempotency.as_ref().is_some_and(|rules| rules.length_max == 0) {
        let message = "no key has 0 characters, so that every one would be refused".into();
        let help = "write 1 or more characters, such as 255, or remove `idempotency`";
        mistake("/policy/idempotency/length_max", message, help);
    }
    if policy.payment.is_empty() {
        mistake("/policy/payment", "there is no way to pay".into(), "name at least one: `{ \"method\": \"wallet\" }`");
    }
    let charges = |method| matches!(method, PaymentMethod::Subscription | PaymentMethod::UsageInvoice);
    for (index, rule) in policy.payment.iter().enumerate() {
        if rule.charged == ChargeTime::AtProvisioning && !charges(rule.method) {
            let message = "only a subscription and a usage invoice can be charged at provisioning";
            let help = "remove it, or pay by `subscription` or `usage_invoice`";
            mistake(&format!("/policy/payment/{index}/charged"), message.into(), help);
        }
    }
    let opens_checkout = policy.payment.iter().position(|rule| rule.method == PaymentMethod::Checkout);
    if let Some(index) = opens_checkout.filter(|_| policy.checkout.is_none()) {
        let message = format!("`/policy/payment/{index}` opens a checkout, and nothing says how long it can be paid");
        mistake("/policy/checkout", message, "add `\"checkout\": { \"lifetime_s\": 3600 }`");
    }
    if policy.retry.attempts_max == 0 {
        let message = "an effect must be asked at least once, and not 0 times".into();
        mistake("/policy/retry/attempts_max", message, "write 1 or more");
    }
    if policy.retry.first_delay_ms == 0 {
        let message = "an effect is asked again after a delay above nought".into();
        mistake("/policy/retry/first_delay_ms", message, "write 1 or more milliseconds");
    }
    mistakes.extend(policy.limits.mistakes("/policy/limits", policy.holder_required));
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_the_longest() {
        let retry = Retry { first_delay_ms: 1000, delay_ms_max: 5000, attempts_max: 9 };
        assert_eq!([1, 2, 3, 4, 100].map(|attempts| retry.delay_ms(attempts)), [1000, 2000, 4000, 5000, 5000]);
    }
}
