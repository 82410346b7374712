//! Behaviour: what every state of a purchase must define.

use alloc::vec::Vec;

use super::{Agreement, Context, State};
use crate::base::id::{CheckoutId, PurchaseId};
use crate::base::timestamp::Timestamp;
use crate::effect::{Outcome, Owed};
use crate::event::PurchaseEvent;
use crate::history::Impossible;
use crate::market::offers::OfferedNumber;

/// A state's facts and answers. There are no defaults: a new state must answer everything, and every state must answer
/// a new fact, command or event.
pub(super) trait Behaviour {
    /// The facts that hold in the state.
    fn facts(&self) -> Facts<'_>;

    /// The pending effect, to be run now or later.
    fn owed(&self, id: &PurchaseId, agreement: &Agreement) -> Option<Owed>;

    /// The events that a command causes.
    fn on(&self, command: &PurchaseCommand<'_>, context: &Context<'_>) -> Vec<PurchaseEvent>;

    /// The state after an event.
    fn evolve(&self, event: &PurchaseEvent, agreement: &Agreement) -> Result<State, Impossible>;
}

/// What holds in a state.
pub(super) struct Facts<'a> {
    /// The state's name in JSON.
    pub(super) name: &'static str,
    /// The names of the events that can happen in it.
    pub(super) expects: &'static [&'static str],
    /// How far the purchase is.
    pub(super) phase: Phase,
    /// When the open checkout expires. From this instant an unpaid purchase counts for no limit and no window.
    pub(super) checkout_expires_at: Option<Timestamp>,
    /// The number being bought, from its reservation until it is bought or undone.
    pub(super) offer: Option<&'a OfferedNumber>,
}

/// How far a purchase is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Phase {
    /// Not accepted yet: it waits for KYC.
    Waiting,
    /// Pending.
    UnderWay,
    /// It is being undone.
    Undoing,
    /// It has ended.
    Settled,
}

/// A command to a purchase.
#[expect(clippy::enum_variant_names, reason = "they are the names of the commands")]
pub(crate) enum PurchaseCommand<'a> {
    /// The pending effect has ended with this outcome.
    RecordOutcome(&'a Outcome),
    /// The customer has paid at the checkout. The command may arrive before the page is known to be open, after the
    /// purchase has failed, and twice.
    RecordCheckoutPaid(&'a CheckoutId),
    /// The payment at the checkout was declined, or the customer abandoned it.
    RecordCheckoutDeclined(&'a CheckoutId),
}
