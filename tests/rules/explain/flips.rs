//! The field that decided is the one to change: with another value there the gate answers otherwise.

use ringup_core::shop::BillingKind;
use ringup_core::{
    CustomerTerms, ExplainedRule, Gate, KycStatus, Move, MoveKind, NumberType, Offers, PriceSeen, PurchaseRequest,
    Role, Standing,
};
use serde_json::{Map, Value, json};

use super::super::kit::{
    BAZAAR, Host, NOW, ORCHARD, bazaar_customer, bazaar_offers, bazaar_request, money, orchard_customer,
    orchard_request, standing,
};
use super::{is_set, shop};
use crate::api::{explain, quote};
use crate::examples::{self, Example};

/// What a row asks: a shop with changes, and a customer and request with others.
struct Asked {
    gate: Gate,
    shop: Value,
    standing: Standing,
    request: PurchaseRequest,
    offers: Offers,
}

/// A customer of the orchard whom nothing stands in the way of.
fn of_orchard(gate: Gate) -> Asked {
    let (standing, request) = (standing(orchard_customer(), &[]), orchard_request());
    Asked { gate, shop: orchard(), standing, request, offers: Offers::default() }
}

fn orchard() -> Value {
    serde_json::from_str(ORCHARD).unwrap()
}

/// The same of the bazaar.
fn of_bazaar(gate: Gate) -> Asked {
    let (standing, request) = (standing(bazaar_customer(), &["500.00 INR"]), bazaar_request());
    Asked { gate, shop: serde_json::from_str(BAZAAR).unwrap(), standing, request, offers: bazaar_offers() }
}

/// The example that a gate's own file gives.
fn of_example(example: Example) -> [Gate; 2] {
    let Example { gate, shop, standing, request, field, value } = example;
    let refused = shop.pointer(&field).cloned().unwrap();
    let ask =
        |shop| Asked { gate, shop, standing: standing.clone(), request: request.clone(), offers: Offers::default() };
    let opened = with(shop.clone(), &field, value.clone());
    [ask(shop).opens(&field, value), ask(opened).closes(&field, refused)]
}

impl Asked {
    fn with(mut self, pointer: &str, value: Value) -> Self {
        self.shop = with(self.shop, pointer, value);
        self
    }

    fn but(mut self, change: impl FnOnce(&mut Standing, &mut PurchaseRequest)) -> Self {
        change(&mut self.standing, &mut self.request);
        self
    }

    fn ask(&self, data: &Value) -> ExplainedRule {
        let explanation = explain(&shop(data), &self.standing, &self.offers, &self.request, NOW);
        explanation.rules.into_iter().find(|rule| rule.gate == self.gate).unwrap()
    }

    /// The gate is blocked by this field, and lets the purchase through with another value there.
    #[track_caller]
    fn opens(self, field: &str, value: Value) -> Gate {
        self.flips(field, ("blocked", value, "passed"))
    }

    /// The gate passes by this field, and is blocked with another value there.
    #[track_caller]
    fn closes(self, field: &str, value: Value) -> Gate {
        self.flips(field, ("passed", value, "blocked"))
    }

    #[track_caller]
    fn flips(self, field: &str, (before, value, after): (&str, Value, &str)) -> Gate {
        let rule = self.ask(&self.shop);
        let named = rule.field.clone().unwrap_or_else(|| panic!("no field decided: {rule:?}"));
        assert_eq!((status(&rule).as_str(), named.pointer.as_str()), (before, field), "{rule:?}");
        assert_eq!(named.is_set, is_set(&self.shop, field), "{rule:?}");
        let rule = self.ask(&with(self.shop.clone(), field, value));
        assert_eq!(status(&rule), after, "{rule:?}");
        self.gate
    }

    /// No field decided.
    #[track_caller]
    fn is_nobodys(&self, before: &str) {
        let rule = self.ask(&self.shop);
        assert_eq!((status(&rule).as_str(), &rule.field), (before, &None), "{rule:?}");
    }
}

fn status(rule: &ExplainedRule) -> String {
    serde_json::to_value(rule).unwrap()["status"].as_str().unwrap().into()
}

