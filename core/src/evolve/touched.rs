//! Touched: the records that must be loaded before an event can be applied.

use alloc::vec::Vec;

use super::draft::names;
use crate::account::key::IdempotencyKey;
use crate::base::id::{InventoryId, PurchaseId};
use crate::event::{AccountEvent, Event, EvidenceEvent, NumberEvent, PurchaseEvent};
use crate::purchase::Purchase;
use crate::records::{Account, NumberName, RecordId};
use ringup_numbering::E164;

/// The records that an event reads or writes, as far as the loaded ones tell. With those that are not loaded yet there
/// may be more.
pub(crate) fn touched(account: &Account, event: &Event) -> Vec<RecordId> {
    match event {
        Event::Account(event) => of_account(account, event),
        Event::Purchase { event, purchase } => {
            let own = [RecordId::Purchase(purchase.clone())];
            let known = account.purchases.present(purchase);
            own.into_iter().chain(known.into_iter().flat_map(|known| of_purchase(account, known, event))).collect()
        }
        Event::Evidence { event, purchase } => {
            let number = match event {
                EvidenceEvent::EvidenceCameLate { step, .. } | EvidenceEvent::EvidenceUndone { step } => step.number(),
                EvidenceEvent::EvidenceDelayed { .. }
                | EvidenceEvent::EvidenceReviewNeeded
                | EvidenceEvent::EvidenceAskedAgain { .. }
                | EvidenceEvent::EffectDoubted { .. }
                | EvidenceEvent::DoubtEnded { .. } => None,
            };
            let own = [RecordId::Purchase(purchase.clone())];
            // What is undone counts no longer, and is not joined.
            let counted = account.purchases.present(purchase).into_iter().flat_map(counted);
            let owner = number.into_iter().flat_map(|number| owner(account, number));
            own.into_iter().chain(counted).chain(owner).collect()
        }
        Event::Payment { purchase, .. } => [RecordId::Purchase(purchase.clone())].into(),
        Event::Renewal { number, .. } => [RecordId::Number(number.clone())].into(),
        Event::Number { event, number } => {
            let own = [RecordId::Number(number.clone())];
            if let NumberEvent::NumberTransferred { holder, .. } = event {
                let former = account.numbers.present(number).and_then(|known| known.holder.clone());
                return own
                    .into_iter()
                    .chain([holder.clone()].into_iter().chain(former).map(RecordId::Holder))
                    .collect();
            }
            let known = account.numbers.present(number).filter(|_| matches!(event, NumberEvent::NumberReleased { .. }));
            let others = known.into_iter().flat_map(|known| {
                let holder = known.holder.clone().map(RecordId::Holder);
                let owner = owner(account, known.number);
                holder.into_iter().chain(owner).chain([name_of(&known.inventory_id)])
            });
            own.into_iter().chain(others).collect()
        }
    }
}

fn of_account(account: &Account, event: &AccountEvent) -> Vec<RecordId> {
    match event {
        AccountEvent::AccountOpened { .. }
        | AccountEvent::TermsChanged { .. }
        | AccountEvent::VerificationRecorded { .. } => Vec::new(),
        AccountEvent::PurchaseAwaitsKyc { purchase, key, .. } => {
            both(purchase).into_iter().chain(key_of(account, key)).collect()
        }
        AccountEvent::KycWaitExtended { purchase, .. } => [RecordId::Purchase(purchase.clone())].into(),
        AccountEvent::KycWaitEnded { purchase, key, .. } => {
            let key = key.clone().map(RecordId::Key);
            [RecordId::Purchase(purchase.clone())].into_iter().chain(key).collect()
        }
        AccountEvent::WalletToppedUp { command, .. } => command.clone().map(RecordId::Command).into_iter().collect(),
        AccountEvent::KeyJoined { key, purchase, .. } => {
            [RecordId::Purchase(purchase.clone())].into_iter().chain(key_of(account, key)).collect()
        }
        AccountEvent::KeyExpired { key, .. } => key_of(account, key),
        AccountEvent::HolderSet { holder, .. } => [RecordId::Holder(holder.clone())].into(),
        AccountEvent::NumberImported { held } => {
            let holder = held.agreement.holder.clone().map(RecordId::Holder);
            both(&held.purchase)
                .into_iter()
                .chain(owner(account, held.offer.number))
                .chain([name_of(&held.offer.inventory_id)])
                .chain(holder)
                .collect()
        }
        AccountEvent::PurchaseAccepted { purchase, agreement, key, .. } => {
            let key = key.iter().flat_map(|key| key_of(account, key));
            let holder = agreement.holder.clone().map(RecordId::Holder);
            let name = NumberName::of(&agreement.selector);
            let asked = name.map(|name| RecordId::Asked(agreement.holder.clone(), name));
            both(purchase).into_iter().chain(key).chain(holder).chain(asked).collect()
        }
    }
}

