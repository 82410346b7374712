//! Search: the least plan of action, among all that the gates' alternatives make.
//!
//! A plan opens the first gate that refuses, or it opens nothing. So from each situation the search goes on with what may
//! open its first blocked gate, and looks at the situations in the order of what leads to them.

use alloc::{collections::BinaryHeap, rc::Rc, vec::Vec};
use core::cmp::{Ordering, Reverse};

use super::hypothetical::Hypothetical;
use super::plan::{Cost, Plan, Step};
use crate::gates::Breadth;

/// The most situations that one search looks at.
const SITUATIONS_MAX: usize = 400;

/// The most plans that wait to be looked at.
const OPEN_MAX: usize = 20_000;

/// What a search found.
pub(super) enum Found {
    /// The least plan that opens all gates, as far as is known.
    Plan(Plan),
    /// There is none.
    Nothing,
    /// None among those that were looked at.
    CutShort,
}

/// A plan that waits to be looked at. The one that was found first is first among equally costly ones.
struct Open {
    cost: Cost,
    nth: usize,
    plan: Plan,
}

/// The least plan of action.
pub(super) fn least(begin: &Hypothetical<'_>, breadth: Breadth) -> Found {
    let mut open = BinaryHeap::new();
    let mut looked_at: Vec<(Cost, Plan)> = Vec::new();
    let mut nth = 0_usize;
    let mut has_more = false;
    let mut unclear: Option<Plan> = None;
    let plan = Plan::default();
    open.push(Reverse(Open { cost: plan.cost(), nth, plan }));
    while let Some(Reverse(Open { cost, plan, .. })) = open.pop() {
        if looked_at.iter().any(|(its, other)| *its == cost && other.is_same_as(&plan)) {
            continue;
        }
        if SITUATIONS_MAX <= looked_at.len() || OPEN_MAX < open.len() {
            has_more = true;
            break;
        }
        if let Some(done) = plan.done(begin) {
            let at_worst = || plan.done_at_worst(begin)?.first_blocked_with(breadth);
            let Some((gate, ways)) = done.first_blocked_with(breadth).or_else(at_worst) else {
                if !done.needs_search(begin) {
                    return Found::Plan(plan);
                }
                // Whether it suffices is known after another search. Any plan that is known to suffice comes first.
                unclear.get_or_insert(plan);
                continue;
            };
            for offered in ways {
                has_more |= 0 < offered.unnamed();
                let offered = Rc::new(offered);
                for fix in offered.each_choice() {
                    let plan = plan.with(Step { gate, fix, offered: Rc::clone(&offered) });
                    nth = nth.saturating_add(1);
                    open.push(Reverse(Open { cost: plan.cost(), nth, plan }));
                }
            }
        }
        looked_at.push((cost, plan));
    }
    match unclear {
        Some(plan) => Found::Plan(plan),
        None if has_more => Found::CutShort,
        None => Found::Nothing,
    }
}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cost.cmp(&other.cost).then(self.nth.cmp(&other.nth))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}
