//! Releases: the numbers that make room below a limit.

use alloc::{vec, vec::Vec};

use super::{LimitScope, Reached, excess};
use crate::account::standing::ReleasableNumber;
use crate::base::timestamp::Timestamp;
use crate::gates::fix::RoleTask;
use crate::gates::step::CHOICES_MAX;
use crate::gates::{Input, Remedy};

/// The fix that releases numbers; or that asks somebody who may.
pub(super) fn fix(input: &Input<'_>, reached: &Reached) -> Option<Remedy> {
    let mut ways = ways(input, reached).into_iter();
    let mut fix = ways.next()?;
    // They differ in what else they change, and each makes room.
    if let Remedy::ReleaseNumbers { count, numbers, .. } = &mut fix {
        for way in ways {
            if let Remedy::ReleaseNumbers { numbers: others, .. } = way {
                numbers.extend(others);
            }
        }
        numbers.truncate(CHOICES_MAX);
        let listed = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *count = if listed == 0 { *count } else { needed(reached).min(listed) };
    }
    Some(fix)
}

/// Every way to release numbers that count: of each kind, as many as are needed or as there are.
pub(in crate::gates) fn ways(input: &Input<'_>, reached: &Reached) -> Vec<Remedy> {
    let (scope, role) = (&reached.scope, input.standing.actor.role);
    let needed = needed(reached);
    if !input.policy.may_release(role) {
        let is_held = 0 < reached.held;
        let ask = Remedy::AskRole { roles: input.policy.releasers.clone(), task: RoleTask::Release };
        return if is_held { vec![ask] } else { Vec::new() };
    }
    let mut ways = Vec::new();
    for kind in kinds(input, scope) {
        let numbers: Vec<_> = kind.into_iter().take(CHOICES_MAX).map(|number| number.purchase.clone()).collect();
        let count = needed.min(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        ways.push(Remedy::ReleaseNumbers { count, among: scope.clone(), numbers });
    }
    let unlisted = unlisted(input, reached);
    if 0 < unlisted {
        let among = scope.clone();
        ways.push(Remedy::ReleaseNumbers { count: needed.min(unlisted), among, numbers: Vec::new() });
    }
    ways
}

/// How many numbers must leave.
const fn needed(reached: &Reached) -> u32 {
    excess(reached.held, reached.in_flight, reached.limit)
}

/// The listed numbers that count and are not leaving, by all that a gate can tell of them; those that leave soonest first.
fn kinds<'a>(input: &Input<'a>, scope: &LimitScope) -> Vec<Vec<&'a ReleasableNumber>> {
    let standing = input.standing;
    let kind = |number: &ReleasableNumber| {
        let holder = number.holder.as_ref();
        let is_of_holder = holder == input.request.holder.as_ref();
        let is_counted = standing.is_counted(holder);
        (
            number.country,
            number.number_type,
            number.subscribed,
            is_of_holder,
            is_counted,
            number.leaves_at.is_some(),
            number.costs,
        )
    };
    let mut kinds: Vec<Vec<&ReleasableNumber>> = Vec::new();
    for number in standing.releasable.iter().filter(|number| number.may_leave(input.now) && scope.has(input, number)) {
        let of_the_kind =
            kinds.iter().position(|others| others.first().is_some_and(|other| kind(other) == kind(number)));
        if let Some(others) = of_the_kind.and_then(|index| kinds.get_mut(index)) {
            others.push(number);
        } else if kinds.len() < CHOICES_MAX {
            kinds.push(vec![number]);
        }
    }
    for numbers in &mut kinds {
        numbers.sort_by_key(|number| number.leaves_at);
    }
    kinds
}

/// How many numbers count that are not listed, and may be released at once.
fn unlisted(input: &Input<'_>, reached: &Reached) -> u32 {
    let is_theirs = match (&input.standing.actor.only_holder, &reached.scope) {
        (None, _) => true,
        (Some(only), LimitScope::Holder { holder }) => only == holder,
        (Some(_), _) => false,
    };
    if !is_theirs || !input.policy.release.is_free() {
        return 0;
    }
    let listed = input.standing.releasable.iter().filter(|number| reached.scope.has(input, number)).count();
    reached.held.saturating_sub(u32::try_from(listed).unwrap_or(u32::MAX))
}

impl LimitScope {
    /// Whether it counts a listed number.
    fn has(&self, input: &Input<'_>, number: &ReleasableNumber) -> bool {
        let is_meant = match self {
            Self::Total => true,
            Self::Country { country } => number.country == *country,
            Self::NumberType { number_type } => number.number_type == *number_type,
            Self::Holder { holder } => number.holder.as_ref() == Some(holder),
        };
        is_meant && self.counts(input, number.holder.as_ref())
    }

    /// When numbers that it counts leave, because their release is scheduled.
    pub(super) fn departures(&self, input: &Input<'_>) -> Vec<Timestamp> {
        let later = input.standing.departures().filter(|(at, number)| input.now < *at && self.has(input, number));
        later.map(|(at, _)| at).collect()
    }
}
