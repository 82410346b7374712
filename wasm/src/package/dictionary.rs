//! The words and shapes of answers, each told once: JavaScript keeps them, and a tape names them by number.
//!
//! A shape is the names of an object's members, in order. Shapes make a tree: each is another one and some of a list of names.

/// A member's name or a unit variant: text of the program itself.
type Word = &'static str;

/// Every word and shape that a tape has named so far.
pub(crate) struct Dictionary {
    words: Vec<Word>,
    shapes: Vec<Shape>,
    /// What was looked up last, by hash: nearly always the same words and shapes come again.
    recent_words: [usize; RECENT],
    recent_shapes: [usize; RECENT],
}

const RECENT: usize = 1024;

/// A shape but for the empty one, which is the first.
struct Shape {
    before: usize,
    names: Names,
    /// Which of these names it has, a bit each.
    has: u64,
}

/// The names that an object may have: a list of the program itself.
pub(crate) type Names = &'static [Word];

/// The shape without members.
pub(crate) const EMPTY: usize = 0;

impl Default for Dictionary {
    fn default() -> Self {
        let empty = Shape { before: EMPTY, names: &[], has: 0 };
        Self { words: Vec::new(), shapes: vec![empty], recent_words: [0; RECENT], recent_shapes: [0; RECENT] }
    }
}

impl Dictionary {
    /// The number of a word.
    pub(crate) fn word(&mut self, word: Word) -> usize {
        let is_it = |known: &Word| core::ptr::eq(*known, word);
        look_up(&mut self.words, &mut self.recent_words, word.as_ptr().addr(), is_it, || word)
    }

    /// The number of the shape that has more names at its end: those of the list whose bits are set.
    pub(crate) fn shape(&mut self, before: usize, names: Names, has: u64) -> usize {
        if has == 0 {
            return before;
        }
        let is_it = |known: &Shape| known.before == before && known.has == has && core::ptr::eq(known.names, names);
        let hash =
            names.as_ptr().addr().wrapping_add(before.wrapping_mul(37)).wrapping_add(folded(has).wrapping_mul(101));
        look_up(&mut self.shapes, &mut self.recent_shapes, hash, is_it, || Shape { before, names, has })
    }

    /// Every word, in order of its number.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// How many shapes there are.
    pub(crate) fn shapes(&self) -> usize {
        self.shapes.len()
    }

    /// The names of a shape's members, in order.
    pub(crate) fn names(&self, shape: usize) -> Vec<Word> {
        let mut parts = Vec::new();
        let mut next = shape;
        while let Some(part) = self.shapes.get(next).filter(|_| next != EMPTY) {
            parts.push(part);
            next = part.before;
        }
        let mut names = Vec::new();
        for Shape { names: all, has, .. } in parts.into_iter().rev() {
            names.extend((0..).zip(*all).filter(|(at, _)| has.wrapping_shr(*at) & 1 == 1).map(|(_, name)| *name));
        }
        names
    }
}

/// Finds it where it was last found, or else among all; or adds it.
#[inline]
fn look_up<T>(
    known: &mut Vec<T>,
    recent: &mut [usize; RECENT],
    hash: usize,
    is_it: impl Fn(&T) -> bool,
    add: impl FnOnce() -> T,
) -> usize {
    let Some(recent) = recent.get_mut(hash % RECENT) else { return 0 };
    if known.get(*recent).is_some_and(&is_it) {
        return *recent;
    }
    *recent = known.iter().position(is_it).unwrap_or_else(|| {
        known.push(add());
        known.len().saturating_sub(1)
    });
    *recent
}

/// A module's address has 32 bits, and few objects have more members.
fn folded(bits: u64) -> usize {
    usize::try_from(bits & 0xffff_ffff).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names = &["country", "number_type"];

    #[test]
    fn a_word_and_a_shape_have_one_number_each() {
        let [one, other] = *NAMES else { panic!("two names") };
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            assert_eq!((dictionary.word(one), dictionary.word(other)), (0, 1));
            let [first, second, both] = [1, 2, 3].map(|has| dictionary.shape(EMPTY, NAMES, has));
            let twice = dictionary.shape(both, NAMES, 2);
            assert_eq!((first, second, both, twice), (1, 2, 3, 4));
            assert_eq!(dictionary.shape(both, NAMES, 0), both);
            assert_eq!(dictionary.names(second), [other]);
            assert_eq!(dictionary.names(twice), [one, other, other]);
            assert_eq!(dictionary.names(EMPTY), [""; 0]);
        }
        assert_eq!((dictionary.words(), dictionary.shapes()), ([one, other].as_slice(), 5));
    }

    #[test]
    fn what_falls_on_one_place_is_told_apart() {
        let words: Names =
            (0..3000).map(|word| &*Box::leak(word.to_string().into_boxed_str())).collect::<Vec<Word>>().leak();
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                let names = core::slice::from_ref(word);
                assert_eq!((dictionary.word(word), dictionary.shape(EMPTY, names, 1)), (number, number + 1));
            }
        }
    }
}
