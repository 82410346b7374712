//! The order of the gates is part of the contract: of two that both block, the earlier one answers.

use ringup_core::shop::{BillingKind, Churn, KycRules, KycSubject, SelectorKind};
use ringup_core::{
    Actor, Gate, GateReport, GateStatus, KycStatus, MakePurchase, Move, MoveKind, NumberType, Offers, PriceSeen,
    PurchaseError, PurchaseRequest, Rejection, Role, Selector, Shop, Standing,
};

use serde_json::json;

use super::kit::{NOW, account, bazaar, bazaar_customer, bazaar_offers, bazaar_request, money};
use super::kit::{orchard_customer, orchard_request, orchard_with, standing};
use crate::api::{decide, quote};
use crate::examples;

type Obstacle = (Gate, fn(&mut Standing, &mut PurchaseRequest));

/// Obstacles for each gate that a quote can judge, in the order that DESIGN.md gives. None of them puts up another one.
const OBSTACLES: &[Obstacle] = &[
    (Gate::KeyForm, |_, request| request.idempotency_key = Some("k".repeat(11))),
    (Gate::Request, |_, request| request.currency = Some("dollars".into())),
    (Gate::Actor, |standing, _| standing.actor.role = Role::Viewer),
    (Gate::Actor, |_, request| request.holder = Some("stranger".into())),
    (Gate::Actor, |standing, _| standing.actor.only_holder = Some("other".parse().unwrap())),
    (Gate::Selector, |_, request| request.area_code = Some("415".into())),
    (Gate::Selector, |_, request| request.number = None),
    (Gate::PaidPlan, |standing, _| standing.terms.plan = Some("free".parse().unwrap())),
    (Gate::NumberLimit, |standing, _| standing.held.total = 2000),
    (Gate::CountryLimit, |standing, _| _ = standing.held.by_country.insert("IN".parse().unwrap(), 10)),
    (Gate::TypeLimit, |standing, _| _ = standing.held.by_type.insert(NumberType::Mobile, 10)),
    (Gate::HolderLimit, |standing, _| _ = standing.held.by_holder.insert("home".parse().unwrap(), 10)),
    (Gate::SpendLimit, |standing, _| standing.recent.push(done(MoveKind::Claim, Some("1000.00 INR")))),
    (Gate::DailyLimit, |standing, _| standing.recent.extend([done(MoveKind::Claim, None); 10])),
    (Gate::Country, |_, request| request.number = Some(UNSOLD.into())),
    (Gate::Stock, |_, request| request.number = Some(UNKNOWN.into())),
    (Gate::Stock, |_, request| request.currency = Some("EUR".into())),
    (Gate::Billing, |standing, _| standing.terms.billing = BillingKind::Subscription),
    (Gate::Kyc, |standing, _| standing.terms.kyc.account = KycStatus::Declined),
    (Gate::Velocity, |standing, _| standing.last_accepted_at = Some(NOW)),
    (Gate::Churn, |standing, _| standing.recent.extend([done(MoveKind::Release, None); 20])),
    (Gate::PaymentMethod, |standing, _| standing.terms.payment_method_on_file = false),
    (Gate::Balance, |standing, _| standing.balances = vec![money("100.99 INR")]),
    (Gate::Price, |_, request| {
        request.price_seen = Some(PriceSeen { due_now: Some(money("0.01 INR")), ..PriceSeen::default() })
    }),
    (Gate::Price, |_, request| request.quote_seen = serde_json::from_value(json!({ "id": "0".repeat(64) })).unwrap()),
];

/// A number that was found and has no price, and one that was looked for and not found.
const UNSOLD: &str = "+8502381234567";
const UNKNOWN: &str = "+919876543219";

/// The gates that need a price, and cannot be judged where there is none.
const BEFORE_STOCK: [Gate; 3] = [Gate::CountryLimit, Gate::TypeLimit, Gate::SpendLimit];

fn done(kind: MoveKind, spent: Option<&str>) -> Move {
    Move { at: NOW, kind, spent: spent.map(money) }
}

/// A shop with every rule switched on; numbers are bought by name, as Bazaar sells them.
fn strict() -> Shop {
    orchard_with(|shop| {
        let policy = &mut shop.policy;
        policy.selectors = vec![SelectorKind::Exact];
        policy.buyers = vec![Role::Owner];
        policy.limits = serde_json::from_value(json!({
            "each_country": 10, "by_type": { "mobile": 10 }, "each_holder": 10, "purchases_a_day": 10,
            "spend": [{ "amount": { "minor_units": 100_000, "currency": "INR" }, "period": "day" }]
        }))
        .unwrap();
        policy.billing.as_mut().unwrap().domestic.clear();
        policy.kyc =
            Some(KycRules { tier_min: 0, subject: KycSubject::Account, submitters: vec![], ..KycRules::default() });
        policy.churn = Some(Churn { moves_max: 20, window_s: 600 });
        policy.payment = serde_json::from_value(json!([{ "method": "wallet", "on_file_required": true }])).unwrap();
    })
}

