//! The simulation: world and retailer as one value, and their initial state. `router.rs` answers requests with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use ringup_core::{AccountId, Timestamp};

use crate::dialect::Dialect;
use crate::dialects;
use crate::fault::Faults;
use crate::journal::Journal;
use crate::retailer::{CannotOpen, Credentials, Customer, Customers, DeliveryRequest, Retailer};
use crate::wire::ClientFaults;
use crate::world::{AttemptOutcome, Clock, ClockMode, EndpointId, Stock, World};
use crate::worlds::WorldName;

/// The initial state of a simulation.
#[derive(Clone, Debug)]
pub struct Config {
    /// The seed of its random values.
    pub seed: u64,
    /// How its clock moves.
    pub clock: ClockMode,
    /// Where its clock begins, if not where such a clock does by itself.
    pub at: Option<Timestamp>,
    /// The base URL of the server's links, without a slash at the end.
    pub public_url: String,
    /// Its name among the worlds of a server; the main world has none.
    pub world: Option<WorldName>,
}

/// The whole simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    config: Config,
    pub(crate) retailer: Retailer,
    pub(crate) journal: Journal,
    pub(crate) client_faults: ClientFaults,
    // How many fresh accounts were opened in each dialect's situations.
    fresh: BTreeMap<(&'static str, String), u64>,
    // Results of messages from before the last reset are ignored.
    resets: u64,
}

/// A message to send, and the world that it comes from.
#[derive(Clone, Debug)]
pub struct DueDelivery {
    /// The HTTP request.
    pub request: DeliveryRequest,
    resets: u64,
}

impl Simulation {
    /// A new world: the inventory of every dialect, and an account in each of its situations.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let retailer = beginning(&config);
        let (journal, client_faults) = (Journal::default(), ClientFaults::default());
        Self { config, retailer, journal, client_faults, fresh: BTreeMap::new(), resets: 0 }
    }

    /// The configuration that it began with.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The same simulation under another name and address.
    #[must_use]
    pub(crate) fn renamed(mut self, public_url: String, world: Option<WorldName>) -> Self {
        self.config = Config { public_url, world, ..self.config };
        self.retailer.public_url = self.config.base();
        self
    }

    /// A customer's credentials to show, which carry the world's name.
    #[must_use]
    pub fn shown_credentials(&self, customer: &Customer) -> Credentials {
        let shown = customer.shown_credentials();
        let Some(world) = &self.config.world else { return shown };
        let carried = shown.into_iter().map(|(field, value)| {
            let value = world.within_credential(&field, value);
            (field, value)
        });
        carried.collect()
    }

    /// The retailer.
    #[must_use]
    pub const fn retailer(&self) -> &Retailer {
        &self.retailer
    }

    /// The retailer, for tests that cut its power and restart it.
    pub const fn retailer_mut(&mut self) -> &mut Retailer {
        &mut self.retailer
    }

    /// Resets world and clock.
    pub fn reset(&mut self, seed: Option<u64>) {
        let resets = self.resets.saturating_add(1);
        let config = Config { seed: seed.unwrap_or(self.config.seed), ..self.config.clone() };
        *self = Self { resets, ..Self::new(config) };
    }

    /// Becomes what it was; messages that are under way belong to what it no longer is.
    pub(crate) fn restore(&mut self, kept: Self) {
        let resets = self.resets.saturating_add(1);
        *self = Self { resets, ..kept };
    }

    /// Opens a new account in one of a dialect's situations.
    ///
    /// # Errors
    /// There is no such situation, or the inventory has no number left for it.
    pub fn open(&mut self, dialect: &'static Dialect, situation: &str) -> Result<AccountId, CannotOpen> {
        let name = (dialect.id(), situation.to_owned());
        let count = self.fresh.get(&name).copied().unwrap_or(0).saturating_add(1);
        let account = open(&mut self.retailer, dialect, situation, &format!("{situation}-{count}"))?;
        self.fresh.insert(name, count);
        Ok(account)
    }

    /// Reads the clock, and runs everything that is due.
    pub fn tick(&mut self) {
        self.retailer.world.clock.tick();
        self.retailer.pump();
    }

    /// The due messages, which the caller sends and reports to [`Self::sent`]. An endpoint in `busy` still has a message under
    /// way, and gets its next one later.
    pub fn due_deliveries(&mut self, busy: &BTreeSet<EndpointId>) -> Vec<DueDelivery> {
        self.tick();
        let resets = self.resets;
        self.retailer.due_requests(busy).into_iter().map(|request| DueDelivery { request, resets }).collect()
    }

    /// Records the result of sending a message.
    pub fn sent(&mut self, due: &DueDelivery, outcome: AttemptOutcome) {
        self.tick();
        if due.resets == self.resets {
            self.retailer.delivered(&due.request, outcome);
        }
    }
}

