//! Exact numbers: a system that demands E.164 refuses what the core would read as people write it.

use ringup_core::{E164, NumberError};

/// Why the number that was sent is not in E.164; nothing where none was sent.
pub fn check(number: Option<&str>) -> Result<(), NumberError> {
    match number.map(str::trim).filter(|number| !number.is_empty()) {
        Some(number) => number.parse().map(|_: E164| ()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plus_and_digits_are_exact() {
        for exact in [None, Some(" "), Some("+14044101672"), Some("+1 404-410-1672")] {
            assert_eq!(check(exact), Ok(()), "{exact:?}");
        }
        for loose in ["(404) 410-1672", "tel:+14044101672", "+1 404 410 1672 x5", "+\u{ff11}4044101672"] {
            assert!(check(Some(loose)).is_err(), "{loose}");
        }
    }
}
