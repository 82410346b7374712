//! The ledger: double entry in each currency, balanced at every event.
//!
//! All money ever taken is in exactly one of the other books: taken = wallet + holds + setup fees + rent to run + rent
//! used + tax + other fees + refunds.

use alloc::collections::BTreeMap;

use crate::base::money::{Currency, Money, MoneyError};
use ringup_derive::data;

/// One account of the ledger.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[data]
#[serde(rename_all = "snake_case")]
pub enum Book {
    /// What the customer has paid, by any method. The only book that may go below zero, because money only leaves it.
    Taken,
    /// The customer's wallet balance.
    Wallet,
    /// Money of pending purchases.
    Holds,
    /// Setup fees that were earned.
    SetupFees,
    /// Paid rent whose period has not passed.
    RentToRun,
    /// Paid rent whose period has passed.
    RentUsed,
    /// Taxes owed to the state.
    Tax,
    /// Fees that are passed on to others.
    OtherFees,
    /// Money returned to where it came from.
    Refunds,
}

/// A movement of money between two books.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[data]
pub struct Posting {
    /// The book that the money leaves.
    pub from: Book,
    /// The book that the money enters.
    pub to: Book,
    /// The amount; more than zero in a stored posting.
    pub money: Money,
}

/// The balance of each book in each currency.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[data]
#[serde(transparent)]
pub struct Ledger {
    // A posting takes from one book what it adds to another, so the books of a currency sum to zero.
    balances: BTreeMap<Currency, BTreeMap<Book, Money>>,
}

/// Why a posting is impossible.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LedgerError {
    /// The book's balance would be negative. Only [`Book::Taken`]'s may be.
    Overdrawn(Book),
    /// A balance would exceed 2⁵³ − 1 minor units.
    Overflow,
}

impl Book {
    /// Every book, in the order in which money passes through them.
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

    /// The stable name in Rust, JSON and TypeScript: `rent_to_run`.
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
    /// The balance of a book in a currency; zero if it was never used.
    #[must_use]
    pub fn balance(&self, book: Book, currency: Currency) -> Money {
        let found = self.balances.get(&currency).and_then(|books| books.get(&book));
        found.copied().unwrap_or(Money::zero(currency))
    }

    /// The currencies with at least one book.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.balances.keys().copied()
    }

    /// The ledger after these postings. `self` is unchanged.
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
