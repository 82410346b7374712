//! Stories that go through every part of the simulation: a case before the regulator, messages to customers.

mod keys;
mod kyc;
mod kyc_wait;
mod releases;
mod renewals;
pub(crate) mod stage;
mod told;
mod webhooks;
