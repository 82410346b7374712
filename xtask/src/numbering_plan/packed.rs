//! The automaton as the file has it; `numbering/src/plan/automaton.rs` unpacks it.
//!
//! States are numbered in the order in which they are first mentioned, so most need not be named at all: that makes the
//! automaton a third of its size, and what is left of it compresses by another half.

use std::collections::HashMap;

use super::automaton::{Automaton, DEAD};
use crate::Result;

/// The sections of the automaton, and what its nodes are called in them.
#[derive(Default)]
pub(crate) struct Packed {
    pub(crate) numbered: HashMap<u32, u16>,
    /// What each state says.
    pub(crate) says: Vec<u8>,
    /// How many states there are at which one starts.
    pub(crate) starts: Vec<u8>,
    /// Half a byte for each digit of each state.
    pub(crate) shapes: Vec<u8>,
    /// The states that are named, in turn.
    pub(crate) known: Vec<u8>,
    order: Vec<u32>,
}

/// Numbers the nodes and packs them.
pub(crate) fn pack(automaton: &Automaton, starts: impl Iterator<Item = u32>) -> Result<Packed> {
    let mut packed = Packed::default();
    packed.number(DEAD)?;
    for start in starts {
        packed.number(start)?;
    }
    packed.starts.extend((packed.order.len() as u16).to_le_bytes());
    let mut at = 0;
    while let Some(node) = packed.order.get(at).copied() {
        at += 1;
        let (class, next) = automaton.get(node);
        packed.says.extend(class.to_le_bytes());
        packed.row(node, &next)?;
    }
    Ok(packed)
}

impl Packed {
    /// Whether the node is new; then it has got its number.
    fn number(&mut self, node: u32) -> Result<bool> {
        if self.numbered.contains_key(&node) {
            return Ok(false);
        }
        let number = u16::try_from(self.order.len()).map_err(|_| "the automaton has too many states".to_owned())?;
        self.numbered.insert(node, number);
        self.order.push(node);
        Ok(true)
    }

    /// 0: dead; 1: as the digit before; 2: a new state; 3: a known one; 4: itself; from 5 on: one that was mentioned here.
    fn row(&mut self, node: u32, next: &[u32; 10]) -> Result {
        let mut mentioned: Vec<u32> = Vec::new();
        let mut before = None;
        let mut halves = Vec::new();
        for next in next {
            let half = match mentioned.iter().position(|known| known == next) {
                _ if *next == DEAD => 0,
                _ if before == Some(next) => 1,
                _ if *next == node => 4,
                Some(at) => at + 5,
                None => {
                    mentioned.push(*next);
                    if self.number(*next)? {
                        2
                    } else {
                        self.known.extend(self.numbered[next].to_le_bytes());
                        3
                    }
                }
            };
            halves.push(u8::try_from(half).ok().filter(|half| *half < 16).ok_or("a state leads to too many others")?);
            before = Some(next);
        }
        self.shapes.extend(halves.chunks(2).map(|pair| pair[0] << 4 | pair[1]));
        Ok(())
    }
}
