//! The head: what every decision about an account reads and writes. Its size does not grow with the account.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::ACCOUNT_FORMAT;
use crate::account::counts::Counts;
use crate::account::standing::CustomerTerms;
use crate::account::verification::Verification;
use crate::account::windows::Windows;
use crate::base::id::AccountId;
use crate::base::money::{Currency, Money};
use crate::base::read::{Place, Reader, checked_by};
use crate::ledger::{Book, Ledger};
use ringup_derive::data;

/// The head of an account.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct Head {
    // The stored format. An unknown one must be refused.
    #[serde(deserialize_with = "known_format")]
    #[read(with = "read_format")]
    format: u32,
    pub(crate) id: AccountId,
    /// The count of events so far. A decision names the version it was made on.
    pub(crate) version: u64,
    pub(crate) terms: CustomerTerms,
    /// At most one for each pair of country and type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) verifications: Vec<Verification>,
    /// How many holders were ever added.
    pub(crate) holders: u32,
    /// The numbers held.
    pub(crate) held: Counts,
    /// The numbers that a subscription pays for.
    pub(crate) subscribed: u32,
    /// The held numbers whose fee was declined.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) declined: u32,
    /// The pending purchases that count.
    pub(crate) pending: Counts,
    /// The purchases whose checkout is open.
    pub(crate) open_checkouts: u32,
    /// What the purchases that have not ended and the fees that are due may still take, per currency.
    pub(crate) may_take: BTreeMap<Currency, Money>,
    pub(crate) windows: Windows,
    pub(crate) ledger: Ledger,
}

impl Head {
    /// The head of a new account.
    pub(crate) fn new(id: AccountId, terms: CustomerTerms) -> Self {
        Self {
            format: ACCOUNT_FORMAT,
            id,
            version: 0,
            terms,
            verifications: Vec::new(),
            holders: 0,
            held: Counts::default(),
            subscribed: 0,
            declined: 0,
            pending: Counts::default(),
            open_checkouts: 0,
            may_take: BTreeMap::new(),
            windows: Windows::default(),
            ledger: Ledger::default(),
        }
    }

    /// The id of the account.
    #[must_use]
    pub const fn id(&self) -> &AccountId {
        &self.id
    }

    /// The count of events so far.
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Whether the books can add this amount to all that is pending.
    pub(crate) fn can_take(&self, money: Money) -> bool {
        let taken = self.ledger.balance(Book::Taken, money.currency());
        let pending = self.may_take.get(&money.currency()).copied().unwrap_or(Money::zero(money.currency()));
        let so_far = Money::zero(money.currency()).checked_sub(taken);
        so_far.and_then(|sum| sum.checked_add(pending)).and_then(|sum| sum.checked_add(money)).is_ok()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn known_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    this_format(serde::Deserialize::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

fn read_format(reader: &mut Reader<'_>, place: Place) -> Option<u32> {
    checked_by(reader, place, this_format)
}

fn this_format(format: u32) -> Result<u32, &'static str> {
    if format == ACCOUNT_FORMAT {
        return Ok(format);
    }
    Err("the account is stored in a format of another version of ringup-core; load it with that one")
}
