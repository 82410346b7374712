//! What the tables share: shops, customers and offers, each with one line to change.

use ringup_core::shop::{BillingKind, SelectorKind};
use ringup_core::{
    Account, Actor, Command, CustomerTerms, Decision, Event, MakePurchase, Money, OfferedNumber, Offers, Opening,
    PurchaseAnswer, PurchaseError, PurchaseRequest, RecordId, Shop, ShopData, Standing, Timestamp, apply, evolve,
};
use serde_json::Value;

use crate::api::{self, decide};

/// An invented shop where the system picks the number: keys, plans, billing, verification, a window, three ways to pay.
pub(crate) const ORCHARD: &str = include_str!("shops/orchard.json");

/// An invented shop where the customer names a number, which has its own price, and pays from a wallet.
pub(crate) const BAZAAR: &str = include_str!("shops/bazaar.json");

/// 2026-03-25T10:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);

pub(crate) fn shop(json: &str) -> Shop {
    Shop::new(serde_json::from_str(json).unwrap()).unwrap()
}

pub(crate) fn orchard() -> Shop {
    shop(ORCHARD)
}

pub(crate) fn bazaar() -> Shop {
    shop(BAZAAR)
}

/// Orchard's shop with a change.
pub(crate) fn orchard_with(change: impl FnOnce(&mut ShopData)) -> Shop {
    shop_with(ORCHARD, change)
}

/// Bazaar's shop with a change.
pub(crate) fn bazaar_with(change: impl FnOnce(&mut ShopData)) -> Shop {
    shop_with(BAZAAR, change)
}

fn shop_with(json: &str, change: impl FnOnce(&mut ShopData)) -> Shop {
    let mut data = serde_json::from_str(json).unwrap();
    change(&mut data);
    Shop::new(data).unwrap()
}

/// Bazaar, if it knew inventory ids as well.
pub(crate) fn by_number_and_name() -> Shop {
    bazaar_with(|data| data.policy.selectors.push(SelectorKind::Inventory))
}

pub(crate) fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.replace('.', "").parse().unwrap(), currency.parse().unwrap()).unwrap()
}

/// A Orchard customer whom nothing stands in the way of.
pub(crate) fn orchard_customer() -> CustomerTerms {
    CustomerTerms {
        plan: Some("small".parse().unwrap()),
        payment_method_on_file: true,
        ..CustomerTerms::new(BillingKind::Usage)
    }
}

pub(crate) fn bazaar_customer() -> CustomerTerms {
    CustomerTerms::new(BillingKind::Prepaid)
}

/// How an account stands that holds nothing.
pub(crate) fn standing(terms: CustomerTerms, wallet: &[&str]) -> Standing {
    let wallet: Vec<Money> = wallet.iter().map(|text| money(text)).collect();
    api::standing(&account(terms, &wallet), &orchard(), &Actor::default(), NOW)
}

/// An account that holds nothing, with the two holders of its shop: Orchard's customers have a plan.
pub(crate) fn account(terms: CustomerTerms, wallet: &[Money]) -> Account {
    let holders = if terms.plan.is_some() { ["home", "other"] } else { ["main", "side"] };
    Account::open(&Opening {
        holders: holders.map(|holder| holder.parse().unwrap()).to_vec(),
        wallet: wallet.to_vec(),
        ..Opening::new("account".parse().unwrap(), terms)
    })
    .unwrap()
}

pub(crate) fn orchard_request() -> PurchaseRequest {
    PurchaseRequest { holder: Some("home".into()), ..PurchaseRequest::default() }
}

pub(crate) fn bazaar_request() -> PurchaseRequest {
    PurchaseRequest { holder: Some("main".into()), number: Some("+919876543210".into()), ..PurchaseRequest::default() }
}

/// A number of India with a price in either of two currencies, seen at [`NOW`].
pub(crate) fn bazaar_offers() -> Offers {
    let inr = |minor: i64| serde_json::json!({"minor_units": minor, "currency": "INR"});
    let usd = |minor: i64| serde_json::json!({"minor_units": minor, "currency": "USD"});
    serde_json::from_value(serde_json::json!({"searches": [{
        "selector": {"kind": "exact", "number": "+919876543210"},
        "seen_at": NOW.as_millis(),
        "expires_at": NOW.plus_seconds(600).as_millis(),
        "numbers": [{
            "number": "+919876543210", "inventory_id": "inv-1", "country": "IN", "region": "Karnataka",
            "number_type": "mobile", "capabilities": {"voice": true},
            "prices": [
                {"setup_fee": inr(10_000), "monthly_fee": inr(100)},
                {"setup_fee": usd(0), "monthly_fee": usd(100)}
            ]
        }]
    }]}))
    .unwrap()
}

