//! Walking the automaton: one step for each digit, then one look at what the last state says.

use super::automaton::Automaton;
use super::table::Plan;
use super::{CallingCode, Region};

/// A state of the automaton.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct State(pub(super) u16);

impl State {
    /// Nothing follows, and nothing is said.
    pub(crate) const DEAD: Self = Self(0);
}

/// What the plan says about a national number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Listing {
    /// Which of those who share the calling code has it, from one; nought for none.
    pub(crate) region: u8,
    /// Nought if it is not valid.
    pub(crate) kind: u8,
    /// Those of the calling code whose general pattern it fits, bit by bit.
    general: u32,
}

impl Listing {
    pub(crate) const fn fits(self, region: &Region) -> bool {
        self.general & region.bit != 0
    }
}

/// A prefix at the start of some digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Prefix {
    /// How many digits it has.
    pub(crate) digits: usize,
    /// Where those of its digits start that are kept, and how many they are.
    pub(crate) kept: Option<(usize, usize)>,
}

impl Plan {
    /// Where the digits lead.
    #[inline]
    pub(crate) fn walk(&self, start: State, digits: &[u8]) -> State {
        let automaton = Automaton::get();
        digits.iter().fold(start, |state, digit| automaton.step(state, *digit))
    }

    /// Looks a national number up.
    #[inline]
    pub(crate) fn listing(&self, code: &CallingCode, national: &[u8]) -> Listing {
        self.listing_at(self.walk(code.listing, national))
    }

    #[inline]
    pub(crate) fn listing_at(&self, state: State) -> Listing {
        let Some(&[region, kind, a, b, c, d]) = self.listings.get(self.says(state)) else { return Listing::default() };
        Listing { region, kind, general: u32::from_le_bytes([a, b, c, d]) }
    }

    /// The rules of leading digits that a national number fulfils, bit by bit: as a whole, and while it is being typed.
    pub(crate) fn fulfilled(&self, code: &CallingCode, national: &[u8]) -> (u32, u32) {
        let state = self.walk(code.leading, national);
        let Some(&[a, b, c, d, e, f, g, h]) = self.fulfilled.get(self.says(state)) else { return (0, 0) };
        (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]))
    }

    /// The prefix at the start of the digits, as libphonenumber's pattern would choose it.
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

/// Bit 14 says that digits are kept, then come from where and how many.
fn prefix(ending: u16, digits: usize) -> Prefix {
    let kept = (usize::from((ending >> 7) & 0x7f), usize::from(ending & 0x7f));
    Prefix { digits, kept: (ending & 0x4000 != 0).then_some(kept) }
}
