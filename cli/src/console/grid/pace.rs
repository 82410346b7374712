//! Pace: recent purchases and releases, at the edges of each window and of each count.

use std::rc::Rc;

use ringup_core::shop::CalendarPeriod;
use ringup_core::{InFlight, Money, Move, MoveKind, Shop, TimeZone, Timestamp, quote};
use ringup_numbering::WorldPlan;

use super::edges::{all_limits, around};
use super::{Sample, Setting};

/// More moves than this are not written out.
const MOVES_MAX: u32 = 1000;

const DAY_MS: i64 = 86_400_000;

/// How long ago a purchase was accepted, or a pending one was: each velocity window, and a millisecond to either side.
pub(super) fn last_purchases(shops: &[&Shop; 2]) -> Vec<Setting> {
    let windows = shops.iter().filter_map(|shop| shop.policy().velocity.as_ref()).map(|rules| rules.window_s);
    let mut all = vec![Setting::new("never bought", |_| {})];
    for seconds in around(windows) {
        let window = i64::from(seconds).saturating_mul(1000);
        all.push(Setting::new(format!("bought {seconds} s ago"), move |case| {
            case.standing.last_accepted_at = Some(case.now.plus_millis(window.saturating_neg()));
        }));
        all.push(Setting::new(format!("one pending for {seconds} s"), move |case| {
            let since = case.now.plus_millis(window.saturating_neg());
            case.standing.in_flight.push(InFlight::since(since));
        }));
    }
    all.push(Setting::new("one pending for a day", |case| {
        let since = case.now.plus_millis(DAY_MS.saturating_neg());
        case.standing.in_flight.push(InFlight::since(since));
    }));
    all.push(Setting::new("an open checkout of which five minutes are left", |case| {
        let since = case.now.plus_millis(DAY_MS.saturating_neg());
        let until = Some(case.now.plus_seconds(300));
        case.standing.in_flight.push(InFlight { checkout_expires_at: until, ..InFlight::since(since) });
    }));
    all
}

/// What was bought and released: as often as each guard allows, one less and one more, at the edges of each window; and for
/// as much money as leaves room for this purchase, and for a minor unit too little.
pub(super) fn moves(shops: &[&Shop; 2], shared: &[Rc<Shop>; 2]) -> Vec<Setting> {
    let mut all = vec![Setting::new("nothing bought", |_| {})];
    let churn = || shops.iter().filter_map(|shop| shop.policy().churn);
    for count in written_out(churn().map(|churn| churn.moves_max)) {
        all.push(repeated(format!("{count} released just now"), count, MoveKind::Release, |now| {
            now.plus_millis(-1000)
        }));
        for window in around(churn().map(|churn| churn.window_s)) {
            let window_ms = i64::from(window).saturating_mul(-1000);
            let label = format!("{count} released {window} s ago");
            all.push(repeated(label, count, MoveKind::Release, move |now| now.plus_millis(window_ms)));
        }
    }
    for count in written_out(all_limits(shops).filter_map(|limits| limits.purchases_a_day)) {
        all.push(repeated(format!("{count} bought just now"), count, MoveKind::Claim, |now| now.plus_millis(-1000)));
        for (label, at) in begins(shops) {
            all.push(repeated(format!("{count} bought {label}"), count, MoveKind::Claim, at));
        }
    }
    for shop in shared {
        for limit in all_limits(shops).flat_map(|limits| limits.spend.clone()) {
            let just_now: (String, At) = ("just now".into(), Box::new(|now| now.plus_millis(-1000)));
            for (when, at) in core::iter::once(just_now).chain(begins(shops)) {
                let at = Rc::new(at);
                for (label, short) in
                    [("as much spent as leaves room", 0), ("a minor unit more spent than leaves room", 1)]
                {
                    let (shop, at) = (Rc::clone(shop), Rc::clone(&at));
                    let label = format!("{label} in {}, {when}", limit.amount);
                    // What the other policy says, too.
                    if all.iter().any(|other| other.label == label) {
                        continue;
                    }
                    all.push(Setting::new(label, move |case| {
                        spend(case, &shop, limit.amount, short, at(case.now));
                    }));
                }
            }
        }
    }
    all
}

type At = Box<dyn Fn(Timestamp) -> Timestamp>;

fn written_out(figures: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    around(figures).into_iter().filter(|count| (1..=MOVES_MAX).contains(count))
}

fn repeated(label: String, count: u32, kind: MoveKind, at: impl Fn(Timestamp) -> Timestamp + 'static) -> Setting {
    Setting::new(label, move |case| {
        let done = Move { at: at(case.now), kind, spent: None };
        case.standing.recent.extend((0..count).map(|_| done));
    })
}

/// Spends as much as leaves room for this purchase within a limit, and `short` minor units more.
fn spend(case: &mut Sample, shop: &Shop, limit: Money, short: i64, at: Timestamp) {
    let quote = quote(shop, &WorldPlan, &case.standing, &case.offers, &case.request, case.now);
    let room = quote.price.and_then(|price| limit.checked_sub(price.due_now).ok());
    let room = room.unwrap_or(limit);
    let spent = Money::new(room.minor_units().saturating_add(short), room.currency()).ok();
    case.standing.recent.push(Move { at, kind: MoveKind::Claim, spent });
}

/// The first instant of the day and of the month, by the clocks of each policy, and the last one before it.
fn begins(shops: &[&Shop; 2]) -> Vec<(String, At)> {
    let mut zones: Vec<Option<TimeZone>> = shops.iter().map(|shop| shop.policy().time_zone.clone()).collect();
    zones.dedup();
    let mut all: Vec<(String, At)> = Vec::new();
    for zone in zones.into_iter().map(Rc::new) {
        for (name, period) in [("day", CalendarPeriod::Day), ("month", CalendarPeriod::Month)] {
            for (label, earlier) in [("as the", 0), ("just before the", -1)] {
                let label = format!("{label} {name} began");
                let zone = Rc::clone(&zone);
                let began = move |now| begin(period, now, zone.as_ref().as_ref()).plus_millis(earlier);
                all.push((label, Box::new(began)));
            }
        }
    }
    all
}

/// When the period begins in which an instant lies.
fn begin(period: CalendarPeriod, now: Timestamp, zone: Option<&TimeZone>) -> Timestamp {
    let local = now.as_millis().saturating_add(offset_ms(zone, now));
    let days = match period {
        CalendarPeriod::Day => 0,
        CalendarPeriod::Month => jiff::Timestamp::from_millisecond(local)
            .map_or(0, |local| i64::from(local.to_zoned(jiff::tz::TimeZone::UTC).day()).saturating_sub(1)),
    };
    let midnight = local.saturating_sub(local.rem_euclid(DAY_MS));
    let local = Timestamp::from_millis(midnight.saturating_sub(days.saturating_mul(DAY_MS)));
    // The offset may have been another one then; an hour does not make it another again.
    local.plus_millis(offset_ms(zone, local).saturating_neg())
}

/// The offset of a zone, as far as its table tells.
fn offset_ms(zone: Option<&TimeZone>, at: Timestamp) -> i64 {
    let minutes = zone.map_or(0, |zone| {
        let passed = zone.transitions.iter().rfind(|transition| transition.at <= at);
        passed.map_or(zone.offset_minutes, |transition| transition.offset_minutes)
    });
    i64::from(minutes).saturating_mul(60_000)
}
