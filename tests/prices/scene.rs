//! A scene: one card, one customer and one number that is for sale, each with a line to change.

use jiff::Timestamp as Instant;
use ringup_core::{
    Account, CustomerTerms, Diagnostic, Money, Offers, Opening, Price, PurchaseRequest, Quote, Shop, Standing,
    Timestamp,
};
use serde_json::{Value, json};

use crate::api::quote;
use crate::kit::BAZAAR;

#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) card: Value,
    pub(crate) plans: Value,
    pub(crate) plan: Option<String>,
    /// How many numbers the customer's own holder has.
    pub(crate) held: u32,
    /// How many another holder has, whose numbers do not count in this account.
    pub(crate) held_uncounted: u32,
    /// Whether the number is for that holder.
    pub(crate) for_uncounted: bool,
    /// Until when the customer's open checkouts count.
    pub(crate) checkouts: Vec<Timestamp>,
    /// The same of the other holder's.
    pub(crate) checkouts_uncounted: Vec<Timestamp>,
    pub(crate) anchor: Option<Timestamp>,
    /// The zone of the calendar. `Null` is UTC.
    pub(crate) zone: Value,
    pub(crate) offer: Value,
    /// Whether any number of the country is wanted, and not the one that is for sale.
    pub(crate) any: bool,
    /// The currency that the request names.
    pub(crate) currency: Option<&'static str>,
    pub(crate) now: Timestamp,
}

pub(crate) fn at(text: &str) -> Timestamp {
    let text = if text.contains('T') { text.to_owned() } else { format!("{text}T00:00:00Z") };
    Timestamp::from_millis(text.parse::<Instant>().unwrap().as_millisecond())
}

pub(crate) fn usd(minor_units: i64) -> Value {
    json!({ "minor_units": minor_units, "currency": "USD" })
}

/// An entry for numbers of the United States, with further fields.
pub(crate) fn rate(setup_fee: i64, monthly_fee: i64, further: Value) -> Value {
    let mut rate = json!({
        "country": "US", "setup_fee": usd(setup_fee), "monthly_fee": usd(monthly_fee), "kyc_tier": 0, "capabilities": {}
    });
    add(&mut rate, further);
    rate
}

pub(crate) fn add(object: &mut Value, further: Value) {
    let Value::Object(further) = further else { panic!("no object: {further}") };
    object.as_object_mut().unwrap().extend(further);
}

impl Scene {
    /// A card of these entries, with further fields of the card.
    pub(crate) fn new(rates: Value, further: Value) -> Self {
        let mut card = json!({ "version": "1", "quote_lifetime_s": 900, "rates": rates });
        add(&mut card, further);
        let offer = json!({
            "number": "+14155550142", "inventory_id": "inv-1", "country": "US", "number_type": "local",
            "capabilities": { "voice": true, "sms": true }
        });
        Self {
            card,
            plans: json!([]),
            plan: None,
            held: 0,
            held_uncounted: 0,
            for_uncounted: false,
            checkouts: vec![],
            checkouts_uncounted: vec![],
            anchor: None,
            zone: Value::Null,
            offer,
            any: false,
            currency: None,
            now: at("2026-03-25T10:00:00Z"),
        }
    }

    pub(crate) fn try_shop(&self) -> Result<Shop, Diagnostic> {
        let mut data: Value = serde_json::from_str(BAZAAR).unwrap();
        data["rate_card"] = self.card.clone();
        data["plans"] = self.plans.clone();
        data["policy"]["time_zone"] = self.zone.clone();
        data["policy"]["selectors"].as_array_mut().unwrap().push(json!("any"));
        Shop::new(serde_json::from_value(data).unwrap())
    }

    pub(crate) fn shop(&self) -> Shop {
        self.try_shop().unwrap()
    }

    pub(crate) fn terms(&self) -> Value {
        json!({
            "plan": self.plan, "billing": "prepaid", "billing_anchor": self.anchor
        })
    }

    /// An account with the scene's holders, which holds nothing.
    pub(crate) fn account(&self, terms: CustomerTerms, wallet: Vec<Money>) -> Account {
        Account::open(&Opening {
            holders: vec!["main".parse().unwrap(), "second".parse().unwrap()],
            uncounted_holders: vec!["second".parse().unwrap()],
            wallet,
            ..Opening::new("account".parse().unwrap(), terms)
        })
        .unwrap()
    }

