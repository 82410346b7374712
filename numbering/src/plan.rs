//! The numbering plan of the world: Google's libphonenumber metadata as a table and an automaton.
//!
//! `cargo xtask numbering-plan` compiles the table; `plan/NOTICE` has its version and licence. The code has no rule for
//! a single country: all differences are in the table.

use crate::Country;

mod automaton;
mod can_match;
mod existence;
mod kind;
mod record;
mod table;
mod walk;

pub(super) use automaton::Automaton;
pub(super) use existence::existence;
pub(super) use record::{CallingCode, Form, Region};
pub(super) use table::PLAN;
pub(super) use walk::{Listing, State};

/// The most digits of a national number. ITU-T allows 15 with the calling code; Germany has longer numbers.
pub(super) const NATIONAL_DIGITS_MAX: usize = 17;

/// The fewest digits of a national number.
pub(super) const NATIONAL_DIGITS_MIN: usize = 2;

/// The libphonenumber version of the metadata, such as `9.0.0`.
#[must_use]
pub const fn plan_version() -> &'static str {
    PLAN.version()
}

/// The countries of the plan.
pub fn plan_countries() -> impl Iterator<Item = Country> {
    PLAN.regions().filter_map(|region| region.country())
}

/// Whether the plan has numbers of the country.
#[must_use]
pub fn plan_has(country: Country) -> bool {
    PLAN.region_named(country).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_has_its_countries_and_no_others() {
        assert_eq!(plan_countries().count(), 245);
        assert!(plan_countries().all(plan_has));
        assert!(!"ZZ".parse().is_ok_and(plan_has));
    }

    #[test]
    fn the_table_was_read_to_its_end() {
        assert!(PLAN.is_complete());
        assert_eq!(plan_version(), "9.0.43");
    }
}
