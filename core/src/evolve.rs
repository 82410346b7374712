//! Evolve: applies one event to an account. It has no rule, and keeps every invariant: what cannot have happened is
//! refused, and the account is as before.

mod draft;
mod number;
mod opening;
mod purchase;
mod touched;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::{boxed::Box, vec::Vec};
use core::fmt;

use draft::Draft;
pub use opening::Opening;
pub(crate) use touched::touched;

use crate::account::key::{Fingerprint, IdempotencyKey, KeyRecord};
use crate::base::id::PurchaseId;
use crate::base::kyc::KycStatus;
use crate::base::timestamp::Timestamp;
use crate::decide::Decision;
use crate::event::{AccountEvent, Event};
use crate::history::{BrokenHistory, Contradiction};
use crate::price::parts::Parts;
use crate::purchase::{Agreement, Purchase};
use crate::records::{Account, HeldNumber, ImportedNumber, NamedCommand, Record, RecordId};

/// Applies an event to the account. Returns the records that it changed, besides the head.
///
/// # Errors
/// [`BrokenHistory`] if the event cannot have happened. The account is unchanged.
pub fn evolve(account: &mut Account, event: &Event) -> Result<Vec<RecordId>, BrokenHistory> {
    match change(account, event) {
        Ok(draft) => {
            let (head, records) = draft.finish();
            account.head = head;
            account.forget_lists();
            let mut touched = Vec::with_capacity(records.len());
            for (id, record) in records {
                match record {
                    Some(record) => account.insert(record),
                    None => account.remove(&id),
                }
                touched.push(id);
            }
            Ok(touched)
        }
        Err(contradiction) => Err(BrokenHistory { event: Box::new(event.clone()), contradiction }),
    }
}

/// Applies a decision: all its events, or none. Returns the records that they changed, besides the head.
///
/// # Errors
/// [`NotApplied`]. The account is unchanged.
pub fn apply<A>(account: &mut Account, decision: &Decision<A>) -> Result<Vec<RecordId>, NotApplied> {
    let Decision { version, events, .. } = decision;
    if account.version() != *version && !planted!("version_not_compared") {
        return Err(NotApplied::Stale { decided_on: *version, version: account.version() });
    }
    let head = account.head.clone();
    let mut before: BTreeMap<RecordId, Option<Record>> = BTreeMap::new();
    let mut changed = BTreeSet::new();
    for event in events {
        for id in touched(account, event) {
            if account.knows(&id) && !before.contains_key(&id) {
                let record = account.record(&id);
                before.insert(id, record);
            }
        }
        match evolve(account, event) {
            Ok(touched) => changed.extend(touched),
            Err(broken) => {
                if !planted!("head_kept_after_a_broken_decision") {
                    account.head = head;
                }
                for (id, record) in before {
                    match record {
                        Some(record) => account.insert(record),
                        None => account.remove(&id),
                    }
                }
                return Err(NotApplied::Broken(broken));
            }
        }
    }
    Ok(changed.into_iter().collect())
}

/// Why a decision was not applied.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NotApplied {
    /// The account has changed since. The host decides again.
    Stale {
        /// The version that the decision was made on.
        decided_on: u64,
        /// The version of the account.
        version: u64,
    },
    /// The events do not fit the account: it is not the one that was decided on, or it is damaged.
    Broken(BrokenHistory),
}

impl fmt::Display for NotApplied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale { decided_on, version } => {
                write!(
                    f,
                    "the decision was made on version {decided_on}, and the account is at {version}; decide again"
                )
            }
            Self::Broken(broken) => broken.fmt(f),
        }
    }
}

impl core::error::Error for NotApplied {}

