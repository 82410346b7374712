//! Idempotency keys over HTTP, by the rules of well-known APIs; and the rule that buys twice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ringup_core::shop::IdempotencyKeys;
use ringup_core::{AccountId, E164, EffectId, PurchaseRequest, Selector, Shop, ShopData, policies};
use ringup_simulator::dialect::System;
use ringup_simulator::http::{Body, Request, Response};
use ringup_simulator::world::World;
use ringup_simulator::{Config, Simulation, dialects};
use serde_json::{Value, json};

/// Our own dialect, served with the idempotency rules of another API.
struct Server {
    simulation: Simulation,
}

/// One answer, as far as keys are concerned.
fn told(response: &Response) -> String {
    let header = |name: &str| {
        let found = response.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map_or(String::new(), |(_, value)| format!(" {name}: {value}"))
    };
    let Body::Json(body) = &response.body else { return response.status.to_string() };
    let code = body["code"].as_str().map_or(String::new(), |code| format!(" {code}"));
    format!("{}{code}{}{}", response.status, header("Idempotent-Replayed"), header("Retry-After"))
}

/// The shop of our own dialect with these idempotency rules. It lives as long as the tests do.
fn shop(rules: &str) -> &'static Shop {
    let mut data: ShopData = serde_json::from_str(policies::RINGUP).unwrap();
    data.policy.idempotency = Some(serde_json::from_str(rules).unwrap());
    Box::leak(Box::new(Shop::new(data).unwrap()))
}

impl Server {
    fn with(rules: &str) -> Self {
        let dialect = dialects::find("ringup").unwrap();
        let mut simulation = Simulation::new(Config::default());
        let situation = dialect.situations().iter().find(|situation| situation.name == "ready").unwrap();
        let system = System { shop: shop(rules), ..dialect.system() };
        let opening = dialect.open("ready", "ready-keys").unwrap();
        simulation.retailer_mut().open(system, situation, opening, "ready-keys").unwrap();
        Self { simulation }
    }

    fn send(&mut self, path: &str, key: Option<&str>, body: &Value) -> Response {
        let request = Request::to("POST", path).with("authorization", "Bearer rk_sim_ready-keys").with_json(body);
        let request = match key {
            Some(key) => request.with("idempotency-key", key),
            None => request,
        };
        self.simulation.handle(&request)
    }

    fn buy(&mut self, key: Option<&str>, country: &str) -> String {
        let body = json!({ "holder": "default", "country": country, "confirm_additional": true });
        told(&self.send("/ringup/v1/purchases", key, &body))
    }

    fn fault(&mut self, fault: &str, action: &str, count: u32) {
        let fault = json!({ "fault": fault, "action": action, "count": count, "account": "ringup-ready-keys" });
        assert!(self.send("/_sim/faults", None, &fault).status < 300);
    }

    fn advance(&mut self, seconds: u64) {
        assert!(self.send("/_sim/clock/advance", None, &json!({ "seconds": seconds })).status < 300);
    }

    fn orders(&self) -> usize {
        self.simulation.retailer().world.orders().count()
    }
}

const DAY_S: u64 = 86_400;

/// Without a key; bought; repeated; another body; the same after the lifetime.
#[test]
fn a_key_is_answered_as_each_api_documents_it() {
    let check = |name: &str, then: [&str; 4], lifetime_s: u64| {
        let rules = policies::IDEMPOTENCY.iter().find(|(known, _)| *known == name).unwrap().1;
        let mut server = Server::with(rules);
        let missing = server.buy(None, "US");
        let before = server.orders();
        let bought = server.buy(Some("k"), "US");
        let repeated = server.buy(Some("k"), "US");
        let reused = server.buy(Some("k"), "GB");
        assert_eq!([missing.as_str(), &bought, &repeated, &reused], then, "{name}");
        assert_eq!(server.orders(), before + 1);
        server.advance(lifetime_s - 1);
        assert_eq!(server.buy(Some("k"), "US"), repeated, "{name}");
        server.advance(1);
        assert_eq!(server.buy(Some("k"), "US"), "201", "{name}");
        assert_eq!(server.orders(), before + 2);
    };
    let replayed = "201 Idempotent-Replayed: true";
    check("stripe_v1", ["201", "201", replayed, "400 key_reused"], DAY_S);
    check("stripe_v2", ["201", "201", replayed, "400 key_reused"], 30 * DAY_S);
    check("ietf_draft", ["400 idempotency_key_missing", "201", "201", "422 key_reused"], DAY_S);
    check("agentic_commerce", ["400 idempotency_key_missing", "201", replayed, "422 key_reused"], DAY_S);
}

