//! Webhooks: endpoints, deliveries and replays.

use std::collections::BTreeMap;

use ringup_core::AccountId;
use serde::Deserialize;

use super::accounts::customer;
use super::call::{Answer, answered, number, ok, to_json};
use crate::http::Response;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::world::{Delivery, DeliveryId, DeliveryStatus, Endpoint, EndpointId, EndpointSettings, Secret};

/// The default `limit`.
const DELIVERIES: usize = 50;

/// The values of the query `status`.
const STATUSES: [&str; 4] = ["pending", "delivered", "failed", "not_sent"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    account: AccountId,
    url: String,
    #[serde(default)]
    name: String,
    /// Default: all events of the dialect.
    events: Option<Vec<String>>,
    secret: Option<Secret>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

pub(super) fn endpoints(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let world = &simulation.retailer().world;
    let found: Vec<&Endpoint> = match call.request.query("account") {
        Some(account) => world.endpoints_of(customer(simulation, &account)?.account.id()),
        None => simulation
            .retailer()
            .customers
            .all()
            .flat_map(|customer| world.endpoints_of(customer.account.id()))
            .collect(),
    };
    ok(&found)
}

pub(super) fn register(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let wanted: Register = body(call.request)?;
    let customer = customer(simulation, wanted.account.as_str())?;
    let silent = || {
        let message = format!("`{}` sends no webhooks", customer.system.id);
        Problem::new(422, "no_webhooks", message).at("/account")
    };
    let known = customer.system.webhooks.ok_or_else(silent)?.events();
    let events = wanted.events.unwrap_or_else(|| known.iter().map(|event| (*event).to_owned()).collect());
    if let Some((index, event)) = events.iter().enumerate().find(|(_, event)| !known.contains(&event.as_str())) {
        let message = format!("`{}` sends no event `{event}`", customer.system.id);
        return Err(Problem::new(422, "value_invalid", message)
            .at(format!("/events/{index}"))
            .help(format!("one of {}; without `events`, all of them", known.join(", "))));
    }
    if let Some(header) = EndpointSettings::wrong_header(&wanted.headers) {
        let message = format!("the header `{header}` cannot be sent");
        return Err(Problem::new(422, "value_invalid", message).at("/headers"));
    }
    let settings = EndpointSettings {
        name: wanted.name,
        url: wanted.url,
        secret: wanted.secret,
        events,
        headers: wanted.headers,
        is_active: true,
    };
    let registered = simulation.retailer.register_endpoint(&wanted.account, settings);
    let registered = registered.map(to_json).transpose()?;
    answered(201, &registered)
}

pub(super) fn remove(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let id = EndpointId::from(call.named("endpoint").to_owned());
    let message = || format!("there is no endpoint `{id}`");
    let endpoint = simulation.retailer.world.endpoint_mut(&id).ok_or_else(|| {
        Problem::new(404, "unknown_endpoint", message()).help("GET /_sim/webhooks/endpoints lists them")
    })?;
    endpoint.removed = true;
    Ok(Response::empty(204))
}

pub(super) fn deliveries(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let limit = number(call, "limit", DELIVERIES)?;
    let account = call.request.query("account");
    let account = account.map(|account| Ok(customer(simulation, &account)?.account.id())).transpose()?;
    let status = call.request.query("status");
    if let Some(unknown) = status.as_deref().filter(|status| !STATUSES.contains(status)) {
        let message = format!("`{unknown}` is not a delivery status");
        let help = format!("one of {}", STATUSES.join(", "));
        return Err(Problem::new(422, "invalid_query", message).at("/status").help(help));
    }
    let fits = |delivery: &&&Delivery| {
        account.is_none_or(|account| delivery.account == *account)
            && status.as_deref().is_none_or(|status| name(&delivery.status) == status)
    };
    let all = simulation.retailer().world.deliveries();
    ok(&all.iter().rev().filter(fits).take(limit).collect::<Vec<_>>())
}

const fn name(status: &DeliveryStatus) -> &'static str {
    match status {
        DeliveryStatus::Pending { .. } => "pending",
        DeliveryStatus::Delivered { .. } => "delivered",
        DeliveryStatus::Failed { .. } => "failed",
        DeliveryStatus::NotSent { .. } => "not_sent",
    }
}

pub(super) fn replay(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let id = DeliveryId::from(call.named("delivery").to_owned());
    let unknown = || {
        Problem::new(404, "unknown_delivery", format!("there is no delivery `{id}`"))
            .help("GET /_sim/webhooks/deliveries lists them")
    };
    let delivery = simulation.retailer.replay(&id).ok_or_else(unknown)?;
    if let DeliveryStatus::NotSent { reason } = &delivery.status {
        return Err(Problem::new(409, "not_sent", format!("the delivery cannot be sent: {reason}")));
    }
    ok(delivery)
}
