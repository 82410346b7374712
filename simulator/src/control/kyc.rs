//! KYC cases: listed, and decided as the regulator would.

use std::collections::BTreeSet;

use ringup_core::PurchaseId;
use serde::{Deserialize, Serialize};

use super::accounts::customer;
use super::call::{Answer, ok};
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::retailer::Ruling;
use crate::simulation::Simulation;
use crate::world::{CaseStatus, KycCase};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decline {
    #[serde(default = "unreadable")]
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskAgain {
    #[serde(default = "unreadable")]
    reason: String,
    #[serde(default)]
    requirements: BTreeSet<String>,
}

fn unreadable() -> String {
    "a document cannot be read".into()
}

pub(super) fn list(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let account = call.request.query("account");
    let account = account.map(|account| Ok(customer(simulation, &account)?.account.id())).transpose()?;
    let status = call.request.query("status");
    if let Some(unknown) = status.as_deref().filter(|status| !CaseStatus::NAMES.contains(status)) {
        let message = format!("`{unknown}` is not a case status");
        let help = format!("one of {}", CaseStatus::NAMES.join(", "));
        return Err(Problem::new(422, "invalid_query", message).at("/status").help(help));
    }
    let fits = |case: &&KycCase| {
        account.is_none_or(|account| case.account == *account)
            && status.as_deref().is_none_or(|status| case.status.name() == status)
    };
    ok(&simulation.retailer().world.cases().into_iter().filter(fits).collect::<Vec<_>>())
}

pub(super) fn show(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    ok(case(simulation, call)?)
}

pub(super) fn approve(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    rule(simulation, call, Ruling::Approve)
}

pub(super) fn identify(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    rule(simulation, call, Ruling::Identify)
}

pub(super) fn decline(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Decline { reason } = body(call.request)?;
    rule(simulation, call, Ruling::Decline { reason })
}

pub(super) fn ask_again(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let AskAgain { reason, requirements } = body(call.request)?;
    let met = &case(simulation, call)?.file.requirements;
    if let Some(unknown) = requirements.iter().find(|requirement| !met.contains(*requirement)) {
        let known: Vec<&str> = met.iter().map(String::as_str).collect();
        let message = format!("`{unknown}` is not a requirement of the submission");
        let help = format!("one of {}; an empty list asks for all", known.join(", "));
        return Err(Problem::new(422, "value_invalid", message).at("/requirements").help(help));
    }
    rule(simulation, call, Ruling::AskAgain { reason, requirements })
}

/// How long the pre-verification of a number takes.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Verification {
    seconds: u32,
}

pub(super) fn verification(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let wanted: Verification = body(call.request)?;
    simulation.retailer.world.set_verification_s(wanted.seconds);
    ok(&wanted)
}

fn rule(simulation: &mut Simulation, call: &Call<'_>, ruling: Ruling) -> Answer {
    let id = case(simulation, call)?.id.clone();
    if let Err(status) = simulation.retailer.rule(&id, &ruling) {
        let stands = status.map_or("gone", |status| status.name());
        let message = format!("the case does not allow this: its status is {stands}");
        return Err(Problem::new(409, "not_now", message).help("GET /_sim/kyc shows the status of each case"));
    }
    ok(case(simulation, call)?)
}

fn case<'a>(simulation: &'a Simulation, call: &Call<'_>) -> Result<&'a KycCase, Problem> {
    let name = call.named("case");
    let id: Option<PurchaseId> = name.parse().ok();
    id.and_then(|id| simulation.retailer().world.case(&id)).ok_or_else(|| {
        Problem::new(404, "unknown_case", format!("there is no case `{name}`")).help("GET /_sim/kyc lists them")
    })
}
