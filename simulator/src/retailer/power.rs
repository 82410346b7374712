//! The retailer's power supply. It can be made to fail after any step, for tests of what survives a crash.

use ringup_core::{BrokenHistory, evolve};

use super::{Customers, Host};

/// Whether the retailer runs, and for how long still.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Power {
    /// For ever.
    #[default]
    On,
    /// For so many more steps.
    Failing {
        /// How many.
        steps: u32,
    },
    /// Not at all: what is asked is neither decided nor run.
    Off,
}

impl Host {
    /// Lets the power fail after so many more steps. A step is a decision that was stored, or an effect that was run and
    /// whose outcome is then forgotten.
    pub const fn fail_power_after(&mut self, steps: u32) {
        self.power = if steps == 0 { Power::Off } else { Power::Failing { steps } };
    }

    /// Starts the retailer again with nothing but what it has stored: the accounts as they were opened, and what has
    /// happened to them since.
    ///
    /// # Errors
    /// The stored events do not make an account.
    pub fn restart(&mut self) -> Result<(), BrokenHistory> {
        let mut customers = Customers::default();
        for customer in self.customers.all() {
            let mut again = customer.clone();
            again.account = customer.opened.clone();
            for stored in &customer.events {
                evolve(&mut again.account, &stored.event)?;
            }
            customers.add(again);
        }
        self.customers = customers;
        self.power = Power::On;
        Ok(())
    }

    /// Takes note of a step.
    pub(super) const fn step(&mut self) {
        match self.power {
            Power::On | Power::Off => {}
            Power::Failing { steps } => self.fail_power_after(steps.saturating_sub(1)),
        }
    }

    /// Whether the power has failed.
    #[must_use]
    pub const fn is_off(&self) -> bool {
        matches!(self.power, Power::Off)
    }
}
