//! Decide: the events and the answer of a command. It changes nothing.

mod answer;
mod commands;
mod earlier;
mod kyc;
mod misuse;
mod purchase;
mod release;
mod renewals;
mod transfer;

use alloc::vec::Vec;

pub(crate) use answer::Stop;
pub use answer::{AnyAnswer, Decided, Decision, NamedAnswer, Noted, PurchaseAnswer, PurchaseError};
pub use misuse::Misuse;
pub(crate) use purchase::decide as decide_purchase;

use crate::base::timestamp::Timestamp;
use crate::evolve::touched;
use crate::market::offers::Offers;
use crate::records::{Account, Need};
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
    fn decide(&self, facts: &Facts<'_>) -> Result<Decision<Self::Answer>, Stop<Self::Error>>;
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

/// The events and the answer of a command, what must be known first, or the reason why there is no answer. Nothing
/// changes.
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
) -> Result<Decided<C::Answer>, C::Error> {
    let facts = Facts { shop, numbering, account, offers, now };
    let decision = match command.decide(&facts) {
        Ok(decision) => decision,
        Err(Stop::Error(error)) => return Err(error),
        Err(Stop::Load(needs)) => return Ok(Decided::Load { needs }),
        Err(Stop::Search(selector)) => return Ok(Decided::Search { selector }),
    };
    // The events must be applicable to what is loaded.
    let touched = decision.events.iter().flat_map(|event| touched(account, event));
    let mut needs: Vec<Need> = touched.filter(|id| !account.knows(id)).map(Need::from).collect();
    needs.sort_unstable();
    needs.dedup();
    Ok(if needs.is_empty() { Decided::Decision(decision) } else { Decided::Load { needs } })
}