/// What was found: the number that is wanted, one without a price, and nothing.
fn offers() -> Offers {
    let mut offers = bazaar_offers();
    let mut search = |number: &str, found: bool| {
        let mut search = offers.searches[0].clone();
        search.selector = Selector::Exact { number: number.parse().unwrap() };
        search.numbers[0].number = number.parse().unwrap();
        search.numbers[0].country = "KP".parse().unwrap();
        search.numbers[0].prices.clear();
        if !found {
            search.numbers.clear();
        }
        offers.searches.push(search);
    };
    search(UNSOLD, true);
    search(UNKNOWN, false);
    offers
}

/// Whether both write the same field, so that only one of them can stand.
fn is_one_field(one: &Obstacle, other: &Obstacle) -> bool {
    let written = |(_, put_up): &Obstacle| {
        let (mut standing, mut request) = (standing(orchard_customer(), &[]), PurchaseRequest::default());
        request.number = Some("+14155550142".into());
        let before = serde_json::to_value(&request).unwrap();
        put_up(&mut standing, &mut request);
        let after = serde_json::to_value(&request).unwrap();
        let fields = ["number", "currency", "holder"].into_iter();
        fields.filter(|field| before.get(field) != after.get(field)).collect::<Vec<_>>()
    };
    let others = written(other);
    written(one).iter().any(|field| others.contains(field))
}

#[test]
fn of_two_obstacles_the_earlier_one_answers() {
    let (shop, offers) = (strict(), offers());
    let first_blocked = |obstacles: &[&Obstacle]| {
        let mut standing = standing(orchard_customer(), &["101.00 INR"]);
        standing.terms.kyc.account = KycStatus::Approved;
        let mut request = PurchaseRequest { number: bazaar_request().number, ..orchard_request() };
        for (_, put_up) in obstacles {
            put_up(&mut standing, &mut request);
        }
        let quote = quote(&shop, &standing, &offers, &request, NOW);
        let blocked = |report: &&GateReport| matches!(report.status, GateStatus::Blocked { .. });
        let first = quote.gates.iter().find(blocked).map(|report| report.gate);
        assert_eq!(quote.acceptable, first.is_none(), "{:?}", quote.gates);
        first
    };
    assert_eq!(first_blocked(&[]), None);
    let mut judged: Vec<Gate> = OBSTACLES.iter().map(|(gate, _)| *gate).collect();
    judged.dedup();
    // An example is asked of a shop of its own: no earlier gate refuses it.
    let shown: Vec<Gate> = examples::all().iter().map(|example| example.refusal().gate()).collect();
    // Only an account knows its keys and its numbers.
    let is_judged = |gate: &Gate| !matches!(gate, Gate::Idempotency | Gate::AlreadyHeld) && !shown.contains(gate);
    let all: Vec<Gate> = Gate::ALL.into_iter().filter(is_judged).collect();
    assert_eq!(judged, all, "every gate has its obstacle");
    for (index, earlier) in OBSTACLES.iter().enumerate() {
        assert_eq!(first_blocked(&[earlier]), Some(earlier.0), "{:?} alone", earlier.0);
        for later in OBSTACLES[index + 1..].iter().filter(|later| later.0 != earlier.0 && !is_one_field(earlier, later))
        {
            // What has no price is not measured against one, and one number is not two.
            let has_no_price = [Gate::Country, Gate::Stock].contains(&later.0);
            if has_no_price && (BEFORE_STOCK.contains(&earlier.0) || earlier.0 == Gate::Country) {
                continue;
            }
            let order: [&[&Obstacle]; 2] = [&[earlier, later], &[later, earlier]];
            for obstacles in order {
                assert_eq!(first_blocked(obstacles), Some(earlier.0), "{:?} before {:?}", earlier.0, later.0);
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
    let (shop, offers) = (bazaar(), bazaar_offers());
    let account = account(bazaar_customer(), &[money("100.99 INR")]);
    let mut request = bazaar_request();
    let answer = |request: &PurchaseRequest| {
        let command = MakePurchase { id: "p".parse().unwrap(), actor: Actor::default(), request: request.clone() };
        decide(&shop, &account, &offers, &command, NOW).unwrap_err()
    };
    assert!(matches!(answer(&request), PurchaseError::Refused(Rejection::InsufficientBalance { .. })));
    request.currency = Some("EUR".into());
    assert!(matches!(answer(&request), PurchaseError::Refused(Rejection::CurrencyNotOffered { .. })));
    request.holder = Some("second".into());
    assert!(matches!(answer(&request), PurchaseError::Refused(Rejection::HolderUnknown { .. })));
    request.number = Some("+".into());
    assert!(matches!(answer(&request), PurchaseError::Refused(Rejection::RequestMalformed { .. })));
}