/// A number of the United States, seen at [`NOW`], without an expiry.
pub(crate) fn orchard_offers() -> Offers {
    serde_json::from_value(serde_json::json!({"searches": [{
        "selector": {"kind": "any", "country": "US"},
        "seen_at": NOW.as_millis(),
        "expires_at": Timestamp::MAX.as_millis(),
        "numbers": [{
            "number": "+14155550142", "inventory_id": "inv-2", "country": "US", "number_type": "local", "capabilities": {}
        }]
    }]}))
    .unwrap()
}

/// An account with its shop and offers: commands go in, events are applied, answers come out.
pub(crate) struct Host {
    pub(crate) shop: Shop,
    pub(crate) account: Account,
    pub(crate) offers: Offers,
    pub(crate) now: Timestamp,
}

impl Host {
    pub(crate) fn orchard(billing: BillingKind) -> Self {
        let terms = CustomerTerms { billing, ..orchard_customer() };
        Self { shop: orchard(), account: account(terms, &[]), offers: orchard_offers(), now: NOW }
    }

    pub(crate) fn bazaar(wallet: &str) -> Self {
        let account = account(bazaar_customer(), &[money(wallet)]);
        Self { shop: bazaar(), account, offers: bazaar_offers(), now: NOW }
    }

    /// The number that the inventory reserves.
    pub(crate) fn offer(&self) -> OfferedNumber {
        let offers = if self.shop.policy().id == "orchard" { orchard_offers() } else { bazaar_offers() };
        let mut offer = offers.searches[0].numbers[0].clone();
        let found = self.offers.searches.first().and_then(|search| search.numbers.first());
        offer.minimum_commitment_months = found.map_or(0, |found| found.minimum_commitment_months);
        if let Some(found) = found {
            (offer.capabilities, offer.region) = (found.capabilities, found.region.clone());
        }
        // An inventory gives each number once.
        while self.account.record(&RecordId::Owner(offer.number)).is_some() {
            let digits: u64 = offer.number.to_string().trim_start_matches('+').parse().unwrap();
            offer.number = format!("+{}", digits + 1).parse().unwrap();
        }
        offer
    }

    pub(crate) fn tell<C: Command>(&mut self, command: &C) -> Result<Decision<C::Answer>, C::Error> {
        let before = self.account.clone();
        let decision = decide(&self.shop, &self.account, &self.offers, command, self.now)?;
        assert_eq!(self.account, before, "deciding changes nothing");
        apply(&mut self.account, &decision).unwrap();
        other_amounts_are_refused(before, &decision.events);
        Ok(decision)
    }

    pub(crate) fn standing(&self) -> Standing {
        api::standing(&self.account, &self.shop, &Actor::default(), self.now)
    }

    pub(crate) fn buy(&mut self, id: &str, request: &PurchaseRequest) -> Result<PurchaseAnswer, PurchaseError> {
        let (id, request) = (id.parse().unwrap(), request.clone());
        self.tell(&MakePurchase { id, actor: Actor::default(), request }).map(|decision| decision.answer)
    }
}

/// The events whose amounts were agreed before.
const AGREED: [&str; 6] =
    ["number_activated", "payment_refunded", "payment_taken", "purchase_failed", "surplus_refunded", "surplus_taken"];

/// An event with another amount than the agreed one could not have happened.
fn other_amounts_are_refused(mut account: Account, events: &[Event]) {
    for event in events {
        if !AGREED.contains(&event.name()) {
            evolve(&mut account, event).unwrap();
            continue;
        }
        for other in with_other_amounts(&serde_json::to_value(event).unwrap()) {
            let Ok(other) = serde_json::from_value::<Event>(other) else { continue };
            assert!(evolve(&mut account.clone(), &other).is_err(), "{other:?} instead of {event:?}");
        }
        evolve(&mut account, event).unwrap();
    }
}

/// The JSON, once for each amount in it, with that one a minor unit higher.
fn with_other_amounts(json: &Value) -> Vec<Value> {
    let mut others = Vec::new();
    match json {
        Value::Object(members) => {
            for (name, member) in members {
                let changed = match member.as_i64() {
                    Some(amount) if name == "minor_units" => vec![Value::from(amount + 1)],
                    _ => with_other_amounts(member),
                };
                for member in changed {
                    let mut other = members.clone();
                    other.insert(name.clone(), member);
                    others.push(Value::Object(other));
                }
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                for item in with_other_amounts(item) {
                    let mut other = items.clone();
                    other[at] = item;
                    others.push(Value::Array(other));
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    others
}
