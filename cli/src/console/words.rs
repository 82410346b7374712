//! Words: the stable names of values, and the figures that a sentence leaves out.

use ringup_core::{Rejection, gates};
use serde::Serialize;

/// The stable name of a value that has one, with spaces.
pub(super) fn name(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().replace('_', " ")
}

/// The figures of a rejection that its sentence does not have.
pub(super) fn figures(rejection: &Rejection) -> String {
    if let Rejection::KycRequired(gates::kyc::Required { tier, tier_min, .. }) = rejection {
        return format!(" (tier {tier}; verified from tier {tier_min} on)");
    }
    String::new()
}
