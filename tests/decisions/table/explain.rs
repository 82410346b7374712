//! Explain: every gate names the field that decided, and that field is the one to change.

use ringup_core::shop::BillingKind;
use ringup_core::{
    Actor, Command, CustomerTerms, Evidence, ExplainedRule, Gate, Offers, PriceSeen, PurchaseRequest, Role, Shop,
    Standing, Verdict, explain, explain_decision, policies,
};
use serde_json::{Map, Value, json};

use super::kit::{
    Host, NOW, money, standing, vobiz_customer, vobiz_offers, vobiz_request, zernio_customer, zernio_offers,
    zernio_request,
};

fn shop(data: &Value) -> Shop {
    Shop::new(serde_json::from_value(data.clone()).unwrap()).unwrap()
}

fn builtin(id: &str) -> Value {
    let (_, json) = policies::ALL.into_iter().find(|(name, _)| *name == id).unwrap();
    serde_json::from_str(json).unwrap()
}

/// The data with another value at a place, which need not be there yet.
fn with(mut data: Value, pointer: &str, value: Value) -> Value {
    let mut place = &mut data;
    for step in pointer.split('/').skip(1) {
        if let Value::Array(items) = place {
            let index = step.parse().unwrap_or(items.len());
            items.resize(items.len().max(index + 1), Value::Null);
            place = &mut items[index];
            continue;
        }
        if place.is_null() {
            *place = Value::Object(Map::new());
        }
        place = place.as_object_mut().unwrap().entry(step).or_insert(Value::Null);
    }
    *place = value;
    data
}

/// Explains a request to the policy, and again with another value in the field that decided.
#[track_caller]
fn check(
    id: &str,
    change: impl FnOnce(&mut Standing, &mut PurchaseRequest),
    gate: Gate,
    field: &str,
    (before, value, after): (&str, Value, &str),
) {
    let (mut standing, mut request, offers) = match id {
        "vobiz" => (standing(vobiz_customer(), &["500.00 INR"]), vobiz_request(), vobiz_offers()),
        _ => (standing(zernio_customer(), &[]), zernio_request(), Offers::default()),
    };
    change(&mut standing, &mut request);
    let ask = |data: &Value| -> ExplainedRule {
        let explanation = explain(&shop(data), &standing, &offers, &request, NOW);
        explanation.rules.into_iter().find(|rule| rule.gate == gate).unwrap()
    };
    let (data, rule) = (builtin(id), ask(&builtin(id)));
    let named = rule.field.clone().unwrap();
    assert_eq!((status(&rule).as_str(), named.pointer.as_str()), (before, field), "{rule:?}");
    assert_eq!(named.is_set, is_set(&data, field), "{rule:?}");
    let rule = ask(&with(data, field, value));
    assert_eq!(status(&rule), after, "{rule:?}");
}

fn status(rule: &ExplainedRule) -> String {
    serde_json::to_value(rule).unwrap()["status"].as_str().unwrap().into()
}

/// Whether the data says something there, other than that the rule is off.
fn is_set(data: &Value, pointer: &str) -> bool {
    data.pointer(pointer).is_some_and(|value| *value != json!([]))
}

