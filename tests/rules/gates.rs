//! Each gate: what opens it, what blocks it, at the boundary and one unit to either side, and the fix.

use ringup_core::shop::{BillingKind, KycRules, KycSubject};
use ringup_core::{
    Country, CustomerTerms, Fact, GateStatus, KycStatus, Money, Offers, PriceSeen, PurchaseRequest, Remedy, Role,
    Search, Selector, Shop, Standing, Timestamp,
};
use serde_json::json;

use super::kit::{
    NOW, by_number_and_name, money, standing, vobiz, vobiz_customer, vobiz_offers, vobiz_request, vobiz_with, zernio,
    zernio_customer, zernio_offers, zernio_request, zernio_with,
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

fn show(remedy: &Remedy) -> String {
    match remedy {
        Remedy::AddMoney { money } => format!("add {money}"),
        Remedy::WaitUntil { at, .. } => format!("wait {}", at.as_millis() - NOW.as_millis()),
        Remedy::MoveToPlan { plan, monthly_fee, .. } => format!("plan {plan} at {monthly_fee}"),
        Remedy::ChooseCountry { countries, .. } => format!("one of {} countries", countries.len()),
        other => serde_json::to_value(other).unwrap()["remedy"].as_str().unwrap().into(),
    }
}

#[track_caller]
fn zernio_check(change: impl FnOnce(&mut Standing, &mut PurchaseRequest), then: &str) {
    let (mut standing, mut request) = (standing(zernio_customer(), &[]), zernio_request());
    change(&mut standing, &mut request);
    check(&zernio(), &standing, &Offers::default(), &request, NOW, then);
}

#[track_caller]
fn vobiz_check(wallet: &[&str], change: impl FnOnce(&mut Standing, &mut PurchaseRequest, &mut Offers), then: &str) {
    let (mut standing, mut request, mut offers) = (standing(vobiz_customer(), wallet), vobiz_request(), vobiz_offers());
    change(&mut standing, &mut request, &mut offers);
    check(&vobiz(), &standing, &offers, &request, NOW, then);
}

#[test]
fn nothing_stands_in_the_way_of_an_established_customer() {
    zernio_check(|_, _| {}, "accepted");
    vobiz_check(&["101.00 INR"], |_, _, _| {}, "accepted");
}

#[test]
fn a_key_has_up_to_a_hundred_characters() {
    let check = |length: usize, then| {
        zernio_check(|_, request| request.idempotency_key = Some("ä".repeat(length)), then);
    };
    check(0, "key_malformed -> use_fresh_key");
    check(101, "key_malformed -> use_fresh_key");
    // With a key of a good form a form has one question left, which only the account can answer.
    check(1, "waiting for UsedKeys");
    check(100, "waiting for UsedKeys");
    vobiz_check(&["101.00 INR"], |_, request, _| request.idempotency_key = Some(String::new()), "accepted");
}

#[test]
fn fields_must_be_readable() {
    zernio_check(|_, request| request.holder = None, "request_malformed -> correct_field");
    zernio_check(|_, request| request.holder = Some("  ".into()), "request_malformed -> correct_field");
    zernio_check(|_, request| request.country = Some("Germany".into()), "request_malformed -> correct_field");
    vobiz_check(&[], |_, request, _| request.number = Some("+9198".into()), "request_malformed -> correct_field");
    vobiz_check(&[], |_, request, _| request.currency = Some("rupees".into()), "request_malformed -> correct_field");
}

#[test]
fn a_holder_is_one_of_the_account_and_one_that_the_actor_may_act_for() {
    zernio_check(|_, request| request.holder = Some("profile_x".into()), "holder_unknown -> choose_holder");
    let only = |standing: &mut Standing| standing.actor.only_holder = Some("SA_1".parse().unwrap());
    vobiz_check(&["101.00 INR"], |standing, _, _| only(standing), "actor_not_allowed -> choose_holder");
    vobiz_check(
        &["101.00 INR"],
        |standing, request, _| {
            only(standing);
            request.holder = Some("SA_1".into());
        },
        "accepted",
    );
}

#[test]
fn a_number_is_asked_for_in_one_way_that_the_system_knows() {
    zernio_check(|_, request| request.number = Some("+14155550142".into()), "selector_not_offered -> choose_selector");
    vobiz_check(&[], |_, request, _| request.number = None, "selector_missing -> choose_selector");
    vobiz_check(&[], |_, request, _| request.area_code = Some("415".into()), "selector_ambiguous -> choose_selector");
}

#[test]
fn a_number_s_two_names_must_agree_where_both_are_known() {
    let named = |shop: &Shop, inventory_id: &str, then| {
        let request = PurchaseRequest { inventory_id: Some(inventory_id.into()), ..vobiz_request() };
        check(shop, &standing(vobiz_customer(), &["101.00 INR"]), &vobiz_offers(), &request, NOW, then);
    };
    named(&by_number_and_name(), "inv-1", "accepted");
    named(&by_number_and_name(), "inv-2", "number_mismatch -> correct_field | choose_number");
    named(&by_number_and_name(), "inv 1", "request_malformed -> correct_field");
    named(&vobiz(), "inv-1", "selector_ambiguous -> choose_selector");
}

#[test]
fn numbers_need_a_paid_plan() {
    let plan = |id: &'static str| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.terms.plan = Some(id.parse().unwrap());
        }
    };
    zernio_check(plan("free"), "plan_not_paid -> plan build at 19.00 USD");
    zernio_check(|standing, _| standing.terms.plan = None, "plan_not_paid -> plan build at 19.00 USD");
    // The fix is a plan that also has room: 3 numbers are too few for a fourth.
    zernio_check(
        |standing, _| {
            standing.terms.plan = Some("free".parse().unwrap());
            standing.held.total = 3;
        },
        "plan_not_paid -> plan accelerate at 49.00 USD",
    );
}

