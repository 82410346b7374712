//! The host: it decides commands, stores their events, and runs what is owed until nothing can go on before later.

use ringup_core::{
    AccountId, Answer, Command, Decision, EVENT_FORMAT, OfferedNumber, Offers, Rejection, Search, Selector, Timestamp,
    decide, due, evolve, owed,
};
use serde_json::json;

use super::{Customers, StoredEvent};
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
    /// The rejection; nothing has then changed.
    pub fn submit(&mut self, account: &AccountId, command: &Command) -> Result<Answer, Rejection> {
        if self.is_off() {
            return Err(unknown_account(account));
        }
        let searches = self.customers.get(account).map(|customer| customer.searches.clone());
        let mut offers = Offers { searches: searches.unwrap_or_default() };
        for _ in 0..DECISIONS_MAX {
            let customer = self.customers.get(account).ok_or_else(|| unknown_account(account))?;
            let system = customer.system;
            let decision = decide(system.shop, &customer.account, &offers, command, self.world.now())?;
            if let Answer::SearchFirst { selector } = decision.answer {
                offers.searches.push(self.search(system.id, selector, usize::MAX));
                continue;
            }
            match self.store(account, &decision) {
                Stored::Done => return Ok(decision.answer),
                Stored::Stale => {}
                Stored::Broken => return Err(not_taken(account)),
            }
        }
        Err(not_taken(account))
    }

    /// Searches a dialect's stock, and says when it was seen and how long that counts.
    #[must_use]
    pub fn search(&self, dialect: &'static str, selector: Selector, numbers_max: usize) -> Search {
        let seen_at = self.world.now();
        let numbers: Vec<OfferedNumber> = self.world.search(dialect, &selector).take(numbers_max).cloned().collect();
        Search { selector, seen_at, expires_at: seen_at.plus_seconds(SEARCH_LIFETIME_S), numbers }
    }

    /// Stores a decision's events together or not at all, and only on the version that it was taken on.
    fn store(&mut self, account: &AccountId, decision: &Decision) -> Stored {
        let at = self.world.now();
        let Some(customer) = self.customers.get_mut(account) else { return Stored::Broken };
        if customer.account.version() != decision.version {
            return Stored::Stale;
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
                return Stored::Broken;
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
        Stored::Done
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
            if self.submit(account, &Command::RecordOutcome { effect: effect.id, outcome }).is_err() {
                return;
            }
        }
    }

    /// Hears from the payment provider which checkouts were paid or declined. A message counts as heard when what follows
    /// from it is stored; until then the provider sends it again.
    pub fn hear_of_payments(&mut self) {
        for Checkout { id: checkout, key, account, status, .. } in self.world.unacknowledged_checkouts() {
            let purchase = key.purchase;
            let command = match status {
                CheckoutStatus::Paid => Command::RecordCheckoutPaid { purchase, checkout: checkout.clone() },
                CheckoutStatus::Declined => Command::RecordCheckoutDeclined { purchase, checkout: checkout.clone() },
                CheckoutStatus::Open | CheckoutStatus::Expired => continue,
            };
            if self.submit(&account, &command).is_ok() {
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
            // A wake-up is never refused.
            let _ = self.submit(&account, &Command::WakeUp);
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

/// How storing a decision ended.
enum Stored {
    Done,
    Stale,
    Broken,
}

/// A handler has only accounts that exist, so nobody sees this.
pub(super) fn unknown_account(account: &AccountId) -> Rejection {
    Rejection::RequestMalformed { field: "account".into(), problem: format!("`{account}` takes no purchase") }
}

/// What was decided does not fit the account, or was never the newest: a mistake of ours, which the log and the broken
/// histories tell.
fn not_taken(account: &AccountId) -> Rejection {
    let problem = format!("the records of `{account}` could not take what was decided; nothing has changed");
    Rejection::RequestMalformed { field: "account".into(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Simulation};

    #[test]
    fn what_an_account_cannot_take_is_not_told_as_an_account_that_is_not_there() {
        let mut simulation = Simulation::new(Config::default());
        let (host, id) = (simulation.host_mut(), "vobiz-new".parse().unwrap());
        let customer = host.customers.get_mut(&id).unwrap();
        let mut full = serde_json::to_value(&customer.account).unwrap();
        full["version"] = u64::MAX.into();
        customer.account = serde_json::from_value(full).unwrap();
        let before = customer.account.clone();
        let money = ringup_core::Money::new(7, "INR".parse().unwrap()).unwrap();
        let refused = host.submit(&id, &Command::TopUp { money }).unwrap_err().to_string();
        assert!(refused.contains("nothing has changed") && !refused.contains("takes no purchase"), "{refused}");
        assert_eq!((&host.customers.get(&id).unwrap().account, host.broken.len()), (&before, 1));
    }
}
