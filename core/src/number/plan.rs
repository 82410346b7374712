//! The numbering plan of the world: Google's libphonenumber metadata as one table and one automaton.
//!
//! `cargo xtask numbering-plan` compiles the table; `plan/NOTICE` says from which version and under which licence.
//! Nothing here is a rule about one country: whatever differs between countries stands in the table.

mod record;
mod table;
mod walk;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_was_read_to_its_end() {
        assert!(PLAN.is_complete());
        assert_eq!(plan_version(), "9.0.43");
    }
}
