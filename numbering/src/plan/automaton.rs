//! The automaton. The file has it packed to a third of its size; the first use unpacks it.

use core::sync::atomic::{AtomicBool, AtomicU16, Ordering};

use super::State;
use super::table::PLAN;

/// The next state for every state and digit.
pub(crate) struct Automaton {
    rows: [[AtomicU16; 10]; STATES],
    is_unpacked: AtomicBool,
}

const STATES: usize = PLAN.says.len();

// `core` has no lock, and none is needed: threads that unpack at the same time write the same values. Reading such an
// atomic costs no more than reading an integer.
static AUTOMATON: Automaton =
    Automaton { rows: [const { [const { AtomicU16::new(0) }; 10] }; STATES], is_unpacked: AtomicBool::new(false) };

/// The values of a half byte for one digit. A larger value is a back reference: the same next state as an earlier digit
/// of this state, by order of first mention.
const DEAD: u8 = 0;
const AS_BEFORE: u8 = 1;
const NEW: u8 = 2;
const KNOWN: u8 = 3;
const ITSELF: u8 = 4;
const MENTIONED: u8 = 5;

impl Automaton {
    /// The unpacked automaton. There is no other way to get one.
    #[inline]
    pub(crate) fn get() -> &'static Self {
        if !AUTOMATON.is_unpacked.load(Ordering::Acquire) {
            AUTOMATON.unpack();
        }
        &AUTOMATON
    }

    /// The next state after a digit.
    #[inline]
    pub(crate) fn step(&self, state: State, digit: u8) -> State {
        let row = self.rows.get(usize::from(state.0));
        let next = row.and_then(|row| row.get(usize::from(digit)));
        next.map_or(State::DEAD, |next| State(next.load(Ordering::Relaxed)))
    }

    /// States are numbered by first mention; start states come first.
    #[cold]
    fn unpack(&self) {
        let mut known = PLAN.known.iter();
        let mut fresh = PLAN.starts;
        for ((row, shape), itself) in self.rows.iter().zip(PLAN.shapes).zip(0..) {
            let mut mentioned = [0; 10];
            let (mut mentions, mut before) = (0, 0);
            let halves = shape.iter().flat_map(|byte| [byte >> 4, byte & 15]);
            for (slot, half) in row.iter().zip(halves) {
                let next = match half {
                    DEAD => 0,
                    AS_BEFORE => before,
                    ITSELF => itself,
                    NEW | KNOWN => {
                        let next =
                            if half == NEW { fresh } else { known.next().map_or(0, |next| u16::from_le_bytes(*next)) };
                        fresh = fresh.wrapping_add(u16::from(half == NEW));
                        if let Some(mention) = mentioned.get_mut(mentions) {
                            *mention = next;
                        }
                        mentions = mentions.wrapping_add(1);
                        next
                    }
                    _ => mentioned.get(usize::from(half.wrapping_sub(MENTIONED))).copied().unwrap_or(0),
                };
                slot.store(next, Ordering::Relaxed);
                before = next;
            }
        }
        self.is_unpacked.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_mentioned_and_none_that_there_is_not() {
        let mut mentioned = [false; STATES];
        for row in &Automaton::get().rows {
            for next in row {
                mentioned[usize::from(next.load(Ordering::Relaxed))] = true;
            }
        }
        let starts = usize::from(PLAN.starts);
        assert!(mentioned.iter().skip(starts).all(|mentioned| *mentioned), "a state is never reached");
    }

    #[test]
    fn what_is_dead_stays_dead() {
        assert!((0..10).all(|digit| Automaton::get().step(State::DEAD, digit) == State::DEAD));
    }
}
