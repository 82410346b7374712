//! The driver: runs the steps of the host's machine, in memory and against the world.

use ringup_core::{
    Account, AccountId, Effect, MakePurchase, Misuse, Need, OfferedNumber, Offers, Outcome, RecordCheckoutDeclined,
    RecordCheckoutPaid, Rejection, Search, Selector, Timestamp, WakeUp,
};
use ringup_host::{
    Append, Appended, Found, HostError, HostedCommand, Outside, PurchaseReply, Rest, Store, Unanswered, answer, run,
};
use ringup_numbering::WorldPlan;
use serde_json::json;

use super::{Customer, NotDone, Retailer};
use crate::fault::{Exchange, STORE};
use crate::webhooks::WebhookEvent;
use crate::world::{Checkout, CheckoutStatus};

/// How long a search result is valid.
const SEARCH_LIFETIME_S: u32 = 1800;

/// The most rounds in which one instant wakes accounts up: a number that is late by some periods needs one for each.
const ROUNDS_MAX: usize = 1000;

impl Retailer {
    /// Decides a command, and leaves effects to a later step of the world.
    ///
    /// # Errors
    /// The core does not take the command, or the retailer has failed; nothing has then changed.
    pub fn submit<C: HostedCommand>(
        &mut self,
        account: &AccountId,
        command: C,
    ) -> Result<C::Reply, Unanswered<C::Error>> {
        self.decide(account, command, Offers::default()).map(|(reply, _)| reply)
    }

    /// Decides a command, and runs the account's pending effects.
    ///
    /// # Errors
    /// The core does not take the command, or the retailer has failed; nothing has then changed.
    pub fn carry_out<C: HostedCommand>(
        &mut self,
        account: &AccountId,
        command: C,
    ) -> Result<C::Reply, Unanswered<C::Error>> {
        let (reply, rest) = self.decide(account, command, Offers::default())?;
        self.run(account, rest);
        Ok(reply)
    }

    /// Decides a purchase, with the customer's own searches, and runs the account's pending effects.
    ///
    /// # Errors
    /// The purchase is refused, or the retailer has failed; nothing has then changed.
    pub(super) fn buy(
        &mut self,
        account: &AccountId,
        command: MakePurchase,
    ) -> Result<PurchaseReply, NotDone<Rejection>> {
        let searches = self.customers.get(account).map(|customer| customer.side.searches.clone());
        let (reply, rest) = self.decide(account, command, Offers { searches: searches.unwrap_or_default() })?;
        self.run(account, rest);
        Ok(reply)
    }

    fn decide<C: HostedCommand>(
        &mut self,
        account: &AccountId,
        command: C,
        offers: Offers,
    ) -> Result<(C::Reply, Rest<'static>), Unanswered<C::Error>> {
        self.require_power()?;
        let customer = self.customer(account).map_err(|misuse| Unanswered::Command(misuse.into()))?;
        let (dialect, version) = (customer.system.id, customer.account.version());
        let host = ringup_host::Host::new(customer.system.shop, &WorldPlan);
        let decided = answer(host.submit_knowing(account.clone(), command, offers), self);
        if let Err(Unanswered::Host(error)) = &decided {
            self.note_broken(account, error);
        }
        let decided = decided?;
        if self.customer(account).is_ok_and(|customer| customer.account.version() == version) {
            // The power may be cut after any decision, also after one without events.
            self.faults.step(Exchange { dialect, account, action: STORE });
        }
        Ok(decided)
    }

    /// Runs an account's pending effects. An effect that cannot run now becomes due later.
    fn run(&mut self, account: &AccountId, rest: Rest<'static>) {
        if let Err(error) = run(rest.go_on(self.world.now()), self) {
            self.note_broken(account, &error);
        }
    }

    fn note_broken(&mut self, account: &AccountId, error: &HostError) {
        match error {
            HostError::Broken(error) => {
                tracing::error!(%account, %error, "a decision does not fit its account");
                self.broken.push(error.to_string());
            }
            HostError::Misuse(misuse) => {
                tracing::error!(%account, %misuse, "an outcome is impossible");
                self.broken.push(misuse.to_string());
            }
            HostError::Off { .. } | HostError::Stale => {}
        }
    }

    /// Fails if the retailer is off.
    fn require_power(&self) -> Result<(), HostError> {
        if self.is_off() { Err(HostError::off("the retailer has no power")) } else { Ok(()) }
    }

    /// The customer of this account, or that there is none.
    pub(super) fn customer(&self, account: &AccountId) -> Result<&Customer, Misuse> {
        self.customers.get(account).ok_or_else(|| Misuse::AccountUnknown { account: account.clone() })
    }

    /// Searches a dialect's inventory; the result has its instant and its expiry.
    #[must_use]
    pub fn search(&self, dialect: &'static str, selector: Selector, numbers_max: usize) -> Search {
        let seen_at = self.world.now();
        let numbers: Vec<OfferedNumber> = self.world.search(dialect, &selector).take(numbers_max).cloned().collect();
        Search { selector, seen_at, expires_at: seen_at.plus_seconds(SEARCH_LIFETIME_S), numbers }
    }