#[test]
fn the_plan_limits_numbers_held_and_on_their_way() {
    let held = |total| move |standing: &mut Standing, _: &mut PurchaseRequest| standing.held.total = total;
    zernio_check(held(2), "accepted");
    zernio_check(held(3), "number_limit_reached -> plan accelerate at 49.00 USD | release_numbers");
    let on_its_way = |counts_until| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.held.total = 2;
            standing.in_flight =
                serde_json::from_value(json!([{ "accepted_at": 0, "counts_until": counts_until }])).unwrap();
            request.confirm_additional = true;
        }
    };
    let full = "number_limit_reached -> plan accelerate at 49.00 USD | release_numbers";
    zernio_check(on_its_way(None), full);
    // A checkout counts until it ends, and not at that instant; to wait for that is one way more.
    zernio_check(on_its_way(Some(NOW.as_millis() + 1)), &format!("{full} | wait 1"));
    zernio_check(on_its_way(Some(NOW.as_millis())), "accepted");
}

#[test]
fn countries_that_are_not_on_the_rate_card_are_not_sold() {
    // WIRE.md 1.10 names 35.
    zernio_check(|_, request| request.country = Some("KP".into()), "country_not_sold -> one of 35 countries");
    // That a search finds nothing there is not why.
    let search = Search {
        selector: Selector::Any { country: "KP".parse().unwrap(), number_type: None },
        seen_at: NOW,
        expires_at: NOW.plus_seconds(1),
        numbers: vec![],
    };
    let request = PurchaseRequest { country: Some("KP".into()), ..zernio_request() };
    let offers = Offers { searches: vec![search] };
    let expected = "country_not_sold -> one of 35 countries";
    check(&zernio(), &standing(zernio_customer(), &[]), &offers, &request, NOW, expected);
}

