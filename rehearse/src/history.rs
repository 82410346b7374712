//! A history: moves applied to an account and the world, with the accountant looking on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use ringup_core::{
    Account, ChangeTerms, Command, Confirmation, Decided, Decision, Effect, Event, MakePurchase, Offers, Opening,
    Outcome, RecordCheckoutDeclined, RecordCheckoutPaid, RecordId, RecordOutcome, SetHolder, Timestamp, WakeUp, apply,
    decide,
};
use ringup_core::{Misuse, Role};
use ringup_numbering::WorldPlan;

use crate::accountant::{Accountant, Violation, violation};
use crate::buying::Asked;
use crate::call::{effect_of_nothing, kind_of};
use crate::corpus::{Collected, Recorded};
use crate::coverage::Coverage;
use crate::damage::damage;
use crate::moves::Want;
use crate::moves::{Fate, Kind, Move, Worker};
use crate::random::Random;
use crate::reading::Reading;
use crate::shops::{self, Stage, usd};
use crate::tamper::tamper;
use crate::tenancy::Tenancy;
use crate::world::{Reply, Shares, World};

/// How long a worker's lease is, in milliseconds.
const LEASE_MS: u64 = 30_000;

/// A worker's effect that is not told of yet.
#[derive(Debug)]
pub(crate) struct Hand {
    pub(crate) effect: Effect,
    pub(crate) reply: Option<Reply>,
    fate: Option<Fate>,
    /// The worker was told how it ended, and has told so: it will not call again.
    has_ended: bool,
}

/// A history under way.
pub(crate) struct History<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) account: Account,
    pub(crate) world: World,
    pub(crate) accountant: Accountant,
    pub(crate) hands: BTreeMap<(Worker, u8, Kind), Hand>,
    /// The effects of workers that have died.
    pub(crate) leases: Vec<(u8, Effect)>,
    pub(crate) commands: BTreeMap<u8, MakePurchase>,
    pub(crate) asked: BTreeMap<u8, Asked>,
    /// What each key was sent with, by the purchase that was the answer.
    pub(crate) keyed: BTreeMap<(u8, u8), (u8, Want)>,
    pub(crate) now: i64,
    pub(crate) accepted: u32,
    /// The effects that a worker ever took.
    pub(crate) begun: BTreeSet<(u8, Kind)>,
    /// The purchases whose order may have gone through at a carrier that knows no keys.
    pub(crate) unclear: BTreeSet<u8>,
    pub(crate) decided: u32,
    /// A release by command is being decided.
    pub(crate) is_commanded: bool,
    pub(crate) coverage: &'a mut Coverage,
    /// Everything that has happened to the account.
    pub(crate) log: Vec<Event>,
    /// What was decided, if somebody collects it.
    pub(crate) collected: Option<Collected>,
}

pub(crate) type Done = Result<(), Violation>;

/// A decision or a refusal, and what the searches had found.
pub(crate) type Asking<C> = (Result<Decision<<C as Command>::Answer>, <C as Command>::Error>, Offers);

impl<'a> History<'a> {
    pub(crate) fn begin(stage: &'a Stage, coverage: &'a mut Coverage) -> Result<Self, Violation> {
        let broken = || violation("opening", None, "the account cannot be opened");
        let id = "account".parse().map_err(|_| broken())?;
        let terms = stage.terms.first().cloned().ok_or_else(broken)?;
        let wallet = usd(1000).into_iter().collect();
        let numbers = stage.past.clone();
        let opening = Opening { holders: stage.holders.clone(), wallet, numbers, ..Opening::new(id, terms) };
        let account = Account::open(&opening).map_err(|_| broken())?;
        let mut world = World::new(stage.has_keys, &stage.prices);
        world.topped_up = 1000;
        for (past, purchase) in stage.past.iter().zip(shops::FIRST_OF_THE_PAST..) {
            world.topped_up = world.topped_up.saturating_add(past.rent_to_run.minor_units());
            world.sell(purchase, stage.index_of(past.offer.number));
        }
        let mut history = Self {
            stage,
            account,
            world,
            accountant: Accountant::default(),
            hands: BTreeMap::new(),
            leases: Vec::new(),
            commands: BTreeMap::new(),
            asked: BTreeMap::new(),
            keyed: BTreeMap::new(),
            begun: BTreeSet::new(),
            unclear: BTreeSet::new(),
            decided: 0,
            is_commanded: false,
            now: shops::BEGIN,
            accepted: 0,
            coverage,
            log: opening.events(),
            collected: None,
        };
        let past: Vec<RecordId> = stage.past.iter().map(|past| RecordId::Number(past.purchase.clone())).collect();
        history.look(&past)?;
        Ok(history)
    }

