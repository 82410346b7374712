//! The reader: a tree, and the mistakes that were found in it.

use alloc::{format, string::String, vec::Vec};
use core::fmt::Display;

use super::canonical::sorted;
use super::name::{instead_of, shown};
use super::tree::{Items, Tree, Value};
use super::{Names, Place, Read};
use crate::base::diagnostic::{Diagnostic, DiagnosticCode};

/// Nobody reads more, and a client that sends mistakes without end gets an answer of bounded length.
const MISTAKES_MAX: usize = 100;

/// Reads values off a tree, and keeps every mistake.
pub struct Reader<'t> {
    tree: &'t Tree<'t>,
    mistakes: Vec<Mistake>,
    /// The mistakes so far, with those that were too many.
    count: usize,
    /// Objects of which several types are read, and a member that another one of them knows; empty: any.
    beside: Vec<(Place, &'static str)>,
    /// The mistakes of the form that fits best, where a value may have several.
    nearest: Vec<Mistake>,
}

struct Mistake {
    place: Place,
    code: DiagnosticCode,
    message: String,
    help: String,
}

/// The members of an object.
pub struct Shape {
    /// In the order in which they are declared.
    pub names: Names,
    /// Which of them must be there, a bit each.
    pub required: u64,
    /// Whether others are mistakes.
    pub denies_others: bool,
}

impl Shape {
    /// The bit of a member that must be there.
    #[must_use]
    pub const fn bit(at: u32, is_required: bool) -> u64 {
        if is_required { 1_u64.wrapping_shl(at) } else { 0 }
    }
}

/// Reads a value and checks it, as serde's `try_from` does. None: it is not of this type, and the reader knows why.
pub fn checked_by<T: Read, V, E: Display>(
    reader: &mut Reader<'_>,
    place: Place,
    check: fn(T) -> Result<V, E>,
) -> Option<V> {
    match check(T::read(reader, place)?) {
        Ok(value) => Some(value),
        Err(error) => {
            reader.refuse(place, &error);
            None
        }
    }
}

/// The same; a value that cannot be used becomes another one that nobody sees.
pub fn checked_or<T: Read, V, E: Display>(
    reader: &mut Reader<'_>,
    place: Place,
    check: fn(T) -> Result<V, E>,
    instead: fn() -> V,
) -> V {
    checked_by(reader, place, check).unwrap_or_else(instead)
}

