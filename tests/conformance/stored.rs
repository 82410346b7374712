//! What a bought number costs in stored bytes, by every shipped policy.

use ringup_core::effect::Action;
use ringup_core::{
    Account, Actor, AnyCommand, Confirmation, Decided, MakePurchase, OfferedNumber, Offers, Opening, Outcome, Record,
    RecordCheckoutPaid, RecordId, RecordOutcome, Search, Selector, Shop, Timestamp, apply, policies, read,
};
use serde_json::{Value, json};

use ringup_numbering::WorldPlan;

const NOW: Timestamp = Timestamp::from_millis(1_774_432_800_000);
const ID: &str = "pur_01jqc8w3k7m2n4";
const HOLDER: &str = "prof_01jqc8w3k7m2";
const KEY: &str = "order-2026-03-25-42";

/// A way to buy: the policy, the customer's billing, whether a number is subscribed to already, and the request.
fn ways() -> Vec<(&'static str, &'static str, bool, Value)> {
    let number = json!({ "number": "+14045550100" });
    let any = json!({ "country": "US" });
    vec![
        ("zernio", "subscription", false, any.clone()),
        ("zernio", "subscription", true, any.clone()),
        ("zernio", "usage", false, any),
        ("vobiz", "prepaid", false, json!({ "number": "+919876543210" })),
        ("vantax", "usage", false, json!({ "area_code": "404" })),
        ("kros", "prepaid", false, json!({ "number": "+2348031234567" })),
        ("sondos", "prepaid", false, number.clone()),
        ("twilio", "prepaid", false, number.clone()),
        ("ringup", "prepaid", false, number.clone()),
        ("ringup", "usage", false, number.clone()),
        ("ringup", "subscription", false, number.clone()),
        ("ringup", "subscription", true, number),
    ]
}

#[test]
fn a_bought_number_is_stored_in_few_bytes() {
    let mut bought = Vec::new();
    for (policy, billing, subscribed, request) in ways() {
        let account = buy(policy, billing, subscribed, request);
        let way = format!("{policy}, {billing}{}", if subscribed { ", subscribed" } else { "" });
        for (record, most) in [("number", 600), ("purchase", 500), ("key", 150)] {
            let id = if record == "key" { KEY } else { ID };
            let id: RecordId = format!("{record}/{id}").parse().unwrap();
            let Some(stored) = account.record(&id) else {
                assert_eq!(record, "key", "{way}: {id}");
                continue;
            };
            let text = serde_json::to_string(&stored).unwrap();
            assert!(text.len() <= most, "{way}: {} bytes, at most {most}: {text}", text.len());
            assert_eq!(read::read::<Record>(text.as_bytes()), Ok(stored.clone()), "{way}");
            assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), stored, "{way}");
        }
        bought.push(policy);
    }
    assert!(policies::ALL.iter().all(|(id, _)| bought.contains(id)), "every policy: {bought:?}");
}

/// An account that has bought one number.
fn buy(policy: &str, billing: &str, subscribed: bool, request: Value) -> Account {
    let (_, json) = policies::ALL.into_iter().find(|(id, _)| *id == policy).unwrap();
    let shop = Shop::new(serde_json::from_str(json).unwrap()).unwrap();
    let mut account = open(&shop, billing);
    if subscribed {
        let mut other = request.clone();
        other["country"] = json!("US");
        other["number"] = Value::Null;
        carry_on(&shop, &mut account, "pur_01jqc8w3k7m2n3", other, NOW.plus_millis(-86_400_000));
    }
    carry_on(&shop, &mut account, ID, request, NOW);
    account
}

fn open(shop: &Shop, billing: &str) -> Account {
    let plan = serde_json::to_value(shop.plans().last().map(|plan| &plan.id)).unwrap();
    let terms = json!({
        "plan": plan, "billing": billing, "payment_method_on_file": true,
        "kyc": { "account": "approved", "countries": { "US": "approved" } }
    });
    let wallet = ["USD", "INR"].map(|currency| money(1_000_000, currency));
    let opening = Opening::new("account-1".parse().unwrap(), serde_json::from_value(terms).unwrap());
    let wallet = wallet.map(|money| serde_json::from_value(money).unwrap()).to_vec();
    Account::open(&Opening { holders: vec![HOLDER.parse().unwrap()], wallet, ..opening }).unwrap()
}

