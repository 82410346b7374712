//! The automaton. The file has it packed, a third of its size; it is unpacked when somebody first asks.

use core::sync::atomic::{AtomicBool, AtomicU16, Ordering};

use super::State;
use super::table::PLAN;

/// Where every digit leads from every state.
pub(crate) struct Automaton {
    rows: [[AtomicU16; 10]; STATES],
    is_unpacked: AtomicBool,
}

const STATES: usize = PLAN.says.len();

// `core` knows no lock. None is needed: whoever finds the table packed unpacks it, and two who do so at once write the
// same values. Reading such an atomic costs what reading a plain integer does.
static AUTOMATON: Automaton =
    Automaton { rows: [const { [const { AtomicU16::new(0) }; 10] }; STATES], is_unpacked: AtomicBool::new(false) };

/// What half a byte says of one digit. More than these: where a digit of the same state leads that stands before it, by
/// order of first mention.
const DEAD: u8 = 0;
const AS_BEFORE: u8 = 1;
const NEW: u8 = 2;
const KNOWN: u8 = 3;
const ITSELF: u8 = 4;
const MENTIONED: u8 = 5;

impl Automaton {
    /// Unpacked, and so the only way to walk.
    #[inline]
    pub(crate) fn get() -> &'static Self {
        if !AUTOMATON.is_unpacked.load(Ordering::Acquire) {
            AUTOMATON.unpack();
        }
        &AUTOMATON
    }

    /// Where a digit leads.
    #[inline]
    pub(crate) fn step(&self, state: State, digit: u8) -> State {
        let row = self.rows.get(usize::from(state.0));
        let next = row.and_then(|row| row.get(usize::from(digit)));
        next.map_or(State::DEAD, |next| State(next.load(Ordering::Relaxed)))
    }

    /// States are numbered in the order in which they are first mentioned, those at which one starts before all others.
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
