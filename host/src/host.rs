//! The host: the shop and the numbering plan for decisions, and the start of its machines.

use alloc::vec::Vec;
use ringup_core::{AccountId, NumberingPlan, Offers, Shop, WakeUp};

use crate::command::HostedCommand;
use crate::effects::{self, EffectStep};
use crate::request::{self, RequestStep};

/// The shop and the numbering plan that decisions use. Cheap to copy: make one per request.
#[derive(Clone, Copy, Debug)]
pub struct Host<'a> {
    pub(crate) shop: &'a Shop,
    pub(crate) numbering: &'a dyn NumberingPlan,
}

impl<'a> Host<'a> {
    /// Decides by this shop, and reads numbers with this plan.
    #[must_use]
    pub const fn new(shop: &'a Shop, numbering: &'a dyn NumberingPlan) -> Self {
        Self { shop, numbering }
    }

    /// Decides a command. Its answer is followed by the account's pending effects.
    #[must_use]
    pub fn submit<C: HostedCommand>(self, account: AccountId, command: C) -> RequestStep<'a, C> {
        self.submit_knowing(account, command, Offers::default())
    }

    /// The same, with earlier searches such as the customer's own.
    #[must_use]
    pub fn submit_knowing<C: HostedCommand>(
        self,
        account: AccountId,
        command: C,
        offers: Offers,
    ) -> RequestStep<'a, C> {
        request::begin(self, account, command, offers)
    }

    /// Runs what is due in an account. An early, late or repeated call is harmless.
    #[must_use]
    pub fn wake_up(self, account: AccountId) -> RequestStep<'a, WakeUp> {
        self.submit(account, WakeUp { records: Vec::new() })
    }

    /// Runs an account's pending effects, and nothing else.
    #[must_use]
    pub fn run_effects(self, account: AccountId) -> EffectStep<'a> {
        effects::begin(self, account)
    }
}
