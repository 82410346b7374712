//! Each gate: what opens it, what blocks it, at the boundary and one unit to either side, and the fix.

use ringup_core::shop::{BillingKind, KycRules, KycSubject};
use ringup_core::{
    Country, CustomerTerms, Fact, GateStatus, KycStatus, Money, Offers, PriceSeen, PurchaseRequest, Remedy, Role,
    Search, Selector, Shop, Standing, Timestamp,
};
use serde_json::json;

use super::kit::{
    NOW, bazaar, bazaar_customer, bazaar_offers, bazaar_request, bazaar_with, by_number_and_name, money, orchard,
    orchard_customer, orchard_offers, orchard_request, orchard_with, standing,
};
use crate::api::quote;

/// Checks what a quote says first: `accepted`, or the first blocked gate's code and its remedies.
#[track_caller]
pub(super) fn check(
    shop: &Shop,
    standing: &Standing,
    offers: &Offers,
    request: &PurchaseRequest,
    now: Timestamp,
    then: &str,
) {
    let quote = quote(shop, standing, offers, request, now);
    let blocked = quote.gates.iter().find_map(|report| match &report.status {
        GateStatus::Blocked { rejection, fixes, .. } => {
            assert_eq!(rejection.gate(), report.gate, "each refusal names its own gate");
            let remedies: Vec<String> = fixes.iter().map(show).collect();
            Some(format!("{} -> {}", rejection.code(), remedies.join(" | ")))
        }
        GateStatus::Passed { .. } => None,
        GateStatus::Waiting { fact } => Some(format!("waiting for {fact:?}")),
    });
    assert_eq!(blocked.unwrap_or("accepted".into()), then);
    let only_keys_are_unknown = then == "waiting for UsedKeys";
    assert_eq!(quote.acceptable, then == "accepted" || only_keys_are_unknown);
}

/// A remedy as its code, or with the figures that tables compare.
pub(super) fn show(remedy: &Remedy) -> String {
    match remedy {
        Remedy::AddMoney { money } => format!("add {money}"),
        Remedy::WaitUntil { at, .. } => format!("wait {}", at.as_millis() - NOW.as_millis()),
        Remedy::MoveToPlan { plan, monthly_fee, .. } => format!("plan {plan} at {monthly_fee}"),
        Remedy::ChooseCountry { countries, .. } => format!("one of {} countries", countries.len()),
        other => serde_json::to_value(other).unwrap()["remedy"].as_str().unwrap().into(),
    }
}

#[track_caller]
fn orchard_check(change: impl FnOnce(&mut Standing, &mut PurchaseRequest), then: &str) {
    let (mut standing, mut request) = (standing(orchard_customer(), &[]), orchard_request());
    change(&mut standing, &mut request);
    check(&orchard(), &standing, &Offers::default(), &request, NOW, then);
}

#[track_caller]
fn bazaar_check(wallet: &[&str], change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers), then: &str) {
    let (mut standing, mut request, mut offers) =
        (standing(bazaar_customer(), wallet), bazaar_request(), bazaar_offers());
    change(&mut standing, &mut request, &mut offers);
    check(&bazaar(), &standing, &offers, &request, NOW, then);
}

#[test]
fn nothing_stands_in_the_way_of_an_established_customer() {
    orchard_check(|_, _| {}, "accepted");
    bazaar_check(&["101.00 INR"], |_, _, _| {}, "accepted");
}

#[test]
fn a_key_has_up_to_ten_characters() {
    let check = |length: usize, then| {
        orchard_check(|_, request| request.idempotency_key = Some("k".repeat(length)), then);
    };
    check(0, "key_malformed -> use_fresh_key");
    check(11, "key_malformed -> use_fresh_key");
    // With a key of a good form a form has one question left, which only the account can answer.
    check(1, "waiting for UsedKeys");
    check(10, "waiting for UsedKeys");
    bazaar_check(&["101.00 INR"], |_, request, _| request.idempotency_key = Some(String::new()), "accepted");
}

#[test]
fn fields_must_be_readable() {
    orchard_check(|_, request| request.holder = None, "request_malformed -> correct_field");
    orchard_check(|_, request| request.holder = Some("  ".into()), "request_malformed -> correct_field");
    orchard_check(|_, request| request.country = Some("Germany".into()), "request_malformed -> correct_field");
    bazaar_check(&[], |_, request, _| request.number = Some("+9198".into()), "request_malformed -> correct_field");
    bazaar_check(&[], |_, request, _| request.currency = Some("rupees".into()), "request_malformed -> correct_field");
}