fn of_purchase(account: &Account, purchase: &Purchase, event: &PurchaseEvent) -> Vec<RecordId> {
    let asked = |name| RecordId::Asked(purchase.agreement.holder().cloned(), name);
    match event {
        PurchaseEvent::NumberReserved { offer } => {
            let both = NumberName::both(offer).into_iter().map(asked);
            let owner = owner(account, offer.number).into_iter();
            owner.chain(counted(purchase)).chain(both).chain([name_of(&offer.inventory_id)]).collect()
        }
        PurchaseEvent::ReservationRejected { offer } => owner(account, offer.number),
        PurchaseEvent::NumberActivated { .. } => {
            let own = [RecordId::Number(purchase.id.clone())].into_iter();
            own.chain(counted(purchase)).chain(purchase.offer().map(|offer| name_of(&offer.inventory_id))).collect()
        }
        PurchaseEvent::CompensationStarted { .. } => {
            counted(purchase).into_iter().chain(purchase.offer().map(|offer| name_of(&offer.inventory_id))).collect()
        }
        PurchaseEvent::PurchaseFailed { key, .. } => {
            let key = key.clone().map(RecordId::Key);
            counted(purchase)
                .into_iter()
                .chain(key)
                .chain(purchase.offer().map(|offer| name_of(&offer.inventory_id)))
                .collect()
        }
        PurchaseEvent::ReservationReturned | PurchaseEvent::ProvisioningReturned => {
            purchase.number_to_return().map(RecordId::Owner).into_iter().collect()
        }
        PurchaseEvent::CheckoutOpened { .. }
        | PurchaseEvent::PaymentTaken { .. }
        | PurchaseEvent::OutcomeUnknown { .. }
        | PurchaseEvent::OrderDeclineDoubted { .. }
        | PurchaseEvent::OrderAbsent { .. }
        | PurchaseEvent::NumberProvisioned { .. }
        | PurchaseEvent::PaymentRefunded { .. }
        | PurchaseEvent::ReviewNeeded
        | PurchaseEvent::AskedAgain { .. } => Vec::new(),
    }
}

/// What counts the purchase, and finds it.
fn counted(purchase: &Purchase) -> Vec<RecordId> {
    let holder = purchase.agreement.holder();
    let asked = |name| RecordId::Asked(holder.cloned(), name);
    holder.cloned().map(RecordId::Holder).into_iter().chain(names(purchase).into_iter().map(asked)).collect()
}

/// A key, and whether its purchase has failed.
fn key_of(account: &Account, key: &IdempotencyKey) -> Vec<RecordId> {
    let purchase = account.keys.present(key).map(|record| RecordId::Purchase(record.purchase.clone()));
    [RecordId::Key(key.clone())].into_iter().chain(purchase).collect()
}

fn name_of(id: &InventoryId) -> RecordId {
    RecordId::InventoryNumber(id.clone())
}

fn both(id: &PurchaseId) -> [RecordId; 2] {
    [RecordId::Purchase(id.clone()), RecordId::Number(id.clone())]
}

/// The owner of a number, whether it still has it, and the name that it gives up if it is leaving.
fn owner(account: &Account, number: E164) -> Vec<RecordId> {
    let owner = account.owners.present(&number);
    let held = owner.and_then(|owner| account.numbers.present(&owner.purchase));
    let purchase = owner.into_iter().flat_map(|owner| both(&owner.purchase));
    let name = held.map(|held| name_of(&held.inventory_id));
    [RecordId::Owner(number)].into_iter().chain(purchase).chain(name).collect()
}
