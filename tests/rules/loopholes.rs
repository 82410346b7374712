//! Ways around a rule that somebody has found once, and advice that could not be followed: each closed, and kept closed.

use ringup_core::shop::{BillingKind, KycRules, KycSubject, Limits, PaymentMethod, PaymentRule, SelectorKind};
use ringup_core::{
    Action, Actor, Confirmation, Effect, Event, Evidence, GateStatus, InFlight, MakePurchase, NumberType, Offers,
    Outcome, PurchaseAnswer, PurchaseError, PurchaseEvent, PurchaseRequest, RecordOutcome, Rejection, Role, Search,
    Selector, Shop, ShopData, Standing, Verdict, gates,
};
use serde_json::json;

use super::gates::{check, show};
use super::kit::{
    Host, NOW, bazaar, bazaar_customer, bazaar_offers, bazaar_request, bazaar_with, orchard_customer, orchard_offers,
    orchard_request, orchard_with, standing,
};
use super::lifecycle::run;
use crate::api::{explain_decision, quote};

fn limits(limits: serde_json::Value) -> Limits {
    serde_json::from_value(limits).unwrap()
}

#[test]
fn where_plans_limit_whoever_has_none_gets_one_first() {
    let shop = orchard_with(|shop| shop.policy.paid_plan_required = false);
    let mut standing = standing(orchard_customer(), &[]);
    check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, "accepted");
    standing.terms.plan = None;
    let cheapest =
        &shop.plans().iter().filter(|plan| 0 < plan.number_limit).min_by_key(|plan| plan.monthly_fee).unwrap();
    let then = format!("plan_not_paid -> plan {} at {}", cheapest.id, cheapest.monthly_fee);
    check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, &then);
    standing.terms.plan = Some("unheard-of".parse().unwrap());
    check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, &then);
    // Where they neither limit nor must be paid, nobody needs one.
    let shop = orchard_with(|shop| (shop.policy.paid_plan_required, shop.policy.plan_limits) = (false, false));
    check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, "accepted");
}

#[test]
fn an_own_price_does_not_get_around_the_verification_of_its_country() {
    let entry = |number_type: &str, kyc_tier: u8| {
        let fee = json!({ "minor_units": 100, "currency": "INR" });
        json!({ "country": "IN", "number_type": number_type, "setup_fee": fee, "monthly_fee": fee, "kyc_tier": kyc_tier,
            "capabilities": {} })
    };
    let sold = |entries: serde_json::Value| {
        bazaar_with(|shop| {
            shop.policy.kyc =
                Some(KycRules { tier_min: 2, subject: KycSubject::Country, submitters: vec![], ..KycRules::default() });
            shop.rate_card.rates = serde_json::from_value(entries).unwrap();
        })
    };
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let check = |entries, then| check(&sold(entries), &standing, &bazaar_offers(), &bazaar_request(), NOW, then);
    check(json!([]), "accepted");
    check(json!([entry("mobile", 1), entry("local", 2)]), "accepted");
    check(json!([entry("mobile", 2), entry("local", 1)]), "kyc_required -> submit_kyc");
    // None of the entries is about a mobile number: it may need what any of them does.
    check(json!([entry("local", 2), entry("toll_free", 0)]), "kyc_required -> submit_kyc");
    check(json!([entry("local", 1)]), "accepted");
}

#[test]
fn a_number_on_its_way_counts_by_the_type_that_was_agreed() {
    let mut host = Host::bazaar("500.00 INR");
    host.shop = bazaar_with(|shop| shop.policy.limits = limits(json!({ "by_type": { "mobile": 1 } })));
    host.buy("p", &bazaar_request()).unwrap();
    assert_eq!(host.standing().pending.by_type.get(&NumberType::Mobile), Some(&1), "before anything is reserved");
    let mut other = bazaar_offers().searches.remove(0);
    other.selector = Selector::Exact { number: "+919876543211".parse().unwrap() };
    other.numbers[0].number = "+919876543211".parse().unwrap();
    host.offers.searches.push(other);
    let request = PurchaseRequest { number: Some("+919876543211".into()), ..bazaar_request() };
    let refused = host.buy("q", &request).unwrap_err();
    assert!(matches!(refused, PurchaseError::Refused(Rejection::NumberLimitReached(_))), "{refused}");
}

