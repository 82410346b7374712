//! Payment method: the policy has one for the number, and it is on file if it must be.

use alloc::{format, vec::Vec};
use core::fmt;

use super::field::{DecidingField, field, payment_place, unset};
use super::{Evidence, Family, Input, Judgement, Refusal, Remedy, Verdict};
use crate::base::billing_kind::BillingKind;
use ringup_derive::data;

/// The customer cannot pay for the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Missing {
    /// The customer's kind of billing, if no payment rule fits it. Absent: a payment method must be on file.
    pub billing: Option<BillingKind>,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Evidence, Missing> {
    match (input.payment, input.priced()) {
        (Some(rule), _) if !rule.on_file_required || input.standing.terms.payment_method_on_file => {
            Judgement::Passed(Evidence::MethodOnFile)
        }
        (Some(_), _) => Judgement::Blocked(Missing { billing: None }),
        // The payment rule may depend on the tier of the number.
        (None, Err(fact)) => Judgement::Waiting(fact),
        (None, Ok(_)) => Judgement::Blocked(unpayable(input)),
    }
}

/// No payment rule fits the customer and the number.
pub(super) const fn unpayable(input: &Input<'_>) -> Missing {
    Missing { billing: Some(input.standing.terms.billing) }
}

pub(super) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(match payment_place(input) {
        Some((index, rule)) => field(format!("/policy/payment/{index}/on_file_required"), rule.on_file_required),
        None => unset("/policy/payment/-"),
    })
}

impl Refusal for Missing {
    fn family(&self) -> Family {
        Family::Unpaid
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        if self.billing.is_none() {
            return fixes.push(Remedy::AddPaymentMethod);
        }
        let payable = |billing: &BillingKind| input.payment_of(*billing).is_some();
        let billing = input.policy.payment.iter().filter_map(|rule| rule.billing).find(payable);
        fixes.extend(billing.map(|billing| Remedy::MoveToBilling { billing }));
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.billing {
            None => f.write_str("there is no payment method on file: add one, and ask again"),
            Some(billing) => write!(f, "such a number cannot be paid for with {}", billing.title()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn the_first_rule_that_fits_says_how_it_is_paid() {
        let scene = Scene::of(Gate::PaymentMethod);
        check(&scene, "passed method_on_file");
        let on_file = json!({ "method": "usage_invoice", "billing": "usage", "on_file_required": true });
        let by_usage = scene.policy(json!({ "payment": [on_file] }));
        check(&by_usage, "such a number cannot be paid for with prepaid billing > move to usage-based billing");
        check(
            &by_usage.standing(json!({ "terms": { "billing": "usage" } })),
            "there is no payment method on file: add one, and ask again > put a payment method on file",
        );
    }
}
