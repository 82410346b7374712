//! Look-ups: a record, or that it must be loaded first.

use super::{Account, Asked, HeldNumber, HeldStatus, Holder, List, NamedCommand, Need, NumberName, Owner, RecordId};
use crate::account::key::{IdempotencyKey, KeyRecord};
use crate::base::id::{CommandId, HolderId, InventoryId, PurchaseId};
use crate::purchase::Purchase;
use alloc::vec::Vec;
use ringup_numbering::E164;

/// How many waiting purchases are looked through at first.
const WAITING_FIRST: u32 = 20;

impl Account {
    /// A purchase, or the record to load.
    pub(crate) fn find_purchase(&self, id: &PurchaseId) -> Result<Option<&Purchase>, RecordId> {
        self.purchases.get(id).map_err(|_| RecordId::Purchase(id.clone()))
    }

    /// A number, or the record to load.
    pub(crate) fn find_number(&self, id: &PurchaseId) -> Result<Option<&HeldNumber>, RecordId> {
        self.numbers.get(id).map_err(|_| RecordId::Number(id.clone()))
    }

    pub(crate) fn key(&self, key: &IdempotencyKey) -> Result<Option<&KeyRecord>, RecordId> {
        self.keys.get(key).map_err(|_| RecordId::Key(key.clone()))
    }

    pub(crate) fn find_holder(&self, id: &HolderId) -> Result<Option<&Holder>, RecordId> {
        self.holders.get(id).map_err(|_| RecordId::Holder(id.clone()))
    }

    pub(crate) fn owner(&self, number: E164) -> Result<Option<&Owner>, RecordId> {
        self.owners.get(&number).map_err(|_| RecordId::Owner(number))
    }

    pub(crate) fn asked(&self, holder: Option<&HolderId>, name: NumberName) -> Result<Option<&Asked>, RecordId> {
        let key = (holder.cloned(), name);
        self.asked.get(&key).map_err(|_| RecordId::Asked(key.0, key.1))
    }

    /// The number that an inventory id names, if the account has it.
    pub(crate) fn inventory_number(&self, id: &InventoryId) -> Result<Option<E164>, RecordId> {
        let known = self.inventory.get(id).map_err(|_| RecordId::InventoryNumber(id.clone()))?;
        Ok(known.map(|known| known.number))
    }

    pub(crate) fn command(&self, id: &CommandId) -> Result<Option<&NamedCommand>, RecordId> {
        self.commands.get(id).map_err(|_| RecordId::Command(id.clone()))
    }

    /// The purchase that has this number and keeps it.
    pub(crate) fn keeper(&self, number: E164) -> Result<Option<&PurchaseId>, RecordId> {
        match self.owner(number)? {
            Some(owner) => Ok(self.keeps(&owner.purchase, number)?.then_some(&owner.purchase)),
            None => Ok(None),
        }
    }

    /// The other purchase that has this number and keeps it. One that gives it back may have done so already: only the
    /// reply is out.
    pub(crate) fn taken_by(&self, number: E164, own: &PurchaseId) -> Result<Option<&PurchaseId>, RecordId> {
        let Some(Owner { purchase: other, .. }) = self.owner(number)?.filter(|owner| owner.purchase != *own) else {
            return Ok(None);
        };
        Ok(self.keeps(other, number)?.then_some(other))
    }

    fn keeps(&self, owner: &PurchaseId, number: E164) -> Result<bool, RecordId> {
        Ok(match self.find_number(owner)? {
            Some(held) => !matches!(held.status, HeldStatus::Releasing { .. } | HeldStatus::Released { .. }),
            // One that has failed leaves its number to a manual review, and may have returned it.
            None => self.find_purchase(owner)?.is_some_and(|purchase| {
                let gives_up = purchase.is_compensating() || purchase.has_failed();
                !gives_up && purchase.number_to_return() != Some(number)
            }),
        })
    }

    /// The waiting purchase that an approval serves, of those that it may serve: the one under this key, or else the one
    /// that has waited longest.
    ///
    /// # Errors
    /// What must be loaded first.
    pub fn awaiting_kyc(
        &self,
        key: Option<&str>,
        may_serve: impl Fn(&Purchase) -> bool,
    ) -> Result<Option<&Purchase>, Need> {
        let fits = |purchase: &&Purchase| purchase.awaiting_kyc().is_some() && may_serve(purchase);
        let key = key.and_then(|key| IdempotencyKey::read(key, u32::MAX));
        if let Some(record) = key.map(|key| self.key(&key)).transpose()?.flatten()
            && let Some(named) = self.find_purchase(&record.purchase)?.filter(fits)
        {
            return Ok(Some(named));
        }
        let mut most = WAITING_FIRST;
        loop {
            let waiting = self.first(List::AwaitingKyc, most)?.filter_map(RecordId::purchase);
            let waiting: Vec<&Purchase> = waiting.filter_map(|id| self.purchases.present(id)).collect();
            let is_all = u32::try_from(waiting.len()).is_ok_and(|count| count < most);
            if let Some(first) = waiting.into_iter().find(fits) {
                return Ok(Some(first));
            }
            if is_all {
                return Ok(None);
            }
            most = most.saturating_mul(2);
        }
    }

    /// The first numbers of a list, at most `most`.
    pub(crate) fn first_numbers(&self, list: List, most: u32) -> Result<Vec<&HeldNumber>, Vec<Need>> {
        let ids = self.first(list, most).map_err(|need| [need])?;
        let number = |id: &RecordId| if let RecordId::Number(id) = id { self.numbers.present(id) } else { None };
        Ok(ids.filter_map(number).collect())
    }
}
