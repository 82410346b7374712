//! Agents: whom a sub-account's numbers are assigned to. A number has one agent, and an agent one number.

use ringup_core::{HeldNumber, HeldStatus};

use super::numbers::{agent, assign as set, find, newest_first};
use super::situations::DOCUMENTED;
use super::translate::{assigned, freed, render};
use super::wire::{AgentBody, PhoneNumberBody};
use super::{Visit, status};
use crate::http::Response;
use crate::kit::json::read_object;
use crate::kit::routes::Call;
use crate::retailer::Session;

/// The agent that the documents print.
const DOCUMENTED_AGENT: &str = "agt_3d9b21";

/// The two agents that a sub-account has: `agt_ready_a` and `agt_ready_b` for `sub_ready`.
fn agents(sub_account: &str) -> [String; 2] {
    let name = sub_account.trim_start_matches("sub_");
    let named = |letter| format!("agt_{name}_{letter}");
    let first = if sub_account == DOCUMENTED { DOCUMENTED_AGENT.into() } else { named('a') };
    [first, named('b')]
}

fn is_known(agent: &str, visit: &Visit) -> bool {
    agents(&visit.sub_account).iter().any(|known| known == agent)
}

/// `POST …/phone-numbers/{id}/assign`
pub(super) fn assign(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let Some(held) = find(call.named("id"), visit, session).cloned() else { return status::no_such_number() };
    let body: AgentBody = match read_object(&call.request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let Some(agent) = body.agent_id.filter(|id| !id.is_empty()) else {
        return status::invalid("agent_id", "is required");
    };
    if !is_known(&agent, visit) {
        return status::no_such_agent();
    }
    match give(&held, &agent, visit, session) {
        Ok(()) => status::done(200, "Agent assigned successfully", render(&held, Some(agent))),
        Err(refusal) => refusal,
    }
}

/// `POST …/phone-numbers/{id}/unassign`
pub(super) fn unassign(id: &str, visit: &Visit, session: &mut Session<'_>) -> Response {
    let Some(held) = find(id, visit, session).cloned() else { return status::no_such_number() };
    set(&held.purchase, None, visit, session);
    status::done(200, "Agent unassigned successfully", render(&held, None))
}

/// `POST …/agents/{agent}/phone-numbers`
pub(super) fn add(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let agent = call.named("agent_id");
    if !is_known(agent, visit) {
        return status::no_such_agent();
    }
    let body: PhoneNumberBody = match read_object(&call.request.body) {
        Ok(body) => body,
        Err(unreadable) => return status::unreadable(&unreadable),
    };
    let Some(id) = body.phone_number_id.filter(|id| !id.is_empty()) else {
        return status::invalid("phone_number_id", "is required");
    };
    let Some(held) = find(&id, visit, session).cloned() else { return status::no_such_number() };
    match give(&held, agent, visit, session) {
        Ok(()) => status::done(200, "Phone number assigned", assigned(&held, agent)),
        Err(refusal) => refusal,
    }
}

/// `DELETE …/agents/{agent}/phone-numbers/{id}`
pub(super) fn remove(call: &Call<'_>, visit: &Visit, session: &mut Session<'_>) -> Response {
    let (id_of_agent, id) = (call.named("agent_id"), call.named("id"));
    if !is_known(id_of_agent, visit) {
        return status::no_such_agent();
    }
    let held = find(id, visit, session).filter(|held| agent(held, visit, session).as_deref() == Some(id_of_agent));
    let Some(held) = held.cloned() else { return status::no_such_number() };
    set(&held.purchase, None, visit, session);
    status::done(200, "Phone number removed from Agent", freed(&held))
}

/// Gives a number to an agent, if neither has another one. A second time is harmless.
fn give(held: &HeldNumber, id: &str, visit: &Visit, session: &mut Session<'_>) -> Result<(), Response> {
    if held.status != HeldStatus::Active {
        return Err(status::conflict("This phone number is being released"));
    }
    match agent(held, visit, session) {
        Some(same) if same == id => return Ok(()),
        Some(_) => return Err(status::conflict("This phone number is assigned to another Agent; unassign it first")),
        None => {}
    }
    let its_numbers = |other: &HeldNumber| !other.is_released() && agent(other, visit, session).as_deref() == Some(id);
    if newest_first(visit, session).into_iter().any(its_numbers) {
        return Err(status::conflict("This Agent has a phone number; an Agent can hold one at a time"));
    }
    set(&held.purchase, Some(id), visit, session);
    Ok(())
}
