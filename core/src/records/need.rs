//! Needs: what a decision must know and is not loaded.

use super::record::{List, RecordId};

/// A part of an account that must be loaded first.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Need {
    /// One record, or that there is none.
    Record(RecordId),
    /// The first records of a list, at most so many.
    First(List, u32),
}

impl From<RecordId> for Need {
    fn from(id: RecordId) -> Self {
        Self::Record(id)
    }
}
