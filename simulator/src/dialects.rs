//! The list of dialects. A new one is a folder and its two lines here.

use crate::dialect::Dialect;

mod vobiz;
mod zernio;

/// All dialects, in the order of their seeds.
pub static ALL: &[&dyn Dialect] = &[&zernio::Zernio, &vobiz::Vobiz];
