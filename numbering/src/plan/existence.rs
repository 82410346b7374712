//! Whether a country has valid numbers of a shape, and if not, what is meant instead.

use alloc::string::String;
use alloc::{vec, vec::Vec};

use super::{Automaton, CallingCode, Listing, PLAN, Region, State};
use crate::digits::Decimal;
use crate::phone_number::possibility;
use crate::plan::can_match::{after_calling_code, states_after};
use crate::{Country, Existence, NumberKind, NumberShape, Possibility};

/// The national digits of a number, as text with `*` for each that is open.
#[derive(Clone, Copy)]
struct Digits<'a> {
    begin: &'a [u8],
    /// Whether more digits may follow.
    open: bool,
}

pub(crate) fn existence(shape: NumberShape<'_>, country: Country) -> Existence {
    let own = PLAN.region_named(country).and_then(|region| Some((PLAN.code(region.code)?, region)));
    let Some((code, region)) = own else { return Existence::UnknownCountry };
    let found = match shape {
        NumberShape::Any => own_kinds(&code, &region, Digits { begin: &[], open: true }).map(Existence::Exists),
        NumberShape::AreaCode(digits) => of_area_code(&code, &region, digits.as_bytes()),
        NumberShape::Pattern(pattern) => {
            of_pattern(&code, &region, pattern.as_str().as_bytes().get(1..).unwrap_or_default())
        }
    };
    found.unwrap_or(Existence::Nowhere)
}

fn of_area_code(code: &CallingCode, region: &Region, digits: &[u8]) -> Option<Existence> {
    if let Some(kinds) = own_kinds(code, region, Digits { begin: digits, open: true }) {
        return Some(Existence::Exists(kinds));
    }
    let without_prefix = without_prefix(region, digits);
    let without_code = after_calling_code(digits, code.calling_code).filter(|rest| !rest.is_empty());
    let without_both = without_code.and_then(|rest| self::without_prefix(region, rest));
    let shorter = || [without_prefix, without_code, without_both].into_iter().flatten();
    if let Some(rest) = shorter().find(|rest| own_kinds(code, region, Digits { begin: rest, open: true }).is_some()) {
        return Some(Existence::WrittenAs(text(rest)));
    }
    core::iter::once(digits).chain(shorter()).find_map(|begin| {
        let mut countries = Vec::new();
        note_countries(&mut countries, code, Digits { begin, open: true });
        elsewhere(countries)
    })
}

fn of_pattern(code: &CallingCode, region: &Region, digits: &[u8]) -> Option<Existence> {
    let national = after_calling_code(digits, code.calling_code);
    let closed = |begin| Digits { begin, open: false };
    if let Some(kinds) = national.and_then(|national| own_kinds(code, region, closed(national))) {
        return Some(Existence::Exists(kinds));
    }
    let shorter = national.and_then(|national| without_prefix(region, national));
    if let Some(rest) = shorter.filter(|rest| own_kinds(code, region, closed(rest)).is_some()) {
        let mut written = String::from("+");
        crate::digits::write(&mut written, Decimal::of(code.calling_code).as_slice());
        written.push_str(&text(rest));
        return Some(Existence::WrittenAs(written));
    }
    let length = national.map_or(Possibility::Possible, |national| possibility(region, national.len()));
    if length != Possibility::Possible {
        return Some(Existence::WrongLength(length));
    }
    let mut countries = Vec::new();
    for code in PLAN.codes() {
        if let Some(national) = after_calling_code(digits, code.calling_code) {
            note_countries(&mut countries, &code, closed(national));
        }
    }
    elsewhere(countries)
}

/// The kinds of the country's valid numbers with these digits. `None` if there are none.
fn own_kinds(code: &CallingCode, region: &Region, digits: Digits<'_>) -> Option<Vec<NumberKind>> {
    let place = PLAN.place(code, region)?;
    let mut kinds = Vec::new();
    each_valid(code, digits, |listing| {
        if listing.region == place || is_shared(code, region, place, listing) {
            kinds.extend(NumberKind::from_table(listing.kind).filter(|kind| !kinds.contains(kind)));
        }
        true
    });
    (!kinds.is_empty()).then_some(kinds)
}

/// Whether a number that the plan lists under an earlier country of the calling code may also be of this one. A number
/// has one listing, and ranges such as +1 800 are of several countries.
fn is_shared(code: &CallingCode, region: &Region, place: u8, listing: Listing) -> bool {
    let is_of_earlier = listing.region < place && listing.fits(region);
    let is_of_main = listing.region == 1;
    is_of_earlier
        && match NumberKind::from_table(listing.kind) {
            None => false,
            // Christmas Island has Australia's mobile numbers and places, but California's are not Canada's.
            Some(NumberKind::FixedLine | NumberKind::FixedLineOrMobile) => shares_mobiles(code, region),
            Some(NumberKind::Mobile) => is_of_main,
            Some(_) => true,
        }
}

/// Whether mobile numbers of the main country of the calling code fit the country.
fn shares_mobiles(code: &CallingCode, region: &Region) -> bool {
    let mut found = false;
    each_valid(code, Digits { begin: &[], open: true }, |listing| {
        let is_mobile = NumberKind::from_table(listing.kind) == Some(NumberKind::Mobile);
        found |= is_mobile && listing.region == 1 && listing.fits(region);
        !found
    });
    found
}

fn note_countries(countries: &mut Vec<Country>, code: &CallingCode, digits: Digits<'_>) {
    each_valid(code, digits, |listing| {
        let country = listing.region.checked_sub(1).and_then(|number| PLAN.region_of(code, number)?.country());
        countries.extend(country.filter(|country| !countries.contains(country)));
        true
    });
}

