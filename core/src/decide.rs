//! Decide: the events and the answer of a command. It changes nothing.

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

/// A command to an account. The trait is sealed; [`AnyCommand`](crate::AnyCommand) is any of them.
pub trait Command {
    /// What the caller is told.
    type Answer;

    /// Why there is no answer. Only a purchase can be refused; every other command fails only by a [`Misuse`].
    type Error;

    /// The answer of [`decide`] to this command.
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

/// The events and the answer of a command, or the reason why there is none. Nothing changes.
///
/// # Errors
/// By who acts: a purchase may get the [`Rejection`](crate::Rejection) of the first blocked gate, for the customer;
/// every command may get a [`Misuse`], for the host.
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

/// When the host wakes the account next: the earliest instant at which an effect may run or a [`WakeUp`](crate::WakeUp)
/// changes something.
#[must_use]
pub fn due(account: &Account) -> Option<Timestamp> {
    let effects = account.owed().into_iter().map(|effect| effect.not_before);
    let checkouts =
        account.in_flight.iter().filter_map(|id| account.purchases.get(id)).filter_map(Purchase::checkout_expires_at);
    let releasing = account.releasing.iter().filter_map(|id| account.numbers.get(id));
    effects.chain(checkouts).chain(releasing.filter_map(HeldNumber::release_due_at)).min()
}

/// The pending effects, to be run now or later. They follow from the account alone, so a restart needs no other memory.
#[must_use]
pub fn owed(account: &Account) -> Vec<Effect> {
    account.owed()
}
