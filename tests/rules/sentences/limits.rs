//! How many, how much and how fast.

use ringup_core::shop::{Churn, Limits, NumberType, ShopData};
use ringup_core::*;
use serde_json::{Value, json};

use super::super::kit::{NOW, money, orchard_customer, orchard_request, orchard_with, standing};
use super::said::Said;
use crate::api::quote;

fn limited(limits: Value) -> impl FnOnce(&mut ShopData) {
    |data| data.policy.limits = serde_json::from_value::<Limits>(limits).unwrap()
}

fn of_us(until: Option<Timestamp>) -> InFlight {
    let country = Some("US".parse().unwrap());
    InFlight { checkout_expires_at: until, country, ..InFlight::since(NOW.plus_millis(-700_000)) }
}

pub fn limits(said: &mut Said) {
    said.about("number_limit_reached");
    // The largest plan, so that only the policy's limit is in the way.
    let large = |change: fn(&mut Standing)| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.terms.plan = Some("huge".parse().unwrap());
            request.number_type = Some("toll_free".into());
            change(standing);
        }
    };
    said.orchard_by(limited(json!({ "numbers": 1 })), large(|standing| standing.held.total = 1));
    said.orchard_by(
        limited(json!({ "numbers": 2 })),
        large(|standing| {
            standing.held.total = 2;
            standing.in_flight = vec![of_us(None)];
        }),
    );
    said.orchard_by(limited(json!({ "numbers": 0 })), large(|_| {}));
    said.orchard_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| _ = standing.held.by_country.insert("US".parse().unwrap(), 1)),
    );
    said.orchard_by(
        limited(json!({ "each_country": 2 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
    );
    said.orchard_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
    );
    said.orchard_by(
        limited(json!({ "by_type": { "toll_free": 1 } })),
        large(|standing| _ = standing.held.by_type.insert(NumberType::TollFree, 1)),
    );
    said.orchard_by(
        limited(json!({ "each_holder": 2 })),
        large(|standing| _ = standing.held.by_holder.insert("home".parse().unwrap(), 2)),
    );
    spend_and_day(said);
}

pub fn spend_and_day(said: &mut Said) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    said.about("spend_limit_reached");
    let claims = |spent: &'static str, count: usize| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.terms.plan = Some("huge".parse().unwrap());
            let spent = Some(money(spent));
            let claim = Move { at: NOW.plus_millis(-700_000), kind: MoveKind::Claim, spent };
            standing.recent = vec![claim; count];
        }
    };
    let spend = |amount: i64, period: &str| limited(json!({ "spend": [{ "amount": usd(amount), "period": period }] }));
    said.orchard_by(spend(1_000, "month"), claims("9.00 USD", 1));
    said.orchard_by(spend(1_000, "day"), claims("9.00 USD", 1));
    said.orchard_by(spend(199, "month"), claims("0.00 USD", 0));
    said.about("pace_limit_reached");
    let day = |most: u32| limited(json!({ "purchases_a_day": most }));
    said.orchard_by(day(1), claims("2.00 USD", 1));
    said.orchard_by(day(2), claims("2.00 USD", 2));
    said.orchard_by(day(0), claims("2.00 USD", 0));
}

pub fn pace(said: &mut Said) {
    said.about("velocity_exceeded");
    said.orchard(|standing, _| standing.last_accepted_at = Some(NOW.plus_millis(-30_500)));
    said.about("pace_limit_reached");
    let mut churn = |moves_max: u32, window_s: u32, count: usize| {
        said.orchard_by(
            |data| data.policy.churn = Some(Churn { moves_max, window_s }),
            |standing, _| {
                let released = Move { at: NOW.plus_millis(-1_000), kind: MoveKind::Release, spent: None };
                standing.recent = vec![released; count];
            },
        );
    };
    churn(3, 2_592_000, 3);
    churn(1, 86_400, 1);
}

#[test]
fn a_limit_says_from_when_on_there_is_room_again() {
    let shop = orchard_with(limited(json!({ "each_country": 1 })));
    let mut standing = standing(orchard_customer(), &[]);
    let mut ends_at = |until: &[Option<i64>], held: u32| {
        standing.in_flight = until.iter().map(|until| of_us(until.map(|later| NOW.plus_millis(later)))).collect();
        standing.held.by_country.insert("US".parse().unwrap(), held);
        let quote = quote(&shop, &standing, &Offers::default(), &orchard_request(), NOW);
        let blocked = quote.gates.into_iter().find_map(|report| match report.status {
            GateStatus::Blocked {
                rejection: Rejection::NumberLimitReached(gates::limits::Reached { ends_at, .. }),
                ..
            } => Some(ends_at),
            GateStatus::Blocked { .. } | GateStatus::Passed { .. } | GateStatus::Waiting { .. } => None,
        });
        blocked.unwrap().map(|at| at.as_millis() - NOW.as_millis())
    };
    assert_eq!(ends_at(&[Some(5)], 0), Some(5));
    assert_eq!(ends_at(&[Some(5), Some(9)], 0), Some(9), "both must end");
    assert_eq!(ends_at(&[None], 0), None, "what is being ordered comes to be held");
    assert_eq!(ends_at(&[Some(5)], 1), None, "a number must be released as well");
    assert_eq!(ends_at(&[], 1), None);
}