#[test]
fn asking_for_any_type_does_not_get_around_the_limit_of_one() {
    let shop = orchard_with(|shop| shop.policy.limits = limits(json!({ "by_type": { "local": 1, "toll_free": 9 } })));
    let of_type =
        |number_type: Option<&str>| PurchaseRequest { number_type: number_type.map(Into::into), ..orchard_request() };
    let mut standing = standing(orchard_customer(), &[]);
    let check = |standing: &Standing, number_type, then| {
        check(&shop, standing, &Offers::default(), &of_type(number_type), NOW, then);
    };
    check(&standing, None, "accepted");
    let asked = quote(&shop, &standing, &Offers::default(), &of_type(None), NOW);
    let least = Evidence::Numbers(gates::limits::Within { held: 0, in_flight: 0, limit: 1 });
    assert!(asked.gates.iter().any(|report| report.status == GateStatus::Passed { evidence: least.clone() }));
    standing.held.by_type.insert(NumberType::Local, 1);
    check(&standing, None, "number_limit_reached -> release_numbers");
    check(&standing, Some("local"), "number_limit_reached -> release_numbers");
    check(&standing, Some("mobile"), "accepted");
    // Nor does a pending purchase whose type is not known yet.
    standing.held.by_type.clear();
    standing.in_flight.push(InFlight::since(NOW));
    check(&standing, Some("local"), "number_limit_reached -> choose_number_type");
}

/// Bazaar, if numbers were paid at a checkout that is open for a minute.
fn at_a_checkout(data: &mut ShopData) {
    data.policy.payment[0].method = PaymentMethod::Checkout;
    data.policy.checkout = serde_json::from_value(json!({ "lifetime_s": 60 })).unwrap();
}

#[test]
fn a_checkout_that_nobody_can_pay_any_more_is_replaced_without_a_key_too() {
    let mut host = Host { shop: bazaar_with(at_a_checkout), ..Host::bazaar("0.00 INR") };
    host.offers.searches[0].expires_at = NOW.plus_seconds(6000);
    host.buy("p", &bazaar_request()).unwrap();
    host.now = NOW.plus_millis(59_999);
    let repeated = PurchaseAnswer::Repeated { purchase: "p".parse().unwrap() };
    assert_eq!(host.buy("q", &bazaar_request()), Ok(repeated));
    host.now = NOW.plus_millis(60_000);
    let again = MakePurchase { id: "q".parse().unwrap(), actor: Actor::default(), request: bazaar_request() };
    let told = explain_decision(&host.shop, &host.account, &host.offers, &again, host.now);
    let evidence = Evidence::Replaces(gates::idempotency::Replaces { purchase: "p".parse().unwrap(), by_key: false });
    let rule = &told.rules[1];
    assert_eq!(
        (&rule.verdict, &rule.field),
        (&Verdict::Passed { evidence }, &None),
        "no field of the policy decides it"
    );
    assert_eq!(host.buy("q", &bazaar_request()), Ok(PurchaseAnswer::Accepted { purchase: "q".parse().unwrap() }));
    assert!(host.account.purchase(&"p".parse().unwrap()).unwrap().is_settled());
}

#[test]
fn what_a_search_returned_is_looked_at_before_it_is_called_stock() {
    let standing = standing(orchard_customer(), &[]);
    let mut offers = orchard_offers();
    check(&orchard_with(|_| {}), &standing, &offers, &orchard_request(), NOW, "accepted");
    offers.searches[0].numbers[0].country = "GB".parse().unwrap();
    let elsewhere = format!("out_of_stock -> one of {} countries", orchard_with(|_| {}).countries().len() - 1);
    check(&orchard_with(|_| {}), &standing, &offers, &orchard_request(), NOW, &elsewhere);
}

#[test]
fn another_number_than_was_agreed_goes_back() {
    let reserve = |change: fn(&mut ringup_core::OfferedNumber)| {
        let mut host = Host::bazaar("101.00 INR");
        host.buy("p", &bazaar_request()).unwrap();
        let mut offer = host.offer();
        change(&mut offer);
        let outcome = Outcome::Confirmed { confirmation: Confirmation::Reserved { offer } };
        let command = RecordOutcome { effect: "p/reserve".parse().unwrap(), outcome };
        let events = host.tell(&command).unwrap().events;
        let is_refused = events
            .iter()
            .any(|event| matches!(event, Event::Purchase { event: PurchaseEvent::ReservationRejected { .. }, .. }));
        is_refused.then(|| run(&mut host, "unreserve ok"))
    };
    let back = Some("reservation_returned purchase_failed ->".to_owned());
    assert_eq!(reserve(|_| {}), None);
    assert_eq!(reserve(|offer| offer.region = "elsewhere".into()), None);
    assert_eq!(reserve(|offer| offer.number = "+919876543211".parse().unwrap()), back);
    assert_eq!(reserve(|offer| offer.country = "GB".parse().unwrap()), back);
    assert_eq!(reserve(|offer| offer.number_type = NumberType::Local), back);
}

