//! Suspending and reactivating a held number.

use ringup_core::{AccountId, HeldStatus, PurchaseId, RecordUse};
use serde::Deserialize;
use serde_json::json;

use super::call::{Answer, ok};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::webhooks::WebhookEvent;

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

/// The account and the name of a number that is held.
fn held(simulation: &Simulation, call: &Call<'_>) -> Result<(AccountId, PurchaseId), Problem> {
    let name = call.named("number");
    let unknown = || {
        Problem::new(404, "unknown_number", format!("no account holds a number of the purchase `{name}`"))
            .help("GET /_sim/accounts/{account} lists its numbers, each with the purchase that bought it")
    };
    let id: PurchaseId = name.parse().map_err(|_| unknown())?;
    let customer = simulation.retailer().customers.of_purchase(&id).ok_or_else(unknown)?;
    let number = customer.account.number(&id).ok_or_else(unknown)?;
    match number.status {
        HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. } => {
            Ok((customer.account.id().clone(), id))
        }
        HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } | HeldStatus::Released { .. } => {
            Err(Problem::new(409, "not_held", "the number is released"))
        }
    }
}
