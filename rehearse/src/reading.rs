//! The accountant's own reading of events: the books, the keys and the owners that they make, told apart from what `evolve`
//! makes of them. What it does not take cannot have happened.

mod renewals;

use std::collections::{BTreeMap, BTreeSet};

use ringup_core::ledger::Book;
use ringup_core::purchase::UndoStep;
use ringup_core::shop::{ChargeTime, PaymentMethod};
use ringup_core::{
    Account, AccountEvent, Event, EvidenceEvent, HeldStatus, Money, NumberEvent, PaymentEvent, PurchaseEvent, Record,
    Selector,
};

/// Money by its book and currency, in minor units.
type Sums = BTreeMap<(Book, String), i64>;

/// What the events so far have made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    books: Sums,
    purchases: BTreeMap<String, Own>,
    /// The rent to run of each number that is held or leaving.
    numbers: BTreeMap<String, Held>,
    keys: BTreeMap<String, String>,
    owners: BTreeMap<String, String>,
    /// The ids of commands.
    commands: BTreeSet<String>,
    is_open: bool,
}

#[derive(Clone, Debug)]
struct Own {
    due: Money,
    by_wallet: bool,
    /// The money is taken with the activation.
    charged_late: bool,
    key: Option<String>,
    selector: Selector,
    number: Option<String>,
    /// The reserved number is not what was agreed, and goes back.
    goes_back: bool,
    /// Taken and not refunded, in minor units.
    kept: i64,
    /// The same of payments that do not pay the purchase, by session.
    surplus: BTreeMap<String, i64>,
    how: How,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum How {
    Pending,
    Undoing,
    Failed,
    Bought,
}

#[derive(Clone, Debug)]
struct Held {
    number: String,
    rent: Money,
    by_wallet: bool,
    /// The rent and the tax that are due, and whether they are the rest of a commitment.
    unpaid: Option<(Money, Option<Money>, bool)>,
    is_leaving: bool,
    is_released: bool,
}

type Read = Result<(), String>;

impl Reading {
    /// The next event, or why it cannot have happened.
    pub(crate) fn read(&mut self, event: &Event) -> Read {
        match event {
            Event::Account(AccountEvent::AccountOpened { .. }) if !self.is_open => {
                self.is_open = true;
                Ok(())
            }
            _ if !self.is_open => Err("nothing is opened".into()),
            Event::Account(event) => self.of_account(event),
            Event::Purchase { event, purchase } => self.of_purchase(purchase.as_str(), event),
            Event::Evidence { event, purchase } => self.of_evidence(purchase.as_str(), event),
            Event::Payment { event, purchase } => self.of_payment(purchase.as_str(), event),
            Event::Number { event, number } => self.of_number(number.as_str(), event),
            Event::Renewal { event, number } => self.of_renewal(number.as_str(), event),
        }
    }

    /// Where the account differs.
    pub(crate) fn compare(&self, account: &Account) -> Read {
        for ((book, currency), sum) in &self.books {
            let told = currency.parse().map(|currency| account.ledger().balance(*book, currency).minor_units());
            if told != Ok(*sum) {
                return Err(format!("{book:?}: {told:?} in the books, {sum} by the events"));
            }
        }
        let (mut keys, mut owners, mut named) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for record in account.records() {
            match record {
                Record::Key(key) => drop(keys.insert(key.key.as_str().to_owned(), key.purchase.to_string())),
                Record::Owner(owner) => drop(owners.insert(owner.number.to_string(), owner.purchase.to_string())),
                Record::InventoryNumber(known) => {
                    drop(named.insert(known.inventory_id.to_string(), known.number.to_string()));
                }
                Record::Purchase(_) | Record::Number(_) | Record::Holder(_) | Record::Asked(_) | Record::Command(_) => {
                }
            }
        }
        if keys != self.keys {
            return Err(format!("the keys are {keys:?}, and by the events {:?}", self.keys));
        }
        // What a purchase gives up is found by its owner alone.
        if let Some((id, number)) = named.iter().find(|(_, number)| !owners.contains_key(*number)) {
            return Err(format!("`{id}` names {number}, which nobody has"));
        }
        if owners != self.owners {
            return Err(format!("the owners are {owners:?}, and by the events {:?}", self.owners));
        }
        Ok(())
    }