impl Config {
    /// The path below which the world is reached: `/w/alice`, or nothing.
    #[must_use]
    pub fn path(&self) -> String {
        self.world.as_ref().map(WorldName::path).unwrap_or_default()
    }

    /// The base URL of its links.
    #[must_use]
    pub fn base(&self) -> String {
        format!("{}{}", self.public_url, self.path())
    }
}

impl Default for Config {
    fn default() -> Self {
        let public_url = "http://127.0.0.1:8787".into();
        Self { seed: 0, clock: ClockMode::Manual, at: None, public_url, world: None }
    }
}

/// The world and the retailer as they begin.
fn beginning(config: &Config) -> Retailer {
    let clock = config.at.map_or_else(|| Clock::new(config.clock), |at| Clock::beginning_at(config.clock, at));
    let world = World::new(config.seed, clock, stock());
    let mut retailer = Retailer::new(world, Faults::default(), Customers::default(), config.base());
    for dialect in dialects::ALL {
        for situation in dialect.situations() {
            if let Err(problem) = open(&mut retailer, dialect, situation.name, situation.name) {
                tracing::error!(dialect = dialect.id(), situation = situation.name, %problem, "cannot be opened");
            }
        }
    }
    retailer
}

/// Opens an account in a dialect's situation; `tag` makes it distinct.
fn open(retailer: &mut Retailer, dialect: &Dialect, situation: &str, tag: &str) -> Result<AccountId, CannotOpen> {
    let known = dialect.situations().iter().find(|known| known.name == situation);
    let known = known.ok_or(CannotOpen::UnknownSituation)?;
    let opening = dialect.open(situation, tag).ok_or(CannotOpen::UnknownSituation)?;
    retailer.open(dialect.system(), known, opening, tag)
}

/// Every dialect's numbers, made once in a process.
fn stock() -> Arc<Stock> {
    static STOCK: OnceLock<Arc<Stock>> = OnceLock::new();
    let made = STOCK.get_or_init(|| {
        let mut stock = Stock::default();
        for dialect in dialects::ALL {
            stock.add(dialect.id(), dialect.stock());
            stock.add_fixtures(dialect.id(), dialect.fixture_numbers());
        }
        Arc::new(stock)
    });
    Arc::clone(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_cannot_be_opened_leaves_nothing_behind() {
        let dialect = dialects::find("zernio").unwrap();
        let mut stock = Stock::default();
        stock.add_fixtures(dialect.id(), dialect.fixture_numbers().into_iter().take(2).collect());
        let world = World::new(0, Clock::new(ClockMode::Manual), Arc::new(stock));
        let mut retailer = Retailer::new(world, Faults::default(), Customers::default(), String::new());
        let refused = open(&mut retailer, dialect, "plan_full", "plan_full-1");
        assert_eq!(refused, Err(CannotOpen::NotPossible("no such number is free".into())));
        assert_eq!((retailer.world.owners().count(), retailer.world.orders().count()), (0, 0));
        // The two that are left suffice for another one.
        assert!(open(&mut retailer, dialect, "ready", "ready-1").is_ok());
    }
}
