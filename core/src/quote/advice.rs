//! Advice: the fixes for every blocked gate, and no more.
//!
//! Fixes are found in the order of the gates, each in the situation after the earlier ones. A fix that the others make
//! redundant is removed: without any one of the rest, its gate would refuse.

use alloc::vec::Vec;

use super::GateFix;
use super::hypothetical::Hypothetical;
use crate::account::standing::Standing;
use crate::base::timestamp::Timestamp;
use crate::gates::{Gate, Remedy};
use crate::market::offers::Offers;
use crate::market::request::PurchaseRequest;
use crate::shop::Shop;
use ringup_numbering::NumberingPlan;

/// The most passes over the gates.
const PASSES_MAX: usize = 4;

/// The most fixes for one gate.
const FIXES_MAX: usize = 4;

/// The fixes of a quote.
pub(crate) struct Advice {
    /// The fixes of each gate that is still blocked after the fixes of the earlier gates; the recommended one first.
    alternatives: Vec<(Gate, Vec<Remedy>)>,
    /// The recommended fixes, all of which are needed.
    pub(crate) fixes: Vec<GateFix>,
    /// Whether no gate is blocked after all of them.
    pub(crate) suffices: bool,
}

impl Advice {
    /// The advice if no gate is blocked.
    pub(crate) const fn none() -> Self {
        Self { alternatives: Vec::new(), fixes: Vec::new(), suffices: true }
    }

    pub(crate) fn new(
        shop: &Shop,
        numbering: &dyn NumberingPlan,
        standing: &Standing,
        offers: &Offers,
        request: &PurchaseRequest,
        now: Timestamp,
    ) -> Self {
        let (standing, offers, request) = (standing.clone(), offers.clone(), request.clone());
        let begin = Hypothetical { shop, numbering, standing, offers, request, now, released: 0 };
        let mut hypothetical = begin.clone();
        let mut advice = Self::none();
        // A gate may need several fixes, and the fix of a later gate may block an earlier one: another country has its
        // own limits.
        for _ in 0..PASSES_MAX {
            let before = advice.fixes.len();
            for gate in Gate::ALL {
                hypothetical = advice.open(gate, hypothetical);
            }
            if advice.fixes.len() == before {
                break;
            }
        }
        advice.fixes.sort_by_key(|fix| fix.gate);
        advice.suffices = advice.refused(&begin, |_| true).is_none();
        if advice.suffices {
            advice.remove_redundant(&begin);
            // A removed fix may have raised the others: a release fills the churn window.
            advice.minimize_amounts(&begin);
            advice.assign_gates(&begin);
        }
        advice
    }

    /// Adds fixes until the gate opens, as long as their effect can be computed.
    fn open<'a>(&mut self, gate: Gate, mut hypothetical: Hypothetical<'a>) -> Hypothetical<'a> {
        for _ in 0..FIXES_MAX {
            let Some(ways) = hypothetical.ways(gate) else { break };
            let recommended = ways.first().cloned();
            if self.opens(gate) {
                self.alternatives.push((gate, ways));
            }
            let Some(fix) = recommended else { break };
            let after = hypothetical.after(&fix);
            let fix = GateFix { gate, fix };
            if !self.fixes.contains(&fix) {
                self.fixes.push(fix);
            }
            match after {
                Some(after) => hypothetical = after,
                None => break,
            }
        }
        hypothetical
    }

    /// The fixes of a blocked gate: its own, or those of an earlier gate.
    pub(crate) fn of(&mut self, gate: Gate) -> Vec<Remedy> {
        let own = self.alternatives.iter_mut().find(|(blocked, _)| *blocked == gate);
        own.map(|(_, fixes)| core::mem::take(fixes)).unwrap_or_default()
    }

    /// Whether a blocked gate opens by the fixes of the earlier gates.
    pub(crate) fn opens(&self, gate: Gate) -> bool {
        self.alternatives.iter().all(|(blocked, _)| *blocked != gate)
    }

    fn remove_redundant(&mut self, begin: &Hypothetical<'_>) {
        let mut index = 0;
        while index < self.fixes.len() {
            match self.refused(begin, |other| other != index) {
                None => drop(self.fixes.remove(index)),
                Some(_) => index = index.saturating_add(1),
            }
        }
    }

    /// Minimizes every amount and every instant, given the others.
    fn minimize_amounts(&mut self, begin: &Hypothetical<'_>) {
        for index in 0..self.fixes.len() {
            let least = self.least(index, begin);
            if let (Some(least), Some(fix)) = (least, self.fixes.get_mut(index)) {
                fix.fix = least;
            }
        }
    }

    /// The least amount of a fix that suffices beside the others. `None` if the fix has no amount.
    fn least(&self, index: usize, begin: &Hypothetical<'_>) -> Option<Remedy> {
        let fix = self.fix(index)?;
        let mut least: Option<Remedy> = None;
        for _ in 0..=Gate::ALL.len() {
            let instead = |other| if other == index { least.as_ref() } else { self.fix(other) };
            let done = self.done(begin, instead)?;
            let Some(gate) = done.first_blocked() else { return least };
            let more = done.ways(gate)?.into_iter().find(|way| fix.is_of_a_kind_with(way))?;
            least = Some(match least {
                None => more,
                Some(so_far) => so_far.and(more)?,
            });
        }
        None
    }

    /// Assigns a fix that opens several gates to the first of them.
    fn assign_gates(&mut self, begin: &Hypothetical<'_>) {
        let without = |index| self.done(begin, |other| self.fix(other).filter(|_| other != index))?.first_blocked();
        let gates: Vec<Option<Gate>> = (0..self.fixes.len()).map(without).collect();
        for (fix, gate) in self.fixes.iter_mut().zip(gates) {
            fix.gate = gate.unwrap_or(fix.gate);
        }
        self.fixes.sort_by_key(|fix| fix.gate);
    }

    /// The first gate that refuses when only these fixes are done.
    fn refused(&self, begin: &Hypothetical<'_>, is_done: impl Fn(usize) -> bool) -> Option<Gate> {
        let done = self.done(begin, |index| self.fix(index).filter(|_| is_done(index)));
        // A fix whose effect cannot be computed is kept.
        done.map_or_else(|| self.fixes.first().map(|fix| fix.gate), |done| done.first_blocked())
    }

    fn fix(&self, index: usize) -> Option<&Remedy> {
        self.fixes.get(index).map(|fix| &fix.fix)
    }

    /// The situation after these fixes: immediate ones first, then waits.
    fn done<'a, 'f>(
        &self,
        begin: &Hypothetical<'a>,
        instead: impl Fn(usize) -> Option<&'f Remedy>,
    ) -> Option<Hypothetical<'a>> {
        let remedies = || (0..self.fixes.len()).filter_map(&instead);
        let waits = |remedy: &&Remedy| matches!(remedy, Remedy::WaitUntil { .. });
        let at_once = remedies().filter(|remedy| !waits(remedy));
        at_once.chain(remedies().filter(waits)).try_fold(begin.clone(), |so_far, remedy| so_far.after(remedy))
    }
}
