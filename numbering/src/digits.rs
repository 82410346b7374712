//! A short run of digits, stored inline: no allocation, and equal digits are equal values.
//!
//! A leading zero is a digit like any other, so an Italian number (+39 06 …) keeps its zero without a flag.

use alloc::string::String;

/// At most `N` digits, each 0 to 9.
// Bytes beyond the length are 0, so the derived equality and order are right; the length comes last for the order.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Digits<const N: usize> {
    digits: [u8; N],
    length: u8,
}

impl<const N: usize> Digits<N> {
    pub(super) const fn new() -> Self {
        Self { digits: [0; N], length: 0 }
    }

    /// Drops digits beyond `N`.
    pub(super) fn from_slice(digits: &[u8]) -> Self {
        let mut all = Self::new();
        for (slot, digit) in all.digits.iter_mut().zip(digits) {
            *slot = *digit;
            all.length = all.length.saturating_add(1);
        }
        all
    }

    /// Drops the digit if there is no room.
    #[inline]
    pub(super) fn push(&mut self, digit: u8) {
        if let Some(slot) = self.digits.get_mut(usize::from(self.length)) {
            *slot = digit;
            self.length = self.length.saturating_add(1);
        }
    }

    #[inline]
    pub(super) fn as_slice(&self) -> &[u8] {
        self.digits.get(..usize::from(self.length)).unwrap_or_default()
    }
}

pub(super) type Decimal = Digits<3>;

impl Decimal {
    /// The decimal digits of a number below 1000, without leading zeros.
    pub(super) fn of(number: u16) -> Self {
        let mut digits = Self::new();
        let all = [number / 100, number / 10 % 10, number % 10];
        for digit in all.into_iter().skip_while(|digit| *digit == 0) {
            digits.push(u8::try_from(digit).unwrap_or_default());
        }
        digits
    }
}

/// Appends digits to a text. `format!` would add much of `core::fmt` to a small module.
pub(super) fn write(text: &mut String, digits: &[u8]) {
    text.extend(digits.iter().map(|digit| char::from(digit.wrapping_add(b'0'))));
}

impl<const N: usize> core::fmt::Display for Digits<N> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.as_slice().iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

/// The zero of each script with decimal digits of its own (Unicode 14, category Nd).
const ZEROS: [u32; 65] = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0,
    0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The value of a decimal digit in any script.
pub(super) fn digit(character: char) -> Option<u8> {
    if character.is_ascii() {
        return character.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
    }
    let code = u32::from(character);
    let at = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let digit = code.checked_sub(*ZEROS.get(at)?)?;
    u8::try_from(digit).ok().filter(|digit| *digit < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calling_code_is_its_digits() {
        for (number, expected) in [(1, &[1][..]), (44, &[4, 4]), (800, &[8, 0, 0]), (508, &[5, 0, 8])] {
            assert_eq!(Decimal::of(number).as_slice(), expected);
        }
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        for (character, expected) in
            [('7', Some(7)), ('٧', Some(7)), ('७', Some(7)), ('7', Some(7)), ('²', None), ('x', None)]
        {
            assert_eq!(digit(character), expected, "{character}");
        }
        assert!(ZEROS.is_sorted());
    }
}