#[test]
fn a_number_must_be_seen_and_there() {
    vobiz_check(&["101.00 INR"], |_, _, offers| offers.searches[0].numbers.clear(), "out_of_stock -> choose_number");
    vobiz_check(
        &["101.00 INR"],
        |_, _, offers| offers.searches[0].numbers[0].number = "+919876543211".parse().unwrap(),
        "out_of_stock -> choose_number",
    );
    let waiting = "waiting for Search { selector: Exact { number: E164(redacted) } }";
    vobiz_check(&["101.00 INR"], |_, _, offers| offers.searches.clear(), waiting);
    // An offer counts from the instant at which it was seen, and no more at the one at which it expires.
    vobiz_check(&["101.00 INR"], |_, _, offers| offers.searches[0].expires_at = NOW, waiting);
    vobiz_check(&["101.00 INR"], |_, _, offers| offers.searches[0].expires_at = NOW.plus_millis(1), "accepted");
    vobiz_check(&["101.00 INR"], |_, _, offers| offers.searches[0].seen_at = NOW.plus_millis(1), waiting);
}

#[test]
fn a_currency_picks_among_the_prices_and_nothing_is_converted() {
    let pay = |currency: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.currency = Some(currency.into())
    };
    vobiz_check(&["1.00 USD"], pay("USD"), "accepted");
    vobiz_check(&["1.00 USD", "500.00 EUR"], pay("EUR"), "currency_not_offered -> choose_currency");
    vobiz_check(&["1.00 USD"], pay("INR"), "insufficient_balance -> add 101.00 INR");
}

#[test]
fn international_numbers_need_usage_billing() {
    let ask = |billing, country: &'static str, then| {
        let terms = CustomerTerms { billing, ..zernio_customer() };
        let request = PurchaseRequest { country: Some(country.into()), ..zernio_request() };
        let mut seen = zernio_offers();
        let country = country.parse().unwrap();
        seen.searches[0].selector = Selector::Any { country, number_type: None };
        seen.searches[0].numbers[0].country = country;
        check(&zernio(), &standing(terms, &[]), &seen, &request, NOW, then);
    };
    ask(BillingKind::Subscription, "US", "accepted");
    ask(BillingKind::Usage, "NL", "accepted");
    let refused = "billing_kind_required -> move_to_billing | one of 1 countries";
    ask(BillingKind::Subscription, "NL", refused);
    ask(BillingKind::Subscription, "CA", refused);
}

#[test]
fn tiers_three_and_four_need_kyc() {
    // The source: "Tier 3/4 countries return 202".
    let country = |country: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest| request.country = Some(country.into())
    };
    zernio_check(country("NL"), "accepted");
    zernio_check(country("DE"), "kyc_required -> submit_kyc");
    zernio_check(country("AU"), "kyc_required -> submit_kyc");
    zernio_check(
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
        let rules = |subject| KycRules { tier_min: 0, subject, submitters: vec![Role::Owner, Role::Admin] };
        for subject in [KycSubject::Account, KycSubject::Country] {
            let shop = zernio_with(|shop| shop.policy.kyc = Some(rules(subject)));
            let mut standing = standing(zernio_customer(), &[]);
            standing.actor.role = role;
            match subject {
                KycSubject::Account => standing.terms.kyc.account = status,
                KycSubject::Country => drop(standing.terms.kyc.countries.insert("US".parse().unwrap(), status)),
            }
            check(&shop, &standing, &Offers::default(), &zernio_request(), NOW, then);
        }
    }
}

#[test]
fn who_may_act_for_one_holder_must_name_it() {
    let shop = vobiz_with(|shop| shop.policy.holder_required = false);
    for (only, holder, then) in [
        (None, None, "accepted"),
        (Some("SA_1"), Some("SA_1"), "accepted"),
        (Some("SA_1"), None, "actor_not_allowed -> choose_holder"),
        (Some("SA_1"), Some("MA_1"), "actor_not_allowed -> choose_holder"),
    ] {
        let mut standing = standing(vobiz_customer(), &["101.00 INR"]);
        standing.actor.only_holder = only.map(|only: &str| only.parse().unwrap());
        let request = PurchaseRequest { holder: holder.map(str::to_owned), ..vobiz_request() };
        check(&shop, &standing, &vobiz_offers(), &request, NOW, then);
    }
}

