//! How many, how much and how fast.

use ringup_core::shop::{Churn, Limits, NumberType, ShopData};
use ringup_core::*;
use serde_json::{Value, json};

use super::super::kit::{NOW, money, standing, zernio_customer, zernio_request, zernio_with};
use super::said::Said;
use crate::api::quote;

fn limited(limits: Value) -> impl FnOnce(&mut ShopData) {
    |data| data.policy.limits = serde_json::from_value::<Limits>(limits).unwrap()
}

fn of_us(until: Option<Timestamp>) -> InFlight {
    let country = Some("US".parse().unwrap());
    InFlight { counts_until: until, country, ..InFlight::since(NOW.plus_millis(-700_000)) }
}

pub fn limits(said: &mut Said) {
    // The largest plan, so that only the policy's limit is in the way.
    let large = |change: fn(&mut Standing)| {
        move |standing: &mut Standing, request: &mut PurchaseRequest| {
            standing.terms.plan = Some("unlimited".parse().unwrap());
            request.number_type = Some("toll_free".into());
            change(standing);
        }
    };
    let release = "release 1 of your numbers";
    said.zernio_by(
        limited(json!({ "numbers": 1 })),
        large(|standing| standing.held.total = 1),
        &["your limit is 1 number: you hold 1, and none is on its way", release],
    );
    said.zernio_by(
        limited(json!({ "numbers": 2 })),
        large(|standing| {
            standing.held.total = 2;
            standing.in_flight = vec![of_us(None)];
        }),
        &["your limit is 2 numbers: you hold 2, and 1 is on its way", "release 2 of your numbers"],
    );
    said.zernio_by(
        limited(json!({ "numbers": 0 })),
        large(|_| {}),
        &["your limit is 0 numbers: you hold none, and none is on its way"],
    );
    said.zernio_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| _ = standing.held.by_country.insert("US".parse().unwrap(), 1)),
        &["your limit is 1 number of US: you hold 1, and none is on its way", "release 1 of your numbers of US"],
    );
    said.zernio_by(
        limited(json!({ "each_country": 2 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
        &[
            "your limit is 2 numbers of US: you hold none, and 2 are on their way",
            "wait until 2026-03-25T10:00:00.001Z, when 1 open checkout has ended unpaid",
        ],
    );
    said.zernio_by(
        limited(json!({ "each_country": 1 })),
        large(|standing| {
            standing.in_flight = vec![of_us(Some(NOW.plus_millis(1))), of_us(Some(NOW.plus_millis(2_000)))]
        }),
        &[
            "your limit is 1 number of US: you hold none, and 2 are on their way",
            "wait until 2026-03-25T10:00:02Z, when 2 open checkouts have ended unpaid",
        ],
    );
    said.zernio_by(
        limited(json!({ "by_type": { "toll_free": 1 } })),
        large(|standing| _ = standing.held.by_type.insert(NumberType::TollFree, 1)),
        &[
            "your limit is 1 toll-free number: you hold 1, and none is on its way",
            "release 1 of your toll-free numbers",
        ],
    );
    said.zernio_by(
        limited(json!({ "each_holder": 2 })),
        large(|standing| _ = standing.held.by_holder.insert("profile_abc123".parse().unwrap(), 2)),
        &[
            "the limit of `profile_abc123` is 2 numbers: it holds 2, and none is on its way",
            "release 1 of the numbers of `profile_abc123`",
        ],
    );
    spend_and_day(said);
}

pub fn spend_and_day(said: &mut Said) {
    let usd = |minor_units: i64| json!({ "minor_units": minor_units, "currency": "USD" });
    let claims = |spent: &'static str, count: usize| {
        move |standing: &mut Standing, _: &mut PurchaseRequest| {
            standing.terms.plan = Some("unlimited".parse().unwrap());
            let spent = Some(money(spent));
            let claim = Move { at: NOW.plus_millis(-700_000), kind: MoveKind::Claim, spent };
            standing.recent = vec![claim; count];
        }
    };
    let spend = |amount: i64, period: &str| limited(json!({ "spend": [{ "amount": usd(amount), "period": period }] }));
    said.zernio_by(
        spend(1_000, "month"),
        claims("9.00 USD", 1),
        &[
            "this costs 2.00 USD now, and you have spent 9.00 USD of the 10.00 USD a month; from 2026-04-01T00:00:00Z on it \
             fits",
            "wait until 2026-04-01T00:00:00Z, when it fits into what may be spent",
        ],
    );
    said.zernio_by(
        spend(1_000, "day"),
        claims("9.00 USD", 1),
        &[
            "this costs 2.00 USD now, and you have spent 9.00 USD of the 10.00 USD a day; from 2026-03-26T00:00:00Z on it fits",
            "wait until 2026-03-26T00:00:00Z, when it fits into what may be spent",
        ],
    );
    said.zernio_by(
        spend(199, "month"),
        claims("0.00 USD", 0),
        &["this costs 2.00 USD now, and you have spent 0.00 USD of the 1.99 USD a month; no later day leaves room \
             for it"],
    );
    let day = |most: u32| limited(json!({ "purchases_a_day": most }));
    let next = "wait until 2026-03-26T00:00:00Z, when the next purchase can be made";
    said.zernio_by(
        day(1),
        claims("2.00 USD", 1),
        &["1 purchase a day is allowed, and 1 was made today; the next can be made from 2026-03-26T00:00:00Z on", next],
    );
    said.zernio_by(
        day(2),
        claims("2.00 USD", 2),
        &[
            "2 purchases a day are allowed, and 2 were made today; the next can be made from 2026-03-26T00:00:00Z on",
            next,
        ],
    );
    said.zernio_by(
        day(0),
        claims("2.00 USD", 0),
        &["0 purchases a day are allowed, and 0 were made today; there is never room for one more"],
    );
}

pub fn pace(said: &mut Said) {
    said.zernio(
        |standing, _| standing.last_accepted_at = Some(NOW.plus_millis(-30_500)),
        &[
            "another purchase was accepted at 2026-03-25T09:59:29.500Z; confirm that this additional one is meant, or wait \
             until 2026-03-25T10:09:29.500Z",
            "confirm that this additional purchase is meant",
            "wait until 2026-03-25T10:09:29.500Z, when no confirmation is needed any more",
        ],
    );
    let mut churn = |moves_max: u32, window_s: u32, count: usize, then: &[&str]| {
        said.zernio_by(
            |data| data.policy.churn = Some(Churn { moves_max, window_s }),
            |standing, _| {
                let released = Move { at: NOW.plus_millis(-1_000), kind: MoveKind::Release, spent: None };
                standing.recent = vec![released; count];
            },
            then,
        );
    };
    churn(
        3,
        2_592_000,
        3,
        &[
            "3 purchases and releases within 30 days are allowed, and 3 were made; from 2026-04-24T09:59:59Z on there is room",
            "wait until 2026-04-24T09:59:59Z, when there is room again",
        ],
    );
    churn(
        1,
        86_400,
        1,
        &[
            "1 purchase or release within 1 day is allowed, and 1 was made; from 2026-03-26T09:59:59Z on there is room",
            "wait until 2026-03-26T09:59:59Z, when there is room again",
        ],
    );
}

#[test]
fn a_limit_says_from_when_on_there_is_room_again() {
    let shop = zernio_with(limited(json!({ "each_country": 1 })));
    let mut standing = standing(zernio_customer(), &[]);
    let mut ends_at = |until: &[Option<i64>], held: u32| {
        standing.in_flight = until.iter().map(|until| of_us(until.map(|later| NOW.plus_millis(later)))).collect();
        standing.held.by_country.insert("US".parse().unwrap(), held);
        let quote = quote(&shop, &standing, &Offers::default(), &zernio_request(), NOW);
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