fn elsewhere(mut countries: Vec<Country>) -> Option<Existence> {
    countries.sort_unstable();
    (!countries.is_empty()).then_some(Existence::Elsewhere(countries))
}

/// The listing of each valid number with these digits, until `goes_on` is false. Numbers of one state are one.
fn each_valid(code: &CallingCode, digits: Digits<'_>, mut goes_on: impl FnMut(Listing) -> bool) {
    let automaton = Automaton::get();
    let mut states = states_after(code.listing, digits.begin);
    let mut known = vec![false; if digits.open { PLAN.says.len() } else { 0 }];
    while let Some(state) = states.pop() {
        let listing = PLAN.listing_at(state);
        if listing.kind != 0 && !goes_on(listing) {
            return;
        }
        if digits.open {
            for next in (0..=9).map(|digit| automaton.step(state, digit)) {
                if next != State::DEAD
                    && let Some(known) = known.get_mut(usize::from(next.0))
                    && !core::mem::replace(known, true)
                {
                    states.push(next);
                }
            }
        }
    }
}

/// The digits after the prefix of national calls. `None` without one, or without digits after it.
fn without_prefix<'a>(region: &Region, digits: &'a [u8]) -> Option<&'a [u8]> {
    let known: Vec<u8> = digits.iter().map_while(|digit| char::from(*digit).to_digit(10)?.try_into().ok()).collect();
    let prefix = PLAN.prefix(region.prefix, &known).filter(|prefix| prefix.kept.is_none() && prefix.digits > 0)?;
    digits.get(prefix.digits..).filter(|rest| !rest.is_empty())
}

fn text(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    /// `415` is an area code, `+1415*******` a pattern, and `` any number.
    fn said(shape: &str, country: &str) -> String {
        let pattern = shape.parse();
        let shape = match &pattern {
            _ if shape.is_empty() => NumberShape::Any,
            Ok(pattern) => NumberShape::Pattern(pattern),
            Err(_) => NumberShape::AreaCode(shape),
        };
        let listed = |countries: Vec<Country>| countries.into_iter().map(|one| format!(" {one}")).collect::<String>();
        match existence(shape, country.parse().unwrap()) {
            Existence::UnknownCountry => "unknown".into(),
            Existence::Exists(mut kinds) => {
                kinds.sort_unstable_by_key(|kind| kind.name());
                kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
            }
            Existence::WrittenAs(text) => format!("write {text}"),
            Existence::Elsewhere(countries) => format!("only{}", listed(countries)),
            Existence::WrongLength(possibility) => format!("{possibility:?}"),
            Existence::Nowhere => "nowhere".into(),
        }
    }

    #[test]
    fn an_area_code_is_of_its_countries() {
        for (area_code, country, expected) in [
            ("415", "US", "fixed_line_or_mobile"),
            ("787", "US", "only PR"),
            ("787", "PR", "fixed_line_or_mobile"),
            ("876", "US", "only JM"),
            ("416", "US", "only CA"),
            ("055", "US", "nowhere"),
            ("1415", "US", "write 415"),
            ("1787", "US", "only PR"),
            ("117", "GB", "fixed_line"),
            ("0117", "GB", "write 117"),
            ("44117", "GB", "write 117"),
            ("440117", "GB", "write 117"),
            ("1534", "GB", "only JE"),
            ("01534", "GB", "only JE"),
            ("08", "GB", "write 8"),
            ("0", "GB", "nowhere"),
            ("030", "DE", "write 30"),
            ("011", "BR", "write 11"),
            ("06", "IT", "fixed_line"),
            ("8495", "RU", "write 495"),
            ("7", "RU", "only KZ"),
            ("415", "AQ", "unknown"),
        ] {
            assert_eq!(said(area_code, country), expected, "{area_code} {country}");
        }
    }

    #[test]
    fn what_several_countries_share_is_of_each() {
        for (area_code, country, expected) in [
            ("800", "US", "toll_free"),
            ("800", "CA", "toll_free"),
            ("800", "PR", "toll_free"),
            ("808", "GG", "toll_free"),
            // Saint Barthélemy has the ranges of Guadeloupe.
            ("590", "BL", "fixed_line"),
            ("690", "MF", "mobile"),
            ("4", "CX", "mobile"),
            ("8911", "CX", "fixed_line"),
            ("415", "CA", "only US"),
            ("22", "SJ", "only NO"),
            ("20", "GG", "only GB"),
        ] {
            assert_eq!(said(area_code, country), expected, "{area_code} {country}");
        }
    }

    #[test]
    fn a_pattern_is_of_its_countries_and_lengths() {
        for (pattern, country, expected) in [
            ("+1415555****", "US", "fixed_line_or_mobile"),
            ("+1415555****", "CA", "only US"),
            ("+1787*******", "US", "only PR"),
            ("+33*********", "DE", "only FR"),
            ("+44117*******", "US", "only GB"),
            ("+440117*******", "GB", "write +44117*******"),
            ("+1055*******", "US", "nowhere"),
            ("+1415555*****", "US", "TooLong"),
            ("+1415555*", "US", "LocalOnly"),
            ("+1415555***", "US", "TooShort"),
            ("+999*******", "US", "nowhere"),
        ] {
            assert_eq!(said(pattern, country), expected, "{pattern} {country}");
        }
    }

    #[test]
    fn a_country_has_kinds() {
        assert!(said("", "GB").contains("toll_free"));
        assert!(!said("", "US").split(' ').any(|kind| kind == "mobile"));
        assert_eq!(said("", "AQ"), "unknown");
    }
}
