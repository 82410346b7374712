//! Where a number's country calling code ends.

use ringup_core::E164;

/// The number without its country calling code.
pub(crate) fn national(number: E164) -> String {
    let digits = number.digits().to_string();
    let mut pair = digits.chars();
    let length = match (pair.next(), pair.next()) {
        (Some('1' | '7'), _) => 1,
        // ITU-T E.164: the zones in which two digits are a code of their own, everything else has three.
        (Some('2'), Some('0' | '7'))
        | (Some('3'), Some('0' | '1' | '2' | '3' | '4' | '6' | '9'))
        | (Some('4'), Some('0' | '1' | '3' | '4' | '5' | '6' | '7' | '8' | '9'))
        | (Some('5'), Some('1'..='8'))
        | (Some('6'), Some('0'..='6'))
        | (Some('8'), Some('1' | '2' | '4' | '6'))
        | (Some('9'), Some('0'..='5' | '8')) => 2,
        _ => 3,
    };
    digits.chars().skip(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_its_calling_code() {
        for (number, expected) in [
            ("+14155550100", "4155550100"),
            ("+919876543210", "9876543210"),
            ("+35312345678", "12345678"),
            ("+3546123456", "6123456"),
            ("+97254234567", "54234567"),
        ] {
            assert_eq!(national(number.parse().unwrap()), expected);
        }
    }
}
