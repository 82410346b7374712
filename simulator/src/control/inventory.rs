//! The inventory: listed, added to, priced anew, and taken from.

use ringup_core::{Country, E164, OfferedNumber};
use ringup_numbering::{NumberingPlan as _, WorldPlan};
use serde::Deserialize;
use serde_json::{Value, json};

use super::accounts::dialect;
use super::call::{Answer, answered, number, ok, to_json};
use crate::http::Response;
use crate::kit::routes::Call;
use crate::problem::{Problem, body};
use crate::simulation::Simulation;
use crate::world::{NotOffered, Owner, StockNumber};

/// The default `limit`.
const NUMBERS: usize = 50;
/// The largest `limit`, and the most numbers of one request.
const NUMBERS_MAX: usize = 1000;
/// How many numbers a world has at most.
const INVENTORY_MAX: usize = 100_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offered {
    dialect: String,
    numbers: Vec<OfferedNumber>,
}

pub(super) fn list(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let (offset, limit) = (number(call, "offset", 0)?, number(call, "limit", NUMBERS)?.min(NUMBERS_MAX));
    let query = |name| call.request.query(name);
    let system = query("dialect").map(|id| dialect(&id)).transpose()?.map(|dialect| dialect.id());
    let country = query("country").map(|text| text.parse::<Country>()).transpose();
    let country = country.map_err(|error| invalid("country", error.to_string()))?;
    let free = query("free").map(|text| text.parse::<bool>()).transpose();
    let free = free.map_err(|_| invalid("free", "`free` must be `true` or `false`".into()))?;
    let wanted = |(number, owner): &(&StockNumber, Option<&Owner>)| {
        system.is_none_or(|system| number.dialect == system)
            && country.is_none_or(|country| number.offer.country == country)
            && free.is_none_or(|free| owner.is_none() == free)
    };
    let found: Vec<_> = simulation.retailer().world.inventory().filter(wanted).collect();
    let numbers = found.iter().skip(offset).take(limit).map(|(number, owner)| show(number, *owner));
    ok(&json!({ "numbers": numbers.collect::<Result<Vec<_>, _>>()?, "total": found.len() }))
}

fn show(number: &StockNumber, owner: Option<&Owner>) -> Result<Value, Problem> {
    let mut shown = to_json(&number.offer)?;
    if let Value::Object(fields) = &mut shown {
        fields.insert("dialect".into(), number.dialect.into());
        fields.insert("owner".into(), to_json(&owner)?);
    }
    Ok(shown)
}

/// Offers numbers: all of them, or none.
pub(super) fn offer(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let Offered { dialect: id, numbers } = body(call.request)?;
    let dialect = dialect(&id)?.id();
    if numbers.is_empty() || NUMBERS_MAX < numbers.len() {
        let message = format!("{} numbers are offered; one request has from 1 to {NUMBERS_MAX}", numbers.len());
        return Err(Problem::new(422, "value_invalid", message).at("/numbers"));
    }
    let there = simulation.retailer().world.inventory().count();
    if INVENTORY_MAX < there.saturating_add(numbers.len()) {
        let message = format!("the world has {there} numbers, and at most {INVENTORY_MAX} are kept");
        return Err(Problem::new(409, "too_many_numbers", message).help("DELETE /_sim/inventory/{number} makes room"));
    }
    let mut world = simulation.retailer().world.clone();
    for (index, offer) in numbers.iter().enumerate() {
        let at = |member: &str| format!("/numbers/{index}{member}");
        let read = WorldPlan.read(&offer.number.to_string(), None).and_then(Result::ok);
        let country = read.and_then(|read| read.country);
        if country != Some(offer.country) {
            let country = country.map_or_else(|| "no country".to_owned(), |country| country.to_string());
            let message = format!("`{}` belongs to {country}", offer.number);
            return Err(Problem::new(422, "value_invalid", message).at(at("/country")));
        }
        world.offer(dialect, offer.clone()).map_err(|reason| {
            let (number, id) = (offer.number, &offer.inventory_id);
            match reason {
                NotOffered::Taken => Problem::new(409, "number_taken", format!("`{number}` is held or reserved")),
                NotOffered::SoldElsewhere => {
                    let message =
                        format!("`{number}` is another system's, or kept for accounts that begin with numbers");
                    Problem::new(409, "number_taken", message)
                }
                NotOffered::OtherId => {
                    let message = format!("`{number}` is offered under another inventory id than `{id}`");
                    Problem::new(409, "inventory_id_taken", message).help("GET /_sim/inventory shows it")
                }
                NotOffered::IdTaken => {
                    Problem::new(409, "inventory_id_taken", format!("the inventory id `{id}` is another number's"))
                }
            }
            .at(at("/number"))
        })?;
    }
    simulation.retailer.world = world;
    answered(201, &json!({ "dialect": dialect, "numbers": numbers }))
}