#[test]
fn a_holder_is_one_of_the_account_and_one_that_the_actor_may_act_for() {
    orchard_check(|_, request| request.holder = Some("stranger".into()), "holder_unknown -> choose_holder");
    let only = |standing: &mut Standing| standing.actor.only_holder = Some("side".parse().unwrap());
    bazaar_check(&["101.00 INR"], |standing, _, _| only(standing), "actor_not_allowed -> choose_holder");
    bazaar_check(
        &["101.00 INR"],
        |standing, request, _| {
            only(standing);
            request.holder = Some("side".into());
        },
        "accepted",
    );
}

#[test]
fn a_number_is_asked_for_in_one_way_that_the_system_knows() {
    orchard_check(|_, request| request.number = Some("+14155550142".into()), "selector_not_offered -> choose_selector");
    bazaar_check(&[], |_, request, _| request.number = None, "selector_missing -> choose_selector");
    bazaar_check(&[], |_, request, _| request.area_code = Some("415".into()), "selector_ambiguous -> choose_selector");
}

#[test]
fn a_number_s_two_names_must_agree_where_both_are_known() {
    let named = |shop: &Shop, inventory_id: &str, then| {
        let request = PurchaseRequest { inventory_id: Some(inventory_id.into()), ..bazaar_request() };
        check(shop, &standing(bazaar_customer(), &["101.00 INR"]), &bazaar_offers(), &request, NOW, then);
    };
    named(&by_number_and_name(), "inv-1", "accepted");
    named(&by_number_and_name(), "inv-2", "number_mismatch -> correct_field | choose_number");
    named(&by_number_and_name(), "inv 1", "request_malformed -> correct_field");
    named(&bazaar(), "inv-1", "selector_ambiguous -> choose_selector");
}

#[test]
fn numbers_need_a_paid_plan() {
    let plan = |id: &'static str| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.terms.plan = Some(id.parse().unwrap());
        }
    };
    orchard_check(plan("free"), "plan_not_paid -> plan small at 10.00 USD");
    orchard_check(|standing, _| standing.terms.plan = None, "plan_not_paid -> plan small at 10.00 USD");
    // The fix is a plan that also has room: 3 numbers are too few for a fourth.
    orchard_check(
        |standing, _| {
            standing.terms.plan = Some("free".parse().unwrap());
            standing.held.total = 3;
        },
        "plan_not_paid -> plan large at 20.00 USD",
    );
}

#[test]
fn the_plan_limits_numbers_held_and_on_their_way() {
    let held = |total| move |standing: &mut Standing, _: &mut PurchaseRequest| standing.held.total = total;
    orchard_check(held(2), "accepted");
    orchard_check(held(3), "number_limit_reached -> release_numbers | plan large at 20.00 USD");
    let on_its_way = |checkout_expires_at| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.held.total = 2;
            standing.in_flight =
                serde_json::from_value(json!([{ "accepted_at": 0, "checkout_expires_at": checkout_expires_at }]))
                    .unwrap();
            request.confirm_additional = true;
        }
    };
    let full = "number_limit_reached -> release_numbers | plan large at 20.00 USD";
    orchard_check(on_its_way(None), full);
    // A checkout counts until it ends, and not at that instant; to wait for that is one way more.
    orchard_check(
        on_its_way(Some(NOW.as_millis() + 1)),
        "number_limit_reached -> wait 1 | release_numbers | plan large at 20.00 USD",
    );
    orchard_check(on_its_way(Some(NOW.as_millis())), "accepted");
}

#[test]
fn countries_that_are_not_on_the_rate_card_are_not_sold() {
    orchard_check(|_, request| request.country = Some("KP".into()), "country_not_sold -> one of 5 countries");
    // That a search finds nothing there is not why.
    let search = Search {
        selector: Selector::any("KP".parse().unwrap(), None),
        seen_at: NOW,
        expires_at: NOW.plus_seconds(1),
        numbers: vec![],
    };
    let request = PurchaseRequest { country: Some("KP".into()), ..orchard_request() };
    let offers = Offers { searches: vec![search] };
    let expected = "country_not_sold -> one of 5 countries";
    check(&orchard(), &standing(orchard_customer(), &[]), &offers, &request, NOW, expected);
}