#[test]
fn how_it_is_paid_is_asked_when_the_tier_is_known() {
    let shop = bazaar_with(|shop| shop.policy.payment[0].tier_min = Some(0));
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    check(&shop, &standing, &bazaar_offers(), &bazaar_request(), NOW, "accepted");
    let waiting = "waiting for Search { selector: Exact { number: E164(redacted) } }";
    check(&shop, &standing, &Offers::default(), &bazaar_request(), NOW, waiting);
    // A billing by which it could not be paid either is not advised.
    let shop = bazaar_with(|shop| {
        shop.policy.payment[0].billing = Some(BillingKind::Usage);
        let of_high_tiers = PaymentRule { tier_min: Some(9), ..shop.policy.payment[0].clone() };
        shop.policy.payment[0].subscribed = Some(true);
        shop.policy.payment.push(of_high_tiers);
    });
    check(&shop, &standing, &bazaar_offers(), &bazaar_request(), NOW, "payment_method_missing -> ");
    let shop = bazaar_with(|shop| shop.policy.payment[0].billing = Some(BillingKind::Usage));
    check(&shop, &standing, &bazaar_offers(), &bazaar_request(), NOW, "payment_method_missing -> move_to_billing");
}

#[test]
fn whoever_is_asked_to_submit_may_buy_as_well_if_anybody_may() {
    let shop = orchard_with(|shop| {
        shop.policy.buyers = vec![Role::Owner, Role::Member];
        let submitters = vec![Role::Admin, Role::Owner];
        shop.policy.kyc =
            Some(KycRules { tier_min: 0, subject: KycSubject::Account, submitters, ..KycRules::default() });
    });
    let mut standing = standing(orchard_customer(), &[]);
    standing.actor.role = Role::Member;
    let quote = quote(&shop, &standing, &Offers::default(), &orchard_request(), NOW);
    assert!(quote.fixes_suffice, "{:?}", quote.fixes);
    // An administrator may submit, and not buy.
    assert_eq!(serde_json::to_value(&quote.fixes[0]).unwrap()["roles"], json!(["owner"]));
}

