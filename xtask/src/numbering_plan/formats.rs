//! Which formats a national number may take, by its leading digits.

use std::collections::{BTreeSet, HashMap};

use super::automaton::{Automaton, Classes, Threads, read, start};
use super::metadata::{Code, Format};
use super::pattern::Pattern;
use crate::Result;

/// The rules of leading digits that a number fulfils, bit by bit.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
pub(crate) struct Fulfilled {
    /// By the last, most exact patterns: for a whole number.
    pub(crate) whole: u32,
    /// By the patterns for a count of digits: for a number that is still being typed.
    pub(crate) typed: u32,
}

/// Digits from which a number that is being typed is formatted.
const TYPED_MIN: usize = 3;

struct Compiler<'a> {
    patterns: Vec<Pattern>,
    /// The patterns of each rule.
    rules: Vec<Vec<usize>>,
    levels_max: usize,
    automaton: &'a mut Automaton,
    classes: &'a mut Classes<Fulfilled>,
    known: HashMap<(usize, Threads, BTreeSet<usize>), u32>,
}

/// Each list of leading digits that this calling code's formats have, once.
pub(crate) fn rules(code: &Code) -> Vec<&[String]> {
    let mut rules: Vec<&[String]> = Vec::new();
    for Format { leading_digits, .. } in code.regions[0].formats.iter().chain(&code.regions[0].international_formats) {
        if !leading_digits.is_empty() && !rules.contains(&leading_digits.as_slice()) {
            rules.push(leading_digits);
        }
    }
    rules
}

/// Gives the node at which the leading digits start.
pub(crate) fn compile(code: &Code, automaton: &mut Automaton, classes: &mut Classes<Fulfilled>) -> Result<u32> {
    let (mut patterns, mut numbered) = (Vec::new(), Vec::new());
    for rule in rules(code) {
        let mut numbers = Vec::new();
        for pattern in rule {
            numbers.push(patterns.len());
            patterns.push(Pattern::compile(pattern)?);
        }
        numbered.push(numbers);
    }
    let levels_max = numbered.iter().map(Vec::len).max().unwrap_or(0);
    let (threads, matched) = start(&patterns);
    let mut compiler = Compiler { patterns, rules: numbered, levels_max, automaton, classes, known: HashMap::new() };
    Ok(compiler.visit(0, threads, matched.into_iter().collect()))
}

impl Compiler<'_> {
    fn visit(&mut self, length: usize, mut threads: Threads, mut matched: BTreeSet<usize>) -> u32 {
        let length = length.min(TYPED_MIN + self.levels_max);
        // A pattern that has matched need not be followed, and one that nobody will ask about any more neither.
        threads.retain(|(pattern, _)| !matched.contains(pattern) && self.matters(*pattern, length));
        matched.retain(|pattern| self.matters(*pattern, length));
        let class = self.classes.number(self.fulfilled(length, &matched));
        let settled = length == TYPED_MIN + self.levels_max;
        if threads.is_empty() && settled {
            return self.automaton.constant(class);
        }
        let key = (length, threads.clone(), matched.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut next = [0; 10];
        for (digit, next) in next.iter_mut().enumerate() {
            let (threads, fresh) = read(&self.patterns, &threads, digit);
            let mut matched = matched.clone();
            matched.extend(fresh);
            *next = self.visit(length + 1, threads, matched);
        }
        let node = self.automaton.node(class, next);
        self.known.insert(key, node);
        node
    }

    /// Whether somebody may ask about the pattern, at this length or later.
    fn matters(&self, pattern: usize, length: usize) -> bool {
        self.rules.iter().any(|rule| {
            let level = rule.iter().position(|other| *other == pattern);
            level.is_some_and(|level| level + 1 == rule.len() || level + TYPED_MIN >= length)
        })
    }

    fn fulfilled(&self, length: usize, matched: &BTreeSet<usize>) -> Fulfilled {
        let mut fulfilled = Fulfilled::default();
        for (number, rule) in self.rules.iter().enumerate() {
            let last = rule.len() - 1;
            if matched.contains(&rule[last]) {
                fulfilled.whole |= 1 << number;
            }
            if length >= TYPED_MIN && matched.contains(&rule[last.min(length - TYPED_MIN)]) {
                fulfilled.typed |= 1 << number;
            }
        }
        fulfilled
    }
}
