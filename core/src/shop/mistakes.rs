//! The mistakes in a shop's documents.

use alloc::{format, string::String, vec::Vec};

use crate::base::diagnostic::Diagnostic;
use crate::gates::policy::Policy;
use crate::shop::ShopData;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use crate::terms::plan::Plan;
use crate::terms::{plan, rate_card};

/// The format of policies that this version reads.
const FORMAT: u32 = 1;

const DAY_MINUTES: u16 = 1440;

/// Every mistake in the documents, in their order.
pub(super) fn of(data: &ShopData) -> Vec<Diagnostic> {
    let mut mistakes = of_policy(&data.policy);
    mistakes.extend(rate_card::mistakes(&data.rate_card, &data.plans));
    mistakes.extend(plan::mistakes(&data.plans, data.policy.holder_required));
    mistakes.extend(no_plan(&data.plans, &data.policy));
    mistakes
}

/// The mistakes in the policy.
fn of_policy(policy: &Policy) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let mut mistake = |field: &str, message: String, help: &str| mistakes.push(Diagnostic::value(field, message, help));
    if policy.format != FORMAT {
        let message = format!("unknown format {}: this version reads format {FORMAT}", policy.format);
        mistake("/policy/format", message, "write `\"format\": 1`");
    }
    if policy.id.is_empty() {
        mistake(
            "/policy/id",
            "a policy must have an `id`".into(),
            "write a short word, such as the name of the system",
        );
    }
    if policy.day_offset_minutes.unsigned_abs() > DAY_MINUTES {
        let message = format!("an offset is at most a day: {} minutes", policy.day_offset_minutes);
        mistake("/policy/day_offset_minutes", message, "write -1440 to 1440 minutes: 60 is an hour ahead of UTC");
    }
    if policy.selectors.is_empty() {
        let help = "name at least one: `any`, `exact`, `inventory`, `area_code` or `pattern`";
        mistake("/policy/selectors", "a policy must have at least one selector".into(), help);
    }
    if policy.idempotency.as_ref().is_some_and(|rules| rules.length_max == 0) {
        let message = "`length_max` 0 would refuse every key".into();
        let help = "write 1 or more characters, such as 255, or remove `idempotency`";
        mistake("/policy/idempotency/length_max", message, help);
    }
    if policy.payment.is_empty() {
        mistake(
            "/policy/payment",
            "a policy must have at least one payment rule".into(),
            "name at least one: `{ \"method\": \"wallet\" }`",
        );
    }
    if policy.retry.attempts_max == 0 {
        let message = "`attempts_max` must be at least 1".into();
        mistake("/policy/retry/attempts_max", message, "write 1 or more");
    }
    if policy.retry.first_delay_ms == 0 {
        let message = "`first_delay_ms` must be at least 1".into();
        mistake("/policy/retry/first_delay_ms", message, "write 1 or more milliseconds");
    }
    mistakes.extend(of_payment(policy));
    mistakes.extend(policy.limits.mistakes("/policy/limits", policy.holder_required));
    mistakes
}

/// Payment rules that contradict another part of the policy.
fn of_payment(policy: &Policy) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let charges = |method| matches!(method, PaymentMethod::Subscription | PaymentMethod::UsageInvoice);
    for (index, rule) in policy.payment.iter().enumerate() {
        if rule.charged == ChargeTime::AtProvisioning && !charges(rule.method) {
            let message = "only `subscription` and `usage_invoice` can be charged at provisioning";
            let help = "remove it, or pay by `subscription` or `usage_invoice`";
            mistakes.push(Diagnostic::parts(format!("/policy/payment/{index}/charged"), message, help));
        }
    }
    let opens_checkout = policy.payment.iter().position(|rule| rule.method == PaymentMethod::Checkout);
    if let Some(index) = opens_checkout.filter(|_| policy.checkout.is_none()) {
        let message = format!("`/policy/payment/{index}` opens a checkout, which needs a lifetime");
        let help = "add `\"checkout\": { \"lifetime_s\": 3600 }`";
        mistakes.push(Diagnostic::parts("/policy/checkout", message, help));
    }
    mistakes
}

/// A rule that needs plans, in a shop without plans.
fn no_plan(plans: &[Plan], policy: &Policy) -> Option<Diagnostic> {
    let asking = match (policy.paid_plan_required, policy.plan_limits) {
        (true, _) => Some("paid_plan_required"),
        (false, true) => Some("plan_limits"),
        (false, false) => None,
    };
    asking.filter(|_| plans.is_empty()).map(|rule| {
        let message = format!("`{rule}` needs a plan, and the shop has none");
        Diagnostic::parts("/plans", message, format!("name at least one plan, or set `{rule}` to false"))
    })
}
