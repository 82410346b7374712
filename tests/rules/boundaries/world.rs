//! The world that a row changes by one unit, and what it answers.

use ringup_core::shop::{Limits, Plan};
use ringup_core::{
    GateStatus, Money, Move, MoveKind, Offers, PurchaseRequest, Shop, ShopData, Standing, Timestamp, policies,
};
use serde_json::{Value, json};

use super::super::kit::NOW;
use crate::api::quote;

pub const HOUR_MS: i64 = 3_600_000;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A customer with all the money of the world buys a number of the United States for 3.00 USD and then 2.00 USD a month.
pub struct World {
    pub shop: ShopData,
    pub standing: Standing,
    pub offers: Offers,
    pub request: PurchaseRequest,
    pub now: Timestamp,
}

pub fn dollars(minor_units: i64) -> Money {
    Money::new(minor_units, "USD".parse().unwrap()).unwrap()
}

pub fn usd(minor_units: i64) -> Value {
    json!({ "minor_units": minor_units, "currency": "USD" })
}

impl World {
    pub fn new() -> Self {
        let mut shop: Value = serde_json::from_str(policies::VOBIZ).unwrap();
        shop["policy"]["default_currency"] = json!("USD");
        shop["policy"]["idempotency"] = json!({ "length_max": 10, "fingerprint": [] });
        shop["rate_card"] = json!({ "version": "1", "quote_lifetime_s": 900, "rates": [
            { "country": "US", "setup_fee": usd(100), "monthly_fee": usd(200), "kyc_tier": 2, "capabilities": {} },
        ] });
        let shop: ShopData = serde_json::from_value(shop).unwrap();
        let standing = serde_json::from_value(json!({
            "terms": { "billing": "prepaid", "holders": ["h"] }, "balances": [usd(1_000_000)]
        }));
        let offers = serde_json::from_value(json!({ "searches": [{
            "selector": { "kind": "exact", "number": "+14155550142" },
            "seen_at": NOW.plus_millis(-100 * DAY_MS), "expires_at": NOW.plus_millis(100 * DAY_MS),
            "numbers": [{
                "number": "+14155550142", "inventory_id": "i", "country": "US", "number_type": "local", "capabilities": {}
            }],
        }] }));
        let request = PurchaseRequest {
            holder: Some("h".into()),
            number: Some("+14155550142".into()),
            ..PurchaseRequest::default()
        };
        Self { shop, standing: standing.unwrap(), offers: offers.unwrap(), request, now: NOW }
    }

    pub fn quote(&self) -> ringup_core::Quote {
        let shop = Shop::new(self.shop.clone()).unwrap();
        quote(&shop, &self.standing, &self.offers, &self.request, self.now)
    }

    /// `ok`, the gate that refuses, or `waits`.
    pub fn answer(&self) -> String {
        let quote = self.quote();
        let first = quote.gates.iter().find_map(|report| match &report.status {
            GateStatus::Blocked { .. } => Some(format!("{:?}", report.gate)),
            GateStatus::Waiting { fact: ringup_core::Fact::Search { .. } } => Some("waits".into()),
            GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        first.unwrap_or("ok".into())
    }

    pub fn limits(&mut self, limits: Value) {
        self.shop.policy.limits = serde_json::from_value::<Limits>(limits).unwrap();
    }

    pub fn rate(&mut self, field: &str, value: Value) {
        let mut rate = serde_json::to_value(&self.shop.rate_card.rates[0]).unwrap();
        rate[field] = value;
        self.shop.rate_card.rates[0] = serde_json::from_value(rate).unwrap();
    }

    pub fn card(&mut self, field: &str, value: Value) {
        let mut card = serde_json::to_value(&self.shop.rate_card).unwrap();
        card[field] = value;
        self.shop.rate_card = serde_json::from_value(card).unwrap();
    }

    /// The only plan is the customer's.
    pub fn plan(&mut self, number_limit: u32, included_numbers: u32, limits: Value) {
        let plan: Plan = serde_json::from_value(json!({
            "id": "p", "title": "P", "monthly_fee": usd(100), "number_limit": number_limit,
            "included_numbers": included_numbers, "limits": limits,
        }))
        .unwrap();
        (self.shop.plans, self.shop.policy.plan_limits) = (vec![plan], true);
        self.standing.terms.plan = Some("p".parse().unwrap());
    }

    /// A claim of that long ago, at that price.
    pub fn claim(&mut self, ago_ms: i64, spent: i64) {
        self.standing.recent.push(Move {
            at: self.now.plus_millis(-ago_ms),
            kind: MoveKind::Claim,
            spent: Some(dollars(spent)),
        });
    }
}

#[track_caller]
pub fn row(rule: &str, set: impl Fn(&mut World, i64), then: [&str; 3]) {
    let answers = [-1, 0, 1].map(|unit| {
        let mut world = World::new();
        set(&mut world, unit);
        world.answer()
    });
    assert_eq!(answers, then, "{rule}");
}

/// The same of a price: what is due now.
#[track_caller]
pub fn price(rule: &str, set: impl Fn(&mut World, i64), then: [&str; 3]) {
    let due = [-1, 0, 1].map(|unit| {
        let mut world = World::new();
        set(&mut world, unit);
        world.quote().price.map_or("none".into(), |price| price.due_now.to_string().replace(" USD", ""))
    });
    assert_eq!(due, then, "{rule}");
}

pub fn count(unit: i64, boundary: i64) -> u32 {
    u32::try_from(boundary + unit).unwrap()
}
