//! Events of the account itself.

use alloc::{boxed::Box, vec::Vec};

use crate::account::key::{Fingerprint, IdempotencyKey};
use crate::account::standing::CustomerTerms;
use crate::account::verification::Verification;
use crate::account::windows::WindowRules;
use crate::base::id::{AccountId, CommandId, HolderId, PurchaseId};
use crate::base::money::Money;
use crate::base::timestamp::Timestamp;
use crate::ledger::{Book, Posting};
use crate::purchase::{Agreement, AgreementOutline, AwaitingKyc, Failure};
use crate::records::ImportedNumber;
use crate::terms::payment::PaymentMethod;
use ringup_derive::data;

/// Something that has happened to the account itself.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AccountEvent {
    /// The account is opened. It is the first event of every history.
    AccountOpened {
        /// The id of the account.
        account: AccountId,
        /// The customer's terms.
        terms: CustomerTerms,
    },
    /// A holder was added, or what it may do has changed.
    HolderSet {
        /// The holder.
        holder: HolderId,
        /// Whether it may get numbers.
        allowed: bool,
        /// Whether its numbers count against the account's limits.
        counted: bool,
    },
    /// A number that was bought and paid before the account was opened here.
    NumberImported {
        /// The number.
        held: Box<ImportedNumber>,
    },
    /// A purchase passed all gates and begins. Payment by wallet: the amount due is held.
    PurchaseAccepted {
        /// The id of the new purchase.
        purchase: PurchaseId,
        /// What was agreed. It never changes.
        agreement: Box<Agreement>,
        /// The idempotency key of the request, if it had one.
        key: Option<IdempotencyKey>,
        /// Until when the key is remembered. Absent: as long as the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        key_until: Option<Timestamp>,
        /// What the shop's rules look back on.
        windows: WindowRules,
    },
    /// A request under a key passed the gates before KYC, and waits for the approval. Nothing is agreed, and no money is
    /// held.
    PurchaseAwaitsKyc {
        /// The id of the new purchase.
        purchase: PurchaseId,
        /// What would have been agreed now.
        agreement: Box<AgreementOutline>,
        /// The idempotency key of the request.
        key: IdempotencyKey,
        /// A repeat must have this fingerprint.
        fingerprint: Fingerprint,
        /// What it waits for.
        awaiting: AwaitingKyc,
    },
    /// The deadline for papers has passed while they were with the regulator: there is another one.
    KycWaitExtended {
        /// The waiting purchase.
        purchase: PurchaseId,
        /// The new deadline. Absent: none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
    },
    /// The wait for an approval has come to nothing. The purchase has failed, and its key is free.
    KycWaitEnded {
        /// The waiting purchase.
        purchase: PurchaseId,
        /// Why.
        failure: Failure,
        /// The key that is free again.
        key: Option<IdempotencyKey>,
    },
    /// How a verification stands was recorded. One that is not submitted is forgotten.
    VerificationRecorded {
        /// The verification, which replaces the one for the same country and type.
        verification: Box<Verification>,
    },
    /// A request under another key asked for the number of a pending purchase. The key is the purchase's as well.
    KeyJoined {
        /// The key.
        key: IdempotencyKey,
        /// The pending purchase.
        purchase: PurchaseId,
        /// A repeat must have this fingerprint.
        fingerprint: Fingerprint,
        /// Until when the key is remembered. Absent: as long as the account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
    },
    /// The time of a key is over: a request under it is a new one.
    KeyExpired {
        /// The key.
        key: IdempotencyKey,
        /// The instant at which it was found to be over.
        at: Timestamp,
    },
    /// Money was added to the wallet.
    WalletToppedUp {
        /// The command that added it; absent for what the wallet had when the account was opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        command: Option<CommandId>,
        /// The amount added.
        money: Money,
    },
    /// The customer's terms have changed.
    TermsChanged {
        /// The new terms, complete.
        terms: CustomerTerms,
    },
}

impl AccountEvent {
    /// The name in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AccountOpened { .. } => "account_opened",
            Self::HolderSet { .. } => "holder_set",
            Self::NumberImported { .. } => "number_imported",
            Self::PurchaseAccepted { .. } => "purchase_accepted",
            Self::PurchaseAwaitsKyc { .. } => "purchase_awaits_kyc",
            Self::KycWaitExtended { .. } => "kyc_wait_extended",
            Self::KycWaitEnded { .. } => "kyc_wait_ended",
            Self::VerificationRecorded { .. } => "verification_recorded",
            Self::KeyJoined { .. } => "key_joined",
            Self::KeyExpired { .. } => "key_expired",
            Self::WalletToppedUp { .. } => "wallet_topped_up",
            Self::TermsChanged { .. } => "terms_changed",
        }
    }

    /// The money that it moves between books. Postings may be zero.
    pub(super) fn postings(&self) -> Vec<Posting> {
        match self {
            Self::PurchaseAccepted { agreement, .. } => match agreement.payment {
                // The wallet is debited: the amount due is held until the purchase ends.
                PaymentMethod::Wallet => {
                    [Posting { from: Book::Wallet, to: Book::Holds, money: agreement.price.due_now }].into()
                }
                PaymentMethod::Checkout | PaymentMethod::Subscription | PaymentMethod::UsageInvoice => Vec::new(),
            },
            Self::WalletToppedUp { money, .. } => {
                [Posting { from: Book::Taken, to: Book::Wallet, money: *money }].into()
            }
            Self::NumberImported { held } => {
                [Posting { from: Book::Taken, to: Book::RentToRun, money: held.rent_to_run }].into()
            }
            Self::AccountOpened { .. }
            | Self::HolderSet { .. }
            | Self::PurchaseAwaitsKyc { .. }
            | Self::KycWaitExtended { .. }
            | Self::KycWaitEnded { .. }
            | Self::VerificationRecorded { .. }
            | Self::KeyJoined { .. }
            | Self::KeyExpired { .. }
            | Self::TermsChanged { .. } => Vec::new(),
        }
    }
}
