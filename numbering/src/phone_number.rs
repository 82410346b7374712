//! A number of the world's numbering plan, and what the plan says about it.

use alloc::string::String;

use super::digits::{self, Digits};
use super::plan::{CallingCode, Listing, NATIONAL_DIGITS_MAX, PLAN, Region, State};
use super::{Country, E164, NumberFormat, NumberKind, NumberReason, Possibility};

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

    /// Why it is not valid; none if it is.
    #[must_use]
    pub fn reason(&self) -> Option<NumberReason> {
        match self.possibility() {
            _ if self.is_valid() => None,
            Possibility::Possible => Some(NumberReason::InvalidForCountry),
            Possibility::LocalOnly => Some(NumberReason::LocalOnly),
            Possibility::TooShort => Some(NumberReason::TooShort),
            Possibility::TooLong => Some(NumberReason::TooLong),
            Possibility::InvalidLength => Some(NumberReason::InvalidLength),
        }
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
