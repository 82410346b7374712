//! The answer to each command.

use alloc::vec::Vec;

use super::{AnyAnswer, Command, Decision, Facts, Misuse, Noted, PurchaseAnswer, PurchaseError, purchase};
use crate::base::id::PurchaseId;
use crate::command::{
    AnyCommand, ChangeTerms, MakePurchase, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ReleaseNumber,
    ResolvePurchase, TopUp, WakeUp,
};
use crate::event::{AccountEvent, Event, NumberEvent};
use crate::purchase::{Purchase, PurchaseCommand};
use crate::records::{HeldNumber, HeldStatus};
use crate::terms::fulfilment::ReleaseTime;

impl Command for MakePurchase {
    type Answer = PurchaseAnswer;
    type Error = PurchaseError;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<PurchaseAnswer>, PurchaseError> {
        purchase::decide(facts, self, &mut |_, _, _| {})
    }
}

impl Command for RecordOutcome {
    type Answer = Noted;
    type Error = Misuse;

    /// An outcome of no pending effect is a duplicate or late, and harmless.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        let Self { effect, outcome } = self;
        let retry = &facts.shop.policy().retry;
        if let Some(purchase) = facts.account.purchases.get(&effect.purchase)
            && purchase.owed().is_some_and(|owed| owed.id == *effect)
        {
            return facts.noted(purchase.on(&PurchaseCommand::RecordOutcome(outcome), retry, facts.now));
        }
        if let Some(number) = facts.account.numbers.get(&effect.purchase)
            && number.owed().is_some_and(|owed| owed.id == *effect)
        {
            return facts.noted(number.on_outcome(outcome, retry, facts.now));
        }
        facts.noted(Vec::new())
    }
}

impl Command for RecordCheckoutPaid {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        facts.tell(&self.purchase, &PurchaseCommand::RecordCheckoutPaid(&self.checkout))
    }
}

impl Command for RecordCheckoutDeclined {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        facts.tell(&self.purchase, &PurchaseCommand::RecordCheckoutDeclined(&self.checkout))
    }
}

impl Command for ResolvePurchase {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        facts.tell(&self.purchase, &PurchaseCommand::Resolve(self.finding))
    }
}

impl Command for ReleaseNumber {
    type Answer = Noted;
    type Error = Misuse;

    /// Begins the release. A release that has begun is unchanged.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        let role = self.actor.role;
        if !facts.shop.policy().may_release(role) {
            return Err(Misuse::ReleaseNotAllowed { role });
        }
        // An actor may not learn whether another holder has the number.
        let is_theirs = |held: &&HeldNumber| {
            self.actor.only_holder.is_none() || held.agreement.holder.as_ref() == self.actor.only_holder.as_ref()
        };
        let held = facts.account.numbers.get(&self.number).filter(is_theirs);
        let not_held = || Misuse::NumberNotHeld { number: self.number.clone() };
        let held = held.ok_or_else(not_held)?;
        match held.status {
            HeldStatus::Active => {
                let event = match facts.shop.policy().release {
                    ReleaseTime::AtOnce => NumberEvent::ReleaseStarted { at: facts.now },
                    ReleaseTime::PeriodEnd => match held.paid_until(facts.now) {
                        // The current period is unpaid.
                        at if at <= facts.now => NumberEvent::ReleaseStarted { at: facts.now },
                        at => NumberEvent::ReleaseScheduled { at },
                    },
                };
                facts.noted([Event::Number { event, number: self.number.clone() }].into())
            }
            HeldStatus::Scheduled { .. } | HeldStatus::EndingCharges { .. } | HeldStatus::Releasing { .. } => {
                facts.noted(Vec::new())
            }
            HeldStatus::Released { .. } => Err(not_held()),
        }
    }
}

impl Command for TopUp {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        let money = self.money;
        if money.minor_units() <= 0 {
            return Err(Misuse::AmountNotPositive { money });
        }
        if !facts.account.can_take(money) {
            return Err(Misuse::BooksFull { money });
        }
        facts.noted([AccountEvent::WalletToppedUp { money }.into()].into())
    }
}

impl Command for ChangeTerms {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        facts.noted([AccountEvent::TermsChanged { terms: self.terms.clone() }.into()].into())
    }
}

impl Command for WakeUp {
    type Answer = Noted;
    type Error = Misuse;

    /// Expires the unpaid checkouts, and begins the releases that are due.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Misuse> {
        let account = facts.account;
        let open = account.in_flight.iter().filter_map(|id| account.purchases.get(id));
        let ended = open.filter_map(|purchase| purchase.on_wake_up(&facts.shop.policy().retry, facts.now));
        let releasing = account.releasing.iter().filter_map(|id| account.numbers.get(id));
        facts.noted(ended.chain(releasing.filter_map(|number| number.on_wake_up(facts.now))).collect())
    }
}

impl Command for AnyCommand {
    type Answer = AnyAnswer;
    type Error = PurchaseError;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<AnyAnswer>, PurchaseError> {
        match self {
            Self::Purchase(command) => any(command, facts),
            Self::RecordOutcome(command) => any(command, facts),
            Self::RecordCheckoutPaid(command) => any(command, facts),
            Self::RecordCheckoutDeclined(command) => any(command, facts),
            Self::Release(command) => any(command, facts),
            Self::TopUp(command) => any(command, facts),
            Self::ChangeTerms(command) => any(command, facts),
            Self::Resolve(command) => any(command, facts),
            Self::WakeUp => any(&WakeUp, facts),
        }
    }
}

fn any<C: Command>(command: &C, facts: &Facts<'_>) -> Result<Decision<AnyAnswer>, PurchaseError>
where
    AnyAnswer: From<C::Answer>,
    PurchaseError: From<C::Error>,
{
    Ok(command.decide(facts)?.map(AnyAnswer::from))
}

impl Facts<'_> {
    fn noted(&self, events: Vec<Event>) -> Result<Decision<Noted>, Misuse> {
        Ok(Decision { version: self.account.version, events, answer: Noted })
    }

    /// A command to an unknown purchase is harmless, like a late one.
    fn tell(&self, purchase: &PurchaseId, command: &PurchaseCommand<'_>) -> Result<Decision<Noted>, Misuse> {
        let told = |purchase: &Purchase| purchase.on(command, &self.shop.policy().retry, self.now);
        self.noted(self.account.purchases.get(purchase).map_or_else(Vec::new, told))
    }
}
