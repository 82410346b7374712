//! Coming to rest: everything arrives, time passes until nothing is due, and the accountant looks at how it ended.

use crate::accountant::violation;
use crate::call::kind_of;
use crate::history::{Done, History};
use crate::moves::{Fate, Kind, Move};
use crate::shops;
use crate::world::Shares;

/// How often an effect may be asked for, while nobody answers.
const ASKED_MAX: u32 = 60;

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
        if let Some(kind) = self.settle()? {
            return Err(violation("asked_without_end", None, kind.name()));
        }
        self.accountant.look_at_rest(&self.books(), &self.world)?;
        self.world.dead = None;
        for _ in 0..REVIEWS_MAX {
            for purchase in self.purchases() {
                self.resolve(purchase, false)?;
            }
            if let Some(kind) = self.settle()? {
                return Err(violation("asked_without_end", None, kind.name()));
            }
        }
        if let Some(purchase) = self.purchases().into_iter().find(|purchase| !self.in_review(*purchase).is_empty()) {
            let found = format!("{:?}", self.in_review(purchase));
            return Err(violation("review_without_end", Some(purchase), found));
        }
        self.accountant.look_at_rest(&self.books(), &self.world)?;
        self.look_at_departures()
    }

    fn purchases(&self) -> Vec<u8> {
        self.accountant.purchases().map(|(purchase, _)| purchase).collect()
    }

    /// Runs what is pending until nothing is. Returns a kind that is still asked for.
    fn settle(&mut self) -> Result<Option<Kind>, crate::accountant::Violation> {
        let mut last = None;
        for _ in 0..ASKED_MAX {
            let Some(due) = self.account.due() else { return Ok(None) };
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