/// The data with another value at a place, which need not be there yet.
fn with(mut data: Value, pointer: &str, value: Value) -> Value {
    let mut place = &mut data;
    for step in pointer.split('/').skip(1) {
        if place.is_null() && step == "-" {
            *place = json!([]);
        }
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

fn amount(minor_units: i64) -> Value {
    json!({ "minor_units": minor_units, "currency": "USD" })
}

fn spend(minor_units: i64, period: &str) -> Value {
    json!({ "amount": amount(minor_units), "period": period })
}

fn claimed(days_ago: i64, cents: i64) -> Move {
    let spent = ringup_core::Money::new(cents, "USD".parse().unwrap()).unwrap();
    Move { at: NOW.plus_millis(-days_ago * 86_400_000), kind: MoveKind::Claim, spent: Some(spent) }
}

/// The first entry of Orchard's rate card with a change.
fn entry(pointer: &str, value: Value) -> Value {
    with(orchard()["rate_card"]["rates"][0].clone(), pointer, value)
}

#[test]
fn every_gate_has_a_field_that_opens_and_one_that_closes_it() {
    let rows = [keys(), requests(), plans(), numbers(), money_and_days(), goods(), customers(), payments(), prices()];
    let mut gates: Vec<Gate> = rows.concat();
    gates.extend(examples::all().into_iter().flat_map(of_example));
    gates.sort();
    gates.dedup();
    // No policy sells a number twice to one account.
    let has_field = |gate: &Gate| *gate != Gate::AlreadyHeld;
    assert_eq!(gates, Gate::ALL.into_iter().filter(has_field).collect::<Vec<_>>(), "a gate without a row here");
}

fn keys() -> Vec<Gate> {
    use Gate::{Idempotency, KeyForm};
    let key = |text: &str| {
        let text = text.to_owned();
        move |_: &mut Standing, request: &mut PurchaseRequest| request.idempotency_key = Some(text)
    };
    let rules = json!({ "length_max": 10, "fingerprint": ["holder"] });
    of_orchard(KeyForm).is_nobodys("passed");
    of_orchard(Idempotency).is_nobodys("passed");
    vec![
        of_orchard(KeyForm).but(key(&"k".repeat(11))).opens("/policy/idempotency/length_max", json!(11)),
        of_orchard(KeyForm).but(key("kk")).closes("/policy/idempotency/length_max", json!(1)),
        of_orchard(KeyForm).but(key("")).opens("/policy/idempotency", Value::Null),
        of_orchard(KeyForm).but(key("k\u{7}")).opens("/policy/idempotency", Value::Null),
        of_bazaar(KeyForm).but(key(&"k".repeat(11))).closes("/policy/idempotency", rules.clone()),
        of_orchard(Idempotency).but(key("k")).flips("/policy/idempotency", ("waiting", Value::Null, "passed")),
        of_bazaar(Idempotency).but(key("k")).flips("/policy/idempotency", ("passed", rules, "waiting")),
    ]
}

/// The fields that the key's first request and its repeat must have in common, on an account.
#[test]
fn the_fingerprint_decides_whether_a_key_is_repeated_or_reused() {
    let ends = |fingerprint: Value| {
        let data = with(orchard(), "/policy/idempotency/fingerprint", fingerprint);
        let mut host = Host { shop: shop(&data), ..Host::orchard(BillingKind::Usage) };
        let first = PurchaseRequest { idempotency_key: Some("k".into()), ..orchard_request() };
        host.buy("p", &first).unwrap();
        super::last_rule(&host, &PurchaseRequest { country: Some("CA".into()), ..first })
    };
    let field = "/policy/idempotency/fingerprint";
    assert_eq!(ends(json!(["holder", "selector"])), format!("idempotency key_reused {field}"));
    assert_eq!(ends(json!(["holder"])), format!("idempotency repeats {field}"));
}

fn requests() -> Vec<Gate> {
    use Gate::{Actor, Request, Selector};
    let nobody = |_: &mut Standing, request: &mut PurchaseRequest| request.holder = None;
    let unread = |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some("U".into());
    let viewer = |standing: &mut Standing, _: &mut PurchaseRequest| standing.actor.role = Role::Viewer;
    let stranger = |_: &mut Standing, request: &mut PurchaseRequest| request.holder = Some("stranger".into());
    let number = |_: &mut Standing, request: &mut PurchaseRequest| request.number = Some("+14155552671".into());
    let (required, buyers) = ("/policy/holder_required", "/policy/buyers");
    of_orchard(Request).is_nobodys("passed");
    of_orchard(Request).but(unread).is_nobodys("blocked");
    of_orchard(Actor).but(stranger).is_nobodys("blocked");
    vec![
        of_orchard(Request).but(nobody).opens("/policy/holder_required", json!(false)),
        of_bazaar(Request).with(required, json!(false)).but(nobody).closes(required, json!(true)),
        of_orchard(Actor).with(buyers, json!(["owner"])).but(viewer).opens(buyers, json!(["viewer"])),
        of_orchard(Actor).with(buyers, json!(["owner"])).closes(buyers, json!(["admin"])),
        of_orchard(Actor).but(viewer).closes("/policy/buyers", json!(["owner"])),
        of_orchard(Selector).but(number).opens("/policy/selectors", json!(["exact"])),
        of_orchard(Selector).closes("/policy/selectors", json!(["exact"])),
    ]
}

fn plans() -> Vec<Gate> {
    use Gate::PaidPlan;
    let on = |plan: &str| {
        let plan = plan.parse().ok();
        move |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.plan = plan
    };
    let anyone = ("/policy/paid_plan_required", json!(false));
    vec![
        of_orchard(PaidPlan).but(on("free")).opens("/plans/0/monthly_fee", amount(1)),
        of_orchard(PaidPlan)
            .with("/policy/plan_limits", json!(false))
            .but(on("nameless"))
            .opens(anyone.0, anyone.1.clone()),
        of_orchard(PaidPlan)
            .with(anyone.0, anyone.1.clone())
            .but(on("nameless"))
            .opens("/policy/plan_limits", json!(false)),
        of_orchard(PaidPlan).closes("/plans/1/monthly_fee", amount(0)),
        of_orchard(PaidPlan).with(anyone.0, anyone.1).but(on("free")).closes(anyone.0, json!(true)),
    ]
}

/// Limits of numbers: the policy's, the plan's, and the lower of both.
fn numbers() -> Vec<Gate> {
    use Gate::{CountryLimit, HolderLimit, NumberLimit, TypeLimit};
    let full = |standing: &mut Standing, request: &mut PurchaseRequest| {
        request.number_type = Some("local".into());
        standing.held.total = 3;
        standing.held.by_country.insert("US".parse().unwrap(), 3);
        standing.held.by_type.insert(NumberType::Local, 3);
        standing.held.by_holder.insert("home".parse().unwrap(), 3);
    };
    let uncounted = |standing: &mut Standing, _: &mut PurchaseRequest| {
        standing.uncounted_holders.push("home".parse().unwrap());
    };
    let planless = |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.plan = None;
    let nobody = |_: &mut Standing, request: &mut PurchaseRequest| request.holder = None;
    for gate in [NumberLimit, CountryLimit, TypeLimit] {
        of_orchard(gate).but(full).but(uncounted).is_nobodys("passed");
    }
    // The system picks the type: it may be any of those that are limited.
    let of_any_type = |standing: &mut Standing, request: &mut PurchaseRequest| {
        full(standing, request);
        request.number_type = None;
    };
    of_orchard(TypeLimit).but(of_any_type).closes("/policy/limits/by_type", json!({ "toll_free": 9, "local": 3 }));
    let one = "/policy/limits/by_type/local";
    of_orchard(TypeLimit).with(one, json!(3)).but(of_any_type).opens(one, json!(4));
    of_orchard(HolderLimit).but(nobody).is_nobodys("passed");
    let (own, of_plan) = ("/policy/limits/numbers", "/plans/1/number_limit");
    let mut gates = vec![
        of_orchard(NumberLimit).but(full).opens(of_plan, json!(4)),
        of_orchard(NumberLimit).closes(of_plan, json!(0)),
        of_orchard(NumberLimit).with(own, json!(4)).but(full).opens(of_plan, json!(4)),
        of_orchard(NumberLimit).with(own, json!(2)).but(full).with(of_plan, json!(4)).opens(own, json!(4)),
        of_orchard(NumberLimit).with(own, json!(2)).closes(own, json!(0)),
        of_bazaar(NumberLimit).closes(own, json!(0)),
        of_orchard(NumberLimit).but(planless).flips("/policy/plan_limits", ("waiting", json!(false), "passed")),
    ];
    let lists = [
        (CountryLimit, "each_country"),
        (CountryLimit, "by_country/US"),
        (TypeLimit, "by_type/local"),
        (HolderLimit, "each_holder"),
    ];
    for (gate, name) in lists {
        let (own, of_plan) = (&format!("/policy/limits/{name}"), &format!("/plans/1/limits/{name}"));
        gates.extend([
            of_orchard(gate).with(own, json!(3)).but(full).opens(own, json!(4)),
            of_orchard(gate).with(of_plan, json!(3)).but(full).opens(of_plan, json!(4)),
            of_orchard(gate).with(own, json!(4)).with(of_plan, json!(3)).but(full).opens(of_plan, json!(4)),
            of_orchard(gate).with(own, json!(3)).with(of_plan, json!(4)).but(full).opens(own, json!(4)),
            of_orchard(gate).with(own, json!(4)).but(full).closes(own, json!(3)),
            of_orchard(gate).with(of_plan, json!(4)).but(full).closes(of_plan, json!(3)),
        ]);
    }
    // A limit for all countries is not asked where the country has its own.
    let (each, us) = ("/policy/limits/each_country", "/policy/limits/by_country/US");
    gates.insert(7, of_orchard(CountryLimit).with(each, json!(9)).with(us, json!(3)).but(full).opens(us, json!(4)));
    gates.insert(7, of_orchard(CountryLimit).but(full).closes(each, json!(3)));
    gates.push(of_orchard(HolderLimit).but(full).closes("/policy/limits/each_holder", json!(3)));
    of_orchard(TypeLimit).but(full).closes("/policy/limits/by_type", json!({ "local": 3 }));
    // Of two equal limits the policy's is named.
    of_orchard(NumberLimit).with(own, json!(4)).with(of_plan, json!(4)).but(full).closes(own, json!(3));
    // Nobody knows the country of a number that nobody has looked for.
    let unseen = |_: &mut Standing, request: &mut PurchaseRequest| request.number = Some("+919876543219".into());
    let of_unseen = of_bazaar(CountryLimit).but(unseen);
    of_unseen.with(us, json!(1)).flips("/policy/limits/by_country", ("waiting", json!({}), "passed"));
    of_bazaar(CountryLimit).but(unseen).flips(each, ("passed", json!(1), "waiting"));
    gates
}

fn money_and_days() -> Vec<Gate> {
    use Gate::{DailyLimit, SpendLimit};
    // 3 USD yesterday and 3 today, and 2 are due.
    let spent =
        |standing: &mut Standing, _: &mut PurchaseRequest| standing.recent = vec![claimed(1, 300), claimed(0, 300)];
    let (own, of_plan) = ("/policy/limits/spend", "/plans/1/limits/spend");
    let amount_of = |place: &str| format!("{place}/0/amount");
    let (day, of_plans_day) = ("/policy/limits/purchases_a_day", "/plans/1/limits/purchases_a_day");
    let spend_on =
        |place: &str, cents, period| of_orchard(SpendLimit).with(place, json!([spend(cents, period)])).but(spent);
    vec![
        spend_on(own, 499, "day").opens(&amount_of(own), amount(500)),
        spend_on(own, 799, "month").opens(&amount_of(own), amount(800)),
        spend_on(own, 500, "day").closes(&amount_of(own), amount(499)),
        spend_on(of_plan, 499, "day").opens(&amount_of(of_plan), amount(500)),
        spend_on(of_plan, 500, "day").closes(&amount_of(of_plan), amount(499)),
        spend_on(own, 500, "day").with(of_plan, json!([spend(799, "month")])).opens(&amount_of(of_plan), amount(800)),
        spend_on(own, 799, "day").with(of_plan, json!([spend(799, "month")])).opens(&amount_of(of_plan), amount(800)),
        spend_on(own, 799, "month").with(of_plan, json!([spend(799, "day")])).opens(&amount_of(own), amount(800)),
        of_orchard(SpendLimit).closes("/policy/limits/spend/-", spend(199, "day")),
        of_orchard(DailyLimit).with(day, json!(1)).but(spent).opens(day, json!(2)),
        of_orchard(DailyLimit).with(day, json!(2)).but(spent).closes(day, json!(1)),
        of_orchard(DailyLimit).with(of_plans_day, json!(1)).but(spent).opens(of_plans_day, json!(2)),
        of_orchard(DailyLimit)
            .with(day, json!(2))
            .with(of_plans_day, json!(1))
            .but(spent)
            .opens(of_plans_day, json!(2)),
        of_orchard(DailyLimit).with(of_plans_day, json!(2)).but(spent).closes(of_plans_day, json!(1)),
        of_orchard(DailyLimit).closes(day, json!(0)),
    ]
}

fn goods() -> Vec<Gate> {
    use Gate::{Country, Stock};
    let japan = |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some("JP".into());
    let number = |_: &mut Standing, request: &mut PurchaseRequest| request.number = Some("+14155552671".into());
    let required = "/policy/search_required";
    let euros = |_: &mut Standing, request: &mut PurchaseRequest| request.currency = Some("EUR".into());
    let fee = json!({ "minor_units": 0, "currency": "EUR" });
    let in_euros = with(entry("/monthly_fee", fee.clone()), "/setup_fee", fee);
    let first = "/rate_card/rates/0";
    of_bazaar(Country).is_nobodys("passed");
    of_bazaar(Stock).is_nobodys("passed");
    of_bazaar(Stock).but(euros).is_nobodys("blocked");
    // A price of the number's own is nobody's to set here, whatever the card has for its country.
    of_bazaar(Country).with("/rate_card/rates/-", entry("/country", json!("IN"))).is_nobodys("passed");
    vec![
        of_orchard(Country).but(japan).opens("/rate_card/rates/-", entry("/country", json!("JP"))),
        of_orchard(Country).closes(first, entry("/country", json!("JP"))),
        of_bazaar(Stock).with(required, json!(true)).but(number).flips(required, ("blocked", json!(false), "waiting")),
        of_orchard(Stock).but(euros).opens(first, in_euros),
    ]
}

fn customers() -> Vec<Gate> {
    use Gate::{Billing, Churn, Kyc, Velocity};
    let legacy = |country: &'static str| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.terms.billing = BillingKind::Subscription;
            request.country = Some(country.into());
        }
    };
    let to = |country: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some(country.into())
    };
    let approved = |standing: &mut Standing, _: &mut PurchaseRequest| {
        standing.terms.kyc.countries.insert("DE".parse().unwrap(), KycStatus::Approved);
    };
    let member = |standing: &mut Standing, _: &mut PurchaseRequest| standing.actor.role = Role::Member;
    let bought = |seconds_ago: i64| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.last_accepted_at = Some(NOW.plus_millis(-1000 * seconds_ago));
            standing.recent = vec![Move { at: NOW.plus_millis(-1000 * seconds_ago), ..claimed(0, 0) }];
        }
    };
    let (international, tier, window) =
        ("/policy/billing/international", "/policy/kyc/tier_min", "/policy/velocity/window_s");
    let churn = |moves_max: u32| json!({ "moves_max": moves_max, "window_s": 60 });
    vec![
        of_orchard(Billing).but(legacy("CA")).opens(international, json!("subscription")),
        of_orchard(Billing).but(to("CA")).closes(international, json!("subscription")),
        of_orchard(Billing).but(legacy("US")).closes("/policy/billing/domestic/0", json!("CA")),
        of_bazaar(Billing).closes("/policy/billing", json!({ "domestic": [], "international": "usage" })),
        of_orchard(Kyc).but(to("DE")).opens(tier, json!(4)),
        of_orchard(Kyc).closes(tier, json!(1)),
        of_orchard(Kyc).but(to("DE")).but(approved).closes("/policy/kyc/subject", json!("account")),
        of_bazaar(Kyc).closes("/policy/kyc", json!({ "tier_min": 0 })),
        // Who may submit decides what to do about it, not whether it is needed.
        of_orchard(Kyc)
            .with("/policy/kyc/submitters", json!(["owner"]))
            .but(to("DE"))
            .but(member)
            .opens(tier, json!(4)),
        of_orchard(Velocity).but(bought(10)).opens(window, json!(10)),
        of_orchard(Velocity).but(bought(60)).closes(window, json!(61)),
        of_bazaar(Velocity).but(bought(10)).closes("/policy/velocity", json!({ "window_s": 11 })),
        of_orchard(Churn).with("/policy/churn", churn(1)).but(bought(59)).opens("/policy/churn/moves_max", json!(2)),
        of_orchard(Churn).with("/policy/churn", churn(2)).but(bought(59)).closes("/policy/churn/moves_max", json!(1)),
        of_orchard(Churn).but(bought(59)).closes("/policy/churn", churn(1)),
    ]
}

