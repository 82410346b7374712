//! A draft: the head and the records as they are after an event. The account is unchanged until all is well.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::account::counts::Counts;
use crate::account::key::{IdempotencyKey, KeyRecord};
use crate::account::standing::InFlight;
use crate::base::id::{CommandId, HolderId, InventoryId, PurchaseId};
use crate::base::money::Money;
use crate::history::Contradiction;
use crate::purchase::Purchase;
use crate::records::{
    Account, Asked, Head, HeldNumber, Holder, InventoryNumber, NamedCommand, NumberName, Owner, Record, RecordId,
};
use ringup_numbering::E164;

/// The head and the changed records.
pub(super) struct Draft<'a> {
    account: &'a Account,
    pub(super) head: Head,
    /// `None`: there is no longer such a record.
    records: BTreeMap<RecordId, Option<Record>>,
}

impl<'a> Draft<'a> {
    pub(super) fn of(account: &'a Account) -> Self {
        Self { account, head: account.head.clone(), records: BTreeMap::new() }
    }

    pub(super) fn finish(self) -> (Head, BTreeMap<RecordId, Option<Record>>) {
        (self.head, self.records)
    }

    pub(super) fn write(&mut self, record: Record) {
        self.records.insert(record.id(), Some(record));
    }

    pub(super) fn remove(&mut self, id: RecordId) {
        self.records.insert(id, None);
    }

