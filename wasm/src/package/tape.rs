//! An answer for JavaScript: a *tape* of 32-bit words, from which `npm/src/tape.ts` builds plain objects. That
//! takes a twentieth of the time of a text in JSON.
//!
//! An item is a word: its tag in the lowest three bits, and a number `n` in the other 29.
//!
//! | tag | item | follows |
//! |---|---|---|
//! | 0 | `null`, `false`, `true` by `n` | |
//! | 1 | the integer `n` | |
//! | 2 | an integer | its lower half, its upper half with the sign |
//! | 3 | the word number `n` of the dictionary | |
//! | 4 | a text of `n` bytes of UTF-8 | the bytes, padded to whole words |
//! | 5 | an object of the shape number `n` of the dictionary | its members' values |
//! | 6 | an array of `n` items | the items |
//! | 7 | an object of such a shape and more | its members' values, how many more, and for each its name and its value |

mod writer;

use ringup_core::write::Write;

use super::dictionary::Dictionary;
use writer::Object;

const CONSTANT: u32 = 0;
const INTEGER: u32 = 1;
const LARGE_INTEGER: u32 = 2;
const WORD: u32 = 3;
const TEXT: u32 = 4;
const SHAPED: u32 = 5;
const ARRAY: u32 = 6;
const SHAPED_AND_MORE: u32 = 7;

const TAG_BITS: u32 = 3;

/// The tape of the latest answer, and the dictionary of all.
#[derive(Default)]
pub(crate) struct Tape {
    items: Vec<u32>,
    dictionary: Dictionary,
    /// The objects that are being written, the innermost last.
    open: Vec<Object>,
    /// Whether the next object's members are members of the innermost one.
    flatten: bool,
    /// The part of the dictionary that was told last.
    told: Vec<u32>,
}

impl Tape {
    /// Writes an answer over the one before it. The first two words are the sizes of the dictionary, the words and the
    /// shapes: who knows fewer asks for [`Tape::dictionary`] before it reads on.
    pub(crate) fn write(&mut self, answer: &impl Write) -> &[u32] {
        self.items.clear();
        self.items.extend([0, 0]);
        #[cfg(not(feature = "without-writer"))]
        answer.write(self);
        #[cfg(feature = "without-writer")]
        core::hint::black_box(answer);
        let sizes = self.dictionary.sizes().map(word);
        self.items.iter_mut().zip(sizes).for_each(|(item, size)| *item = size);
        &self.items
    }

    /// Two arrays: the words and the shapes after the known ones; a shape is the array of its members' names.
    /// The answer stays where it is.
    pub(crate) fn dictionary(&mut self, known_words: usize, known_shapes: usize) -> &[u32] {
        let answer = core::mem::take(&mut self.items);
        let dictionary = core::mem::take(&mut self.dictionary);
        let words = dictionary.words(known_words);
        self.begin(ARRAY, words.len());
        words.iter().for_each(|word| self.push_text(word));
        let [_, shapes] = dictionary.sizes();
        let shapes = known_shapes..shapes;
        self.begin(ARRAY, shapes.len());
        for names in shapes.map(|shape| dictionary.names(shape)) {
            self.begin(ARRAY, names.len());
            names.iter().for_each(|name| self.push_text(name));
        }
        self.dictionary = dictionary;
        self.told = core::mem::replace(&mut self.items, answer);
        &self.told
    }

    fn begin(&mut self, tag: u32, number: usize) {
        self.items.push(item(tag, number));
    }

    fn push_text(&mut self, text: &str) {
        self.begin(TEXT, text.len());
        let (words, rest) = text.as_bytes().as_chunks();
        self.items.extend(words.iter().copied().map(u32::from_le_bytes));
        if !rest.is_empty() {
            self.items.push(rest.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte)));
        }
    }

    fn push_integer(&mut self, integer: i64) {
        match u32::try_from(integer) {
            Ok(small) if small < 1 << (u32::BITS - TAG_BITS) => self.items.push(small << TAG_BITS | INTEGER),
            _ => {
                let [a, b, c, d, e, f, g, h] = integer.to_le_bytes();
                let halves = [[a, b, c, d], [e, f, g, h]].map(u32::from_le_bytes);
                self.items.push(LARGE_INTEGER);
                self.items.extend(halves);
            }
        }
    }

    fn set(&mut self, at: usize, item: u32) {
        if let Some(place) = self.items.get_mut(at) {
            *place = item;
        }
    }
}

fn item(tag: u32, number: usize) -> u32 {
    word(number) << TAG_BITS | tag
}

/// No tape and no text is as long as 2²⁹: memory ends before.
fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
