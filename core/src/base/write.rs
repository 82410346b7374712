//! Writing values where serde would be too large: at the npm package's boundary.
//!
//! `#[data]` derives [`Write`] from serde's attributes: what is written is what serde would write. An object is told by the
//! text of all its names, which is the same text each time, and by which of them have a value; so a [`Writer`] can know an object
//! by the address of that text. Natively serde is the writer, and `tests/rules/writer.rs` keeps the two alike.

use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};

pub use crate::base::names::Names;
use ringup_numbering::{Country, E164, NumberPattern};

/// What can be written. `#[data]` derives it.
pub trait Write {
    /// Writes one value.
    fn write<W: Writer>(&self, writer: &mut W);
}

/// Where values go.
pub trait Writer {
    /// `null`.
    fn null(&mut self);

    /// `true` or `false`.
    fn bool(&mut self, value: bool);

    /// A whole number.
    fn integer(&mut self, value: i64);

    /// Any text.
    fn text(&mut self, value: &str);

    /// A text of the program: one of these words.
    fn word(&mut self, words: Names, nth: usize);

    /// A list of this many values, which follow.
    fn list(&mut self, length: usize);

    /// An object of this many members whose names are data: a text or a word and a value for each follow.
    fn map(&mut self, length: usize);

    /// An object of these names, of at most 64. Their values follow in their order, but for those that are skipped, and
    /// [`Writer::end`] at last.
    fn object(&mut self, names: Names);

    /// This name, which is the next one, has no value.
    fn skip(&mut self, nth: usize);

    /// The members of the object that follows are members of this one, before this name, which is the next one; or after all
    /// names.
    fn flatten(&mut self, nth: Option<usize>);

    /// The object is complete.
    fn end(&mut self);

    /// An object that is this one of several, by its first member: the names of each of them, and their words.
    fn tagged(&mut self, names: &'static [Names], words: Names, nth: usize) {
        self.object(names.get(nth).cloned().unwrap_or_default());
        self.word(words, nth);
    }
}

impl Write for bool {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.bool(*self);
    }
}

impl Write for str {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.text(self);
    }
}

impl Write for String {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.text(self);
    }
}

impl Write for () {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.null();
    }
}

macro_rules! integers {
    ($($integer:ident),+) => { $(
        impl Write for $integer {
            fn write<W: Writer>(&self, writer: &mut W) {
                writer.integer((*self).into());
            }
        }
    )+ };
}

integers!(u8, u16, u32, i16, i64);

impl Write for u64 {
    /// A version, which counts events: it does not get as far as 2⁶³.
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.integer(i64::try_from(*self).unwrap_or(i64::MAX));
    }
}

/// The vocabulary of the numbering plan, which knows no writer.
macro_rules! texts {
    ($($text:ident),+) => { $(
        impl Write for $text {
            fn write<W: Writer>(&self, writer: &mut W) {
                writer.text(&String::from(self.clone()));
            }
        }
    )+ };
}

texts!(Country, E164, NumberPattern);

impl<T: Write + ?Sized> Write for &T {
    fn write<W: Writer>(&self, writer: &mut W) {
        (**self).write(writer);
    }
}

impl<T: Write> Write for Box<T> {
    fn write<W: Writer>(&self, writer: &mut W) {
        (**self).write(writer);
    }
}

impl<T: Write> Write for Option<T> {
    fn write<W: Writer>(&self, writer: &mut W) {
        match self {
            Some(value) => value.write(writer),
            None => writer.null(),
        }
    }
}

impl<T: Write> Write for [T] {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.list(self.len());
        for item in self {
            item.write(writer);
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn write<W: Writer>(&self, writer: &mut W) {
        self.as_slice().write(writer);
    }
}

impl<K: Write, V: Write> Write for BTreeMap<K, V> {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.map(self.len());
        for (key, value) in self {
            key.write(writer);
            value.write(writer);
        }
    }
}

impl<A: Write, B: Write> Write for (A, B) {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.list(2);
        self.0.write(writer);
        self.1.write(writer);
    }
}

impl<A: Write, B: Write, C: Write> Write for (A, B, C) {
    fn write<W: Writer>(&self, writer: &mut W) {
        writer.list(3);
        self.0.write(writer);
        self.1.write(writer);
        self.2.write(writer);
    }
}
