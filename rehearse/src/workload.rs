//! The workload: draws the next move from how things stand, so that most moves mean something.

use ringup_core::Event;

use crate::history::History;
use crate::moves::{Fate, How, Kind, Move, Seen, Want, When, Worker};
use crate::random::Random;
use crate::shops::{self, FIRST_OF_THE_PAST};
use crate::world::Shares;

/// What may go wrong in a history. A violation that is known hides others, so half of the histories are spared each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hazards {
    /// Two workers run the same effect; a call arrives after its worker has given up.
    twins: bool,
    /// Payments of sessions that were never opened.
    ghosts: bool,
    /// An effect that is never answered again.
    deaths: bool,
    /// Effects of this kind are seldom answered.
    deaf: Option<Kind>,
    /// Effects of this kind are run by both workers, and the outside refuses the first.
    split: Option<Kind>,
    /// Hosts and inventories that say what is not so.
    lies: bool,
}

/// The moves so far, and the draw of the next.
pub(crate) struct Workload {
    random: Random,
    hazards: Hazards,
    buys: Vec<Move>,
}

impl Workload {
    pub(crate) fn new(mut random: Random) -> Self {
        let hazards = Hazards {
            twins: random.one_in(2),
            ghosts: random.one_in(4),
            deaths: random.one_in(4),
            deaf: None,
            split: None,
            lies: random.one_in(4),
        };
        let deaf =
            if random.one_in(3) { random.pick(&[Kind::Order, Kind::QueryOrder, Kind::Order]).copied() } else { None };
        let split =
            if random.one_in(4) { random.pick(&[Kind::Charge, Kind::Renew, Kind::Order]).copied() } else { None };
        let hazards = Hazards { deaf, split, ..hazards };
        Self { random, hazards, buys: Vec::new() }
    }

    pub(crate) fn length(&mut self) -> usize {
        self.random.below(40).saturating_add(8)
    }

    pub(crate) fn next(&mut self, history: &History<'_>) -> Move {
        match self.random.below(100) {
            0..15 => self.buy(),
            15..45 => self.effect(history),
            45..72 => self.hand(history),
            72..80 => self.payment(history),
            80..82 => self.lie(history),
            82..92 => self.time(history),
            _ => self.change(history),
        }
    }

    /// Now and then, what a history made is damaged once it is at rest.
    pub(crate) fn damage(&mut self, history: &History<'_>) -> Option<Move> {
        let seed = u32::try_from(self.random.below(1_000_000)).ok()?;
        // What came late, and payments beside the purchase, are rare.
        let is_rare = |event: &Event| matches!(event, Event::Evidence { .. } | Event::Payment { .. });
        let times = if history.log.iter().any(is_rare) { 4 } else { 6 };
        self.random.one_in(times).then_some(Move::Damage { seed })
    }

    fn buy(&mut self) -> Move {
        if self.random.one_in(6)
            && let Some(earlier) = self.random.pick(&self.buys)
        {
            return *earlier;
        }
        let small = |drawn: usize| u8::try_from(drawn).unwrap_or(0);
        let number = small(self.random.below(4));
        let want = match self.random.below(21) {
            0..6 => Want::Any,
            6..14 => Want::Exact(number),
            14..17 => Want::Inventory(number),
            17..19 => Want::AreaCode,
            19 => Want::Pattern,
            _ => Want::Nowhere,
        };
        let key = (!self.random.one_in(3)).then(|| small(self.random.below(3)));
        let holder = u8::from(self.random.one_in(4));
        let purchase = small(self.buys.len()).min(FIRST_OF_THE_PAST.saturating_sub(1));
        let how = How {
            sees: match self.random.below(8) {
                0 => Some(Seen::Own),
                1 => Some(Seen::Another),
                _ => None,
            },
            confirms: self.random.one_in(2),
            is_viewer: self.random.one_in(12),
        };
        let buy = Move::Buy { purchase, holder, want, key, how };
        self.buys.push(buy);
        buy
    }

