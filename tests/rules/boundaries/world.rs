//! The world that a row changes by one unit, and what it answers.

use ringup_core::shop::{Churn, Limits, Plan};
use ringup_core::{
    GateStatus, InFlight, Money, Move, MoveKind, Offers, PurchaseRequest, QuoteSeen, QuoteTerms, Shop, ShopData,
    Standing, Timestamp,
};
use serde_json::{Value, json};

use super::super::kit::NOW;
use crate::api::quote;
use crate::kit::BAZAAR;

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
        let mut shop: Value = serde_json::from_str(BAZAAR).unwrap();
        shop["policy"]["default_currency"] = json!("USD");
        shop["policy"]["idempotency"] = json!({ "length_max": 10, "fingerprint": ["selector"] });
        shop["rate_card"] = json!({ "version": "1", "quote_lifetime_s": 900, "rates": [
            { "country": "US", "setup_fee": usd(100), "monthly_fee": usd(200), "kyc_tier": 2, "capabilities": {} },
        ] });
        let shop: ShopData = serde_json::from_value(shop).unwrap();
        let standing = serde_json::from_value(json!({
            "terms": { "billing": "prepaid" }, "holders": ["h"], "balances": [usd(1_000_000)]
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

    pub fn key(&mut self, length: i64) {
        self.request.idempotency_key = Some("k".repeat(usize::try_from(length).unwrap()));
    }

    /// The customer saw this amount under this name.
    pub fn saw(&mut self, name: &str, cents: i64) {
        self.request.price_seen = Some(serde_json::from_value(json!({ name: usd(cents) })).unwrap());
    }

    /// The customer follows a quote of now that holds until then.
    pub fn follow_until(&mut self, expires_at: Timestamp) {
        let quote = self.quote();
        let terms = QuoteTerms { expires_at, ..quote.terms() };
        self.request.quote_seen = Some(Box::new(QuoteSeen { terms: Some(terms), ..quote.seen() }));
    }

    pub fn limits(&mut self, limits: Value) -> &mut Self {
        self.shop.policy.limits = serde_json::from_value::<Limits>(limits).unwrap();
        self
    }

    pub fn churn(&mut self, moves_max: u32, window_s: u32) -> &mut Self {
        self.shop.policy.churn = Some(Churn { moves_max, window_s });
        self
    }

    /// So many purchases of which that much is known; the holder `g` does not count in this account.
    pub fn in_flight(&mut self, count: u32, known: &Value) {
        self.standing.uncounted_holders = vec!["g".parse().unwrap()];
        let mut purchase = serde_json::to_value(InFlight::since(NOW)).unwrap();
        purchase.as_object_mut().unwrap().extend(known.as_object().unwrap().clone());
        let purchase: InFlight = serde_json::from_value(purchase).unwrap();
        self.standing.in_flight.extend(vec![purchase; count as usize]);
    }

    pub fn checkout_until(&mut self, ends_at: Timestamp) {
        self.standing.in_flight.push(InFlight { checkout_expires_at: Some(ends_at), ..InFlight::since(NOW) });
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
    pub fn plan(&mut self, number_limit: u32, included_numbers: u32, limits: Value) -> &mut Self {
        let plan: Plan = serde_json::from_value(json!({
            "id": "p", "title": "P", "monthly_fee": usd(100), "number_limit": number_limit,
            "included_numbers": included_numbers, "limits": limits,
        }))
        .unwrap();
        (self.shop.plans, self.shop.policy.plan_limits) = (vec![plan], true);
        self.standing.terms.plan = Some("p".parse().unwrap());
        self
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

/// A rule, how a unit sets the world, and what comes of the three.
pub type Row = (&'static str, fn(&mut World, i64), [&'static str; 3]);

#[track_caller]
pub fn check(rows: &[Row]) {
    for (rule, set, then) in rows {
        row(rule, set, *then);
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