    /// Asks the payment provider which checkouts were paid or declined. A result is acknowledged once its events are stored;
    /// until then the provider reports it again.
    pub fn poll_checkouts(&mut self) {
        for Checkout { id: checkout, key, account, amount, paid_at, status, .. } in
            self.world.unacknowledged_checkouts()
        {
            let purchase = key.purchase;
            let heard = match status {
                CheckoutStatus::Paid => {
                    let paid_at = paid_at.unwrap_or(self.world.now());
                    let command = RecordCheckoutPaid { purchase, checkout: checkout.clone(), amount, paid_at };
                    self.decide(&account, command, Offers::default())
                }
                CheckoutStatus::Declined => {
                    let command = RecordCheckoutDeclined { purchase, checkout: checkout.clone() };
                    self.decide(&account, command, Offers::default())
                }
                CheckoutStatus::Open | CheckoutStatus::Expired => continue,
            };
            if let Ok((_, rest)) = heard {
                self.world.acknowledge_checkout(&checkout);
                self.run(&account, rest);
            }
        }
    }

    /// Runs everything that is due: polls checkouts, wakes accounts up, runs pending effects.
    pub fn pump(&mut self) {
        self.poll_checkouts();
        let now = self.world.now();
        for _ in 0..ROUNDS_MAX {
            let version =
                |retailer: &Self, account: &AccountId| Some(retailer.customer(account).ok()?.account.version());
            let due: Vec<AccountId> = self.customers.due_by(now).cloned().collect();
            let mut has_changed = false;
            for account in due {
                let before = version(self, &account);
                // A wake-up is never refused; a failed one is repeated.
                let _ = self.carry_out(&account, WakeUp { records: Vec::new() });
                has_changed |= version(self, &account) != before;
            }
            if !has_changed {
                break;
            }
        }
    }

    /// Advances the clock, and stops at every instant at which something is due, so that events keep their order.
    pub fn advance_to(&mut self, end: Timestamp) {
        while let Some(next) = self.customers.next_due(self.world.now()).filter(|next| *next < end) {
            self.world.clock.advance_to(next);
            self.pump();
        }
        self.world.clock.advance_to(end);
        self.pump();
    }
}

impl Store for Retailer {
    fn load(&mut self, account: &AccountId, needs: &[Need]) -> Result<Option<Account>, HostError> {
        self.require_power()?;
        Ok(self.customers.get(account).map(|customer| customer.account.extract(needs)))
    }

    fn append(&mut self, append: &Append) -> Result<Appended, HostError> {
        self.require_power()?;
        let account = append.account();
        let Some(dialect) = self.customers.get(account).map(|customer| customer.system.id) else {
            return Ok(Appended::Stale);
        };
        if !self.customers.store(append) {
            return Ok(Appended::Stale);
        }
        for stored in append.events() {
            if let Some(event) = WebhookEvent::of(&stored.event) {
                self.notify_of_stored(account, stored.seq, &event);
            }
        }
        self.faults.step(Exchange { dialect, account, action: STORE });
        Ok(Appended::Stored)
    }
}

impl Outside for Retailer {
    fn now(&mut self) -> Timestamp {
        self.world.now()
    }

    fn search(&mut self, account: &AccountId, selector: &Selector) -> Result<Found, HostError> {
        self.require_power()?;
        let dialect = self.customers.get(account).map(|customer| customer.system.id);
        let numbers = dialect.into_iter().flat_map(|dialect| self.world.search(dialect, selector)).cloned().collect();
        Ok(Found { numbers, lifetime_s: SEARCH_LIFETIME_S })
    }

    fn run(&mut self, account: &Account, effect: &Effect) -> Result<Outcome, HostError> {
        self.require_power()?;
        let outcome = self.exchange(account.id(), effect);
        tracing::debug!(effect = %effect.id, outcome = %json!(outcome), "ran");
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests {
    use ringup_core::{Actor, TopUp};

    use super::*;
    use crate::retailer::Failure;
    use crate::{Config, Simulation};

    /// A retailer with a customer who is new, and what that customer would add to the wallet.
    fn vobiz() -> (Simulation, AccountId, TopUp) {
        let money = ringup_core::Money::new(7, "INR".parse().unwrap()).unwrap();
        (
            Simulation::new(Config::default()),
            "vobiz-new".parse().unwrap(),
            TopUp { id: "t".parse().unwrap(), actor: Actor::default(), money },
        )
    }

    #[test]
    fn what_an_account_cannot_take_is_the_retailers_own_failure() {
        let (mut simulation, id, top_up) = vobiz();
        let retailer = simulation.retailer_mut();
        let customer = retailer.customers.get_mut(&id).unwrap();
        let mut full = serde_json::to_value(&customer.account).unwrap();
        full["head"]["version"] = u64::MAX.into();
        customer.account = serde_json::from_value(full).unwrap();
        let before = customer.account.clone();
        assert!(matches!(retailer.submit(&id, top_up), Err(Unanswered::Host(HostError::Broken(_)))));
        assert_eq!((&retailer.customers.get(&id).unwrap().account, retailer.broken.len()), (&before, 1));
    }

    #[test]
    fn a_retailer_without_power_says_so_and_blames_nobody() {
        let (mut simulation, id, top_up) = vobiz();
        let retailer = simulation.retailer_mut();
        retailer.faults.cut_power();
        let off = HostError::off("the retailer has no power");
        assert_eq!(retailer.submit(&id, top_up), Err(Unanswered::Host(off.clone())));
        let command = MakePurchase { id: "p".parse().unwrap(), actor: Actor::default(), request: Default::default() };
        assert_eq!(retailer.buy(&id, command).err(), Some(NotDone::Failed(Failure::Host(off))));
    }

    #[test]
    fn an_account_that_is_not_there_is_a_misuse_and_no_refusal() {
        let (mut simulation, _, top_up) = vobiz();
        let retailer = simulation.retailer_mut();
        let nobody: AccountId = "nobody".parse().unwrap();
        let unknown = Unanswered::Command(Misuse::AccountUnknown { account: nobody.clone() });
        assert_eq!(retailer.submit(&nobody, top_up), Err(unknown));
    }
}
