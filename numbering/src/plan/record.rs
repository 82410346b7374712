//! Records of the table: calling codes, regions and formats.

use super::State;
use super::table::Plan;
use crate::Country;

/// The record of a country calling code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallingCode {
    pub(crate) calling_code: u16,
    /// The start states of its national numbers and of their leading digits.
    pub(crate) listing: State,
    pub(super) leading: State,
    first_format: u16,
    first_region: u8,
    pub(crate) regions: u8,
    national_formats: u8,
    international_formats: u8,
    /// The text before an extension.
    pub(crate) extension_prefix: u8,
}

/// The record of a country, or of a service without a country.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Region {
    name: [u8; 2],
    /// The index of its calling code's record.
    pub(crate) code: u8,
    /// The bit of the region among those that share the calling code.
    pub(super) bit: u32,
    /// The lengths of national numbers, and of those for local calls only; one bit per length.
    pub(crate) lengths: u32,
    pub(crate) local_lengths: u32,
    /// The start states of its national prefixes and of its prefixes for international calls.
    pub(crate) prefix: State,
    pub(crate) abroad: State,
    /// The digits that replace a prefix; the prefix's kept digits follow.
    pub(crate) inserted: u8,
    examples: u16,
    kinds: u16,
}

/// A format: how the digits of a number are grouped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The rule of leading digits that a number must fulfil, from 1; 0 for none.
    rule: u8,
    flags: u8,
    /// The template abroad and at home.
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

    /// Every calling code of the plan.
    pub(crate) fn codes(&self) -> impl Iterator<Item = CallingCode> + '_ {
        (0..=u8::MAX).map_while(|index| self.code(index))
    }

    /// The region's place among those that share the calling code, from 1 as in listings.
    pub(crate) fn place(&self, code: &CallingCode, region: &Region) -> Option<u8> {
        let own = self.code(region.code)?.calling_code == code.calling_code;
        let place = region.bit.trailing_zeros().checked_add(1)?;
        u8::try_from(place).ok().filter(|_| own)
    }

    /// The calling code at the start of the digits. No calling code begins with another.
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

    /// The n-th region of those that share the calling code; 0 is the main one.
    pub(crate) fn region_of(&self, code: &CallingCode, number: u8) -> Option<Region> {
        self.region(code.first_region.checked_add(number)?)
    }

    /// Every region of the plan.
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

    /// The formats for use abroad or at home.
    pub(crate) fn forms(&self, code: &CallingCode, abroad: bool) -> impl Iterator<Item = Form> + '_ {
        // Without formats for use abroad, those for use at home apply.
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
    /// `None` for a service without a country.
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
    /// Whether a number that fulfils these rules may have the format.
    pub(crate) fn suits(&self, fulfilled: u32) -> bool {
        self.rule.checked_sub(1).is_none_or(|bit| fulfilled & 1u32.checked_shl(u32::from(bit)).unwrap_or(0) != 0)
    }

    /// Whether the first group has nothing but brackets before it at home.
    pub(crate) const fn has_first_group_only(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether the national prefix may be left out.
    pub(crate) const fn prefix_is_optional(&self) -> bool {
        self.flags & 2 != 0
    }

    /// Whether there is another form with a carrier code.
    pub(crate) const fn has_carrier_rule(&self) -> bool {
        self.flags & 4 != 0
    }

    /// Whether it keeps all digits in order, so that it works while a number is being typed.
    pub(crate) const fn keeps_order(&self) -> bool {
        self.flags & 8 != 0
    }

    /// Whether the national prefix is separated from the number.
    pub(crate) const fn sets_prefix_apart(&self) -> bool {
        self.flags & 16 != 0
    }
}
