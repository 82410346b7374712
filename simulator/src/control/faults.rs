//! Adding and removing faults.

use ringup_core::effect::EffectKind;
use ringup_core::{AccountId, DiagnosticCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::accounts::{customer, dialect};
use super::call::{Answer, answered, ok, to_json};
use crate::dialects;
use crate::fault::{Fault, FaultKind, STORE};
use crate::http::Response;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::webhooks;
use crate::wire::{ClientFault, ClientFaultKind, Preset};

/// How many rules a world has at most.
const RULES_MAX: usize = 1000;

/// How late a delayed answer comes at most: a day, in milliseconds.
const DELAY_MS_MAX: u32 = 86_400_000;

/// What a request for rules names first.
#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    fault: Option<Value>,
    #[serde(default)]
    preset: Option<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ByPreset {
    preset: Preset,
}

/// The kinds of rules on the client's side, by their names.
const CLIENT_KINDS: [&str; 6] = ["close", "delay", "status", "cut", "slow", "garble"];

pub(super) fn list(simulation: &mut Simulation, _: &Call<'_>) -> Answer {
    let sides = [to_json(&simulation.retailer().faults)?, to_json(&simulation.client_faults)?];
    let sides = ["carrier", "client"].into_iter().zip(sides);
    let mut rules = Vec::new();
    for (side, listed) in sides {
        let Value::Array(listed) = listed else { continue };
        rules.extend(listed.into_iter().map(|mut rule| {
            if let Value::Object(members) = &mut rule {
                members.insert("side".into(), side.into());
            }
            rule
        }));
    }
    ok(&rules)
}

pub(super) fn add(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let named: Named = body(call.request)?;
    if named.preset.is_some() {
        let ByPreset { preset } = body(call.request)?;
        let (carrier, client) = preset.rules();
        room(simulation, carrier.len().saturating_add(client.len()))?;
        let shown = json!({ "preset": preset, "carrier": carrier, "client": client });
        carrier.into_iter().for_each(|fault| simulation.retailer.faults.add(fault));
        client.into_iter().for_each(|fault| simulation.client_faults.add(fault));
        return answered(201, &shown);
    }
    room(simulation, 1)?;
    let kind = named.fault.as_ref().and_then(Value::as_str);
    if kind.is_some_and(|kind| CLIENT_KINDS.contains(&kind)) {
        let mut fault: ClientFault = body(call.request)?;
        check_client(simulation, &fault)?;
        fault.moment = Some(fault.moment());
        simulation.client_faults.add(fault.clone());
        return answered(201, &fault);
    }
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
        let message = "the action `store` has no exchange: only `power_cut` applies to it";
        return Err(never("/fault", message).help("power_cut"));
    }
    meets_something(simulation, fault.count, fault.dialect.as_deref(), fault.account.as_ref())?;
    simulation.retailer.faults.add(fault.clone());
    answered(201, &fault)
}

/// A world has room for `more` rules.
fn room(simulation: &Simulation, more: usize) -> Result<(), Problem> {
    let there = simulation.retailer.faults.len().saturating_add(simulation.client_faults.len());
    if there.saturating_add(more) <= RULES_MAX {
        return Ok(());
    }
    let message = format!("the world has {there} faults, and at most {RULES_MAX} are kept");
    Err(Problem::new(409, "too_many_faults", message).help("DELETE /_sim/faults removes all"))
}

/// A rule that could never meet anything is a mistake.
fn meets_something(
    simulation: &Simulation,
    count: u32,
    system: Option<&str>,
    account: Option<&AccountId>,
) -> Result<(), Problem> {
    if count == 0 {
        return Err(Problem::new(422, "value_invalid", "`count` must be at least 1").at("/count"));
    }
    let system = system.map(dialect).transpose()?;
    let customer = account.map(|id| customer(simulation, id.as_str())).transpose()?;
    match (system, customer) {
        (Some(system), Some(customer)) if system.id() != customer.system.id => {
            let message = format!("`{}` is an account of `{}`", customer.account.id(), customer.system.id);
            Err(never("/account", message))
        }
        _ => Ok(()),
    }
}

