//! The answer to each command.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::misuse::beyond_table;
use super::{
    AnyAnswer, Command, Decision, Facts, Misuse, NamedAnswer, Noted, PurchaseAnswer, PurchaseError, Stop, purchase,
};
use crate::account::standing::Actor;
use crate::base::id::{HolderId, PurchaseId};
use crate::command::{
    AnyCommand, ChangeTerms, MakePurchase, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, ResolvePurchase,
    SetHolder, TopUp, WakeUp,
};
use crate::effect::{EffectKind, Finding, Outcome};
use crate::event::{AccountEvent, Event, EvidenceEvent, PurchaseEvent};
use crate::purchase::{Payment, Purchase, PurchaseCommand, UndoStep, Unresolved};
use crate::records::{NamedCommand, RecordId};
use crate::terms::payment::PaymentMethod;

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

    /// An outcome that nobody waits for comes twice or late: positive evidence is used, and what is unknown is in doubt.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let Self { effect, outcome } = self;
        let (shop, retry) = (facts.shop, &facts.shop.policy().retry);
        let (of_purchase, of_number) = match effect.kind {
            EffectKind::EndCharges | EffectKind::Renew => (false, true),
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
        if let Outcome::Confirmed { confirmation } = outcome
            && !effect.kind.is_confirmed_by(confirmation)
        {
            return Err(Stop::Error(Misuse::ConfirmationUnfit { effect: effect.clone() }));
        }
        let purchase = if of_purchase { facts.account.find_purchase(&effect.purchase)? } else { None };
        if let Some(purchase) = purchase.filter(|purchase| purchase.awaits(effect)) {
            let events = purchase.on_outcome(effect, outcome, shop, facts.now);
            if !planted!("reserved_number_not_asked") {
                facts.require_free_numbers(&events)?;
            }
            return facts.noted(facts.with_conflicts(events)?);
        }
        let number = if of_number { facts.account.find_number(&effect.purchase)? } else { None };
        if let Some(number) = number
            && let Some(events) = facts.on_renewal(number, effect, outcome)?
        {
            return facts.noted(events);
        }
        if let Some(number) = number.filter(|number| number.awaits(effect)) {
            return facts.noted(number.on_outcome(outcome, retry, facts.now));
        }
        let purchase = purchase.filter(|purchase| purchase.has_begun(effect));
        if purchase.is_none() && !number.is_some_and(|number| number.has_begun(effect.kind)) {
            return Err(Stop::Error(Misuse::EffectUnknown { effect: effect.clone() }));
        }
        let events = match (outcome, purchase) {
            (Outcome::Confirmed { confirmation }, Some(purchase)) => {
                purchase.on_late(effect, confirmation, shop, facts.now)
            }
            (Outcome::Unknown | Outcome::Declined { .. }, Some(purchase))
                if *outcome == Outcome::Unknown || purchase.doubts_refusals_of(effect.kind) =>
            {
                purchase.on_doubt(effect).into_iter().collect()
            }
            // Another reply was used.
            (Outcome::Confirmed { .. } | Outcome::Declined { .. } | Outcome::Unknown, _) => Vec::new(),
        };
        facts.noted(facts.with_conflicts(events)?)
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
        let Self { purchase: id, actor, effect, finding } = self;
        let (policy, role) = (facts.shop.policy(), actor.role);
        if !policy.may_resolve(role) {
            return Err(Stop::Error(Misuse::ReviewNotAllowed { role }));
        }
        let not_in_review = || Stop::Error(Misuse::NotInReview { purchase: id.clone(), effect: *effect });
        let impossible = || Stop::Error(Misuse::FindingImpossible { purchase: id.clone(), effect: *effect });
        // An actor may not learn whether another holder has the purchase.
        let is_theirs = |holder: Option<&HolderId>| actor.only_holder.is_none() || holder == actor.only_holder.as_ref();
        let purchase = facts.account.find_purchase(id)?.filter(|purchase| is_theirs(purchase.agreement.holder()));
        if let Some(purchase) = purchase.filter(|purchase| purchase.in_review().contains(effect)) {
            // What another purchase has by now must not go back to the carrier.
            let step = purchase.step_in_review(*effect).filter(|_| !matches!(finding, Finding::Done { .. }));
            if let Some(UndoStep::ReturnNumber { number }) = step
                && facts.account.taken_by(number, id)?.is_some()
            {
                return Err(impossible());
            }
            let events = purchase.resolve(*effect, finding, facts.shop, facts.now);
            let events = events.map_err(|unresolved| match unresolved {
                Unresolved::NotInReview => not_in_review(),
                Unresolved::Impossible => impossible(),
            })?;
            return facts.noted(facts.with_conflicts(events)?);
        }
        let number = facts.account.find_number(id)?.filter(|number| is_theirs(number.holder.as_ref()));
        let number = number.filter(|number| number.in_review() == Some(*effect)).ok_or_else(not_in_review)?;
        if let Finding::Done { confirmation } = finding
            && !effect.is_confirmed_by(confirmation)
        {
            return Err(impossible());
        }
        facts.noted(number.resolve(finding, facts.shop, facts.now))
    }
}

