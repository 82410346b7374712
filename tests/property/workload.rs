//! The workload: clients of every dialect, who buy, repeat, pay and release, while things go wrong.

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::shop::SelectorKind;
use ringup_core::{AccountId, Actor, OfferedNumber, PurchaseRequest, ReleaseNumber};
use ringup_simulator::dialect::{Credentials, Dialect, PurchaseReply};
use ringup_simulator::fault::{Fault, FaultKind};
use ringup_simulator::http::{Body, Request};
use ringup_simulator::{Config, Simulation, dialects};
use serde_json::{Value, json};

use super::auditor::Records;
use crate::conformance::client;

/// Something that a client, a bank, the network or fate does.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Buy {
        client: usize,
        number: usize,
        key: Option<usize>,
        confirm: bool,
    },
    /// The last purchase request arrives once more.
    Repeat,
    Pay {
        checkout: usize,
    },
    Decline {
        checkout: usize,
    },
    Release {
        client: usize,
        number: usize,
    },
    Fault {
        fault: &'static str,
        action: &'static str,
        count: u32,
    },
    ClearFaults,
    Advance {
        seconds: u32,
    },
    /// The retailer's power fails so many steps later, and it is started again.
    LosePower {
        steps: u32,
    },
}

pub(crate) struct Workload {
    simulation: Simulation,
    clients: Vec<Client>,
    last: Option<(usize, Option<usize>, Request)>,
    power_fails_next: bool,
    /// The numbers that each client was told of under each key.
    told: BTreeMap<(usize, usize), BTreeSet<String>>,
    /// Every number that a client was told to be bought.
    bought: BTreeSet<(AccountId, String)>,
}

struct Client {
    dialect: &'static Dialect,
    account: AccountId,
    actor: Actor,
    credentials: Credentials,
    requests: Vec<PurchaseRequest>,
}

impl Workload {
    pub(crate) fn new(seed: u64) -> Self {
        let simulation = Simulation::new(Config { seed, ..Config::default() });
        let mut clients = Vec::new();
        for customer in simulation.retailer().customers.all() {
            let dialect = dialects::find(customer.system.id).unwrap();
            if can_buy(dialect, customer.situation.name) {
                let credential = &customer.credentials[0];
                clients.push(Client {
                    dialect,
                    account: customer.account.id().clone(),
                    actor: credential.actor.clone(),
                    credentials: credential.fields.clone(),
                    requests: requests(
                        &simulation,
                        dialect,
                        &customer.standing(&credential.actor, simulation.retailer().world.now()).unwrap(),
                    ),
                });
            }
        }
        assert!(dialects::ALL.iter().all(|dialect| clients.iter().any(|client| client.dialect.id() == dialect.id())));
        Self {
            simulation,
            clients,
            last: None,
            power_fails_next: false,
            told: BTreeMap::new(),
            bought: BTreeSet::new(),
        }
    }

    pub(crate) fn perform(&mut self, action: &Action) {
        match action {
            Action::Buy { client, number, key, confirm } => {
                let index = client % self.clients.len();
                let client = &self.clients[index];
                let mut request = client.requests[number % client.requests.len()].clone();
                request.idempotency_key = key.map(|key| format!("key-{key}"));
                request.confirm_additional = *confirm;
                let before = client.dialect.preparation(&client.credentials, &request);
                let request = client.dialect.purchase_request(&client.credentials, &request);
                self.last = Some((index, *key, request));
                for request in before {
                    self.simulation.handle(&request);
                }
                self.send_last();
            }
            Action::Repeat => self.send_last(),
            Action::Pay { checkout } => self.at_checkout(*checkout, "pay"),
            Action::Decline { checkout } => self.at_checkout(*checkout, "decline"),
            Action::Release { client, number } => self.release(*client, *number),
            Action::Fault { fault, action, count } => {
                let fault = json!({ "fault": fault, "action": action, "count": count });
                assert!(self.control("POST", "/_sim/faults", &fault).0 < 300);
            }
            Action::ClearFaults => drop(self.control("DELETE", "/_sim/faults", &Value::Null)),
            Action::Advance { seconds } => {
                drop(self.control("POST", "/_sim/clock/advance", &json!({ "seconds": seconds })));
            }
            Action::LosePower { steps } => {
                match steps.checked_sub(1) {
                    None => self.simulation.retailer_mut().faults.cut_power(),
                    Some(after) => {
                        let body = json!({ "fault": "power_cut", "after": after });
                        assert_eq!(self.control("POST", "/_sim/faults", &body).0, 201);
                    }
                }
                self.power_fails_next = true;
                return;
            }
        }
        if self.power_fails_next {
            self.power_fails_next = false;
            self.restart();
        }
    }

