//! The exports. There is one buffer: the caller writes a text there as UTF-8 and passes its length; a text answer is in the
//! same buffer. A country is its two letters as two bytes, or zero.
#![expect(unsafe_code, reason = "the other side of the boundary sees the memory, not the borrow checker")]

use core::cell::UnsafeCell;

use crate::{answer, texts};

/// The size of the buffer, in bytes. A longer text may be cut off at half of it: a text of more than 250 characters is not
/// a number.
const BUFFER: usize = 2048;

struct Buffer(UnsafeCell<[u8; BUFFER]>);

// SAFETY: an instance of the module has one thread, and no call runs within another.
unsafe impl Sync for Buffer {}

static SHARED: Buffer = Buffer(UnsafeCell::new([0; BUFFER]));

/// The address of the buffer.
#[unsafe(no_mangle)]
pub extern "C" fn number_buffer() -> *mut u8 {
    SHARED.0.get().cast()
}

/// [`crate::facts`]; gives the length.
#[unsafe(no_mangle)]
pub extern "C" fn number_facts() -> usize {
    begin();
    hand_over(&texts::facts())
}

/// [`crate::answer`] of the text in the buffer.
#[unsafe(no_mangle)]
pub extern "C" fn number_answer(length: usize, country: u32) -> u32 {
    begin();
    answer::answer(text(length), country)
}

/// [`crate::read`] of the text in the buffer; gives the integer, and the texts in the buffer, a line each and a zero after
/// the last.
#[unsafe(no_mangle)]
pub extern "C" fn number_read(length: usize, country: u32) -> u32 {
    begin();
    let (bits, mut lines) = texts::read(text(length), country);
    lines.push('\0');
    hand_over(&lines);
    bits
}

/// [`crate::shown`], from buffer to buffer; gives the length, or the highest integer if the text is shown unchanged.
#[unsafe(no_mangle)]
pub extern "C" fn number_shown(length: usize, country: u32) -> usize {
    begin();
    texts::shown(text(length), country).map_or(usize::MAX, |shown| hand_over(&shown))
}

/// [`crate::example`]; gives the length, or zero if there is none.
#[unsafe(no_mangle)]
pub extern "C" fn number_example(country: u32, kind: usize) -> usize {
    begin();
    texts::example(country, kind).map_or(0, |example| hand_over(&example))
}

/// [`crate::can_match`] of the pattern in the buffer.
#[unsafe(no_mangle)]
pub extern "C" fn number_can_match(length: usize, country: u32) -> bool {
    begin();
    texts::can_match(text(length), country)
}

/// Nothing outlives a call, so each starts with all memory free.
fn begin() {
    #[cfg(feature = "alone")]
    crate::alone::free_everything();
}

/// The text that was written to the buffer. What is not UTF-8 is no text.
fn text(length: usize) -> &'static str {
    // SAFETY: nothing writes to the buffer before `hand_over`, which is the last that a call does.
    let buffer: &'static [u8] = unsafe { &*SHARED.0.get() };
    buffer.get(..length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
}

fn hand_over(answer: &str) -> usize {
    // SAFETY: the text that was read from here has been used up: the answer is memory of its own.
    let buffer = unsafe { &mut *SHARED.0.get() };
    buffer.iter_mut().zip(answer.as_bytes()).for_each(|(slot, byte)| *slot = *byte);
    answer.len().min(BUFFER)
}
