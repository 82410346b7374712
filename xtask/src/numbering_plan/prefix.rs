//! Prefixes that are cut off before a number is read: which one is meant, as a regular expression would decide.

use std::collections::HashMap;

use super::automaton::{Automaton, Classes, DEAD};
use super::pattern::{Pattern, Step};
use crate::Result;

/// A prefix that ends here.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Ending {
    /// Where the digits that are kept started and ended, if the pattern has such.
    pub(crate) kept: Option<(usize, usize)>,
}

/// What a node says: the prefix that ends here if more digits follow, and if none do.
pub(crate) type Endings = (Option<Ending>, Option<Ending>);

/// A place in the pattern, and where its last group started and ended. The first is preferred.
type Thread = (usize, Option<usize>, Option<usize>);

struct Compiler<'a> {
    pattern: Pattern,
    automaton: &'a mut Automaton,
    classes: &'a mut Classes<Endings>,
    known: HashMap<(usize, Vec<Thread>, Endings), u32>,
    keeps: bool,
}

/// Gives the node at which the prefix starts. `keeps` says that the last group is needed.
pub(crate) fn compile(
    pattern: Option<&str>,
    keeps: bool,
    automaton: &mut Automaton,
    classes: &mut Classes<Endings>,
) -> Result<u32> {
    let Some(pattern) = pattern else { return Ok(DEAD) };
    let pattern = Pattern::compile(pattern)?;
    let mut compiler = Compiler { pattern, automaton, classes, known: HashMap::new(), keeps };
    Ok(compiler.visit(0, &[(0, None, None)]))
}

impl Compiler<'_> {
    fn visit(&mut self, length: usize, entered: &[Thread]) -> u32 {
        let (mut threads, mut inside, mut at_end) = (Vec::new(), None, None);
        let mut seen = Vec::new();
        entered.iter().for_each(|thread| self.follow(*thread, length, false, &mut seen, &mut threads, &mut inside));
        let (mut seen, mut unused) = (Vec::new(), Vec::new());
        entered.iter().for_each(|thread| self.follow(*thread, length, true, &mut seen, &mut unused, &mut at_end));
        let endings = (inside, at_end);
        if threads.is_empty() && endings == (None, None) {
            return DEAD;
        }
        let key = (length, threads.clone(), endings);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut next = [DEAD; 10];
        for (digit, next) in next.iter_mut().enumerate() {
            let reads = |at: usize| matches!(self.pattern.steps[at], Step::Digit(set) if set & (1 << digit) != 0);
            let entered: Vec<Thread> = threads
                .iter()
                .filter(|thread| reads(thread.0))
                .map(|thread| (thread.0 + 1, thread.1, thread.2))
                .collect();
            *next = if entered.is_empty() { DEAD } else { self.visit(length + 1, &entered) };
        }
        let class = self.classes.number(endings);
        let node = self.automaton.node(class, next);
        self.known.insert(key, node);
        node
    }

    /// Collects in the order of preference; what comes after a match is never wanted.
    fn follow(
        &self,
        thread: Thread,
        length: usize,
        at_end: bool,
        seen: &mut Vec<usize>,
        threads: &mut Vec<Thread>,
        ending: &mut Option<Ending>,
    ) {
        let (at, opened, closed) = thread;
        if ending.is_some() || seen.contains(&at) {
            return;
        }
        seen.push(at);
        let mut go = |thread| self.follow(thread, length, at_end, seen, threads, ending);
        let last = |group: usize| self.keeps && group == self.pattern.groups;
        match self.pattern.steps[at] {
            Step::Digit(_) => threads.push(thread),
            Step::Jump(to) => go((to, opened, closed)),
            Step::Open(group) => go((at + 1, if last(group) { Some(length) } else { opened }, closed)),
            Step::Close(group) => go((at + 1, opened, if last(group) { Some(length) } else { closed })),
            Step::End if at_end => go((at + 1, opened, closed)),
            Step::End => {}
            Step::Match => *ending = Some(Ending { kept: opened.zip(closed) }),
            Step::Split(first, second) => {
                go((first, opened, closed));
                go((second, opened, closed));
            }
        }
    }
}