#[test]
fn only_some_roles_may_buy() {
    let shop = zernio_with(|shop| shop.policy.buyers = vec![Role::Owner, Role::Member]);
    for (role, then) in [
        (Role::Owner, "accepted"),
        (Role::Member, "accepted"),
        (Role::Admin, "role_not_allowed -> ask_role"),
        (Role::Viewer, "role_not_allowed -> ask_role"),
    ] {
        let mut standing = standing(zernio_customer(), &[]);
        standing.actor.role = role;
        check(&shop, &standing, &Offers::default(), &zernio_request(), NOW, then);
    }
    zernio_check(|standing, _| standing.actor.role = Role::Viewer, "accepted");
}

#[test]
fn where_a_search_is_required_the_customer_s_own_must_have_returned_the_number() {
    let shop = vobiz_with(|shop| shop.policy.search_required = true);
    let standing = standing(vobiz_customer(), &["101.00 INR"]);
    let not_searched = "not_searched -> search_first";
    let mut offers = vobiz_offers();
    check(&shop, &standing, &offers, &vobiz_request(), NOW, "accepted");
    // Any search will do, whatever it was for.
    offers.searches[0].selector = Selector::Any { country: "IN".parse().unwrap(), number_type: None };
    check(&shop, &standing, &offers, &vobiz_request(), NOW, "accepted");
    check(&shop, &standing, &offers, &vobiz_request(), NOW.plus_millis(599_999), "accepted");
    check(&shop, &standing, &offers, &vobiz_request(), NOW.plus_seconds(600), not_searched);
    offers.searches[0].numbers.clear();
    check(&shop, &standing, &offers, &vobiz_request(), NOW, not_searched);
    check(&shop, &standing, &Offers::default(), &vobiz_request(), NOW, not_searched);
}

#[test]
fn an_exact_number_of_another_country_or_type_is_not_what_was_wanted() {
    let ask = |country: &'static str, number_type: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| {
            request.country = Some(country.into());
            request.number_type = Some(number_type.into());
        }
    };
    vobiz_check(&["101.00 INR"], ask("IN", "mobile"), "accepted");
    vobiz_check(&["101.00 INR"], ask("in", ""), "accepted");
    vobiz_check(&["101.00 INR"], ask("US", ""), "request_malformed -> correct_field | one of 1 countries");
    vobiz_check(&["101.00 INR"], ask("", "local"), "number_mismatch -> choose_number_type | choose_number");
    vobiz_check(&["101.00 INR"], ask("", "cellular"), "request_malformed -> correct_field");
}

#[test]
fn a_second_purchase_within_ten_minutes_must_be_confirmed() {
    let last = |ago_ms: i64| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.last_accepted_at = Some(NOW.plus_millis(-ago_ms))
        }
    };
    zernio_check(last(0), "velocity_exceeded -> confirm_additional | wait 600000");
    zernio_check(last(599_999), "velocity_exceeded -> confirm_additional | wait 1");
    zernio_check(last(600_000), "accepted");
    zernio_check(last(600_001), "accepted");
    zernio_check(
        |standing, request| {
            standing.last_accepted_at = Some(NOW);
            request.confirm_additional = true;
        },
        "accepted",
    );
}

#[test]
fn usage_billing_needs_a_card_and_a_subscription_does_not() {
    zernio_check(
        |standing, _| standing.terms.payment_method_on_file = false,
        "payment_method_missing -> add_payment_method",
    );
    let without_card =
        CustomerTerms { billing: BillingKind::Subscription, payment_method_on_file: false, ..zernio_customer() };
    check(&zernio(), &standing(without_card, &[]), &zernio_offers(), &zernio_request(), NOW, "accepted");
}