#[test]
fn changing_the_field_that_decided_changes_the_answer() {
    let (opens, closes) = (|value| ("blocked", value, "passed"), |value| ("passed", value, "blocked"));
    let nothing = |_: &mut Standing, _: &mut PurchaseRequest| {};
    let key = |_: &mut Standing, request: &mut PurchaseRequest| request.idempotency_key = Some("k".repeat(101));
    check("zernio", key, Gate::KeyForm, "/policy/idempotency/length_max", opens(json!(101)));
    let keys = json!({ "length_max": 100, "fingerprint": [] });
    check("vobiz", key, Gate::KeyForm, "/policy/idempotency", closes(keys));
    let nobody = |_: &mut Standing, request: &mut PurchaseRequest| request.holder = None;
    check("zernio", nobody, Gate::Request, "/policy/holder_required", opens(json!(false)));
    let viewer = |standing: &mut Standing, _: &mut PurchaseRequest| standing.actor.role = Role::Viewer;
    check("ringup", viewer, Gate::Actor, "/policy/buyers", opens(json!(["viewer"])));
    check("zernio", viewer, Gate::Actor, "/policy/buyers", closes(json!(["owner"])));
    let number = |_: &mut Standing, request: &mut PurchaseRequest| request.number = Some("+14155552671".into());
    check("zernio", number, Gate::Selector, "/policy/selectors", opens(json!(["exact"])));
    let free = |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.plan = "free".parse().ok();
    let paid = json!({ "minor_units": 1, "currency": "USD" });
    check("zernio", free, Gate::PaidPlan, "/plans/0/monthly_fee", opens(paid));
    let full = |standing: &mut Standing, _: &mut PurchaseRequest| standing.held.total = 3;
    check("zernio", full, Gate::NumberLimit, "/plans/1/number_limit", opens(json!(4)));
    check("vobiz", nothing, Gate::NumberLimit, "/policy/limits/numbers", closes(json!(0)));
    check("zernio", nothing, Gate::CountryLimit, "/policy/limits/each_country", closes(json!(0)));
    check("vobiz", nothing, Gate::TypeLimit, "/policy/limits/by_type", closes(json!({ "mobile": 0 })));
    check("zernio", nothing, Gate::HolderLimit, "/policy/limits/each_holder", closes(json!(0)));
    let spend = json!({ "amount": { "minor_units": 199, "currency": "USD" }, "period": "day" });
    check("zernio", nothing, Gate::SpendLimit, "/policy/limits/spend", closes(spend));
    check("zernio", nothing, Gate::DailyLimit, "/policy/limits/purchases_a_day", closes(json!(0)));
    let japan = |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some("JP".into());
    let entry = with(builtin("zernio")["rate_card"]["rates"][0].clone(), "/country", json!("JP"));
    check("zernio", japan, Gate::Country, "/rate_card/rates/-", opens(entry));
    let legacy = |standing: &mut Standing, request: &mut PurchaseRequest| {
        standing.terms.billing = BillingKind::Subscription;
        request.country = Some("CA".into());
    };
    check("zernio", legacy, Gate::Billing, "/policy/billing/international", opens(json!("subscription")));
    let domestic =
        |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.billing = BillingKind::Subscription;
    check("zernio", domestic, Gate::Billing, "/policy/billing/domestic/0", closes(json!("CA")));
    let rules = json!({ "domestic": [], "international": "usage" });
    check("vobiz", nothing, Gate::Billing, "/policy/billing", closes(rules));
    let germany = |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some("DE".into());
    check("zernio", germany, Gate::Kyc, "/policy/kyc/tier_min", opens(json!(4)));
    check("vobiz", nothing, Gate::Kyc, "/policy/kyc", closes(json!({ "tier_min": 0 })));
    let hurry = |standing: &mut Standing, _: &mut PurchaseRequest| {
        standing.last_accepted_at = Some(NOW.plus_millis(-10_000));
    };
    check("zernio", hurry, Gate::Velocity, "/policy/velocity/window_s", opens(json!(10)));
    check("vobiz", hurry, Gate::Velocity, "/policy/velocity", closes(json!({ "window_s": 11 })));
    check("zernio", nothing, Gate::Churn, "/policy/churn", closes(json!({ "moves_max": 0, "window_s": 60 })));
    let no_card = |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.payment_method_on_file = false;
    check("zernio", no_card, Gate::PaymentMethod, "/policy/payment/1/on_file_required", opens(json!(false)));
    let prepaid = |standing: &mut Standing, request: &mut PurchaseRequest| {
        standing.terms = CustomerTerms { billing: BillingKind::Prepaid, ..zernio_customer() };
        request.country = Some("US".into());
    };
    check("ringup", prepaid, Gate::Balance, "/policy/payment/0/method", opens(json!("checkout")));
    let seen = |_: &mut Standing, request: &mut PurchaseRequest| {
        request.price_seen = Some(PriceSeen { monthly_fee: Some(money("2.01 USD")), ..PriceSeen::default() });
    };
    let fee = json!({ "minor_units": 201, "currency": "USD" });
    let dearer = with(builtin("zernio")["rate_card"]["rates"][0].clone(), "/monthly_fee", fee);
    check("zernio", seen, Gate::Price, "/rate_card/rates/0", opens(dearer));
    let unsearched = |_: &mut Standing, request: &mut PurchaseRequest| {
        request.number = Some("+14155552671".into());
    };
    check("sondos", unsearched, Gate::Stock, "/policy/search_required", ("blocked", json!(false), "waiting"));
}

#[test]
fn every_field_that_decides_is_in_the_policy_or_known_to_be_absent() {
    let requests = [
        json!({ "holder": "profile_abc123" }),
        json!({ "holder": "profile_abc123", "country": "DE" }),
        json!({ "holder": "profile_abc123", "country": "JP", "idempotency_key": "k" }),
        json!({ "holder": "MA_1", "number": "+919876543210" }),
        json!({ "inventory_id": "inv-1" }),
        json!({ "holder": "profile_abc123", "country": "NL", "number_type": "local" }),
        json!({}),
    ];
    let example = ("harbour", include_str!("../../../docs/policies/harbour.json"));
    for (id, json) in policies::ALL.into_iter().chain([example]) {
        let (data, mut customer): (Value, _) = (serde_json::from_str(json).unwrap(), zernio_customer());
        customer.holders.push("MA_1".parse().unwrap());
        for plan in [None, Some("build"), Some("free"), Some("team"), Some("fleet")] {
            customer.plan = plan.and_then(|plan| plan.parse().ok());
            for request in &requests {
                let request = serde_json::from_value(request.clone()).unwrap();
                let shop = Shop::new(serde_json::from_str(json).unwrap()).unwrap();
                let explanation = explain(&shop, &standing(customer.clone(), &[]), &vobiz_offers(), &request, NOW);
                assert!(explanation.rules.iter().map(|rule| rule.gate).eq(Gate::ALL));
                for rule in explanation.rules {
                    let Some(field) = &rule.field else { continue };
                    assert_eq!(field.is_set, is_set(&data, &field.pointer), "{id}: {rule:?}");
                }
            }
        }
    }
}

