//! The ledger: double entry in each currency, balanced at every event.
//!
//! All money that was ever taken stands in exactly one of the other books:
//! taken = wallet + holds + setup fees + rent still to run + rent used + tax + other fees + refunds.

use alloc::collections::BTreeMap;

use crate::base::money::{Currency, Money, MoneyError};
use ringup_derive::data;

/// A book of the ledger.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Book {
    /// What the customer has paid, in any way. The one book that money comes out of and never goes into.
    Taken,
    /// The customer's balance.
    Wallet,
    /// Money of purchases on their way.
    Holds,
    /// Non-recurring charges.
    SetupFees,
    /// Rent that was paid and whose time is still to run.
    RentToRun,
    /// Rent whose time is over.
    RentUsed,
    /// Taxes, which are the state's.
    Tax,
    /// Fees that are passed on to others.
    OtherFees,
    /// Money given back to where it came from.
    Refunds,
}

/// Money that moved from one book to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
pub struct Posting {
    /// Out of this book.
    pub from: Book,
    /// Into this one.
    pub to: Book,
    /// How much; above nought.
    pub money: Money,
}

/// The books' balances.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(transparent)]
pub struct Ledger {
    // Every posting takes from one book what it gives to another, so each currency's books add up to nought.
    balances: BTreeMap<Currency, BTreeMap<Book, Money>>,
}

/// Why a posting cannot be made.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LedgerError {
    /// The book would owe money; only [`Book::Taken`] may.
    Overdrawn(Book),
    /// A sum is too large.
    Overflow,
}

impl Book {
    /// All of them, in the order in which money passes through them.
    pub const ALL: [Self; 9] = [
        Self::Taken,
        Self::Wallet,
        Self::Holds,
        Self::SetupFees,
        Self::RentToRun,
        Self::RentUsed,
        Self::Tax,
        Self::OtherFees,
        Self::Refunds,
    ];

    /// Its stable name, the same in Rust, JSON and TypeScript.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Wallet => "wallet",
            Self::Holds => "holds",
            Self::SetupFees => "setup_fees",
            Self::RentToRun => "rent_to_run",
            Self::RentUsed => "rent_used",
            Self::Tax => "tax",
            Self::OtherFees => "other_fees",
            Self::Refunds => "refunds",
        }
    }
}

impl Ledger {
    /// A book's balance in a currency.
    #[must_use]
    pub fn balance(&self, book: Book, currency: Currency) -> Money {
        let found = self.balances.get(&currency).and_then(|books| books.get(&book));
        found.copied().unwrap_or(Money::zero(currency))
    }

    /// The currencies that the ledger has books in.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.balances.keys().copied()
    }

    /// The ledger after these postings; on error, this one is as before.
    pub(crate) fn after(&self, postings: &[Posting]) -> Result<Self, LedgerError> {
        let mut next = self.clone();
        for posting in postings {
            let currency = posting.money.currency();
            let from = next.balance(posting.from, currency).checked_sub(posting.money)?;
            if from.minor_units() < 0 && posting.from != Book::Taken {
                return Err(LedgerError::Overdrawn(posting.from));
            }
            let books = next.balances.entry(currency).or_default();
            books.insert(posting.from, from);
            let to = next.balance(posting.to, currency).checked_add(posting.money)?;
            next.balances.entry(currency).or_default().insert(posting.to, to);
        }
        Ok(next)
    }
}

impl core::fmt::Display for LedgerError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Overdrawn(book) => write!(f, "the book `{}` would owe money", book.name()),
            Self::Overflow => f.write_str("a sum is larger than 9007199254740991 minor units"),
        }
    }
}

impl core::error::Error for LedgerError {}

impl From<MoneyError> for LedgerError {
    fn from(_: MoneyError) -> Self {
        Self::Overflow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(minor_units: i64) -> Money {
        Money::new(minor_units, "USD".parse().unwrap()).unwrap()
    }

    #[test]
    fn only_taken_may_owe() {
        let top_up = Posting { from: Book::Taken, to: Book::Wallet, money: usd(100) };
        let hold = |money| Posting { from: Book::Wallet, to: Book::Holds, money };
        let ledger = Ledger::default().after(&[top_up, hold(usd(60))]).unwrap();
        assert_eq!(ledger.balance(Book::Wallet, usd(0).currency()), usd(40));
        assert_eq!(ledger.balance(Book::Taken, usd(0).currency()), usd(-100));
        assert_eq!(ledger.after(&[hold(usd(41))]), Err(LedgerError::Overdrawn(Book::Wallet)));
        assert!(ledger.after(&[hold(usd(40))]).is_ok());
    }
}