    fn effect(&mut self, history: &History<'_>) -> Move {
        let owed = history.account.owed();
        let drawn = self.random.pick(&owed).and_then(|effect| shops::index(&effect.id.purchase).zip(Some(effect)));
        let Some((purchase, effect)) = drawn else { return self.buy() };
        let wait = effect.not_before.as_millis().saturating_sub(history.now);
        if let Some(ms) = u64::try_from(wait).ok().filter(|wait| 0 < *wait && !self.random.one_in(3)) {
            return Move::Step { ms };
        }
        let kind = crate::call::kind_of(effect.id.kind);
        if self.hazards.split == Some(kind) {
            let is_first = !history.hands.contains_key(&(Worker::A, purchase, kind));
            return Move::Take { worker: if is_first { Worker::A } else { Worker::B }, purchase, kind };
        }
        if self.hazards.deaf != Some(kind) && !self.random.one_in(3) {
            return Move::Do { purchase, kind };
        }
        let worker = if self.hazards.twins && self.random.one_in(2) { Worker::B } else { Worker::A };
        Move::Take { worker, purchase, kind }
    }

    fn hand(&mut self, history: &History<'_>) -> Move {
        let hands: Vec<_> = history.hands.iter().map(|(key, hand)| (*key, hand.reply.is_some())).collect();
        let Some(((worker, purchase, kind), is_called)) = self.random.pick(&hands).copied() else {
            return self.effect(history);
        };
        if self.random.one_in(12) {
            return Move::Die { worker, purchase, kind };
        }
        let gives_up = self.hazards.twins && self.random.one_in(8);
        if (is_called && !self.random.one_in(6)) || gives_up {
            let again = (is_called || self.hazards.twins) && self.random.one_in(5);
            return Move::Tell { worker, purchase, kind, again };
        }
        let fate = match self.random.below(10) {
            // Half of the requests arrive, and no reply does.
            0..4 if self.hazards.deaf == Some(kind) => Fate::RequestLost,
            4..8 if self.hazards.deaf == Some(kind) => Fate::ReplyLost,
            0..8 if self.hazards.split == Some(kind) && worker == Worker::A => Fate::Refused,
            0..4 if self.hazards.split == Some(kind) && kind == Kind::Renew => Fate::ReplyLost,
            0..8 if self.hazards.split == Some(kind) => Fate::Good,
            0..4 => Fate::Good,
            4..6 => Fate::Refused,
            6..8 => Fate::RequestLost,
            _ => Fate::ReplyLost,
        };
        Move::Call { worker, purchase, kind, fate }
    }

    fn payment(&mut self, history: &History<'_>) -> Move {
        if self.hazards.ghosts
            && self.random.one_in(3)
            && let Some(purchase) = self.any(history)
        {
            return match self.random.below(4) {
                0 => Move::Mishear { purchase },
                1 => Move::Double { doubles: !self.random.one_in(3) },
                _ => Move::Ghost { purchase },
            };
        }
        let dealings = history.world.dealings.iter();
        let open = dealings.flat_map(|(purchase, own)| {
            let sessions = (0_u8..).zip(&own.sessions);
            sessions.map(|(nth, session)| (*purchase, nth, session.paid != 0))
        });
        let open: Vec<_> = open.collect();
        match self.random.pick(&open).copied() {
            Some((purchase, nth, true)) => Move::Hear { purchase, nth },
            Some((purchase, _, false)) if self.random.one_in(6) => Move::Abandon { purchase },
            Some((purchase, nth, false)) => Move::Pay { purchase, nth, late: self.random.one_in(3) },
            None => self.effect(history),
        }
    }

    /// What a host or an inventory should not do.
    fn lie(&mut self, history: &History<'_>) -> Move {
        let shares = [Shares::Taken, Shares::Others, Shares::Nothing];
        match self.random.below(8) {
            0 => Move::Nothing,
            1 => self.any(history).map_or(Move::Nothing, |purchase| Move::Viewer { purchase }),
            2 | 3 if self.hazards.lies => {
                Move::Share { shares: self.random.pick(&shares).copied().unwrap_or(Shares::Nothing) }
            }
            _ if self.hazards.lies => {
                let (purchase, kind) = (self.any(history), self.random.pick(&Kind::ALL).copied());
                let nth = u8::try_from(self.random.below(20)).unwrap_or(0);
                match (purchase, kind) {
                    (Some(purchase), Some(kind)) => Move::Lie { purchase, kind, nth },
                    _ => Move::Nothing,
                }
            }
            _ => self.payment(history),
        }
    }

