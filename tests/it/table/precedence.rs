//! The order of the gates is part of the contract: of two that both block, the earlier one answers.

use ringup_core::shop::BillingKind;
use ringup_core::{Actor, Command, Gate, Offers, PriceSeen, PurchaseRequest, Rejection, Standing, decide, quote};

use super::kit::{NOW, account, money, vobiz, vobiz_customer, vobiz_offers, vobiz_request};
use super::kit::{standing, zernio, zernio_customer, zernio_request};

type Obstacle = (Gate, fn(&mut Standing, &mut PurchaseRequest));

/// One obstacle for each gate that Zernio's policy switches on, in the order that DESIGN.md gives.
const OBSTACLES: &[Obstacle] = &[
    (Gate::KeyForm, |_, request| request.idempotency_key = Some("k".repeat(101))),
    (Gate::Request, |_, request| request.currency = Some("dollars".into())),
    (Gate::Actor, |standing, _| standing.terms.holders.clear()),
    (Gate::Selector, |_, request| request.number = Some("+14155550142".into())),
    (Gate::PaidPlan, |standing, _| standing.terms.plan = Some("free".parse().unwrap())),
    (Gate::NumberLimit, |standing, _| standing.held.total = 1000),
    (Gate::Country, |_, request| request.country = Some("KP".into())),
    (Gate::Billing, |standing, request| {
        standing.terms.billing = BillingKind::Subscription;
        request.country.get_or_insert("DE".into());
    }),
    (Gate::Kyc, |_, request| {
        request.country.get_or_insert("DE".into());
    }),
    (Gate::Velocity, |standing, _| standing.last_accepted_at = Some(NOW)),
    (Gate::PaymentMethod, |standing, _| standing.terms.payment_method_on_file = false),
    (Gate::Price, |_, request| {
        request.price_seen = Some(PriceSeen { due_now: Some(money("0.01 USD")), ..PriceSeen::default() })
    }),
];

#[test]
fn of_two_obstacles_the_earlier_one_answers() {
    let shop = zernio();
    let first_blocked = |obstacles: &[&Obstacle]| {
        let (mut standing, mut request) = (standing(zernio_customer(), &[]), zernio_request());
        for (_, put_up) in obstacles {
            put_up(&mut standing, &mut request);
        }
        let quote = quote(&shop, &standing, &Offers::default(), &request, NOW);
        quote.gates.iter().find(|report| !report.is_passed()).map(|report| report.gate)
    };
    for (index, earlier) in OBSTACLES.iter().enumerate() {
        assert_eq!(first_blocked(&[earlier]), Some(earlier.0), "{:?} alone", earlier.0);
        for later in &OBSTACLES[index + 1..] {
            // Usage billing asks for the card, a subscription does not: the two obstacles exclude each other.
            let exclude = [(Gate::Billing, Gate::PaymentMethod)].contains(&(earlier.0, later.0));
            let order: [&[&Obstacle]; 2] = [&[earlier, later], &[later, earlier]];
            for obstacles in order {
                let expected = Some(earlier.0);
                assert_eq!(first_blocked(obstacles), expected, "{:?} before {:?} {exclude}", earlier.0, later.0);
            }
        }
    }
}

#[test]
fn the_gates_are_declared_in_the_order_in_which_they_are_asked() {
    let mut sorted = Gate::ALL;
    sorted.sort();
    assert_eq!(sorted, Gate::ALL);
}

#[test]
fn decide_refuses_with_what_the_quote_reports_first() {
    let (shop, offers) = (vobiz(), vobiz_offers());
    let account = account(vobiz_customer(), &[money("100.99 INR")]);
    let mut request = vobiz_request();
    let answer = |request: &PurchaseRequest| {
        let command = Command::Purchase { id: "p".parse().unwrap(), actor: Actor::default(), request: request.clone() };
        decide(&shop, &account, &offers, &command, NOW).unwrap_err()
    };
    assert!(matches!(answer(&request), Rejection::InsufficientBalance { .. }));
    request.currency = Some("EUR".into());
    assert!(matches!(answer(&request), Rejection::CurrencyNotOffered { .. }));
    request.holder = Some("MA_2".into());
    assert!(matches!(answer(&request), Rejection::HolderUnknown { .. }));
    request.number = Some("+".into());
    assert!(matches!(answer(&request), Rejection::RequestMalformed { .. }));
}
