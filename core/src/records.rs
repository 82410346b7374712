//! The account: a head, and records that are loaded one by one.
//!
//! The head has counts and windows, and never a list that grows. A record is *present* or *known to be absent*; what is
//! neither is not loaded, and a decision that needs it says so. So a decision about an account with a million numbers
//! reads and writes what one about an account with ten does.

mod by_time;
mod command;
mod fee;
mod head;
mod held_number;
mod held_status;
mod holder;
mod leaving;
mod lookup;
mod need;
mod record;
mod recurring;
mod renewal;
pub(crate) mod standing;
mod table;

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

pub(crate) use by_time::ByTime;
pub use command::NamedCommand;
pub(crate) use fee::Fee;
pub use head::Head;
pub use held_number::{HeldNumber, ImportedNumber};
pub use held_status::HeldStatus;
pub use holder::Holder;
pub use need::Need;
pub use record::{Asked, InventoryNumber, List, NumberName, Owner, Record, RecordId, UnknownRecord, due, owed};
pub use recurring::{Commitment, IntroductoryCharge, RecurringCharge};
pub use renewal::{Renewal, UnpaidFee};
use table::Table;

use crate::account::key::{IdempotencyKey, KeyRecord};
use crate::account::standing::CustomerTerms;
use crate::account::verification::Verification;
use crate::base::billing_kind::BillingKind;
use crate::base::id::{AccountId, CommandId, HolderId, InventoryId, PurchaseId};
use crate::base::timestamp::Timestamp;
use crate::effect::Effect;
use crate::ledger::Ledger;
use crate::purchase::Purchase;
use ringup_derive::data;
use ringup_numbering::E164;

/// The format of stored heads and records. No other one loads.
pub const ACCOUNT_FORMAT: u32 = 2;

/// An account, as far as it is loaded. Only [`crate::evolve`] and [`crate::apply`] change it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(into = "Whole", try_from = "Whole")]
#[read(instead = "Self::new(AccountId::unread(), CustomerTerms::new(BillingKind::Prepaid))")]
pub struct Account {
    pub(crate) head: Head,
    pub(crate) purchases: Table<PurchaseId, Purchase>,
    pub(crate) numbers: Table<PurchaseId, HeldNumber>,
    pub(crate) keys: Table<IdempotencyKey, KeyRecord>,
    pub(crate) holders: Table<HolderId, Holder>,
    pub(crate) owners: Table<E164, Owner>,
    pub(crate) asked: Table<(Option<HolderId>, NumberName), Asked>,
    pub(crate) inventory: Table<InventoryId, InventoryNumber>,
    pub(crate) commands: Table<CommandId, NamedCommand>,
    /// The loaded records of each list, by their place.
    listed: BTreeMap<List, BTreeSet<(i64, RecordId)>>,
    extent: Extent,
}

/// How much of the lists is loaded.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Extent {
    /// Every record of the account.
    Whole,
    /// Of each of these lists, how many of its first records. `u32::MAX`: all.
    Parts(BTreeMap<List, u32>),
}

/// An account with all its records, as one value of JSON.
#[data(undescribed)]
#[serde(deny_unknown_fields)]
struct Whole {
    head: Head,
    records: Vec<Record>,
}

