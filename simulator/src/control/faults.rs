//! Adding and removing faults.

use ringup_core::effect::EffectKind;

use super::accounts::{customer, dialect};
use super::call::{Answer, answered, ok};
use crate::fault::{Fault, FaultKind, STORE};
use crate::http::Response;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::webhooks;

pub(super) fn list(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    ok(&simulation.retailer().faults)
}

pub(super) fn add(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let fault: Fault = body(call.request)?;
    let actions: Vec<&str> =
        EffectKind::ALL.into_iter().map(EffectKind::name).chain([webhooks::ACTION, STORE]).collect();
    if fault.action != "*" && !actions.contains(&fault.action.as_str()) {
        let known = actions.join(", ");
        return Err(Problem::new(422, "unknown_action", format!("there is no action `{}`", fault.action))
            .at("/action")
            .help(format!("one of {known}, or * for any")));
    }
    if fault.action == STORE && fault.fault != FaultKind::PowerCut {
        return Err(Problem::new(
            422,
            "value_invalid",
            "the action `store` has no exchange: only `power_cut` applies to it",
        )
        .at("/fault")
        .help("power_cut"));
    }
    if fault.count == 0 {
        return Err(Problem::new(422, "value_invalid", "`count` must be at least 1").at("/count"));
    }
    if let Some(id) = &fault.dialect {
        dialect(id)?;
    }
    if let Some(id) = &fault.account {
        customer(simulation, id.as_str())?;
    }
    simulation.retailer.faults.add(fault.clone());
    answered(201, &fault)
}

/// Starts the retailer again after its power was cut.
pub(super) fn restart(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    let broken = |history: ringup_host::HistoryError| Problem::new(500, "broken_history", history.to_string());
    simulation.retailer.restart().map_err(broken)?;
    simulation.tick();
    Ok(Response::empty(204))
}

pub(super) fn clear(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    simulation.retailer.faults.clear();
    Ok(Response::empty(204))
}