    fn of_account(&mut self, event: &AccountEvent) -> Read {
        match event {
            AccountEvent::AccountOpened { .. } => Err("it is open already".into()),
            AccountEvent::HolderSet { .. }
            | AccountEvent::TermsChanged { .. }
            | AccountEvent::VerificationRecorded { .. } => Ok(()),
            AccountEvent::PurchaseAwaitsKyc { .. }
            | AccountEvent::KycWaitExtended { .. }
            | AccountEvent::KycWaitEnded { .. } => Err("no policy here lets a purchase wait for KYC".into()),
            AccountEvent::WalletToppedUp { command, money } => {
                if command.as_ref().is_some_and(|id| !self.commands.insert(id.to_string())) {
                    return Err("a command is carried out twice".into());
                }
                self.post(Book::Taken, Book::Wallet, *money)
            }
            AccountEvent::NumberImported { held } => {
                let (id, number) = (held.purchase.to_string(), held.offer.number.to_string());
                self.new_id(&id)?;
                let rent = held.rent_to_run;
                if !matches!(held.status, HeldStatus::Released { .. }) {
                    self.take(&number, &id)?;
                    self.post(Book::Taken, Book::RentToRun, rent)?;
                }
                let is_leaving = !matches!(
                    held.status,
                    HeldStatus::Active | HeldStatus::Scheduled { .. } | HeldStatus::CoolingDown { .. }
                );
                let is_released = matches!(held.status, HeldStatus::Released { .. });
                let by_wallet = held.agreement.payment == PaymentMethod::Wallet;
                let held = Held { number, rent, by_wallet, unpaid: None, is_leaving, is_released };
                self.numbers.insert(id, held);
                Ok(())
            }
            AccountEvent::KeyJoined { key, purchase, .. } => {
                match self.purchases.get(purchase.as_str()) {
                    Some(own) if own.how != How::Failed => {}
                    Some(_) | None => return Err("a key joins what is not there".into()),
                }
                self.take_key(key.as_str(), purchase.as_str())
            }
            AccountEvent::KeyExpired { key, .. } => {
                let owner = self.keys.get(key.as_str()).and_then(|owner| self.purchases.get(owner));
                if owner.is_none_or(|owner| owner.how == How::Pending) {
                    return Err(format!("the key {} expires in use", key.as_str()));
                }
                self.keys.remove(key.as_str());
                Ok(())
            }
            AccountEvent::PurchaseAccepted { purchase, agreement, key, .. } => {
                let id = purchase.as_str();
                self.new_id(id)?;
                let due = agreement.price.due_now;
                let lines = agreement.price.lines.iter().map(|line| line.amount);
                if lines.clone().any(|amount| amount.currency() != due.currency())
                    || lines.map(Money::minor_units).fold(0, i64::saturating_add) != due.minor_units()
                {
                    return Err("the lines are not the price".into());
                }
                let by_checkout = agreement.payment == PaymentMethod::Checkout && !due.is_zero();
                if by_checkout != agreement.checkout_expires_at.is_some() {
                    return Err("a checkout, and only a checkout, has an end".into());
                }
                if let Some(key) = key {
                    self.take_key(key.as_str(), id)?;
                }
                let by_wallet = agreement.payment == PaymentMethod::Wallet;
                if by_wallet {
                    self.post(Book::Wallet, Book::Holds, due)?;
                }
                let own = Own {
                    due,
                    by_wallet,
                    charged_late: agreement.charged == ChargeTime::AtProvisioning,
                    key: key.as_ref().map(|key| key.as_str().to_owned()),
                    selector: agreement.selector.clone(),
                    number: None,
                    goes_back: false,
                    kept: 0,
                    surplus: BTreeMap::new(),
                    how: How::Pending,
                };
                self.purchases.insert(id.to_owned(), own);
                Ok(())
            }
        }
    }

