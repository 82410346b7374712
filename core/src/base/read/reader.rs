//! The reader: a tree, and the mistakes that were found in it.

use alloc::{format, string::String, vec::Vec};
use core::fmt::Display;

use super::name::instead_of;
use super::tree::{Tree, Value};
use super::{Place, Read};
use crate::base::diagnostic::{Diagnostic, DiagnosticCode};

/// Nobody reads more, and a client that sends mistakes without end gets an answer of bounded length.
const MISTAKES_MAX: usize = 100;

/// Reads values off a tree, and keeps every mistake.
pub struct Reader<'t> {
    tree: &'t Tree<'t>,
    mistakes: Vec<Mistake>,
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

/// Reads a value and checks it, as serde's `try_from` does.
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

impl<'t> Reader<'t> {
    pub(super) fn new(tree: &'t Tree<'t>) -> Self {
        Self { tree, mistakes: Vec::new(), beside: Vec::new(), nearest: Vec::new() }
    }

    /// In the order of the text. Whatever cannot be read has one.
    pub(super) fn mistakes(mut self, is_read: bool) -> Vec<Diagnostic> {
        if !is_read && self.mistakes.is_empty() {
            self.refuse(Place::ROOT, &"the value cannot be read");
        }
        self.mistakes.sort_by_key(|mistake| mistake.place);
        let told = self.mistakes.into_iter().map(|Mistake { place, code, message, help }| {
            Diagnostic::new(code, self.tree.pointer(place), message, help)
        });
        told.collect()
    }

    pub(super) const fn tree(&self) -> &'t Tree<'t> {
        self.tree
    }

    pub(super) fn value(&self, place: Place) -> &'t Value<'t> {
        self.tree.value(place)
    }

    fn add(&mut self, place: Place, code: DiagnosticCode, message: String, help: String) {
        if self.mistakes.len() < MISTAKES_MAX {
            self.mistakes.push(Mistake { place, code, message, help });
        }
    }

    /// The mistake that a value is of the right type and cannot be used.
    pub fn refuse(&mut self, place: Place, why: &dyn Display) {
        let (message, help) = (format!("{why}"), String::from("give a value that can be used"));
        self.add(place, DiagnosticCode::ValueInvalid, message, help);
    }

    /// The mistake that a value is of another type.
    #[cold]
    pub(super) fn unlike(&mut self, place: Place, expected: &str) {
        let found = match self.value(place) {
            Value::Null => String::from("`null`"),
            Value::Bool(value) => format!("`{value}`"),
            Value::Integer { negative, magnitude } => format!("`{}{magnitude}`", if *negative { "-" } else { "" }),
            Value::Number(written) => format!("`{written}`"),
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
    pub(super) fn items(&mut self, list: Place) -> Option<impl Iterator<Item = Place> + use<'t>> {
        if matches!(self.value(list), Value::List) {
            return Some(self.tree.items(list));
        }
        self.unlike(list, "a list");
        None
    }

    /// The members of an object: the place of each name, and of its value.
    pub(super) fn entries(&mut self, object: Place) -> Option<impl Iterator<Item = (Place, Place)> + use<'t>> {
        if matches!(self.value(object), Value::Object) {
            return Some(self.tree.members(object));
        }
        self.unlike(object, "an object");
        None
    }

