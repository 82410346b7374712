//! What happens to the account itself.

use alloc::{boxed::Box, vec::Vec};

use crate::account::key::IdempotencyKey;
use crate::account::standing::CustomerTerms;
use crate::base::id::PurchaseId;
use crate::base::money::Money;
use crate::ledger::{Book, Posting};
use crate::purchase::Agreement;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// What has happened to the account itself.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AccountEvent {
    /// A purchase passed all gates, and begins. A wallet's money is held from here on.
    PurchaseAccepted {
        /// The purchase.
        purchase: PurchaseId,
        /// What was agreed.
        agreement: Box<Agreement>,
        /// Its key, if it has one.
        key: Option<IdempotencyKey>,
    },
    /// Money was added to the wallet.
    WalletToppedUp {
        /// How much.
        money: Money,
    },
    /// What the customer has arranged has changed.
    TermsChanged {
        /// All of it, as it is from now on.
        terms: CustomerTerms,
    },
}

impl AccountEvent {
    /// Its name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PurchaseAccepted { .. } => "purchase_accepted",
            Self::WalletToppedUp { .. } => "wallet_topped_up",
            Self::TermsChanged { .. } => "terms_changed",
        }
    }

    /// What it moves from book to book; some of it may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::PurchaseAccepted { purchase: _, agreement, key: _ } => match agreement.payment {
                // The wallet debit: what is due is held until the purchase ends.
                PaymentMethod::Wallet => {
                    [Posting { from: Book::Wallet, to: Book::Holds, money: agreement.price.due_now }].into()
                }
                PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice => Vec::new(),
            },
            Self::WalletToppedUp { money } => [Posting { from: Book::Taken, to: Book::Wallet, money: *money }].into(),
            Self::TermsChanged { .. } => Vec::new(),
        }
    }
}
