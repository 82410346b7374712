//! Records: what a host stores of an account besides its head, one by one.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::command::NamedCommand;
use super::held_number::HeldNumber;
use super::holder::Holder;
use crate::account::key::{IdempotencyKey, KeyRecord};
use crate::base::id::{CommandId, HolderId, InventoryId, PurchaseId};
use crate::base::timestamp::Timestamp;
use crate::effect::Effect;
use crate::market::offers::OfferedNumber;
use crate::market::selector::Selector;
use crate::purchase::Purchase;
use ringup_derive::data;
use ringup_numbering::E164;

/// A stored part of an account.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(tag = "record", rename_all = "snake_case")]
pub enum Record {
    /// A purchase of any state.
    Purchase(Purchase),
    /// A number that is or was held.
    Number(HeldNumber),
    /// An idempotency key that was used.
    Key(KeyRecord),
    /// A holder.
    Holder(Holder),
    /// Who has a number.
    Owner(Owner),
    /// A pending purchase, by the number that it asks for.
    Asked(Asked),
    /// Which number an inventory id names.
    InventoryNumber(InventoryNumber),
    /// A command that was carried out.
    Command(NamedCommand),
}

/// The purchase that has a number: reserved, or bought and not released.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The number.
    pub number: E164,
    /// The purchase.
    pub purchase: PurchaseId,
}

/// The number that an inventory id names, while the account has the number.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct InventoryNumber {
    /// The id in the inventory.
    pub inventory_id: InventoryId,
    /// The number.
    pub number: E164,
}

/// The pending purchase that asks for one number for a holder. A repeat joins it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The holder that the number is for.
    pub holder: Option<HolderId>,
    /// The number, by one of its names.
    pub name: NumberName,
    /// The purchase.
    pub purchase: PurchaseId,
}

/// A name of one number.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[data(undescribed)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum NumberName {
    /// Its E.164 form.
    Number {
        /// The number.
        number: E164,
    },
    /// Its id in the inventory.
    InventoryId {
        /// The id.
        inventory_id: InventoryId,
    },
}

/// The id of a record in its account. Its text is fit for a primary key: `purchase/p1`.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(try_from = "String", into = "String")]
#[read(instead = "Self::Purchase(PurchaseId::unread())")]
#[schemars(with = "String")]
#[ts(type = "string")]
pub enum RecordId {
    /// A purchase.
    Purchase(PurchaseId),
    /// A held number, by the purchase that bought it.
    Number(PurchaseId),
    /// An idempotency key.
    Key(IdempotencyKey),
    /// A holder.
    Holder(HolderId),
    /// The owner of a number.
    Owner(E164),
    /// The pending purchase of one number for a holder.
    Asked(Option<HolderId>, NumberName),
    /// Which number an inventory id names.
    InventoryNumber(InventoryId),
    /// A command that was carried out.
    Command(CommandId),
}

/// The text is not the id of a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownRecord;

/// A list of records, in an order. The host keeps an index for each.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data(undescribed)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// The purchases with an open checkout, by its expiry.
    OpenCheckouts,
    /// The purchases and numbers that are due, by the instant.
    Due,
    /// The purchases that wait for KYC, by the instant of their request.
    AwaitingKyc,
    /// The holders that may get numbers, in the order in which they were added.
    Holders,
    /// The numbers held, by the instant of the activation.
    Held,
    /// The numbers held whose fee was declined, by the begin of the unpaid period.
    Declined,
}

impl List {
    /// The stable name in Rust and JSON: `open_checkouts`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenCheckouts => "open_checkouts",
            Self::Due => "due",
            Self::AwaitingKyc => "awaiting_kyc",
            Self::Holders => "holders",
            Self::Held => "held",
            Self::Declined => "declined",
        }
    }
}

