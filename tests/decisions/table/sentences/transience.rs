//! Which refusals may end by themselves.

use std::collections::BTreeSet;

use ringup_core::shop::{BillingKind, CalendarPeriod, KycSubject, SelectorKind};
use ringup_core::*;

use super::super::kit::{NOW, money};
use super::{REJECTIONS, rejection};

#[test]
fn what_can_be_accepted_later_unchanged_says_so() {
    let at = Some(NOW);
    let (us, usd): (Country, Currency) = ("US".parse().unwrap(), "USD".parse().unwrap());
    let numbers =
        |ends_at| Rejection::NumberLimitReached { scope: LimitScope::Total, held: 1, in_flight: 1, limit: 1, ends_at };
    let spend = |ends_at| Rejection::SpendLimitReached {
        period: CalendarPeriod::Month,
        spent: money("1.00 USD"),
        price: money("1.00 USD"),
        limit: money("1.00 USD"),
        ends_at,
    };
    let pace = |pace, ends_at| Rejection::PaceLimitReached { pace, window_s: None, count: 1, limit: 1, ends_at };
    let kyc = |status| Rejection::KycRequired {
        country: us,
        subject: KycSubject::Country,
        tier: 3,
        tier_min: 3,
        status,
        may_submit: true,
    };
    let any = Selector::Any { country: us, number_type: None };
    let later = vec![
        numbers(at),
        spend(at),
        pace(Pace::Day, at),
        pace(Pace::Churn, at),
        kyc(KycStatus::Initiated),
        kyc(KycStatus::Pending),
        Rejection::OutOfStock { selector: any },
        Rejection::VelocityExceeded { last_accepted_at: NOW, ends_at: NOW },
    ];
    let holder: HolderId = "x".parse().unwrap();
    let number: E164 = "+14155550142".parse().unwrap();
    let id: QuoteId = "0".repeat(64).parse().unwrap();
    let one = money("1.00 USD");
    let (billing, required) = (BillingKind::Prepaid, BillingKind::Usage);
    let never = vec![
        numbers(None),
        spend(None),
        pace(Pace::Day, None),
        pace(Pace::Churn, None),
        kyc(KycStatus::NotSubmitted),
        kyc(KycStatus::Declined),
        kyc(KycStatus::Approved),
        Rejection::KeyMalformed { length: 0, length_max: 1 },
        Rejection::KeyReused,
        Rejection::RequestMalformed { field: "holder".into(), problem: String::new() },
        Rejection::RoleNotAllowed { role: Role::Viewer, allowed: vec![Role::Owner] },
        Rejection::HolderUnknown { holder: holder.clone() },
        Rejection::ActorNotAllowed { only_holder: holder },
        Rejection::SelectorMissing { begun: None, offered: vec![] },
        Rejection::SelectorAmbiguous { offered: vec![] },
        Rejection::SelectorNotOffered { asked: SelectorKind::Any, offered: vec![] },
        Rejection::PlanNotPaid { plan: None, title: None, free_suffices: false },
        Rejection::CountryNotSold { country: us, number_type: None, sold: vec![] },
        Rejection::NotSearched { number },
        Rejection::NumberMismatch { selector: Selector::Exact { number }, number, mismatches: vec![] },
        Rejection::CurrencyNotOffered { currency: usd, offered: vec![] },
        Rejection::PriceTooLarge { currency: usd },
        Rejection::BillingKindRequired { country: us, billing, required },
        Rejection::PaymentMethodMissing { billing: None },
        Rejection::InsufficientBalance { available: one, required: one, missing: one },
        Rejection::PriceChanged { differences: vec![] },
        Rejection::QuoteOutdated { id, differences: vec![] },
        Rejection::NumberNotHeld,
    ];
    let named: BTreeSet<&str> = later.iter().chain(&never).map(rejection).collect();
    assert_eq!(named, REJECTIONS.iter().copied().collect(), "every one is in the table");
    for (rejections, is_transient) in [(later, true), (never, false)] {
        for rejection in rejections {
            assert_eq!(rejection.is_transient(), is_transient, "{rejection:?}");
        }
    }
}