/// The head and the records after an event.
fn change<'a>(account: &'a Account, event: &Event) -> Result<Draft<'a>, Contradiction> {
    let mut draft = Draft::of(account);
    let postings = event.postings();
    if postings.iter().any(|posting| posting.money.minor_units() < 0) && !planted!("negative_amount_taken") {
        return Err(Contradiction::AmountNegative);
    }
    draft.head.ledger = draft.head.ledger.after(&postings).map_err(Contradiction::Books)?;
    draft.head.version = draft.head.version.checked_add(1).ok_or(Contradiction::TooManyEvents)?;
    match event {
        Event::Account(event) => of_account(&mut draft, event)?,
        Event::Purchase { event, purchase } => purchase::change(&mut draft, purchase, event)?,
        Event::Evidence { event, purchase } => purchase::evidence(&mut draft, purchase, event)?,
        Event::Payment { event, purchase } => purchase::payment(&mut draft, purchase, event)?,
        Event::Number { event, number } => number::change(&mut draft, number, event)?,
        Event::Renewal { event, number } => number::renewal(&mut draft, number, event)?,
    }
    Ok(draft)
}

fn of_account(draft: &mut Draft<'_>, event: &AccountEvent) -> Result<(), Contradiction> {
    match event {
        AccountEvent::AccountOpened { .. } => return Err(Contradiction::AlreadyOpen),
        AccountEvent::WalletToppedUp { command: Some(id), money } => {
            name(draft, NamedCommand::top_up(id.clone(), *money))?;
        }
        AccountEvent::WalletToppedUp { command: None, .. } => {}
        AccountEvent::TermsChanged { terms } => draft.head.terms = terms.clone(),
        AccountEvent::HolderSet { holder, allowed, counted } => {
            let mut holder = draft.holder(holder)?;
            match (holder.counted, *counted) {
                (true, false) => {
                    draft.head.held.remove_all(&holder.held);
                    draft.head.pending.remove_all(&holder.pending);
                }
                (false, true) => {
                    draft.head.held.add_all(&holder.held);
                    draft.head.pending.add_all(&holder.pending);
                }
                (true, true) | (false, false) => {}
            }
            (holder.allowed, holder.counted) = (*allowed, *counted);
            draft.write(Record::Holder(holder));
        }
        AccountEvent::NumberImported { held } => import(draft, held)?,
        AccountEvent::KeyExpired { key, at } => {
            let record = draft.key(key)?.filter(|record| record.is_over(*at));
            let owner = record.map(|record| draft.purchase(&record.purchase)).transpose()?.flatten();
            if !owner.is_some_and(Purchase::is_settled) {
                return Err(Contradiction::KeyInUse);
            }
            draft.remove(RecordId::Key(key.clone()));
        }
        AccountEvent::KeyJoined { key, purchase, fingerprint, until } => {
            let known = draft.purchase(purchase)?.ok_or(Contradiction::PurchaseMissing)?;
            if known.has_failed() && !planted!("key_joins_a_failed_purchase") {
                return Err(Contradiction::PurchaseEnded);
            }
            take_key(draft, key, purchase, (fingerprint, *until))?;
        }
        AccountEvent::VerificationRecorded { verification } => {
            let known = &mut draft.head.verifications;
            known.retain(|known| !known.is_about_the_same_as(verification));
            if verification.status != KycStatus::NotSubmitted {
                known.push((**verification).clone());
            }
        }
        AccountEvent::PurchaseAwaitsKyc { purchase, agreement, key, fingerprint, awaiting } => {
            new_id(draft, purchase)?;
            take_key(draft, key, purchase, (fingerprint, None))?;
            let waiting = Purchase::await_kyc(purchase.clone(), (**agreement).clone(), key.clone(), awaiting.clone());
            draft.put_purchase(None, waiting)?;
        }
        AccountEvent::KycWaitExtended { purchase, until } => {
            let waiting = waiting(draft, purchase)?.ok_or(Contradiction::NotWaiting)?;
            draft.put_purchase(Some(waiting), waiting.with_kyc_deadline(*until))?;
        }
        AccountEvent::KycWaitEnded { purchase, failure, key } => {
            let waiting = waiting(draft, purchase)?.ok_or(Contradiction::NotWaiting)?;
            if *key != waiting.key {
                return Err(Contradiction::KeyTaken);
            }
            if let Some(key) = key
                && draft.key(key)?.is_some_and(|record| record.purchase == *purchase)
            {
                draft.remove(RecordId::Key(key.clone()));
            }
            draft.put_purchase(Some(waiting), waiting.after_kyc_wait(failure))?;
        }
        AccountEvent::PurchaseAccepted { purchase, agreement, key, key_until, windows } => {
            let waiting = waiting(draft, purchase)?;
            check(agreement)?;
            if let Some(waiting) = waiting {
                // Its key was taken when it began to wait.
                if waiting.key != *key {
                    return Err(Contradiction::KeyTaken);
                }
                if let Some(key) = key {
                    let (purchase, fingerprint) = (purchase.clone(), agreement.fingerprint.clone());
                    draft.write(Record::Key(KeyRecord { key: key.clone(), purchase, fingerprint, until: *key_until }));
                }
            } else {
                new_id(draft, purchase)?;
            }
            if let Some(key) = key
                && waiting.is_none()
            {
                take_key(draft, key, purchase, (&agreement.fingerprint, *key_until))?;
            }
            let due = agreement.price.due_now;
            draft.head.windows.accept(agreement.accepted_at, due, *windows);
            let begun = Purchase::begin(purchase.clone(), (**agreement).clone(), key.clone());
            draft.put_purchase(waiting, begun)?;
        }
    }
    Ok(())
}