/// The first attempt runs, and its repeat is told so.
#[test]
fn a_repeat_of_an_unfinished_attempt_is_sent_away_as_each_api_documents_it() {
    for (name, then) in [
        ("stripe_v1", "409 purchase_in_progress"),
        ("stripe_v2", "409 purchase_in_progress"),
        ("ietf_draft", "409 purchase_in_progress"),
        ("agentic_commerce", "409 purchase_in_progress Retry-After: 1"),
    ] {
        let rules = policies::IDEMPOTENCY.iter().find(|(known, _)| *known == name).unwrap().1;
        let mut server = Server::with(rules);
        server.fault("lose_reply", "order", 1);
        assert_eq!(server.buy(Some("k"), "US"), "202 Retry-After: 1", "{name}");
        let before = server.orders();
        assert_eq!(server.buy(Some("k"), "US"), then, "{name}");
        server.advance(60);
        assert!(server.buy(Some("k"), "US").starts_with("201"), "{name}");
        assert_eq!(server.orders(), before, "{name}");
    }
}

/// The carrier refuses: the key keeps the failure, or is free.
#[test]
fn a_failed_attempt_is_repeated_or_replayed_as_each_api_documents_it() {
    for (name, then) in [
        ("stripe_v1", "502 carrier_declined Idempotent-Replayed: true"),
        ("stripe_v2", "201"),
        ("ietf_draft", "502 carrier_declined"),
        ("agentic_commerce", "201"),
    ] {
        let rules = policies::IDEMPOTENCY.iter().find(|(known, _)| *known == name).unwrap().1;
        let mut server = Server::with(rules);
        server.fault("refuse", "order", 1);
        assert_eq!(server.buy(Some("k"), "US"), "502 carrier_declined", "{name}");
        assert_eq!(server.buy(Some("k"), "US"), then, "{name}");
    }
}

/// A key in the body, under a name of the shop's own.
#[test]
fn a_key_can_be_a_field_of_the_body() {
    let http = json!({ "location": "body", "name": "intent", "missing": 400, "reused": 422 });
    let rules = json!({ "length_max": 20, "fingerprint": ["holder", "selector"], "http": http });
    let mut server = Server::with(&rules.to_string());
    let body = |key: Value| json!({ "holder": "default", "country": "US", "confirm_additional": true, "intent": key });
    let before = server.orders();
    let first = server.send("/ringup/v1/purchases", None, &body(json!("k")));
    let again = server.send("/ringup/v1/purchases", None, &body(json!("k")));
    assert_eq!((told(&first), first.body), (told(&again), again.body));
    assert_eq!(server.orders(), before + 1);
    assert_eq!(server.buy(None, "US"), "400 idempotency_key_missing");
    assert_eq!(told(&server.send("/ringup/v1/purchases", None, &body(json!(7)))), "400 idempotency_key_missing");
}

/// A host that follows to the letter "a retry with the same key after a 5xx is processed as a fresh request".
#[derive(Default)]
struct Naive {
    answered: BTreeMap<String, u16>,
    orders: u64,
}

/// Whether the carrier's reply arrives.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Reply {
    Arrives,
    IsLost,
}

