//! The host: it decides commands, stores their events, and runs what is owed until nothing can go on before later.

use ringup_core::{
    AccountId, Command, Decision, EVENT_FORMAT, MakePurchase, Misuse, OfferedNumber, Offers, PurchaseAnswer,
    PurchaseId, RecordCheckoutDeclined, RecordCheckoutPaid, RecordOutcome, Rejection, Search, Selector, Timestamp,
    WakeUp, decide, due, evolve, owed,
};
use ringup_numbering::WorldPlan;
use serde_json::json;

use super::{Customer, Customers, HostError, NotDone, StoredEvent, Unanswered};
use crate::fault::{Exchange, Faults, STORE};
use crate::webhooks::Happening;
use crate::world::{Checkout, CheckoutStatus, World};

/// How long what a search has found counts.
const SEARCH_LIFETIME_S: u32 = 1800;

/// How often a decision is taken again: for a search that it asked for, or because it was stale.
const DECISIONS_MAX: usize = 8;

/// How many effects one step runs at the most; what is left over is run by the next one.
const EFFECTS_MAX: usize = 10_000;

/// How many instants one advance stops at before it goes straight to its end.
const STOPS_MAX: usize = 100_000;

/// The retailer's side of the simulation, and the world that it acts on.
#[derive(Clone, Debug)]
pub struct Host {
    /// The carrier, the payment provider and the clock.
    pub world: World,
    /// What goes wrong between the retailer and them.
    pub faults: Faults,
    /// The accounts.
    pub customers: Customers,
    /// The base address under which the server is reached.
    pub(crate) public_url: String,
    /// Decisions whose events did not fit their account: there must never be one.
    pub broken: Vec<String>,
}

impl Host {
    /// A retailer without customers.
    #[must_use]
    pub const fn new(world: World, faults: Faults, customers: Customers, public_url: String) -> Self {
        Self { world, faults, customers, public_url, broken: Vec::new() }
    }

    /// Decides a command and stores what follows from it. Effects are left to [`Self::run`].
    ///
    /// # Errors
    /// The core does not take the command, or the retailer has failed; nothing has then changed.
    pub fn submit<C: Command>(&mut self, account: &AccountId, command: &C) -> Result<C::Answer, Unanswered<C::Error>>
    where
        C::Error: From<Misuse>,
    {
        for _ in 0..DECISIONS_MAX {
            let decision = self.decided(account, &Offers::default(), command)?;
            match self.store(account, &decision) {
                Ok(()) => return Ok(decision.answer),
                Err(HostError::Stale) => {}
                Err(error @ (HostError::Off | HostError::Broken)) => return Err(error.into()),
            }
        }
        Err(HostError::Stale.into())
    }

    /// Decides a purchase, searches where the core asks for it, and stores what follows. Effects are left to [`Self::run`].
    ///
    /// # Errors
    /// The purchase is refused, or the retailer has failed; nothing has then changed.
    pub(super) fn buy(&mut self, account: &AccountId, command: &MakePurchase) -> Result<Bought, NotDone<Rejection>> {
        let searches = self.customers.get(account).map(|customer| customer.searches.clone());
        let mut offers = Offers { searches: searches.unwrap_or_default() };
        for _ in 0..DECISIONS_MAX {
            let decision = self.decided(account, &offers, command)?;
            let bought = match &decision.answer {
                PurchaseAnswer::Accepted { purchase } => Bought { purchase: purchase.clone(), repeated: false },
                PurchaseAnswer::Repeated { purchase } => Bought { purchase: purchase.clone(), repeated: true },
                PurchaseAnswer::SearchFirst { selector } => {
                    let search = self.search_of(account, selector)?;
                    offers.searches.push(search);
                    continue;
                }
            };
            match self.store(account, &decision) {
                Ok(()) => return Ok(bought),
                Err(HostError::Stale) => {}
                Err(error @ (HostError::Off | HostError::Broken)) => return Err(NotDone::Failed(error.into())),
            }
        }
        Err(NotDone::Failed(HostError::Stale.into()))
    }