#[test]
fn numbers_to_choose_from_can_be_asked_for_and_stand_there_once() {
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let mut offers = bazaar_offers();
    let found = offers.searches[0].numbers.clone();
    offers.searches[0].numbers.clear();
    let other = PurchaseRequest { number: Some("+919876543211".into()), ..bazaar_request() };
    offers.searches.push(Search {
        selector: Selector::Exact { number: "+919876543211".parse().unwrap() },
        expires_at: NOW.plus_seconds(60),
        ..offers.searches[0].clone()
    });
    let of_india = Selector::any("IN".parse().unwrap(), None);
    let search = Search { selector: of_india, seen_at: NOW, expires_at: NOW.plus_millis(1), numbers: found };
    offers.searches.extend([search.clone(), search]);
    let numbers = |shop: &Shop, request: &PurchaseRequest, now| {
        let quote = quote(shop, &standing, &offers, request, now);
        let fix = quote.fixes.iter().map(|fix| serde_json::to_value(fix).unwrap());
        fix.filter(|fix| fix["remedy"] == "choose_number").map(|fix| fix["numbers"].to_string()).collect::<String>()
    };
    assert_eq!(numbers(&bazaar(), &other, NOW), r#"["+919876543210"]"#);
    // A search that has expired says nothing any more.
    assert_eq!(numbers(&bazaar(), &other, NOW.plus_millis(1)), "[]");
    // The number that is gone is no other number, though an older search has returned it.
    assert_eq!(numbers(&bazaar(), &bazaar_request(), NOW), "[]");
    let by_name = bazaar_with(|shop| shop.policy.selectors = vec![SelectorKind::Inventory]);
    let request = PurchaseRequest { number: None, inventory_id: Some("i".into()), ..bazaar_request() };
    let mut nothing = offers.clone();
    nothing.searches[0].selector = Selector::Inventory { inventory_id: "i".parse().unwrap() };
    let quote = quote(&by_name, &standing, &nothing, &request, NOW);
    assert_eq!(serde_json::to_value(&quote.fixes).unwrap()[0]["numbers"], json!([]));
}

#[test]
fn another_country_is_no_advice_for_whoever_wants_one_number() {
    let rules = json!({ "domestic": ["US"], "international": "usage" });
    let shop = bazaar_with(|shop| shop.policy.billing = serde_json::from_value(rules).unwrap());
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let then = "billing_kind_required -> move_to_billing";
    check(&shop, &standing, &bazaar_offers(), &bazaar_request(), NOW, then);
}

#[test]
fn a_fresh_key_fits_the_shortest_rule_and_nobody_is_told_to_choose_from_nothing() {
    let shop = orchard_with(|shop| shop.policy.idempotency.as_mut().unwrap().length_max = 1);
    let ready = standing(orchard_customer(), &[]);
    let request = PurchaseRequest { idempotency_key: Some("long".into()), ..orchard_request() };
    assert!(quote(&shop, &ready, &Offers::default(), &request, NOW).fixes_suffice);
    let control = PurchaseRequest { idempotency_key: Some("\n".into()), ..orchard_request() };
    check(&shop, &ready, &Offers::default(), &control, NOW, "key_malformed -> use_fresh_key");
    let mut nobody = ready;
    nobody.holders.clear();
    check(&orchard_with(|_| {}), &nobody, &Offers::default(), &orchard_request(), NOW, "holder_unknown -> ");
}

#[test]
fn another_plan_is_judged_at_its_own_price() {
    let dollar = json!({ "minor_units": 100, "currency": "USD" });
    let spend = limits(json!({ "spend": [{ "amount": dollar, "period": "day" }] }));
    // A number costs 2.00 USD; the plan `large` pays for it.
    let shop = orchard_with(|shop| {
        shop.policy.limits = spend.clone();
        let included = shop.plans.iter_mut().find(|plan| plan.id.as_str() == "large").unwrap();
        included.included_numbers = 5;
    });
    let standing = standing(orchard_customer(), &[]);
    let accelerate = shop.plans().iter().find(|plan| plan.id.as_str() == "large").unwrap();
    let then = format!("spend_limit_reached -> plan large at {}", accelerate.monthly_fee);
    check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, &then);
    // The other way round: what the plan pays for costs money on the next one, more than may be spent.
    let shop = orchard_with(|shop| {
        shop.policy.limits = spend;
        for plan in &mut shop.plans {
            (plan.number_limit, plan.included_numbers) =
                if plan.id.as_str() == "small" { (1, 9) } else { (9, if plan.id.as_str() == "huge" { 9 } else { 0 }) };
        }
    });
    let mut full = standing.clone();
    full.in_flight = vec![InFlight::since(NOW.plus_millis(-3_600_000))];
    let quote = quote(&shop, &full, &Offers::default(), &orchard_request(), NOW);
    assert!(quote.fixes_suffice, "{:?}", quote.fixes);
    assert_eq!(serde_json::to_value(&quote.fixes[0]).unwrap()["plan"], "huge");
}

/// Orchard, with a number of the United States of another tier, which is told by `more`.
fn tiered(more: serde_json::Value) -> Shop {
    orchard_with(|shop| {
        shop.policy.kyc =
            Some(KycRules { tier_min: 3, subject: KycSubject::Country, submitters: vec![], ..KycRules::default() });
        shop.rate_card.rates[0].kyc_tier = 1;
        let mut entry = serde_json::to_value(&shop.rate_card.rates[0]).unwrap();
        entry["kyc_tier"] = json!(4);
        entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        shop.rate_card.rates.push(serde_json::from_value(entry).unwrap());
    })
}

#[test]
fn asking_for_any_number_does_not_get_around_the_verification_of_one() {
    let asked = |more, number_type: Option<&str>, then| {
        let request = PurchaseRequest { number_type: number_type.map(Into::into), ..orchard_request() };
        check(&tiered(more), &standing(orchard_customer(), &[]), &Offers::default(), &request, NOW, then);
    };
    let kyc = "kyc_required -> submit_kyc";
    let toll_free = json!({ "number_type": "toll_free" });
    asked(toll_free.clone(), None, kyc);
    asked(toll_free.clone(), Some("toll_free"), kyc);
    asked(toll_free, Some("local"), "accepted");
    asked(json!({ "prefix": "+1415" }), None, kyc);
    asked(json!({ "able_to": { "sms": true } }), Some("local"), kyc);
    asked(json!({ "number_type": "toll_free", "effective_until": NOW.as_millis() }), None, "accepted");
    asked(json!({ "number_type": "toll_free", "effective_until": NOW.as_millis() + 1 }), None, kyc);
    asked(json!({ "number_type": "toll_free", "effective_from": NOW.as_millis() + 1 }), None, "accepted");
}

