//! The retailer: the host of the core. It keeps the accounts, decides commands, and runs their pending effects against the
//! world.

mod cases;
mod customer;
mod deliver;
mod drive;
mod exchange;
mod failure;
mod holders;
mod listen;
mod notes;
mod notify;
mod open;
mod opening;
mod quotes;
mod restart;
mod session;
mod settings;
mod system;

pub use cases::Ruling;
pub use customer::{Customer, Customers, Opened, SideRecords};
pub use deliver::DeliveryRequest;
pub use failure::{Failure, NotDone, NotHeld};
pub use holders::HolderCard;
pub use notes::{Note, Notes};
pub use open::CannotOpen;
pub use opening::{Credential, Credentials, Holding, Opening, Situation};
pub use quotes::{Quotes, StoredQuote};
pub use session::{Caller, Purchased, Session};
pub use settings::Settings;
pub use system::System;

use crate::fault::Faults;
use crate::world::World;

/// The retailer's side of the simulation, and the world that it acts on.
#[derive(Clone, Debug)]
pub struct Retailer {
    /// The carrier, the payment provider and the clock.
    pub world: World,
    /// The faults between the retailer and the world.
    pub faults: Faults,
    /// The accounts.
    pub customers: Customers,
    /// The base URL of links.
    pub(crate) public_url: String,
    /// Decisions whose events did not fit their account; must be empty.
    pub broken: Vec<String>,
}

impl Retailer {
    /// A retailer without customers.
    #[must_use]
    pub const fn new(world: World, faults: Faults, customers: Customers, public_url: String) -> Self {
        Self { world, faults, customers, public_url, broken: Vec::new() }
    }
}
