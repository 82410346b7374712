//! Writing numbers: as the standard wants them, as one dials them at home, as one reads them abroad, as a link.

use alloc::string::String;

use super::PhoneNumber;
use super::plan::{Form, PLAN};

/// A way of writing a number.
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
    /// The number, written in this way.
    #[must_use]
    pub fn format(&self, format: NumberFormat) -> String {
        let calling_code = self.calling_code();
        match format {
            NumberFormat::E164 => alloc::format!("+{calling_code}{}", self.national_number()),
            NumberFormat::National => self.grouped(false),
            NumberFormat::International => alloc::format!("+{calling_code} {}", self.grouped(true)),
            NumberFormat::Rfc3966 => {
                let grouped = dashed(&self.without_extension().grouped(true));
                match self.extension() {
                    Some(extension) => alloc::format!("tel:+{calling_code}-{grouped};ext={extension}"),
                    None => alloc::format!("tel:+{calling_code}-{grouped}"),
                }
            }
        }
    }

    /// The national number in groups, and the extension.
    fn grouped(&self, abroad: bool) -> String {
        let Some(code) = self.record() else { return String::new() };
        let fulfilled = PLAN.fulfilled(&code, self.digits()).0;
        let mut forms = PLAN.forms(&code, abroad);
        let form = forms.find(|form| form.suits(fulfilled) && form.has_room_for(self.digits().len()));
        let mut text = match form {
            Some(form) => fill(if abroad { form.international } else { form.national }, &form, self.digits()),
            None => alloc::format!("{}", self.national_number()),
        };
        if let Some(extension) = self.extension() {
            PLAN.string(code.extension_prefix).iter().for_each(|letter| text.push(char::from(*letter)));
            text.push_str(&alloc::format!("{extension}"));
        }
        text
    }
}

impl Form {
    /// Whether its groups take exactly so many digits.
    pub(super) fn has_room_for(&self, digits: usize) -> bool {
        let (min, max) = self.bounds();
        (min..=max).contains(&digits)
    }

    /// The fewest and the most digits of all groups.
    pub(super) fn bounds(&self) -> (usize, usize) {
        self.groups.iter().fold((0, 0), |(min, max), group| {
            (min.saturating_add(usize::from(group >> 4)), max.saturating_add(usize::from(group & 15)))
        })
    }
}

/// The template with the digits in its groups: the first groups take as many as they can.
pub(super) fn fill(template: u8, form: &Form, digits: &[u8]) -> String {
    let mut parts: [&[u8]; 5] = [&[]; 5];
    let (mut rest, (mut needed, _)) = (digits, form.bounds());
    for (part, group) in parts.iter_mut().zip(form.groups) {
        needed = needed.saturating_sub(usize::from(group >> 4));
        let length = usize::from(group & 15).min(rest.len().saturating_sub(needed));
        (*part, rest) = rest.split_at_checked(length).unwrap_or((rest, &[]));
    }
    let mut text = String::with_capacity(24);
    for letter in PLAN.string(template) {
        match letter.checked_sub(1).and_then(|group| parts.get(usize::from(group))) {
            Some(part) => part.iter().for_each(|digit| text.push(char::from(digit.wrapping_add(b'0')))),
            None => text.push(char::from(*letter)),
        }
    }
    text
}

/// Each separator becomes a dash; none at the start.
fn dashed(text: &str) -> String {
    let mut dashed = String::with_capacity(text.len());
    for part in text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()) {
        if !dashed.is_empty() {
            dashed.push('-');
        }
        dashed.push_str(part);
    }
    dashed
}
