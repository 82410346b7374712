//! The simulation: the world and the retailer as one value, and how it begins. `router.rs` answers requests with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use ringup_core::AccountId;

use crate::dialect::Dialect;
use crate::dialects;
use crate::fault::Faults;
use crate::journal::Journal;
use crate::retailer::{CannotOpen, Customers, DeliveryRequest, Retailer};
use crate::world::{AttemptOutcome, Clock, ClockMode, EndpointId, Stock, World};

/// How a simulation begins.
#[derive(Clone, Debug)]
pub struct Config {
    /// What its chance is drawn from.
    pub seed: u64,
    /// What moves its clock.
    pub clock: ClockMode,
    /// The base address under which it is reached, without a slash at the end.
    pub public_url: String,
}

/// The whole simulation.
#[derive(Clone, Debug)]
pub struct Simulation {
    config: Config,
    pub(crate) retailer: Retailer,
    pub(crate) journal: Journal,
    // How many fresh accounts were opened in each dialect's situations.
    fresh: BTreeMap<(&'static str, String), u64>,
    // How often it has begun again: what was sent out of an earlier world means nothing to this one.
    resets: u64,
}

/// A message on its way out of a world.
#[derive(Clone, Debug)]
pub struct DueDelivery {
    /// What is to be sent.
    pub request: DeliveryRequest,
    resets: u64,
}

impl Simulation {
    /// A world as it begins: every dialect's stock, and an account in each of its situations.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let retailer = beginning(&config);
        Self { config, retailer, journal: Journal::default(), fresh: BTreeMap::new(), resets: 0 }
    }

    /// How it began.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The retailer's side, to look at.
    #[must_use]
    pub const fn retailer(&self) -> &Retailer {
        &self.retailer
    }

    /// The retailer's side, for tests that do what no request can: cut its power, start it again.
    pub const fn retailer_mut(&mut self) -> &mut Retailer {
        &mut self.retailer
    }

    /// Begins again, the clock too.
    pub fn reset(&mut self, seed: Option<u64>) {
        let resets = self.resets.saturating_add(1);
        let config = Config { seed: seed.unwrap_or(self.config.seed), ..self.config.clone() };
        *self = Self { resets, ..Self::new(config) };
    }

    /// Opens a fresh account in one of a dialect's situations.
    ///
    /// # Errors
    /// There is no such situation, or the stock has no number left that it needs.
    pub fn open(&mut self, dialect: &'static Dialect, situation: &str) -> Result<AccountId, CannotOpen> {
        let name = (dialect.id(), situation.to_owned());
        let count = self.fresh.get(&name).copied().unwrap_or(0).saturating_add(1);
        let account = open(&mut self.retailer, dialect, situation, &format!("{situation}-{count}"))?;
        self.fresh.insert(name, count);
        Ok(account)
    }

    /// Looks at the clock, and drives everything that is due.
    pub fn tick(&mut self) {
        self.retailer.world.clock.tick();
        self.retailer.pump();
    }

    /// The messages that are to be sent now. Whoever has a socket sends them, and says how that ended; an endpoint to which
    /// something is still being sent is busy, and gets its next message later.
    pub fn due_deliveries(&mut self, busy: &BTreeSet<EndpointId>) -> Vec<DueDelivery> {
        self.tick();
        let resets = self.resets;
        self.retailer.due_requests(busy).into_iter().map(|request| DueDelivery { request, resets }).collect()
    }

    /// Hears how the sending of a message ended.
    pub fn sent(&mut self, due: &DueDelivery, outcome: AttemptOutcome) {
        self.tick();
        if due.resets == self.resets {
            self.retailer.delivered(&due.request, outcome);
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self { seed: 0, clock: ClockMode::Manual, public_url: "http://127.0.0.1:8787".into() }
    }
}

/// The world and the retailer as they begin.
fn beginning(config: &Config) -> Retailer {
    let world = World::new(config.seed, Clock::new(config.clock), stock());
    let mut retailer = Retailer::new(world, Faults::default(), Customers::default(), config.public_url.clone());
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
            stock.keep(dialect.id(), dialect.kept());
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
        stock.keep(dialect.id(), dialect.kept().into_iter().take(2).collect());
        let world = World::new(0, Clock::new(ClockMode::Manual), Arc::new(stock));
        let mut retailer = Retailer::new(world, Faults::default(), Customers::default(), String::new());
        let refused = open(&mut retailer, dialect, "plan_full", "plan_full-1");
        assert_eq!(refused, Err(CannotOpen::NotPossible("no such number is free".into())));
        assert_eq!((retailer.world.owners().count(), retailer.world.orders().count()), (0, 0));
        // The two that are left suffice for another one.
        assert!(open(&mut retailer, dialect, "ready", "ready-1").is_ok());
    }
}