    fn decided<C: Command>(
        &self,
        account: &AccountId,
        offers: &Offers,
        command: &C,
    ) -> Result<Decision<C::Answer>, Unanswered<C::Error>>
    where
        C::Error: From<Misuse>,
    {
        if self.is_off() {
            return Err(HostError::Off.into());
        }
        let customer = self.customer(account).map_err(|misuse| Unanswered::Command(misuse.into()))?;
        let decided = decide(customer.system.shop, &WorldPlan, &customer.account, offers, command, self.world.now());
        decided.map_err(Unanswered::Command)
    }

    /// The customer of this account, or that there is none.
    pub(super) fn customer(&self, account: &AccountId) -> Result<&Customer, Misuse> {
        self.customers.get(account).ok_or_else(|| Misuse::AccountUnknown { account: account.clone() })
    }

    /// All that the account's dialect has in stock of what is asked for.
    fn search_of(&self, account: &AccountId, selector: &Selector) -> Result<Search, Unanswered<Misuse>> {
        let dialect = self.customer(account).map_err(Unanswered::Command)?.system.id;
        Ok(self.search(dialect, selector.clone(), usize::MAX))
    }

    /// Searches a dialect's stock, and says when it was seen and how long that counts.
    #[must_use]
    pub fn search(&self, dialect: &'static str, selector: Selector, numbers_max: usize) -> Search {
        let seen_at = self.world.now();
        let numbers: Vec<OfferedNumber> = self.world.search(dialect, &selector).take(numbers_max).cloned().collect();
        Search { selector, seen_at, expires_at: seen_at.plus_seconds(SEARCH_LIFETIME_S), numbers }
    }

    /// Stores a decision's events together or not at all, and only on the version that it was taken on.
    fn store<A>(&mut self, account: &AccountId, decision: &Decision<A>) -> Result<(), HostError> {
        let at = self.world.now();
        // Whoever was there when it was decided has gone since.
        let customer = self.customers.get_mut(account).ok_or(HostError::Stale)?;
        if customer.account.version() != decision.version {
            return Err(HostError::Stale);
        }
        let dialect = customer.system.id;
        let before = (1 < decision.events.len()).then(|| customer.account.clone());
        for event in &decision.events {
            if let Err(error) = evolve(&mut customer.account, event) {
                // A single event has changed nothing.
                if let Some(before) = before {
                    customer.account = before;
                }
                tracing::error!(%account, %error, "a decision does not fit its account");
                self.broken.push(error.to_string());
                return Err(HostError::Broken);
            }
        }
        let mut happened = Vec::new();
        for event in &decision.events {
            let seq = u64::try_from(customer.events.len()).unwrap_or(u64::MAX).saturating_add(1);
            customer.events.push(StoredEvent { format: EVENT_FORMAT, seq, at, event: event.clone() });
            happened.extend(Happening::of(event).map(|happening| (seq, happening)));
        }
        for (seq, happening) in happened {
            self.tell_of_event(account, seq, &happening);
        }
        self.faults.step(Exchange { dialect, account, action: STORE });
        Ok(())
    }

    /// Runs what an account owes and may be run now, until nothing is left of it.
    pub fn run(&mut self, account: &AccountId) {
        for _ in 0..EFFECTS_MAX {
            if self.is_off() {
                return;
            }
            let now = self.world.now();
            let Some(customer) = self.customers.get(account) else { return };
            let Some(effect) = owed(&customer.account).into_iter().find(|effect| effect.not_before <= now) else {
                return;
            };
            let outcome = self.exchange(account, &effect);
            tracing::debug!(effect = %effect.id, outcome = %json!(outcome), "ran");
            if self.submit(account, &RecordOutcome { effect: effect.id, outcome }).is_err() {
                return;
            }
        }
    }

