//! Plan of action: the steps that are tried together, and what they cost.

use alloc::{rc::Rc, vec::Vec};

use super::hypothetical::{Hypothetical, unlisted_subscribed};
use crate::base::timestamp::Timestamp;
use crate::gates::{Gate, Remedy, StepKind};

/// The steps, in the order in which they were found.
#[derive(Clone, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
}

/// A fix for a gate, with one of its choices.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) gate: Gate,
    /// What to do.
    pub(super) fix: Remedy,
    /// The same with all choices that there were.
    pub(super) offered: Rc<Remedy>,
}

/// What a plan of action costs. Compared from the first member to the last.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Cost {
    /// The count of steps of each kind, the costliest kind first. Each released number is a step.
    kinds: [u32; StepKind::BY_COST.len()],
    /// The fee of the plan to move to, in minor units. The plans of a shop have one currency.
    monthly_fee: i64,
    /// The money to add, in minor units.
    money: i64,
    /// The instant to wait for.
    at: Option<Timestamp>,
}

impl Plan {
    /// The plan with one more step. Steps about the same thing become one.
    pub(super) fn with(&self, step: Step) -> Self {
        let mut plan = self.clone();
        match plan.steps.iter_mut().find(|other| other.fix.is_about_the_same_as(&step.fix)) {
            Some(other) => {
                other.fix = other.fix.and(step.fix);
                other.offered = step.offered;
            }
            None => plan.steps.push(step),
        }
        plan
    }

    /// The plan without a step.
    pub(super) fn without(&self, index: usize) -> Self {
        let others = self.steps.iter().enumerate().filter(|(other, _)| *other != index);
        Self { steps: others.map(|(_, step)| step.clone()).collect() }
    }

    /// The plan with another fix in a step.
    pub(super) fn instead(&self, index: usize, fix: &Remedy) -> Self {
        let mut plan = self.clone();
        if let Some(step) = plan.steps.get_mut(index) {
            step.fix = fix.clone();
        }
        plan
    }

    /// The situation after the steps. `None` if one of them changes nothing.
    pub(super) fn done<'a>(&self, begin: &Hypothetical<'a>) -> Option<Hypothetical<'a>> {
        self.in_order().try_fold(begin.clone(), |so_far, step| so_far.after(step.gate, &step.fix))
    }

    /// The role that is asked does the rest. Immediate steps come before waits.
    fn in_order(&self) -> impl Iterator<Item = &Step> {
        let of = |turn: u8| self.steps.iter().filter(move |step| turn_of(&step.fix) == turn);
        of(0).chain(of(1)).chain(of(2))
    }

    /// The first gate that refuses after the steps. A gate refuses whose step changes nothing.
    pub(super) fn refused_by(&self, begin: &Hypothetical<'_>) -> Option<Gate> {
        let mut done = begin.clone();
        let mut undone: Option<Gate> = None;
        for step in self.in_order() {
            match done.clone().after(step.gate, &step.fix) {
                Some(after) => done = after,
                None => undone = Some(undone.map_or(step.gate, |gate| gate.min(step.gate))),
            }
        }
        let blocked = done.first_blocked().or_else(|| self.done_at_worst(begin)?.first_blocked());
        blocked.into_iter().chain(undone).min()
    }

    /// The same if numbers of which nothing is known are those that a subscription pays for. `None` if that is no other
    /// situation.
    pub(super) fn done_at_worst<'a>(&self, begin: &Hypothetical<'a>) -> Option<Hypothetical<'a>> {
        let is_any = |step: &Step| matches!(&step.fix, Remedy::ReleaseNumbers { numbers, .. } if numbers.is_empty());
        let may_differ = self.steps.iter().any(is_any) && 0 < unlisted_subscribed(&begin.standing);
        let begin = Hypothetical { loses_subscription: true, ..begin.clone() };
        self.done(&begin).filter(|_| may_differ)
    }

    /// Whether no gate refuses after the steps.
    pub(super) fn opens_all(&self, begin: &Hypothetical<'_>) -> bool {
        self.refused_by(begin).is_none()
    }

    /// Whether nothing is left to clarify: by a person, or by a search that another wish needs.
    pub(super) fn is_clear(&self, begin: &Hypothetical<'_>) -> bool {
        let is_clear = |done: Hypothetical<'_>| done.set_aside.is_empty() && !done.needs_search(begin);
        self.done(begin).is_some_and(is_clear) && self.done_at_worst(begin).is_none_or(is_clear)
    }

    /// Whether both have the same steps, in whatever order.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        let has = |step: &Step| other.steps.iter().any(|its| its.fix == step.fix);
        self.steps.len() == other.steps.len() && self.steps.iter().all(has)
    }

    pub(super) fn cost(&self) -> Cost {
        let mut cost = Cost { kinds: [0; StepKind::BY_COST.len()], monthly_fee: 0, money: 0, at: None };
        for Step { fix, .. } in &self.steps {
            let count = if let Remedy::ReleaseNumbers { count, .. } = fix { *count } else { 1 };
            let kind = fix.kind();
            for (of_kind, sum) in StepKind::BY_COST.into_iter().zip(&mut cost.kinds) {
                if of_kind == kind {
                    *sum = sum.saturating_add(count);
                }
            }
            if let Remedy::MoveToPlan { monthly_fee, .. } = fix {
                cost.monthly_fee = monthly_fee.minor_units();
            }
            if let Remedy::AddMoney { money } = fix {
                cost.money = cost.money.saturating_add(money.minor_units());
            }
            if let Remedy::WaitUntil { at, .. } = fix {
                cost.at = cost.at.max(Some(*at));
            }
        }
        cost
    }
}

/// Steps of an earlier turn are done before those of a later one.
const fn turn_of(fix: &Remedy) -> u8 {
    if let Remedy::AskRole { .. } = fix {
        0
    } else if let Remedy::WaitUntil { .. } = fix {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gates::{RoleTask, WaitReason};

    /// The role that is asked does the rest, and what is done at once is done before a wait.
    #[test]
    fn roles_are_asked_first_and_waits_come_last() {
        let at = Timestamp::from_millis(1);
        let steps = [
            Remedy::WaitUntil { at, reason: WaitReason::NumbersLeave { count: 1 } },
            Remedy::AddPaymentMethod,
            Remedy::AskRole { roles: Vec::new(), task: RoleTask::Buy },
        ];
        let plan = steps.iter().fold(Plan::default(), |plan, fix| {
            plan.with(Step { gate: Gate::ALL[0], fix: fix.clone(), offered: Rc::new(fix.clone()) })
        });
        let order: Vec<&Remedy> = plan.in_order().map(|step| &step.fix).collect();
        assert_eq!(order, [&steps[2], &steps[1], &steps[0]]);
    }
}
