//! Numbers: of each kind that the policies tell apart, asked for in each way, with prices of their own or without.

use std::collections::BTreeSet;

use ringup_core::shop::{Capabilities, DiscountOff, Rate, SelectorKind};
use ringup_core::{Country, Money, NumberType, OfferedNumber, OfferedPrice, Percent, Search, Shop};
use serde_json::{Value, json};

use super::facts::all_currencies;
use super::{Found, Sample, Setting};
use crate::console::words::name;

const EVERYTHING: Capabilities = Capabilities { voice: true, sms: true, mms: true, fax: true };

/// The number that is found where nothing else is said.
pub(super) fn usual() -> Found {
    Found { number: "+12025550142".into(), number_type: None, capabilities: EVERYTHING }
}

/// Of one country of each kind: any number, one of each type, of each prefix, and of each set of capabilities that has a
/// price. Those that both policies sell come first.
pub(super) fn numbers(shops: &[&Shop; 2]) -> Vec<Setting> {
    let mut settings = Vec::new();
    let countries = countries(shops);
    for country in &countries {
        settings.push(number(*country, &format!("country {country}"), usual()));
    }
    for country in countries {
        let rates = || shops.iter().flat_map(|shop| &shop.rate_card().rates).filter(|rate| rate.country == country);
        let limits = shops.iter().flat_map(|shop| {
            let all = core::iter::once(&shop.policy().limits).chain(shop.plans().iter().map(|plan| &plan.limits));
            all.flat_map(|limits| limits.by_type.keys().copied())
        });
        let types: BTreeSet<NumberType> = rates().filter_map(|rate| rate.number_type).chain(limits).collect();
        for number_type in types.iter().copied() {
            let label = format!("country {country}, type {}", number_type.name());
            settings.push(number(country, &label, Found { number_type: Some(number_type), ..usual() }));
        }
        let mut special: Vec<(Option<String>, Option<NumberType>, Capabilities)> = Vec::new();
        for rate in rates().filter(|rate| rate.prefix.is_some() || !rate.able_to.is_empty()) {
            let asked = (rate.prefix.clone(), rate.number_type, rate.able_to);
            if !special.contains(&asked) {
                special.push(asked);
            }
        }
        for (prefix, number_type, able_to) in special {
            let digits = prefix.map_or_else(|| usual().number, |prefix| format!("{prefix:0<12}"));
            let asks = if able_to.is_empty() { EVERYTHING } else { able_to };
            let found = Found { number: digits.clone(), number_type, capabilities: asks };
            let able = json!(asks)
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(_, has)| **has == Value::Bool(true))
                .map(|(name, _)| name.clone())
                .collect::<Vec<_>>()
                .join(" and ");
            settings.push(number(country, &format!("country {country}, the number {digits} with {able}"), found));
        }
    }
    settings
}

fn number(country: Country, label: &str, found: Found) -> Setting {
    Setting::new(label, move |case| {
        case.request.country = Some(String::from(country));
        case.request.number_type = found.number_type.map(|number_type| number_type.name().into());
        case.found = found.clone();
    })
}

