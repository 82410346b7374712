//! The mistakes in a shop's documents.

use alloc::{format, vec::Vec};

use crate::base::diagnostic::Diagnostic;
use crate::gates::policy::Policy;
use crate::shop::ShopData;
use crate::terms::key_http::KeyHttp;
use crate::terms::kyc::KycRequirements;
use crate::terms::payment::{ChargeTime, PaymentMethod};
use crate::terms::plan::Plan;
use crate::terms::renewals::Renewals;
use crate::terms::transfers::Transfers;
use crate::terms::{country, plan, rate_card};

/// The format of policies that this version reads.
const FORMAT: u32 = 1;

/// Every mistake in the documents, in their order.
pub(super) fn of(data: &ShopData) -> Vec<Diagnostic> {
    let policy = &data.policy;
    let mut mistakes = of_names(data);
    mistakes.extend(of_figures(policy));
    mistakes.extend(of_countries(policy));
    mistakes.extend(of_payment(policy));
    mistakes.extend(policy.kyc.iter().flat_map(|rules| KycRequirements::mistakes(&rules.requirements)));
    mistakes.extend(policy.renewals.iter().flat_map(Renewals::mistakes));
    mistakes.extend(policy.transfers.iter().flat_map(Transfers::mistakes));
    mistakes.extend(policy.release.mistakes(&policy.payment, policy.renewals.is_some()));
    let key_http = policy.idempotency.as_ref().and_then(|rules| rules.http.as_ref());
    mistakes.extend(key_http.into_iter().flat_map(KeyHttp::mistakes));
    mistakes.extend(policy.limits.mistakes("/policy/limits", policy.holder_required));
    mistakes.extend(rate_card::mistakes(&data.rate_card, &data.plans));
    mistakes.extend(plan::mistakes(&data.plans, policy.holder_required));
    mistakes.extend(no_plan(&data.plans, policy));
    mistakes
}

/// Texts and lists that must not be empty.
fn of_names(ShopData { policy, rate_card, .. }: &ShopData) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    if policy.format != FORMAT {
        let message = format!("unknown format {}: this version reads format {FORMAT}", policy.format);
        mistakes.push(Diagnostic::value("/policy/format", message, "write `\"format\": 1`"));
    }
    let one_way = "name at least one: `any`, `exact`, `inventory`, `area_code` or `pattern`";
    let fingerprint = policy.idempotency.as_ref().is_some_and(|rules| rules.fingerprint.is_empty());
    for (is_empty, path, message, help) in [
        (
            policy.id.is_empty(),
            "/policy/id",
            "the policy has no id",
            "write a short word, such as the name of the system",
        ),
        (policy.version.is_empty(), "/policy/version", "the policy has no version", "write one, such as `1`"),
        (policy.title.is_empty(), "/policy/title", "the policy has no title", "write the name that customers read"),
        (rate_card.version.is_empty(), "/rate_card/version", "the rate card has no version", "write one, such as `1`"),
        (policy.selectors.is_empty(), "/policy/selectors", "the policy has no selector", one_way),
        (
            policy.payment.is_empty(),
            "/policy/payment",
            "the policy has no payment rule",
            "name at least one: `{ \"method\": \"wallet\" }`",
        ),
        (
            fingerprint,
            "/policy/idempotency/fingerprint",
            "a repeat with another request would be answered as the same request",
            "name at least one field, such as `holder` and `selector`",
        ),
    ] {
        if is_empty {
            mistakes.push(Diagnostic::value(path, message, help));
        }
    }
    mistakes
}

/// Figures that are zero or out of range.
fn of_figures(policy: &Policy) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    if let Some(zone) = &policy.time_zone {
        mistakes.extend(zone.mistakes("/policy/time_zone"));
    }
    let retry = &policy.retry;
    // The messages say what a zero would do.
    for (figure, path, message, help) in [
        (
            policy.idempotency.as_ref().map(|rules| rules.length_max),
            "/policy/idempotency/length_max",
            "`length_max` 0 would refuse every key",
            "write 1 or more characters, such as 255, or remove `idempotency`",
        ),
        (
            policy.idempotency.as_ref().and_then(|rules| rules.lifetime_s),
            "/policy/idempotency/lifetime_s",
            "a key of 0 seconds finds no repeat",
            "write 1 or more seconds, such as 86400, or remove it: then a key is remembered as long as the account",
        ),
        (
            policy.velocity.as_ref().map(|rules| rules.window_s),
            "/policy/velocity/window_s",
            "a window of 0 seconds contains no other purchase",
            "write 1 or more seconds, or remove `velocity`",
        ),
        (
            policy.churn.as_ref().map(|rules| rules.moves_max),
            "/policy/churn/moves_max",
            "`moves_max` 0 would refuse the first purchase",
            "write 1 or more, or remove `churn`",
        ),
        (
            policy.churn.as_ref().map(|rules| rules.window_s),
            "/policy/churn/window_s",
            "a window of 0 seconds contains no move",
            "write 1 or more seconds, or remove `churn`",
        ),
        (
            policy.checkout.as_ref().map(|checkout| checkout.lifetime_s),
            "/policy/checkout/lifetime_s",
            "a checkout of 0 seconds expires before it can be paid",
            "write 1 or more seconds, such as 3600",
        ),
        (
            Some(retry.attempts_max),
            "/policy/retry/attempts_max",
            "`attempts_max` must be at least 1",
            "write 1 or more",
        ),
        (
            Some(retry.first_delay_ms),
            "/policy/retry/first_delay_ms",
            "`first_delay_ms` must be at least 1",
            "write 1 or more milliseconds",
        ),
    ] {
        if figure == Some(0) {
            mistakes.push(Diagnostic::value(path, message, help));
        }
    }
    if retry.delay_ms_max < retry.first_delay_ms {
        let message =
            format!("the longest delay is {} ms, the first one {} ms", retry.delay_ms_max, retry.first_delay_ms);
        let help = format!("write {} or more milliseconds", retry.first_delay_ms);
        mistakes.push(Diagnostic::parts("/policy/retry/delay_ms_max", message, help));
    }
    mistakes
}

/// Countries without telephone numbers.
fn of_countries(policy: &Policy) -> impl Iterator<Item = Diagnostic> {
    let own = policy.default_country.and_then(|country| country::mistake("/policy/default_country", country));
    let domestic = policy.billing.as_ref().map(|billing| billing.domestic.as_slice()).unwrap_or_default();
    own.into_iter().chain(country::mistakes("/policy/billing/domestic", domestic))
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
    if !policy.payment.is_empty() && policy.payment.iter().all(|rule| rule.subscribed == Some(true)) {
        let message = "every rule requires a subscribed number, so the first number cannot be paid";
        let help = "add a rule without `subscribed`, or with `\"subscribed\": false`";
        mistakes.push(Diagnostic::parts("/policy/payment", message, help));
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
