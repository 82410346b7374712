//! Explain: every rule names the field that decided, and a decision is explained up to the rule that decided.

mod flips;

use ringup_core::shop::BillingKind;
use ringup_core::{
    Actor, CustomerTerms, Evidence, Explanation, Gate, MakePurchase, Offers, PurchaseError, PurchaseRequest, Shop,
    Standing, Verdict, apply, gates, policies,
};
use serde_json::{Value, json};

use super::kit::{
    Host, NOW, bazaar_offers, bazaar_request, orchard_customer, orchard_offers, orchard_request, standing,
};
use crate::api::{decide_or_search, explain, explain_decision};

fn shop(data: &Value) -> Shop {
    Shop::new(serde_json::from_value(data.clone()).unwrap()).unwrap()
}

/// Whether the data says something there, other than that the rule is off.
fn is_set(data: &Value, pointer: &str) -> bool {
    data.pointer(pointer).is_some_and(|value| *value != json!([]))
}

#[test]
fn every_field_that_decides_is_in_the_policy_or_known_to_be_absent() {
    let requests = [
        json!({ "holder": "home" }),
        json!({ "holder": "home", "country": "DE" }),
        json!({ "holder": "home", "country": "JP", "idempotency_key": "k" }),
        json!({ "holder": "main", "number": "+919876543210" }),
        json!({ "inventory_id": "inv-1" }),
        json!({ "holder": "home", "country": "NL", "number_type": "local" }),
        json!({}),
    ];
    let example = ("harbour", include_str!("../../docs/policies/harbour.json"));
    for (id, json) in policies::ALL.into_iter().chain([example]) {
        let (data, mut customer): (Value, _) = (serde_json::from_str(json).unwrap(), orchard_customer());
        for plan in [None, Some("small"), Some("free"), Some("team"), Some("fleet")] {
            customer.plan = plan.and_then(|plan| plan.parse().ok());
            for request in &requests {
                let request = serde_json::from_value(request.clone()).unwrap();
                let shop = Shop::new(serde_json::from_str(json).unwrap()).unwrap();
                let explanation = explain(&shop, &standing_of_all(&customer), &bazaar_offers(), &request, NOW);
                assert!(explanation.rules.iter().map(|rule| rule.gate).eq(Gate::ALL));
                for rule in explanation.rules {
                    let Some(field) = &rule.field else { continue };
                    assert_eq!(field.is_set, is_set(&data, &field.pointer), "{id}: {rule:?}");
                }
            }
        }
    }
}

/// A customer with the holders of either shop.
fn standing_of_all(terms: &CustomerTerms) -> Standing {
    let holders = ["home", "other", "main"].map(|holder| holder.parse().unwrap()).to_vec();
    Standing { holders, ..standing(terms.clone(), &[]) }
}

/// The rule that decided a purchase: its gate, what it says, and the field.
#[track_caller]
fn decided(host: &mut Host, (id, actor, request): (&str, &Actor, &PurchaseRequest), expected: &str) {
    let command = MakePurchase { id: id.parse().unwrap(), actor: actor.clone(), request: request.clone() };
    let explanation = explain_decision(&host.shop, &host.account, &host.offers, &command, host.now);
    let refused_by = match decide_or_search(&host.shop, &host.account, &host.offers, &command, host.now) {
        Err(PurchaseError::Refused(rejection)) => Some(rejection.gate()),
        // What the host got wrong is no rule's.
        Ok(Err(_)) | Err(PurchaseError::Misuse(_)) => None,
        Ok(Ok(decision)) => {
            apply(&mut host.account, &decision).unwrap();
            None
        }
    };
    assert_eq!(explanation.refused_by, refused_by, "{explanation:?}");
    assert_eq!(told(&explanation), expected);
}

/// The rule that decides the request of somebody who may do everything.
fn last_rule(host: &Host, request: &PurchaseRequest) -> String {
    let command = MakePurchase { id: "q".parse().unwrap(), actor: Actor::default(), request: request.clone() };
    told(&explain_decision(&host.shop, &host.account, &host.offers, &command, host.now))
}

/// The last rule: its gate, what it says, and the field.
fn told(explanation: &Explanation) -> String {
    let rule = serde_json::to_value(explanation.rules.last().unwrap()).unwrap();
    let says = [&rule["evidence"]["compared"], &rule["rejection"]["code"], &rule["fact"]["fact"]];
    let says = says.into_iter().find_map(Value::as_str).unwrap();
    let pointer = rule["field"]["pointer"].as_str().unwrap_or("-");
    format!("{} {says} {pointer}", rule["gate"].as_str().unwrap())
}

#[test]
fn a_purchase_is_explained_up_to_the_rule_that_decided() {
    let anybody = Actor::default();
    let keyed = PurchaseRequest { idempotency_key: Some("k".into()), ..orchard_request() };
    let elsewhere = PurchaseRequest { country: Some("CA".into()), ..keyed.clone() };
    let unreadable = PurchaseRequest { country: Some("QQQ".into()), ..keyed.clone() };
    let other = Actor { only_holder: Some("other".parse().unwrap()), ..Actor::default() };
    let fingerprint = "/policy/idempotency/fingerprint";
    let mut host = Host::orchard(BillingKind::Usage);
    decided(&mut host, ("p", &anybody, &keyed), "price not_applicable -");
    decided(&mut host, ("q", &anybody, &keyed), &format!("idempotency repeats {fingerprint}"));
    decided(&mut host, ("q", &anybody, &elsewhere), &format!("idempotency key_reused {fingerprint}"));
    decided(&mut host, ("q", &anybody, &unreadable), "idempotency key_reused /policy/idempotency");
    decided(&mut host, ("q", &other, &keyed), "actor actor_not_allowed -");
    decided(&mut host, ("q", &anybody, &orchard_request()), "velocity velocity_exceeded /policy/velocity/window_s");
    let meant = PurchaseRequest { confirm_additional: true, ..orchard_request() };
    decided(&mut host, ("p", &anybody, &meant), "idempotency repeats -");
    let another = PurchaseRequest { holder: Some("other".into()), ..meant };
    decided(&mut host, ("p", &anybody, &another), "price not_applicable -");

    let mut host = Host::orchard(BillingKind::Subscription);
    host.offers = Offers::default();
    decided(&mut host, ("p", &anybody, &keyed), "stock search /policy/payment/2/method");
    host.offers = orchard_offers();
    decided(&mut host, ("p", &anybody, &keyed), "price not_applicable -");
    let paid = PurchaseRequest { confirm_additional: true, ..keyed };
    host.now = NOW.plus_millis(86_400_000);
    let command = MakePurchase { id: "q".parse().unwrap(), actor: anybody.clone(), request: paid };
    let replaced = explain_decision(&host.shop, &host.account, &host.offers, &command, host.now);
    assert_eq!(replaced.rules[1].field.as_ref().unwrap().pointer, fingerprint);
    let replaces = Evidence::Replaces(gates::idempotency::Replaces { purchase: "p".parse().unwrap(), by_key: true });
    assert_eq!(replaced.rules[1].verdict, Verdict::Passed { evidence: replaces });

    let mut host = Host::bazaar("500.00 INR");
    decided(&mut host, ("p", &anybody, &bazaar_request()), "price not_applicable -");
    decided(&mut host, ("q", &anybody, &bazaar_request()), "idempotency joins -");
    host.offers = Offers::default();
    let unseen = PurchaseRequest { number: Some("+919876543219".into()), ..bazaar_request() };
    decided(&mut host, ("q", &anybody, &unseen), "country search -");
}
