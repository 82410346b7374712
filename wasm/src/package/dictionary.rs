//! The words and shapes of answers, each told once: JavaScript keeps them, and a tape names them by number.
//!
//! A shape is the names of an object's members, in order. Shapes make a tree: each is another one and one more name.

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
    name: Word,
}

/// The shape without members.
pub(crate) const EMPTY: usize = 0;

impl Default for Dictionary {
    fn default() -> Self {
        let empty = Shape { before: EMPTY, name: "" };
        Self { words: Vec::new(), shapes: vec![empty], recent_words: [0; RECENT], recent_shapes: [0; RECENT] }
    }
}

impl Dictionary {
    /// The number of a word.
    pub(crate) fn word(&mut self, word: Word) -> usize {
        let is_it = |known: &Word| same(known, word);
        look_up(&mut self.words, &mut self.recent_words, hash(word, 0), is_it, || word)
    }

    /// The number of the shape that has one more name at its end.
    #[inline]
    pub(crate) fn shape(&mut self, before: usize, name: Word) -> usize {
        let is_it = |known: &Shape| known.before == before && same(known.name, name);
        look_up(&mut self.shapes, &mut self.recent_shapes, hash(name, before), is_it, || Shape { before, name })
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
        let shape_of = |number: usize| self.shapes.get(number).filter(|_| number != EMPTY);
        let from_last = core::iter::successors(shape_of(shape), |shape| shape_of(shape.before));
        let mut names: Vec<Word> = from_last.map(|shape| shape.name).collect();
        names.reverse();
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

/// Equal addresses are equal texts; the same text at two addresses is two words, which costs only room.
#[inline]
fn same(one: Word, other: Word) -> bool {
    core::ptr::eq(one, other)
}

#[inline]
fn hash(word: Word, before: usize) -> usize {
    // Words lie side by side, so that their addresses differ in the lowest bits.
    word.as_ptr().addr().wrapping_add(before.wrapping_mul(37))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_a_shape_have_one_number_each() {
        let (one, other): (Word, Word) = ("country", "number_type");
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            assert_eq!((dictionary.word(one), dictionary.word(other)), (0, 1));
            let (first, second) = (dictionary.shape(EMPTY, one), dictionary.shape(EMPTY, other));
            let both = dictionary.shape(first, other);
            assert_eq!((first, second, both), (1, 2, 3));
            assert_eq!(dictionary.names(both), [one, other]);
            assert_eq!(dictionary.names(EMPTY), [""; 0]);
        }
        assert_eq!((dictionary.words(), dictionary.shapes()), ([one, other].as_slice(), 4));
    }

    #[test]
    fn what_falls_on_one_place_is_told_apart() {
        let words: Vec<Word> = (0..3000).map(|word| &*Box::leak(word.to_string().into_boxed_str())).collect();
        let mut dictionary = Dictionary::default();
        for _ in 0..2 {
            for (number, word) in words.iter().enumerate() {
                assert_eq!((dictionary.word(word), dictionary.shape(EMPTY, word)), (number, number + 1));
            }
        }
    }
}
