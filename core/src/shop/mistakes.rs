//! The mistakes of a shop's documents: everything that keeps the parts from making a shop.

use alloc::{format, string::String, vec::Vec};

use crate::base::diagnostic::Diagnostic;
use crate::gates::policy::Policy;
use crate::shop::ShopData;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use crate::terms::plan::Plan;
use crate::terms::{plan, rate_card};

/// The format of policies that this version reads.
const FORMAT: u32 = 1;

/// The minutes of a day.
const DAY_MINUTES: u16 = 1440;

/// Everything that keeps the parts from making a shop.
pub(super) fn of(data: &ShopData) -> Vec<Diagnostic> {
    let mut mistakes = of_policy(&data.policy);
    mistakes.extend(rate_card::mistakes(&data.rate_card, &data.plans));
    mistakes.extend(plan::mistakes(&data.plans, data.policy.holder_required));
    mistakes.extend(no_plan(&data.plans, &data.policy));
    mistakes
}

/// The mistakes of the rules.
fn of_policy(policy: &Policy) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let mut mistake = |field: &str, message: String, help: &str| mistakes.push(Diagnostic::value(field, message, help));
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
    if policy.retry.attempts_max == 0 {
        let message = "an effect must be asked at least once, and not 0 times".into();
        mistake("/policy/retry/attempts_max", message, "write 1 or more");
    }
    if policy.retry.first_delay_ms == 0 {
        let message = "an effect is asked again after a delay above nought".into();
        mistake("/policy/retry/first_delay_ms", message, "write 1 or more milliseconds");
    }
    mistakes.extend(of_payment(policy));
    mistakes.extend(policy.limits.mistakes("/policy/limits", policy.holder_required));
    mistakes
}

/// Ways to pay that do not go together with the rest.
fn of_payment(policy: &Policy) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let charges = |method| matches!(method, PaymentMethod::Subscription | PaymentMethod::UsageInvoice);
    for (index, rule) in policy.payment.iter().enumerate() {
        if rule.charged == ChargeTime::AtProvisioning && !charges(rule.method) {
            let message = "only a subscription and a usage invoice can be charged at provisioning";
            let help = "remove it, or pay by `subscription` or `usage_invoice`";
            mistakes.push(Diagnostic::parts(format!("/policy/payment/{index}/charged"), message, help));
        }
    }
    let opens_checkout = policy.payment.iter().position(|rule| rule.method == PaymentMethod::Checkout);
    if let Some(index) = opens_checkout.filter(|_| policy.checkout.is_none()) {
        let message = format!("`/policy/payment/{index}` opens a checkout, and nothing says how long it can be paid");
        let help = "add `\"checkout\": { \"lifetime_s\": 3600 }`";
        mistakes.push(Diagnostic::parts("/policy/checkout", message, help));
    }
    mistakes
}

/// A rule that looks at plans where there is none.
fn no_plan(plans: &[Plan], policy: &Policy) -> Option<Diagnostic> {
    let asking = match (policy.paid_plan_required, policy.plan_limits) {
        (true, _) => Some("paid_plan_required"),
        (false, true) => Some("plan_limits"),
        (false, false) => None,
    };
    asking.filter(|_| plans.is_empty()).map(|rule| {
        let message = format!("`{rule}` looks at the customer's plan, and there is no plan");
        Diagnostic::parts("/plans", message, format!("name at least one plan, or set `{rule}` to false"))
    })
}