#[test]
fn a_pattern_that_another_number_fits_needs_what_that_one_needs() {
    let fee = json!({ "minor_units": 100, "currency": "INR" });
    let entry = |prefix: &str, kyc_tier: u8| {
        json!({ "country": "IN", "prefix": prefix, "setup_fee": fee, "monthly_fee": fee, "kyc_tier": kyc_tier,
            "capabilities": {} })
    };
    let shop = bazaar_with(|shop| {
        shop.policy.selectors.push(SelectorKind::Pattern);
        shop.policy.kyc =
            Some(KycRules { tier_min: 2, subject: KycSubject::Country, submitters: vec![], ..KycRules::default() });
        shop.rate_card.rates = serde_json::from_value(json!([entry("+9198", 0), entry("+9177", 2)])).unwrap();
    });
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let mut offers = bazaar_offers();
    check(&shop, &standing, &offers, &bazaar_request(), NOW, "accepted");
    let pattern = "+91**********".parse().unwrap();
    offers.searches[0].selector = Selector::of_pattern("IN".parse().unwrap(), pattern, None);
    let pattern = Some("+91**********".into());
    let request = PurchaseRequest { number: None, country: Some("IN".into()), pattern, ..bazaar_request() };
    check(&shop, &standing, &offers, &request, NOW, "kyc_required -> submit_kyc");
}