    pub(super) fn purchase(&self, id: &PurchaseId) -> Result<Option<&'a Purchase>, Contradiction> {
        self.account.find_purchase(id).map_err(Contradiction::NotLoaded)
    }

    pub(super) fn number(&self, id: &PurchaseId) -> Result<Option<&'a HeldNumber>, Contradiction> {
        self.account.find_number(id).map_err(Contradiction::NotLoaded)
    }

    pub(super) fn key(&self, key: &IdempotencyKey) -> Result<Option<&'a KeyRecord>, Contradiction> {
        self.account.key(key).map_err(Contradiction::NotLoaded)
    }

    pub(super) fn command(&self, id: &CommandId) -> Result<Option<&'a NamedCommand>, Contradiction> {
        self.account.command(id).map_err(Contradiction::NotLoaded)
    }

    /// The holder; a new one, if there is none.
    pub(super) fn holder(&mut self, id: &HolderId) -> Result<Holder, Contradiction> {
        let record = RecordId::Holder(id.clone());
        if let Some(Some(Record::Holder(holder))) = self.records.get(&record) {
            return Ok(holder.clone());
        }
        if let Some(holder) = self.account.find_holder(id).map_err(Contradiction::NotLoaded)? {
            return Ok(holder.clone());
        }
        let nth = self.head.holders;
        self.head.holders = nth.saturating_add(1);
        Ok(Holder::new(id.clone(), nth))
    }

    /// The number is this purchase's from now on.
    pub(super) fn take(&mut self, number: E164, purchase: &PurchaseId) -> Result<(), Contradiction> {
        if let Some(other) = self.account.taken_by(number, purchase).map_err(Contradiction::NotLoaded)?
            && !planted!("number_of_another_taken")
        {
            return Err(Contradiction::NumberTaken(other.clone()));
        }
        // Of one that is leaving, the name goes with it.
        let before = self.account.owner(number).map_err(Contradiction::NotLoaded)?;
        if let Some(owner) = before.filter(|owner| owner.purchase != *purchase)
            && let Some(leaving) = self.number(&owner.purchase)?
        {
            self.forget_name(&leaving.inventory_id);
        }
        self.write(Record::Owner(Owner { number, purchase: purchase.clone() }));
        Ok(())
    }

    /// The number is no longer this purchase's. Another one may have it already: then it is not given back.
    pub(super) fn give_back(&mut self, number: E164, purchase: &PurchaseId) -> Result<(), Contradiction> {
        let owner = self.account.owner(number).map_err(Contradiction::NotLoaded)?;
        let is_own = owner.is_some_and(|owner| owner.purchase == *purchase);
        if is_own {
            self.remove(RecordId::Owner(number));
        }
        Ok(())
    }

    /// Whether another purchase has this number, and keeps it.
    pub(super) fn is_kept_by_another(&self, number: E164, purchase: &PurchaseId) -> Result<bool, Contradiction> {
        let other = self.account.taken_by(number, purchase).map_err(Contradiction::NotLoaded)?;
        Ok(other.is_some())
    }

    /// The account has this number, so that it is found by its inventory id.
    pub(super) fn name(&mut self, inventory_id: &InventoryId, number: E164) {
        if !planted!("inventory_id_not_kept") {
            let inventory_id = inventory_id.clone();
            self.write(Record::InventoryNumber(InventoryNumber { inventory_id, number }));
        }
    }

    /// The account has this number no more, or gives it up.
    pub(super) fn forget_name(&mut self, id: &InventoryId) {
        self.remove(RecordId::InventoryNumber(id.clone()));
    }

    /// Writes a purchase, with everything that counts it.
    pub(super) fn put_purchase(&mut self, before: Option<&Purchase>, after: Purchase) -> Result<(), Contradiction> {
        let (was, is) = (before.and_then(Purchase::in_flight), after.in_flight());
        if was != is {
            self.recount(was.as_ref(), is.as_ref(), after.agreement.holder())?;
        }
        self.rename(before, &after)?;
        if let Some(was) = was
            && is.is_none()
        {
            if after.bought().is_some() {
                self.head.windows.settle(was.accepted_at);
            } else {
                self.head.windows.undo(was.accepted_at, after.agreement.due_now());
            }
        }
        let is_open = |purchase: &Purchase| purchase.checkout_expires_at().is_some();
        let open = &mut self.head.open_checkouts;
        match (before.is_some_and(is_open), is_open(&after)) {
            (false, true) => *open = open.saturating_add(1),
            (true, false) => *open = open.saturating_sub(1),
            (true, true) | (false, false) => {}
        }
        self.may_take(before, &after)?;
        self.write(Record::Purchase(after));
        Ok(())
    }

    /// Counts a number that is held.
    pub(super) fn hold(&mut self, number: &HeldNumber) -> Result<(), Contradiction> {
        if number.is_subscribed() {
            self.head.subscribed = self.head.subscribed.saturating_add(1);
        }
        let (country, number_type) = (Some(number.country), Some(number.number_type));
        let counted = match &number.holder {
            Some(holder) => {
                let mut holder = self.holder(holder)?;
                holder.held.add(country, number_type);
                let counted = holder.counted;
                self.write(Record::Holder(holder));
                counted
            }
            None => true,
        };
        if counted {
            self.head.held.add(country, number_type);
        }
        Ok(())
    }

    /// Counts a number that is held no longer. Its subscription was counted when its charges ended.
    pub(super) fn let_go(&mut self, number: &HeldNumber) -> Result<(), Contradiction> {
        let (country, number_type) = (Some(number.country), Some(number.number_type));
        let counted = match &number.holder {
            Some(holder) => {
                let mut holder = self.holder(holder)?;
                holder.held.remove(country, number_type);
                let counted = holder.counted;
                self.write(Record::Holder(holder));
                counted
            }
            None => true,
        };
        if counted && !planted!("released_number_still_counted") {
            self.head.held.remove(country, number_type);
        }
        Ok(())
    }

    /// Counts a number that another holder has now.
    pub(super) fn transfer(&mut self, before: &HeldNumber, after: &HeldNumber) -> Result<(), Contradiction> {
        self.let_go(before)?;
        let subscribed = self.head.subscribed;
        self.hold(after)?;
        // It is paid as before.
        self.head.subscribed = subscribed;
        Ok(())
    }

    /// Counts the held numbers with a declined fee, and sums the fees that are asked for.
    pub(super) fn count_unpaid(&mut self, before: &HeldNumber, after: &HeldNumber) -> Result<(), Contradiction> {
        let declined = &mut self.head.declined;
        match (before.is_past_due(), after.is_past_due()) {
            (false, true) if planted!("decline_not_counted") => {}
            (false, true) => *declined = declined.saturating_add(1),
            (true, false) => *declined = declined.saturating_sub(1),
            (true, true) | (false, false) => {}
        }
        let (was, is) = (before.fee_asked(), after.fee_asked());
        if was != is {
            for (fee, is_new) in was.map(|fee| (fee, false)).into_iter().chain(is.map(|fee| (fee, true))) {
                let sum = self.head.may_take.entry(fee.currency()).or_insert(Money::zero(fee.currency()));
                let changed = if is_new { sum.checked_add(fee) } else { sum.checked_sub(fee) };
                *sum = changed.map_err(|error| Contradiction::Books(error.into()))?;
                if sum.is_zero() {
                    self.head.may_take.remove(&fee.currency());
                }
            }
        }
        Ok(())
    }

    fn recount(
        &mut self,
        was: Option<&InFlight>,
        is: Option<&InFlight>,
        holder: Option<&HolderId>,
    ) -> Result<(), Contradiction> {
        // An expiry that is over changes no count.
        let kind = |purchase: &InFlight| (purchase.country, purchase.number_type);
        if was.map(kind) == is.map(kind) {
            return Ok(());
        }
        let holder = holder.map(|holder| self.holder(holder)).transpose()?;
        let counted = holder.as_ref().is_none_or(|holder| holder.counted);
        let change = |counts: &mut Counts| {
            was.into_iter().for_each(|was| counts.remove_pending(was));
            is.into_iter().for_each(|is| counts.add_pending(is));
        };
        if counted && !planted!("pending_purchase_not_counted") {
            change(&mut self.head.pending);
        }
        if let Some(mut holder) = holder {
            change(&mut holder.pending);
            self.write(Record::Holder(holder));
        }
        Ok(())
    }

    /// Notes by which names a pending purchase is found.
    fn rename(&mut self, before: Option<&Purchase>, after: &Purchase) -> Result<(), Contradiction> {
        let (was, is) = (before.map(names).unwrap_or_default(), names(after));
        let holder = after.agreement.holder();
        for name in was.iter().filter(|name| !is.contains(name)) {
            let asked = self.account.asked(holder, name.clone()).map_err(Contradiction::NotLoaded)?;
            if asked.is_some_and(|asked| asked.purchase == after.id) {
                self.remove(RecordId::Asked(holder.cloned(), name.clone()));
            }
        }
        for name in is.into_iter().filter(|name| !was.contains(name)) {
            self.write(Record::Asked(Asked { holder: holder.cloned(), name, purchase: after.id.clone() }));
        }
        Ok(())
    }

    /// Keeps the sum of what purchases may still take.
    fn may_take(&mut self, before: Option<&Purchase>, after: &Purchase) -> Result<(), Contradiction> {
        let due = after.agreement.due_now();
        let is_out = Purchase::is_out;
        let sum = self.head.may_take.entry(due.currency()).or_insert(Money::zero(due.currency()));
        let changed = match (before.is_some_and(is_out), is_out(after)) {
            (false, true) => sum.checked_add(due),
            (true, false) => sum.checked_sub(due),
            (true, true) | (false, false) => Ok(*sum),
        };
        *sum = changed.map_err(|error| Contradiction::Books(error.into()))?;
        if sum.is_zero() {
            self.head.may_take.remove(&due.currency());
        }
        Ok(())
    }
}

/// The names by which a repeat finds a pending purchase of one number.
pub(super) fn names(purchase: &Purchase) -> Vec<NumberName> {
    let (Some(_), Some(asked)) = (purchase.in_flight(), NumberName::of(purchase.agreement.selector())) else {
        return Vec::new();
    };
    let reserved = purchase.offer().into_iter().flat_map(NumberName::both);
    let others = reserved.filter(|name| *name != asked && !planted!("reserved_number_not_joined"));
    let others: Vec<NumberName> = others.collect();
    [asked].into_iter().chain(others).collect()
}