impl<'t> Reader<'t> {
    pub(super) const fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, mistakes: Vec::new(), count: 0, beside: Vec::new(), nearest: Vec::new() }
    }

    /// The mistakes, in the order of the text.
    #[inline(never)]
    pub(super) fn finish(self) -> Result<(), Vec<Diagnostic>> {
        if self.mistakes.is_empty() {
            return Ok(());
        }
        let mut sorted: Vec<Mistake> = Vec::new();
        // They are few.
        for mistake in self.mistakes {
            let at = sorted.partition_point(|other| other.place <= mistake.place);
            sorted.insert(at, mistake);
        }
        let mut told = Vec::new();
        for Mistake { place, code, message, help } in sorted {
            told.push(Diagnostic { code, path: self.tree.pointer(place), line: None, message, help });
        }
        Err(told)
    }

    pub(super) const fn tree(&self) -> &'t Tree<'t> {
        self.tree
    }

    /// The mistakes so far.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    pub(super) fn value(&self, place: Place) -> &'t Value<'t> {
        self.tree.value(place)
    }

    /// Whether it is `null`, or absent.
    #[inline(never)]
    pub(super) fn is_null(&self, place: Place) -> bool {
        matches!(self.value(place), Value::Null)
    }

    fn add(&mut self, place: Place, code: DiagnosticCode, message: String, help: String) {
        self.count = self.count.saturating_add(1);
        if self.mistakes.len() < MISTAKES_MAX {
            self.mistakes.push(Mistake { place, code, message, help });
        }
    }

    /// The mistake that a value is of the right type and cannot be used.
    #[cold]
    pub fn refuse(&mut self, place: Place, why: &dyn Display) {
        if place != Place::ABSENT {
            let (message, help) = (format!("{why}"), String::from("give a value that can be used"));
            self.add(place, DiagnosticCode::ValueInvalid, message, help);
        }
    }

    /// The mistake that a value is of another type.
    #[cold]
    pub(super) fn unlike(&mut self, place: Place, expected: &str) {
        if place == Place::ABSENT {
            return;
        }
        let found = match self.value(place) {
            Value::Null | Value::Bool(_) | Value::Integer { .. } | Value::Number(_) => {
                format!("`{}`", self.canonical(place))
            }
            Value::Text(_) => String::from("a text"),
            Value::List => String::from("a list"),
            Value::Object => String::from("an object"),
        };
        let message = format!("{expected} is expected, not {found}");
        self.add(place, DiagnosticCode::WrongType, message, format!("give {expected}"));
    }

    /// The text at a place.
    pub(super) fn text(&mut self, place: Place) -> Option<&'t str> {
        if let Value::Text(text) = self.value(place) {
            return Some(text);
        }
        self.unlike(place, "a text");
        None
    }

    /// The items of a list.
    pub(super) fn items(&mut self, list: Place) -> Items<'t> {
        if matches!(self.value(list), Value::List) {
            return self.tree.items(list);
        }
        self.unlike(list, "a list");
        self.tree.items(Place::ABSENT)
    }

    /// The members of an object by name, so that a map is filled from its beginning to its end.
    pub(crate) fn sorted_entries(&mut self, object: Place) -> Vec<(Place, Place)> {
        if matches!(self.value(object), Value::Object) {
            return sorted(self.tree, object).into_iter().map(|member| (member.name, member.value)).collect();
        }
        self.unlike(object, "an object");
        Vec::new()
    }

    /// The items of a list that has this many.
    pub(super) fn exactly(&mut self, list: Place, found: &mut [Place], expected: &str) {
        if self.items(list).count() == found.len() {
            found.iter_mut().zip(self.tree.items(list)).for_each(|(found, item)| *found = item);
        } else if matches!(self.value(list), Value::List) {
            self.unlike(list, expected);
        }
    }

    /// Looks up an object's members by their names: each place goes where the name stands in the shape. What must be there
    /// and is not is a mistake.
    pub fn members(&mut self, object: Place, shape: &Shape, found: &mut [Place]) {
        if !matches!(self.value(object), Value::Object) {
            self.unlike(object, "an object");
            return;
        }
        self.look_up(object, shape, found);
        for (at, (name, place)) in (0..).zip(shape.names.clone().zip(&*found)) {
            if *place == Place::ABSENT && shape.required.wrapping_shr(at) & 1 == 1 {
                self.missing(object, name);
            }
        }
    }

    fn look_up(&mut self, object: Place, shape: &Shape, found: &mut [Place]) {
        let (tree, names) = (self.tree, &shape.names);
        // Members nearly always stand in the order in which they are declared.
        let (mut likely, mut likely_at) = (names.clone(), 0_usize);
        for (name_place, value) in tree.members(object) {
            let name = tree.text(name_place);
            let at = likely.after(name).map(|after| (likely_at, after));
            match at.or_else(|| names.find(name)) {
                Some((at, after)) => {
                    (likely_at, likely) = (at.saturating_add(1), after);
                    match found.get_mut(at) {
                        Some(place) if *place == Place::ABSENT => *place = value,
                        _ => self.repeated(name_place),
                    }
                }
                None if shape.denies_others => self.unknown(object, name_place, names),
                None => {}
            }
        }
    }

    /// The mistake that a member stands twice.
    #[cold]
    pub(crate) fn repeated(&mut self, name: Place) {
        let message = format!("`{}` is there twice", self.tree.text(name));
        self.add(name, DiagnosticCode::MemberRepeated, message, String::from("leave one of them out"));
    }

    fn unknown(&mut self, object: Place, place: Place, names: &Names) {
        let name = self.tree.text(place);
        let is_of_another = |(of, known): &(Place, &str)| *of == object && (known.is_empty() || *known == name);
        if !self.beside.iter().rev().any(is_of_another) {
            let message = format!("there is no member `{name}`");
            self.add(place, DiagnosticCode::MemberUnknown, message, instead_of(name, names));
        }
    }

    /// The mistake that a member is not there.
    #[cold]
    fn missing(&mut self, object: Place, name: &str) {
        let (message, help) = (format!("the member `{name}` is missing"), format!("add `{name}`"));
        self.add(object, DiagnosticCode::MemberMissing, message, help);
    }

    /// Lets an object have members that a further type reads: that one, or any where the name is empty.
    pub fn let_by(&mut self, object: Place, name: &'static str) {
        self.beside.push((object, name));
    }

    /// Which of these words the text at a place is; the first one if it is none.
    pub fn one_of(&mut self, place: Place, words: &Names) -> usize {
        self.word(place, words).unwrap_or_default()
    }

    fn word(&mut self, place: Place, words: &Names) -> Option<usize> {
        let text = self.text(place)?;
        let at = words.find(text).map(|(at, _)| at);
        if at.is_none() {
            let message = format!("there is no `{}` here", shown(text));
            self.add(place, DiagnosticCode::ValueInvalid, message, instead_of(text, words));
        }
        at
    }

    /// Which of these variants an object is, by the member that says so, and where its members are: nowhere if it is none.
    pub fn tag(&mut self, object: Place, tag: Names, variants: &Names) -> (usize, Place) {
        let mut found = [Place::ABSENT];
        let name = tag.clone().next().unwrap_or_default();
        self.members(object, &Shape { names: tag, required: 1, denies_others: false }, &mut found);
        let [place] = found;
        self.let_by(object, name);
        match self.word(place, variants) {
            Some(variant) => (variant, object),
            None => (0, Place::ABSENT),
        }
    }

    /// Which of these variants the one member of an object names, and the place of its value: nowhere if it is none.
    pub fn variant(&mut self, object: Place, variants: &Names) -> (usize, Place) {
        if let Value::Object = self.value(object) {
            let mut members = self.tree.members(object);
            if let (Some((name, value)), None) = (members.next(), members.next()) {
                return match self.word(name, variants) {
                    Some(variant) => (variant, value),
                    None => (0, Place::ABSENT),
                };
            }
        }
        self.unlike(object, "an object of one member");
        (0, Place::ABSENT)
    }

    /// Reads one of several forms, if the value has it.
    pub fn form<T>(&mut self, place: Place, read: fn(&mut Self, Place) -> T) -> Option<T> {
        let (count, mistakes, beside) = (self.count, self.mistakes.len(), self.beside.len());
        let value = read(self, place);
        self.beside.truncate(beside);
        if self.count == count {
            return Some(value);
        }
        self.count = count;
        let new = self.mistakes.split_off(mistakes);
        // The form whose mistake comes last fits best.
        let last = |mistakes: &[Mistake]| mistakes.iter().map(|mistake| mistake.place).max();
        if last(&self.nearest) < last(&new) {
            self.nearest = new;
        }
        None
    }

    /// The mistakes of the form that fits best; for a value of none.
    pub fn no_form(&mut self) {
        self.count = self.count.saturating_add(self.nearest.len());
        self.mistakes.append(&mut self.nearest);
    }
}