    pub(crate) fn standing(&self) -> Standing {
        let open = |holder: &'static str| move |until: &Timestamp| json!({ "accepted_at": 0, "checkout_expires_at": until, "holder": holder });
        let in_flight =
            self.checkouts.iter().map(open("main")).chain(self.checkouts_uncounted.iter().map(open("second")));
        let held = json!({ "total": self.held, "by_holder": { "main": self.held, "second": self.held_uncounted } });
        let in_flight: Vec<Value> = in_flight.collect();
        let standing = json!({
            "terms": self.terms(), "holders": ["main", "second"], "uncounted_holders": ["second"],
            "held": held, "in_flight": in_flight
        });
        serde_json::from_value(standing).unwrap()
    }

    pub(crate) fn offers(&self) -> Offers {
        let number = &self.offer["number"];
        serde_json::from_value(json!({ "searches": [{
            "selector": { "kind": "exact", "number": number }, "seen_at": i64::MIN / 2048, "expires_at": i64::MAX / 2048,
            "numbers": [self.offer]
        }] }))
        .unwrap()
    }

    pub(crate) fn request(&self) -> PurchaseRequest {
        let number = self.offer["number"].as_str().unwrap();
        let holder = if self.for_uncounted { "second" } else { "main" };
        let request = PurchaseRequest {
            holder: Some(holder.into()),
            currency: self.currency.map(Into::into),
            ..PurchaseRequest::default()
        };
        match self.any {
            false => PurchaseRequest { number: Some(number.into()), ..request },
            true => PurchaseRequest { country: Some(self.offer["country"].as_str().unwrap().into()), ..request },
        }
    }

    pub(crate) fn quote(&self) -> Quote {
        quote(&self.shop(), &self.standing(), &self.offers(), &self.request(), self.now)
    }

    pub(crate) fn price(&self) -> Price {
        self.quote().price.unwrap()
    }

    /// The same at another instant.
    pub(crate) fn on(&self, now: &str) -> Self {
        Self { now: at(now), ..self.clone() }
    }

    pub(crate) fn held(&self, held: u32) -> Self {
        Self { held, ..self.clone() }
    }

    pub(crate) fn on_plan(&self, plan: &str) -> Self {
        Self { plan: Some(plan.into()), ..self.clone() }
    }

    /// The price in one row: the lines, what is due, what recurs, and what more there is to say.
    #[track_caller]
    pub(crate) fn check(&self, expected: &str) {
        assert_eq!(row(&self.price()), expected);
    }
}

/// `setup fee 10.00, first month 2.00 = 12.00; then 2.00 a month`.
pub(crate) fn row(price: &Price) -> String {
    let lines = |lines: &[ringup_core::PriceLine]| {
        let shown = lines.iter().map(|line| {
            let name = line.label.clone().unwrap_or_else(|| line.charge.to_string());
            let on = line.on.map(|on| format!(" on {on:?}").to_lowercase()).unwrap_or_default();
            format!("{name}{on} {}", figure(price, line.amount))
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    let mut row = format!("{} = {}", lines(&price.lines), figure(price, price.due_now));
    let included = |taxes: &[ringup_core::PriceLine]| match taxes {
        [] => String::new(),
        taxes => format!(" of which {}", lines(taxes)),
    };
    row += &included(&price.taxes_included);
    for phase in &price.introductory {
        row += &format!("; {} at {}{}", phase.periods, figure(price, phase.amount), included(&phase.taxes_included));
    }
    row += &match price.yearly_fee {
        Some(yearly_fee) => format!("; then {} a year", figure(price, yearly_fee)),
        None => format!("; then {} a month", figure(price, price.monthly_fee)),
    };
    if !price.recurring_lines.is_empty() {
        row += &format!(" ({})", lines(&price.recurring_lines));
    }
    row += &included(&price.recurring_taxes_included);
    if price.minimum_commitment_months != 0 {
        row += &format!("; {} months {}", price.minimum_commitment_months, figure(price, price.commitment_total));
    }
    row.trim_start_matches(" = ").into()
}

fn figure(price: &Price, money: ringup_core::Money) -> String {
    let text = price.write(money).to_string();
    text.split(' ').next().unwrap().into()
}

/// 10.00 once and 2.00 a month.
pub fn plain(further: Value) -> Scene {
    Scene::new(json!([rate(1000, 200, json!({}))]), further)
}