fn payments() -> Vec<Gate> {
    use Gate::{Balance, PaymentMethod};
    let no_card = |standing: &mut Standing, _: &mut PurchaseRequest| standing.terms.payment_method_on_file = false;
    let billed = |billing: BillingKind| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            let payment_method_on_file = billing == BillingKind::Usage;
            standing.terms = CustomerTerms { billing, payment_method_on_file, ..orchard_customer() };
            request.country = Some("US".into());
        }
    };
    let wallet = json!({ "billing": "prepaid", "method": "wallet" });
    vec![
        of_orchard(PaymentMethod).but(no_card).opens("/policy/payment/1/on_file_required", json!(false)),
        of_orchard(PaymentMethod)
            .but(billed(BillingKind::Subscription))
            .closes("/policy/payment/2/on_file_required", json!(true)),
        of_orchard(PaymentMethod).but(billed(BillingKind::Prepaid)).opens("/policy/payment/-", wallet.clone()),
        of_orchard(Balance)
            .with("/policy/payment/0", wallet)
            .but(billed(BillingKind::Prepaid))
            .opens("/policy/payment/0/method", json!("checkout")),
        of_orchard(Balance).but(billed(BillingKind::Usage)).closes("/policy/payment/1/method", json!("wallet")),
    ]
}

