//! Requests drawn at random, by somebody who does not know which of them the grid asks.

use ringup_core::{Offers, PurchaseRequest, Shop, Standing, Timestamp};
use serde_json::{Value, json};

/// One request, and everything that it is judged on.
pub(crate) struct Request {
    pub(crate) standing: Standing,
    pub(crate) request: PurchaseRequest,
    pub(crate) offers: Offers,
    pub(crate) now: Timestamp,
}

impl Request {
    pub(crate) fn as_json(&self) -> Value {
        json!({ "standing": self.standing, "request": self.request, "offers": self.offers, "now": self.now })
    }
}

/// Draws requests from what the policies speak of: xorshift, so that a seed is enough to have them again.
pub(crate) struct Draw {
    state: u64,
    now: i64,
    countries: Vec<String>,
    prefixes: Vec<String>,
    plans: Vec<String>,
    figures: Vec<i64>,
    instants: Vec<i64>,
}

impl Draw {
    pub(crate) fn new(seed: u64, before: &Shop, after: &Shop, data: &Value, now: Timestamp) -> Self {
        let shops = [before, after];
        let rates = || shops.iter().flat_map(|shop| &shop.rate_card().rates);
        let mut countries: Vec<String> = rates().map(|rate| String::from(rate.country)).collect();
        countries.push("JP".into());
        countries.sort();
        countries.dedup();
        let (mut figures, mut instants) = (vec![0, 1, 2], vec![now.as_millis()]);
        numbers(data, &mut figures, &mut instants);
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            now: now.as_millis(),
            countries,
            prefixes: rates().filter_map(|rate| rate.prefix.clone()).collect(),
            plans: shops.iter().flat_map(|shop| shop.plans()).map(|plan| plan.id.to_string()).collect(),
            figures,
            instants,
        }
    }

    fn below(&mut self, count: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 20).unwrap() % count.max(1)
    }

    /// One time in so many.
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len());
        all[at].clone()
    }

    /// A figure of the policies, or one to either side.
    fn figure(&mut self) -> i64 {
        let figures = self.figures.clone();
        (self.of(&figures) + self.of(&[-1, 0, 0, 1])).max(0)
    }

    pub(crate) fn request(&mut self) -> Request {
        let instants = self.instants.clone();
        let now = if self.one_in(3) { self.of(&instants) + self.of(&[-1, 0, 1]) } else { self.now };
        let countries = self.countries.clone();
        let country = self.of(&countries);
        let number_type = self.of(&[None, None, Some("local"), Some("mobile"), Some("toll_free")]);
        let prefixes = self.prefixes.clone();
        let number = match prefixes.is_empty() || self.one_in(2) {
            true => "+12025550142".to_owned(),
            false => format!("{:0<12}", self.of(&prefixes)),
        };
        let mut request = json!({ "holder": "mae", "country": country, "number_type": number_type });
        if self.one_in(12) {
            request["holder"] = Value::Null;
        }
        if self.one_in(6) {
            request["currency"] = json!(self.of(&["EUR", "USD"]));
        }
        if self.one_in(6) {
            let length = usize::try_from(self.figure()).unwrap().min(300);
            request["idempotency_key"] = json!("k".repeat(length));
        }
        request["confirm_additional"] = json!(self.one_in(4));
        let offers = self.offers(&mut request, &country, number_type, &number, now);
        let standing = self.standing(&country, number_type, now);
        Request {
            standing: serde_json::from_value(standing).unwrap(),
            request: serde_json::from_value(request).unwrap(),
            offers: serde_json::from_value(offers).unwrap(),
            now: Timestamp::from_millis(now),
        }
    }

    fn offers(
        &mut self,
        request: &mut Value,
        country: &str,
        number_type: Option<&str>,
        number: &str,
        now: i64,
    ) -> Value {
        let kind = self.of(&["any", "any", "exact", "exact", "inventory", "area_code", "pattern"]);
        let selector = match kind {
            "any" => json!({ "kind": kind, "country": country }),
            "exact" => {
                request["number"] = json!(number);
                json!({ "kind": kind, "number": number })
            }
            "inventory" => {
                request["inventory_id"] = json!("n-1");
                json!({ "kind": kind, "inventory_id": "n-1" })
            }
            "area_code" => {
                request["area_code"] = json!("202");
                json!({ "kind": kind, "country": country, "area_code": "202", "number_type": number_type })
            }
            _ => {
                request["pattern"] = json!("+1202555****");
                json!({ "kind": kind, "country": country, "pattern": "+1202555****", "number_type": number_type })
            }
        };
        if kind == "any" || self.one_in(8) {
            return json!({});
        }
        if self.one_in(8) {
            request["country"] = Value::Null;
        }
        let able = json!({ "voice": true, "sms": self.one_in(2), "mms": self.one_in(2), "fax": self.one_in(2) });
        let prices = match self.one_in(3) {
            false => json!([]),
            true => {
                let currency = self.of(&["EUR", "USD"]);
                let fee = self.of(&[0, 1, 50, 101, 250, 333, 950, 5000]);
                json!([{
                    "setup_fee": { "minor_units": self.of(&[0, 50, 101, 150]), "currency": currency },
                    "monthly_fee": { "minor_units": fee, "currency": currency },
                }])
            }
        };
        let selector = if self.one_in(10) { json!({ "kind": "any", "country": country }) } else { selector };
        json!({ "searches": [{
            "selector": selector, "seen_at": now - 1000, "expires_at": now + 3_600_000,
            "numbers": [{
                "number": number, "inventory_id": "n-1", "country": country,
                "number_type": number_type.unwrap_or("local"), "capabilities": able, "prices": prices,
            }],
        }] })
    }

    fn standing(&mut self, country: &str, number_type: Option<&str>, now: i64) -> Value {
        let plans = self.plans.clone();
        let plan = if plans.is_empty() || self.one_in(8) { Value::Null } else { json!(self.of(&plans)) };
        let statuses = ["approved", "approved", "not_submitted", "initiated", "pending", "declined"];
        let (account, of_country) = (self.of(&statuses), self.of(&statuses));
        let held = if self.one_in(2) { 0 } else { self.figure().min(1000) };
        let mut by_type = json!({});
        if let Some(number_type) = number_type {
            by_type[number_type] = json!(held);
        }
        let mut recent = Vec::new();
        if self.one_in(3) {
            let count = self.figure().min(60);
            let kind = self.of(&["claim", "release"]);
            let back = self.of(&[1000, 9 * 3_600_000, 11 * 3_600_000, 86_400_000, 604_799_000, 604_800_000]);
            let spent =
                if self.one_in(2) { json!({ "minor_units": self.figure(), "currency": "EUR" }) } else { Value::Null };
            let spent = if kind == "claim" { spent } else { Value::Null };
            recent.extend((0..count).map(|_| json!({ "at": now - back, "move": kind, "spent": spent })));
        }
        let mut in_flight = Vec::new();
        if self.one_in(6) {
            let until = if self.one_in(2) { json!(now + 300_000) } else { Value::Null };
            in_flight.push(json!({
                "accepted_at": now - self.of(&[1000, 86_400_000]), "checkout_expires_at": until, "country": country, "holder": "mae",
            }));
        }
        let last = if self.one_in(3) { json!(now - self.figure() * 1000) } else { Value::Null };
        let money = self.of(&[0, 100, 1_000_000_000, 1_000_000_000, 1_000_000_000]);
        let anchor = self.of(&[0, 0, 1, 10, 14, 15, 20]);
        let anchor =
            if anchor == 0 { Value::Null } else { json!(now - anchor * 86_400_000 + self.of(&[0, 3_600_000])) };
        let role = self.of(&["owner", "owner", "owner", "admin", "member", "viewer"]);
        json!({
            "actor": { "role": role },
            "terms": {
                "plan": plan,
                "billing": self.of(&["prepaid", "subscription", "usage"]),
                "payment_method_on_file": !self.one_in(4),
                "kyc": { "account": account, "countries": { country: of_country } },
                "billing_anchor": anchor,
            },
            "holders": ["mae"],
            "balances": [{ "minor_units": money, "currency": "EUR" }, { "minor_units": money, "currency": "USD" }],
            "held": {
                "total": held, "subscribed": self.of(&[0, 1]), "by_country": { country: held }, "by_type": by_type,
                "by_holder": { "mae": held },
            },
            "in_flight": in_flight,
            "recent": recent,
            "last_accepted_at": last,
        })
    }
}

/// The figures and the instants of a document.
fn numbers(value: &Value, figures: &mut Vec<i64>, instants: &mut Vec<i64>) {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(instant) if 1_000_000_000_000 < instant => instants.push(instant),
            Some(figure) if figure <= 100_000 => figures.push(figure),
            Some(_) | None => {}
        },
        Value::Array(items) => items.iter().for_each(|item| numbers(item, figures, instants)),
        Value::Object(members) => members.values().for_each(|member| numbers(member, figures, instants)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
