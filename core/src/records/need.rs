//! Needs: what a decision must know and is not loaded.

use super::record::{List, RecordId};
use ringup_derive::data;

/// A part of an account that must be loaded first.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[data(undescribed)]
#[serde(tag = "need", rename_all = "snake_case")]
pub enum Need {
    /// One record, or that there is none.
    Record {
        /// The id of the record.
        record: RecordId,
    },
    /// The first records of a list.
    First {
        /// The list.
        list: List,
        /// How many records, at most.
        most: u32,
    },
}

impl From<RecordId> for Need {
    fn from(id: RecordId) -> Self {
        Self::Record { record: id }
    }
}