fn prices() -> Vec<Gate> {
    use Gate::Price;
    let seen = |fee: &str| {
        let price = PriceSeen { monthly_fee: Some(money(fee)), ..PriceSeen::default() };
        move |_: &mut Standing, request: &mut PurchaseRequest| request.price_seen = Some(price)
    };
    // A quote that was made under other rules, and is followed now.
    let quoted = |pointer: &str, value: Value| {
        let mut asked = of_orchard(Price);
        let then = shop(&with(asked.shop.clone(), pointer, value));
        let quote = quote(&then, &asked.standing, &asked.offers, &asked.request, NOW);
        asked.request.quote_seen = Some(Box::new(quote.seen()));
        asked
    };
    let (first, dearer) = ("/rate_card/rates/0", entry("/monthly_fee", amount(201)));
    of_orchard(Price).is_nobodys("passed");
    quoted("/policy/title", json!("the same"))
        .but(|_, request| request.quote_seen.as_mut().unwrap().terms.as_mut().unwrap().expires_at = NOW)
        .is_nobodys("blocked");
    quoted("/policy/title", json!("the same"))
        .but(|_, request| request.quote_seen.as_mut().unwrap().terms = None)
        .is_nobodys("blocked");
    quoted("/policy/title", json!("the same"))
        .but(|_, request| request.country = Some("CA".into()))
        .is_nobodys("blocked");
    vec![
        of_orchard(Price).but(seen("2.01 USD")).opens(first, dearer.clone()),
        of_orchard(Price).but(seen("2.00 USD")).closes(first, dearer.clone()),
        quoted("/policy/title", json!("the same")).closes(first, dearer.clone()),
        quoted(first, dearer.clone()).opens(first, dearer),
        quoted("/policy/id", json!("before")).opens("/policy/id", json!("before")),
        quoted("/policy/version", json!("before")).opens("/policy/version", json!("before")),
        quoted("/rate_card/version", json!("before")).opens("/rate_card/version", json!("before")),
    ]
}
