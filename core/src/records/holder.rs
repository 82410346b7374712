//! Holders: who may have numbers of the account, and how many each has.

use crate::account::counts::Counts;
use crate::base::id::HolderId;
use ringup_derive::data;

/// A holder within the account.
#[derive(Clone, Debug, Eq, PartialEq)]
#[data(undescribed)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// The id.
    pub id: HolderId,
    /// The place in the order in which holders were added, from 0.
    pub nth: u32,
    /// Whether it may get numbers.
    pub allowed: bool,
    /// Whether its numbers count against the account's limits.
    pub counted: bool,
    /// The numbers that it holds.
    pub held: Counts,
    /// Its pending purchases.
    pub pending: Counts,
}

impl Holder {
    /// A holder without numbers.
    pub(crate) fn new(id: HolderId, nth: u32) -> Self {
        Self { id, nth, allowed: false, counted: true, held: Counts::default(), pending: Counts::default() }
    }
}
