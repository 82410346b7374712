//! Advice: the least plan of action that opens all gates, and each gate's alternatives.
//!
//! A search finds the plan ([`search`]). Then whatever is not needed is left out, and every amount and instant is as small
//! as the others allow. Last, a choice is named with all that suffice in its place.

use alloc::{rc::Rc, vec, vec::Vec};

use super::GateFix;
use super::hypothetical::Hypothetical;
use super::plan::{Plan, Step};
use super::search::{Found, least};
use crate::base::id::PurchaseId;
use crate::gates::{Breadth, CHOICES_MAX, Gate, Remedy};

/// The most situations that are looked at to name the choices of a plan.
const COMBINATIONS_MAX: usize = 64;

/// How often a plan is made smaller.
const PASSES_MAX: usize = 3;

/// The fixes of a quote.
pub(crate) struct Advice {
    /// The fixes of each gate that is still blocked after the fixes of the earlier gates; the recommended one first.
    alternatives: Vec<(Gate, Vec<Remedy>)>,
    /// The recommended fixes, all of which are needed.
    pub(crate) fixes: Vec<GateFix>,
    /// Whether no gate is blocked after all of them.
    pub(crate) suffices: bool,
    /// Whether the search ended before everything was tried.
    pub(crate) is_cut_short: bool,
}

impl Advice {
    /// The advice if no gate is blocked.
    pub(crate) const fn none() -> Self {
        Self { alternatives: Vec::new(), fixes: Vec::new(), suffices: true, is_cut_short: false }
    }

    pub(crate) fn new(begin: &Hypothetical<'_>) -> Self {
        let found = match least(begin, Breadth::AsWanted) {
            Found::Nothing => least(begin, Breadth::AnotherWish),
            found @ (Found::Plan(_) | Found::CutShort) => found,
        };
        match found {
            Found::Plan(plan) => Self::of(begin, plan),
            Found::Nothing => Self::as_far_as_possible(begin, false),
            Found::CutShort => Self::as_far_as_possible(begin, true),
        }
    }

    /// The advice to follow a plan.
    fn of(begin: &Hypothetical<'_>, mut plan: Plan) -> Self {
        for _ in 0..PASSES_MAX {
            let before = plan.cost();
            remove_redundant(&mut plan, begin);
            minimize(&mut plan, begin);
            if plan.cost() == before {
                break;
            }
        }
        // A role that is asked to do a step is asked for its gate, which must be known first.
        assign_gates(&mut plan, begin);
        assign_gates(&mut plan, begin);
        name_choices(&mut plan, begin);
        let suffices = plan.is_clear(begin);
        let alternatives = Gate::ALL.into_iter().filter_map(|gate| alternatives(&plan, gate, begin)).collect();
        Self { alternatives, fixes: fixes(plan), suffices, is_cut_short: false }
    }

    /// The advice where no plan opens all gates: a fix for each gate that has one by itself.
    fn as_far_as_possible(begin: &Hypothetical<'_>, is_cut_short: bool) -> Self {
        let mut hypothetical = begin.clone();
        let (mut plan, mut alternatives) = (Plan::default(), Vec::new());
        for _ in 0..Gate::ALL.len().saturating_mul(2) {
            let Some((gate, _)) = hypothetical.first_blocked_with(Breadth::AsWanted) else { break };
            let mut ways = hypothetical.fixes_of(gate).unwrap_or_default();
            ways.sort_by_key(Remedy::kind);
            let after = |fix: &Remedy| hypothetical.clone().after(gate, fix).filter(|after| !after.refuses(gate));
            let open = ways.iter().flat_map(Remedy::each_choice).find_map(|fix| Some((after(&fix)?, fix)));
            // What opens the gate only beside something else opens nothing here.
            if !is_cut_short && open.is_none() {
                ways.clear();
            }
            if alternatives.iter().all(|(other, _)| *other != gate) {
                alternatives.push((gate, ways));
            }
            match open {
                Some((after, fix)) => {
                    let offered = Rc::new(fix.clone());
                    plan = plan.with(Step { gate, fix, offered });
                    hypothetical = after;
                }
                None => hypothetical.set_aside.push(gate),
            }
        }
        Self { alternatives, fixes: fixes(plan), suffices: false, is_cut_short }
    }