impl Command for TopUp {
    type Answer = NamedAnswer;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<NamedAnswer>, Stop<Misuse>> {
        let Self { id, actor: Actor { role, .. }, money } = self.clone();
        if facts.is_repeated(&NamedCommand::top_up(id.clone(), money))? {
            return facts.named(NamedAnswer::Repeated, Vec::new());
        }
        if !facts.shop.policy().may_top_up(role) && !planted!("any_role_tops_up") {
            return Err(Stop::Error(Misuse::TopUpNotAllowed { role }));
        }
        if money.minor_units() <= 0 && !planted!("top_up_of_nothing") {
            return Err(Stop::Error(Misuse::AmountNotPositive { money }));
        }
        if !facts.account.head.can_take(money) && !planted!("end_of_the_books_not_seen") {
            return Err(Stop::Error(Misuse::BooksFull { money }));
        }
        let mut events = [AccountEvent::WalletToppedUp { command: Some(id), money }.into()].to_vec();
        events.extend(facts.retry_declined(|method| method == PaymentMethod::Wallet)?);
        facts.named(NamedAnswer::Noted, events)
    }
}

impl Command for ChangeTerms {
    type Answer = Noted;
    type Error = Misuse;

    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let mut events = [AccountEvent::TermsChanged { terms: self.terms.clone() }.into()].to_vec();
        if self.terms.payment_method_on_file {
            events.extend(facts.retry_declined(|method| method != PaymentMethod::Wallet)?);
        }
        facts.noted(events)
    }
}

impl Command for WakeUp {
    type Answer = Noted;
    type Error = Misuse;

    /// Expires the unpaid checkouts, ends the waits for papers that did not come, begins the releases that are due, and renews numbers, one period at a time.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let mut events = Vec::new();
        let mut books = facts.account.head.ledger.clone();
        let mut named = BTreeSet::new();
        // A second time, the record would be judged as it was before the first.
        for record in self.records.iter().filter(|record| named.insert(*record)) {
            match record {
                RecordId::Purchase(id) => {
                    let purchase = facts.account.find_purchase(id)?;
                    events.extend(purchase.and_then(|purchase| purchase.on_wake_up(facts.shop, facts.now)));
                    events.extend(purchase.and_then(|purchase| facts.on_kyc_deadline(purchase)));
                }
                RecordId::Number(id) => {
                    if let Some(number) = facts.account.find_number(id)? {
                        events.extend(facts.wake_number(number, &mut books)?);
                    }
                }
                // Time changes nothing else.
                RecordId::Key(_)
                | RecordId::Holder(_)
                | RecordId::Owner(_)
                | RecordId::Asked(..)
                | RecordId::InventoryNumber(_)
                | RecordId::Command(_) => {}
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
            Self::CancelRelease(command) => any(command, facts),
            Self::Transfer(command) => any(command, facts),
            Self::RecordUse(command) => any(command, facts),
            Self::TopUp(command) => any(command, facts),
            Self::ChangeTerms(command) => any(command, facts),
            Self::Resolve(command) => any(command, facts),
            Self::RecordVerification(command) => any(command, facts),
            Self::EndKycWait(command) => any(command, facts),
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
    /// Whether the command was carried out before. Its id may not come with other content.
    fn is_repeated(&self, command: &NamedCommand) -> Result<bool, Stop<Misuse>> {
        match self.account.command(&command.id)? {
            Some(_) if planted!("command_id_is_no_key") => Ok(false),
            Some(earlier) if earlier == command || planted!("command_id_of_anything") => Ok(true),
            Some(_) => Err(Stop::Error(Misuse::CommandIdTaken { command: command.id.clone() })),
            None => Ok(false),
        }
    }

    fn named(&self, answer: NamedAnswer, events: Vec<Event>) -> Result<Decision<NamedAnswer>, Stop<Misuse>> {
        Ok(Decision { version: self.account.version(), events, answer })
    }

    pub(super) fn noted(&self, events: Vec<Event>) -> Result<Decision<Noted>, Stop<Misuse>> {
        // A number that renews by the clocks of a zone is not activated before it is known until when it is paid.
        let is_unknown = |event: &Event| {
            let Event::Purchase { event: PurchaseEvent::NumberActivated { paid_until: None, .. }, purchase } = event
            else {
                return false;
            };
            let purchase = self.account.find_purchase(purchase).ok().flatten();
            purchase.and_then(|purchase| purchase.agreement.whole()).is_some_and(|agreed| agreed.renews)
        };
        if self.shop.policy().time_zone.is_some() && events.iter().any(is_unknown) {
            return Err(Stop::Error(beyond_table(self.shop)));
        }
        Ok(Decision { version: self.account.version(), events, answer: Noted })
    }

    /// A command to an unknown purchase is harmless, like a late one.
    fn tell(&self, purchase: &PurchaseId, command: &PurchaseCommand<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let told = |purchase: &Purchase| purchase.on(command, self.shop, self.now);
        self.noted(self.account.find_purchase(purchase)?.map_or_else(Vec::new, told))
    }

    /// The events, with what is about a number that another purchase has by now put to review.
    fn with_conflicts(&self, mut events: Vec<Event>) -> Result<Vec<Event>, Stop<Misuse>> {
        for event in &mut events {
            if let Event::Evidence { event: EvidenceEvent::EvidenceCameLate { step, review }, purchase } = event
                && let Some(number) = step.number()
            {
                *review =
                    self.account.taken_by(number, purchase)?.is_some() && !planted!("late_number_of_another_undone");
            }
        }
        Ok(events)
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