    pub(crate) fn apply(&mut self, step: &Move) -> Done {
        match *step {
            Move::Buy { purchase, holder, want, key, how } => self.buy(purchase, Asked { holder, want, key, how }),
            Move::Do { purchase, kind } => self.run(purchase, kind),
            Move::Take { worker, purchase, kind } => {
                if let Some(effect) = self.pending(purchase, kind) {
                    self.begun.insert((purchase, kind));
                    self.look_at_repeat_of_order(purchase, kind)?;
                    self.look_at_asking(purchase, &effect)?;
                    self.hands.entry((worker, purchase, kind)).or_insert(Hand {
                        effect,
                        reply: None,
                        fate: None,
                        has_ended: false,
                    });
                }
                Ok(())
            }
            Move::Call { worker, purchase, kind, fate } => self.call((worker, purchase, kind), fate),
            Move::Tell { worker, purchase, kind, again } => self.tell_hand((worker, purchase, kind), again),
            Move::Die { worker, purchase, kind } => {
                if let Some(hand) = self.hands.remove(&(worker, purchase, kind)) {
                    self.leases.push((purchase, hand.effect));
                }
                Ok(())
            }
            Move::Pay { purchase, nth, late } => {
                self.world.pay(purchase, nth, self.now, late);
                Ok(())
            }
            Move::Hear { purchase, nth } => self.hear_payment(purchase, nth),
            Move::Mishear { purchase } => match shops::session(purchase, 0) {
                Some(checkout) => self.paid(purchase, checkout, 1, self.now),
                None => Ok(()),
            },
            Move::Double { doubles } => {
                self.world.doubles_sessions = doubles;
                Ok(())
            }
            Move::Ghost { purchase } => match "session-ghost".parse() {
                Ok(checkout) => {
                    let price = self.accountant.statement(purchase).map_or(0, |statement| statement.price);
                    self.paid(purchase, checkout, price, self.now)
                }
                Err(_) => Ok(()),
            },
            Move::Abandon { purchase } => {
                let unpaid = |world: &World| {
                    let session = world.dealings.get(&purchase)?.sessions.first()?;
                    (session.paid == 0).then_some(())
                };
                match (unpaid(&self.world), self.stage.purchase(purchase).cloned(), shops::session(purchase, 0)) {
                    (Some(()), Some(purchase), Some(checkout)) => {
                        self.note(&RecordCheckoutDeclined { purchase, checkout })
                    }
                    _ => Ok(()),
                }
            }
            Move::Wake { purchase: None } => self.wake(self.account.due_by(Timestamp::from_millis(self.now))),
            Move::Wake { purchase: Some(purchase) } => match self.stage.purchase(purchase).cloned() {
                Some(id) => self.wake(vec![RecordId::Purchase(id.clone()), RecordId::Number(id)]),
                None => Ok(()),
            },
            Move::Step { ms } => {
                self.now = self.now.saturating_add(i64::try_from(ms).unwrap_or(i64::MAX));
                if LEASE_MS <= ms { self.end_leases() } else { Ok(()) }
            }
            Move::Back { ms } => {
                self.now = self.now.saturating_sub(i64::from(ms));
                Ok(())
            }
            Move::Release { purchase } => self.let_go(purchase, None),
            Move::Leave { purchase, when } => self.leave(purchase, when),
            Move::Cancel { purchase } => self.cancel(purchase),
            Move::Card { works } => self.change_card(works),
            Move::TopUp { minor_units } => {
                let Some(money) = usd(i64::from(minor_units)) else { return Ok(()) };
                self.world.topped_up = self.world.topped_up.saturating_add(money.minor_units());
                self.top_up(money)?;
                self.look_at_means(true)
            }
            Move::Terms { choice } => match self.stage.terms.get(usize::from(choice)).cloned() {
                Some(terms) => self.note(&ChangeTerms { terms }),
                None => Ok(()),
            },
            Move::Holder { holder, allowed } => match self.stage.holders.get(usize::from(holder)).cloned() {
                Some(holder) => self.note(&SetHolder { holder, allowed, counted: true }),
                None => Ok(()),
            },
            Move::Resolve { purchase, again } => self.resolve(purchase, again),
            Move::Dead { kind } => {
                self.world.dead = Some(kind);
                Ok(())
            }
            // Where a list is the only evidence, nobody knows which of two purchases a number of ours is sold to.
            Move::Share { shares: Shares::Taken } if !self.world.has_keys => Ok(()),
            Move::Share { shares } => {
                self.world.shares = shares;
                self.world.has_shared = true;
                Ok(())
            }
            Move::Lie { purchase, kind, nth } => self.lie(purchase, kind, nth),
            Move::Viewer { purchase } => self.let_go_by(Role::Viewer, purchase, None),
            Move::Nothing => self.top_up_nothing(),
            Move::Stale { is_stale } => {
                self.world.finds_what_is_gone = is_stale;
                Ok(())
            }
            Move::Damage { seed } => {
                self.look_at_events()?;
                let mut random = Random::new(u64::from(seed));
                damage(&self.log, &mut random, &mut self.coverage.damages)?;
                let now = Timestamp::from_millis(self.now);
                tamper(self.stage, &self.account, now, &mut random, &mut self.coverage.tampers)
            }
            Move::Mend => {
                self.world.dead = None;
                Ok(())
            }
        }
    }

