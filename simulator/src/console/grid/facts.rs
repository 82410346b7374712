//! The facts of a request that are one of a few: countries, types, plans, billing, verifications, roles, selectors.

use std::collections::BTreeSet;

use ringup_core::shop::{BillingKind, Plan, Rate, SelectorKind};
use ringup_core::{
    Country, Currency, CustomerTerms, HolderId, KycStatus, Money, NumberType, OfferedNumber, PurchaseRequest, Role,
    Search, Shop, Standing,
};
use serde_json::{Value, json};

use super::{Case, Setting};
use crate::console::words::name;

pub(super) const HOLDER: &str = "holder";

/// What the wallet of the usual customer holds: more than anything costs.
const PLENTY: i64 = 1_000_000_000;

/// A number that is offered where one is asked for.
const NUMBER: &str = "+12025550142";

/// The usual customer: everything is arranged, and nothing is held.
pub(super) fn standing() -> Standing {
    let mut terms = CustomerTerms::new(BillingKind::Usage);
    terms.holders = HOLDER.parse::<HolderId>().into_iter().collect();
    serde_json::from_value(json!({ "terms": terms })).unwrap_or(Standing {
        actor: ringup_core::Actor::default(),
        terms,
        balances: Vec::new(),
        held: ringup_core::HeldCounts::default(),
        in_flight: Vec::new(),
        recent: Vec::new(),
        last_accepted_at: None,
    })
}

/// One country of each kind that the policies tell apart, those that both sell first, and one that nobody sells.
pub(super) fn countries(shops: &[&Shop; 2]) -> Vec<Setting> {
    let mut all: Vec<Country> = shops.iter().flat_map(|shop| shop.countries()).collect();
    all.extend(shops.iter().filter_map(|shop| shop.policy().default_country));
    all.extend(shops.iter().flat_map(|shop| shop.policy().limits.by_country.keys().copied()));
    all.extend(["JP", "KR", "TH", "PE", "ZA"].iter().find_map(|country| {
        country.parse().ok().filter(|country| shops.iter().all(|shop| !shop.countries().contains(country)))
    }));
    all.sort_by_key(|country| shops.iter().filter(|shop| !shop.countries().contains(country)).count());
    let mut kinds = BTreeSet::new();
    all.retain(|country| kinds.insert(shops.map(|shop| kind(shop, *country))));
    let country = |country: Country| {
        Setting::new(format!("country {country}"), move |case| case.request.country = Some(String::from(country)))
    };
    all.into_iter().map(country).collect()
}

/// What a policy says of a country.
fn kind(shop: &Shop, country: Country) -> String {
    let policy = shop.policy();
    let entry = |rate: &Rate| {
        let mut entry = serde_json::to_value(rate).unwrap_or_default();
        entry.as_object_mut().and_then(|members| members.shift_remove("country"));
        entry
    };
    let entries: Vec<Value> = shop.rate_card().rates.iter().filter(|rate| rate.country == country).map(entry).collect();
    let limits: Vec<Option<u32>> = core::iter::once(&policy.limits)
        .chain(shop.plans().iter().map(|plan| &plan.limits))
        .map(|limits| limits.by_country.get(&country).copied())
        .collect();
    let discounts: Vec<bool> =
        shop.rate_card().discounts.iter().map(|discount| discount.countries.contains(&country)).collect();
    let taxes: Vec<bool> = shop.rate_card().taxes.iter().map(|tax| tax.countries.contains(&country)).collect();
    let domestic = policy.billing.as_ref().is_some_and(|rules| rules.domestic.contains(&country));
    json!([entries, limits, discounts, taxes, domestic]).to_string()
}

pub(super) fn types(shops: &[&Shop; 2]) -> Vec<Setting> {
    let rates = shops.iter().flat_map(|shop| &shop.rate_card().rates).filter_map(|rate| rate.number_type);
    let limits = shops.iter().flat_map(|shop| shop.policy().limits.by_type.keys().copied());
    let all: BTreeSet<NumberType> = rates.chain(limits).collect();
    let typed = |number_type: NumberType| {
        Setting::new(format!("type {}", number_type.name()), move |case| {
            case.request.number_type = Some(number_type.name().into());
        })
    };
    core::iter::once(Setting::new("any type", |_| {})).chain(all.into_iter().map(typed)).collect()
}

/// The plans: first a paid one that both have and that allows the most, last none.
pub(super) fn plans(shops: &[&Shop; 2]) -> Vec<Setting> {
    let mut all: Vec<&Plan> = Vec::new();
    for plan in shops.iter().flat_map(|shop| shop.plans()) {
        if all.iter().all(|other| other.id != plan.id) {
            all.push(plan);
        }
    }
    let lacks = |plan: &Plan| shops.iter().filter(|shop| shop.plan(&plan.id).is_none()).count();
    all.sort_by_key(|plan| (!plan.is_paid(), lacks(plan), std::cmp::Reverse(plan.number_limit)));
    let ids = all.into_iter().map(|plan| Some(plan.id.clone())).chain([None]);
    ids.map(|id| {
        let label = id.as_ref().map_or("no plan".into(), |id| format!("plan {id}"));
        Setting::new(label, move |case| case.standing.terms.plan.clone_from(&id))
    })
    .collect()
}

pub(super) fn billings() -> Vec<Setting> {
    [BillingKind::Usage, BillingKind::Subscription, BillingKind::Prepaid]
        .into_iter()
        .map(|kind| Setting::new(format!("{} billing", name(&kind)), move |case| case.standing.terms.billing = kind))
        .collect()
}

