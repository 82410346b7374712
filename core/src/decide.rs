//! `decide`: what should happen. It looks and answers; it changes nothing.

mod answer;
mod commands;
mod earlier;
mod misuse;
mod purchase;

use alloc::vec::Vec;

pub use answer::{AnyAnswer, Decision, Noted, PurchaseAnswer, PurchaseError};
pub use misuse::Misuse;
pub(crate) use purchase::decide as decide_purchase;

use crate::base::timestamp::Timestamp;
use crate::effect::Effect;
use crate::market::offers::Offers;
use crate::purchase::Purchase;
use crate::records::{Account, HeldNumber};
use crate::shop::Shop;
use ringup_numbering::NumberingPlan;

/// What is asked of an account. Only the core knows commands; [`AnyCommand`](crate::AnyCommand) is any of them.
pub trait Command {
    /// What is said to whoever asked.
    type Answer;

    /// Why there may be no answer: only a purchase can be refused, everything else is taken unless it is a [`Misuse`].
    type Error;

    /// How [`decide`] answers it.
    #[doc(hidden)]
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Self::Answer>, Self::Error>;
}

/// What a decision looks at.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) numbering: &'a dyn NumberingPlan,
    pub(crate) account: &'a Account,
    pub(crate) offers: &'a Offers,
    pub(crate) now: Timestamp,
}

/// The events and the answer of a decision, or why there is none; nothing changes then.
///
/// # Errors
/// By who must act: of a purchase the [`Rejection`](crate::Rejection) of the first gate that is blocked, which is the
/// customer's; of any command a [`Misuse`], which is the host's.
pub fn decide<C: Command>(
    shop: &Shop,
    numbering: &dyn NumberingPlan,
    account: &Account,
    offers: &Offers,
    command: &C,
    now: Timestamp,
) -> Result<Decision<C::Answer>, C::Error> {
    command.decide(&Facts { shop, numbering, account, offers, now })
}

/// When the host must look again: the earliest instant at which an effect may be run or a [`WakeUp`](crate::WakeUp) changes
/// something.
#[must_use]
pub fn due(account: &Account) -> Option<Timestamp> {
    let effects = account.owed().into_iter().map(|effect| effect.not_before);
    let checkouts =
        account.in_flight.iter().filter_map(|id| account.purchases.get(id)).filter_map(Purchase::checkout_expires_at);
    let releasing = account.releasing.iter().filter_map(|id| account.numbers.get(id));
    effects.chain(checkouts).chain(releasing.filter_map(HeldNumber::release_due_at)).min()
}

/// What the host must do, now or later. Derived from the account alone, so that a restart needs no other memory.
#[must_use]
pub fn owed(account: &Account) -> Vec<Effect> {
    account.owed()
}
