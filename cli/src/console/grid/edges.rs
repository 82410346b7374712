//! The edges of figures: each limit and each window, one less, exactly, and one more.

use std::collections::BTreeSet;

use ringup_core::shop::{Limits, Rate};
use ringup_core::words::counted;
use ringup_core::{Country, HolderId, Shop, Timestamp};

use super::facts::HOLDER;
use super::{Sample, Setting};

/// The most changes of the clocks that are looked at.
const CLOCK_CHANGES_MAX: usize = 4;

pub(super) fn all_limits<'a>(shops: &'a [&Shop; 2]) -> impl Iterator<Item = &'a Limits> {
    shops
        .iter()
        .flat_map(|shop| core::iter::once(&shop.policy().limits).chain(shop.plans().iter().map(|plan| &plan.limits)))
}

/// One less, exactly, one more.
pub(super) fn around(figures: impl Iterator<Item = u32>) -> BTreeSet<u32> {
    figures.flat_map(|figure| [figure.saturating_sub(1), figure, figure.saturating_add(1)]).collect()
}

/// The usual instant, and the ones at which an entry of a rate card begins or ends, or the clocks of only one shop change.
pub(super) fn instants(shops: &[&Shop; 2], now: Timestamp) -> Vec<Setting> {
    let cards = || shops.iter().map(|shop| shop.rate_card());
    let rates = cards().flat_map(|card| &card.rates).map(|rate| [rate.effective_from, rate.effective_until]);
    let discounts = cards().flat_map(|card| &card.discounts).map(|off| [off.effective_from, off.effective_until]);
    let taxes = cards().flat_map(|card| &card.taxes).map(|tax| [tax.effective_from, tax.effective_until]);
    let changes = rates.chain(discounts).chain(taxes).flatten().flatten().chain(clock_changes(shops, now));
    let edges: BTreeSet<Timestamp> = changes.flat_map(|change| [-1, 0, 1].map(|ms| change.plus_millis(ms))).collect();
    let at = |at: Timestamp| Setting::new(format!("at {at}"), move |case| case.now = at);
    // The middle of a month of 30 days, and a 31st: what is left of a period is a half there, or more than there is.
    let months = [1_776_211_200_000, 1_785_499_200_000].map(Timestamp::from_millis);
    let prorated = shops.iter().any(|shop| shop.rate_card().proration.is_some());
    let months = months.into_iter().filter(|_| prorated);
    core::iter::once(at(now)).chain(edges.into_iter().map(at)).chain(months.map(at)).collect()
}

/// The instants at which the table of one shop's time zone says something else than the other's: those around now, for a
/// shop that has a time zone against one that has none differs at every change of the clocks.
fn clock_changes(shops: &[&Shop; 2], now: Timestamp) -> Vec<Timestamp> {
    let [before, after] = shops.map(|shop| {
        let zone = shop.policy().time_zone.as_ref();
        let edges = zone.into_iter().flat_map(|zone| {
            [(zone.known_from, Some(zone.offset_minutes)), (zone.known_until, None)]
                .into_iter()
                .chain(zone.transitions.iter().map(|change| (change.at, Some(change.offset_minutes))))
        });
        edges.collect::<BTreeSet<(Timestamp, Option<i16>)>>()
    });
    let mut differing: Vec<Timestamp> = before.symmetric_difference(&after).map(|(at, _)| *at).collect();
    differing.dedup();
    differing.sort_by_key(|at| at.as_millis().abs_diff(now.as_millis()));
    differing.truncate(CLOCK_CHANGES_MAX);
    differing
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
    let holding =
        |count: u32| Setting::new(format!("{} held", counted(count, "number")), move |case| hold(case, count));
    core::iter::once(0).chain(counts).map(holding).collect()
}

fn hold(case: &mut Sample, count: u32) {
    if count == 0 {
        return;
    }
    let Sample { standing, request, .. } = case;
    let country: Option<Country> = request.country.as_deref().and_then(|country| country.parse().ok());
    let number_type = request.number_type.as_deref().and_then(|number_type| number_type.parse().ok());
    standing.held.total = count;
    standing.held.by_country.extend(country.map(|country| (country, count)));
    standing.held.by_type.extend(number_type.map(|number_type| (number_type, count)));
    standing.held.by_holder.extend(HOLDER.parse::<HolderId>().ok().map(|holder| (holder, count)));
}

/// Idempotency keys of each longest length, one character less and one more.
pub(super) fn keys(shops: &[&Shop; 2]) -> Vec<Setting> {
    let longest = shops.iter().filter_map(|shop| shop.policy().idempotency.as_ref()).map(|rules| rules.length_max);
    let key = |length: u32| {
        Setting::new(format!("a key of {}", counted(length, "character")), move |case| {
            let length = usize::try_from(length).unwrap_or_default();
            case.request.idempotency_key = Some("k".repeat(length));
        })
    };
    core::iter::once(Setting::new("no key", |_| {})).chain(around(longest).into_iter().map(key)).collect()
}

/// Where the customer's months begin: nowhere in particular, on the days around today, half a month ago, on a 31st.
pub(super) fn billing_days(shops: &[&Shop; 2]) -> Vec<Setting> {
    let mut all = vec![Setting::new("no billing day", |_| {})];
    if shops.iter().all(|shop| shop.rate_card().proration.is_none()) {
        return all;
    }
    // The moment itself; a day, an hour to either side; half of a month of 28, 30 and 31 days; a whole one.
    for hours in [0_u32, 1, 23, 24, 25, 10 * 24, 14 * 24, 15 * 24, 15 * 24 + 12, 30 * 24] {
        all.push(Setting::new(format!("months that began {} ago", counted(hours, "hour")), move |case| {
            let ago = i64::from(hours).saturating_mul(-3_600_000);
            case.standing.terms.billing_anchor = Some(case.now.plus_millis(ago));
        }));
    }
    for (label, anchor) in [
        ("months that begin on the 31st", 1_769_817_600_000),
        ("months that begin on the 30th at noon", 1_769_774_400_000),
        ("months that begin just before midnight", 1_771_199_999_999),
    ] {
        let anchor = Timestamp::from_millis(anchor);
        all.push(Setting::new(label, move |case| case.standing.terms.billing_anchor = Some(anchor)));
    }
    all
}
