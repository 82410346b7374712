//! The numbering plan of the world: Google's libphonenumber metadata as one table and one automaton.
//!
//! `cargo xtask numbering-plan` compiles the table; `plan/NOTICE` says from which version and under which licence.
//! Nothing here is a rule about one country: whatever differs between countries stands in the table.

use crate::Country;

mod automaton;
mod can_match;
mod kind;
mod record;
mod table;
mod walk;

pub(super) use automaton::Automaton;
pub(super) use record::{CallingCode, Form, Region};
pub(super) use table::PLAN;
pub(super) use walk::{Listing, State};

/// No national number has more digits. ITU-T says 15 with the calling code, and Germany has longer ones.
pub(super) const NATIONAL_DIGITS_MAX: usize = 17;

/// No national number has fewer.
pub(super) const NATIONAL_DIGITS_MIN: usize = 2;

/// The version of libphonenumber whose metadata the plan holds.
#[must_use]
pub const fn plan_version() -> &'static str {
    PLAN.version()
}

/// The countries whose numbers the plan knows.
pub fn plan_countries() -> impl Iterator<Item = Country> {
    PLAN.regions().filter_map(|region| region.country())
}

/// Whether the plan knows the country's numbers.
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