    /// Hears from the payment provider which checkouts were paid or declined. A message counts as heard when what follows
    /// from it is stored; until then the provider sends it again.
    pub fn hear_of_payments(&mut self) {
        for Checkout { id: checkout, key, account, status, .. } in self.world.unacknowledged_checkouts() {
            let purchase = key.purchase;
            let heard = match status {
                CheckoutStatus::Paid => {
                    self.submit(&account, &RecordCheckoutPaid { purchase, checkout: checkout.clone() })
                }
                CheckoutStatus::Declined => {
                    self.submit(&account, &RecordCheckoutDeclined { purchase, checkout: checkout.clone() })
                }
                CheckoutStatus::Open | CheckoutStatus::Expired => continue,
            };
            if heard.is_ok() {
                self.world.acknowledge_checkout(&checkout);
                self.run(&account);
            }
        }
    }

    /// Drives everything that is due: hears of payments, sends the wake-ups, runs what is owed.
    pub fn pump(&mut self) {
        self.hear_of_payments();
        let now = self.world.now();
        let is_due = |instant: Timestamp| instant <= now;
        let customers = self.customers.all().filter(|customer| due(&customer.account).is_some_and(is_due));
        let accounts: Vec<AccountId> = customers.map(|customer| customer.account.id().clone()).collect();
        for account in accounts {
            // A wake-up is never refused; one that was not heard is sent again.
            let _ = self.submit(&account, &WakeUp);
            self.run(&account);
        }
    }

    /// Moves the clock, and stops at every instant at which something is due, so that it happens in order.
    pub fn advance_to(&mut self, end: Timestamp) {
        for _ in 0..STOPS_MAX {
            let now = self.world.now();
            let next =
                self.customers.all().filter_map(|customer| due(&customer.account)).filter(|due| now < *due).min();
            let Some(next) = next.filter(|next| *next < end) else { break };
            self.world.clock.advance_to(next);
            self.pump();
        }
        self.world.clock.advance_to(end);
        self.pump();
    }
}

/// A purchase that is accepted, now or before.
pub(super) struct Bought {
    pub(super) purchase: PurchaseId,
    /// Whether the request repeated or joined an earlier one.
    pub(super) repeated: bool,
}

#[cfg(test)]
mod tests {
    use ringup_core::{Actor, TopUp};

    use super::*;
    use crate::{Config, Simulation};

    /// A retailer with a customer who is new, and what that customer would add to the wallet.
    fn vobiz() -> (Simulation, AccountId, TopUp) {
        let money = ringup_core::Money::new(7, "INR".parse().unwrap()).unwrap();
        (Simulation::new(Config::default()), "vobiz-new".parse().unwrap(), TopUp { money })
    }

    #[test]
    fn what_an_account_cannot_take_is_the_retailers_own_failure() {
        let (mut simulation, id, top_up) = vobiz();
        let host = simulation.host_mut();
        let customer = host.customers.get_mut(&id).unwrap();
        let mut full = serde_json::to_value(&customer.account).unwrap();
        full["version"] = u64::MAX.into();
        customer.account = serde_json::from_value(full).unwrap();
        let before = customer.account.clone();
        assert_eq!(host.submit(&id, &top_up), Err(Unanswered::Host(HostError::Broken)));
        assert_eq!((&host.customers.get(&id).unwrap().account, host.broken.len()), (&before, 1));
    }

    #[test]
    fn a_retailer_without_power_says_so_and_blames_nobody() {
        let (mut simulation, id, top_up) = vobiz();
        let host = simulation.host_mut();
        host.faults.cut_power();
        assert_eq!(host.submit(&id, &top_up), Err(Unanswered::Host(HostError::Off)));
        let command = MakePurchase { id: "p".parse().unwrap(), actor: Actor::default(), request: Default::default() };
        let refused = host.buy(&id, &command).err();
        assert_eq!(refused, Some(NotDone::Failed(Unanswered::Host(HostError::Off))));
    }

    #[test]
    fn an_account_that_is_not_there_is_a_misuse_and_no_refusal() {
        let (mut simulation, _, top_up) = vobiz();
        let host = simulation.host_mut();
        let nobody: AccountId = "nobody".parse().unwrap();
        let unknown = Unanswered::Command(Misuse::AccountUnknown { account: nobody.clone() });
        assert_eq!(host.submit(&nobody, &top_up), Err(unknown));
    }
}