pub(super) fn payment_methods() -> Vec<Setting> {
    vec![
        Setting::new("a payment method", |case| case.standing.terms.payment_method_on_file = true),
        Setting::new("no payment method on file", |case| case.standing.terms.payment_method_on_file = false),
    ]
}

pub(super) fn subscriptions() -> Vec<Setting> {
    vec![
        Setting::new("not subscribed", |_| {}),
        Setting::new("subscribed already", |case| case.standing.held.subscribed = 1),
    ]
}

pub(super) fn confirmations() -> Vec<Setting> {
    vec![
        Setting::new("not confirmed", |_| {}),
        Setting::new("confirmed", |case| case.request.confirm_additional = true),
    ]
}

pub(super) fn verifications() -> Vec<Setting> {
    use KycStatus::{Approved, Declined, Initiated, NotSubmitted, Pending};
    let verified = |status: KycStatus| {
        Setting::new(format!("verification {}", name(&status)), move |case| {
            let kyc = &mut case.standing.terms.kyc;
            kyc.account = status;
            let country = case.request.country.as_deref().and_then(|country| country.parse().ok());
            kyc.countries.extend(country.map(|country: Country| (country, status)));
        })
    };
    [Approved, NotSubmitted, Initiated, Pending, Declined].map(verified).into()
}

pub(super) fn roles() -> Vec<Setting> {
    let acting = |role: Role| Setting::new(role.title(), move |case| case.standing.actor.role = role);
    [Role::Owner, Role::Admin, Role::Member, Role::Viewer].map(acting).into()
}

pub(super) fn holders() -> Vec<Setting> {
    vec![Setting::new("a holder", |_| {}), Setting::new("no holder named", |case| case.request.holder = None)]
}

pub(super) fn balances(shops: &[&Shop; 2]) -> Vec<Setting> {
    let of_rates = shops.iter().flat_map(|shop| &shop.rate_card().rates).map(|rate| rate.monthly_fee.currency());
    let defaults = shops.iter().map(|shop| shop.policy().default_currency);
    let currencies: BTreeSet<Currency> = of_rates.chain(defaults).collect();
    let plenty: Vec<Money> = currencies.into_iter().filter_map(|currency| Money::new(PLENTY, currency).ok()).collect();
    vec![
        Setting::new("a full wallet", move |case| case.standing.balances.clone_from(&plenty)),
        Setting::new("an empty wallet", |_| {}),
    ]
}

/// The ways to ask: first one that both know; and an exact number of every prefix that has its own price.
pub(super) fn selectors(shops: &[&Shop; 2]) -> Vec<Setting> {
    use SelectorKind::{Any, AreaCode, Exact, Inventory, Pattern};
    let mut kinds = [Any, Exact, Inventory, AreaCode, Pattern];
    kinds.sort_by_key(|kind| shops.iter().filter(|shop| !shop.policy().selectors.contains(kind)).count());
    let asked = kinds.map(|kind| Setting::new(format!("asked by {}", name(&kind)), move |case| ask(case, kind)));
    let prefixes: BTreeSet<(Country, String)> = shops
        .iter()
        .flat_map(|shop| &shop.rate_card().rates)
        .filter_map(|rate| Some((rate.country, rate.prefix.clone()?)))
        .collect();
    let by_prefix = prefixes.into_iter().map(|(country, prefix)| {
        let number = format!("{prefix:0<12}");
        Setting::new(format!("the number {number}"), move |case| {
            case.request.country = Some(String::from(country));
            case.request.number = Some(number.clone());
            offer(case, &json!({ "kind": "exact", "number": number }), &number);
        })
    });
    asked.into_iter().chain(by_prefix).collect()
}

/// Asks in this way, for a number that a search has found.
fn ask(case: &mut Case, kind: SelectorKind) {
    let PurchaseRequest { country, number_type, .. } = case.request.clone();
    let selector = match kind {
        SelectorKind::Any => return,
        SelectorKind::Exact => {
            case.request.number = Some(NUMBER.into());
            json!({ "kind": kind, "number": NUMBER })
        }
        SelectorKind::Inventory => {
            case.request.inventory_id = Some("number-1".into());
            json!({ "kind": kind, "inventory_id": "number-1" })
        }
        SelectorKind::AreaCode => {
            case.request.area_code = Some("202".into());
            json!({ "kind": kind, "country": country, "area_code": "202", "number_type": number_type })
        }
        SelectorKind::Pattern => {
            case.request.pattern = Some("+1202555****".into());
            json!({ "kind": kind, "country": country, "pattern": "+1202555****", "number_type": number_type })
        }
    };
    offer(case, &selector, NUMBER);
}

/// A search has found this number a second ago.
fn offer(case: &mut Case, selector: &Value, number: &str) {
    let number_type = case.request.number_type.as_deref().unwrap_or("local");
    let offered: Result<OfferedNumber, _> = serde_json::from_value(json!({
        "number": number, "inventory_id": "number-1", "country": case.request.country, "number_type": number_type,
        "capabilities": { "voice": true, "sms": true, "mms": true, "fax": true },
    }));
    let (Ok(selector), Ok(offered)) = (serde_json::from_value(selector.clone()), offered) else { return };
    let (seen_at, expires_at) = (case.now.plus_millis(-1000), case.now.plus_seconds(3600));
    case.offers.searches.push(Search { selector, seen_at, expires_at, numbers: vec![offered] });
}
