//! Balance: the wallet covers the amount due, after holds.

use alloc::vec::Vec;
use core::fmt;

use super::field::{DecidingField, method_field};
use super::fix::RoleTask;
use super::{Family, Input, Judgement, Refusal, Remedy, Sentence, Verdict};
use crate::base::money::{Decimals, Money};
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// The balance is less than the amount due.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Insufficient {
    /// The balance after holds.
    pub available: Money,
    /// The amount due now.
    pub required: Money,
    /// The difference: what must be added.
    pub missing: Money,
}

/// The balance and the amount due.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
#[ts(rename = super::inlined::<Self>())]
pub struct Funds {
    /// The balance after holds.
    pub available: Money,
    /// The amount due now.
    pub required: Money,
}

pub(super) fn judge(input: &Input<'_>) -> Judgement<Funds, Insufficient> {
    if input.payment.is_none_or(|rule| rule.method != PaymentMethod::Wallet) {
        return Judgement::NotApplicable;
    }
    let required = match input.priced() {
        Ok(pricing) => pricing.price.due_now,
        Err(fact) => return Judgement::Waiting(fact),
    };
    let available = available(input, required);
    match required.checked_sub(available) {
        Ok(missing) if 0 < missing.minor_units() => Judgement::Blocked(Insufficient { available, required, missing }),
        Ok(_) => Judgement::Passed(Funds { available, required }),
        Err(_) => Judgement::Blocked(Insufficient { available, required, missing: required }),
    }
}

fn available(input: &Input<'_>, required: Money) -> Money {
    let same = input.standing.balances.iter().find(|balance| balance.currency() == required.currency());
    same.copied().unwrap_or(Money::zero(required.currency()))
}

pub(super) fn deciding_field(input: &Input<'_>, _: &Verdict) -> Option<DecidingField> {
    Some(method_field(input))
}

impl Refusal for Insufficient {
    fn family(&self) -> Family {
        Family::Unpaid
    }

    fn is_transient(&self) -> bool {
        false
    }

    fn fixes(&self, input: &Input<'_>, fixes: &mut Vec<Remedy>) {
        // If the sum of both exceeds the largest amount, no top-up can help.
        if self.required.checked_sub(self.available).is_err() {
            return;
        }
        fixes.push(if input.policy.may_top_up(input.standing.actor.role) {
            Remedy::AddMoney { money: self.missing }
        } else {
            Remedy::AskRole { roles: input.policy.payers.clone(), task: RoleTask::TopUp }
        });
    }
}

impl Sentence for Insufficient {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        let [available, required, missing] =
            [self.available, self.required, self.missing].map(|amount| decimals.write(amount));
        write!(f, "add {missing}: {required} is due, your balance is {available}")
    }
}

impl Sentence for Funds {
    fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
        write!(f, "{} available, {} due", decimals.write(self.available), decimals.write(self.required))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::scene::{Scene, check};
    use crate::gates::Gate;

    #[test]
    fn what_is_due_exactly_is_enough() {
        let with = |minor_units: i64| {
            let balance = json!({ "minor_units": minor_units, "currency": "USD" });
            Scene::of(Gate::Balance).standing(json!({ "balances": [balance] }))
        };
        check(&with(300), "passed funds");
        check(&with(299), "add 0.01 USD: 3.00 USD is due, your balance is 2.99 USD > add 0.01 USD to your balance");
    }
}
