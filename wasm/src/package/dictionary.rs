//! The words and shapes of answers, each told once: JavaScript keeps them, and a tape names them by number.
//!
//! A shape is the names of an object's members, in order. Shapes make a tree: each is another one and some of a list of names.

use ringup_core::write::Names;

/// Every word and shape that a tape has named so far.
pub(crate) struct Dictionary {
    words: Vec<Word>,
    shapes: Vec<Shape>,
    /// What was looked up last, by hash, each number plus one: nearly always the same words and shapes come again.
    recent_words: [usize; RECENT],
    recent_shapes: [usize; RECENT],
}

const RECENT: usize = 1024;

/// The places of one hash. With one place, two shapes that fall on it would be looked for among all each time.
const PROBES: usize = 8;

/// One of a list of words: text of the program itself.
struct Word {
    of: Names,
    nth: usize,
}

/// A shape but for the empty one, which is the first.
struct Shape {
    before: usize,
    names: Names,
    /// Which of these names it has, a bit each.
    has: u64,
}

/// The shape without members.
pub(crate) const EMPTY: usize = 0;

impl Default for Dictionary {
    fn default() -> Self {
        let empty = Shape { before: EMPTY, names: Names::default(), has: 0 };
        Self { words: Vec::new(), shapes: vec![empty], recent_words: [0; RECENT], recent_shapes: [0; RECENT] }
    }
}

impl Dictionary {
    /// The number of a word.
    pub(crate) fn word(&mut self, of: Names, nth: usize) -> usize {
        let is_it = |known: &Word| known.nth == nth && known.of.is(&of);
        let hash = of.address().wrapping_add(nth.wrapping_mul(37));
        look_up(&mut self.words, &mut self.recent_words, hash, is_it, || Word { of: of.clone(), nth })
    }

    /// The number of the shape that has more names at its end: those of the list whose bits are set.
    pub(crate) fn shape(&mut self, before: usize, names: &Names, has: u64) -> usize {
        if has == 0 || names.is_empty() {
            return before;
        }
        let is_it = |known: &Shape| known.before == before && known.has == has && known.names.is(names);
        let hash = names.address().wrapping_add(before.wrapping_mul(37)).wrapping_add(folded(has).wrapping_mul(101));
        look_up(&mut self.shapes, &mut self.recent_shapes, hash, is_it, || Shape { before, names: names.clone(), has })
    }

    /// The words after the first ones, in order of their numbers.
    pub(crate) fn words(&self, known: usize) -> Vec<&'static str> {
        let new = self.words.get(known..).unwrap_or_default();
        new.iter().map(|word| word.of.clone().nth(word.nth).unwrap_or_default()).collect()
    }

    /// How many words and how many shapes there are.
    pub(crate) fn sizes(&self) -> [usize; 2] {
        [self.words.len(), self.shapes.len()]
    }

    /// The names of a shape's members, in order.
    pub(crate) fn names(&self, shape: usize) -> Vec<&'static str> {
        let mut parts = Vec::new();
        let mut next = shape;
        while let Some(part) = self.shapes.get(next).filter(|_| next != EMPTY) {
            parts.push(part);
            next = part.before;
        }
        let mut names = Vec::new();
        for Shape { names: all, has, .. } in parts.into_iter().rev() {
            names.extend((0..).zip(all.clone()).filter(|(at, _)| has.wrapping_shr(*at) & 1 == 1).map(|(_, name)| name));
        }
        names
    }
}

/// Finds it in one of the places of its hash, or else among all; or adds it.
#[inline]
fn look_up<T>(
    known: &mut Vec<T>,
    recent: &mut [usize; RECENT],
    hash: usize,
    is_it: impl Fn(&T) -> bool,
    add: impl FnOnce() -> T,
) -> usize {
    let mut place = hash % RECENT;
    for probe in 0..PROBES {
        let next = hash.wrapping_add(probe) % RECENT;
        let Some(number) = recent.get(next).and_then(|number| number.checked_sub(1)) else {
            place = next;
            break;
        };
        if known.get(number).is_some_and(&is_it) {
            return number;
        }
    }
    let number = known.iter().position(is_it).unwrap_or_else(|| {
        known.push(add());
        known.len().saturating_sub(1)
    });
    if let Some(place) = recent.get_mut(place) {
        *place = number.saturating_add(1);
    }
    number
}

/// A module's address has 32 bits, and few objects have more members.
fn folded(bits: u64) -> usize {
    usize::try_from(bits & 0xffff_ffff).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ringup_derive::names;

    use super::*;

    #[test]
    fn a_word_and_a_shape_have_one_number_each() {
        let all = names!["country", "number_type"];
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            assert_eq!([0, 1].map(|nth| dictionary.word(all.clone(), nth)), [0, 1]);
            let [first, second, both] = [1, 2, 3].map(|has| dictionary.shape(EMPTY, &all, has));
            let twice = dictionary.shape(both, &all, 2);
            assert_eq!((first, second, both, twice), (1, 2, 3, 4));
            assert_eq!(dictionary.shape(both, &all, 0), both);
            assert_eq!(dictionary.shape(both, &Names::default(), u64::MAX), both);
            assert_eq!(dictionary.names(second), ["number_type"]);
            assert_eq!(dictionary.names(twice), ["country", "number_type", "number_type"]);
            assert_eq!(dictionary.names(EMPTY), [""; 0]);
        }
        assert_eq!(dictionary.words(0), ["country", "number_type"]);
        assert_eq!(dictionary.words(1), ["number_type"]);
        assert_eq!(dictionary.sizes(), [2, 5]);
    }

    #[test]
    fn what_falls_on_one_place_is_told_apart() {
        let named = |nth: usize| Names::joined(format!("\u{4}{nth:04}").leak());
        let all: Vec<Names> = (0..3000).map(named).collect();
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            for (number, names) in all.iter().enumerate() {
                let word = dictionary.word(names.clone(), 0);
                assert_eq!((word, dictionary.shape(EMPTY, names, 1)), (number, number + 1));
            }
        }
    }
}
