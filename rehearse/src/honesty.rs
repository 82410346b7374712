//! Hosts: one that stores a decision twice, one that loads an account by its parts, and one that says what is not so. All of
//! them are refused, or harmless.

use std::fmt::Debug;

use ringup_core::effect::EffectKind;
use ringup_core::{
    Account, Actor, Command, CommandId, Confirmation, Decided, Decision, EffectId, Event, HeldNumber, HeldStatus,
    Misuse, Money, NamedAnswer, Offers, Outcome, RecordOutcome, Timestamp, TopUp, apply, decide,
};
use ringup_numbering::WorldPlan;

use crate::accountant::{Statement, Status, Violation, violation};
use crate::call::kind_of;
use crate::history::{Done, History};
use crate::moves::Kind;
use crate::shops::{self, usd};

/// How often a decision may ask for more of an account.
const LOADS_MAX: usize = 20;

/// The largest amount, in minor units: with what is there already, the books cannot hold it.
const MOST: i64 = 9_007_199_254_740_991;

impl History<'_> {
    /// The same decision of a host that loads what it is asked for, and no more.
    pub(crate) fn decide_by_parts<C: Command>(
        &self,
        offers: &Offers,
        command: &C,
        whole: &Decision<C::Answer>,
    ) -> Result<Account, Violation>
    where
        C::Answer: PartialEq + Debug,
        C::Error: Debug,
    {
        let (now, mut needs) = (Timestamp::from_millis(self.now), Vec::new());
        for _ in 0..LOADS_MAX {
            let part = self.account.extract(&needs);
            match decide(&self.stage.shop, &WorldPlan, &part, offers, command, now) {
                Ok(Decided::Load { needs: more }) => needs.extend(more),
                Ok(Decided::Decision(decision)) if decision == *whole => return Ok(part),
                other => {
                    return Err(violation("parts_disagree", None, format!("{other:?}, and of the whole {whole:?}")));
                }
            }
        }
        Err(violation("load_without_end", None, format!("{needs:?}")))
    }

    /// The part is after the decision what the whole is.
    pub(crate) fn compare_with_part<A>(&self, mut part: Account, decision: &Decision<A>) -> Done {
        let bad = |found: String| Err(violation("parts_disagree", None, found));
        let changed = match apply(&mut part, decision) {
            Ok(changed) => changed,
            Err(error) => return bad(format!("{error:?}")),
        };
        if part.head() != self.account.head() {
            return bad("the heads differ".into());
        }
        match changed.iter().find(|id| part.record(id) != self.account.record(id)) {
            Some(id) => bad(format!("{id} differs")),
            None => Ok(()),
        }
    }

    /// A host that forgets the version cannot store a decision twice.
    pub(crate) fn apply_again<A>(&mut self, decision: &Decision<A>) -> Done {
        if decision.events.is_empty() || apply(&mut self.account, decision).is_err() {
            return Ok(());
        }
        Err(violation("applied_twice", None, "the decision was made on another version"))
    }

    /// A command that is delivered twice moves no money the second time, and changes neither keys nor owners.
    pub(crate) fn deliver_again<C: Command>(&self, command: &C, offers: &Offers) -> Done {
        let now = Timestamp::from_millis(self.now);
        let Ok(Decided::Decision(decision)) = decide(&self.stage.shop, &WorldPlan, &self.account, offers, command, now)
        else {
            return Ok(());
        };
        let told = || decision.events.iter().map(Event::name).collect::<Vec<&str>>().join(" ");
        let moves = |event: &Event| {
            matches!(
                event.name(),
                "wallet_topped_up" | "purchase_accepted" | "key_joined" | "payment_taken" | "surplus_taken"
            )
        };
        if decision.events.iter().any(moves) {
            return Err(violation("delivered_twice", None, told()));
        }
        let mut after = self.account.clone();
        apply(&mut after, &decision).map_err(|error| violation("history_broken", None, format!("{error:?}")))?;
        // One period at a time: the next one may be overdue as well.
        let is_period = decision.events.iter().any(|event| matches!(event.name(), "renewal_due" | "commitment_due"));
        if after.ledger() == self.account.ledger() || is_period {
            return Ok(());
        }
        Err(violation("delivered_twice", None, told()))
    }

    /// A confirmation of another kind than the effect's, or of an effect that nobody has begun.
    pub(crate) fn lie(&mut self, purchase: u8, kind: Kind, nth: u8) -> Done {
        let (Some(id), Some(checkout)) = (self.stage.purchase(purchase).cloned(), shops::session(purchase, 0)) else {
            return Ok(());
        };
        let Some(offer) = self.stage.number(nth.checked_rem(4).unwrap_or(0)).cloned() else { return Ok(()) };
        let own = match kind {
            Kind::OpenCheckout => 0,
            Kind::Reserve => 1,
            Kind::QueryOrder => 2,
            Kind::Charge
            | Kind::Order
            | Kind::Unreserve
            | Kind::Refund
            | Kind::EndCharges
            | Kind::Renew
            | Kind::Release => 4,
        };
        let nth = nth.checked_rem(5).unwrap_or(0);
        let is_of_kind = nth == own || (kind == Kind::QueryOrder && nth == 3);
        if is_of_kind && (self.begun.contains(&(purchase, kind)) || self.owes(purchase, kind)) {
            // It may be so.
            return Ok(());
        }
        let confirmation = match nth {
            0 => Confirmation::CheckoutOpen { checkout, url: "/pay".to_owned() },
            1 => Confirmation::Reserved { offer },
            2 => Confirmation::OrderFound,
            3 => Confirmation::OrderAbsent,
            _ => Confirmation::Done,
        };
        let asking = self.pending(purchase, kind).map_or(0, |effect| effect.id.asking);
        let effect = EffectId { purchase: id, kind: kind_in_core(kind), asking };
        let outcome = Outcome::Confirmed { confirmation };
        // It may be told that it is wrong.
        self.decide(&RecordOutcome { effect, outcome }).map(drop)
    }

    /// A top-up that is delivered twice, and its id once more with another amount.
    pub(crate) fn top_up(&mut self, money: Money) -> Done {
        let (Ok(id), Some(other)) = (format!("top-up-{}", self.log.len()).parse::<CommandId>(), usd(3)) else {
            return Ok(());
        };
        let command = TopUp { id: id.clone(), actor: Actor::default(), money };
        for expected in [NamedAnswer::Noted, NamedAnswer::Repeated] {
            match self.decide(&command)? {
                Ok(answer) if answer == expected => {}
                answer => return Err(violation("top_up_repeated", None, format!("{answer:?}"))),
            }
        }
        match self.decide(&TopUp { id, actor: Actor::default(), money: other })? {
            Err(Misuse::CommandIdTaken { .. }) => Ok(()),
            answer => Err(violation("command_id_of_another", None, format!("{answer:?}"))),
        }
    }

    pub(crate) fn top_up_nothing(&mut self) -> Done {
        let (Some(nothing), Some(most)) = (usd(0), usd(MOST)) else { return Ok(()) };
        let Ok(id) = "nothing".parse::<CommandId>() else { return Ok(()) };
        match self.decide(&TopUp { id: id.clone(), actor: Actor::default(), money: nothing })? {
            Err(Misuse::AmountNotPositive { .. }) => {}
            other => return Err(violation("top_up_of_nothing", None, format!("{other:?}"))),
        }
        match self.decide(&TopUp { id, actor: Actor::default(), money: most })? {
            Err(Misuse::BooksFull { .. }) => Ok(()),
            other => Err(violation("top_up_beyond_the_books", None, format!("{other:?}"))),
        }
    }

    /// What is told of a number that was bought elsewhere.
    pub(crate) fn statement_of_past(&self, number: &HeldNumber) -> Statement {
        let status = match number.status {
            HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. } => Status::Held,
            HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => Status::Leaving,
            HeldStatus::Released { .. } => Status::Released,
        };
        let imported = self.stage.past.iter().find(|imported| imported.purchase == number.purchase);
        let price = imported.map_or(0, |imported| imported.agreement.price.due_now.minor_units());
        // Nothing was taken for it here.
        let reviews = number.in_review().map(kind_of).into_iter().collect();
        Statement { status, number: self.stage.index_of(number.number), price, by_wallet: true, in_review: 0, reviews }
    }

    /// A carrier without keys takes a repeated order for another one: it is asked first.
    pub(crate) fn look_at_repeat_of_order(&self, purchase: u8, kind: Kind) -> Done {
        if kind == Kind::Order && self.unclear.contains(&purchase) {
            return Err(violation("unclear_order_repeated", Some(purchase), "the carrier may have sold it already"));
        }
        Ok(())
    }

    /// What is known of an order at a carrier without keys.
    pub(crate) fn hear_of_order(&mut self, purchase: u8, kind: Kind, outcome: &Outcome) {
        match (kind, outcome) {
            (Kind::Order, Outcome::Unknown) if !self.stage.has_keys => drop(self.unclear.insert(purchase)),
            (Kind::QueryOrder, Outcome::Confirmed { confirmation: Confirmation::OrderAbsent }) => {
                self.unclear.remove(&purchase);
            }
            _ => {}
        }
    }

    /// At rest, what was to leave has left.
    pub(crate) fn look_at_departures(&self) -> Done {
        let is_late = |number: &&HeldNumber| match number.status {
            HeldStatus::Scheduled { .. }
            | HeldStatus::CoolingDown { .. }
            | HeldStatus::EndingCharges { .. }
            | HeldStatus::Releasing { .. } => true,
            HeldStatus::Active | HeldStatus::Released { .. } => false,
        };
        match self.account.numbers().find(is_late) {
            Some(number) => Err(violation("never_released", shops::index(&number.purchase), "it stays at rest")),
            None => Ok(()),
        }
    }
}

const fn kind_in_core(kind: Kind) -> EffectKind {
    match kind {
        Kind::OpenCheckout => EffectKind::OpenCheckout,
        Kind::Reserve => EffectKind::Reserve,
        Kind::Charge => EffectKind::Charge,
        Kind::Order => EffectKind::Order,
        Kind::QueryOrder => EffectKind::QueryOrder,
        Kind::Unreserve => EffectKind::Unreserve,
        Kind::Refund => EffectKind::Refund,
        Kind::EndCharges => EffectKind::EndCharges,
        Kind::Renew => EffectKind::Renew,
        Kind::Release => EffectKind::Release,
    }
}