#[test]
fn nobody_pays_at_a_checkout_for_what_nobody_has_seen() {
    let at_a_checkout = CustomerTerms { billing: BillingKind::Subscription, ..zernio_customer() };
    let buy = |terms: &CustomerTerms, offers: &Offers, then| {
        check(&zernio(), &standing(terms.clone(), &[]), offers, &zernio_request(), NOW, then);
    };
    let us: Country = "US".parse().unwrap();
    let selector = Selector::Any { country: us, number_type: None };
    let unseen = format!("waiting for {:?}", Fact::Search { selector });
    let mut nothing = zernio_offers();
    nothing.searches[0].numbers.clear();
    let gone = format!("out_of_stock -> one of {} countries", zernio().countries().len() - 1);
    buy(&at_a_checkout, &Offers::default(), &unseen);
    buy(&at_a_checkout, &nothing, &gone);
    buy(&at_a_checkout, &zernio_offers(), "accepted");
    // The system looks when it reserves, and nobody has paid yet.
    buy(&zernio_customer(), &Offers::default(), "accepted");
    buy(&zernio_customer(), &nothing, &gone);
}

#[test]
fn the_balance_must_cover_setup_fee_and_first_month() {
    // The source: "Debits your account balance for the setup fee and monthly fee." 100 + 1 INR.
    vobiz_check(&[], |_, _, _| {}, "insufficient_balance -> add 101.00 INR");
    vobiz_check(&["100.99 INR"], |_, _, _| {}, "insufficient_balance -> add 0.01 INR");
    vobiz_check(&["101.00 INR"], |_, _, _| {}, "accepted");
    vobiz_check(&["101.01 INR"], |_, _, _| {}, "accepted");
    // Only the quote's currency counts.
    vobiz_check(&["1000.00 USD"], |_, _, _| {}, "insufficient_balance -> add 101.00 INR");
}

#[test]
fn a_price_that_has_moved_is_refused() {
    let saw = |text| PriceSeen { due_now: Some(money(text)), ..PriceSeen::default() };
    let seen = |text: &'static str| {
        move |_: &mut Standing, request: &mut PurchaseRequest, _: &mut Offers| request.price_seen = Some(saw(text))
    };
    vobiz_check(&["101.00 INR"], seen("101.00 INR"), "accepted");
    vobiz_check(&["101.00 INR"], seen("100.99 INR"), "price_changed -> accept_price");
    vobiz_check(&["101.00 INR"], seen("101.01 INR"), "price_changed -> accept_price");
    vobiz_check(&["101.00 INR"], seen("101.00 USD"), "price_changed -> accept_price");
    // Part by part: what is not named is not compared.
    for (setup_fee, monthly_fee, then) in [
        (Some("100.00 INR"), Some("1.00 INR"), "accepted"),
        (None, Some("1.00 INR"), "accepted"),
        (None, None, "accepted"),
        (Some("99.00 INR"), Some("2.00 INR"), "price_changed -> accept_price"),
        (None, Some("1.01 INR"), "price_changed -> accept_price"),
        (Some("100.01 INR"), None, "price_changed -> accept_price"),
    ] {
        let (setup_fee, monthly_fee) = (setup_fee.map(money), monthly_fee.map(money));
        let saw = PriceSeen { setup_fee, monthly_fee, ..PriceSeen::default() };
        vobiz_check(&["101.00 INR"], |_, request, _| request.price_seen = Some(saw), then);
    }
}

#[test]
fn a_quote_s_lines_add_up_to_what_is_due() {
    let quote = quote(&vobiz(), &standing(vobiz_customer(), &[]), &vobiz_offers(), &vobiz_request(), NOW);
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
    let shop = zernio();
    let odd = PurchaseRequest { country: Some("??".into()), ..PurchaseRequest::default() };
    let quote = quote(&shop, &standing(zernio_customer(), &[]), &Offers::default(), &odd, NOW);
    let gates: Vec<_> = quote.gates.iter().map(|report| report.gate).collect();
    assert_eq!(gates, ringup_core::Gate::ALL);
}
