//! The bridge between Vantax's words and ours.

use ringup_core::{Capabilities, HeldNumber, HolderId, PurchaseRequest};

use super::wire::{AgentNumber, CapabilitySet, FreedNumber, PhoneNumber, PurchaseBody};
use crate::kit::json::instant;

/// How every number of ours was acquired: it was bought here, not brought along.
pub(super) const BOUGHT_HERE: &str = "platform";

/// How the others were, of which there are none.
pub(super) const BROUGHT_ALONG: &str = "imported";

/// The request of a body, and of the header beside it.
pub(super) fn request(body: PurchaseBody, idempotency_key: Option<&str>) -> PurchaseRequest {
    PurchaseRequest {
        holder: body.sub_account_id,
        country: body.country,
        area_code: body.area_code,
        pattern: body.number_pattern,
        idempotency_key: idempotency_key.map(str::to_owned),
        ..PurchaseRequest::default()
    }
}

impl From<&PurchaseRequest> for PurchaseBody {
    fn from(request: &PurchaseRequest) -> Self {
        let typed = |field: &Option<String>| field.clone().filter(|text| !text.is_empty());
        Self {
            sub_account_id: typed(&request.holder),
            country: typed(&request.country),
            area_code: typed(&request.area_code),
            number_pattern: typed(&request.pattern),
        }
    }
}

/// What Vantax calls a field of ours.
pub(super) fn field(ours: &str) -> &str {
    match ours {
        "holder" => "sub_account_id",
        "pattern" => "number_pattern",
        other => other,
    }
}

/// A number as purchases and lists show it, with the agent that it is assigned to.
pub(super) fn render(held: &HeldNumber, agent: Option<String>) -> PhoneNumber {
    let Capabilities { voice, sms, .. } = held.capabilities;
    PhoneNumber {
        id: held.purchase.to_string(),
        number: held.number.to_string(),
        country: held.country.to_string(),
        source: BOUGHT_HERE.into(),
        agent_id: agent,
        sub_account_id: held.holder.as_ref().map(HolderId::to_string).unwrap_or_default(),
        capabilities: CapabilitySet { voice, sms },
        created_at: instant(held.activated_at),
    }
}

/// A number that was assigned, as its agent sees it.
pub(super) fn assigned(held: &HeldNumber, agent: &str) -> AgentNumber {
    AgentNumber {
        id: held.purchase.to_string(),
        number: held.number.to_string(),
        agent_id: agent.into(),
        source: BOUGHT_HERE,
    }
}

/// A number that was taken from its agent.
pub(super) fn freed(held: &HeldNumber) -> FreedNumber {
    FreedNumber { id: held.purchase.to_string(), agent_id: None }
}