    /// The fixes of a blocked gate: its own, or those of an earlier gate.
    pub(crate) fn of_gate(&mut self, gate: Gate) -> Vec<Remedy> {
        let own = self.alternatives.iter_mut().find(|(blocked, _)| *blocked == gate);
        own.map(|(_, fixes)| core::mem::take(fixes)).unwrap_or_default()
    }

    /// Whether a blocked gate opens by the fixes of the earlier gates.
    pub(crate) fn opens(&self, gate: Gate) -> bool {
        self.alternatives.iter().all(|(blocked, _)| *blocked != gate)
    }
}

/// The steps as fixes, in the order of their gates.
fn fixes(plan: Plan) -> Vec<GateFix> {
    let mut fixes: Vec<GateFix> = plan.steps.into_iter().map(|Step { gate, fix, .. }| GateFix { gate, fix }).collect();
    fixes.sort_by_key(|fix| fix.gate);
    fixes
}

/// Leaves out what the other steps make needless, the costliest first.
fn remove_redundant(plan: &mut Plan, begin: &Hypothetical<'_>) {
    plan.steps.sort_by_key(|step| core::cmp::Reverse(step.fix.kind()));
    let mut index = 0;
    while index < plan.steps.len() {
        let without = plan.without(index);
        if without.opens_all(begin) {
            *plan = without;
        } else {
            index = index.saturating_add(1);
        }
    }
}

/// Minimizes every amount and every instant, given the others.
fn minimize(plan: &mut Plan, begin: &Hypothetical<'_>) {
    for index in 0..plan.steps.len() {
        let smaller = smallest(plan, index, begin).map(|fix| plan.instead(index, &fix));
        if let Some(smaller) = smaller.filter(|smaller| smaller.cost() < plan.cost() && smaller.opens_all(begin)) {
            *plan = smaller;
        }
    }
}

/// The smallest amount of a step that suffices beside the others. `None` if it has no amount.
fn smallest(plan: &Plan, index: usize, begin: &Hypothetical<'_>) -> Option<Remedy> {
    let fix = &plan.steps.get(index)?.fix;
    let mut smallest: Option<Remedy> = None;
    for _ in 0..=Gate::ALL.len() {
        let so_far = smallest.as_ref().map_or_else(|| plan.without(index), |fix| plan.instead(index, fix));
        let Some((_, ways)) = so_far.done(begin)?.first_blocked_with(Breadth::AsWanted) else { return smallest };
        let more = ways.into_iter().find(|way| fix.is_of_a_kind_with(way))?;
        smallest = Some(match smallest {
            None => more,
            Some(so_far) => so_far.and(more),
        });
    }
    None
}

/// Assigns each step to the first gate that refuses without it.
fn assign_gates(plan: &mut Plan, begin: &Hypothetical<'_>) {
    let without = |index| plan.without(index).refused_by(begin);
    let gates: Vec<Option<Gate>> = (0..plan.steps.len()).map(without).collect();
    for (step, gate) in plan.steps.iter_mut().zip(gates) {
        step.gate = gate.unwrap_or(step.gate);
    }
    plan.steps.sort_by_key(|step| step.gate);
}

