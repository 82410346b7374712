//! One minimal automaton for everything: nodes are kept once, so that equal futures are one node.

use std::collections::HashMap;
use std::hash::Hash;

use super::pattern::{Pattern, Step};

/// The node that a digit leads to when it leads to its own node.
const SELF: u32 = u32::MAX;

/// No digit leads away from here, and it says nothing.
pub(crate) const DEAD: u32 = 0;

#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub(crate) struct Node {
    /// What the node says, in the walker's table of classes.
    pub(crate) class: u16,
    next: [u32; 10],
}

pub(crate) struct Automaton {
    nodes: Vec<Node>,
    known: HashMap<Node, u32>,
}

impl Automaton {
    pub(crate) fn new() -> Self {
        let mut automaton = Self { nodes: Vec::new(), known: HashMap::new() };
        automaton.constant(0);
        automaton
    }

    /// The node that says the same after any digits.
    pub(crate) fn constant(&mut self, class: u16) -> u32 {
        self.keep(Node { class, next: [SELF; 10] })
    }

    pub(crate) fn node(&mut self, class: u16, next: [u32; 10]) -> u32 {
        let constant = self.constant_known(class);
        if constant.is_some_and(|constant| next == [constant; 10]) {
            return constant.unwrap_or(DEAD);
        }
        self.keep(Node { class, next })
    }

    fn constant_known(&self, class: u16) -> Option<u32> {
        self.known.get(&Node { class, next: [SELF; 10] }).copied()
    }

    fn keep(&mut self, node: Node) -> u32 {
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        *self.known.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            fresh
        })
    }

    /// What a node says, and where each digit leads.
    pub(crate) fn get(&self, at: u32) -> (u16, [u32; 10]) {
        let node = self.nodes[at as usize];
        (node.class, node.next.map(|next| if next == SELF { at } else { next }))
    }
}

/// What nodes can say, each thing once; zero is nothing.
pub(crate) struct Classes<T> {
    pub(crate) all: Vec<T>,
    known: HashMap<T, u16>,
}

impl<T: Clone + Default + Eq + Hash> Classes<T> {
    pub(crate) fn new() -> Self {
        Self { all: vec![T::default()], known: HashMap::from([(T::default(), 0)]) }
    }

    pub(crate) fn number(&mut self, class: T) -> u16 {
        let fresh = u16::try_from(self.all.len()).expect("fewer than 65536 classes");
        *self.known.entry(class.clone()).or_insert_with(|| {
            self.all.push(class);
            fresh
        })
    }
}

/// The places in patterns where a digit may be read: pattern and step, sorted.
pub(crate) type Threads = Vec<(usize, usize)>;

/// Where one is without having read anything. The second are the patterns that match there.
pub(crate) fn start(patterns: &[Pattern]) -> (Threads, Vec<usize>) {
    let (mut threads, mut matched) = (Vec::new(), Vec::new());
    for pattern in 0..patterns.len() {
        follow(patterns, pattern, 0, &mut threads, &mut matched);
    }
    tidy(threads, matched)
}

/// Where one is after a digit.
pub(crate) fn read(patterns: &[Pattern], threads: &Threads, digit: usize) -> (Threads, Vec<usize>) {
    let (mut next, mut matched) = (Vec::new(), Vec::new());
    for &(pattern, at) in threads {
        if let Step::Digit(set) = patterns[pattern].steps[at]
            && set & (1 << digit) != 0
        {
            follow(patterns, pattern, at + 1, &mut next, &mut matched);
        }
    }
    tidy(next, matched)
}

fn follow(patterns: &[Pattern], pattern: usize, at: usize, threads: &mut Threads, matched: &mut Vec<usize>) {
    match patterns[pattern].steps[at] {
        Step::Digit(_) => threads.push((pattern, at)),
        Step::Match => matched.push(pattern),
        Step::Jump(to) => follow(patterns, pattern, to, threads, matched),
        Step::Open(_) | Step::Close(_) | Step::End => follow(patterns, pattern, at + 1, threads, matched),
        Step::Split(first, second) => {
            follow(patterns, pattern, first, threads, matched);
            follow(patterns, pattern, second, threads, matched);
        }
    }
}

fn tidy(mut threads: Threads, mut matched: Vec<usize>) -> (Threads, Vec<usize>) {
    threads.sort_unstable();
    threads.dedup();
    matched.sort_unstable();
    matched.dedup();
    (threads, matched)
}
