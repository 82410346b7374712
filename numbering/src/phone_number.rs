//! Phone numbers: a number and what the numbering plan says about it.

use alloc::string::String;

use super::digits::{self, Digits};
use super::plan::{CallingCode, Listing, NATIONAL_DIGITS_MAX, PLAN, Region, State};
use super::{Country, E164, NumberFormat, NumberKind, NumberReason, Possibility};

/// An existing calling code, a national number and perhaps an extension. The number may be invalid.
///
/// Some countries have valid numbers outside the syntax of E.164 (7 to 15 digits), so [`PhoneNumber::e164`] may be
/// `None`.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PhoneNumber {
    /// The index of the calling code's record.
    code: u8,
    national: Digits<NATIONAL_DIGITS_MAX>,
    extension: Digits<20>,
    /// The state of the automaton after the national number. It is looked up on demand.
    end: State,
}

impl PhoneNumber {
    pub(super) fn new(code: u8, national: Digits<NATIONAL_DIGITS_MAX>, extension: Digits<20>) -> Self {
        let end = PLAN.code(code).map_or(State::DEAD, |code| PLAN.walk(code.listing, national.as_slice()));
        Self { code, national, extension, end }
    }

    /// The country calling code, such as 44.
    #[must_use]
    pub fn calling_code(&self) -> u16 {
        self.record().map_or(0, |code| code.calling_code)
    }

    /// The national (significant) number, with leading zeros.
    pub fn national_number(&self) -> impl core::fmt::Display {
        self.national
    }

    /// The extension, as digits.
    #[must_use]
    pub fn extension(&self) -> Option<String> {
        self.has_extension().then(|| {
            let mut text = String::new();
            digits::write(&mut text, self.extension_digits());
            text
        })
    }

    /// The same number without its extension.
    #[must_use]
    pub const fn without_extension(&self) -> Self {
        Self { extension: Digits::new(), ..*self }
    }

    /// The E.164 form, without the extension. `None` if E.164 does not allow the number.
    #[must_use]
    pub fn e164(&self) -> Option<E164> {
        self.format(NumberFormat::E164).parse().ok()
    }

    /// The kind of the number. `None` if it is invalid.
    #[must_use]
    pub fn kind(&self) -> Option<NumberKind> {
        NumberKind::from_table(self.listing().kind)
    }

    /// Whether the plan has such numbers. Only the carrier knows whether this one is in service.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.listing().kind != 0
    }

    /// The country of the number, even where countries share a calling code. `None` if it is unknown, or has no
    /// country, such as +800.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        let code = self.record()?;
        let number = match (code.regions, self.listing().region) {
            (1, _) => 0,
            (_, region) => region.checked_sub(1)?,
        };
        PLAN.region_of(&code, number)?.country()
    }

    /// Whether the length is one that the calling code has.
    #[must_use]
    pub fn possibility(&self) -> Possibility {
        let main = self.record().and_then(|code| PLAN.region_of(&code, 0));
        main.map_or(Possibility::InvalidLength, |main| possibility(&main, self.digits().len()))
    }

    /// Why the number is invalid. `None` if it is valid.
    #[must_use]
    pub fn reason(&self) -> Option<NumberReason> {
        let is_invalid = !self.is_valid();
        is_invalid.then(|| self.possibility().reason().unwrap_or(NumberReason::InvalidForCountry))
    }

    /// Whether the length exists, if only for local calls.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        matches!(self.possibility(), Possibility::Possible | Possibility::LocalOnly)
    }

    /// The plan's example of a kind of number in a country.
    #[must_use]
    pub fn example(country: Country, kind: NumberKind) -> Option<Self> {
        let region = PLAN.region_named(country)?;
        // The example of a kind that may be either is that of a fixed line.
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
    /// Redacted: a number may be personal data, and many people read logs.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("PhoneNumber(redacted)")
    }
}
