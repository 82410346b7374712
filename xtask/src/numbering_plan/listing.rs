//! Which country and which kind a national number has: all patterns of a calling code as one automaton.

use std::collections::HashMap;

use super::automaton::{Automaton, Classes, Threads, read, start};
use super::metadata::{Code, FIXED_LINE, FIXED_LINE_OR_MOBILE, KINDS, MOBILE, Region};
use super::pattern::Pattern;
use crate::Result;

/// What the plan says about a number.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub(crate) struct Listing {
    /// Which of those who share the calling code has it, from one; zero for none.
    pub(crate) region: u8,
    /// Zero is unknown: the number is not valid.
    pub(crate) kind: u8,
    /// Those of the calling code whose general pattern it fits, bit by bit.
    pub(crate) general: u32,
}

/// No national number is longer.
const DIGITS_MAX: usize = 17;

struct Compiler<'a> {
    code: &'a Code,
    patterns: Vec<Pattern>,
    /// For each region: its general pattern, its descriptions and its leading digits.
    places: Vec<(usize, Vec<Option<usize>>, Option<usize>)>,
    known: HashMap<(usize, Threads, Vec<usize>), u32>,
}

/// Gives the node at which the national numbers of this calling code start.
pub(crate) fn compile(code: &Code, automaton: &mut Automaton, classes: &mut Classes<Listing>) -> Result<u32> {
    let mut compiler = Compiler { code, patterns: Vec::new(), places: Vec::new(), known: HashMap::new() };
    for region in &code.regions {
        let general = compiler.add(&region.general.pattern)?;
        let descriptions = region.descriptions.iter();
        let descriptions = descriptions
            .map(|description| description.as_ref().map(|found| compiler.add(&found.pattern)).transpose())
            .collect::<Result<_>>()?;
        let leading = region.leading_digits.as_ref().map(|digits| compiler.add(digits)).transpose()?;
        compiler.places.push((general, descriptions, leading));
    }
    let (threads, matched) = start(&compiler.patterns);
    Ok(compiler.visit(0, threads, matched, &[], automaton, classes))
}

impl Compiler<'_> {
    fn add(&mut self, pattern: &str) -> Result<usize> {
        self.patterns.push(Pattern::compile(pattern)?);
        Ok(self.patterns.len() - 1)
    }

    /// `led` are the leading digits that have been seen; they hold for whatever follows.
    fn visit(
        &mut self,
        length: usize,
        threads: Threads,
        matched: Vec<usize>,
        led: &[usize],
        automaton: &mut Automaton,
        classes: &mut Classes<Listing>,
    ) -> u32 {
        let mut led: Vec<usize> = led.to_vec();
        led.extend(matched.iter().filter(|pattern| self.places.iter().any(|place| place.2 == Some(**pattern))));
        led.sort_unstable();
        led.dedup();
        // What has matched needs no place in the key: the same length and threads come from the same digits' sets only
        // as far as the future goes, so it is kept beside them.
        let class = classes.number(self.listing(length, &matched, &led));
        if threads.is_empty() && matched.is_empty() {
            return automaton.constant(class);
        }
        let mut key = led.clone();
        key.push(usize::MAX);
        key.extend(&matched);
        if let Some(known) = self.known.get(&(length, threads.clone(), key.clone())) {
            return *known;
        }
        let mut next = [0; 10];
        for (digit, next) in next.iter_mut().enumerate() {
            let (threads, matched) =
                if length < DIGITS_MAX + 1 { read(&self.patterns, &threads, digit) } else { (Vec::new(), Vec::new()) };
            *next = self.visit(length + 1, threads, matched, &led, automaton, classes);
        }
        let node = automaton.node(class, next);
        self.known.insert((length, threads, key), node);
        node
    }

    fn listing(&self, length: usize, matched: &[usize], led: &[usize]) -> Listing {
        let mut listing = Listing::default();
        for (number, (region, place)) in self.code.regions.iter().zip(&self.places).enumerate() {
            if matched.contains(&place.0) {
                listing.general |= 1 << number;
            }
            let kind = kind(region, place, length, matched);
            let here = match place.2 {
                Some(leading) if self.code.regions.len() > 1 => led.contains(&leading),
                _ => kind != 0,
            };
            if here && listing.region == 0 {
                listing.region = u8::try_from(number + 1).expect("few regions share a calling code");
                listing.kind = kind;
            }
        }
        listing
    }
}

/// The first description that fits, in libphonenumber's order.
fn kind(region: &Region, place: &(usize, Vec<Option<usize>>, Option<usize>), length: usize, matched: &[usize]) -> u8 {
    let of_length = |lengths: &[u32]| lengths.is_empty() || lengths.iter().any(|wanted| *wanted as usize == length);
    if !matched.contains(&place.0) || !of_length(&region.general.lengths) {
        return 0;
    }
    let fits = |kind: u8| {
        let at = KINDS.iter().position(|known| *known == kind).expect("it is one of them");
        let found = place.1[at].is_some_and(|pattern| matched.contains(&pattern));
        found && region.descriptions[at].as_ref().is_some_and(|description| of_length(&description.lengths))
    };
    let other = KINDS.into_iter().find(|kind| *kind != FIXED_LINE && *kind != MOBILE && fits(*kind));
    match other {
        Some(kind) => kind,
        None if fits(FIXED_LINE) && (region.same_mobile_and_fixed_line || fits(MOBILE)) => FIXED_LINE_OR_MOBILE,
        None if fits(FIXED_LINE) => FIXED_LINE,
        None if fits(MOBILE) && !region.same_mobile_and_fixed_line => MOBILE,
        None => 0,
    }
}
