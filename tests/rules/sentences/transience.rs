//! Which refusals may end by themselves.

use std::collections::BTreeSet;

use ringup_core::shop::{BillingKind, CalendarPeriod, KycItem, KycItemKind, KycSubject, SelectorKind};
use ringup_core::*;

use super::super::kit::{NOW, money};
use super::rejections;
use crate::examples::{self, Example};

/// Every refusal, with each figure that its answer depends on: those that may end by themselves, and those that never do.
pub fn every_one() -> (Vec<Rejection>, Vec<Rejection>) {
    let at = Some(NOW);
    let (us, usd): (Country, Currency) = ("US".parse().unwrap(), "USD".parse().unwrap());
    let limited = |scope, ends_at| {
        Rejection::NumberLimitReached(gates::limits::Reached { scope, held: 1, in_flight: 1, limit: 1, ends_at })
    };
    let holder: HolderId = "x".parse().unwrap();
    let numbers = |ends_at| limited(LimitScope::Total, ends_at);
    let spend = |ends_at| {
        Rejection::SpendLimitReached(gates::limits::spend::Exceeded {
            period: CalendarPeriod::Month,
            spent: money("1.00 USD"),
            price: money("1.00 USD"),
            limit: money("1.00 USD"),
            ends_at,
        })
    };
    let pace = |pace, ends_at| {
        Rejection::PaceLimitReached(gates::pace::Reached { pace, window_s: None, count: 1, limit: 1, ends_at })
    };
    let kyc = |status| {
        Rejection::KycRequired(gates::kyc::Required {
            country: us,
            subject: KycSubject::Country,
            tier: 3,
            tier_min: 3,
            status,
            may_submit: true,
            items: vec![KycItem { name: "extract".into(), kind: KycItemKind::Document, within: None }],
            mend_by: Some(NOW),
            expired_at: Some(NOW),
        })
    };
    let any = Selector::any(us, None);
    let mut later = vec![
        numbers(at),
        limited(LimitScope::Country { country: us }, at),
        limited(LimitScope::NumberType { number_type: NumberType::Mobile }, at),
        limited(LimitScope::Holder { holder: holder.clone() }, at),
        spend(at),
        pace(Pace::Day, at),
        pace(Pace::Churn, at),
        kyc(KycStatus::Initiated),
        kyc(KycStatus::Pending),
        Rejection::OutOfStock(gates::stock::OutOfStock { selector: any }),
        Rejection::VelocityExceeded(gates::pace::velocity::Exceeded { last_accepted_at: NOW, ends_at: NOW }),
    ];
    let number: E164 = "+14155550142".parse().unwrap();
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let one = money("1.00 USD");
    let (billing, required) = (BillingKind::Prepaid, BillingKind::Usage);
    let mut never = vec![
        numbers(None),
        spend(None),
        pace(Pace::Day, None),
        pace(Pace::Churn, None),
        kyc(KycStatus::NotSubmitted),
        kyc(KycStatus::Declined),
        kyc(KycStatus::Expired),
        kyc(KycStatus::Approved),
        Rejection::KeyMalformed(gates::key_form::Malformed { length: 0, length_max: 1 }),
        Rejection::KeyReused,
        Rejection::AlreadyHeld(gates::already_held::Held { purchase: "p".parse().unwrap(), pending: false }),
        Rejection::RequestMalformed(gates::request::Malformed {
            field: "holder".into(),
            typed: None,
            problem: FieldProblem::Missing,
        }),
        Rejection::RoleNotAllowed(gates::actor::RoleNotAllowed { role: Role::Viewer, allowed: vec![Role::Owner] }),
        Rejection::HolderUnknown(gates::actor::HolderUnknown { holder: holder.clone() }),
        Rejection::ActorNotAllowed(gates::actor::ActorNotAllowed { only_holder: holder }),
        Rejection::SelectorMissing(gates::selector::Missing { begun: None, offered: vec![] }),
        Rejection::SelectorAmbiguous(gates::selector::Ambiguous { offered: vec![] }),
        Rejection::SelectorNotOffered(gates::selector::NotOffered { asked: SelectorKind::Any, offered: vec![] }),
        Rejection::PlanNotPaid(gates::paid_plan::NotPaid { plan: None, title: None, free_suffices: false }),
        Rejection::CountryNotSold(gates::country::NotSold { country: us, number_type: None, sold: vec![] }),
        Rejection::NotSearched(gates::stock::NotSearched { number }),
        Rejection::NoSuchNumber(gates::stock::existence::NoSuchNumber {
            selector: Selector::Exact { number },
            why: Nonexistence::Unknown,
        }),
        Rejection::NumberMismatch(gates::stock::Mismatched {
            selector: Selector::Exact { number },
            number,
            mismatches: vec![],
        }),
        Rejection::CurrencyNotOffered(gates::stock::CurrencyNotOffered { currency: usd, offered: vec![] }),
        Rejection::PriceTooLarge(gates::stock::PriceTooLarge { currency: usd }),
        Rejection::BillingKindRequired(gates::billing::Required { country: us, billing, required }),
        Rejection::PaymentMethodMissing(gates::payment_method::Missing { billing: None }),
        Rejection::InsufficientBalance(gates::balance::Insufficient { available: one, required: one, missing: one }),
        Rejection::PriceChanged(gates::price::Changed { differences: vec![] }),
        Rejection::QuoteOutdated(gates::price::Outdated { id, differences: vec![] }),
    ];
    for rejection in examples::all().iter().map(Example::refusal) {
        if rejection.is_transient() { later.push(rejection) } else { never.push(rejection) }
    }
    (later, never)
}

#[test]
fn what_can_be_accepted_later_unchanged_says_so() {
    let (later, never) = every_one();
    let named: BTreeSet<String> = later.iter().chain(&never).map(|one| one.code().into()).collect();
    assert_eq!(named, rejections(), "every one is in the table");
    for (rejections, is_transient) in [(later, true), (never, false)] {
        for rejection in rejections {
            assert_eq!(rejection.is_transient(), is_transient, "{rejection:?}");
        }
    }
}