#[test]
fn a_number_must_be_seen_and_there() {
    bazaar_check(&["101.00 INR"], |_, _, offers| offers.searches[0].numbers.clear(), "out_of_stock -> choose_number");
    bazaar_check(
        &["101.00 INR"],
        |_, _, offers| offers.searches[0].numbers[0].number = "+919876543211".parse().unwrap(),
        "out_of_stock -> choose_number",
    );
    let waiting = "waiting for Search { selector: Exact { number: E164(redacted) } }";
    bazaar_check(&["101.00 INR"], |_, _, offers| offers.searches.clear(), waiting);
    // An offer counts from the instant at which it was seen, and no more at the one at which it expires.
    bazaar_check(&["101.00 INR"], |_, _, offers| offers.searches[0].expires_at = NOW, waiting);
    bazaar_check(&["101.00 INR"], |_, _, offers| offers.searches[0].expires_at = NOW.plus_millis(1), "accepted");
    bazaar_check(&["101.00 INR"], |_, _, offers| offers.searches[0].seen_at = NOW.plus_millis(1), waiting);
}

#[test]
fn a_currency_picks_among_the_prices_and_nothing_is_converted() {
    let pay = |currency: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.currency = Some(currency.into())
    };
    bazaar_check(&["1.00 USD"], pay("USD"), "accepted");
    bazaar_check(&["1.00 USD", "500.00 EUR"], pay("EUR"), "currency_not_offered -> choose_currency");
    bazaar_check(&["1.00 USD"], pay("INR"), "insufficient_balance -> add 101.00 INR");
}

#[test]
fn international_numbers_need_usage_billing() {
    let ask = |billing, country: &'static str, then| {
        let terms = CustomerTerms { billing, ..orchard_customer() };
        let request = PurchaseRequest { country: Some(country.into()), ..orchard_request() };
        let mut seen = orchard_offers();
        let country = country.parse().unwrap();
        seen.searches[0].selector = Selector::any(country, None);
        seen.searches[0].numbers[0].country = country;
        check(&orchard(), &standing(terms, &[]), &seen, &request, NOW, then);
    };
    ask(BillingKind::Subscription, "US", "accepted");
    ask(BillingKind::Usage, "NL", "accepted");
    let refused = "billing_kind_required -> move_to_billing | one of 1 countries";
    ask(BillingKind::Subscription, "NL", refused);
    ask(BillingKind::Subscription, "CA", refused);
}

#[test]
fn tiers_three_and_four_need_kyc() {
    let country = |country: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some(country.into())
    };
    orchard_check(country("NL"), "accepted");
    orchard_check(country("DE"), "kyc_required -> submit_kyc");
    orchard_check(country("AU"), "kyc_required -> submit_kyc");
    orchard_check(
        |standing, request| {
            standing.terms.kyc.countries.insert("DE".parse().unwrap(), KycStatus::Approved);
            request.country = Some("DE".into());
        },
        "accepted",
    );
}

#[test]
fn a_verification_is_submitted_awaited_or_left_to_whoever_may() {
    let (open, wait, ask) = ("kyc_required -> submit_kyc", "kyc_required -> await_kyc", "kyc_required -> ask_role");
    for (status, role, then) in [
        (KycStatus::NotSubmitted, Role::Owner, open),
        (KycStatus::Declined, Role::Owner, open),
        (KycStatus::Initiated, Role::Owner, wait),
        (KycStatus::Pending, Role::Owner, wait),
        (KycStatus::Approved, Role::Owner, "accepted"),
        (KycStatus::NotSubmitted, Role::Member, ask),
        (KycStatus::Declined, Role::Member, ask),
        (KycStatus::Pending, Role::Member, wait),
        (KycStatus::Approved, Role::Member, "accepted"),
    ] {
        let rules = |subject| KycRules {
            tier_min: 0,
            subject,
            submitters: vec![Role::Owner, Role::Admin],
            ..KycRules::default()
        };
        for subject in [KycSubject::Account, KycSubject::Country] {
            let shop = orchard_with(|shop| shop.policy.kyc = Some(rules(subject)));
            let mut standing = standing(orchard_customer(), &[]);
            standing.actor.role = role;
            match subject {
                KycSubject::Account => standing.terms.kyc.account = status,
                KycSubject::Country => drop(standing.terms.kyc.countries.insert("US".parse().unwrap(), status)),
            }
            check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, then);
        }
    }
}

