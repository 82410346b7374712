//! Advice: what to do about the gates that are blocked, all of it and no more.
//!
//! Fixes are found in the order of the gates, each on what the earlier ones leave. A fix that the others make needless is
//! dropped: without any one of those that remain, its gate would refuse.

use alloc::vec::Vec;

use super::circumstances::Circumstances;
use super::{Fix, Gate, GateFix, Judged};
use crate::shop::Shop;
use crate::{Offers, PurchaseRequest, Standing, Timestamp};

/// How often the gates are gone through.
const PASSES_MAX: usize = 4;

/// How many things are advised about one gate.
const FIXES_MAX: usize = 4;

/// What to do.
pub(crate) struct Advice {
    /// What would open each gate that is still blocked when the fixes of the earlier ones are done; the recommended way
    /// first.
    alternatives: Vec<(Gate, Vec<Fix>)>,
    /// The recommended ways, all of which are needed.
    pub(crate) fixes: Vec<GateFix>,
    /// Whether no gate is blocked any more when all of them are done.
    pub(crate) suffices: bool,
}

impl Advice {
    /// Nothing is blocked, so there is nothing to do.
    pub(crate) const fn none() -> Self {
        Self { alternatives: Vec::new(), fixes: Vec::new(), suffices: true }
    }

    pub(crate) fn new(
        shop: &Shop,
        standing: &Standing,
        offers: &Offers,
        request: &PurchaseRequest,
        now: Timestamp,
    ) -> Self {
        let (standing, offers, request) = (standing.clone(), offers.clone(), request.clone());
        let begin = Circumstances { shop, standing, offers, request, now, released: 0 };
        let mut circumstances = begin.clone();
        let mut advice = Self::none();
        // A gate may need more than one thing, and the fix of a later gate may close an earlier one: another country, say, has
        // limits of its own.
        for _ in 0..PASSES_MAX {
            let before = advice.fixes.len();
            for gate in Gate::ALL {
                circumstances = advice.open(gate, circumstances);
            }
            if advice.fixes.len() == before {
                break;
            }
        }
        advice.fixes.sort_by_key(|fix| fix.gate);
        // Done in this order, which need not be the one in which they were found.
        let done = advice.fixes.iter().try_fold(begin.clone(), |so_far, fix| so_far.after(&fix.fix.remedy));
        advice.suffices = done.is_some_and(|done| done.first_blocked().is_none());
        if advice.suffices {
            advice.drop_the_needless(&begin);
        }
        advice
    }

    /// Advises what opens a gate, thing by thing, as long as it can be known how it would be then.
    fn open<'a>(&mut self, gate: Gate, mut circumstances: Circumstances<'a>) -> Circumstances<'a> {
        for _ in 0..FIXES_MAX {
            let Judged::Blocked(_, ways) = circumstances.judge(gate) else { break };
            let recommended = ways.first().cloned();
            if self.opens(gate) {
                self.alternatives.push((gate, ways));
            }
            let Some(fix) = recommended else { break };
            let after = circumstances.after(&fix.remedy);
            let fix = GateFix { gate, fix };
            if !self.fixes.contains(&fix) {
                self.fixes.push(fix);
            }
            match after {
                Some(after) => circumstances = after,
                None => break,
            }
        }
        circumstances
    }

    /// What would open a gate that is blocked now: its own ways, or the fix of an earlier gate.
    pub(crate) fn of(&mut self, gate: Gate) -> Vec<Fix> {
        let own = self.alternatives.iter_mut().find(|(blocked, _)| *blocked == gate);
        own.map(|(_, fixes)| core::mem::take(fixes)).unwrap_or_default()
    }

    /// Whether a gate that is blocked now opens when the fixes of the earlier ones are done.
    pub(crate) fn opens(&self, gate: Gate) -> bool {
        self.alternatives.iter().all(|(blocked, _)| *blocked != gate)
    }

    fn drop_the_needless(&mut self, begin: &Circumstances<'_>) {
        let mut index = 0;
        while index < self.fixes.len() {
            match self.refused_without(index, begin) {
                None => drop(self.fixes.remove(index)),
                Some(_) => index = index.saturating_add(1),
            }
        }
        // What opens several gates is the fix of the first one.
        let gates: Vec<Option<Gate>> = (0..self.fixes.len()).map(|index| self.refused_without(index, begin)).collect();
        for (fix, gate) in self.fixes.iter_mut().zip(gates) {
            fix.gate = gate.unwrap_or(fix.gate);
        }
        self.fixes.sort_by_key(|fix| fix.gate);
    }

    /// The gate that refuses when all is done but this.
    fn refused_without(&self, index: usize, begin: &Circumstances<'_>) -> Option<Gate> {
        let mut others = self.fixes.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, fix)| fix);
        let without = others.try_fold(begin.clone(), |so_far, fix| so_far.after(&fix.fix.remedy));
        // What nobody can imagine is not done without.
        without.map_or_else(|| self.fixes.get(index).map(|fix| fix.gate), |without| without.first_blocked())
    }
}
