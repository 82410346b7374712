//! Windows: what the rules of pace and spending need of the past. Bounded, however long the past is.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::account::standing::{Move, MoveKind, PeriodSpend};
use crate::base::calendar::{CalendarPeriod, period};
use crate::base::money::{Currency, Money};
use crate::base::time_zone::Clocks;
use crate::base::timestamp::Timestamp;
use crate::base::window::Window;
use ringup_derive::data;

/// The fewest claims and the fewest releases that are kept.
const KEPT_MIN: u32 = 20;

/// What a shop's rules look back on. `purchase_accepted` carries them, so that applying it needs no shop.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
#[serde(deny_unknown_fields)]
pub struct WindowRules {
    /// The largest limit of pace over the shop's plans: the count of claims, and of releases, that are kept.
    pub moves_max: u32,
    /// When the day of the purchase began, by the policy's clocks.
    pub day_began_at: Timestamp,
    /// When its month began.
    pub month_began_at: Timestamp,
}

/// The past, as far as a rule may need it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub(crate) struct Windows {
    /// The count of claims, and of releases, that are kept.
    moves_max: u32,
    /// The latest claims, oldest first.
    claims: Vec<Claim>,
    /// The latest releases, oldest first.
    releases: Vec<Timestamp>,
    /// The acceptance of the latest completed purchase.
    last_accepted_at: Option<Timestamp>,
    day: Spent,
    month: Spent,
}

/// A purchase that has not been undone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data(undescribed)]
struct Claim {
    at: Timestamp,
    /// Whether it may still be undone.
    pending: bool,
}

/// The sums of the amounts due in the latest calendar period of a kind.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data(undescribed)]
struct Spent {
    begins_at: Option<Timestamp>,
    sums: BTreeMap<Currency, Money>,
}

impl Windows {
    /// A purchase is accepted.
    pub(crate) fn accept(&mut self, at: Timestamp, due: Money, rules: WindowRules) {
        self.moves_max = rules.moves_max;
        self.claim(Claim { at, pending: true }, due, [rules.day_began_at, rules.month_began_at]);
    }

    /// A number was bought before the account was opened here. It is spent in the day and month of UTC.
    pub(crate) fn import(&mut self, at: Timestamp, due: Money) {
        self.last_accepted_at = self.last_accepted_at.max(Some(at));
        let begins = [CalendarPeriod::Day, CalendarPeriod::Month].map(|kind| period(kind, at, Clocks::of(None)));
        // UTC knows every instant.
        self.claim(Claim { at, pending: false }, due, begins.map(|begin| begin.map_or(at, Window::begins)));
    }

    /// A pending purchase has bought its number.
    pub(crate) fn settle(&mut self, at: Timestamp) {
        if let Some(claim) = self.pending(at).and_then(|index| self.claims.get_mut(index)) {
            claim.pending = false;
        }
        self.last_accepted_at = self.last_accepted_at.max(Some(at));
    }

    /// A pending purchase is being undone: it counts no longer.
    pub(crate) fn undo(&mut self, at: Timestamp, due: Money) {
        if let Some(index) = self.pending(at).filter(|_| !planted!("undone_purchase_still_paces")) {
            self.claims.remove(index);
        }
        for spent in self.spent_mut() {
            spent.remove(at, due);
        }
    }

    /// A release has begun.
    pub(crate) fn release(&mut self, at: Timestamp) {
        let index = self.releases.partition_point(|other| *other <= at);
        self.releases.insert(index, at);
        let kept = self.kept();
        self.releases.drain(..self.releases.len().saturating_sub(kept));
    }

    /// Claims and releases since an instant, oldest first.
    pub(crate) fn moves(&self, since: Timestamp) -> Vec<Move> {
        let claims = self.claims.iter().map(|claim| (claim.at, MoveKind::Claim));
        let releases = self.releases.iter().map(|at| (*at, MoveKind::Release));
        let mut moves: Vec<Move> = claims
            .chain(releases)
            .filter(|(at, _)| since <= *at)
            .map(|(at, kind)| Move { at, kind, spent: None })
            .collect();
        moves.sort_by_key(|done| done.at);
        moves
    }

    /// The sums of the amounts due in the latest calendar periods.
    pub(crate) fn spent(&self) -> Vec<PeriodSpend> {
        let each = [(CalendarPeriod::Day, &self.day), (CalendarPeriod::Month, &self.month)];
        let sums = each.into_iter().flat_map(|(period, spent)| {
            let sums = spent.begins_at.map(|begins_at| {
                spent.sums.values().map(move |amount| PeriodSpend { period, begins_at, amount: *amount })
            });
            sums.into_iter().flatten()
        });
        sums.collect()
    }