#[test]
fn who_may_act_for_one_holder_must_name_it() {
    let shop = bazaar_with(|shop| shop.policy.holder_required = false);
    for (only, holder, then) in [
        (None, None, "accepted"),
        (Some("side"), Some("side"), "accepted"),
        (Some("side"), None, "actor_not_allowed -> choose_holder"),
        (Some("side"), Some("main"), "actor_not_allowed -> choose_holder"),
    ] {
        let mut standing = standing(bazaar_customer(), &["101.00 INR"]);
        standing.actor.only_holder = only.map(|only: &str| only.parse().unwrap());
        let request = PurchaseRequest { holder: holder.map(str::to_owned), ..bazaar_request() };
        check(&shop, &standing, &bazaar_offers(), &request, NOW, then);
    }
}

#[test]
fn only_some_roles_may_buy() {
    let shop = orchard_with(|shop| shop.policy.buyers = vec![Role::Owner, Role::Member]);
    for (role, then) in [
        (Role::Owner, "accepted"),
        (Role::Member, "accepted"),
        (Role::Admin, "role_not_allowed -> ask_role"),
        (Role::Viewer, "role_not_allowed -> ask_role"),
    ] {
        let mut standing = standing(orchard_customer(), &[]);
        standing.actor.role = role;
        check(&shop, &standing, &Offers::default(), &orchard_request(), NOW, then);
    }
    orchard_check(|standing, _| standing.actor.role = Role::Viewer, "accepted");
}

#[test]
fn where_a_search_is_required_the_customer_s_own_must_have_returned_the_number() {
    let shop = bazaar_with(|shop| shop.policy.search_required = true);
    let standing = standing(bazaar_customer(), &["101.00 INR"]);
    let not_searched = "not_searched -> search_first";
    let mut offers = bazaar_offers();
    check(&shop, &standing, &offers, &bazaar_request(), NOW, "accepted");
    // Any search will do, whatever it was for.
    offers.searches[0].selector = Selector::any("IN".parse().unwrap(), None);
    check(&shop, &standing, &offers, &bazaar_request(), NOW, "accepted");
    check(&shop, &standing, &offers, &bazaar_request(), NOW.plus_millis(599_999), "accepted");
    check(&shop, &standing, &offers, &bazaar_request(), NOW.plus_seconds(600), not_searched);
    offers.searches[0].numbers.clear();
    check(&shop, &standing, &offers, &bazaar_request(), NOW, not_searched);
    check(&shop, &standing, &Offers::default(), &bazaar_request(), NOW, not_searched);
}

#[test]
fn an_exact_number_of_another_country_or_type_is_not_what_was_wanted() {
    let ask = |country: &'static str, number_type: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| {
            request.country = Some(country.into());
            request.number_type = Some(number_type.into());
        }
    };
    bazaar_check(&["101.00 INR"], ask("IN", "mobile"), "accepted");
    bazaar_check(&["101.00 INR"], ask("in", ""), "accepted");
    bazaar_check(&["101.00 INR"], ask("US", ""), "request_malformed -> correct_field | one of 1 countries");
    bazaar_check(&["101.00 INR"], ask("", "local"), "number_mismatch -> choose_number_type | choose_number");
    bazaar_check(&["101.00 INR"], ask("", "cellular"), "request_malformed -> correct_field");
}

#[test]
fn a_second_purchase_within_the_window_must_be_confirmed() {
    let last = |ago_ms: i64| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.last_accepted_at = Some(NOW.plus_millis(-ago_ms))
        }
    };
    orchard_check(last(0), "velocity_exceeded -> confirm_additional | wait 60000");
    orchard_check(last(59_999), "velocity_exceeded -> confirm_additional | wait 1");
    orchard_check(last(60_000), "accepted");
    orchard_check(last(60_001), "accepted");
    orchard_check(
        |standing, request| {
            standing.last_accepted_at = Some(NOW);
            request.confirm_additional = true;
        },
        "accepted",
    );
}

#[test]
fn usage_billing_needs_a_card_and_a_subscription_does_not() {
    orchard_check(
        |standing, _| standing.terms.payment_method_on_file = false,
        "payment_method_missing -> add_payment_method",
    );
    let without_card =
        CustomerTerms { billing: BillingKind::Subscription, payment_method_on_file: false, ..orchard_customer() };
    check(&orchard(), &standing(without_card, &[]), &orchard_offers(), &orchard_request(), NOW, "accepted");
}