fn check_client(simulation: &Simulation, fault: &ClientFault) -> Result<(), Problem> {
    use ClientFaultKind::{Cut, Delay, Slow, Status};
    meets_something(simulation, fault.count, fault.dialect.as_deref(), fault.account.as_ref())?;
    if !(1..=100).contains(&fault.percent) {
        return Err(never("/percent", "`percent` is from 1 to 100"));
    }
    let moments = ClientFault::moments(fault.fault);
    if !moments.contains(&fault.moment()) {
        let known: Vec<String> = moments.iter().map(word).collect();
        let message = format!("`{}` does not happen at this moment", word(&fault.fault));
        return Err(never("/moment", message).help(format!("one of {}", known.join(", "))));
    }
    let members = [
        ("ms", fault.ms.is_some(), Delay, true),
        ("status", fault.status.is_some(), Status, true),
        ("retry_after", fault.retry_after.is_some(), Status, false),
        ("as_date", fault.as_date, Status, false),
        ("bytes", fault.bytes.is_some(), Cut, false),
        ("bytes_per_s", fault.bytes_per_s.is_some(), Slow, true),
    ];
    for (name, is_given, of, is_needed) in members {
        if is_given && fault.fault != of {
            let message = format!("`{}` has no `{name}`", word(&fault.fault));
            return Err(never(format!("/{name}"), message).help(format!("it belongs to `{}`", word(&of))));
        }
        if is_needed && !is_given && fault.fault == of {
            let (code, message) = (DiagnosticCode::MemberMissing.as_str(), format!("`{}` needs `{name}`", word(&of)));
            return Err(Problem::new(422, code, message).at(format!("/{name}")));
        }
    }
    if let Some(status) = fault.status.filter(|status| ![429, 500, 502, 503, 504].contains(status)) {
        let message = format!("no gateway answers {status}");
        return Err(never("/status", message).help("one of 429, 500, 502, 503, 504"));
    }
    if fault.as_date && fault.retry_after.is_none() {
        return Err(never("/as_date", "without `retry_after` there is no date"));
    }
    if fault.ms.is_some_and(|ms| !(1..=DELAY_MS_MAX).contains(&ms)) {
        return Err(never("/ms", "a delay is from one millisecond to a day").help("1 to 86400000"));
    }
    if fault.bytes_per_s == Some(0) {
        return Err(never("/bytes_per_s", "at no byte a second nothing ever comes").help("1 or more"));
    }
    let known = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];
    if fault.method.as_deref().is_some_and(|method| !known.contains(&method)) {
        return Err(never("/method", "no system answers this method").help(format!("one of {}", known.join(", "))));
    }
    let Some(path) = &fault.path else { return Ok(()) };
    if fault_path_leads_somewhere(path, fault.dialect.as_deref()) {
        return Ok(());
    }
    let bases = dialects::ALL.iter().map(|dialect| format!("/{}{}/", dialect.id(), dialect.base()));
    let bases: Vec<String> = bases.collect();
    Err(never("/path", format!("no such system answers below `{path}`"))
        .help(format!("begin with {}", bases.join(", "))))
}

/// Whether a path, or the beginning of one, is of a system.
fn fault_path_leads_somewhere(path: &str, of: Option<&str>) -> bool {
    let beginning = path.strip_suffix('*');
    dialects::ALL.iter().filter(|dialect| of.is_none_or(|id| id == dialect.id())).any(|dialect| {
        let base = format!("/{}{}/", dialect.id(), dialect.base());
        path.starts_with(&base) || beginning.is_some_and(|beginning| base.starts_with(beginning))
    })
}

/// A rule that would never be met, or could not be carried out.
fn never(path: impl Into<String>, message: impl Into<String>) -> Problem {
    Problem::new(422, "value_invalid", message).at(path)
}

/// The name of a kind or a moment in JSON.
fn word(value: &impl Serialize) -> String {
    to_json(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
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
    simulation.client_faults.clear();
    Ok(Response::empty(204))
}