    /// The latest acceptance that counts.
    pub(crate) fn last_accepted_at(&self) -> Option<Timestamp> {
        self.claims.last().map(|claim| claim.at).max(self.last_accepted_at)
    }

    fn claim(&mut self, claim: Claim, due: Money, begins: [Timestamp; 2]) {
        let index = self.claims.partition_point(|other| other.at <= claim.at);
        self.claims.insert(index, claim);
        let kept = self.kept();
        for dropped in self.claims.drain(..self.claims.len().saturating_sub(kept)) {
            // It counts from now on even if it is undone. That it counted as pending is forgotten, not that it was made.
            self.last_accepted_at = self.last_accepted_at.max(Some(dropped.at));
        }
        for (spent, begins_at) in self.spent_mut().into_iter().zip(begins) {
            spent.add(begins_at, due);
        }
    }

    fn pending(&self, at: Timestamp) -> Option<usize> {
        self.claims.iter().position(|claim| claim.pending && claim.at == at)
    }

    fn kept(&self) -> usize {
        usize::try_from(self.moves_max.max(KEPT_MIN)).unwrap_or(usize::MAX)
    }

    const fn spent_mut(&mut self) -> [&mut Spent; 2] {
        [&mut self.day, &mut self.month]
    }
}

impl Spent {
    /// A later period begins with nothing spent. A clock that went back does not open an earlier one again: the amount
    /// counts in the latest.
    fn add(&mut self, begins_at: Timestamp, due: Money) {
        if self.begins_at < Some(begins_at) {
            *self = Self { begins_at: Some(begins_at), sums: BTreeMap::new() };
        }
        let sum = self.sums.entry(due.currency()).or_insert(Money::zero(due.currency()));
        *sum = sum.saturating_add(due);
    }

    /// An amount of an earlier period is in no sum: a later one begins a period after it.
    fn remove(&mut self, at: Timestamp, due: Money) {
        if self.begins_at <= Some(at)
            && let Some(sum) = self.sums.get_mut(&due.currency())
        {
            *sum = sum.checked_sub(due).unwrap_or(*sum);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn usd(minor_units: i64) -> Money {
        Money::new(minor_units, "USD".parse().unwrap()).unwrap()
    }

    const RULES: WindowRules = WindowRules { moves_max: 30, day_began_at: at(0), month_began_at: at(0) };
    const TOMORROW: WindowRules = WindowRules { day_began_at: at(DAY_MS), ..RULES };

    #[test]
    fn as_many_moves_are_kept_as_the_largest_limit() {
        let mut windows = Windows::default();
        for millis in 0..100 {
            windows.accept(at(millis), usd(1), RULES);
            windows.release(at(millis));
        }
        assert_eq!(windows.moves(at(0)).len(), 60);
        assert_eq!(windows.moves(at(99)).len(), 2);
        assert_eq!(windows.spent().iter().map(|spent| spent.amount).collect::<Vec<_>>(), [usd(100), usd(100)]);
    }

    #[test]
    fn an_undone_purchase_was_never_made() {
        let mut windows = Windows::default();
        windows.accept(at(5), usd(2), RULES);
        let before = windows.clone();
        windows.accept(at(9), usd(3), RULES);
        assert_eq!(windows.last_accepted_at(), Some(at(9)));
        windows.undo(at(9), usd(3));
        assert_eq!(windows, before);
        windows.settle(at(5));
        windows.undo(at(5), usd(0));
        assert_eq!((windows.moves(at(0)).len(), windows.last_accepted_at()), (1, Some(at(5))));
    }

    #[test]
    fn a_day_begins_with_nothing_spent() {
        let mut windows = Windows::default();
        windows.accept(at(DAY_MS - 1), usd(2), RULES);
        windows.accept(at(DAY_MS), usd(3), TOMORROW);
        let spent = |windows: &Windows| windows.spent().iter().map(|spent| spent.amount).collect::<Vec<_>>();
        assert_eq!(spent(&windows), [usd(3), usd(5)]);
        // What was spent yesterday is no part of today's sum.
        windows.undo(at(DAY_MS - 1), usd(2));
        assert_eq!(spent(&windows), [usd(3), usd(3)]);
        // A clock that goes back spends today.
        windows.accept(at(DAY_MS - 1), usd(1), RULES);
        assert_eq!(spent(&windows), [usd(4), usd(4)]);
    }
}
