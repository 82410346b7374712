//! Templates: a format with places for digits that are not typed yet.

use alloc::string::String;
use alloc::vec::Vec;

use super::super::format::fill;
use super::super::plan::Form;

/// Longer numbers get no template.
const DIGITS_MAX: usize = 15;

/// A place for a digit: the punctuation space.
const OPEN: char = '\u{2008}';

/// The text of a format, with open places.
#[derive(Clone, Debug, Default)]
pub(super) struct Template {
    letters: Vec<char>,
    /// The index of the last filled place.
    last: usize,
    /// The format's groups, until the template is full.
    groups: Option<[u8; 5]>,
}

impl Template {
    /// `None` if the format has no room for `digits` digits.
    pub(super) fn new(form: &Form, digits: usize) -> Option<Self> {
        let (min, max) = form.bounds();
        let room = max.min(DIGITS_MAX);
        if min > DIGITS_MAX || room < digits {
            return None;
        }
        let digits = [9; DIGITS_MAX];
        let mut text = String::new();
        fill(&mut text, form.international, form, digits.get(..room)?);
        let letters = text.chars().map(|letter| if letter == '9' { OPEN } else { letter }).collect();
        Some(Self { letters, last: 0, groups: Some(form.groups) })
    }

    /// Whether it was made from a format with these groups.
    pub(super) fn is_of(&self, form: &Form) -> bool {
        self.groups == Some(form.groups)
    }

    /// Marks it full, so that another template is chosen next.
    pub(super) const fn forget(&mut self) {
        self.groups = None;
    }

    /// Fills the first open place and returns the text up to it.
    pub(super) fn fill_in(&mut self, digit: u8) -> Option<String> {
        if !self.letters.iter().skip(self.last).any(|letter| *letter == OPEN) {
            return None;
        }
        let at = self.letters.iter().position(|letter| *letter == OPEN)?;
        *self.letters.get_mut(at)? = char::from(digit.wrapping_add(b'0'));
        self.last = at;
        self.letters.get(..=at).map(|letters| letters.iter().collect())
    }
}
