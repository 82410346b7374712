//! Pricing: how a price is made, and how it differs from one that was seen.

pub(crate) mod basis;
pub(crate) mod difference;
pub(crate) mod parts;
pub(crate) mod pricing;

mod bill;
mod discount;
mod fees;
mod first_period;
mod schedule;
mod tax;
