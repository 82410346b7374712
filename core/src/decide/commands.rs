//! The answer to each command.

use alloc::vec::Vec;

use super::{AnyAnswer, Command, Decision, Facts, Misuse, Noted, PurchaseAnswer, PurchaseError, Stop, purchase};
use crate::base::id::PurchaseId;
use crate::command::{
    AnyCommand, ChangeTerms, MakePurchase, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ReleaseNumber,
    ResolvePurchase, SetHolder, TopUp, WakeUp,
};
use crate::effect::{Confirmation, EffectId, EffectKind, Outcome};
use crate::event::{AccountEvent, Event, EvidenceEvent, NumberEvent, PurchaseEvent};
use crate::purchase::{Payment, Purchase, PurchaseCommand};
use crate::records::{HeldNumber, HeldStatus, RecordId};
use crate::terms::fulfilment::ReleaseTime;

impl Command for MakePurchase {
    type Answer = PurchaseAnswer;
    type Error = PurchaseError;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<PurchaseAnswer>, Stop<PurchaseError>> {
        purchase::decide(facts, self, &mut |_, _, _| {})
    }
}

impl Command for RecordOutcome {
    type Answer = Noted;
    type Error = Misuse;

    /// An outcome of no pending effect is a duplicate or late, and harmless.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let Self { effect, outcome } = self;
        let (shop, retry) = (facts.shop, &facts.shop.policy().retry);
        let (of_purchase, of_number) = match effect.kind {
            EffectKind::EndCharges => (false, true),
            // A purchase returns a number that it cannot charge; a number is released.
            EffectKind::Release => (true, true),
            EffectKind::OpenCheckout
            | EffectKind::Reserve
            | EffectKind::Charge
            | EffectKind::Order
            | EffectKind::QueryOrder
            | EffectKind::Unreserve
            | EffectKind::Refund => (true, false),
        };
        if of_purchase
            && let Some(purchase) = facts.account.find_purchase(&effect.purchase)?
            && purchase.owed().is_some_and(|owed| owed.id == *effect)
        {
            let events = purchase.on_outcome(outcome, shop, facts.now);
            if !planted!("reserved_number_not_asked") {
                facts.require_free_numbers(&events)?;
            }
            return facts.noted(events);
        }
        if of_number
            && let Some(number) = facts.account.find_number(&effect.purchase)?
            && number.owed().is_some_and(|owed| owed.id == *effect)
        {
            return facts.noted(number.on_outcome(outcome, retry, facts.now));
        }
        match outcome {
            Outcome::Confirmed { confirmation } => facts.late(effect, confirmation),
            // A refusal or a lost reply that comes late changes nothing: another reply was used.
            Outcome::Declined { .. } | Outcome::Unknown => facts.noted(Vec::new()),
        }
    }
}

impl Command for RecordCheckoutPaid {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let Self { purchase, checkout, amount, paid_at } = self;
        let payment = Payment { checkout: checkout.clone(), amount: *amount, paid_at: *paid_at };
        // A message about an unknown purchase is harmless, like a late one.
        let purchase = facts.account.find_purchase(purchase)?;
        facts.noted(purchase.map_or_else(Vec::new, |purchase| purchase.on_payment(&payment, facts.shop, facts.now)))
    }
}

impl Command for RecordCheckoutDeclined {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        facts.tell(&self.purchase, &PurchaseCommand::RecordCheckoutDeclined(&self.checkout))
    }
}

impl Command for ResolvePurchase {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        facts.tell(&self.purchase, &PurchaseCommand::Resolve(self.finding))
    }
}

impl Command for ReleaseNumber {
    type Answer = Noted;
    type Error = Misuse;

    /// Begins the release. A release that has begun is unchanged.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let role = self.actor.role;
        if !facts.shop.policy().may_release(role) && !planted!("any_role_releases") {
            return Err(Stop::Error(Misuse::ReleaseNotAllowed { role }));
        }
        // An actor may not learn whether another holder has the number.
        let is_theirs = |held: &&HeldNumber| {
            self.actor.only_holder.is_none() || held.agreement.holder.as_ref() == self.actor.only_holder.as_ref()
        };
        let held = facts.account.find_number(&self.number)?.filter(is_theirs);
        let not_held = || Stop::Error(Misuse::NumberNotHeld { number: self.number.clone() });
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

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let money = self.money;
        if money.minor_units() <= 0 && !planted!("top_up_of_nothing") {
            return Err(Stop::Error(Misuse::AmountNotPositive { money }));
        }
        if !facts.account.head.can_take(money) && !planted!("end_of_the_books_not_seen") {
            return Err(Stop::Error(Misuse::BooksFull { money }));
        }
        facts.noted([AccountEvent::WalletToppedUp { money }.into()].into())
    }
}

