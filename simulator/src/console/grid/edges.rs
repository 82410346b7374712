//! The edges of figures: each limit and each window, one less, exactly, and one more.

use std::collections::BTreeSet;

use ringup_core::shop::{Limits, Rate};
use ringup_core::{Country, HolderId, Move, MoveKind, Shop, Timestamp};

use super::facts::HOLDER;
use super::{Case, Setting};
use crate::console::words::instant;

/// More moves than this are not written out.
const MOVES_MAX: u32 = 1000;

fn all_limits<'a>(shops: &'a [&Shop; 2]) -> impl Iterator<Item = &'a Limits> {
    shops
        .iter()
        .flat_map(|shop| core::iter::once(&shop.policy().limits).chain(shop.plans().iter().map(|plan| &plan.limits)))
}

/// One less, exactly, one more.
fn around(figures: impl Iterator<Item = u32>) -> BTreeSet<u32> {
    figures.flat_map(|figure| [figure.saturating_sub(1), figure, figure.saturating_add(1)]).collect()
}

/// The usual instant, and the ones at which an entry of a rate card begins or ends.
pub(super) fn instants(shops: &[&Shop; 2], now: Timestamp) -> Vec<Setting> {
    let cards = || shops.iter().map(|shop| shop.rate_card());
    let rates = cards().flat_map(|card| &card.rates).map(|rate| [rate.effective_from, rate.effective_until]);
    let discounts = cards().flat_map(|card| &card.discounts).map(|off| [off.effective_from, off.effective_until]);
    let taxes = cards().flat_map(|card| &card.taxes).map(|tax| [tax.effective_from, tax.effective_until]);
    let changes = rates.chain(discounts).chain(taxes).flatten().flatten();
    let edges: BTreeSet<Timestamp> = changes.flat_map(|change| [change.plus_millis(-1), change]).collect();
    let at = |at: Timestamp| Setting::new(format!("at {}", instant(at)), move |case| case.now = at);
    core::iter::once(at(now)).chain(edges.into_iter().map(at)).collect()
}

/// How many numbers are held, all of the wanted country, type and holder.
pub(super) fn held(shops: &[&Shop; 2]) -> Vec<Setting> {
    let of_plans =
        shops.iter().flat_map(|shop| shop.plans()).flat_map(|plan| [plan.number_limit, plan.included_numbers]);
    let of_limits = all_limits(shops).flat_map(|limits| {
        let each = [limits.numbers, limits.each_country, limits.each_holder].into_iter().flatten();
        each.chain(limits.by_country.values().copied()).chain(limits.by_type.values().copied())
    });
    let rates = shops.iter().flat_map(|shop| &shop.rate_card().rates);
    let of_tiers = rates.flat_map(|rate: &Rate| &rate.tiers).map(|tier| tier.from_number.saturating_sub(1));
    let mut counts = around(of_plans.chain(of_limits).chain(of_tiers));
    counts.remove(&0);
    let holding = |count: u32| Setting::new(format!("{count} numbers held"), move |case| hold(case, count));
    core::iter::once(0).chain(counts).map(holding).collect()
}

fn hold(case: &mut Case, count: u32) {
    if count == 0 {
        return;
    }
    let Case { standing, request, .. } = case;
    let country: Option<Country> = request.country.as_deref().and_then(|country| country.parse().ok());
    let number_type = request.number_type.as_deref().and_then(|number_type| number_type.parse().ok());
    standing.held.total = count;
    standing.held.by_country.extend(country.map(|country| (country, count)));
    standing.held.by_type.extend(number_type.map(|number_type| (number_type, count)));
    standing.held.by_holder.extend(HOLDER.parse::<HolderId>().ok().map(|holder| (holder, count)));
}

/// How long ago a purchase was accepted: each velocity window, a second less and a second more.
pub(super) fn last_purchases(shops: &[&Shop; 2]) -> Vec<Setting> {
    let windows = shops.iter().filter_map(|shop| shop.policy().velocity.as_ref()).map(|rules| rules.window_s);
    let ago = |seconds: u32| {
        Setting::new(format!("bought {seconds} s ago"), move |case| {
            let ago = i64::from(seconds).saturating_mul(1000).saturating_neg();
            case.standing.last_accepted_at = Some(case.now.plus_millis(ago));
        })
    };
    core::iter::once(Setting::new("never bought", |_| {})).chain(around(windows).into_iter().map(ago)).collect()
}

/// Idempotency keys of each longest length, one character less and one more.
pub(super) fn keys(shops: &[&Shop; 2]) -> Vec<Setting> {
    let longest = shops.iter().filter_map(|shop| shop.policy().idempotency.as_ref()).map(|rules| rules.length_max);
    let key = |length: u32| {
        Setting::new(format!("a key of {length} characters"), move |case| {
            let length = usize::try_from(length).unwrap_or_default();
            case.request.idempotency_key = Some("k".repeat(length));
        })
    };
    core::iter::once(Setting::new("no key", |_| {})).chain(around(longest).into_iter().map(key)).collect()
}

/// What was bought and released a second ago: as often as each guard allows, one less and one more; and for as much money.
pub(super) fn moves(shops: &[&Shop; 2]) -> Vec<Setting> {
    let churn = shops.iter().filter_map(|shop| shop.policy().churn).map(|rules| rules.moves_max);
    let daily = all_limits(shops).filter_map(|limits| limits.purchases_a_day);
    let counts = |figures: BTreeSet<u32>| figures.into_iter().filter(|count| (1..=MOVES_MAX).contains(count));
    let repeated = |count: u32, kind: MoveKind, label: &str| {
        Setting::new(format!("{count} {label} just now"), move |case| {
            let done = Move { at: case.now.plus_millis(-1000), kind, spent: None };
            case.standing.recent.extend((0..count).map(|_| done));
        })
    };
    let released = counts(around(churn)).map(|count| repeated(count, MoveKind::Release, "released"));
    let bought = counts(around(daily)).map(|count| repeated(count, MoveKind::Claim, "bought"));
    let spent = all_limits(shops).filter_map(|limits| limits.spend).map(|limit| {
        Setting::new(format!("{} spent just now", limit.amount), move |case| {
            let at = case.now.plus_millis(-1000);
            case.standing.recent.push(Move { at, kind: MoveKind::Claim, spent: Some(limit.amount) });
        })
    });
    core::iter::once(Setting::new("nothing bought", |_| {})).chain(released).chain(bought).chain(spent).collect()
}
