//! What is reserved costs what was agreed, or it goes back and the next one is tried.

use ringup_core::shop::{BillingKind, Rate};
use ringup_core::{NumberType, Offers, Search, Selector};
use serde_json::json;

use crate::api::quote;
use crate::kit::{Host, NOW, orchard_customer, orchard_offers, orchard_request, orchard_with, standing};
use crate::lifecycle::{books, check};

/// Toll-free numbers and those of +1212 cost more; those of +1650 cost the same.
fn by_usage() -> Host {
    Host { shop: with_rates(), ..Host::orchard(BillingKind::Usage) }
}

fn with_rates() -> ringup_core::Shop {
    orchard_with(|shop| {
        let of_country = shop.rate_card.rates[0].clone();
        let mut add = |change: &dyn Fn(&mut Rate)| {
            let mut rate = of_country.clone();
            change(&mut rate);
            shop.rate_card.rates.push(rate);
        };
        let dear = serde_json::from_value(json!({ "minor_units": 500, "currency": "USD" })).unwrap();
        add(&|rate| (rate.number_type, rate.monthly_fee) = (Some(NumberType::TollFree), dear));
        add(&|rate| (rate.prefix, rate.monthly_fee) = (Some("+1212".into()), dear));
        add(&|rate| rate.prefix = Some("+1650".into()));
    })
}

#[test]
fn a_number_that_costs_something_else_goes_back_and_the_next_one_is_tried() {
    for other in ["own_price", "toll_free", "+12125550142", "+14045550100_12_months"] {
        let rejected = format!("buy p, reserve {other}");
        check(by_usage(), &rejected, "reservation_rejected -> p/unreserve");
        check(by_usage(), &format!("{rejected}, unreserve lost"), "outcome_unknown -> p/unreserve in 1000");
        let next = format!("{rejected}, unreserve ok");
        check(by_usage(), &next, "reservation_returned -> p/reserve/1");
        check(by_usage(), &format!("{next}, reserve ok"), "number_reserved -> p/charge");
        check(by_usage(), &format!("{next}, reserve no"), "purchase_failed ->");
        // What is undone later is another return.
        check(by_usage(), &format!("{next}, reserve ok, charge no"), "compensation_started -> p/unreserve/1");
        // A second worker's reply about the first reservation says nothing new.
        check(by_usage(), &format!("{next}, reserve no, late reserve {other}"), "->");
        books(by_usage(), &format!("{next}, reserve ok, charge ok, order ok"), "taken -2.00 USD");
    }
    check(by_usage(), "buy p, reserve +16505550142", "number_reserved -> p/charge");
}

#[test]
fn the_policy_bounds_how_many_are_tried() {
    let max = by_usage().shop.policy().retry.attempts_max;
    let mut steps = String::from("buy p");
    for nth in 1..max {
        steps += ", reserve own_price, unreserve ok";
        check(by_usage(), &steps, &format!("reservation_returned -> p/reserve/{nth}"));
    }
    check(by_usage(), &format!("{steps}, reserve own_price, unreserve ok"), "reservation_returned purchase_failed ->");
}

#[test]
fn a_number_that_was_named_is_tried_once() {
    let bazaar = || Host::bazaar("101.00 INR");
    check(bazaar(), "buy p, reserve own_price", "reservation_rejected -> p/unreserve");
    check(bazaar(), "buy p, reserve own_price, unreserve ok", "reservation_returned purchase_failed ->");
    books(bazaar(), "buy p, reserve own_price, unreserve ok", "wallet 101.00 INR, holds 0.00 INR");
}

#[test]
fn what_was_paid_at_a_checkout_is_refunded_if_no_number_costs_it() {
    let host = || Host { shop: with_rates(), ..Host::orchard(BillingKind::Subscription) };
    let paid = "buy p, open_checkout ok, paid";
    check(host(), &format!("{paid}, reserve own_price, unreserve ok, reserve no"), "compensation_started -> p/refund");
}

#[test]
fn a_late_reservation_is_returned_beside_a_second_payment() {
    let shop = with_rates();
    let paid = "buy p, open_checkout ok, late open_checkout cs_2, paid cs_2, paid cs_1";
    let steps = format!("{paid}, reserve own_price, unreserve ok, reserve no, late reserve/1 ok");
    check(Host { shop, ..Host::orchard(BillingKind::Subscription) }, &steps, "evidence_came_late -> p/unreserve");
}

#[test]
fn a_search_that_found_only_numbers_of_another_price_found_none() {
    let mut offers: Offers = orchard_offers();
    let found = offers.searches.remove(0);
    let mut other = found.numbers[0].clone();
    other.number_type = NumberType::TollFree;
    let selector = Selector::any("US".parse().unwrap(), None);
    let ask = |numbers| {
        let searches = vec![Search { selector: selector.clone(), numbers, ..found.clone() }];
        let standing = standing(orchard_customer(), &[]);
        let quote = quote(&with_rates(), &standing, &Offers { searches }, &orchard_request(), NOW);
        quote.acceptable
    };
    assert!(!ask(vec![other.clone()]), "out of stock");
    assert!(ask(vec![other, found.numbers[0].clone()]));
}