    /// The pending effect of this kind, if the purchase or its number has one that may be run.
    pub(crate) fn pending(&self, purchase: u8, kind: Kind) -> Option<Effect> {
        let effect = self.owed(purchase)?;
        (kind_of(effect.id.kind) == kind && effect.not_before.as_millis() <= self.now).then_some(effect)
    }

    pub(crate) fn owes(&self, purchase: u8, kind: Kind) -> bool {
        self.owed(purchase).is_some_and(|effect| kind_of(effect.id.kind) == kind)
    }

    pub(crate) fn owed(&self, purchase: u8) -> Option<Effect> {
        let id = self.stage.purchase(purchase)?;
        let of_purchase = self.account.purchase(id).and_then(ringup_core::Purchase::owed);
        of_purchase.or_else(|| self.account.number(id)?.owed())
    }

    pub(crate) fn run(&mut self, purchase: u8, kind: Kind) -> Done {
        let hand = (Worker::A, purchase, kind);
        if self.hands.contains_key(&hand) {
            return Ok(());
        }
        self.apply(&Move::Take { worker: Worker::A, purchase, kind })?;
        self.call(hand, Fate::Good)?;
        self.tell_hand(hand, false)
    }

    pub(crate) fn call(&mut self, hand: (Worker, u8, Kind), fate: Fate) -> Done {
        let Some(Hand { effect, has_ended: false, .. }) = self.hands.get(&hand) else { return Ok(()) };
        if let Some(found) = effect_of_nothing(&effect.action) {
            return Err(violation("effect_of_nothing", Some(hand.1), found));
        }
        let is_pending = self.pending(hand.1, hand.2).is_some_and(|pending| pending.id == effect.id);
        let reply = self.world.call(&self.read(hand.1, effect), fate);
        if let Some(hand) = self.hands.get_mut(&hand) {
            hand.reply = Some(reply);
            hand.fate = Some(fate);
        }
        let is_excused = hand.2 != Kind::Refund || !is_pending || self.may_refund_what_is_sold(hand.1);
        Accountant::look_at_refund(hand.1, is_excused, &self.world)
    }

