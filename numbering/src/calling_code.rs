//! Calling codes: where the country calling code of a number ends. By ITU-T E.164 it has one digit in zones 1 and 7,
//! two in a fixed list, and three otherwise. So the area code of a reserved number is known without a plan. A test
//! compares this with the plan.

use alloc::string::{String, ToString};

use super::E164;

impl E164 {
    /// The digits after the country calling code.
    #[must_use]
    pub fn national_digits(self) -> String {
        let digits = self.digits().to_string();
        let mut pair = digits.chars();
        let length = match (pair.next(), pair.next()) {
            (Some('1' | '7'), _) => 1,
            // ITU-T E.164: two-digit codes by zone. Every other code has three.
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
}

#[cfg(all(test, feature = "plan"))]
mod tests {
    use alloc::string::ToString;

    use crate::{NumberKind, PhoneNumber, plan_countries};

    #[test]
    fn the_calling_code_is_set_apart_as_the_plan_does() {
        for country in plan_countries() {
            for kind in NumberKind::ALL {
                let Some(example) = PhoneNumber::example(country, kind) else { continue };
                let Some(e164) = example.e164() else { continue };
                let expected = e164.to_string().replacen(&alloc::format!("+{}", example.calling_code()), "", 1);
                assert_eq!(e164.national_digits(), expected, "{e164}");
            }
        }
    }
}
