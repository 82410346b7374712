//! The exports: what `npm/src/instance.ts` names. It gets the buffer with `input`, writes its texts there one after another, and
//! calls a function with their lengths. The answer is the address of a tape, which is good until the next call.
#![expect(unsafe_code, reason = "what is exported by name could meet another of that name")]

use std::cell::RefCell;

use super::{Against, Module, currency_exponent as exponent};

/// A larger buffer shrinks to this at the next small input.
const INPUT_KEPT: usize = 1 << 16;

thread_local! {
    static MODULE: RefCell<Module> = RefCell::default();
    static INPUT: RefCell<Vec<u8>> = RefCell::default();
}

/// The input buffer, resized to `length` bytes.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        if length <= INPUT_KEPT {
            input.shrink_to(INPUT_KEPT);
        }
        input.resize(length, 0);
        input.as_mut_ptr()
    })
}

/// [`Module::load_shop`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn load_shop(slot: usize) -> *const u32 {
    answer(|module, input| module.load_shop(slot, input))
}

/// [`Module::load_standing`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn load_standing(slot: usize) -> *const u32 {
    answer(|module, input| module.load_standing(slot, input))
}

/// [`Module::load_offers`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn load_offers(slot: usize) -> *const u32 {
    answer(|module, input| module.load_offers(slot, input))
}

/// [`Module::quote`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn quote(shop: usize, standing: usize, offers: usize, now: f64) -> *const u32 {
    answer(|module, input| module.quote(&Against { shop, standing, offers }, input, instant(now)))
}

/// [`Module::is_acceptable`] of all the input: 1 or 0, or the address of the failure's tape, which is neither.
#[unsafe(no_mangle)]
pub extern "C" fn is_acceptable(shop: usize, standing: usize, offers: usize, now: f64) -> usize {
    INPUT.with_borrow(|input| {
        MODULE.with_borrow_mut(|module| {
            let acceptable = module.is_acceptable(&Against { shop, standing, offers }, input, instant(now));
            acceptable.map_or_else(|tape| tape.as_ptr().addr(), usize::from)
        })
    })
}

/// [`Module::explain`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn explain(shop: usize, standing: usize, offers: usize, now: f64) -> *const u32 {
    answer(|module, input| module.explain(&Against { shop, standing, offers }, input, instant(now)))
}

/// [`Module::verify_quote`] of the input: the quote has that length, and the id follows it.
#[unsafe(no_mangle)]
pub extern "C" fn verify_quote(length: usize, now: f64) -> *const u32 {
    answer(|module, input| {
        let (quote, id) = input.split_at_checked(length).unwrap_or_default();
        module.verify_quote(quote, core::str::from_utf8(id).unwrap_or_default(), instant(now))
    })
}

/// [`Module::quote_id`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn quote_id() -> *const u32 {
    answer(Module::quote_id)
}

/// [`Module::sentence`] of all the input.
#[unsafe(no_mangle)]
pub extern "C" fn sentence(shop: usize) -> *const u32 {
    answer(|module, input| module.sentence(shop, input))
}

/// [`Module::policy_ids`].
#[unsafe(no_mangle)]
pub extern "C" fn policy_ids() -> *const u32 {
    answer(|module, _| module.policy_ids())
}

/// [`Module::policy`].
#[unsafe(no_mangle)]
pub extern "C" fn policy(place: usize) -> *const u32 {
    answer(|module, _| module.policy(place))
}

/// [`Module::dictionary`].
#[unsafe(no_mangle)]
pub extern "C" fn dictionary(known_words: usize, known_shapes: usize) -> *const u32 {
    answer(|module, _| module.dictionary(known_words, known_shapes))
}

/// [`exponent`] of the code that is the input; -1: there is no such currency.
#[unsafe(no_mangle)]
pub extern "C" fn currency_exponent() -> i32 {
    INPUT.with_borrow(|input| core::str::from_utf8(input).ok().and_then(exponent).map_or(-1, i32::from))
}

fn answer(ask: impl for<'a> FnOnce(&'a mut Module, &[u8]) -> &'a [u32]) -> *const u32 {
    INPUT.with_borrow(|input| MODULE.with_borrow_mut(|module| ask(module, input).as_ptr()))
}

/// JavaScript gives whole milliseconds within ±(2⁵³ − 1).
#[expect(clippy::as_conversions, reason = "the one way from JavaScript's number, and it saturates")]
const fn instant(millis: f64) -> i64 {
    millis as i64
}