#[test]
fn a_number_of_the_type_that_was_agreed_is_asked_for() {
    let mut host = Host::bazaar("101.00 INR");
    host.shop = bazaar_with(|shop| shop.policy.selectors.push(SelectorKind::Pattern));
    let (country, pattern) = ("IN".parse().unwrap(), "+91**********".parse().unwrap());
    let asked = |number_type| Selector::of_pattern(country, "+91**********".parse().unwrap(), number_type);
    host.offers.searches[0].selector = Selector::of_pattern(country, pattern, None);
    let pattern = Some("+91**********".into());
    let request = PurchaseRequest { number: None, country: Some("IN".into()), pattern, ..bazaar_request() };
    host.buy("p", &request).unwrap();
    let effects = host.account.owed();
    let [Effect { action: Action::Reserve { selector, .. }, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(*selector, asked(Some(NumberType::Mobile)));
}

#[test]
fn who_submits_and_who_buys_may_be_two() {
    let shop = |submitters: &[Role]| {
        orchard_with(|shop| {
            let submitters = submitters.to_vec();
            shop.policy.buyers = vec![Role::Member];
            shop.policy.kyc =
                Some(KycRules { tier_min: 0, subject: KycSubject::Account, submitters, ..KycRules::default() });
        })
    };
    let mut standing = standing(orchard_customer(), &[]);
    standing.actor.role = Role::Member;
    for (submitters, message) in [
        (&[Role::Owner][..], "ask an owner to submit the identity documents"),
        (&[Role::Owner, Role::Admin], "ask an owner or an administrator to submit the identity documents"),
        (&[Role::Owner, Role::Member], "submit the identity documents of the account"),
    ] {
        let quote = quote(&shop(submitters), &standing, &Offers::default(), &orchard_request(), NOW);
        let fixes: Vec<String> = quote.fixes.iter().map(|fix| fix.fix.to_string()).collect();
        assert_eq!((fixes, quote.fixes_suffice), (vec![message.to_owned()], true));
    }
}

#[test]
fn a_number_that_is_chosen_is_the_one_of_the_search_that_still_counts() {
    let mut offers = bazaar_offers();
    let found = offers.searches.remove(0);
    let any = Selector::any("IN".parse().unwrap(), None);
    let nothing = Search { numbers: vec![], ..found.clone() };
    let now = Search { selector: any, ..found };
    let before = Search { seen_at: NOW.plus_millis(-2), expires_at: NOW.plus_millis(-1), ..now.clone() };
    offers.searches = vec![nothing, before, now];
    offers.searches[1].numbers[0].number = "+919876543211".parse().unwrap();
    offers.searches[2].numbers[0].number = "+919876543211".parse().unwrap();
    let quote = quote(&bazaar(), &standing(bazaar_customer(), &["100.99 INR"]), &offers, &bazaar_request(), NOW);
    let fixes: Vec<String> = quote.fixes.iter().map(|fix| show(&fix.fix)).collect();
    assert_eq!(fixes, ["choose_number", "add 0.01 INR"]);
    assert_eq!(serde_json::to_value(&quote.fixes[0]).unwrap()["numbers"], json!(["+919876543211"]));
    assert!(quote.fixes_suffice);
}

#[test]
fn an_amount_is_asked_for_that_what_was_dropped_no_longer_raises() {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    // On `small`, which allows one number of the United States, rent is included; on `large` it is not.
    let shop = orchard_with(|shop| {
        shop.policy.payment = serde_json::from_value(json!([{ "method": "wallet" }])).unwrap();
        shop.policy.kyc = None;
        shop.policy.selectors = vec![SelectorKind::Any];
        for plan in &mut shop.plans {
            let is_build = plan.id.as_str() == "small";
            plan.included_numbers = if is_build { 9 } else { 0 };
            plan.limits = limits(if is_build { json!({ "by_country": { "US": 1 } }) } else { json!({}) });
        }
        for rate in shop.rate_card.rates.iter_mut().filter(|rate| rate.country.to_string() != "US") {
            rate.setup_fee = serde_json::from_value(usd(500)).unwrap();
            rate.monthly_fee = serde_json::from_value(usd(200)).unwrap();
        }
    });
    let mut standing = standing(orchard_customer(), &[]);
    (standing.held.total, standing.held.by_country) = (1, [("US".parse().unwrap(), 1)].into());
    let nothing = Selector::any("US".parse().unwrap(), None);
    let offers: Offers = serde_json::from_value(json!({ "searches": [
        { "selector": nothing, "seen_at": NOW, "expires_at": NOW.plus_millis(1), "numbers": [] },
    ] }))
    .unwrap();
    let quote = quote(&shop, &standing, &offers, &orchard_request(), NOW);
    let fixes: Vec<String> = quote.fixes.iter().map(|fix| show(&fix.fix)).collect();
    assert_eq!(fixes, ["one of 4 countries", "add 5.00 USD"]);
    assert!(quote.fixes_suffice);
}

#[test]
fn a_release_is_of_numbers_after_which_the_purchase_is_accepted() {
    // Who has a subscription pays by it; anybody else needs a card. One number of two is subscribed, and the limit is 1.
    let shop = orchard_with(|shop| {
        shop.policy.limits = limits(json!({ "numbers": 2 }));
        shop.policy.payment = serde_json::from_value(json!([
            { "method": "subscription", "subscribed": true },
            { "method": "usage_invoice", "on_file_required": true },
        ]))
        .unwrap();
        shop.policy.releasers = vec![Role::Owner];
    });
    let mut standing = standing(orchard_customer(), &[]);
    standing.terms.plan = Some("huge".parse().unwrap());
    standing.terms.payment_method_on_file = false;
    let number = |id: &str, subscribed: bool| json!({ "purchase": id, "country": "US", "number_type": "local", "holder": "home", "subscribed": subscribed });
    standing.held = serde_json::from_value(json!({ "total": 2, "subscribed": 1, "by_holder": { "home": 2 } })).unwrap();
    standing.releasable = serde_json::from_value(json!([number("paying", true), number("other", false)])).unwrap();
    let fixes = |standing: &Standing| {
        let quote = quote(&shop, standing, &Offers::default(), &orchard_request(), NOW);
        assert!(quote.fixes_suffice);
        quote.fixes.iter().map(|fix| fix.fix.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(fixes(&standing), ["release 1 of your numbers: `other`"]);
    // If the account has only the subscribed one to give, a card is needed as well.
    standing.releasable[1].leaving = true;
    assert_eq!(fixes(&standing), ["release 1 of your numbers: `paying`", "put a payment method on file"]);
    // What leaves at the end of the month is waited for, at no cost.
    standing.releasable[1].leaves_at = Some(NOW.plus_millis(1));
    let wait = "wait until 2026-03-25T10:00:00.001Z, when 1 number has been released as scheduled";
    assert_eq!(fixes(&standing), [wait]);
    // Of numbers that are not listed, any may be the subscribed one.
    standing.releasable.clear();
    assert_eq!(fixes(&standing), ["release 1 of your numbers", "put a payment method on file"]);
    // A viewer asks somebody who may release.
    standing.actor.role = Role::Viewer;
    let asked = fixes(&standing);
    assert_eq!(asked[0], "ask an owner to release numbers");
}
