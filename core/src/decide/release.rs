//! Releases: a number leaves now or later, as its commitment allows; and one that has not left yet stays.

use alloc::vec::Vec;

use super::misuse::beyond_table;
use super::{Command, Decision, Facts, Misuse, Noted, Stop};
use crate::account::standing::Actor;
use crate::base::id::PurchaseId;
use crate::base::time_zone::BeyondTable;
use crate::command::{CancelRelease, ReleaseNumber};
use crate::event::{Event, NumberEvent};
use crate::ledger::{Book, Ledger};
use crate::records::{HeldNumber, HeldStatus};

impl Command for ReleaseNumber {
    type Answer = Noted;
    type Error = Misuse;

    /// Begins or schedules the release. A release that has begun is unchanged, and so is a scheduled one unless the command
    /// names another time.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let rules = &facts.shop.policy().release;
        let held = facts.leaving(&self.number, &self.actor)?;
        // What was due before is done first.
        let mut books = facts.account.head.ledger.clone();
        let (mut earlier, mut held) = facts.by_now(held, &mut books, false)?;
        if planted!("release_before_what_was_due") {
            (earlier, held) = (Vec::new(), alloc::borrow::Cow::Borrowed(facts.leaving(&self.number, &self.actor)?));
        }
        if held.status.has_left() || (held.status != HeldStatus::Active && self.when.is_none()) {
            return facts.noted(earlier);
        }
        let when = self.when.unwrap_or(rules.usual());
        let policy = facts.shop.policy();
        let unknown = |BeyondTable: BeyondTable| Stop::Error(beyond_table(facts.shop));
        let departure = held.departure(when, policy, facts.now).map_err(unknown)?;
        let Some(event) = held.released(departure, held.release_fee(rules), facts.now) else {
            return facts.noted(earlier);
        };
        // From a cool-down, a number can only leave at once, or stay.
        let is_possible = rules.may_name(when.time()) && held.after(&event).is_ok();
        if !is_possible {
            return Err(Stop::Error(Misuse::ReleaseTimeNotAllowed { time: when.time() }));
        }
        if let Some(until) = held.refused_until(departure, policy, facts.now).map_err(unknown)? {
            return Err(Stop::Error(Misuse::Committed { number: self.number.clone(), until }));
        }
        if let Some(fee) = held.release_fee(rules) {
            let balance = books.balance(Book::Wallet, fee.currency());
            if balance < fee {
                return Err(Stop::Error(Misuse::BalanceTooLow { needed: fee, balance }));
            }
        }
        facts.noted(earlier.into_iter().chain(facts.with_fees(&held, event, books)?).collect())
    }
}

impl Command for CancelRelease {
    type Answer = Noted;
    type Error = Misuse;

    /// The number stays. One that is not to be released stays anyway.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let held = facts.leaving(&self.number, &self.actor)?;
        if held.status == HeldStatus::Active {
            return facts.noted(Vec::new());
        }
        let mut books = facts.account.head.ledger.clone();
        let (earlier, held) = facts.by_now(held, &mut books, false)?;
        let cancelled = held.cancelled(facts.now);
        let event = cancelled.ok_or_else(|| Stop::Error(Misuse::ReleaseBegun { number: self.number.clone() }))?;
        facts.noted(earlier.into_iter().chain([held.event(event)]).collect())
    }
}

impl Facts<'_> {
    /// The number, if the actor may release it.
    fn leaving(&self, number: &PurchaseId, actor: &Actor) -> Result<&HeldNumber, Stop<Misuse>> {
        let role = actor.role;
        if !self.shop.policy().may_release(role) && !planted!("any_role_releases") {
            return Err(Stop::Error(Misuse::ReleaseNotAllowed { role }));
        }
        // An actor may not learn whether another holder has the number.
        let is_theirs =
            |held: &&HeldNumber| actor.only_holder.is_none() || held.holder.as_ref() == actor.only_holder.as_ref();
        let held = self.account.find_number(number)?.filter(is_theirs).filter(|held| !held.is_released());
        held.ok_or_else(|| Stop::Error(Misuse::NumberNotHeld { number: number.clone() }))
    }

    /// The event, and the fees that a wallet owes then.
    fn with_fees(&self, held: &HeldNumber, event: NumberEvent, mut books: Ledger) -> Result<Vec<Event>, Stop<Misuse>> {
        let mut events = [held.event(event.clone())].to_vec();
        let after = events.first().and_then(|event| books.after(&event.postings()).ok());
        if let (Some(after), Ok(next)) = (after, held.after(&event))
            && next.status.has_left()
        {
            books = after;
            events.extend(self.wake_number(&next, &mut books)?);
        }
        Ok(events)
    }
}