/// The purchase, if it waits for KYC.
fn waiting<'a>(draft: &Draft<'a>, id: &PurchaseId) -> Result<Option<&'a Purchase>, Contradiction> {
    Ok(draft.purchase(id)?.filter(|purchase| purchase.awaiting_kyc().is_some()))
}

/// A key is free, or its purchase has failed.
fn take_key(
    draft: &mut Draft<'_>,
    key: &IdempotencyKey,
    purchase: &PurchaseId,
    (fingerprint, until): (&Fingerprint, Option<Timestamp>),
) -> Result<(), Contradiction> {
    if let Some(record) = draft.key(key)?
        && draft.purchase(&record.purchase)?.is_some_and(|owner| !owner.has_failed())
        && !planted!("key_of_another_taken")
    {
        return Err(Contradiction::KeyTaken);
    }
    let (purchase, fingerprint) = (purchase.clone(), fingerprint.clone());
    draft.write(Record::Key(KeyRecord { key: key.clone(), purchase, fingerprint, until }));
    Ok(())
}

/// An id names one command.
fn name(draft: &mut Draft<'_>, command: NamedCommand) -> Result<(), Contradiction> {
    if draft.command(&command.id)?.is_some() && !planted!("command_applied_twice") {
        return Err(Contradiction::CommandExists);
    }
    draft.write(Record::Command(command));
    Ok(())
}

/// An id names one purchase or one number.
fn new_id(draft: &Draft<'_>, id: &PurchaseId) -> Result<(), Contradiction> {
    let is_new = draft.purchase(id)?.is_none() && draft.number(id)?.is_none();
    if is_new || planted!("id_used_twice") { Ok(()) } else { Err(Contradiction::PurchaseExists) }
}

fn check(agreement: &Agreement) -> Result<(), Contradiction> {
    if !Parts::add_up(&agreement.price) {
        return Err(Contradiction::PriceUnbalanced);
    }
    if agreement.checkout_expires_at.is_some() == agreement.is_by_checkout() || planted!("checkout_without_an_end") {
        Ok(())
    } else {
        Err(Contradiction::CheckoutExpiry)
    }
}

fn import(draft: &mut Draft<'_>, number: &ImportedNumber) -> Result<(), Contradiction> {
    let held = HeldNumber::imported(number);
    new_id(draft, &held.purchase)?;
    if !held.is_released() {
        if !planted!("imported_number_has_no_owner") {
            draft.take(held.number, &held.purchase)?;
            draft.name(&held.inventory_id, held.number);
        }
        draft.hold(&held)?;
        draft.head.windows.import(held.accepted_at, number.agreement.price.due_now);
    }
    draft.write(Record::Number(held));
    Ok(())
}
