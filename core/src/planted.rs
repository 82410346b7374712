//! Planted faults: what `cargo xtask planted` breaks on purpose, to see whether the search finds it.
//!
//! A fault stands at its line as `planted!("name")`, which is `false` in every ordinary build. In a build with
//! `--cfg planted` all of them are there, and the one that `plant` names is true.

/// Whether this fault is planted. Its name must be in the list.
#[cfg(not(planted))]
macro_rules! planted {
    ($name:literal) => {
        false
    };
}

#[cfg(planted)]
macro_rules! planted {
    ($name:literal) => {
        crate::planted::is_planted(const { crate::planted::index($name) })
    };
}

#[cfg(planted)]
pub use switch::plant;
#[cfg(planted)]
pub(crate) use switch::{index, is_planted};

/// Every fault, by its name.
#[cfg(planted)]
pub const FAULTS: [&str; 81] = [
    "another_id_for_each_renewal_attempt",
    "another_key_for_each_attempt",
    "any_role_releases",
    "any_role_tops_up",
    "charge_of_zero",
    "checkout_without_an_end",
    "command_applied_twice",
    "command_id_is_no_key",
    "command_id_of_anything",
    "commitment_one_period_less",
    "cool_down_owed",
    "decline_not_counted",
    "doubt_after_a_decline_dropped",
    "early_payment_forgotten",
    "end_of_the_books_not_seen",
    "expired_key_kept",
    "expiry_not_recorded",
    "forfeit_not_compared",
    "freed_hold_not_compared",
    "grace_from_the_begin",
    "head_kept_after_a_broken_decision",
    "held_number_not_asked",
    "hold_not_freed",
    "id_used_twice",
    "imported_number_has_no_owner",
    "inventory_id_not_kept",
    "join_ignores_the_price",
    "join_not_stored",
    "key_freed_at_release",
    "key_joins_a_failed_purchase",
    "key_of_another_taken",
    "key_without_fingerprint",
    "late_charge_dropped",
    "late_charge_not_compared",
    "late_evidence_in_time",
    "late_number_of_another_undone",
    "late_order_dropped",
    "late_order_in_time_dropped",
    "late_payment_swallowed",
    "late_reservation_dropped",
    "limit_allows_one_more",
    "negative_amount_taken",
    "new_means_not_used",
    "not_loaded_is_absent",
    "number_of_another_taken",
    "numbering_plan_not_asked",
    "order_decline_believed",
    "order_not_refunded",
    "outcome_before_a_deadline",
    "own_id_is_no_key",
    "paid_purchase_ends_unrefunded",
    "paid_reservation_not_refunded",
    "parts_not_compared",
    "payment_not_compared",
    "payment_of_any_session",
    "pending_purchase_not_counted",
    "period_after_the_leaving_owed",
    "period_at_the_leaving_owed",
    "reactivation_not_told",
    "refund_not_compared",
    "refund_without_evidence",
    "release_before_what_was_due",
    "release_is_at_once",
    "release_keeps_the_subscription",
    "released_number_still_counted",
    "released_rent_to_run",
    "renewal_never_reviewed",
    "reserved_number_not_asked",
    "reserved_number_not_joined",
    "reserved_number_of_another_kind",
    "reserved_price_not_compared",
    "retry_of_the_next_decline",
    "scheduled_release_not_due",
    "suspended_before_an_attempt",
    "suspended_in_doubt",
    "suspension_owed",
    "top_up_of_nothing",
    "unclear_order_repeated",
    "undone_purchase_still_paces",
    "velocity_window_closed",
    "version_not_compared",
];

#[cfg(planted)]
mod switch {
    use core::sync::atomic::{AtomicUsize, Ordering};

    use super::FAULTS;

    static PLANTED: AtomicUsize = AtomicUsize::new(usize::MAX);

    /// Plants one fault of the list, and takes the one before away. Without a name, none is planted.
    pub fn plant(name: Option<&str>) {
        let index = name.and_then(|name| FAULTS.iter().position(|fault| *fault == name));
        PLANTED.store(index.unwrap_or(usize::MAX), Ordering::Relaxed);
    }

    pub(crate) fn is_planted(index: usize) -> bool {
        PLANTED.load(Ordering::Relaxed) == index
    }

    /// The place in the list. A name that is not there does not compile.
    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "it is computed by the compiler")]
    pub(crate) const fn index(name: &str) -> usize {
        let mut at = 0;
        while !is_same(FAULTS[at].as_bytes(), name.as_bytes()) {
            at += 1;
            assert!(at < FAULTS.len(), "the fault is not in the list");
        }
        at
    }

    #[expect(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "it is computed by the compiler")]
    const fn is_same(one: &[u8], other: &[u8]) -> bool {
        let mut at = 0;
        while at < one.len() && at < other.len() && one[at] == other[at] {
            at += 1;
        }
        at == one.len() && at == other.len()
    }
}
