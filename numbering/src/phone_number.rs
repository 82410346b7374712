//! A number of the world's numbering plan, and what the plan says about it.

use alloc::string::String;

use super::digits::{self, Digits};
use super::plan::{CallingCode, Listing, NATIONAL_DIGITS_MAX, PLAN, Region, State};
use super::{E164, NumberFormat, NumberKind};
use crate::Country;

/// A calling code that exists and a national number, perhaps with an extension. It need not be a valid number.
///
/// [`E164`] is the international standard's syntax, 7 to 15 digits; some countries have valid numbers outside of it,
/// so not every number has one.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PhoneNumber {
    /// The record of the calling code.
    code: u8,
    national: Digits<NATIONAL_DIGITS_MAX>,
    extension: Digits<20>,
    /// Where the national number ends in the automaton: it is walked once, and what it says is looked up when asked.
    end: State,
}

/// Why a text is no number of the plan.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(tag = "problem", rename_all = "snake_case"))]
pub enum PhoneNumberError {
    /// Nothing was typed.
    Empty,
    /// A character has no meaning in a number.
    InvalidCharacter {
        /// Its position, in characters from nought.
        at: u32,
    },
    /// The characters are those of numbers, their order is not.
    NotANumber,
    /// The `phone-context` of a `tel:` URI is neither a number nor a domain.
    InvalidContext,
    /// It says no calling code, and no known country was given.
    MissingCallingCode,
    /// No calling code begins like this.
    UnknownCallingCode,
    /// After the `+` or the prefix for calls abroad, hardly anything comes.
    TooShortAfterPrefix,
    /// Fewer digits than any number has.
    TooShort,
    /// More digits than any number has.
    TooLong,
}

/// Whether a national number of this length exists under its calling code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", ringup_derive::data(serde), serde(rename_all = "snake_case"))]
pub enum Possibility {
    /// It does.
    Possible,
    /// Only for calls nearby, without an area code.
    LocalOnly,
    /// All have more digits.
    TooShort,
    /// All have fewer digits.
    TooLong,
    /// Shorter and longer ones exist.
    InvalidLength,
}

impl PhoneNumber {
    pub(super) fn new(code: u8, national: Digits<NATIONAL_DIGITS_MAX>, extension: Digits<20>) -> Self {
        let end = PLAN.code(code).map_or(State::DEAD, |code| PLAN.walk(code.listing, national.as_slice()));
        Self { code, national, extension, end }
    }

    /// The country calling code.
    #[must_use]
    pub fn calling_code(&self) -> u16 {
        self.record().map_or(0, |code| code.calling_code)
    }

    /// The national (significant) number, leading zeros included.
    pub fn national_number(&self) -> impl core::fmt::Display {
        self.national
    }

    /// The extension within a company.
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        self.has_extension().then(|| {
            let mut text = String::new();
            digits::write(&mut text, self.extension_digits());
            text
        })
    }

    /// The number without its extension.
    #[must_use]
    pub const fn without_extension(&self) -> Self {
        Self { extension: Digits::new(), ..*self }
    }

    /// The number by the international standard, without its extension; none if that allows no such number.
    #[must_use]
    pub fn e164(&self) -> Option<E164> {
        self.format(NumberFormat::E164).parse().ok()
    }

    /// What it is for; none if it is not valid.
    #[must_use]
    pub fn kind(&self) -> Option<NumberKind> {
        NumberKind::from_table(self.listing().kind)
    }

    /// Whether the plan has such numbers. Whether this one is in service, nobody but its carrier knows.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.listing().kind != 0
    }

    /// The country that has it, also where several share a calling code. None if it is not known or there is none, as
    /// for +800.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        let code = self.record()?;
        let number = match (code.regions, self.listing().region) {
            (1, _) => 0,
            (_, region) => region.checked_sub(1)?,
        };
        PLAN.region_of(&code, number)?.country()
    }

    /// Whether its length is one that its calling code has.
    #[must_use]
    pub fn possibility(&self) -> Possibility {
        let main = self.record().and_then(|code| PLAN.region_of(&code, 0));
        main.map_or(Possibility::InvalidLength, |main| possibility(&main, self.digits().len()))
    }

    /// Whether it is possible, if only for calls nearby.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        matches!(self.possibility(), Possibility::Possible | Possibility::LocalOnly)
    }

    /// The example of a kind that the plan gives for a country.
    #[must_use]
    pub fn example(country: Country, kind: NumberKind) -> Option<Self> {
        let region = PLAN.region_named(country)?;
        // Nothing distinguishes an example that may be either from one of a fixed line.
        let kind = if kind == NumberKind::FixedLineOrMobile { NumberKind::FixedLine } else { kind };
        let digits = region.example(&PLAN, kind.in_table())?;
        Self::parse(core::str::from_utf8(digits).ok()?, Some(country)).ok()
    }

    pub(super) fn record(&self) -> Option<CallingCode> {
        PLAN.code(self.code)
    }

    pub(super) fn digits(&self) -> &[u8] {
        self.national.as_slice()
    }

    pub(super) fn extension_digits(&self) -> &[u8] {
        self.extension.as_slice()
    }

    pub(super) fn has_extension(&self) -> bool {
        !self.extension_digits().is_empty()
    }

    fn listing(&self) -> Listing {
        PLAN.listing_at(self.end)
    }
}

/// Whether the region has national numbers of this length.
pub(super) fn possibility(region: &Region, length: usize) -> Possibility {
    let bit = u32::try_from(length).ok().and_then(|length| 1u32.checked_shl(length)).unwrap_or(0);
    let shorter = bit.wrapping_sub(1);
    if region.local_lengths & bit != 0 {
        Possibility::LocalOnly
    } else if region.lengths & bit != 0 {
        Possibility::Possible
    } else if region.lengths & shorter == 0 {
        Possibility::TooShort
    } else if region.lengths & !shorter == 0 {
        Possibility::TooLong
    } else {
        Possibility::InvalidLength
    }
}

impl core::fmt::Debug for PhoneNumber {
    /// Redacted: a number may be personal data, and logs are read by many.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PhoneNumber(redacted)")
    }
}

impl PhoneNumberError {
    /// A stable name for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.reason().name()
    }
}

impl core::fmt::Display for PhoneNumberError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("no number was given"),
            Self::InvalidCharacter { at } => write!(f, "character {at} has no meaning in a number"),
            Self::NotANumber => f.write_str("these characters do not make a number"),
            Self::InvalidContext => f.write_str("the `phone-context` is neither a number nor a domain"),
            Self::MissingCallingCode => {
                f.write_str("the number must begin with `+` and the country calling code, or a country must be given")
            }
            Self::UnknownCallingCode => f.write_str("no country calling code begins like this"),
            Self::TooShortAfterPrefix => f.write_str("after the international prefix the number is too short"),
            Self::TooShort => f.write_str("the number is too short"),
            Self::TooLong => f.write_str("the number is too long"),
        }
    }
}

impl core::error::Error for PhoneNumberError {}
