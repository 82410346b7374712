//! Interleavings: in small worlds, every order of what buyers, workers, replies and the clock can do, to a bound.
//!
//! A state is found by its moves, and known by all that it is; two orders that lead to the same state are followed once. At
//! every state everything is brought to rest in a copy, and the accountant looks at how it would end.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::accountant::Violation;
use crate::call::kind_of;
use crate::coverage::Coverage;
use crate::history::History;
use crate::moves::{Fate, How, Move, Want, Worker};
use crate::shops::{self, Stage};
use crate::{Failure, failure, known};

/// What was looked at.
#[derive(Clone, Debug, Default)]
pub struct Explored {
    /// The worlds: shops with few numbers and keys.
    pub worlds: u64,
    /// The different states.
    pub states: u64,
    /// The moves from one state to another or the same.
    pub transitions: u64,
    /// The states that were not followed, because a known violation begins there.
    pub known: u64,
    /// The first failure of each world.
    pub failures: Vec<Failure>,
}

/// A world, and what its two buyers ask for.
struct World<'a> {
    stage: &'a Stage,
    buys: [Move; 2],
}

/// Looks at every state of every small world within a number of moves, of which some may go wrong.
///
/// # Errors
/// The search itself is broken: an invented shop has a mistake.
pub fn explore(depth: usize, faults: usize) -> Result<Explored, String> {
    let stages = shops::small()?;
    let mut explored = Explored::default();
    for stage in &stages {
        for keys in [[0, 0], [0, 1]] {
            let buy =
                |purchase: u8, want, key| Move::Buy { purchase, holder: 0, want, key: Some(key), how: How::default() };
            let [first, second] = keys;
            let other = if second == first { Want::Exact(0) } else { Want::Any };
            let world = World { stage, buys: [buy(0, Want::Exact(0), first), buy(1, other, second)] };
            explored.worlds = explored.worlds.saturating_add(1);
            follow(&world, depth, faults, &mut explored);
        }
    }
    Ok(explored)
}

fn follow(world: &World<'_>, depth: usize, faults: usize, explored: &mut Explored) {
    let mut seen = BTreeSet::new();
    let mut open: VecDeque<Vec<Move>> = [Vec::new()].into();
    while let Some(moves) = open.pop_front() {
        let mut coverage = Coverage::default();
        let next = match look(world, &moves, faults, &mut seen, &mut coverage) {
            Ok(Some(next)) => next,
            Ok(None) => continue,
            Err(violation) => {
                if known::of(&violation).is_some() {
                    explored.known = explored.known.saturating_add(1);
                    continue;
                }
                explored.failures.push(failure(world.stage, &moves, violation));
                return;
            }
        };
        explored.states = explored.states.saturating_add(1);
        if moves.len() == depth {
            continue;
        }
        for step in next {
            explored.transitions = explored.transitions.saturating_add(1);
            let mut further = moves.clone();
            further.push(step);
            open.push_back(further);
        }
    }
}

/// The moves from a state that was not seen before.
type Looked = Result<Option<Vec<Move>>, Violation>;

/// The state after these moves, and the moves that it allows. How it ends is looked at as well.
fn look(world: &World<'_>, moves: &[Move], faults: usize, seen: &mut BTreeSet<u64>, coverage: &mut Coverage) -> Looked {
    let begun = History::begin(world.stage, coverage);
    let mut history = begun?;
    for step in moves {
        history.apply(step)?;
    }
    let gone_wrong = moves.iter().filter(|step| goes_wrong(step)).count();
    if !seen.insert(history.key(gone_wrong)) {
        return Ok(None);
    }
    let next = next(world, &history, gone_wrong < faults);
    history.rest()?;
    Ok(Some(next))
}

#[expect(clippy::wildcard_enum_match_arm, reason = "every other move is as it should be")]
const fn goes_wrong(step: &Move) -> bool {
    match step {
        Move::Call { fate, .. } => !matches!(fate, Fate::Good),
        Move::Die { .. } | Move::Tell { again: true, .. } | Move::Pay { late: true, .. } => true,
        _ => false,
    }
}

fn next(world: &World<'_>, history: &History<'_>, may_go_wrong: bool) -> Vec<Move> {
    let mut next: Vec<Move> = world.buys.to_vec();
    for effect in history.account.owed() {
        let Some(purchase) = shops::index(&effect.id.purchase) else { continue };
        let kind = kind_of(effect.id.kind);
        if history.pending(purchase, kind).is_none() {
            continue;
        }
        // Two workers are alike: the second takes what the first has.
        let worker = if history.hands.contains_key(&(Worker::A, purchase, kind)) { Worker::B } else { Worker::A };
        if !history.hands.contains_key(&(worker, purchase, kind)) {
            next.push(Move::Take { worker, purchase, kind });
        }
    }
    for ((worker, purchase, kind), hand) in &history.hands {
        let (worker, purchase, kind) = (*worker, *purchase, *kind);
        if hand.reply.is_some() {
            next.push(Move::Tell { worker, purchase, kind, again: false });
        } else {
            next.push(Move::Call { worker, purchase, kind, fate: Fate::Good });
            let others = [Fate::Refused, Fate::RequestLost, Fate::ReplyLost];
            let wrong = others.map(|fate| Move::Call { worker, purchase, kind, fate });
            next.extend(wrong.into_iter().filter(|_| may_go_wrong));
        }
        if may_go_wrong {
            next.push(Move::Die { worker, purchase, kind });
        }
    }
    for (purchase, own) in &history.world.dealings {
        match own.sessions.first().map(|session| session.paid) {
            Some(0) => {
                next.push(Move::Pay { purchase: *purchase, nth: 0, late: false });
                next.push(Move::Abandon { purchase: *purchase });
            }
            Some(_) => next.push(Move::Hear { purchase: *purchase, nth: 0 }),
            None => {}
        }
    }
    for (purchase, statement) in history.accountant.purchases() {
        if statement.is_held() {
            next.push(Move::Release { purchase });
        }
    }
    if let Some(wait) = history.account.due().map(|due| due.as_millis().saturating_sub(history.now))
        && let Some(ms) = u64::try_from(wait).ok().filter(|ms| 0 < *ms)
    {
        next.push(Move::Step { ms });
        next.push(Move::Wake { purchase: None });
    }
    next
}

impl History<'_> {
    /// All that a state is, but for how often it has changed.
    fn key(&self, gone_wrong: usize) -> u64 {
        let mut account = serde_json::to_value(&self.account).unwrap_or_default();
        if let Some(head) = account.get_mut("head").and_then(serde_json::Value::as_object_mut) {
            head.remove("version");
        }
        let mut hasher = DefaultHasher::new();
        account.to_string().hash(&mut hasher);
        format!("{:?}{:?}{:?}", self.world, self.hands, self.accountant).hash(&mut hasher);
        format!("{:?}{:?}{:?}{:?}", self.keyed, self.begun, self.unclear, self.leases).hash(&mut hasher);
        (self.now, gone_wrong).hash(&mut hasher);
        hasher.finish()
    }
}
