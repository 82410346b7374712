//! The table's records: calling codes, regions and formats.

use super::State;
use super::table::Plan;
use crate::Country;

/// A country calling code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallingCode {
    pub(crate) calling_code: u16,
    /// Where its national numbers start in the automaton, and where their leading digits do.
    pub(crate) listing: State,
    pub(super) leading: State,
    first_format: u16,
    first_region: u8,
    pub(crate) regions: u8,
    national_formats: u8,
    international_formats: u8,
    /// What stands before an extension.
    pub(crate) extension_prefix: u8,
}

/// A country, or one of the services that no country has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    name: [u8; 2],
    /// The record of its calling code.
    pub(crate) code: u8,
    /// Which of those who share the calling code it is.
    pub(super) bit: u32,
    /// The lengths of its national numbers, and of those that can only be dialled nearby, bit by bit.
    pub(crate) lengths: u32,
    pub(crate) local_lengths: u32,
    /// Where its national prefixes start in the automaton, and where those for calls abroad do.
    pub(crate) prefix: State,
    pub(crate) abroad: State,
    /// The digits that take a prefix's place, before those of it that are kept.
    pub(crate) inserted: u8,
    examples: u16,
    kinds: u16,
}

/// How the digits of a number are grouped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Which rule of leading digits a number must fulfil, from one; nought for none.
    rule: u8,
    flags: u8,
    /// The text with its groups, abroad and at home.
    pub(crate) international: u8,
    pub(crate) national: u8,
    /// For each group the fewest and the most digits, four bits each.
    pub(crate) groups: [u8; 5],
}

impl Plan {
    pub(crate) fn code(&self, index: u8) -> Option<CallingCode> {
        let &[a, b, c, d, e, f, g, h, first_region, regions, national_formats, international_formats, extension_prefix] =
            self.codes.get(usize::from(index))?;
        Some(CallingCode {
            calling_code: u16::from_le_bytes([a, b]),
            listing: State(u16::from_le_bytes([c, d])),
            leading: State(u16::from_le_bytes([e, f])),
            first_format: u16::from_le_bytes([g, h]),
            first_region,
            regions,
            national_formats,
            international_formats,
            extension_prefix,
        })
    }

    /// All calling codes.
    pub(crate) fn codes(&self) -> impl Iterator<Item = CallingCode> + '_ {
        (0..=u8::MAX).map_while(|index| self.code(index))
    }

    /// Which of those who share the calling code the region is, from one as in listings.
    pub(crate) fn place(&self, code: &CallingCode, region: &Region) -> Option<u8> {
        let own = self.code(region.code)?.calling_code == code.calling_code;
        let place = region.bit.trailing_zeros().checked_add(1)?;
        u8::try_from(place).ok().filter(|_| own)
    }

    /// The calling code at the start of the digits; no calling code begins with another.
    pub(crate) fn split_code<'a>(&self, digits: &'a [u8]) -> Option<(u8, &'a [u8])> {
        let mut calling_code: u16 = 0;
        for (length, digit) in (1..=3).zip(digits) {
            calling_code = calling_code.checked_mul(10)?.checked_add(u16::from(*digit))?;
            if calling_code == 0 {
                return None;
            }
            if let Some(index) = self.code_index(calling_code) {
                return Some((index, digits.get(length..)?));
            }
        }
        None
    }

    pub(crate) fn region_named(&self, country: Country) -> Option<Region> {
        self.region(self.region_index(country.letters())?)
    }

    /// One of those who share the calling code; nought is the main one.
    pub(crate) fn region_of(&self, code: &CallingCode, number: u8) -> Option<Region> {
        self.region(code.first_region.checked_add(number)?)
    }

    /// All regions.
    pub(crate) fn regions(&self) -> impl Iterator<Item = Region> + '_ {
        (0..=u8::MAX).map_while(|index| self.region(index))
    }

    fn region(&self, index: u8) -> Option<Region> {
        let &[n, m, code, a, b, c, d, e, f, g, h, i, j, k, l, inserted, o, p, q, r] =
            self.regions.get(usize::from(index))?;
        let first = self.code(code)?.first_region;
        Some(Region {
            name: [n, m],
            code,
            bit: 1u32.checked_shl(u32::from(index.checked_sub(first)?))?,
            lengths: u32::from_le_bytes([a, b, c, d]),
            local_lengths: u32::from_le_bytes([e, f, g, h]),
            prefix: State(u16::from_le_bytes([i, j])),
            abroad: State(u16::from_le_bytes([k, l])),
            inserted,
            examples: u16::from_le_bytes([o, p]),
            kinds: u16::from_le_bytes([q, r]),
        })
    }

    /// The formats for use at home, or those for use abroad.
    pub(crate) fn forms(&self, code: &CallingCode, abroad: bool) -> impl Iterator<Item = Form> + '_ {
        // Where there are none of their own for use abroad, the others serve.
        let abroad = abroad && code.international_formats > 0;
        let skipped = if abroad { code.national_formats } else { 0 };
        let count = if abroad { code.international_formats } else { code.national_formats };
        let first = usize::from(code.first_format).saturating_add(usize::from(skipped));
        self.formats.iter().skip(first).take(usize::from(count)).map(|record| {
            let &[rule, flags, international, national, ref groups @ ..] = record;
            Form { rule, flags, international, national, groups: *groups }
        })
    }
}

impl Region {
    /// None where it is a service that no country has.
    pub(crate) fn country(&self) -> Option<Country> {
        Country::from_letters(self.name)
    }

    /// The digits of the example of a kind, as text.
    pub(crate) fn example(&self, plan: &Plan, kind: u8) -> Option<&'static [u8]> {
        if self.kinds & 1u16.checked_shl(u32::from(kind))? == 0 {
            return None;
        }
        let mut rest = plan.examples(self.examples);
        for other in 0..kind {
            if self.kinds & 1u16.checked_shl(u32::from(other))? != 0 {
                let (length, after) = rest.split_first()?;
                rest = after.get(usize::from(*length)..)?;
            }
        }
        let (length, after) = rest.split_first()?;
        after.get(..usize::from(*length))
    }
}

impl Form {
    /// Whether a number that fulfils these rules may take it.
    pub(crate) fn suits(&self, fulfilled: u32) -> bool {
        self.rule.checked_sub(1).is_none_or(|bit| fulfilled & 1u32.checked_shl(u32::from(bit)).unwrap_or(0) != 0)
    }

    /// At home nothing but brackets comes before the first group.
    pub(crate) const fn has_first_group_only(&self) -> bool {
        self.flags & 1 != 0
    }

    /// The national prefix may be left out.
    pub(crate) const fn prefix_is_optional(&self) -> bool {
        self.flags & 2 != 0
    }

    /// There is another way of writing it, with a carrier's code.
    pub(crate) const fn has_carrier_rule(&self) -> bool {
        self.flags & 4 != 0
    }

    /// It keeps all digits in their order, so it can be used while a number is being typed.
    pub(crate) const fn keeps_order(&self) -> bool {
        self.flags & 8 != 0
    }

    /// The national prefix is set apart from the number.
    pub(crate) const fn sets_prefix_apart(&self) -> bool {
        self.flags & 16 != 0
    }
}