/// One country of each kind, those that both sell first, and one that nobody sells.
fn countries(shops: &[&Shop; 2]) -> Vec<Country> {
    let mut all: Vec<Country> = shops.iter().flat_map(|shop| shop.countries()).collect();
    all.extend(shops.iter().filter_map(|shop| shop.policy().default_country));
    all.extend(shops.iter().flat_map(|shop| shop.policy().limits.by_country.keys().copied()));
    all.extend(["JP", "KR", "TH", "PE", "ZA"].iter().find_map(|country| {
        country.parse().ok().filter(|country| shops.iter().all(|shop| !shop.countries().contains(country)))
    }));
    all.sort_by_key(|country| shops.iter().filter(|shop| !shop.countries().contains(country)).count());
    let mut kinds = BTreeSet::new();
    all.retain(|country| kinds.insert(shops.map(|shop| kind(shop, *country))));
    all
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

/// The ways to ask: first one that both know; without a country, and after another search.
pub(super) fn selectors(shops: &[&Shop; 2]) -> Vec<Setting> {
    let kinds = kinds(shops);
    let asked = kinds.map(|kind| Setting::new(format!("asked by {}", name(&kind)), move |case| ask(case, kind)));
    let unnamed = kinds.map(|kind| {
        Setting::new(format!("asked by {}, no country named", name(&kind)), move |case| {
            ask(case, kind);
            case.request.country = None;
        })
    });
    let unseen = kinds.into_iter().filter(|kind| *kind != SelectorKind::Any).map(|kind| {
        Setting::new(format!("asked by {}, nobody has looked", name(&kind)), move |case| {
            ask(case, kind);
            case.offers.searches.clear();
        })
    });
    let otherwise = Setting::new("an exact number that another search has found", |case| {
        ask(case, SelectorKind::Exact);
        let any = json!({ "kind": "any", "country": case.request.country });
        let searches = case.offers.searches.iter_mut();
        searches.for_each(|search| {
            search.selector = serde_json::from_value(any.clone()).unwrap_or(search.selector.clone())
        });
    });
    asked.into_iter().chain(unnamed).chain(unseen).chain([otherwise]).collect()
}

/// The ways to ask, those that both know first.
fn kinds(shops: &[&Shop; 2]) -> [SelectorKind; 5] {
    use SelectorKind::{Any, AreaCode, Exact, Inventory, Pattern};
    let mut kinds = [Any, Exact, Inventory, AreaCode, Pattern];
    kinds.sort_by_key(|kind| shops.iter().filter(|shop| !shop.policy().selectors.contains(kind)).count());
    kinds
}

/// The prices that a number carries itself: in each currency, in all of them, by the year, in none that can be read; and
/// amounts that come to a half of a minor unit by each percentage that the policies have.
pub(super) fn own_prices(shops: &[&Shop; 2]) -> Vec<Setting> {
    let looking = kinds(shops).into_iter().find(|kind| *kind != SelectorKind::Any).unwrap_or(SelectorKind::Exact);
    let currencies = all_currencies(shops);
    let money = |units: i64, currency| Money::new(units, currency).unwrap_or(Money::zero(currency));
    let mut all: Vec<(String, Vec<OfferedPrice>)> = Vec::new();
    for currency in currencies.iter().copied() {
        let monthly =
            OfferedPrice { setup_fee: money(101, currency), monthly_fee: money(333, currency), yearly_fee: None };
        let yearly = OfferedPrice {
            setup_fee: money(0, currency),
            monthly_fee: money(0, currency),
            yearly_fee: Some(money(4999, currency)),
        };
        all.push((format!("its own price {} a month", monthly.monthly_fee), vec![monthly]));
        all.push((format!("its own price {} a year", money(4999, currency)), vec![yearly]));
        for fee in halves(shops) {
            let fee = money(fee, currency);
            all.push((
                format!("its own fees {fee}"),
                vec![OfferedPrice { setup_fee: fee, monthly_fee: fee, yearly_fee: None }],
            ));
        }
    }
    let of_all = currencies.iter().rev().map(|currency| OfferedPrice {
        setup_fee: money(50, *currency),
        monthly_fee: money(250, *currency),
        yearly_fee: None,
    });
    all.push(("a price of its own in each currency".into(), of_all.collect()));
    if let (Some(one), Some(other)) = (currencies.first(), "JPY".parse().ok()) {
        let mixed = OfferedPrice { setup_fee: money(1, *one), monthly_fee: money(1, other), yearly_fee: None };
        all.push(("its own price in two currencies at once".into(), vec![mixed]));
    }
    let carrying = |(label, prices): (String, Vec<OfferedPrice>)| {
        Setting::new(label, move |case| {
            if case.offers.searches.is_empty() {
                ask(case, looking);
            }
            let numbers = case.offers.searches.iter_mut().flat_map(|search| &mut search.numbers);
            numbers.for_each(|number| number.prices.clone_from(&prices));
        })
    };
    core::iter::once(Setting::new("the card's price", |_| {})).chain(all.into_iter().map(carrying)).collect()
}

/// 100 % in millionths of a percent.
const WHOLE: i64 = 100_000_000;

/// Amounts of which a percentage is a half, once above an even amount and once above an odd one.
fn halves(shops: &[&Shop; 2]) -> BTreeSet<i64> {
    let cards = || shops.iter().map(|shop| shop.rate_card());
    let taxes = cards().flat_map(|card| &card.taxes).map(|tax| tax.percent);
    let discounts = cards().flat_map(|card| &card.discounts).filter_map(|discount| match discount.off {
        DiscountOff::Percent(percent) => Some(percent),
        DiscountOff::Money(_) => None,
    });
    let half = |percent: Percent, odd: i64| {
        (1..=2000_i64).find(|fee| {
            let part = fee.saturating_mul(percent.millionths().into());
            part.rem_euclid(WHOLE) == WHOLE / 2 && part.div_euclid(WHOLE).rem_euclid(2) == odd
        })
    };
    taxes.chain(discounts).flat_map(|percent| [half(percent, 0), half(percent, 1)]).flatten().collect()
}

/// Asks in this way, for a number that a search has found.
fn ask(case: &mut Sample, kind: SelectorKind) {
    let Sample { request, found, .. } = case;
    let (country, number_type, number) = (request.country.clone(), request.number_type.clone(), found.number.clone());
    let selector = match kind {
        SelectorKind::Any => return,
        SelectorKind::Exact => {
            request.number = Some(number.clone());
            json!({ "kind": kind, "number": number })
        }
        SelectorKind::Inventory => {
            request.inventory_id = Some("number-1".into());
            json!({ "kind": kind, "inventory_id": "number-1" })
        }
        SelectorKind::AreaCode => {
            request.area_code = Some("202".into());
            json!({ "kind": kind, "country": country, "area_code": "202", "number_type": number_type })
        }
        SelectorKind::Pattern => {
            let pattern = format!("{}****", number.chars().take(8).collect::<String>());
            request.pattern = Some(pattern.clone());
            json!({ "kind": kind, "country": country, "pattern": pattern, "number_type": number_type })
        }
    };
    // A search has found it a second ago.
    let offered: Result<OfferedNumber, _> = serde_json::from_value(json!({
        "number": number, "inventory_id": "number-1", "country": country,
        "number_type": number_type.as_deref().unwrap_or("local"), "capabilities": found.capabilities,
    }));
    let (Ok(selector), Ok(offered)) = (serde_json::from_value(selector), offered) else { return };
    let (seen_at, expires_at) = (case.now.plus_millis(-1000), case.now.plus_seconds(86_400));
    case.offers.searches.push(Search { selector, seen_at, expires_at, numbers: vec![offered] });
}
