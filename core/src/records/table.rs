//! A table: the records of one kind that are loaded, each present or known to be absent.

use alloc::collections::BTreeMap;

/// The records of one kind.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Table<K, V> {
    rows: BTreeMap<K, Option<V>>,
    /// Whether every record is loaded, so that a key without a row is known to be absent.
    whole: bool,
}

/// The record is not loaded: it may or may not exist.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct NotLoaded;

impl<K: Ord, V> Table<K, V> {
    pub(crate) const fn new(whole: bool) -> Self {
        Self { rows: BTreeMap::new(), whole }
    }

    /// The record, if it is present.
    pub(crate) fn get(&self, key: &K) -> Result<Option<&V>, NotLoaded> {
        match self.rows.get(key) {
            Some(row) => Ok(row.as_ref()),
            None if self.whole || planted!("not_loaded_is_absent") => Ok(None),
            None => Err(NotLoaded),
        }
    }

    /// The record, if it is loaded and present.
    pub(crate) fn present(&self, key: &K) -> Option<&V> {
        self.rows.get(key)?.as_ref()
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.rows.insert(key, Some(value));
    }

    /// Notes that there is no such record.
    pub(crate) fn remove(&mut self, key: K) {
        if self.whole {
            self.rows.remove(&key);
        } else {
            self.rows.insert(key, None);
        }
    }

    /// The keys of which it is known whether there is a record.
    pub(crate) fn known(&self) -> impl Iterator<Item = &K> {
        self.rows.keys()
    }

    /// The present records, in the order of their keys.
    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.rows.values().filter_map(Option::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn a_row_that_is_not_loaded_is_not_taken_for_absent() {
        let (mut part, mut whole) = (Table::new(false), Table::new(true));
        for table in [&mut part, &mut whole] {
            table.insert(1, "one");
            table.insert(2, "two");
            table.remove(2);
            assert_eq!((table.get(&1), table.get(&2)), (Ok(Some(&"one")), Ok(None)));
            assert_eq!(table.values().collect::<Vec<_>>(), [&"one"]);
        }
        assert_eq!((part.get(&3), whole.get(&3)), (Err(NotLoaded), Ok(None)));
    }
}
