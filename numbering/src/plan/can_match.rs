//! Whether a pattern can match a valid number.

use alloc::vec;
use alloc::vec::Vec;

use super::{Automaton, Listing, PLAN, State};
use crate::digits::Decimal;
use crate::{Country, NumberPattern};

impl NumberPattern {
    /// Whether at least one valid number matches; one of the country, if it is given.
    ///
    /// All matching numbers are walked together, so a `*` costs no more than a digit.
    #[must_use]
    pub fn can_match(&self, country: Option<Country>) -> bool {
        let wanted = self.as_str().as_bytes().get(1..).unwrap_or_default();
        let region = country.map(|country| PLAN.region_named(country));
        PLAN.codes().any(|code| {
            let place = match region {
                None => None,
                Some(region) => match region.and_then(|region| PLAN.place(&code, &region)) {
                    Some(place) => Some(place),
                    None => return false,
                },
            };
            after_calling_code(wanted, code.calling_code).is_some_and(|national| {
                can_end(code.listing, national, |end| {
                    let Listing { region, kind, .. } = PLAN.listing_at(end);
                    kind != 0 && place.is_none_or(|place| place == region)
                })
            })
        })
    }
}

/// The part after the calling code. `None` if the pattern cannot begin with that code.
pub(super) fn after_calling_code(wanted: &[u8], calling_code: u16) -> Option<&[u8]> {
    let calling_code = Decimal::of(calling_code);
    let (head, national) = wanted.split_at_checked(calling_code.as_slice().len())?;
    let fits = |(wanted, digit): (&u8, &u8)| *wanted == b'*' || wanted.wrapping_sub(b'0') == *digit;
    head.iter().zip(calling_code.as_slice()).all(fits).then_some(national)
}

/// Whether a matching number ends in a state for which `like_this` holds.
fn can_end(start: State, wanted: &[u8], like_this: impl Fn(State) -> bool) -> bool {
    states_after(start, wanted).into_iter().any(like_this)
}

/// The states after the digits, each once. A `*` stands for any digit; all are walked together.
pub(super) fn states_after(start: State, wanted: &[u8]) -> Vec<State> {
    let automaton = Automaton::get();
    let (mut states, mut next) = (vec![start], Vec::new());
    for wanted in wanted {
        let digits = match wanted {
            b'*' => 0..=9,
            digit => digit.wrapping_sub(b'0')..=digit.wrapping_sub(b'0'),
        };
        for state in states.drain(..) {
            for state in digits.clone().map(|digit| automaton.step(state, digit)) {
                if state != State::DEAD && !next.contains(&state) {
                    next.push(state);
                }
            }
        }
        core::mem::swap(&mut states, &mut next);
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_of_the_countries_that_have_such_numbers() {
        let can_match =
            |pattern: &str, country: &str| pattern.parse::<NumberPattern>().unwrap().can_match(country.parse().ok());
        for (pattern, country, possible) in [
            ("+1415555****", "US", true),
            ("+1415555****", "", true),
            ("+1415555****", "CA", false),
            ("+1604*******", "CA", true),
            ("+1**********", "JM", true),
            ("+1415055****", "US", false),
            ("+1415555***", "US", false),
            ("+4474********", "GB", true),
            ("+***********", "FR", true),
            ("+33*********", "DE", false),
            ("+1415555****", "ZZ", false),
        ] {
            assert_eq!(can_match(pattern, country), possible, "{pattern} {country}");
        }
    }
}