/// # Example
///
/// ```
/// use ringup_core::{Account, Actor, CustomerTerms, Money, Opening, Shop, Timestamp, policies, shop::BillingKind};
///
/// let terms = CustomerTerms::new(BillingKind::Prepaid);
/// let wallet = vec![Money::new(200_00, "INR".parse()?)?];
/// let account = Account::open(&Opening { wallet, ..Opening::new("account-1".parse()?, terms) })?;
///
/// // The part that a quote reads. A browser may have it; it never needs the account.
/// let shop = Shop::new(serde_json::from_str(policies::VOBIZ)?)?;
/// let now = Timestamp::from_millis(1_774_432_800_000);
/// let standing = account.standing(&shop, &Actor::default(), now).expect("everything is loaded");
/// assert_eq!(standing.balances[0].to_string(), "200.00 INR");
///
/// // It is stored as its events, as a head and records, or as one value.
/// let stored = serde_json::to_string(&account)?;
/// assert_eq!(serde_json::from_str::<Account>(&stored)?, account);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Account {
    /// An account without records, all of which are known to be absent.
    pub(crate) fn new(id: AccountId, terms: CustomerTerms) -> Self {
        Self::with(Head::new(id, terms), true)
    }

    /// An account of which nothing but the head is loaded.
    #[must_use]
    pub fn part(head: Head) -> Self {
        Self::with(head, false)
    }

    fn with(head: Head, whole: bool) -> Self {
        Self {
            head,
            purchases: Table::new(whole),
            numbers: Table::new(whole),
            keys: Table::new(whole),
            holders: Table::new(whole),
            owners: Table::new(whole),
            asked: Table::new(whole),
            inventory: Table::new(whole),
            commands: Table::new(whole),
            listed: BTreeMap::new(),
            extent: if whole { Extent::Whole } else { Extent::Parts(BTreeMap::new()) },
        }
    }

    /// Adds what was found for a need. A record that was not found is absent; a list with fewer records than were asked
    /// for has no more.
    pub fn provide(&mut self, need: &Need, found: Vec<Record>) {
        match need {
            Need::Record { record: id } if found.is_empty() => self.remove(id),
            Need::Record { record: _ } => {}
            Need::First { list, most } => {
                let is_all = u32::try_from(found.len()).is_ok_and(|count| count < *most);
                let extent = if is_all { u32::MAX } else { *most };
                if let Extent::Parts(lists) = &mut self.extent {
                    lists.insert(*list, extent);
                }
            }
        }
        for record in found {
            self.insert(record);
        }
    }

    /// What is stored besides the records.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// The id, as the host chose it.
    #[must_use]
    pub const fn id(&self) -> &AccountId {
        &self.head.id
    }

    /// The count of events so far. A decision names the version it was made on.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.head.version
    }

    /// The customer's terms.
    #[must_use]
    pub const fn terms(&self) -> &CustomerTerms {
        &self.head.terms
    }

    /// The verifications, at most one for each pair of country and type.
    #[must_use]
    pub fn verifications(&self) -> &[Verification] {
        &self.head.verifications
    }

    /// The books: where the account's money is.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.head.ledger
    }

    /// A purchase of any state, by its id, if it is loaded.
    #[must_use]
    pub fn purchase(&self, id: &PurchaseId) -> Option<&Purchase> {
        self.purchases.present(id)
    }

    /// Every loaded purchase, by id.
    pub fn purchases(&self) -> impl Iterator<Item = &Purchase> {
        self.purchases.values()
    }

    /// A number that is or was held, by the purchase that bought it, if it is loaded.
    #[must_use]
    pub fn number(&self, id: &PurchaseId) -> Option<&HeldNumber> {
        self.numbers.present(id)
    }

    /// Every loaded number that is or was held, by the purchase that bought it.
    pub fn numbers(&self) -> impl Iterator<Item = &HeldNumber> {
        self.numbers.values()
    }

    /// A holder, if it is loaded.
    #[must_use]
    pub fn holder(&self, id: &HolderId) -> Option<&Holder> {
        self.holders.present(id)
    }

    /// The loaded holders that may get numbers, in the order in which they were added.
    pub fn holders(&self) -> impl Iterator<Item = &Holder> {
        let ids = self.listed.get(&List::Holders).into_iter().flatten();
        ids.filter_map(|(_, id)| self.holders.present(id.holder()?))
    }

    /// Every loaded record.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        let purchases = self.purchases.values().map(|record| Record::Purchase(record.clone()));
        let numbers = self.numbers.values().map(|record| Record::Number(record.clone()));
        let keys = self.keys.values().map(|record| Record::Key(record.clone()));
        let holders = self.holders.values().map(|record| Record::Holder(record.clone()));
        let owners = self.owners.values().map(|record| Record::Owner(record.clone()));
        let asked = self.asked.values().map(|record| Record::Asked(record.clone()));
        let inventory = self.inventory.values().map(|record| Record::InventoryNumber(record.clone()));
        let commands = self.commands.values().map(|record| Record::Command(record.clone()));
        purchases.chain(numbers).chain(keys).chain(holders).chain(owners).chain(asked).chain(inventory).chain(commands)
    }

    /// A record, if it is loaded and present.
    #[must_use]
    pub fn record(&self, id: &RecordId) -> Option<Record> {
        match id {
            RecordId::Purchase(id) => self.purchases.present(id).cloned().map(Record::Purchase),
            RecordId::Number(id) => self.numbers.present(id).cloned().map(Record::Number),
            RecordId::Key(key) => self.keys.present(key).cloned().map(Record::Key),
            RecordId::Holder(id) => self.holders.present(id).cloned().map(Record::Holder),
            RecordId::Owner(number) => self.owners.present(number).cloned().map(Record::Owner),
            RecordId::Asked(holder, name) => {
                self.asked.present(&(holder.clone(), name.clone())).cloned().map(Record::Asked)
            }
            RecordId::InventoryNumber(id) => self.inventory.present(id).cloned().map(Record::InventoryNumber),
            RecordId::Command(id) => self.commands.present(id).cloned().map(Record::Command),
        }
    }

    /// The part of the account that these needs name.
    #[must_use]
    pub fn extract(&self, needs: &[Need]) -> Self {
        let mut part = Self::part(self.head.clone());
        for need in needs {
            let found = match need {
                Need::Record { record: id } => self.record(id).into_iter().collect(),
                Need::First { list, most } => {
                    let most = usize::try_from(*most).unwrap_or(usize::MAX);
                    let ids = self.listed.get(list).into_iter().flatten().take(most);
                    ids.filter_map(|(_, id)| self.record(id)).collect()
                }
            };
            part.provide(need, found);
        }
        part
    }

    /// Replaces the head and these records, as a store does. `None`: there is no longer such a record.
    pub fn store(&mut self, head: Head, records: impl IntoIterator<Item = (RecordId, Option<Record>)>) {
        self.head = head;
        self.forget_lists();
        for (id, record) in records {
            match record {
                Some(record) => self.insert(record),
                None => self.remove(&id),
            }
        }
    }

    /// The pending effects of the loaded records, by the instant at which they are due.
    #[must_use]
    pub fn owed(&self) -> Vec<Effect> {
        let due = self.listed.get(&List::Due).into_iter().flatten();
        due.filter_map(|(_, id)| self.effect(id)).collect()
    }

    /// The first records that are due, now or later, each with its instant: at most `most`.
    ///
    /// # Errors
    /// What must be loaded first.
    pub fn due_first(&self, most: u32) -> Result<Vec<(Timestamp, RecordId)>, Need> {
        drop(self.first(List::Due, most)?);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let due = self.listed.get(&List::Due).into_iter().flatten().take(most);
        Ok(due.map(|(at, id)| (Timestamp::from_millis(*at), id.clone())).collect())
    }

    /// When the first of the loaded records is due.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        let (at, _) = self.listed.get(&List::Due)?.first()?;
        Some(Timestamp::from_millis(*at))
    }

    /// The loaded records that are due by an instant.
    #[must_use]
    pub fn due_by(&self, now: Timestamp) -> Vec<RecordId> {
        let due = self.listed.get(&List::Due).into_iter().flatten();
        due.take_while(|(at, _)| *at <= now.as_millis()).map(|(_, id)| id.clone()).collect()
    }

    /// The pending effect of a record, if it is loaded.
    #[must_use]
    pub fn effect(&self, id: &RecordId) -> Option<Effect> {
        match id {
            RecordId::Purchase(id) => self.purchases.present(id)?.owed(),
            RecordId::Number(id) => self.numbers.present(id)?.owed(),
            RecordId::Key(_)
            | RecordId::Holder(_)
            | RecordId::Owner(_)
            | RecordId::Asked(..)
            | RecordId::InventoryNumber(_)
            | RecordId::Command(_) => None,
        }
    }

    /// The records of which it is known whether they exist: what a host loads again together with more.
    #[must_use]
    pub fn known(&self) -> Vec<RecordId> {
        let purchases = self.purchases.known().cloned().map(RecordId::Purchase);
        let numbers = self.numbers.known().cloned().map(RecordId::Number);
        let keys = self.keys.known().cloned().map(RecordId::Key);
        let holders = self.holders.known().cloned().map(RecordId::Holder);
        let owners = self.owners.known().copied().map(RecordId::Owner);
        let asked = self.asked.known().map(|(holder, name)| RecordId::Asked(holder.clone(), name.clone()));
        let inventory = self.inventory.known().cloned().map(RecordId::InventoryNumber);
        let commands = self.commands.known().cloned().map(RecordId::Command);
        purchases
            .chain(numbers)
            .chain(keys)
            .chain(holders)
            .chain(owners)
            .chain(asked)
            .chain(inventory)
            .chain(commands)
            .collect()
    }

    /// Whether the record is loaded: present or known to be absent.
    pub(crate) fn knows(&self, id: &RecordId) -> bool {
        match id {
            RecordId::Purchase(id) => self.purchases.get(id).is_ok(),
            RecordId::Number(id) => self.numbers.get(id).is_ok(),
            RecordId::Key(key) => self.keys.get(key).is_ok(),
            RecordId::Holder(id) => self.holders.get(id).is_ok(),
            RecordId::Owner(number) => self.owners.get(number).is_ok(),
            RecordId::Asked(holder, name) => self.asked.get(&(holder.clone(), name.clone())).is_ok(),
            RecordId::InventoryNumber(id) => self.inventory.get(id).is_ok(),
            RecordId::Command(id) => self.commands.get(id).is_ok(),
        }
    }

    /// The first records of a list, at most `most`.
    pub(crate) fn first(&self, list: List, most: u32) -> Result<impl Iterator<Item = &RecordId>, Need> {
        if let Extent::Parts(lists) = &self.extent
            && lists.get(&list).is_none_or(|loaded| *loaded < most)
        {
            return Err(Need::First { list, most });
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(self.listed.get(&list).into_iter().flatten().map(|(_, id)| id).take(most))
    }

    /// Writes a record.
    pub(crate) fn insert(&mut self, record: Record) {
        let id = record.id();
        self.unlist(&id);
        self.list(&id, record.lists());
        match record {
            Record::Purchase(purchase) => self.purchases.insert(purchase.id.clone(), purchase),
            Record::Number(number) => self.numbers.insert(number.purchase.clone(), number),
            Record::Key(key) => self.keys.insert(key.key.clone(), key),
            Record::Holder(holder) => self.holders.insert(holder.id.clone(), holder),
            Record::Owner(owner) => self.owners.insert(owner.number, owner),
            Record::Asked(asked) => self.asked.insert((asked.holder.clone(), asked.name.clone()), asked),
            Record::InventoryNumber(known) => self.inventory.insert(known.inventory_id.clone(), known),
            Record::Command(command) => self.commands.insert(command.id.clone(), command),
        }
    }

    /// Notes that there is no such record.
    pub(crate) fn remove(&mut self, id: &RecordId) {
        self.unlist(id);
        match id {
            RecordId::Purchase(id) => self.purchases.remove(id.clone()),
            RecordId::Number(id) => self.numbers.remove(id.clone()),
            RecordId::Key(key) => self.keys.remove(key.clone()),
            RecordId::Holder(id) => self.holders.remove(id.clone()),
            RecordId::Owner(number) => self.owners.remove(*number),
            RecordId::Asked(holder, name) => self.asked.remove((holder.clone(), name.clone())),
            RecordId::InventoryNumber(id) => self.inventory.remove(id.clone()),
            RecordId::Command(id) => self.commands.remove(id.clone()),
        }
    }

    /// The lists change with every event, so that a part of one is no longer its beginning.
    pub(crate) fn forget_lists(&mut self) {
        if let Extent::Parts(lists) = &mut self.extent {
            lists.retain(|_, loaded| *loaded == u32::MAX);
        }
    }

    fn list(&mut self, id: &RecordId, lists: Vec<(List, i64)>) {
        for (list, place) in lists {
            self.listed.entry(list).or_default().insert((place, id.clone()));
        }
    }

    fn unlist(&mut self, id: &RecordId) {
        let lists = match id {
            RecordId::Purchase(id) => self.purchases.present(id).map(record::of_purchase),
            RecordId::Number(id) => self.numbers.present(id).map(record::of_number),
            RecordId::Holder(id) => self.holders.present(id).map(record::of_holder),
            RecordId::Key(_)
            | RecordId::Owner(_)
            | RecordId::Asked(..)
            | RecordId::InventoryNumber(_)
            | RecordId::Command(_) => None,
        };
        for (list, place) in lists.into_iter().flatten() {
            if let Some(listed) = self.listed.get_mut(&list) {
                listed.remove(&(place, id.clone()));
                if listed.is_empty() {
                    self.listed.remove(&list);
                }
            }
        }
    }
}

impl From<Account> for Whole {
    fn from(account: Account) -> Self {
        Self { records: account.records().collect(), head: account.head }
    }
}

impl TryFrom<Whole> for Account {
    type Error = &'static str;
    fn try_from(Whole { head, records }: Whole) -> Result<Self, &'static str> {
        let mut account = Self::with(head, true);
        for record in records {
            if account.record(&record.id()).is_some() {
                return Err("an account has each record once");
            }
            account.insert(record);
        }
        Ok(account)
    }
}