    /// Looks up an object's members by their names: each place goes where the name stands in the list. Unknown ones are
    /// mistakes where they are denied.
    pub fn members(&mut self, object: Place, names: &[&'static str], deny: bool, found: &mut [Place]) -> Option<()> {
        let tree = self.tree;
        if !matches!(tree.value(object), Value::Object) {
            self.unlike(object, "an object");
            return None;
        }
        // Members nearly always stand in the order in which they are declared.
        let mut likely = 0_usize;
        for (name_place, value) in tree.members(object) {
            let name = tree.text(name_place);
            let is_next = names.get(likely).is_some_and(|known| *known == name);
            let at = if is_next { Some(likely) } else { names.iter().position(|known| *known == name) };
            match at {
                Some(at) => {
                    likely = at.saturating_add(1);
                    match found.get_mut(at) {
                        Some(place) if *place == Place::ABSENT => *place = value,
                        _ => self.repeated(name_place),
                    }
                }
                None if deny => self.unknown(object, name_place, names),
                None => {}
            }
        }
        Some(())
    }

    /// The mistake that a member stands twice.
    #[cold]
    pub(super) fn repeated(&mut self, name: Place) {
        let message = format!("`{}` is there twice", self.tree.text(name));
        self.add(name, DiagnosticCode::MemberRepeated, message, String::from("leave one of them out"));
    }

    fn unknown(&mut self, object: Place, place: Place, names: &[&'static str]) {
        let name = self.tree.text(place);
        let is_of_another = |(of, known): &(Place, &str)| *of == object && (known.is_empty() || *known == name);
        if !self.beside.iter().rev().any(is_of_another) {
            let message = format!("there is no member `{name}`");
            self.add(place, DiagnosticCode::MemberUnknown, message, instead_of(name, names));
        }
    }

    /// Reads a member that must be there, unless its type says otherwise.
    pub fn required<T: Read>(&mut self, object: Place, name: &'static str, member: Place) -> Option<T> {
        if member != Place::ABSENT {
            return T::read(self, member);
        }
        let absent = T::absent();
        if absent.is_none() {
            self.missing(object, name);
        }
        absent
    }

    /// Reads a member that has a default.
    pub fn optional<T: Read + Default>(&mut self, member: Place) -> Option<T> {
        if member == Place::ABSENT { Some(T::default()) } else { T::read(self, member) }
    }

    /// The mistake that a member is not there.
    #[cold]
    pub fn missing(&mut self, object: Place, name: &str) {
        let (message, help) = (format!("the member `{name}` is missing"), format!("add `{name}`"));
        self.add(object, DiagnosticCode::MemberMissing, message, help);
    }

    /// Lets an object have members that a further type reads: that one, or any where the name is empty.
    pub fn let_by(&mut self, object: Place, name: &'static str) {
        self.beside.push((object, name));
    }

    /// Which of these words the text at a place is.
    pub fn one_of(&mut self, place: Place, words: &[&'static str]) -> Option<usize> {
        let text = self.text(place)?;
        let at = words.iter().position(|word| *word == text);
        if at.is_none() {
            let message = format!("there is no `{}` here", text.escape_debug());
            self.add(place, DiagnosticCode::ValueInvalid, message, instead_of(text, words));
        }
        at
    }

    /// Which of these variants an object is, by the member that says so.
    pub fn tag(&mut self, object: Place, tag: &'static str, variants: &[&'static str]) -> Option<usize> {
        let mut found = [Place::ABSENT];
        self.members(object, &[tag], false, &mut found)?;
        let [place] = found;
        if place == Place::ABSENT {
            self.missing(object, tag);
            return None;
        }
        self.let_by(object, tag);
        self.one_of(place, variants)
    }

    /// Which of these variants the one member of an object names, and the place of its value.
    pub fn variant(&mut self, object: Place, variants: &[&'static str]) -> Option<(usize, Place)> {
        if let Value::Object = self.value(object) {
            let mut members = self.tree.members(object);
            if let (Some((name, value)), None) = (members.next(), members.next()) {
                return Some((self.one_of(name, variants)?, value));
            }
        }
        self.unlike(object, "an object of one member");
        None
    }

    /// Reads one of several forms, if the value has it.
    pub fn form<T>(&mut self, place: Place, read: fn(&mut Self, Place) -> Option<T>) -> Option<T> {
        let (mistakes, beside) = (self.mistakes.len(), self.beside.len());
        let value = read(self, place);
        self.beside.truncate(beside);
        let new = self.mistakes.split_off(mistakes);
        if new.is_empty() {
            return value;
        }
        // The form whose mistake comes last fits best.
        let last = |mistakes: &[Mistake]| mistakes.iter().map(|mistake| mistake.place).max();
        if last(&self.nearest) < last(&new) {
            self.nearest = new;
        }
        None
    }

    /// The mistakes of the form that fits best; for a value of none.
    pub fn no_form(&mut self) {
        self.mistakes.append(&mut self.nearest);
    }
}