    fn of_purchase(&mut self, id: &str, event: &PurchaseEvent) -> Read {
        let mut own = self.purchases.get(id).cloned().ok_or("there is no such purchase")?;
        if own.how == How::Bought {
            return Err("it is bought already".into());
        }
        let name = event.name();
        #[expect(clippy::wildcard_enum_match_arm, reason = "what moves neither money, keys nor owners is not read")]
        match event {
            PurchaseEvent::PaymentTaken { amount, .. } => {
                if *amount != own.due || own.kept != 0 || own.by_wallet {
                    return Err(format!("{amount} is not what is due"));
                }
                own.kept = amount.minor_units();
                if own.how != How::Pending {
                    return Err("paid while it is undone".into());
                }
                self.post(Book::Taken, Book::Holds, *amount)?;
            }
            _ if own.how == How::Failed => return Err(format!("{name} after the failure")),
            PurchaseEvent::NumberReserved { offer } | PurchaseEvent::ReservationRejected { offer } => {
                let number = offer.number.to_string();
                if own.how != How::Pending || own.number.is_some() {
                    return Err("reserved while it is undone".into());
                }
                self.take(&number, id)?;
                own.number = Some(number);
                own.goes_back = matches!(event, PurchaseEvent::ReservationRejected { .. });
            }
            PurchaseEvent::NumberActivated { setup_fee, rent, other_fees, tax, charged, .. } => {
                let from = if *charged { Book::Taken } else { Book::Holds };
                let parts = [
                    (Book::SetupFees, Some(*setup_fee)),
                    (Book::RentToRun, Some(*rent)),
                    (Book::OtherFees, *other_fees),
                    (Book::Tax, *tax),
                ];
                let parts = parts.into_iter().filter_map(|(to, part)| Some((to, part?)));
                let sum = parts.clone().map(|(_, part)| part.minor_units()).fold(0, i64::saturating_add);
                let is_paid = own.by_wallet || own.charged_late || own.kept == own.due.minor_units();
                if own.how != How::Pending || !is_paid || *charged != own.charged_late || sum != own.due.minor_units() {
                    return Err("activated for another amount than was agreed and paid".into());
                }
                for (to, part) in parts {
                    self.post(from, to, part)?;
                }
                own.how = How::Bought;
                let number = own.number.clone().ok_or("nothing is reserved")?;
                let is_wanted = match &own.selector {
                    Selector::Exact { number: wanted } => wanted.to_string() == number,
                    Selector::Any { .. }
                    | Selector::AreaCode { .. }
                    | Selector::Inventory { .. }
                    | Selector::Pattern { .. } => true,
                };
                if !is_wanted {
                    return Err("another number than was agreed".into());
                }
                let (by_wallet, unpaid) = (own.by_wallet, None);
                let held = Held { number, rent: *rent, by_wallet, unpaid, is_leaving: false, is_released: false };
                self.numbers.insert(id.to_owned(), held);
            }
            PurchaseEvent::CompensationStarted { .. } => {
                if own.how != How::Pending {
                    return Err("undone twice".into());
                }
                own.how = How::Undoing;
            }
            PurchaseEvent::ReservationReturned if own.goes_back => {
                if let Some(number) = own.number.take() {
                    self.give_back(&number, id);
                }
                own.goes_back = false;
            }
            // It is left to a person, and stays the purchase's until then.
            PurchaseEvent::ReviewNeeded if own.goes_back => (own.number, own.goes_back) = (None, false),
            // The return is left to a review, and the purchase goes on.
            PurchaseEvent::ReviewNeeded if own.goes_back => {
                own.number = None;
                own.goes_back = false;
            }
            PurchaseEvent::ReservationReturned | PurchaseEvent::ProvisioningReturned => {
                if own.how != How::Undoing || own.number.is_none() {
                    return Err("nothing is to be returned".into());
                }
                if let Some(number) = &own.number {
                    self.give_back(number, id);
                }
            }
            PurchaseEvent::PaymentRefunded { amount, .. } => {
                if own.how != How::Undoing || amount.minor_units() != own.kept || own.kept == 0 {
                    return Err(format!("{amount} is not what is kept"));
                }
                own.kept = 0;
                self.post(Book::Holds, Book::Refunds, *amount)?;
            }
            PurchaseEvent::PurchaseFailed { freed, key, .. } => {
                let hold = own.by_wallet.then_some(own.due);
                if *freed != hold || own.kept != 0 || key.as_ref().map(|key| key.as_str()) != own.key.as_deref() {
                    return Err("it fails with money, or frees what is another's".into());
                }
                if let Some(freed) = freed {
                    self.post(Book::Holds, Book::Wallet, *freed)?;
                }
                own.how = How::Failed;
                if let Some(key) = key
                    && self.keys.get(key.as_str()).is_some_and(|owner| owner == id)
                {
                    self.keys.remove(key.as_str());
                }
            }
            _ => {}
        }
        self.purchases.insert(id.to_owned(), own);
        Ok(())
    }

