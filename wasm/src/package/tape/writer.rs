//! How a value becomes the items of a tape.

use ringup_core::write::{Names, Writer};

use super::super::dictionary::EMPTY;
use super::{ARRAY, CONSTANT, SHAPED, SHAPED_AND_MORE, Tape, WORD, item, word};

/// An object that is being written, or the part of one that is told by one list of names.
pub(crate) struct Object {
    /// Where its item is.
    header: usize,
    /// The shape of the members before these.
    before: usize,
    names: Names,
    /// Which of the names have a value, a bit each. Bits without a name count for nothing.
    has: u64,
    /// Whether it is part of the object around.
    is_part: bool,
}

impl Writer for Tape {
    fn null(&mut self) {
        self.begin(CONSTANT, 0);
    }

    fn bool(&mut self, value: bool) {
        self.begin(CONSTANT, if value { 2 } else { 1 });
    }

    fn integer(&mut self, value: i64) {
        self.push_integer(value);
    }

    fn text(&mut self, value: &str) {
        self.push_text(value);
    }

    fn word(&mut self, words: Names, nth: usize) {
        let number = self.dictionary.word(words, nth);
        self.begin(WORD, number);
    }

    fn list(&mut self, length: usize) {
        self.begin(ARRAY, length);
    }

    fn map(&mut self, length: usize) {
        self.begin(SHAPED_AND_MORE, EMPTY);
        self.items.push(word(length));
    }

    fn object(&mut self, names: Names) {
        let is_part = core::mem::take(&mut self.flatten);
        let (mut header, mut before) = (self.items.len(), EMPTY);
        match self.open.last() {
            Some(around) if is_part => {
                header = around.header;
                before = around.before;
            }
            _ => self.begin(SHAPED, EMPTY),
        }
        self.open.push(Object { header, before, names, has: u64::MAX, is_part });
    }

    fn skip(&mut self, nth: usize) {
        if let Some(object) = self.open.last_mut() {
            object.has &= !bit(nth);
        }
    }

    fn flatten(&mut self, nth: Option<usize>) {
        self.flatten = true;
        let after = nth.map_or(0, from);
        if let Some(object) = self.open.last_mut() {
            object.before = self.dictionary.shape(object.before, &object.names, object.has & !after);
            object.has &= after;
        }
    }

    fn end(&mut self) {
        let Some(Object { header, before, names, has, is_part, .. }) = self.open.pop() else { return };
        let shape = self.dictionary.shape(before, &names, has);
        match self.open.last_mut() {
            Some(around) if is_part => around.before = shape,
            _ => self.set(header, item(SHAPED, shape)),
        }
    }
}

/// The bit of a name.
fn bit(nth: usize) -> u64 {
    1_u64.checked_shl(u32::try_from(nth).unwrap_or(u32::MAX)).unwrap_or_default()
}

/// The bits of this name and those after it.
fn from(nth: usize) -> u64 {
    bit(nth).wrapping_neg()
}
