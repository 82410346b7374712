//! Walks of the automaton: one step per digit, then one look at the value of the last state.

use super::automaton::Automaton;
use super::table::Plan;
use super::{CallingCode, Region};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct State(pub(super) u16);

impl State {
    /// No digit leads on, and there is no value.
    pub(crate) const DEAD: Self = Self(0);
}

/// What the plan says about a national number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Listing {
    /// The region among those that share the calling code, from 1; 0 for none.
    pub(crate) region: u8,
    /// The kind, from 1; 0 if the number is invalid.
    pub(crate) kind: u8,
    /// The regions whose general pattern the number fits, one bit each.
    general: u32,
}

impl Listing {
    pub(crate) const fn fits(self, region: &Region) -> bool {
        self.general & region.bit != 0
    }
}

/// A prefix at the start of digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Prefix {
    /// The length of the prefix in digits.
    pub(crate) digits: usize,
    /// The start and length of the digits in it that are kept.
    pub(crate) kept: Option<(usize, usize)>,
}

impl Plan {
    /// The state after the digits.
    #[inline]
    pub(crate) fn walk(&self, start: State, digits: &[u8]) -> State {
        let automaton = Automaton::get();
        digits.iter().fold(start, |state, digit| automaton.step(state, *digit))
    }

    /// The listing of a national number.
    #[inline]
    pub(crate) fn listing(&self, code: &CallingCode, national: &[u8]) -> Listing {
        self.listing_at(self.walk(code.listing, national))
    }

    #[inline]
    pub(crate) fn listing_at(&self, state: State) -> Listing {
        let Some(&[region, kind, a, b, c, d]) = self.listings.get(self.says(state)) else { return Listing::default() };
        Listing { region, kind, general: u32::from_le_bytes([a, b, c, d]) }
    }

    /// The rules of leading digits that a national number fulfils, one bit each: complete, and while it is being typed.
    pub(crate) fn fulfilled(&self, code: &CallingCode, national: &[u8]) -> (u32, u32) {
        let state = self.walk(code.leading, national);
        let Some(&[a, b, c, d, e, f, g, h]) = self.fulfilled.get(self.says(state)) else { return (0, 0) };
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    }

    /// The prefix at the start of the digits that libphonenumber's pattern would choose.
    #[inline]
    pub(crate) fn prefix(&self, start: State, digits: &[u8]) -> Option<Prefix> {
        let automaton = Automaton::get();
        let (mut state, mut found) = (start, None);
        for (length, digit) in digits.iter().enumerate() {
            if state == State::DEAD {
                return found;
            }
            found = self.ending(state).0.map(|ending| prefix(ending, length)).or(found);
            state = automaton.step(state, *digit);
        }
        self.ending(state).1.map(|ending| prefix(ending, digits.len())).or(found)
    }

    /// The prefix that ends in this state if more digits follow, and if none do.
    fn ending(&self, state: State) -> (Option<u16>, Option<u16>) {
        let Some(&[a, b, c, d]) = self.endings.get(self.says(state)) else { return (None, None) };
        let some = |ending: u16| (ending != 0).then_some(ending);
        (some(u16::from_le_bytes([a, b])), some(u16::from_le_bytes([c, d])))
    }
}

/// Bit 14: digits are kept; their start and length follow.
fn prefix(ending: u16, digits: usize) -> Prefix {
    let kept = (usize::from((ending >> 7) & 0x7f), usize::from(ending & 0x7f));
    Prefix { digits, kept: (ending & 0x4000 != 0).then_some(kept) }
}
