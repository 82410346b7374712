//! Transfers: a number moves from one holder to another, and its last use may hold it back.

use alloc::string::String;
use alloc::{vec, vec::Vec};

use super::{Command, Decision, Facts, Misuse, Noted, Stop};
use crate::account::standing::Actor;
use crate::base::id::HolderId;
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::command::{RecordUse, TransferNumber};
use crate::event::NumberEvent;
use crate::gates::Input;
use crate::gates::limits::reached_by;
use crate::market::offers::{OfferedPrice, Offers, Search};
use crate::market::request::PurchaseRequest;
use crate::market::selector::Selector;
use crate::records::HeldNumber;
use crate::records::standing::HoldersSeen;

impl Command for TransferNumber {
    type Answer = Noted;
    type Error = Misuse;

    /// Moves the number. One that the holder has already is unchanged.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let Self { number, actor, holder, force } = self;
        let role = actor.role;
        let rules = facts.shop.policy().transfers.as_ref().filter(|rules| rules.may_transfer(role));
        let rules = rules.ok_or(Stop::Error(Misuse::TransferNotAllowed { role }))?;
        if *force && !rules.overriders.contains(&role) {
            return Err(Stop::Error(Misuse::TransferNotAllowed { role }));
        }
        // An actor may not learn whether another holder has the number, nor which holders there are.
        let is_theirs = |other: Option<&HolderId>| actor.only_holder.is_none() || other == actor.only_holder.as_ref();
        let held = facts.account.find_number(number)?.filter(|held| is_theirs(held.holder.as_ref()));
        let not_held = || Stop::Error(Misuse::NumberNotHeld { number: number.clone() });
        let held = held.filter(|held| held.status.works()).ok_or_else(not_held)?;
        let unknown = || Stop::Error(Misuse::HolderUnknown { holder: holder.clone() });
        let known = facts.account.find_holder(holder)?.filter(|known| known.allowed && is_theirs(Some(&known.id)));
        let known = known.ok_or_else(unknown)?;
        if held.holder.as_ref() == Some(&known.id) {
            return facts.noted(Vec::new());
        }
        let until = facts.cools_off_until(held, rules.cool_off_s)?.filter(|until| facts.now < *until);
        if let Some(until) = until.filter(|_| !force) {
            return Err(Stop::Error(Misuse::CoolOff { number: number.clone(), until }));
        }
        facts.has_room(held, holder)?;
        let event = NumberEvent::NumberTransferred { at: facts.now, holder: holder.clone(), forced: until.is_some() };
        facts.noted([held.event(event)].into())
    }
}

impl Command for RecordUse {
    type Answer = Noted;
    type Error = Misuse;

    /// Remembers the latest use. An earlier one, and one of a number that is not held, changes nothing.
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Noted>, Stop<Misuse>> {
        let held = facts.account.find_number(&self.number)?.filter(|held| held.status.works());
        let held = held.filter(|held| held.last_used_at.is_none_or(|last| last < self.at));
        facts.noted(held.map(|held| held.event(NumberEvent::NumberUsed { at: self.at })).into_iter().collect())
    }
}

impl Facts<'_> {
    /// Until when the last use keeps the number with its holder.
    fn cools_off_until(&self, held: &HeldNumber, cool_off_s: Option<u32>) -> Result<Option<Timestamp>, Stop<Misuse>> {
        let (Some(cool_off_s), Some(last)) = (cool_off_s, held.last_used_at) else { return Ok(None) };
        let Some(holder) = &held.holder else { return Ok(None) };
        let is_first = self.account.find_holder(holder)?.is_some_and(|holder| holder.nth == 0);
        Ok((!is_first).then(|| last.plus_seconds(cool_off_s)))
    }

    /// Whether the limits allow the holder one more number of this kind, which the other holder does not have then.
    fn has_room(&self, held: &HeldNumber, holder: &HolderId) -> Result<(), Stop<Misuse>> {
        let seen = [held.holder.as_ref(), Some(holder)];
        let mut standing = self
            .account
            .view(self.shop, &Actor::default(), &HoldersSeen::Named(&seen), self.now)
            .map_err(Stop::Load)?;
        let counts_already = standing.is_counted(held.holder.as_ref());
        standing.forget(held.holder.as_ref(), held.country, held.number_type);
        let free = Money::zero(held.recurring.fee.currency());
        let mut offer = held.as_offered();
        // The limits ask what kind of number it is, and not what it costs.
        offer.prices = vec![OfferedPrice { setup_fee: free, monthly_fee: free, yearly_fee: None }];
        let search = Search {
            selector: Selector::Exact { number: held.number },
            seen_at: self.now,
            expires_at: Timestamp::MAX,
            numbers: vec![offer],
        };
        let request = PurchaseRequest {
            holder: Some(String::from(holder.as_str())),
            number: Some(String::from(held.number)),
            ..PurchaseRequest::default()
        };
        let offers = Offers { searches: vec![search] };
        let parsed = request.parse(self.shop.policy().reading(self.numbering));
        let input = Input::new(self.shop.rules(), &standing, &offers, &parsed, self.now);
        match reached_by(&input, counts_already) {
            None => Ok(()),
            Some(reached) => Err(Stop::Error(Misuse::LimitReached { reached })),
        }
    }
}