impl Record {
    /// The id in its account.
    #[must_use]
    pub fn id(&self) -> RecordId {
        match self {
            Self::Purchase(purchase) => RecordId::Purchase(purchase.id.clone()),
            Self::Number(number) => RecordId::Number(number.purchase.clone()),
            Self::Key(key) => RecordId::Key(key.key.clone()),
            Self::Holder(holder) => RecordId::Holder(holder.id.clone()),
            Self::Owner(owner) => RecordId::Owner(owner.number),
            Self::Asked(Asked { holder, name, .. }) => RecordId::Asked(holder.clone(), name.clone()),
            Self::InventoryNumber(known) => RecordId::InventoryNumber(known.inventory_id.clone()),
            Self::Command(command) => RecordId::Command(command.id.clone()),
        }
    }

    /// The lists that it is in, and its place in each: an instant in milliseconds, or a count.
    #[must_use]
    pub fn lists(&self) -> Vec<(List, i64)> {
        match self {
            Self::Purchase(purchase) => of_purchase(purchase),
            Self::Number(number) => of_number(number),
            Self::Holder(holder) => of_holder(holder),
            Self::Key(_) | Self::Owner(_) | Self::Asked(_) | Self::InventoryNumber(_) | Self::Command(_) => Vec::new(),
        }
    }
}

pub(super) fn of_purchase(purchase: &Purchase) -> Vec<(List, i64)> {
    let due = purchase.due().map(|at| (List::Due, at.as_millis()));
    let open = purchase.checkout_expires_at().map(|at| (List::OpenCheckouts, at.as_millis()));
    let waiting = purchase.awaiting_kyc();
    let waiting = waiting.map(|_| (List::AwaitingKyc, purchase.agreement.accepted_at().as_millis()));
    due.into_iter().chain(open).chain(waiting).collect()
}

pub(super) fn of_number(number: &HeldNumber) -> Vec<(List, i64)> {
    let due = number.due().map(|at| (List::Due, at.as_millis()));
    let held = (!number.is_released()).then(|| (List::Held, number.activated_at.as_millis()));
    let past_due = number.renewal.as_ref().filter(|_| number.is_past_due());
    let declined = past_due.map(|renewal| (List::Declined, number.renewed_until(renewal).as_millis()));
    due.into_iter().chain(held).chain(declined).collect()
}

pub(super) fn of_holder(holder: &Holder) -> Vec<(List, i64)> {
    holder.allowed.then(|| (List::Holders, i64::from(holder.nth))).into_iter().collect()
}

/// When the host wakes the record up: the earliest instant at which its effect may run or a [`WakeUp`](crate::WakeUp)
/// changes something.
#[must_use]
pub fn due(record: &Record) -> Option<Timestamp> {
    match record {
        Record::Purchase(purchase) => purchase.due(),
        Record::Number(number) => number.due(),
        Record::Key(_)
        | Record::Holder(_)
        | Record::Owner(_)
        | Record::Asked(_)
        | Record::InventoryNumber(_)
        | Record::Command(_) => None,
    }
}

/// The pending effect of a record, to be run now or later. It follows from the record alone, so a restart needs no other
/// memory.
#[must_use]
pub fn owed(record: &Record) -> Option<Effect> {
    match record {
        Record::Purchase(purchase) => purchase.owed(),
        Record::Number(number) => number.owed(),
        Record::Key(_)
        | Record::Holder(_)
        | Record::Owner(_)
        | Record::Asked(_)
        | Record::InventoryNumber(_)
        | Record::Command(_) => None,
    }
}

impl NumberName {
    /// The name that a selector of one number has.
    pub(crate) fn of(selector: &Selector) -> Option<Self> {
        match selector {
            Selector::Exact { number } => Some(Self::Number { number: *number }),
            Selector::Inventory { inventory_id } => Some(Self::InventoryId { inventory_id: inventory_id.clone() }),
            Selector::Any { .. } | Selector::AreaCode { .. } | Selector::Pattern { .. } => None,
        }
    }

    /// Both names of an offered number.
    pub(crate) fn both(offer: &OfferedNumber) -> [Self; 2] {
        [Self::Number { number: offer.number }, Self::InventoryId { inventory_id: offer.inventory_id.clone() }]
    }
}