    /// What an auditor may read.
    pub(crate) fn records(&mut self) -> Records {
        let (_, world) = self.control("GET", "/_sim/world", &Value::Null);
        let (_, ledger) = self.control("GET", "/_sim/ledger", &Value::Null);
        Records { world, ledger }
    }

    /// Nothing goes wrong any more, time passes, and a person looks at what needs a person.
    pub(crate) fn come_to_rest(&mut self) {
        self.restart();
        self.perform(&Action::ClearFaults);
        self.perform(&Action::Advance { seconds: 3 * 86_400 });
        let (_, purchases) = self.control("GET", "/_sim/purchases", &Value::Null);
        for purchase in purchases.as_array().unwrap() {
            let id = purchase["purchase"].as_str().unwrap();
            for effect in purchase["in_review"].as_array().unwrap() {
                // What the world's records say, whichever it is.
                let answers = ["done", "not_done"].map(|finding| {
                    let found = json!({ "effect": effect, "finding": finding });
                    self.control("POST", &format!("/_sim/purchases/{id}/resolve"), &found)
                });
                assert!(answers.iter().any(|(status, _)| *status == 200), "{effect}: {answers:?}");
            }
        }
        self.perform(&Action::Advance { seconds: 86_400 });
    }

    /// One key, one number; and what was told to be bought was ordered for that account.
    pub(crate) fn compare_with_what_clients_were_told(&mut self) {
        for ((client, key), numbers) in &self.told {
            let account = &self.clients[*client].account;
            assert!(numbers.len() <= 1, "{account} was told of several numbers under key-{key}: {numbers:?}");
        }
        let (_, world) = self.control("GET", "/_sim/world", &Value::Null);
        for (account, number) in &self.bought {
            let ordered = world["orders"]
                .as_array()
                .unwrap()
                .iter()
                .any(|order| order["account"] == json!(account) && order["number"] == json!(number));
            assert!(ordered, "{account} was told that {number} is bought, and the carrier knows nothing of it");
        }
    }

    fn send_last(&mut self) {
        let Some((index, key, request)) = self.last.clone() else { return };
        let response = self.simulation.handle(&request);
        if self.simulation.retailer().is_off() {
            // The program has died over this request: its answer never arrived.
            return;
        }
        let client = &self.clients[index];
        if let PurchaseReply::Bought { number } = client.dialect.purchase_reply(&response) {
            self.bought.insert((client.account.clone(), number.clone()));
            // A system without keys cannot hold on to them.
            if let (Some(key), true) = (key, client.dialect.shop().policy().idempotency.is_some()) {
                self.told.entry((index, key)).or_default().insert(number);
            }
        }
    }

    fn at_checkout(&mut self, checkout: usize, what: &str) {
        let (_, world) = self.control("GET", "/_sim/world", &Value::Null);
        let checkouts = world["checkouts"].as_array().unwrap();
        if !checkouts.is_empty() {
            let id = checkouts[checkout % checkouts.len()]["id"].as_str().unwrap();
            self.control("POST", &format!("/_sim/checkout/{id}/{what}"), &Value::Null);
        }
    }