    pub(crate) fn tell_hand(&mut self, key: (Worker, u8, Kind), again: bool) -> Done {
        let Some(hand) = self.hands.get(&key) else { return Ok(()) };
        // A refusal says nothing of the attempt that is pending by now.
        let owed = self.owed(key.1).filter(|owed| owed.id == hand.effect.id);
        let is_old = owed.is_some_and(|owed| owed != hand.effect);
        let reply = hand.reply.filter(|reply| *reply != Reply::Declined || !is_old);
        let outcome = self.outcome(key.1, reply.unwrap_or(Reply::Silence));
        let command = RecordOutcome { effect: hand.effect.id.clone(), outcome };
        let is_late = self.pending(key.1, key.2).is_none_or(|effect| effect.id != command.effect);
        self.coverage.note(self.label(key.1), key.2, hand.reply, hand.fate, is_late);
        match self.hands.get_mut(&key) {
            Some(hand) if again => hand.has_ended |= hand.reply.is_some_and(|reply| reply != Reply::Silence),
            _ => drop(self.hands.remove(&key)),
        }
        self.hear_of_order(key.1, key.2, &command.outcome);
        match self.decide(&command)? {
            // The inventory gave one number to two purchases, and is told so.
            Err(Misuse::NumberTaken { .. }) if self.world.has_shared => {
                self.world.take_back(key.1);
                Ok(())
            }
            Ok(_) if key.2 == Kind::Renew && command.outcome == Outcome::Unknown => {
                self.look_at_doubt(key.1, command.effect.asking)
            }
            Ok(_) => self.look_at_evidence(key.1, &command),
            Err(misuse) => Err(violation("misuse", Some(key.1), format!("{misuse:?}"))),
        }
    }

    /// What has been confirmed is neither asked for again nor left to a review.
    fn look_at_evidence(&self, purchase: u8, told: &RecordOutcome) -> Done {
        let kinds = match (kind_of(told.effect.kind), &told.outcome) {
            (Kind::Order, Outcome::Confirmed { confirmation: Confirmation::Done })
            | (Kind::QueryOrder, Outcome::Confirmed { confirmation: Confirmation::OrderFound }) => {
                [Kind::Order, Kind::QueryOrder]
            }
            (Kind::Charge, Outcome::Confirmed { .. }) => [Kind::Charge, Kind::Charge],
            _ => return Ok(()),
        };
        let is_open = |kind: &Kind| {
            self.owes(purchase, *kind) || self.in_review(purchase).iter().any(|effect| kind_of(*effect) == *kind)
        };
        match kinds.iter().find(|kind| is_open(kind)) {
            Some(kind) => Err(violation("evidence_dropped", Some(purchase), format!("{} is open still", kind.name()))),
            None => Ok(()),
        }
    }

    fn outcome(&self, purchase: u8, reply: Reply) -> Outcome {
        match (reply, self.confirmation(purchase, reply)) {
            (_, Some(confirmation)) => Outcome::Confirmed { confirmation },
            (Reply::Declined, None) => Outcome::Declined { reason: "no".to_owned() },
            (_, None) => Outcome::Unknown,
        }
    }

    pub(crate) fn confirmation(&self, purchase: u8, reply: Reply) -> Option<Confirmation> {
        Some(match reply {
            Reply::Silence | Reply::Declined => return None,
            Reply::SessionOpen(nth) => {
                Confirmation::CheckoutOpen { checkout: shops::session(purchase, nth)?, url: "/pay".to_owned() }
            }
            Reply::Reserved(number) => Confirmation::Reserved { offer: self.stage.number(number)?.clone() },
            Reply::Found => Confirmation::OrderFound,
            Reply::Absent => Confirmation::OrderAbsent,
            Reply::Done => Confirmation::Done,
        })
    }

    pub(crate) fn hear_payment(&mut self, purchase: u8, nth: u8) -> Done {
        let session = self.world.dealings.get(&purchase).and_then(|own| own.sessions.get(usize::from(nth)));
        match (session.filter(|session| session.paid != 0).cloned(), shops::session(purchase, nth)) {
            (Some(session), Some(checkout)) => self.paid(purchase, checkout, session.paid, session.paid_at),
            _ => Ok(()),
        }
    }

    fn paid(&mut self, purchase: u8, checkout: ringup_core::CheckoutId, amount: i64, paid_at: i64) -> Done {
        let Some(amount) = usd(amount) else { return Ok(()) };
        let paid_at = Timestamp::from_millis(paid_at);
        match self.stage.purchase(purchase).cloned() {
            Some(purchase) => self.note(&RecordCheckoutPaid { purchase, checkout, amount, paid_at }),
            None => Ok(()),
        }
    }

    fn wake(&mut self, records: Vec<RecordId>) -> Done {
        if records.is_empty() { Ok(()) } else { self.note(&WakeUp { records }) }
    }

    /// A command that cannot be refused.
    pub(crate) fn note<C: Recorded + Command<Error = Misuse>>(&mut self, command: &C) -> Done
    where
        C::Answer: PartialEq + Debug,
    {
        match self.decide(command)? {
            Ok(_) | Err(Misuse::NumberNotHeld { .. }) => Ok(()),
            Err(misuse) => Err(violation("misuse", None, format!("{misuse:?}"))),
        }
    }

