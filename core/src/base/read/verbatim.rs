//! Values of which the JSON says all and nothing besides.

use serde::Serialize;

use super::tree::{Tree, Value};
use super::{Place, Read, Reader};
use crate::base::canonical::encoded;

/// A value that would be written as it was read: no default was left out, and no member was passed over.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Verbatim<T>(pub T);

impl<T: Read + Serialize> Read for Verbatim<T> {
    fn read(reader: &mut Reader<'_>, place: Place) -> Option<Self> {
        let value = T::read(reader, place)?;
        reader.compare(place, &encoded(&value).unwrap_or_default());
        Some(Self(value))
    }
}

impl Reader<'_> {
    fn compare(&mut self, place: Place, written: &str) {
        let written = Tree::parse(written.as_bytes());
        let departure = written.map_or(Some(place), |written| departure(self.tree(), place, &written, Place::ROOT));
        if let Some(place) = departure {
            self.refuse(place, &"it would be written otherwise: with other members, or another value");
        }
    }
}

/// Where the first tree parts from the other.
fn departure(tree: &Tree<'_>, place: Place, other: &Tree<'_>, other_place: Place) -> Option<Place> {
    let is_same = match (tree.value(place), other.value(other_place)) {
        (Value::Object, Value::Object) => {
            for (name, value) in tree.members(place) {
                let counterpart =
                    other.members(other_place).find(|(other_name, _)| tree.text(name) == other.text(*other_name));
                let Some((_, counterpart)) = counterpart else { return Some(name) };
                if let Some(place) = departure(tree, value, other, counterpart) {
                    return Some(place);
                }
            }
            tree.members(place).count() == other.members(other_place).count()
        }
        (Value::List, Value::List) => {
            for (item, counterpart) in tree.items(place).zip(other.items(other_place)) {
                if let Some(place) = departure(tree, item, other, counterpart) {
                    return Some(place);
                }
            }
            tree.items(place).count() == other.items(other_place).count()
        }
        (value, other) => value == other,
    };
    (!is_same).then_some(place)
}