#[test]
fn nobody_pays_at_a_checkout_for_what_nobody_has_seen() {
    let at_a_checkout = CustomerTerms { billing: BillingKind::Subscription, ..orchard_customer() };
    let buy = |terms: &CustomerTerms, offers: &Offers, then| {
        check(&orchard(), &standing(terms.clone(), &[]), offers, &orchard_request(), NOW, then);
    };
    let us: Country = "US".parse().unwrap();
    let selector = Selector::any(us, None);
    let unseen = format!("waiting for {:?}", Fact::Search { selector });
    let mut nothing = orchard_offers();
    nothing.searches[0].numbers.clear();
    let gone = format!("out_of_stock -> one of {} countries", orchard().countries().len() - 1);
    buy(&at_a_checkout, &Offers::default(), &unseen);
    buy(&at_a_checkout, &nothing, &gone);
    buy(&at_a_checkout, &orchard_offers(), "accepted");
    // The system looks when it reserves, and nobody has paid yet.
    buy(&orchard_customer(), &Offers::default(), "accepted");
    buy(&orchard_customer(), &nothing, &gone);
}

#[test]
fn the_balance_must_cover_setup_fee_and_first_month() {
    // The setup fee and the first month: 100 + 1 INR.
    bazaar_check(&[], |_, _, _| {}, "insufficient_balance -> add 101.00 INR");
    bazaar_check(&["100.99 INR"], |_, _, _| {}, "insufficient_balance -> add 0.01 INR");
    bazaar_check(&["101.00 INR"], |_, _, _| {}, "accepted");
    bazaar_check(&["101.01 INR"], |_, _, _| {}, "accepted");
    // Only the quote's currency counts.
    bazaar_check(&["1000.00 USD"], |_, _, _| {}, "insufficient_balance -> add 101.00 INR");
}

#[test]
fn a_price_that_has_moved_is_refused() {
    let saw = |text| PriceSeen { due_now: Some(money(text)), ..PriceSeen::default() };
    let seen = |text: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.price_seen = Some(saw(text))
    };
    bazaar_check(&["101.00 INR"], seen("101.00 INR"), "accepted");
    bazaar_check(&["101.00 INR"], seen("100.99 INR"), "price_changed -> accept_price");
    bazaar_check(&["101.00 INR"], seen("101.01 INR"), "price_changed -> accept_price");
    bazaar_check(&["101.00 INR"], seen("101.00 USD"), "price_changed -> accept_price");
    // Part by part: what is not named is not compared.
    for (setup_fee, monthly_fee, then) in [
        (Some("100.00 INR"), Some("1.00 INR"), "accepted"),
        (None, Some("1.00 INR"), "accepted"),
        // It would be compared with nothing.
        (None, None, "request_malformed -> correct_field"),
        (Some("99.00 INR"), Some("2.00 INR"), "price_changed -> accept_price"),
        (None, Some("1.01 INR"), "price_changed -> accept_price"),
        (Some("100.01 INR"), None, "price_changed -> accept_price"),
    ] {
        let (setup_fee, monthly_fee) = (setup_fee.map(money), monthly_fee.map(money));
        let saw = PriceSeen { setup_fee, monthly_fee, ..PriceSeen::default() };
        bazaar_check(&["101.00 INR"], |_, request, _| request.price_seen = Some(saw), then);
    }
}

#[test]
fn a_quote_s_lines_add_up_to_what_is_due() {
    let quote = quote(&bazaar(), &standing(bazaar_customer(), &[]), &bazaar_offers(), &bazaar_request(), NOW);
    let price = quote.price.unwrap();
    let lines: Vec<String> = price.lines.iter().map(|line| format!("{} {}", line.charge, line.amount)).collect();
    assert_eq!(lines, ["setup fee 100.00 INR", "first month 1.00 INR"]);
    let total: i64 = price.lines.iter().map(|line| line.amount.minor_units()).sum();
    assert_eq!(price.due_now, Money::new(total, "INR".parse().unwrap()).unwrap());
    assert_eq!(
        (price.monthly_fee, price.commitment_total, price.exponent),
        (money("1.00 INR"), money("101.00 INR"), 2)
    );
    // The offer ends before the rate card's quarter of an hour does.
    assert_eq!(quote.expires_at, NOW.plus_seconds(600));
}

#[test]
fn every_gate_is_reported_in_order_whatever_the_request() {
    let shop = orchard();
    let odd = PurchaseRequest { country: Some("??".into()), ..PurchaseRequest::default() };
    let quote = quote(&shop, &standing(orchard_customer(), &[]), &Offers::default(), &odd, NOW);
    let gates: Vec<_> = quote.gates.iter().map(|report| report.gate).collect();
    assert_eq!(gates, ringup_core::Gate::ALL);
}
