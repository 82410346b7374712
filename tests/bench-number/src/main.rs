//! Parse, validity and type of the same numbers, by Ringup and by two other crates, in turns in one run.
//!
//! `cargo run --release` in this folder. The ratios are what counts; nanoseconds are this machine's, today.

use std::hint::black_box;
use std::time::Instant;

use ringup_numbering::PhoneNumber;
use rlibphonenumber::PHONE_NUMBER_UTIL;

const ROUNDS: usize = 6;

const NUMBERS: [&str; 20] = [
    "+14155552671",
    "+1 (415) 555-2671",
    "+442071838750",
    "+44 7400 123456",
    "+44 1481 960194",
    "+4930123456",
    "+49 1512 3456789",
    "+33 6 12 34 56 78",
    "+390669812345",
    "+61 412 345 678",
    "+919876543210",
    "+91 98765-43210",
    "+81 90-1234-5678",
    "+55 11 96123-4567",
    "+7 912 345-67-89",
    "+18682911234",
    "+80012345678",
    "+5491123456789",
    "+86 131 2345 6789",
    "+999 1234567",
];

fn main() {
    let contenders: [(&str, fn(&str) -> usize); 3] =
        [("ringup-numbering", ringup), ("rlibphonenumber", rlibphonenumber), ("phonenumber", phonenumber)];
    let mut best = [f64::INFINITY; 3];
    let mut answers = [0; 3];
    for round in 0..ROUNDS {
        for (at, (_, ask)) in contenders.iter().enumerate() {
            // The first round warms their caches up.
            let repeats = [5000, 200, 1][at];
            let start = Instant::now();
            for _ in 0..repeats {
                answers[at] = NUMBERS.iter().map(|number| ask(black_box(number))).sum();
            }
            let each = start.elapsed().as_nanos() as f64 / (repeats * NUMBERS.len()) as f64;
            if round > 0 {
                best[at] = best[at].min(each);
            }
        }
    }
    for (at, (name, _)) in contenders.iter().enumerate() {
        println!("{name:>16} {:>9.1} ns {:>7.1} x (checksum {})", best[at], best[at] / best[0], answers[at]);
    }
}

fn ringup(text: &str) -> usize {
    PhoneNumber::parse(text, None)
        .map_or(0, |number| usize::from(number.is_valid()) + usize::from(number.kind().is_some()))
}

fn rlibphonenumber(text: &str) -> usize {
    PHONE_NUMBER_UTIL.parse(text, None::<rlibphonenumber::Region>).map_or(0, |number| {
        usize::from(number.is_valid()) + usize::from(number.get_type() != rlibphonenumber::PhoneNumberType::Unknown)
    })
}

fn phonenumber(text: &str) -> usize {
    phonenumber::parse(None, text).map_or(0, |number| {
        let kind = number.number_type(&phonenumber::metadata::DATABASE);
        usize::from(number.is_valid()) + usize::from(kind != phonenumber::Type::Unknown)
    })
}