/// The rule that decided a purchase: its gate, what it says, and the field.
#[track_caller]
fn decided(host: &mut Host, (id, actor, request): (&str, &Actor, &PurchaseRequest), expected: &str) {
    let command = Command::Purchase { id: id.parse().unwrap(), actor: actor.clone(), request: request.clone() };
    let explanation = explain_decision(&host.shop, &host.account, &host.offers, &command, host.now).unwrap();
    let refused = host.tell(&command).err();
    assert_eq!(explanation.refused_by, refused.and_then(|rejection| rejection.gate()), "{explanation:?}");
    let rule = serde_json::to_value(explanation.rules.last().unwrap()).unwrap();
    let says = [&rule["evidence"]["compared"], &rule["rejection"]["code"], &rule["fact"]["fact"]];
    let says = says.into_iter().find_map(Value::as_str).unwrap();
    let pointer = rule["field"]["pointer"].as_str().unwrap_or("-");
    assert_eq!(format!("{} {says} {pointer}", rule["gate"].as_str().unwrap()), expected);
}

#[test]
fn a_purchase_is_explained_up_to_the_rule_that_decided() {
    let anybody = Actor::default();
    let keyed = PurchaseRequest { idempotency_key: Some("k".into()), ..zernio_request() };
    let elsewhere = PurchaseRequest { country: Some("CA".into()), ..keyed.clone() };
    let unreadable = PurchaseRequest { country: Some("QQQ".into()), ..keyed.clone() };
    let other = Actor { only_holder: Some("profile_other".parse().unwrap()), ..Actor::default() };
    let fingerprint = "/policy/idempotency/fingerprint";
    let mut host = Host::zernio(BillingKind::Usage);
    decided(&mut host, ("p", &anybody, &keyed), "price not_applicable -");
    decided(&mut host, ("q", &anybody, &keyed), &format!("idempotency repeats {fingerprint}"));
    decided(&mut host, ("q", &anybody, &elsewhere), &format!("idempotency key_reused {fingerprint}"));
    decided(&mut host, ("q", &anybody, &unreadable), "idempotency key_reused /policy/idempotency");
    decided(&mut host, ("q", &other, &keyed), "actor actor_not_allowed -");
    decided(&mut host, ("q", &anybody, &zernio_request()), "velocity velocity_exceeded /policy/velocity/window_s");
    let meant = PurchaseRequest { confirm_additional: true, ..zernio_request() };
    decided(&mut host, ("p", &anybody, &meant), "request request_malformed -");

    let mut host = Host::zernio(BillingKind::Subscription);
    host.offers = Offers::default();
    decided(&mut host, ("p", &anybody, &keyed), "stock search /policy/payment/2/method");
    host.offers = zernio_offers();
    decided(&mut host, ("p", &anybody, &keyed), "price not_applicable -");
    let paid = PurchaseRequest { confirm_additional: true, ..keyed };
    host.now = NOW.plus_millis(86_400_000);
    let command = Command::Purchase { id: "q".parse().unwrap(), actor: anybody.clone(), request: paid };
    let replaced = explain_decision(&host.shop, &host.account, &host.offers, &command, host.now).unwrap();
    assert_eq!(replaced.rules[1].field.as_ref().unwrap().pointer, fingerprint);
    let replaces = Evidence::Replaces { purchase: "p".parse().unwrap() };
    assert_eq!(replaced.rules[1].verdict, Verdict::Passed { evidence: replaces });

    let mut host = Host::vobiz("500.00 INR");
    decided(&mut host, ("p", &anybody, &vobiz_request()), "price not_applicable -");
    decided(&mut host, ("q", &anybody, &vobiz_request()), "idempotency joins -");
    host.offers = Offers::default();
    let unseen = PurchaseRequest { number: Some("+919876543219".into()), ..vobiz_request() };
    decided(&mut host, ("q", &anybody, &unseen), "country search -");

    assert_eq!(explain_decision(&host.shop, &host.account, &host.offers, &Command::WakeUp, NOW), None);
}