impl RecordId {
    /// The purchase, if it is the id of one.
    #[must_use]
    pub const fn purchase(&self) -> Option<&PurchaseId> {
        match self {
            Self::Purchase(id) => Some(id),
            Self::Number(_)
            | Self::Key(_)
            | Self::Holder(_)
            | Self::Owner(_)
            | Self::Asked(..)
            | Self::InventoryNumber(_)
            | Self::Command(_) => None,
        }
    }

    /// The holder, if it is the id of one.
    #[must_use]
    pub const fn holder(&self) -> Option<&HolderId> {
        match self {
            Self::Holder(id) => Some(id),
            Self::Purchase(_)
            | Self::Number(_)
            | Self::Key(_)
            | Self::Owner(_)
            | Self::Asked(..)
            | Self::InventoryNumber(_)
            | Self::Command(_) => None,
        }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Purchase(id) => write!(f, "purchase/{id}"),
            Self::Number(id) => write!(f, "number/{id}"),
            Self::Key(key) => write!(f, "key/{}", key.as_str()),
            Self::Holder(id) => write!(f, "holder/{id}"),
            Self::Owner(number) => write!(f, "owner/{number}"),
            Self::InventoryNumber(id) => write!(f, "inventory/{id}"),
            Self::Command(id) => write!(f, "command/{id}"),
            // No identifier has a slash.
            Self::Asked(holder, name) => {
                let holder = holder.as_ref().map_or("", HolderId::as_str);
                match name {
                    NumberName::Number { number } => write!(f, "asked/{holder}/number/{number}"),
                    NumberName::InventoryId { inventory_id } => write!(f, "asked/{holder}/inventory/{inventory_id}"),
                }
            }
        }
    }
}

impl FromStr for RecordId {
    type Err = UnknownRecord;
    fn from_str(text: &str) -> Result<Self, UnknownRecord> {
        fn read<T: FromStr>(text: &str) -> Result<T, UnknownRecord> {
            text.parse().map_err(|_| UnknownRecord)
        }
        let (kind, id) = text.split_once('/').ok_or(UnknownRecord)?;
        match kind {
            "purchase" => read(id).map(Self::Purchase),
            "number" => read(id).map(Self::Number),
            "key" => IdempotencyKey::read(id, u32::MAX).map(Self::Key).ok_or(UnknownRecord),
            "holder" => read(id).map(Self::Holder),
            "owner" => read(id).map(Self::Owner),
            "inventory" => read(id).map(Self::InventoryNumber),
            "command" => read(id).map(Self::Command),
            "asked" => {
                let mut parts = id.splitn(3, '/');
                let holder = parts.next().filter(|holder| !holder.is_empty()).map(read).transpose()?;
                let name = match (parts.next(), parts.next()) {
                    (Some("number"), Some(number)) => NumberName::Number { number: read(number)? },
                    (Some("inventory"), Some(id)) => NumberName::InventoryId { inventory_id: read(id)? },
                    _ => return Err(UnknownRecord),
                };
                Ok(Self::Asked(holder, name))
            }
            _ => Err(UnknownRecord),
        }
    }
}

impl TryFrom<String> for RecordId {
    type Error = UnknownRecord;
    fn try_from(text: String) -> Result<Self, UnknownRecord> {
        text.parse()
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.to_string()
    }
}

impl fmt::Display for UnknownRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a record is named `KIND/ID`: `purchase/p1`, `number/p1`, `key/K`, `holder/h`, `owner/+14045550100`",
        )
    }
}

impl core::error::Error for UnknownRecord {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back() {
        for text in [
            "purchase/p1",
            "number/p1",
            "key/a/b c",
            "holder/h",
            "owner/+14045550100",
            "asked//number/+14045550100",
            "asked/h/inventory/inv-1",
            "inventory/inv-1",
            "command/c1",
        ] {
            assert_eq!(text.parse::<RecordId>().map(String::from), Ok(text.into()));
        }
        for text in ["", "purchase", "purchase/", "nothing/p1", "owner/x", "asked/h/x/y", "asked/h/number"] {
            assert_eq!(text.parse::<RecordId>(), Err(UnknownRecord), "{text}");
        }
    }
}
