//! The exports of the module without imports. The caller allocates with `alloc`, writes its input there, calls `quote`,
//! `quote_id`, `verify_quote`, `explain`, `decide`, `explain_decision` or `evolve`, reads the answer where the result says
//! (`pointer << 32 | length`), and frees both with `free`.
#![expect(unsafe_code, reason = "a pointer and a length from the other side of the boundary have to be trusted")]

use std::alloc::{Layout, alloc as allocate, dealloc, handle_alloc_error};

use crate::bytes::{
    decide_json, evolve_json, explain_decision_json, explain_json, quote_id_json, quote_json, verify_quote_json,
};

/// Allocates `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    let Some(layout) = layout(length) else { return core::ptr::dangling_mut() };
    // SAFETY: the size of the layout is not zero.
    let pointer = unsafe { allocate(layout) };
    if pointer.is_null() { handle_alloc_error(layout) } else { pointer }
}

/// Frees memory from `alloc` or an answer, of exactly that length.
///
/// # Safety
/// Pointer and length are of one such allocation, which is not used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn free(pointer: *mut u8, length: usize) {
    if let Some(layout) = layout(length) {
        // SAFETY: the caller promises that it came from `allocate` with this layout.
        unsafe { dealloc(pointer, layout) }
    }
}

/// `quote_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn quote(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(quote_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `quote_id_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn quote_id(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(quote_id_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `verify_quote_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn verify_quote(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(verify_quote_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `explain_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn explain(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(explain_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `decide_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn decide(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(decide_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `evolve_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn evolve(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(evolve_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

/// `explain_decision_json`.
///
/// # Safety
/// The input is in an allocation of exactly this length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn explain_decision(pointer: *const u8, length: usize) -> u64 {
    // SAFETY: the caller promises it.
    hand_over(explain_decision_json(unsafe { core::slice::from_raw_parts(pointer, length) }))
}

fn layout(length: usize) -> Option<Layout> {
    Layout::array::<u8>(length).ok().filter(|layout| layout.size() != 0)
}

/// A boxed slice has exactly the layout that `free` will ask for.
#[expect(clippy::as_conversions, reason = "addresses of this target have 32 bits")]
fn hand_over(answer: Vec<u8>) -> u64 {
    let answer = Box::leak(answer.into_boxed_slice());
    (answer.as_ptr() as u64) << 32 | answer.len() as u64
}
