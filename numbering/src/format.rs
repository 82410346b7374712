//! Formats: a number for machines, for callers at home and abroad, and as a link.

use alloc::string::String;

use super::PhoneNumber;
use super::digits::{self, Decimal};
use super::plan::{Form, PLAN};

/// A way to write a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NumberFormat {
    /// `+442071838750`
    E164,
    /// `+44 20 7183 8750`
    International,
    /// `020 7183 8750`
    National,
    /// `tel:+44-20-7183-8750`
    Rfc3966,
}

impl PhoneNumber {
    /// The number in this format.
    #[must_use]
    pub fn format(&self, format: NumberFormat) -> String {
        let mut text = String::with_capacity(32);
        match format {
            NumberFormat::E164 => {
                self.begin(&mut text, "+");
                digits::write(&mut text, self.digits());
            }
            NumberFormat::National => self.write_groups(&mut text, false),
            NumberFormat::International => {
                self.begin(&mut text, "+");
                text.push(' ');
                self.write_groups(&mut text, true);
            }
            NumberFormat::Rfc3966 => {
                self.begin(&mut text, "tel:+");
                let mut grouped = String::with_capacity(32);
                self.without_extension().write_groups(&mut grouped, true);
                write_dashed(&mut text, &grouped);
                if self.has_extension() {
                    text.push_str(";ext=");
                    digits::write(&mut text, self.extension_digits());
                }
            }
        }
        text
    }

    fn begin(&self, text: &mut String, sign: &str) {
        text.push_str(sign);
        digits::write(text, Decimal::of(self.calling_code()).as_slice());
    }

    /// Writes the national number in groups, and the extension.
    fn write_groups(&self, text: &mut String, abroad: bool) {
        let Some(code) = self.record() else { return };
        let fulfilled = PLAN.fulfilled(&code, self.digits()).0;
        let mut forms = PLAN.forms(&code, abroad);
        let form = forms.find(|form| form.suits(fulfilled) && form.has_room_for(self.digits().len()));
        match form {
            Some(form) => fill(text, if abroad { form.international } else { form.national }, &form, self.digits()),
            None => digits::write(text, self.digits()),
        }
        if self.has_extension() {
            text.extend(PLAN.string(code.extension_prefix).iter().map(|letter| char::from(*letter)));
            digits::write(text, self.extension_digits());
        }
    }
}

impl Form {
    /// Whether its groups have room for exactly `digits` digits.
    pub(super) fn has_room_for(&self, digits: usize) -> bool {
        let (min, max) = self.bounds();
        (min..=max).contains(&digits)
    }

    /// The fewest and the most digits of all groups together.
    pub(super) fn bounds(&self) -> (usize, usize) {
        self.groups.iter().fold((0, 0), |(min, max), group| {
            (min.saturating_add(usize::from(group >> 4)), max.saturating_add(usize::from(group & 15)))
        })
    }
}

/// Writes the template with the digits in its groups. The first groups take as many digits as they can.
pub(super) fn fill(text: &mut String, template: u8, form: &Form, digits: &[u8]) {
    let mut parts: [&[u8]; 5] = [&[]; 5];
    let (mut rest, (mut needed, _)) = (digits, form.bounds());
    for (part, group) in parts.iter_mut().zip(form.groups) {
        needed = needed.saturating_sub(usize::from(group >> 4));
        let length = usize::from(group & 15).min(rest.len().saturating_sub(needed));
        (*part, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
    }
    for letter in PLAN.string(template) {
        match letter.checked_sub(1).and_then(|group| parts.get(usize::from(group))) {
            Some(part) => digits::write(text, part),
            None => text.push(char::from(*letter)),
        }
    }
}

/// Writes a dash first, and one for each separator.
fn write_dashed(text: &mut String, grouped: &str) {
    let mut apart = true;
    for letter in grouped.bytes() {
        if letter.is_ascii_digit() {
            if apart {
                text.push('-');
            }
            text.push(char::from(letter));
        }
        apart = !letter.is_ascii_digit();
    }
}