    pub(crate) fn decide<C: Recorded>(&mut self, command: &C) -> Result<Result<C::Answer, C::Error>, Violation>
    where
        C::Answer: PartialEq + Debug,
        C::Error: Debug,
    {
        match self.ask(command)? {
            (Ok(decision), offers) => self.store(command, &offers, decision).map(Ok),
            (Err(error), _) => Ok(Err(error)),
        }
    }

    /// What is decided, on what the searches find.
    pub(crate) fn ask<C: Recorded>(&mut self, command: &C) -> Result<Asking<C>, Violation> {
        self.decided = self.decided.wrapping_add(1);
        let now = Timestamp::from_millis(self.now);
        let mut offers = Offers::default();
        for _ in 0..3 {
            match decide(&self.stage.shop, &WorldPlan, &self.account, &offers, command, now) {
                Ok(Decided::Decision(decision)) => {
                    self.collect(command, &offers);
                    return Ok((Ok(decision), offers));
                }
                Ok(Decided::Search { selector }) => {
                    offers.searches.push(self.search(selector, now));
                }
                Ok(Decided::Load { needs }) => {
                    return Err(violation("load_of_a_whole_account", None, format!("{needs:?}")));
                }
                Err(error) => {
                    self.collect(command, &offers);
                    return Ok((Err(error), offers));
                }
            }
        }
        Err(violation("search_without_end", None, "the same search is asked for again"))
    }

    /// Stores a decision. Returns its answer.
    pub(crate) fn store<C: Command>(
        &mut self,
        command: &C,
        offers: &Offers,
        decision: Decision<C::Answer>,
    ) -> Result<C::Answer, Violation>
    where
        C::Answer: PartialEq + Debug,
        C::Error: Debug,
    {
        let is_loaded_by_parts = self.decided.checked_rem(8) == Some(0);
        let part = if is_loaded_by_parts { Some(self.decide_by_parts(offers, command, &decision)?) } else { None };
        let wallet = if self.stage.renewing.is_some() { self.books().wallet } else { 0 };
        let changed = apply(&mut self.account, &decision);
        let changed = changed.map_err(|error| violation("history_broken", None, format!("{error:?}")))?;
        self.apply_again(&decision)?;
        if let Some(part) = part {
            self.compare_with_part(part, &decision)?;
        }
        self.hear_of_rent(&decision.events, wallet)?;
        self.look(&changed)?;
        if self.decided.checked_rem(8) == Some(4) {
            self.deliver_again(command, offers)?;
        }
        self.log.extend(decision.events);
        Ok(decision.answer)
    }

    /// The account is what its events make of it, by the accountant's reading.
    fn look_at_events(&self) -> Done {
        let mut reading = Reading::default();
        for event in &self.log {
            let read = reading.read(event);
            read.map_err(|why| violation("events_disagree", None, format!("{}: {why}", event.name())))?;
        }
        reading.compare(&self.account).map_err(|why| violation("events_disagree", None, why))
    }

    /// The accountant looks at what has changed.
    fn look(&mut self, changed: &[RecordId]) -> Done {
        for record in changed {
            let (RecordId::Purchase(id) | RecordId::Number(id)) = record else { continue };
            if let Some((index, statement)) = shops::index(id).zip(self.statement(id)) {
                self.look_at_number(index, &statement)?;
                self.accountant.hear(index, statement, &self.world)?;
            }
        }
        if changed.is_empty() { Ok(()) } else { self.accountant.look_at_books(&self.books(), &self.world) }
    }

    /// What the purchase waits for, or how it has ended.
    pub(crate) fn label(&self, purchase: u8) -> &'static str {
        let Some(id) = self.stage.purchase(purchase) else { return "none" };
        let Some(record) = self.account.purchase(id) else { return "none" };
        let owed = record.owed().or_else(|| self.account.number(id)?.owed());
        match owed {
            Some(effect) => kind_of(effect.id.kind).name(),
            None if record.needs_review() => "in review",
            None if self.accountant.tenancies.get(&purchase).is_some_and(Tenancy::is_suspended) => "suspended",
            None if record.bought().is_some() => "bought",
            None if record.is_settled() => "failed",
            None => "payment",
        }
    }
}