/// Buys a number, with every effect confirmed.
fn carry_on(shop: &Shop, account: &mut Account, id: &str, mut request: Value, now: Timestamp) {
    request["holder"] = json!(HOLDER);
    request["idempotency_key"] = json!(if id == ID { KEY } else { "another-key" });
    let any = if id == ID { "+14045550100" } else { "+14045550199" };
    let offer = offer(request["number"].as_str().unwrap_or(any));
    let found = |selector| {
        let numbers = vec![offer.clone()];
        Offers { searches: vec![Search { selector, seen_at: now, expires_at: now.plus_millis(60_000), numbers }] }
    };
    // Where a number must have been searched for, it was.
    let mut offers = found(Selector::Exact { number: offer.number });
    let actor = Actor { role: ringup_core::Role::Owner, ..Actor::default() };
    let request = serde_json::from_value(request).unwrap();
    let command = AnyCommand::Purchase(MakePurchase { id: id.parse().unwrap(), actor, request });
    if let Ok(Decided::Search { selector }) = ringup_core::decide(shop, &WorldPlan, account, &offers, &command, now) {
        offers = found(selector);
    }
    let mut command = Some(command);
    while let Some(next) = command {
        let decided = ringup_core::decide(shop, &WorldPlan, account, &offers, &next, now).unwrap();
        let decision = decided.decision().unwrap();
        apply(account, &decision).unwrap();
        command = answer(account, id, &offer, now);
    }
    assert!(account.number(&id.parse().unwrap()).is_some(), "bought");
}

/// What happens next outside: the pending effect is done, or the customer pays.
fn answer(account: &Account, id: &str, offer: &OfferedNumber, now: Timestamp) -> Option<AnyCommand> {
    let purchase = account.purchase(&id.parse().unwrap()).unwrap();
    let checkout = || "cs_01jqc8w3k7m2n4".parse().unwrap();
    let Some(effect) = purchase.owed() else {
        return purchase.checkout_expires_at().map(|_| {
            let (purchase, amount) = (purchase.id.clone(), purchase.agreement.due_now());
            AnyCommand::RecordCheckoutPaid(RecordCheckoutPaid { purchase, checkout: checkout(), amount, paid_at: now })
        });
    };
    let confirmation = match effect.action {
        Action::Reserve { .. } => Confirmation::Reserved { offer: offer.clone() },
        Action::OpenCheckout { .. } => Confirmation::CheckoutOpen { checkout: checkout(), url: "/pay/cs_1".into() },
        _ => Confirmation::Done,
    };
    let outcome = Outcome::Confirmed { confirmation };
    Some(AnyCommand::RecordOutcome(RecordOutcome { effect: effect.id, outcome }))
}

/// A number with the longest of the texts that the sources print for each country.
fn offer(number: &str) -> OfferedNumber {
    let price = |setup: i64, month: i64, currency: &str| json!({ "setup_fee": money(setup, currency), "monthly_fee": money(month, currency) });
    let (country, region, number_type, prices) = match number {
        "+919876543210" => ("IN", "Karnataka", "local", vec![price(10_000, 100, "INR"), price(0, 100, "USD")]),
        "+2348031234567" => ("NG", "Lagos", "mobile", Vec::new()),
        _ => ("US", "San Francisco, CA", "local", Vec::new()),
    };
    let offer = json!({
        "number": number, "inventory_id": "2b1f3c9e-7f7a-5e0e-9d6c-0a4b8c2d1e3f", "country": country,
        "region": region, "number_type": number_type,
        "capabilities": { "voice": true, "sms": true, "mms": true, "fax": false }, "prices": prices
    });
    serde_json::from_value(offer).unwrap()
}

fn money(minor_units: i64, currency: &str) -> Value {
    json!({ "minor_units": minor_units, "currency": currency })
}
