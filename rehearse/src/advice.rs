//! Advice done for real: what a quote says is needed is done by commands, on the account as it is with all that its numbers
//! are. Then the purchase is accepted; and without any one of the fixes it is not.

use ringup_core::{
    Account, ChangeTerms, Command, Confirmation, Decided, Effect, Fact, GateFix, GateReport, GateStatus, HeldNumber,
    MakePurchase, Offers, Outcome, PurchaseAnswer, PurchaseError, Quote, RecordId, RecordOutcome, ReleaseNumber,
    Remedy, Search, Selector, Timestamp, TopUp, WakeUp, apply, decide, quote,
};
use ringup_numbering::WorldPlan;

use crate::accountant::violation;
use crate::history::{Done, History};

/// How many effects a fix may take.
const EFFECTS_MAX: usize = 40;

/// An account on which advice is tried.
struct Trial {
    account: Account,
    command: MakePurchase,
    now: i64,
}

/// What is carried out: an answer, or that a person must decide something.
enum Outcomes {
    Accepted,
    Refused(String),
    Unclear,
}

impl History<'_> {
    /// The quote of a command, on what the searches found.
    pub(crate) fn quote(&self, command: &MakePurchase, offers: &Offers) -> Option<Quote> {
        let now = Timestamp::from_millis(self.now);
        let holder = command.request.holder.as_ref().and_then(|holder| holder.parse().ok());
        let standing = self.account.standing_with(&self.stage.shop, &command.actor, holder.as_ref(), now).ok()?;
        Some(quote(&self.stage.shop, &WorldPlan, &standing, offers, &command.request, now))
    }

    pub(crate) fn search(&self, selector: Selector, now: Timestamp) -> Search {
        let numbers = self.stage.numbers.iter().zip(0..);
        let numbers = numbers.filter(|(offer, index)| selector.fits(offer) && self.world.finds(*index));
        let numbers = numbers.map(|(offer, _)| offer.clone()).collect();
        Search { selector, seen_at: now, expires_at: now.plus_seconds(60), numbers }
    }

    /// The fixes of a quote suffice, and each is needed.
    pub(crate) fn look_at_advice(&self, purchase: u8, command: &MakePurchase, quoted: &Quote) -> Done {
        // What a search will find is not known yet.
        let waits = |gate: &GateReport| matches!(gate.status, GateStatus::Waiting { fact: Fact::Search { .. } });
        if !quoted.fixes_suffice || quoted.fixes.is_empty() || quoted.gates.iter().any(waits) {
            return Ok(());
        }
        // A quote does not see what holders have that may get no more, nor when something overdue is looked at.
        let is_seen = |held: &HeldNumber| {
            let holder = held.holder.as_ref().and_then(|holder| self.account.holder(holder));
            let is_overdue = held.due().is_some_and(|at| at.as_millis() <= self.now);
            held.is_released() || (!is_overdue && holder.is_some_and(|holder| holder.allowed))
        };
        if !self.account.numbers().all(is_seen) {
            return Ok(());
        }
        let bad = |rule, found: String| Err(violation(rule, Some(purchase), found));
        if let Outcomes::Refused(code) = self.carry_out(command, &quoted.fixes) {
            return bad("advice_fails", format!("{:?}: still {code}", quoted.fixes));
        }
        for left_out in 0..quoted.fixes.len() {
            let others = quoted.fixes.iter().enumerate().filter(|(index, _)| *index != left_out);
            let others: Vec<GateFix> = others.map(|(_, fix)| fix.clone()).collect();
            if let Outcomes::Accepted = self.carry_out(command, &others) {
                return bad("advice_too_much", format!("{:?}: number {left_out} is needless", quoted.fixes));
            }
        }
        if let Some(less) = self.less(quoted)
            && let Outcomes::Accepted = self.carry_out(command, &less)
        {
            return bad("advice_too_much", format!("{:?}: less would do", quoted.fixes));
        }
        Ok(())
    }

    /// The same fixes with the first amount smaller by one.
    #[expect(clippy::wildcard_enum_match_arm, reason = "no other fix has an amount")]
    fn less(&self, quoted: &Quote) -> Option<Vec<GateFix>> {
        let mut fixes = quoted.fixes.clone();
        let changed = fixes.iter_mut().find_map(|GateFix { fix, .. }| match fix {
            Remedy::AddMoney { money } => {
                let one = ringup_core::Money::new(1, money.currency()).ok()?;
                *money = money.checked_sub(one).ok().filter(|money| !money.is_zero())?;
                Some(())
            }
            Remedy::WaitUntil { at, .. } if self.now < at.as_millis().saturating_sub(1) => {
                *at = Timestamp::from_millis(at.as_millis().saturating_sub(1));
                Some(())
            }
            Remedy::ReleaseNumbers { count, .. } if 1 < *count => {
                *count = count.saturating_sub(1);
                Some(())
            }
            _ => None,
        });
        changed.map(|()| fixes)
    }

    /// Does what the fixes say, in their order, and buys.
    fn carry_out(&self, command: &MakePurchase, fixes: &[GateFix]) -> Outcomes {
        let mut trial = Trial { account: self.account.clone(), command: command.clone(), now: self.now };
        // The role that is asked does the rest.
        let is_role = |fix: &&GateFix| matches!(fix.fix, Remedy::AskRole { .. });
        let is_wait = |fix: &&GateFix| matches!(fix.fix, Remedy::WaitUntil { .. });
        let others = |fix: &&GateFix| !is_role(fix) && !is_wait(fix);
        let in_order =
            fixes.iter().filter(is_role).chain(fixes.iter().filter(others)).chain(fixes.iter().filter(is_wait));
        for GateFix { fix, .. } in in_order {
            if self.fix(&mut trial, fix).is_none() {
                return Outcomes::Unclear;
            }
        }
        self.bought(&trial)
    }

    fn bought(&self, trial: &Trial) -> Outcomes {
        let now = Timestamp::from_millis(trial.now);
        let mut offers = Offers::default();
        let decide =
            |offers: &Offers| decide(&self.stage.shop, &WorldPlan, &trial.account, offers, &trial.command, now);
        let mut decided = decide(&offers);
        if let Ok(Decided::Search { selector }) = decided {
            offers.searches.push(self.search(selector, now));
            decided = decide(&offers);
        }
        match decided {
            Ok(Decided::Decision(decision)) => match decision.answer {
                PurchaseAnswer::Accepted { .. } => Outcomes::Accepted,
                PurchaseAnswer::Repeated { .. } | PurchaseAnswer::AwaitsKyc { .. } => Outcomes::Unclear,
            },
            // Only `decide` knows keys and numbers.
            Err(PurchaseError::Refused(rejection)) if is_of_decide(rejection.code()) => Outcomes::Unclear,
            // Nobody had searched.
            Err(PurchaseError::Refused(rejection))
                if matches!(rejection.code(), "out_of_stock" | "no_such_number" | "number_mismatch") =>
            {
                Outcomes::Unclear
            }
            // Meanwhile the wallet has paid for the periods of other numbers.
            Err(PurchaseError::Refused(rejection))
                if rejection.code() == "insufficient_balance"
                    && self.stage.renewing.is_some()
                    && self.now < trial.now =>
            {
                Outcomes::Unclear
            }
            Err(PurchaseError::Refused(rejection)) => Outcomes::Refused(rejection.code().to_owned()),
            Ok(Decided::Load { .. } | Decided::Search { .. }) | Err(PurchaseError::Misuse(_)) => Outcomes::Unclear,
        }
    }

    /// Does one thing. `None`: it is a person's to decide.
    #[expect(clippy::wildcard_enum_match_arm, reason = "what no command does is left to a person")]
    fn fix(&self, trial: &mut Trial, fix: &Remedy) -> Option<()> {
        let Trial { account, command, now } = trial;
        match fix {
            Remedy::AskRole { roles, .. } => command.actor.role = *roles.first()?,
            Remedy::ConfirmAdditional => command.request.confirm_additional = true,
            Remedy::AcceptPrice { price, .. } => command.request.price_seen = Some(*price),
            Remedy::AddMoney { money } => {
                self.on(account, *now, &top_up(account.version(), command.actor.clone(), *money)?)?
            }
            Remedy::ChooseHolder { holders, .. } => {
                command.request.holder = Some(holders.first()?.as_str().to_owned());
            }
            Remedy::MoveToBilling { billing } => {
                let terms = ringup_core::CustomerTerms { billing: *billing, ..account.terms().clone() };
                self.on(account, *now, &ChangeTerms { terms })?;
            }
            Remedy::ReleaseNumbers { count, numbers, .. } if !numbers.is_empty() => {
                for number in numbers.iter().take(usize::try_from(*count).ok()?) {
                    let release = ReleaseNumber { number: number.clone(), actor: command.actor.clone(), when: None };
                    self.on(account, *now, &release)?;
                }
                self.release(account, *now)?;
            }
            Remedy::WaitUntil { at, .. } => {
                *now = at.as_millis().max(*now);
                // Nobody knows when what is overdue is looked at.
                let is_later = |held: &HeldNumber| held.due().is_none_or(|at| self.now < at.as_millis());
                let later = account.numbers().filter(|held| self.account.number(&held.purchase).is_some_and(is_later));
                let records: Vec<RecordId> = later.map(|held| RecordId::Number(held.purchase.clone())).collect();
                self.on(account, *now, &WakeUp { records })?;
                self.release(account, *now)?;
            }
            _ => return None,
        }
        Some(())
    }

    /// The releases that have begun are done.
    fn release(&self, account: &mut Account, now: i64) -> Option<()> {
        for _ in 0..EFFECTS_MAX {
            // When another release is done, nobody knows.
            let is_own =
                |effect: &Effect| self.account.number(&effect.id.purchase).is_some_and(|held| held.owed().is_none());
            let effect = account.numbers().filter_map(HeldNumber::owed).find(is_own);
            let Some(effect) = effect else { break };
            let outcome = Outcome::Confirmed { confirmation: Confirmation::Done };
            self.on(account, now, &RecordOutcome { effect: effect.id, outcome })?;
        }
        Some(())
    }

    fn on<C: Command>(&self, account: &mut Account, now: i64, command: &C) -> Option<()> {
        let now = Timestamp::from_millis(now);
        let decided = decide(&self.stage.shop, &WorldPlan, account, &Offers::default(), command, now).ok()?;
        apply(account, &decided.decision()?).ok().map(drop)
    }
}

fn top_up(version: u64, actor: ringup_core::Actor, money: ringup_core::Money) -> Option<TopUp> {
    Some(TopUp { id: format!("top-up-{version}").parse().ok()?, actor, money })
}

/// Whether only `decide` knows it.
pub(crate) fn is_of_decide(code: &str) -> bool {
    matches!(code, "key_reused" | "already_held" | "actor_not_allowed")
}