/// Names the other choices of each step that suffice, too, beside any of those that are named already.
fn name_choices(plan: &mut Plan, begin: &Hypothetical<'_>) {
    let is_clear = plan.is_clear(begin);
    let mut combinations: Vec<Plan> = [plan.clone()].into();
    for index in 0..plan.steps.len() {
        let Some(Step { fix: chosen, offered, .. }) = plan.steps.get(index).cloned() else { continue };
        let mut named = interchangeable(&chosen, begin);
        let mut so_far = combinations.clone();
        let mut choices = offered.each_choice();
        if let Remedy::ReleaseNumbers { count: 1, .. } = &chosen {
            choices = others_to_release(plan, &chosen, begin);
        }
        for choice in choices.into_iter().filter(|choice| *choice != chosen) {
            let others: Vec<Plan> = combinations.iter().map(|plan| plan.instead(index, &choice)).collect();
            let has_room = so_far.len().saturating_add(others.len()) <= COMBINATIONS_MAX;
            let suffices = |plan: &Plan| plan.opens_all(begin) && (!is_clear || plan.is_clear(begin));
            if has_room && others.iter().all(suffices) {
                named.append(&choice);
                so_far.extend(others);
            }
        }
        combinations = so_far;
        named.name_more(&offered);
        if let Some(step) = plan.steps.get_mut(index) {
            step.fix = named;
        }
    }
}

/// The same release without the numbers that leave later than those that were tried. One number is named alone.
fn interchangeable(release: &Remedy, begin: &Hypothetical<'_>) -> Remedy {
    let mut release = release.clone();
    if let Remedy::ReleaseNumbers { count, numbers, .. } = &mut release {
        let leaves_at =
            |number: &PurchaseId| begin.standing.releasable.iter().find(|listed| listed.purchase == *number)?.leaves_at;
        let tried = usize::try_from(*count).unwrap_or(usize::MAX);
        let last = numbers.iter().take(tried).map(leaves_at).max().flatten();
        numbers.retain(|number| leaves_at(number) <= last);
        numbers.truncate(if *count == 1 { 1 } else { tried.max(CHOICES_MAX) });
    }
    release
}

/// The release of each other listed number that no step of the plan names, in place of one.
fn others_to_release(plan: &Plan, release: &Remedy, begin: &Hypothetical<'_>) -> Vec<Remedy> {
    let Remedy::ReleaseNumbers { count, among, numbers: own } = release else { return Vec::new() };
    let is_of_another_step = |number: &PurchaseId| {
        let names =
            |step: &Step| matches!(&step.fix, Remedy::ReleaseNumbers { numbers, .. } if numbers.contains(number));
        !own.contains(number) && plan.steps.iter().any(names)
    };
    let listed = begin.standing.releasable.iter().filter(|number| !number.leaving).map(|number| &number.purchase);
    let others = listed.filter(|number| own.first() != Some(number) && !is_of_another_step(number));
    let others = others.take(CHOICES_MAX.saturating_sub(1)).cloned();
    others.map(|number| Remedy::ReleaseNumbers { count: *count, among: among.clone(), numbers: vec![number] }).collect()
}

/// The fixes that open a gate after the plan's steps for the earlier gates: the plan's own, then any other in the order
/// of their cost.
fn alternatives(plan: &Plan, gate: Gate, begin: &Hypothetical<'_>) -> Option<(Gate, Vec<Remedy>)> {
    let earlier = plan.steps.iter().filter(|step| step.gate < gate).cloned().collect();
    let hypothetical = Plan { steps: earlier }.done(begin)?;
    let mut own = hypothetical.fixes_of(gate)?;
    own.sort_by_key(Remedy::kind);
    let opens = |fix: &Remedy| hypothetical.clone().after(gate, fix).is_some_and(|after| !after.refuses(gate));
    let recommended = plan.steps.iter().find(|step| step.gate == gate).map(|step| step.fix.clone());
    let mut fixes: Vec<Remedy> = recommended.into_iter().collect();
    for own in own {
        let mut choices = own.each_choice();
        match fixes.first_mut().filter(|first| first.is_about_the_same_as(&own)) {
            // Another choice may open this gate, and need other fixes for the later ones.
            Some(first) => {
                let named = first.each_choice();
                choices.retain(|choice| !named.contains(choice) && opens(choice));
                choices.iter().for_each(|choice| first.append(choice));
            }
            None => {
                choices.retain(&opens);
                let mut choices = choices.into_iter();
                fixes.extend(choices.next().map(|mut fix| {
                    choices.for_each(|choice| fix.append(&choice));
                    fix.name_more(&own);
                    fix
                }));
            }
        }
    }
    Some((gate, fixes))
}
