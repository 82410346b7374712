//! Worlds by their requests: made, reached in each way, kept apart, copied, taken back, and deleted.

use serde_json::{Value, json};

use super::*;
use crate::http::Body;

fn worlds() -> Worlds {
    Worlds::new(Config::default())
}

fn body(response: Response) -> Value {
    match response.body {
        Body::Json(value) => value,
        Body::Empty => Value::Null,
        Body::Html(page) => page.into(),
    }
}

fn send(worlds: &Worlds, method: &str, path: &str, sent: &Value) -> (u16, Value) {
    let request = Request::to(method, path);
    let response = worlds.handle(&if sent.is_null() { request } else { request.with_json(sent) });
    (response.status, body(response))
}

fn made(worlds: &Worlds, sent: Value) -> Value {
    let (status, world) = send(worlds, "POST", "/_sim/worlds", &sent);
    assert_eq!(status, 201, "{world}");
    world
}

fn get(worlds: &Worlds, path: &str) -> Value {
    let (status, answer) = send(worlds, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

/// The key of Zernio's account that can buy.
fn key(worlds: &Worlds, base: &str) -> String {
    let accounts = get(worlds, &format!("{base}/_sim/accounts"));
    let ready = |account: &&Value| account["dialect"] == "zernio" && account["situation"] == "ready";
    let account = accounts.as_array().and_then(|all| all.iter().find(ready)).cloned().unwrap();
    account["credentials"]["api_key"].as_str().unwrap().to_owned()
}

/// Buys a number with this key at the path, and returns the status and what was bought.
fn buy(worlds: &Worlds, base: &str, key: &str) -> (u16, Value) {
    let path = format!("{base}/zernio/api/v1/phone-numbers/purchase");
    let sent = json!({ "profileId": "profile_abc123", "country": "US", "allowMultiple": true });
    let request = Request::to("POST", path).with("authorization", format!("Bearer {key}")).with_json(&sent);
    let response = worlds.handle(&request);
    (response.status, body(response))
}

fn orders(worlds: &Worlds, base: &str) -> usize {
    get(worlds, &format!("{base}/_sim/world"))["orders"].as_array().unwrap().len()
}

#[test]
fn what_is_done_in_one_world_is_seen_in_no_other() {
    let worlds = worlds();
    let alice = made(&worlds, json!({ "name": "alice" }));
    assert_eq!(alice["base"], "http://127.0.0.1:8787/w/alice");
    made(&worlds, json!({ "name": "bob" }));
    let begun = [orders(&worlds, ""), orders(&worlds, "/w/alice"), orders(&worlds, "/w/bob")];
    let (status, bought) = buy(&worlds, "/w/alice", &key(&worlds, "/w/alice"));
    assert_eq!(status, 200, "{bought}");
    send(&worlds, "POST", "/w/alice/_sim/clock/advance", &json!({ "seconds": 60 }));
    send(&worlds, "POST", "/w/alice/_sim/faults", &json!({ "fault": "refuse" }));
    assert_eq!(
        [orders(&worlds, ""), orders(&worlds, "/w/alice"), orders(&worlds, "/w/bob")],
        [begun[0], begun[1] + 1, begun[2]]
    );
    assert_eq!(get(&worlds, "/w/bob/_sim/clock"), get(&worlds, "/_sim/clock"));
    assert_ne!(get(&worlds, "/w/alice/_sim/clock"), get(&worlds, "/_sim/clock"));
    assert_eq!(get(&worlds, "/w/bob/_sim/faults"), json!([]));
    assert_eq!(get(&worlds, "/w/bob/_sim/journal"), json!([]));
}

#[test]
fn a_client_with_a_fixed_address_is_sent_by_its_credentials_or_a_header() {
    let worlds = worlds();
    made(&worlds, json!({ "name": "alice" }));
    for dialect in crate::dialects::ALL {
        let (main, alice) = (get(&worlds, "/_sim/accounts"), get(&worlds, "/w/alice/_sim/accounts"));
        let of = |accounts: &Value| {
            let all = accounts.as_array().cloned().unwrap_or_default();
            all.into_iter().find(|account| account["dialect"] == dialect.id()).unwrap()
        };
        let (main, alice) = (of(&main), of(&alice));
        assert_ne!(main["credentials"], alice["credentials"], "{}: they carry no name", dialect.id());
        assert_eq!(main["account"], alice["account"]);
        // The encoded purchase of the world's account, sent to the root, arrives in the world, and nowhere else.
        let wanted = json!({ "account": alice["account"], "request": { "country": "US" } });
        let (_, encoded) = send(&worlds, "POST", "/w/alice/_sim/encode", &wanted);
        let mut request = Request::to(encoded["method"].as_str().unwrap(), encoded["path"].as_str().unwrap());
        for (name, value) in encoded["headers"].as_object().unwrap() {
            request = request.with(name, value.as_str().unwrap());
        }
        let noted = |base: &str| get(&worlds, &format!("{base}/_sim/journal")).as_array().map(Vec::len);
        let before = (noted(""), noted("/w/alice"));
        let response = worlds.handle(&request);
        assert_ne!(response.status, 401, "{}: {:?}", dialect.id(), response.body);
        assert_eq!((noted(""), noted("/w/alice")), (before.0, before.1.map(|count| count + 1)), "{}", dialect.id());
    }
    let named = Request::to("GET", "/_sim/journal").with("x-ringup-world", "alice");
    assert_eq!(body(worlds.handle(&named)), get(&worlds, "/w/alice/_sim/journal"));
    let unknown = worlds.handle(&Request::to("GET", "/_sim/journal").with("x-ringup-world", "carol"));
    assert_eq!(unknown.status, 404);
}

#[test]
fn links_lead_into_the_world_that_they_come_from() {
    let worlds = worlds();
    made(&worlds, json!({ "name": "alice" }));
    let accounts = get(&worlds, "/w/alice/_sim/accounts");
    let new = |account: &&Value| account["dialect"] == "zernio" && account["situation"] == "new";
    let key = accounts.as_array().and_then(|all| all.iter().find(new)).cloned().unwrap();
    let (_, bought) = buy(&worlds, "/w/alice", key["credentials"]["api_key"].as_str().unwrap());
    let link = bought["checkoutUrl"].as_str().and_then(|link| link.strip_prefix("http://127.0.0.1:8787")).unwrap();
    assert!(link.starts_with("/w/alice/_sim/checkout/"), "{bought}");
    let page = worlds.handle(&Request::to("GET", link).with("accept", "text/html"));
    assert!(body(page).as_str().unwrap().contains(&format!("action=\"{link}/pay\"")));
    assert_eq!(send(&worlds, "POST", &format!("{link}/pay"), &Value::Null).1["status"], "paid");
    let ringup = |account: &&Value| account["dialect"] == "ringup" && account["situation"] == "ready";
    let account = accounts.as_array().and_then(|all| all.iter().find(ringup)).cloned().unwrap();
    let key = format!("Bearer {}", account["credentials"]["api_key"].as_str().unwrap());
    for (base, expected) in [("/w/alice", "/w/alice/ringup/v1/quotes/"), ("", "/ringup/v1/quotes/")] {
        let asked = Request::to("POST", format!("{base}/ringup/v1/quotes")).with("authorization", &*key);
        let quoted = worlds.handle(&asked.with_json(&json!({ "country": "US" })));
        let location = quoted.headers.iter().find(|(name, _)| name == "location").map(|(_, link)| link.clone());
        assert!(location.is_some_and(|link| link.starts_with(expected)), "{quoted:?}");
    }
}

#[test]
fn a_world_is_taken_back_to_a_snapshot_and_copied_with_its_past() {
    let worlds = worlds();
    made(&worlds, json!({ "name": "alice" }));
    let key = key(&worlds, "/w/alice");
    let first = buy(&worlds, "/w/alice", &key);
    let (status, kept) = send(&worlds, "POST", "/_sim/worlds/alice/snapshots", &json!({ "name": "one" }));
    assert_eq!((status, &kept["snapshots"]), (201, &json!(["one"])));
    let before = get(&worlds, "/w/alice/_sim/world");
    let copied = made(&worlds, json!({ "name": "bob", "from": "alice" }));
    assert_eq!(copied["base"], "http://127.0.0.1:8787/w/bob");
    send(&worlds, "POST", "/w/alice/_sim/clock/advance", &json!({ "seconds": 6000 }));
    let second = buy(&worlds, "/w/alice", &key);
    assert_ne!(first, second);
    assert_eq!(get(&worlds, "/w/bob/_sim/world"), before);
    assert_eq!(send(&worlds, "POST", "/_sim/worlds/alice/snapshots/one/restore", &Value::Null).0, 200);
    assert_eq!(get(&worlds, "/w/alice/_sim/world"), before);
    // What follows is again what followed.
    send(&worlds, "POST", "/w/alice/_sim/clock/advance", &json!({ "seconds": 6000 }));
    assert_eq!(buy(&worlds, "/w/alice", &key), second);
    assert_eq!(send(&worlds, "DELETE", "/_sim/worlds/alice/snapshots/one", &Value::Null).0, 204);
    assert_eq!(send(&worlds, "POST", "/_sim/worlds/alice/snapshots/one/restore", &Value::Null).0, 404);
    assert_eq!(send(&worlds, "DELETE", "/_sim/worlds/alice", &Value::Null).0, 204);
    assert_eq!(send(&worlds, "GET", "/w/alice/_sim/clock", &Value::Null).0, 404);
    assert_eq!(get(&worlds, "/_sim/worlds").as_array().map(Vec::len), Some(1));
}

#[test]
fn a_named_world_is_the_one_that_a_server_begins_with() {
    let worlds = worlds();
    for (seed, at) in [(0, None), (7, None), (0, Some(1_800_000_000_000_i64)), (7, Some(0))] {
        let mut sent = json!({ "name": "alice", "seed": seed });
        if let Some(at) = at {
            sent["at"] = at.into();
        }
        made(&worlds, sent);
        let at = at.map(ringup_core::Timestamp::from_millis);
        let alone = Worlds::new(Config { seed, at, ..Config::default() });
        for path in ["/_sim/world", "/_sim/clock", "/_sim/ledger", "/_sim/purchases", "/_sim/inventory"] {
            assert_eq!(get(&worlds, &format!("/w/alice{path}")), get(&alone, path), "{seed} {at:?} {path}");
        }
        let bought = buy(&worlds, "/w/alice", &key(&worlds, "/w/alice"));
        assert_eq!(bought, buy(&alone, "", &key(&alone, "")));
        send(&worlds, "POST", "/w/alice/_sim/reset", &Value::Null);
        let again = Worlds::new(Config { seed, at, ..Config::default() });
        assert_eq!(get(&worlds, "/w/alice/_sim/world"), get(&again, "/_sim/world"));
        send(&worlds, "DELETE", "/_sim/worlds/alice", &Value::Null);
    }
}

#[test]
fn what_cannot_be_made_is_told() {
    let worlds = worlds();
    made(&worlds, json!({ "name": "alice" }));
    assert_eq!(made(&worlds, json!({}))["world"], "world-1");
    made(&worlds, json!({ "name": "world-2" }));
    assert_eq!(made(&worlds, json!({ "clock": "wall" }))["world"], "world-3");
    for (sent, status, code, path) in [
        (json!({ "name": "alice" }), 409, "world_exists", "/name"),
        (json!({ "name": "A" }), 422, "value_invalid", "/name"),
        (json!({ "from": "carol" }), 404, "unknown_world", "/from"),
        (json!({ "from": "alice", "seed": 1 }), 422, "value_invalid", "/seed"),
        (json!({ "at": -1 }), 422, "value_invalid", "/at"),
        (json!({ "clock": "sundial" }), 422, "value_invalid", "/clock"),
        (json!({ "named": "bob" }), 422, "member_unknown", "/named"),
    ] {
        let (answered, told) = send(&worlds, "POST", "/_sim/worlds", &sent);
        assert_eq!((answered, &told["error"]["code"], &told["error"]["path"]), (status, &json!(code), &json!(path)));
    }
    assert_eq!(send(&worlds, "PUT", "/_sim/worlds", &Value::Null).0, 405);
    let index = get(&worlds, "/_sim");
    let paths: Vec<&Value> = index.as_array().unwrap().iter().map(|row| &row["path"]).collect();
    assert!(paths.contains(&&json!("/_sim/clock")) && paths.contains(&&json!("/_sim/worlds/{world}")), "{paths:?}");
}

#[test]
fn two_hundred_worlds_at_once_do_not_disturb_each_other() {
    let worlds = worlds();
    let outcome = |base: &str| {
        let key = key(&worlds, base);
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(buy(&worlds, base, &key));
            send(&worlds, "POST", &format!("{base}/_sim/clock/advance"), &json!({ "seconds": 700 }));
        }
        (seen, get(&worlds, &format!("{base}/_sim/ledger")), get(&worlds, &format!("{base}/_sim/journal")))
    };
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..200)
            .map(|test| {
                let (worlds, outcome) = (&worlds, &outcome);
                scope.spawn(move || {
                    let name = format!("test-{test}");
                    made(worlds, json!({ "name": name }));
                    outcome(&format!("/w/{name}"))
                })
            })
            .collect();
        running.into_iter().map(|test| test.join().unwrap()).collect()
    });
    let first = outcomes[0].clone();
    assert!(first.0.iter().all(|(status, _)| *status == 200), "{:?}", first.0);
    for other in outcomes {
        assert_eq!(other, first);
    }
}