    fn release(&mut self, client: usize, number: usize) {
        let client = &self.clients[client % self.clients.len()];
        let held: Vec<_> = {
            let account = &self.simulation.retailer().customers.get(&client.account).unwrap().account;
            account.numbers().filter(|number| !number.is_released()).map(|number| number.purchase.clone()).collect()
        };
        if !held.is_empty() {
            let number = held[number % held.len()].clone();
            let release = ReleaseNumber { number, actor: client.actor.clone(), when: None };
            let account = client.account.clone();
            // A holder's credential may be refused another one's number; then nothing happens.
            let _ = self.simulation.retailer_mut().carry_out(&account, release);
        }
    }

    /// What is stored is enough: everything that can be seen is as before. A cut that has not come yet does not come later.
    fn restart(&mut self) {
        let faults = &mut self.simulation.retailer_mut().faults;
        let others: Vec<Fault> = faults.active().filter(|it| it.fault != FaultKind::PowerCut).cloned().collect();
        faults.clear();
        others.into_iter().for_each(|fault| faults.add(fault));
        let before = self.simulation.retailer().customers.all().map(|it| it.account.clone()).collect::<Vec<_>>();
        self.simulation.retailer_mut().restart().unwrap();
        let after = self.simulation.retailer().customers.all().map(|it| it.account.clone()).collect::<Vec<_>>();
        assert_eq!(before, after);
    }

    fn control(&mut self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into() };
        let headers = [("accept".to_owned(), "application/json".to_owned())].into();
        let response = self.simulation.handle(&Request { method: method.into(), path: path.into(), headers, body });
        match response.body {
            Body::Json(body) => (response.status, body),
            Body::Html(_) | Body::Empty => (response.status, Value::Null),
        }
    }
}

/// Whether the customers of a situation can buy something.
fn can_buy(dialect: &Dialect, situation: &str) -> bool {
    let first_purchases = client::of(dialect).first_purchases;
    first_purchases.iter().any(|(name, answer)| name == situation && ["bought", "checkout"].contains(&answer.as_str()))
}

/// A few requests of a client, in every way that its system can be asked, and so few that clients want the same numbers.
fn requests(
    simulation: &Simulation,
    dialect: &'static Dialect,
    standing: &ringup_core::Standing,
) -> Vec<PurchaseRequest> {
    let holder = standing.actor.only_holder.as_ref().or(standing.holders.first()).map(ToString::to_string);
    let seed = PurchaseRequest { holder, ..dialect.form().seed };
    let plain = PurchaseRequest { holder: seed.holder.clone(), ..PurchaseRequest::default() };
    let free = simulation.retailer().world.free(dialect.id()).filter(|offer| {
        // Cheap enough that money is not what stops everything.
        offer.prices.iter().all(|price| price.setup_fee.minor_units() < 50_000)
    });
    let free: Vec<&OfferedNumber> = free.take(4).collect();
    let asked = dialect.shop().policy().selectors.iter().flat_map(|kind| -> Vec<PurchaseRequest> {
        let country = |country: &str| PurchaseRequest { country: Some(country.into()), ..plain.clone() };
        let each = |ask: fn(&OfferedNumber, PurchaseRequest) -> PurchaseRequest| {
            free.iter().map(|offer| ask(offer, plain.clone())).collect()
        };
        match kind {
            SelectorKind::Any => ["US", "CA", "NL", "DE"].map(country).into(),
            SelectorKind::Exact => each(|offer, plain| PurchaseRequest {
                number: Some(offer.number.to_string()),
                country: Some(offer.country.to_string()),
                number_type: Some(offer.number_type.name().into()),
                ..plain
            }),
            SelectorKind::Inventory => {
                each(|offer, plain| PurchaseRequest { inventory_id: Some(offer.inventory_id.to_string()), ..plain })
            }
            SelectorKind::AreaCode => {
                let area_code = |code: &str| PurchaseRequest { area_code: Some(code.into()), ..country("US") };
                ["415", "212"].map(area_code).into()
            }
            SelectorKind::Pattern => each(|offer, plain| {
                let number = offer.number.to_string();
                let pattern = format!("{}**", &number[..number.len() - 2]);
                PurchaseRequest { pattern: Some(pattern), country: Some(offer.country.to_string()), ..plain }
            }),
        }
    });
    asked.chain([seed.clone()]).collect()
}
