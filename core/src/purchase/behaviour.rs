//! What every state of a purchase must say.

use alloc::vec::Vec;

use super::{Agreement, Context, State};
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::timestamp::Timestamp;
use crate::command::Finding;
use crate::effect::{Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;

/// A state's facts and its answers. Nothing has a default: a state that is added answers everything, and a fact, a command
/// or an event that is added is answered by every state.
pub(super) trait Behaviour {
    /// What holds in it.
    fn facts(&self) -> Facts<'_>;

    /// What the host must do in it, now or later.
    fn owed(&self, id: &PurchaseId, agreement: &Agreement) -> Option<Owed>;

    /// What a command brings about.
    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent>;

    /// The state after an event.
    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Result<State, Impossible>;
}

/// What holds in a state.
pub(super) struct Facts<'a> {
    /// The state's name in JSON.
    pub(super) name: &'static str,
    /// The events that can happen in it, by name.
    pub(super) expects: &'static [&'static str],
    /// How far the purchase is.
    pub(super) phase: Phase,
    /// When the open checkout expires: an unpaid one counts for no limit or window from then on.
    pub(super) checkout_expires_at: Option<Timestamp>,
    /// The number that is being bought, from its reservation until it is bought or undone.
    pub(super) offer: Option<&'a OfferedNumber>,
}

/// How far a purchase is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Phase {
    /// It is on its way, and no order is out.
    UnderWay,
    /// An order is out at the carrier, or about to be.
    Ordering,
    /// What was done for it is being undone.
    Undoing,
    /// It waits for a manual review.
    InReview,
    /// It has come to its end.
    Settled,
}

/// What a purchase is told.
pub(crate) enum PurchaseCommand<'a> {
    /// The effect that is owed has ended so.
    RecordOutcome(&'a Outcome),
    /// The customer has paid at the checkout. It may be told before we have heard that the page is open, when the purchase
    /// has already failed, and twice.
    RecordCheckoutPaid(&'a CheckoutId),
    /// The payment at the checkout was declined or given up.
    RecordCheckoutDeclined(&'a CheckoutId),
    /// A manual review has found this.
    Resolve(Finding),
}