impl Command for ChangeTerms {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        facts.noted([AccountEvent::TermsChanged { terms: self.terms.clone() }.into()].into())
    }
}

impl Command for WakeUp {
    type Answer = Noted;
    type Error = Misuse;

    /// Expires the unpaid checkouts, and begins the releases that are due.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let mut events = Vec::new();
        for record in &self.records {
            match record {
                RecordId::Purchase(id) => {
                    let purchase = facts.account.find_purchase(id)?;
                    events.extend(purchase.and_then(|purchase| purchase.on_wake_up(facts.shop, facts.now)));
                }
                RecordId::Number(id) => {
                    let number = facts.account.find_number(id)?;
                    events.extend(number.and_then(|number| number.on_wake_up(facts.now)));
                }
                // Time changes nothing else.
                RecordId::Key(_) | RecordId::Holder(_) | RecordId::Owner(_) | RecordId::Asked(..) => {}
            }
        }
        facts.noted(events)
    }
}

impl Command for SetHolder {
    type Answer = Noted;
    type Error = Misuse;

    /// Adds the holder, or changes what it may do. What is so already changes nothing.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let Self { holder, allowed, counted } = self.clone();
        let known = facts.account.find_holder(&holder)?;
        if known.is_some_and(|known| (known.allowed, known.counted) == (allowed, counted)) {
            return facts.noted(Vec::new());
        }
        facts.noted([AccountEvent::HolderSet { holder, allowed, counted }.into()].into())
    }
}

impl Command for AnyCommand {
    type Answer = AnyAnswer;
    type Error = PurchaseError;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<AnyAnswer>, Stop<PurchaseError>> {
        match self {
            Self::Purchase(command) => any(command, facts),
            Self::RecordOutcome(command) => any(command, facts),
            Self::RecordCheckoutPaid(command) => any(command, facts),
            Self::RecordCheckoutDeclined(command) => any(command, facts),
            Self::Release(command) => any(command, facts),
            Self::TopUp(command) => any(command, facts),
            Self::ChangeTerms(command) => any(command, facts),
            Self::Resolve(command) => any(command, facts),
            Self::SetHolder(command) => any(command, facts),
            Self::WakeUp(command) => any(command, facts),
        }
    }
}

fn any<C: Command>(command: &C, facts: &Facts<'_>) -> Result<Decision<AnyAnswer>, Stop<PurchaseError>>
where
    AnyAnswer: From<C::Answer>,
    PurchaseError: From<C::Error>,
{
    match command.decide(facts) {
        Ok(decision) => Ok(decision.map(AnyAnswer::from)),
        Err(Stop::Error(error)) => Err(Stop::Error(error.into())),
        Err(Stop::Load(needs)) => Err(Stop::Load(needs)),
        Err(Stop::Search(selector)) => Err(Stop::Search(selector)),
    }
}

impl Facts<'_> {
    fn noted(&self, events: Vec<Event>) -> Result<Decision<Noted>, Stop<Misuse>> {
        Ok(Decision { version: self.account.version(), events, answer: Noted })
    }

    /// A command to an unknown purchase is harmless, like a late one.
    fn tell(&self, purchase: &PurchaseId, command: &PurchaseCommand<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let told = |purchase: &Purchase| purchase.on(command, self.shop, self.now);
        self.noted(self.account.find_purchase(purchase)?.map_or_else(Vec::new, told))
    }

    /// A confirmation that nobody waits for. Of a number that another purchase has by now, a person decides.
    fn late(&self, effect: &EffectId, confirmation: &Confirmation) -> Result<Decision<Noted>, Stop<Misuse>> {
        let purchase = self.account.find_purchase(&effect.purchase)?;
        let mut events = purchase
            .and_then(|purchase| purchase.on_late(effect, confirmation, self.shop, self.now))
            .unwrap_or_default();
        for event in &mut events {
            if let Event::Evidence { event: EvidenceEvent::EvidenceCameLate { step, review }, purchase } = event
                && let Some(number) = step.number()
            {
                *review =
                    self.account.taken_by(number, purchase)?.is_some() && !planted!("late_number_of_another_undone");
            }
        }
        self.noted(events)
    }

    /// A reserved number must be no other purchase's.
    fn require_free_numbers(&self, events: &[Event]) -> Result<(), Stop<Misuse>> {
        for event in events {
            if let Event::Purchase {
                event: PurchaseEvent::NumberReserved { offer } | PurchaseEvent::ReservationRejected { offer },
                purchase,
            } = event
                && let Some(other) = self.account.taken_by(offer.number, purchase)?
            {
                return Err(Stop::Error(Misuse::NumberTaken { number: offer.number, purchase: other.clone() }));
            }
        }
        Ok(())
    }
}