    fn of_evidence(&mut self, id: &str, event: &EvidenceEvent) -> Read {
        let own = self.purchases.get(id).cloned().ok_or("there is no such purchase")?;
        #[expect(clippy::wildcard_enum_match_arm, reason = "what moves neither money nor owners is not read")]
        match event {
            EvidenceEvent::EvidenceCameLate { step: UndoStep::Refund { amount }, .. } => {
                if *amount != own.due || own.by_wallet {
                    return Err(format!("{amount} is not what is due"));
                }
                self.post(Book::Taken, Book::Holds, *amount)
            }
            EvidenceEvent::EvidenceCameLate { step, review: false } => match number_of(*step) {
                Some(number) => self.take(&number, id),
                None => Ok(()),
            },
            EvidenceEvent::EvidenceUndone { step: UndoStep::Refund { amount } } => {
                self.post(Book::Holds, Book::Refunds, *amount)
            }
            EvidenceEvent::EvidenceUndone { step } => {
                if let Some(number) = number_of(*step) {
                    self.give_back(&number, id);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn of_payment(&mut self, id: &str, event: &PaymentEvent) -> Read {
        let mut own = self.purchases.get(id).cloned().ok_or("there is no such purchase")?;
        match event {
            PaymentEvent::SurplusTaken { checkout, amount } => {
                if *amount != own.due || own.surplus.insert(checkout.to_string(), amount.minor_units()).is_some() {
                    return Err(format!("{amount} is not what is due once"));
                }
                self.post(Book::Taken, Book::Holds, *amount)?;
            }
            PaymentEvent::SurplusRefunded { checkout, amount } => {
                if own.surplus.insert(checkout.to_string(), 0) != Some(amount.minor_units()) || amount.is_zero() {
                    return Err(format!("{amount} was not taken by {checkout}"));
                }
                self.post(Book::Holds, Book::Refunds, *amount)?;
            }
            PaymentEvent::SessionOpened { .. }
            | PaymentEvent::PaymentUnmatched { .. }
            | PaymentEvent::PaymentDismissed { .. }
            | PaymentEvent::SurplusRefundDelayed { .. }
            | PaymentEvent::SurplusReviewNeeded
            | PaymentEvent::SurplusAskedAgain { .. } => {}
        }
        self.purchases.insert(id.to_owned(), own);
        Ok(())
    }

    fn of_number(&mut self, id: &str, event: &NumberEvent) -> Read {
        let mut held = self.numbers.get(id).cloned().ok_or("there is no such number")?;
        if held.is_released {
            return Err("it is released already".into());
        }
        #[expect(clippy::wildcard_enum_match_arm, reason = "what moves neither money nor owners is not read")]
        match event {
            NumberEvent::ReleaseStarted { fee, .. } => {
                held.is_leaving = true;
                self.post_fee(*fee)?;
            }
            NumberEvent::ReleaseScheduled { fee, .. } | NumberEvent::CoolDownStarted { fee, .. } => {
                self.post_fee(*fee)?;
            }
            NumberEvent::ReleaseCancelled { refunded: Some(refunded), .. } => {
                self.post(Book::OtherFees, Book::Wallet, *refunded)?;
            }
            NumberEvent::NumberReleased { forfeited, .. } => {
                if *forfeited != held.rent {
                    return Err(format!("{forfeited} is not the rent to run"));
                }
                self.post(Book::RentToRun, Book::RentUsed, *forfeited)?;
                self.give_back(&held.number, id);
                held.is_released = true;
                held.rent = Money::zero(forfeited.currency());
            }
            _ => {}
        }
        self.numbers.insert(id.to_owned(), held);
        Ok(())
    }

    fn new_id(&self, id: &str) -> Read {
        let is_used = self.purchases.contains_key(id) || self.numbers.contains_key(id);
        if is_used { Err(format!("{id} is used twice")) } else { Ok(()) }
    }

    fn take_key(&mut self, key: &str, id: &str) -> Read {
        let owner = self.keys.get(key).and_then(|owner| self.purchases.get(owner));
        if owner.is_some_and(|owner| owner.how != How::Failed) {
            return Err(format!("the key {key} is another purchase's"));
        }
        self.keys.insert(key.to_owned(), id.to_owned());
        Ok(())
    }

    fn take(&mut self, number: &str, id: &str) -> Read {
        if let Some(owner) = self.owners.get(number).filter(|owner| *owner != id) {
            let keeps = match (self.numbers.get(owner), self.purchases.get(owner)) {
                (Some(held), _) => !held.is_leaving && !held.is_released,
                (None, Some(own)) => matches!(own.how, How::Pending | How::Bought) && !own.goes_back,
                (None, None) => false,
            };
            if keeps {
                return Err(format!("{number} is {owner}'s"));
            }
        }
        self.owners.insert(number.to_owned(), id.to_owned());
        Ok(())
    }

    fn give_back(&mut self, number: &str, id: &str) {
        if self.owners.get(number).is_some_and(|owner| owner == id) {
            self.owners.remove(number);
        }
    }

    fn post(&mut self, from: Book, to: Book, money: Money) -> Read {
        let currency = money.currency().to_string();
        if money.minor_units() < 0 {
            return Err(format!("{money} is negative"));
        }
        for (book, change) in [(from, money.minor_units().saturating_neg()), (to, money.minor_units())] {
            let sum = self.books.entry((book, currency.clone())).or_default();
            *sum = sum.saturating_add(change);
            if *sum < 0 && book != Book::Taken {
                return Err(format!("{book:?} owes {sum}"));
            }
        }
        Ok(())
    }
}

fn number_of(step: UndoStep) -> Option<String> {
    match step {
        UndoStep::ReturnReservation { number } | UndoStep::ReturnNumber { number } => Some(number.to_string()),
        UndoStep::Refund { .. } => None,
    }
}
