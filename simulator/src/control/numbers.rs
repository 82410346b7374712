//! Held numbers: released, kept, suspended and reactivated.

use ringup_core::shop::ReleaseWhen;
use ringup_core::{
    AccountId, Actor, CancelRelease, HeldNumber, HeldStatus, Misuse, Money, PurchaseId, RecordUse, ReleaseNumber,
    Timestamp,
};
use ringup_host::Unanswered;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::call::{Answer, ok};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::retailer::Failure;
use crate::simulation::Simulation;
use crate::webhooks::WebhookEvent;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Release {
    when: Option<ReleaseWhen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suspend {
    #[serde(default = "not_paid")]
    reason: String,
}

fn not_paid() -> String {
    "payment_failed".into()
}

pub(super) fn suspend(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Suspend { reason } = body(call.request)?;
    let (account, number) = held(simulation, call)?;
    if !simulation.retailer.world.suspend(&number, &reason) {
        return Err(Problem::new(409, "already_suspended", "the number is suspended already"));
    }
    simulation
        .retailer
        .notify(&account, &WebhookEvent::NumberSuspended { number: number.clone(), reason: reason.clone() });
    ok(&json!({ "number": number, "account": account, "status": "suspended", "reason": reason }))
}

pub(super) fn reactivate(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (account, number) = held(simulation, call)?;
    if !simulation.retailer.world.reactivate(&number) {
        return Err(Problem::new(409, "not_suspended", "the number is not suspended"));
    }
    simulation.retailer.notify(&account, &WebhookEvent::NumberReactivated { number: number.clone() });
    ok(&json!({ "number": number, "account": account, "status": "active" }))
}

/// A call or a message.
pub(super) fn use_number(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (account, number) = held(simulation, call)?;
    let at = simulation.retailer.world.now();
    let told = simulation.retailer.carry_out(&account, RecordUse { number: number.clone(), at });
    told.map_err(|_| Problem::new(500, "not_recorded", "the use was not recorded"))?;
    ok(&json!({ "number": number, "account": account, "used_at": at.as_millis() }))
}

/// Releases a number as an operator, whom no role binds.
pub(super) fn release(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Release { when } = if call.request.body.is_empty() { Release::default() } else { body(call.request)? };
    let (account, number) = of_purchase(simulation, call)?;
    let command = ReleaseNumber { number: number.clone(), actor: Actor::default(), when };
    simulation.retailer.carry_out(&account, command).map_err(not_possible)?;
    shown(simulation, &account, &number)
}

pub(super) fn cancel_release(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (account, number) = of_purchase(simulation, call)?;
    let command = CancelRelease { number: number.clone(), actor: Actor::default() };
    simulation.retailer.carry_out(&account, command).map_err(not_possible)?;
    shown(simulation, &account, &number)
}

fn not_possible(unanswered: Unanswered<Misuse>) -> Problem {
    match unanswered {
        Unanswered::Command(misuse) => Problem::new(409, misuse.code(), misuse.to_string()),
        Unanswered::Host(error) => Failure::Host(error).into_problem(),
    }
}

fn shown(simulation: &Simulation, account: &AccountId, number: &PurchaseId) -> Answer {
    let customer = simulation.retailer().customers.get(account);
    let number = customer.and_then(|customer| customer.account.number(number));
    ok(&Listed::from(number.ok_or_else(|| Failure::RecordMissing.into_problem())?))
}

/// A number as lists show it: the record, and what follows from it.
#[derive(Serialize)]
pub(super) struct Listed<'a> {
    #[serde(flatten)]
    number: &'a HeldNumber,
    suspended: bool,
    /// When the next fee is due; null: it is due already, the number is leaving, or nothing is charged.
    renews_at: Option<Timestamp>,
    renewal_amount: Option<Money>,
}

impl<'a> From<&'a HeldNumber> for Listed<'a> {
    fn from(number: &'a HeldNumber) -> Self {
        let (renews_at, renewal_amount) = (number.renews_at(), number.renewal_amount());
        Self { number, suspended: number.is_suspended(), renews_at, renewal_amount }
    }
}

/// The account and the name of a number that was bought, whatever has become of it.
fn of_purchase(simulation: &Simulation, call: &Call<'_>) -> Result<(AccountId, PurchaseId), Problem> {
    let unknown = || unknown(call.named("number"));
    let id: PurchaseId = call.named("number").parse().map_err(|_| unknown())?;
    let customer = simulation.retailer().customers.of_purchase(&id).ok_or_else(unknown)?;
    customer.account.number(&id).ok_or_else(unknown)?;
    Ok((customer.account.id().clone(), id))
}

fn unknown(name: &str) -> Problem {
    Problem::new(404, "unknown_number", format!("no account holds a number of the purchase `{name}`"))
        .help("GET /_sim/accounts/{account} lists its numbers, each with the purchase that bought it")
}

/// The account and the name of a number that is held.
fn held(simulation: &Simulation, call: &Call<'_>) -> Result<(AccountId, PurchaseId), Problem> {
    let (account, id) = of_purchase(simulation, call)?;
    let customer = simulation.retailer().customers.get(&account);
    let number = customer.and_then(|customer| customer.account.number(&id));
    match number.ok_or_else(|| unknown(call.named("number")))?.status {
        HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. } => Ok((account, id)),
        HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } | HeldStatus::Released { .. } => {
            Err(Problem::new(409, "not_held", "the number is released"))
        }
    }
}