impl Naive {
    fn buy(&mut self, world: &mut World, key: &str, reply: Reply) -> u16 {
        if let Some(status) = self.answered.get(key) {
            return *status;
        }
        self.orders += 1;
        let order: EffectId = format!("naive-{}/order", self.orders).parse().unwrap();
        let account: AccountId = "ringup-ready".parse().unwrap();
        let wanted = Selector::any("US".parse().unwrap(), None);
        let number: E164 = world.reserve("ringup", &account, &order, &wanted, |_| true).unwrap().number;
        world.order(&account, &order, number, None, false).unwrap();
        if reply == Reply::IsLost {
            // 504, and the key is forgotten: the retry is a fresh request.
            return 504;
        }
        self.answered.insert(key.into(), 201);
        201
    }
}

#[test]
fn a_retry_after_a_5xx_buys_twice_with_a_naive_host_and_once_with_ours() {
    let mut simulation = Simulation::new(Config::default());
    let world = &mut simulation.retailer_mut().world;
    let before = world.orders().count();
    let mut naive = Naive::default();
    assert_eq!(naive.buy(world, "k", Reply::IsLost), 504);
    assert_eq!(naive.buy(world, "k", Reply::Arrives), 201);
    assert_eq!(world.orders().count(), before + 2, "one intent, two numbers");

    // The same rule as data, with the same lost reply: the key is freed by evidence, and a 5xx is none.
    static RULES: LazyLock<String> = LazyLock::new(|| {
        let rules = policies::IDEMPOTENCY.iter().find(|(name, _)| *name == "agentic_commerce").unwrap().1;
        let mut rules: IdempotencyKeys = serde_json::from_str(rules).unwrap();
        // Its first attempt is answered with a 5xx, too.
        rules.http.as_mut().unwrap().unfinished.as_mut().unwrap().status = 504;
        serde_json::to_string(&rules).unwrap()
    });
    let mut server = Server::with(&RULES);
    server.fault("lose_reply", "order", 1);
    let before = server.orders();
    server.buy(Some("k"), "US");
    assert_eq!(server.buy(Some("k"), "US"), "504 purchase_in_progress Retry-After: 1");
    server.advance(60);
    assert_eq!(server.buy(Some("k"), "US"), "201 Idempotent-Replayed: true");
    assert_eq!(server.orders(), before + 1, "one intent, one number");
}

/// Each shipped system whose policy says how keys travel, and whose dialect writes the bodies, answers with those statuses.
#[test]
fn the_shipped_systems_answer_keys_as_their_policies_say() {
    let mut checked = Vec::new();
    for dialect in dialects::ALL {
        let rules = dialect.shop().policy().idempotency.as_ref();
        let Some(http) = rules.and_then(|rules| rules.http.as_ref()) else { continue };
        let mut simulation = Simulation::new(Config::default());
        let lost = json!({ "fault": "lose_reply", "action": "order", "count": 1, "dialect": dialect.id() });
        assert!(simulation.handle(&Request::to("POST", "/_sim/faults").with_json(&lost)).status < 300);
        let credentials = dialect.open("ready", "ready").unwrap().credentials[0].fields.clone();
        let mut buy = |key: Option<&str>, country: Option<&str>| {
            let seed = dialect.form().seed;
            let country = country.map(str::to_owned).or(seed.country.clone());
            let request = PurchaseRequest { idempotency_key: key.map(str::to_owned), country, ..seed };
            simulation.handle(&dialect.purchase_request(&credentials, &request)).status
        };
        if let Some(missing) = http.missing {
            assert_eq!(buy(None, None), missing, "{}", dialect.id());
        }
        buy(Some("k"), None);
        let unfinished = http.unfinished.unwrap().status;
        assert_eq!(buy(Some("k"), None), unfinished, "{}", dialect.id());
        assert_eq!(buy(Some("k"), Some("CA")), http.reused, "{}", dialect.id());
        checked.push(dialect.id());
    }
    assert_eq!(checked, ["zernio", "vantax", "ringup"]);
}
