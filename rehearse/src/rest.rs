//! Coming to rest: everything arrives, time passes until nothing is due, and the accountant looks at how it ended.

use ringup_core::Timestamp;
use ringup_core::shop::ReleaseWhen;

use crate::accountant::violation;
use crate::call::kind_of;
use crate::history::{Done, History};
use crate::moves::{Fate, Kind, Move};
use crate::shops;
use crate::tenancy::Tenancy;
use crate::world::Shares;

/// How often an effect may be asked for, while nobody answers.
const ASKED_MAX: u32 = 60;

/// The same of numbers that renew: a host may be late for many periods.
const RENEWED_MAX: u32 = 500;

/// What does not renew has come to rest after so long, in milliseconds.
const HORIZON_MS: i64 = 600_000;

/// More than all numbers cost in a century.
const RICH: u32 = 1_000_000;

/// How often manual review may look until nothing is left to resolve.
const REVIEWS_MAX: u32 = 3;

impl History<'_> {
    /// Delivers everything and lets time pass until nothing is due.
    pub(crate) fn rest(&mut self) -> Done {
        self.world.shares = Shares::Nothing;
        self.end_leases()?;
        let hands: Vec<_> = self.hands.iter().map(|(key, hand)| (*key, hand.reply)).collect();
        for (hand, reply) in hands {
            if reply.is_none() {
                self.call(hand, Fate::Good)?;
            }
            self.tell_hand(hand, false)?;
        }
        let sessions = self.world.dealings.iter().flat_map(|(purchase, own)| {
            let paid = own.sessions.iter().zip(0_u8..).filter(|(session, _)| session.paid != 0);
            paid.map(|(_, nth)| (*purchase, nth))
        });
        for (purchase, nth) in sessions.collect::<Vec<_>>() {
            self.hear_payment(purchase, nth)?;
        }
        let until = |now: i64| self.stage.renewing.as_ref().map(|_| now.saturating_add(HORIZON_MS));
        if let Some(kind) = self.settle(until(self.now))? {
            return Err(violation("asked_without_end", None, kind.name()));
        }
        self.look_at_rest()?;
        self.world.dead = None;
        for _ in 0..REVIEWS_MAX {
            for purchase in self.purchases() {
                self.resolve(purchase, false)?;
            }
            if let Some(kind) = self.settle(until(self.now))? {
                return Err(violation("asked_without_end", None, kind.name()));
            }
        }
        if let Some(purchase) = self.purchases().into_iter().find(|purchase| !self.in_review(*purchase).is_empty()) {
            let found = format!("{:?}", self.in_review(purchase));
            return Err(violation("review_without_end", Some(purchase), found));
        }
        self.look_at_rest()?;
        if self.stage.renewing.is_some() {
            self.part()?;
        }
        self.look_at_departures()
    }

    /// Every number leaves, and every means pays: what is owed is paid to the end.
    fn part(&mut self) -> Done {
        self.apply(&Move::Card { works: true })?;
        if self.decided.checked_rem(2) == Some(0) {
            self.apply(&Move::TopUp { minor_units: RICH })?;
        }
        self.leave_all()?;
        self.apply(&Move::TopUp { minor_units: RICH })?;
        self.leave_all()?;
        if let Some(kind) = self.settle(None)? {
            return Err(violation("asked_without_end", None, kind.name()));
        }
        self.look_at_rest()?;
        self.look_at_end()
    }

    fn leave_all(&mut self) -> Done {
        let held: Vec<u8> =
            self.accountant.purchases().filter(|(_, own)| own.is_held()).map(|(purchase, _)| purchase).collect();
        for purchase in held {
            let bound = self.accountant.tenancies.get(&purchase).and_then(Tenancy::bound_until);
            let when = bound.filter(|until| self.now < *until).map(Timestamp::from_millis);
            self.let_go(purchase, when.map(|at| ReleaseWhen::AtInstant { at }))?;
        }
        Ok(())
    }

    fn look_at_rest(&self) -> Done {
        self.accountant.look_at_rest(&self.books(), &self.world)?;
        self.look_at_tenancies()
    }

    fn purchases(&self) -> Vec<u8> {
        self.accountant.purchases().map(|(purchase, _)| purchase).collect()
    }

    /// Runs what is pending until nothing is, or nothing until an instant. Returns a kind that is still asked for.
    fn settle(&mut self, until: Option<i64>) -> Result<Option<Kind>, crate::accountant::Violation> {
        let mut last = None;
        for _ in 0..if self.stage.renewing.is_some() { RENEWED_MAX } else { ASKED_MAX } {
            let Some(due) = self.account.due() else { return Ok(None) };
            if until.is_some_and(|until| until < due.as_millis()) {
                return Ok(None);
            }
            self.now = self.now.max(due.as_millis());
            self.apply(&Move::Wake { purchase: None })?;
            for effect in self.account.owed() {
                let Some(purchase) = shops::index(&effect.id.purchase) else { continue };
                let kind = kind_of(effect.id.kind);
                last = Some(kind);
                self.run(purchase, kind)?;
            }
        }
        Ok(last)
    }
}
