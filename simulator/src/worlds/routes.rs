//! The control plane of the worlds themselves: make, list, copy, delete; take a snapshot and go back to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use ringup_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Place, SNAPSHOTS_MAX, WORLDS_MAX, WorldName, Worlds, locked};
use crate::control;
use crate::http::{Body, Request, Response};
use crate::kit::routes::{Call, Found, Routes};
use crate::problem::{Problem, body, other_methods};
use crate::simulation::{Config, Simulation};
use crate::world::{ClockMode, END};

/// What a route answers.
type Answer = Result<Response, Problem>;

/// A description for the index, and the handler.
type Handler = (&'static str, fn(&Worlds, &Call<'_>) -> Answer);

/// The routes, as the index at `/_sim` lists them after those of a world.
pub(crate) static ROUTES: Routes<Handler> = Routes::new(&[
    ("GET", "/_sim/worlds", ("the worlds beside the main one", list)),
    ("POST", "/_sim/worlds", ("makes a world: name, seed, clock, at; or copies one: name, from", make)),
    ("GET", "/_sim/worlds/{world}", ("one world", show)),
    ("DELETE", "/_sim/worlds/{world}", ("deletes a world", delete)),
    ("POST", "/_sim/worlds/{world}/snapshots", ("keeps the world as it is now: name", keep)),
    ("POST", "/_sim/worlds/{world}/snapshots/{snapshot}/restore", ("makes the world what it was", restore)),
    ("DELETE", "/_sim/worlds/{world}/snapshots/{snapshot}", ("deletes a snapshot", forget)),
]);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Make {
    name: Option<WorldName>,
    seed: Option<u64>,
    clock: Option<ClockMode>,
    at: Option<Timestamp>,
    /// The world to copy, with all that has happened in it.
    from: Option<WorldName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keep {
    name: WorldName,
}

/// A world as the control plane shows it.
#[derive(Serialize)]
struct Shown<'a> {
    world: &'a WorldName,
    /// The base URL of its paths.
    base: String,
    seed: u64,
    clock: ClockMode,
    now: Timestamp,
    snapshots: Vec<WorldName>,
}

/// The answer to a request for a route of the worlds; none, if it is for a world.
pub(super) fn answer(worlds: &Worlds, request: &Request) -> Option<Response> {
    let path = request.path.split('?').next().unwrap_or_default();
    if path.trim_end_matches('/') == "/_sim" && request.method == "GET" {
        return Some(index(worlds, request));
    }
    let head = request.method == "HEAD";
    let asked = Request { method: if head { "GET".into() } else { request.method.clone() }, ..request.clone() };
    let response = match ROUTES.find(&asked) {
        Found::Here((_, handler), call) => handler(worlds, &call).unwrap_or_else(Problem::into_response),
        Found::OtherMethods(allow) => other_methods(request, allow),
        Found::Nowhere => return None,
    };
    Some(if head { response.without_body() } else { response })
}

/// The index of the main world, and the routes of the worlds.
fn index(worlds: &Worlds, request: &Request) -> Response {
    let mut response = locked(&worlds.main.simulation).handle(request);
    if let Body::Json(Value::Array(listed)) = &mut response.body {
        let rows = ROUTES.rows().iter().map(|(method, path, (what, _))| control::index_row(method, path, what));
        listed.extend(rows);
    }
    response
}

fn list(worlds: &Worlds, _: &Call<'_>) -> Answer {
    let named: Vec<(WorldName, Arc<Place>)> =
        locked(&worlds.named).iter().map(|(name, place)| (name.clone(), Arc::clone(place))).collect();
    let shown: Vec<Value> = named.iter().map(|(name, place)| json(&shown(name, place))).collect::<Result<_, _>>()?;
    Ok(Response::json(200, shown.into()))
}

