//! A map in one list.

use alloc::collections::BTreeMap;
use alloc::vec::{self, Vec};
use core::{fmt, slice};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::read::{Place, Read, Reader};
use crate::base::write::{Write, Writer};

/// Entries in the order of their keys. A key is looked up by halving the list; a new one that is not the last moves those
/// behind it. In a module it takes a fifth of the room of a `BTreeMap`.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Map<K, V> {
    // Sorted, and every key is there once.
    entries: Vec<(K, V)>,
}

impl<K, V> Map<K, V> {
    /// Without entries.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// The number of entries.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries, by key.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.into_iter()
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The values, by key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// Keeps those entries of which this is true.
    pub fn retain(&mut self, keeps: impl Fn(&K, &V) -> bool) {
        self.entries.retain(|(key, value)| keeps(key, value));
    }
}

impl<K: Ord, V> Map<K, V> {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &K) -> Option<&V> {
        let at = self.find(key).ok()?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    #[must_use]
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.entries.get_mut(at).map(|(_, value)| value)
    }

    /// Whether the key has a value.
    #[must_use]
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key, and gives back the one before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => self.entries.get_mut(at).map(|(_, before)| core::mem::replace(before, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// Changes the value of a key; the default, if it has none.
    pub fn change(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        if let Some(value) = self.get_mut(&key) {
            return change(value);
        }
        let mut value = V::default();
        change(&mut value);
        self.insert(key, value);
    }

    /// Where the key is, or where it would be.
    fn find(&self, key: &K) -> Result<usize, usize> {
        match self.entries.last() {
            Some((last, _)) if last < key => Err(self.entries.len()),
            _ => self.entries.binary_search_by(|(own, _)| own.cmp(key)),
        }
    }
}

/// The entries of a [`Map`].
type Iter<'m, K, V> = core::iter::Map<slice::Iter<'m, (K, V)>, fn(&'m (K, V)) -> (&'m K, &'m V)>;

impl<'m, K, V> IntoIterator for &'m Map<K, V> {
    type Item = (&'m K, &'m V);
    type IntoIter = Iter<'m, K, V>;

    fn into_iter(self) -> Iter<'m, K, V> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = vec::IntoIter<(K, V)>;

    fn into_iter(self) -> vec::IntoIter<(K, V)> {
        self.entries.into_iter()
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Map<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de, K: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for Map<K, V> {
    /// By way of a `BTreeMap`, which sorts whatever comes.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sorted = BTreeMap::deserialize(deserializer)?;
        Ok(Self { entries: sorted.into_iter().collect() })
    }
}

impl<K: Read + Ord, V: Read> Read for Map<K, V> {
    const DEFAULTS: bool = true;

    fn value(reader: &mut Reader<'_>, place: Place) -> Self {
        let mut all = Self::new();
        for (name, value) in reader.sorted_entries(place) {
            let (key, value) = (K::read(reader, name), V::value(reader, value));
            if key.is_some_and(|key| all.insert(key, value).is_some()) {
                reader.repeated(name);
            }
        }
        all
    }
}

impl<K: Write, V: Write> Write for Map<K, V> {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.map(self.len());
        for (key, value) in &self.entries {
            key.write(writer);
            value.write(writer);
        }
    }
}

/// It is described as a `BTreeMap` is.
#[cfg(feature = "describe")]
mod described {
    use alloc::borrow::Cow;
    use alloc::collections::BTreeMap;
    use alloc::string::String;

    use schemars::{JsonSchema, Schema, SchemaGenerator};
    use ts_rs::{Config, TS, TypeVisitor};

    use super::Map;

    impl<K: JsonSchema, V: JsonSchema> JsonSchema for Map<K, V> {
        fn inline_schema() -> bool {
            BTreeMap::<K, V>::inline_schema()
        }

        fn schema_name() -> Cow<'static, str> {
            BTreeMap::<K, V>::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            BTreeMap::<K, V>::json_schema(generator)
        }
    }

    impl<K: TS, V: TS> TS for Map<K, V> {
        type WithoutGenerics = <BTreeMap<K, V> as TS>::WithoutGenerics;
        type OptionInnerType = Self;

        fn name(config: &Config) -> String {
            BTreeMap::<K, V>::name(config)
        }

        fn inline(config: &Config) -> String {
            BTreeMap::<K, V>::inline(config)
        }

        fn visit_dependencies(visitor: &mut impl TypeVisitor)
        where
            Self: 'static,
        {
            BTreeMap::<K, V>::visit_dependencies(visitor);
        }

        fn visit_generics(visitor: &mut impl TypeVisitor)
        where
            Self: 'static,
        {
            BTreeMap::<K, V>::visit_generics(visitor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_does_what_a_tree_does() {
        let (mut map, mut tree) = (Map::new(), BTreeMap::new());
        for step in 0_u32..500 {
            let (key, value) = (step * 7919 % 61, step);
            match step % 4 {
                0 | 1 => assert_eq!(map.insert(key, value), tree.insert(key, value)),
                2 => {
                    map.change(key, |value| *value += 1);
                    *tree.entry(key).or_default() += 1;
                }
                _ => {
                    map.retain(|own, _| *own != key);
                    tree.remove(&key);
                }
            }
            assert_eq!((map.get(&key), map.contains_key(&key)), (tree.get(&key), tree.contains_key(&key)));
            assert!(map.iter().eq(&tree) && map.keys().eq(tree.keys()) && map.values().eq(tree.values()));
            assert_eq!((map.len(), map.is_empty()), (tree.len(), tree.is_empty()));
        }
        assert!(map.clone().into_iter().eq(tree.clone()));
        assert_eq!(map, tree.into_iter().rev().collect());
    }
}
