//! Starting the retailer again after its power was cut.

use ringup_host::{HistoryError, replay};

use super::{Customers, Retailer};

impl Retailer {
    /// Starts the retailer again with nothing but what it has stored: the events of each account.
    ///
    /// # Errors
    /// The stored events do not make an account.
    pub fn restart(&mut self) -> Result<(), HistoryError> {
        let mut customers = Customers::default();
        for customer in self.customers.all() {
            let mut again = customer.clone();
            again.account = replay(&customer.events)?;
            customers.add(again);
        }
        self.customers = customers;
        self.faults.restore_power();
        Ok(())
    }

    /// Whether the retailer has no power: what is asked is neither decided nor run.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        self.faults.power_is_cut()
    }
}