fn make(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let Make { name, seed, clock, at, from } = body(call.request)?;
    let main = locked(&worlds.main.simulation).config().clone();
    let given = [("/seed", seed.is_some()), ("/clock", clock.is_some()), ("/at", at.is_some())];
    if let Some((path, _)) = given.into_iter().find(|(_, is_given)| *is_given && from.is_some()) {
        let message = "a copy has the seed and the clock of the world that it is `from`";
        return Err(Problem::new(422, "value_invalid", message).at(path));
    }
    if let Some(at) = at.filter(|at| END < *at || at.as_millis() < 0) {
        let message = format!("no clock shows {} ms", at.as_millis());
        return Err(Problem::new(422, "value_invalid", message)
            .at("/at")
            .help("an instant from 1970 to 9999-12-30T22:00:00Z"));
    }
    let name = name.map_or_else(|| worlds.free_name(), Ok)?;
    let simulation = match from {
        Some(from) => {
            let (_, place) = worlds.find(from.as_str()).map_err(|problem| problem.at("/from"))?;
            let copied = locked(&place.simulation).clone();
            copied.renamed(main.public_url, Some(name.clone()))
        }
        None => worlds.begin(Config {
            seed: seed.unwrap_or(main.seed),
            clock: clock.unwrap_or_default(),
            at,
            public_url: main.public_url,
            world: Some(name.clone()),
        }),
    };
    let place = Arc::new(Place::of(simulation));
    let mut named = locked(&worlds.named);
    if named.contains_key(&name) {
        let message = format!("there is a world `{name}` already");
        return Err(Problem::new(409, "world_exists", message)
            .at("/name")
            .help("DELETE it first, or choose another name"));
    }
    if WORLDS_MAX <= named.len() {
        let message = format!("there are {WORLDS_MAX} worlds, the most that one server keeps");
        return Err(Problem::new(409, "too_many_worlds", message).help("DELETE /_sim/worlds/{world} makes room"));
    }
    named.insert(name.clone(), Arc::clone(&place));
    drop(named);
    Ok(Response::json(201, json(&shown(&name, &place))?))
}

fn show(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let (name, place) = worlds.find(call.named("world"))?;
    Ok(Response::json(200, json(&shown(&name, &place))?))
}

fn delete(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let (name, _) = worlds.find(call.named("world"))?;
    locked(&worlds.named).remove(&name);
    Ok(Response::empty(204))
}

fn keep(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let (name, place) = worlds.find(call.named("world"))?;
    let Keep { name: snapshot } = body(call.request)?;
    let kept = locked(&place.simulation).clone();
    let mut snapshots = locked(&place.snapshots);
    if SNAPSHOTS_MAX <= snapshots.len() && !snapshots.contains_key(&snapshot) {
        let message = format!("the world has {SNAPSHOTS_MAX} snapshots, the most that are kept");
        return Err(Problem::new(409, "too_many_snapshots", message).help("delete one"));
    }
    snapshots.insert(snapshot, kept);
    drop(snapshots);
    Ok(Response::json(201, json(&shown(&name, &place))?))
}

fn restore(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let (name, place) = worlds.find(call.named("world"))?;
    let kept = snapshot(&place, call.named("snapshot"), |snapshots, name| snapshots.get(name).cloned())?;
    locked(&place.simulation).restore(kept);
    Ok(Response::json(200, json(&shown(&name, &place))?))
}

fn forget(worlds: &Worlds, call: &Call<'_>) -> Answer {
    let (_, place) = worlds.find(call.named("world"))?;
    snapshot(&place, call.named("snapshot"), BTreeMap::remove)?;
    Ok(Response::empty(204))
}

fn snapshot(
    place: &Place,
    name: &str,
    take: fn(&mut BTreeMap<WorldName, Simulation>, &WorldName) -> Option<Simulation>,
) -> Result<Simulation, Problem> {
    let parsed: Option<WorldName> = name.parse().ok();
    parsed.and_then(|parsed| take(&mut locked(&place.snapshots), &parsed)).ok_or_else(|| {
        let message = format!("the world has no snapshot `{name}`");
        Problem::new(404, "unknown_snapshot", message).at("/snapshot").help("GET /_sim/worlds/{world} lists them")
    })
}

fn shown<'a>(world: &'a WorldName, place: &Place) -> Shown<'a> {
    let snapshots = locked(&place.snapshots).keys().cloned().collect();
    let simulation = locked(&place.simulation);
    let config = simulation.config();
    let now = simulation.retailer().world.now();
    Shown { world, base: config.base(), seed: config.seed, clock: config.clock, now, snapshots }
}

fn json(value: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|error| Problem::new(500, "not_shown", error.to_string()))
}