    fn time(&mut self, history: &History<'_>) -> Move {
        // To the millisecond at which no confirmation is needed any more.
        if let Some(window) = history.stage.velocity_ms.and_then(|window| u64::try_from(window).ok())
            && self.random.one_in(3)
        {
            return Move::Step { ms: window };
        }
        if history.stage.renewing.is_some() && !self.random.one_in(3) {
            return self.period(history);
        }
        let ms = [1, 1_000, 4_000, 30_000, 60_000, 3_600_000, 2_678_400_000];
        match self.random.below(10) {
            0..4 => Move::Step { ms: self.random.pick(&ms).copied().unwrap_or(1) },
            4..6 => Move::Back { ms: u32::try_from(self.random.below(2_000)).unwrap_or(0) },
            6..9 => Move::Wake { purchase: None },
            _ => Move::Wake { purchase: u8::try_from(self.random.below(self.buys.len())).ok() },
        }
    }

    /// Time in a shop whose numbers renew: to what is due or around it, or past it.
    fn period(&mut self, history: &History<'_>) -> Move {
        const DAY_MS: u64 = 86_400_000;
        let due = history.account.due().map_or(0, |due| due.as_millis().saturating_sub(history.now));
        let due = u64::try_from(due).unwrap_or(0);
        match self.random.below(8) {
            0 => Move::Step { ms: due.saturating_sub(1).max(1) },
            1..4 => Move::Step { ms: due.max(1) },
            4 => Move::Step { ms: due.saturating_add(1) },
            5 => Move::Step { ms: DAY_MS.saturating_mul(self.below(5).saturating_add(1)) },
            6 => Move::Step { ms: DAY_MS.saturating_mul(self.below(80).saturating_add(1)) },
            _ => Move::Wake { purchase: None },
        }
    }

    fn below(&mut self, bound: usize) -> u64 {
        u64::try_from(self.random.below(bound)).unwrap_or(0)
    }

    /// A number that is held leaves in some way, or stays; money comes and goes.
    fn means(&mut self, history: &History<'_>, held: &[u8]) -> Move {
        let held = self.random.pick(held).copied().or_else(|| self.any(history));
        let Some(purchase) = held else { return self.buy() };
        let whens = [When::AtOnce, When::CoolDown, When::PeriodEnd];
        match self.random.below(10) {
            0 => Move::Leave { purchase, when: self.random.pick(&whens).copied().unwrap_or(When::AtOnce) },
            1 => Move::Leave { purchase, when: When::In(self.below(40).saturating_mul(86_400_000)) },
            2 => Move::Cancel { purchase },
            3..5 => Move::Card { works: false },
            5..7 => Move::Card { works: true },
            7 => Move::TopUp { minor_units: u32::try_from(self.random.below(400)).unwrap_or(0).saturating_add(4) },
            _ => self.time(history),
        }
    }

    fn change(&mut self, history: &History<'_>) -> Move {
        let held = history.accountant.purchases().filter(|(_, statement)| statement.is_held());
        let held: Vec<u8> = held.map(|(purchase, _)| purchase).collect();
        if history.stage.renewing.is_some() && self.random.one_in(2) {
            return self.means(history, &held);
        }
        match self.random.below(12) {
            0..4 => match self.random.pick(&held) {
                Some(purchase) => Move::Release { purchase: *purchase },
                None => self.effect(history),
            },
            4 => Move::TopUp { minor_units: 400 },
            5 => Move::Terms { choice: u8::try_from(self.random.below(3)).unwrap_or(0) },
            6 => Move::Holder { holder: u8::from(self.random.one_in(2)), allowed: !self.random.one_in(3) },
            7..10 => match self.any(history) {
                Some(purchase) => Move::Resolve { purchase, again: self.random.one_in(3) },
                None => self.buy(),
            },
            10 if self.hazards.deaths => match self.random.pick(&Kind::ALL) {
                Some(kind) => Move::Dead { kind: *kind },
                None => Move::Mend,
            },
            10 => self.effect(history),
            _ if self.random.one_in(2) => Move::Mend,
            _ => Move::Stale { is_stale: self.random.one_in(2) },
        }
    }

    /// Any purchase.
    fn any(&mut self, history: &History<'_>) -> Option<u8> {
        let all: Vec<u8> = history.accountant.purchases().map(|(purchase, _)| purchase).collect();
        self.random.pick(&all).copied()
    }
}