/// Withdraws a number from sale.
pub(super) fn withdraw(simulation: &mut Simulation, call: &Call<'_>) -> Answer {
    let text = call.named("number");
    let unknown = || {
        let message = format!("the inventory has no number `{text}`");
        Problem::new(404, "unknown_number", message).at("/number").help("write it in E.164: `+14155552671`")
    };
    let number: E164 = text.parse().map_err(|_| unknown())?;
    let world = &mut simulation.retailer.world;
    if world.is_taken(number) {
        return Err(Problem::new(409, "number_taken", format!("`{number}` is held or reserved")).at("/number"));
    }
    if world.withdraw(number) { Ok(Response::empty(204)) } else { Err(unknown()) }
}

fn invalid(field: &'static str, message: String) -> Problem {
    Problem::new(422, "invalid_query", message).at(format!("/{field}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Body, Request};
    use crate::{Config, Worlds};

    fn send(worlds: &Worlds, method: &str, path: &str, sent: &Value) -> (u16, Value) {
        let request = Request::to(method, path).with("authorization", "Bearer rk_sim_ready");
        let request = request.with("idempotency-key", path.replace('/', "-"));
        let response = worlds.handle(&if sent.is_null() { request } else { request.with_json(sent) });
        match response.body {
            Body::Json(body) => (response.status, body),
            Body::Empty | Body::Html(_) => (response.status, Value::Null),
        }
    }

    /// The first free number of a dialect, as it is offered.
    fn first(worlds: &Worlds, dialect: &str) -> Value {
        let path = format!("/_sim/inventory?dialect={dialect}&free=true&limit=1");
        let (_, shown) = send(worlds, "GET", &path, &Value::Null);
        let mut offer = shown["numbers"][0].clone();
        offer.as_object_mut().unwrap().retain(|name, _| name != "dialect" && name != "owner");
        offer
    }

    fn price(setup: i64, month: i64) -> Value {
        let money = |minor_units| json!({ "minor_units": minor_units, "currency": "USD" });
        json!([{ "setup_fee": money(setup), "monthly_fee": money(month) }])
    }

    #[test]
    fn a_price_that_flips_after_the_search_is_refused_and_then_paid() {
        let worlds = Worlds::new(Config::default());
        let mut offer = first(&worlds, "ringup");
        let number = offer["number"].clone();
        let wanted = json!({ "holder": "default", "number": number });
        let (_, quote) = send(&worlds, "POST", "/ringup/v1/quotes", &wanted);
        offer["prices"] = price(1234, 567);
        let offered = json!({ "dialect": "ringup", "numbers": [offer] });
        assert_eq!(send(&worlds, "POST", "/_sim/inventory", &offered).0, 201);
        let seen = json!({ "holder": "default", "number": number, "quote_id": quote["id"] });
        let (status, refused) = send(&worlds, "POST", "/ringup/v1/purchases", &seen);
        assert_eq!((status, &refused["code"]), (409, &json!("quote_outdated")), "{refused}");
        let (_, again) = send(&worlds, "POST", "/ringup/v1/quotes", &wanted);
        assert_eq!(again["price"]["lines"][0]["amount"], json!({ "minor_units": 1234, "currency": "USD" }), "{again}");
        let seen = json!({ "holder": "default", "number": number, "quote_id": again["id"] });
        assert_eq!(send(&worlds, "POST", "/ringup/v1/purchases", &seen).0, 201);
        // What is held stays as it was agreed.
        offer["prices"] = price(1, 1);
        let offered = json!({ "dialect": "ringup", "numbers": [offer] });
        assert_eq!(send(&worlds, "POST", "/_sim/inventory", &offered).1["error"]["code"], "number_taken");
        let path = format!("/_sim/inventory/{}", number.as_str().unwrap());
        assert_eq!(send(&worlds, "DELETE", &path, &Value::Null).0, 409);
    }

    #[test]
    fn a_number_is_sold_out_and_restocked_in_its_world_alone() {
        let worlds = Worlds::new(Config::default());
        assert_eq!(send(&worlds, "POST", "/_sim/worlds", &json!({ "name": "alice" })).0, 201);
        let offer = first(&worlds, "ringup");
        let number = offer["number"].as_str().unwrap().to_owned();
        let found = |base: &str| {
            let path = format!("{base}/ringup/v1/numbers/available?country=US&number={}", number.replace('+', "%2B"));
            send(&worlds, "GET", &path, &Value::Null).1["data"].as_array().map(Vec::len)
        };
        assert_eq!((found(""), found("/w/alice")), (Some(1), Some(1)));
        let path = format!("/_sim/inventory/{number}");
        assert_eq!(send(&worlds, "DELETE", &path, &Value::Null).0, 204);
        assert_eq!(send(&worlds, "DELETE", &path, &Value::Null).0, 404);
        assert_eq!((found(""), found("/w/alice")), (Some(0), Some(1)));
        let offered = json!({ "dialect": "ringup", "numbers": [offer] });
        assert_eq!(send(&worlds, "POST", "/_sim/inventory", &offered).0, 201);
        assert_eq!(found(""), Some(1));
    }

    #[test]
    fn what_cannot_be_offered_is_told_and_nothing_of_it_is() {
        let worlds = Worlds::new(Config::default());
        let offer = first(&worlds, "ringup");
        let with = |member: &str, value: Value| {
            let mut changed = offer.clone();
            changed[member] = value;
            json!({ "dialect": "ringup", "numbers": [offer, changed] })
        };
        let total = || send(&worlds, "GET", "/_sim/inventory", &Value::Null).1["total"].clone();
        let before = total();
        let kros = json!({ "dialect": "ringup", "numbers": [offer, first(&worlds, "kros")] });
        for (sent, status, code, path) in [
            (with("country", json!("GB")), 422, "value_invalid", "/numbers/1/country"),
            (with("inventory_id", json!("mine")), 409, "inventory_id_taken", "/numbers/1/number"),
            (with("number", json!("+14155552671")), 409, "inventory_id_taken", "/numbers/1/number"),
            (kros, 409, "number_taken", "/numbers/1/number"),
            (with("number", json!("12")), 422, "value_invalid", "/numbers/1/number"),
            (with("colour", json!("red")), 422, "member_unknown", "/numbers/1/colour"),
            (json!({ "dialect": "ringup", "numbers": [] }), 422, "value_invalid", "/numbers"),
            (json!({ "dialect": "nobody", "numbers": [offer] }), 422, "unknown_dialect", "/dialect"),
        ] {
            let (answered, told) = send(&worlds, "POST", "/_sim/inventory", &sent);
            assert_eq!(
                (answered, &told["error"]["code"], &told["error"]["path"]),
                (status, &json!(code), &json!(path))
            );
        }
        assert_eq!(total(), before);
    }
}
